"""Claims about corners, about spectra at a station and about records made of noise."""

import numpy as np

from mlearth.checks import expect_close, expect_shape, inputs, read

# Products of a few factors are right to 1e-6 in single precision; a cube root and an
# exponent of up to 10 cost a digit.
_SINGLE = 1e-5


def _radius(moment, drop):
    """Return the radii [m] of cracks, by loops."""
    return np.array(
        [
            np.cbrt(7 * float(m) / 16 / (1e6 * d))
            for m, d in zip(moment, drop, strict=True)
        ]
    )


def _corner_mistakes(moment, drop, speed):
    """Return what mistakes make of corners."""
    r = _radius(moment, drop)
    right = 2340 * speed / (2 * np.pi * r)
    inverse = np.cbrt(16 / 7 * moment / (1e6 * drop))
    square = np.sqrt(7 / 16 * moment / (1e6 * drop))
    return {
        "is the velocity taken in km/s?": right / 1000,
        "is the stress drop taken in MPa?": right / 100,
        "is 2 pi left out?": right * 2 * np.pi,
        "is it pi instead of 2 pi?": right * 2,
        "is 2.34 left out?": right / 2.34,
        "have 7 and 16 changed places?": 2340 * speed / (2 * np.pi * inverse),
        "is it a square root instead of a cube root?": 2340
        * speed
        / (2 * np.pi * square),
        "is it a third, where the power 1 / 3 is meant? Mind the brackets.": 2340
        * speed
        / (2 * np.pi * r**3 / 3),
        "does it grow with the radius?": 2340 * speed * r / (2 * np.pi),
        "is it the radius?": r,
    }


@read("sec-waveforms-source")
def test_1_two_corners_by_hand(student):
    """Cracks of 500 m and 100 m, with drops of 3 and 14 MPa: 2.607 and 13.035 Hz."""
    drop = np.array([3.0, 14.0])
    moment = 16 / 7 * 1e6 * drop * np.array([500.0, 100.0]) ** 3
    found = student.corner_frequency_hz(moment, drop, 3.5)
    expect_shape(found, (2,), "corner_frequency_hz of 2 sources")
    expect_close(
        found,
        2340 * 3.5 / (2 * np.pi * np.array([500, 100])),
        "The pair of corner frequencies",
        unit="Hz",
        rtol=_SINGLE,
        mistakes=_corner_mistakes(moment, drop, 3.5),
    )


@read("sec-waveforms-source")
def test_2_corners_of_any_sources(student):
    """Eleven generated sources, from magnitude 0 to 6, each with its own drop, seven of
    whole numbers, and one alone, which is an array as well."""
    rng = inputs.draw(2)
    moment = 10 ** inputs.numbers(rng, 11, 9, 18)
    drop = inputs.numbers(rng, 11, 0.7, 13)
    whole = inputs.whole(rng, 7, 10**11, 10**15), inputs.whole(rng, 7, 1, 12)
    for m, d, speed in (
        (moment, drop, 3.1),
        (*whole, 3.3),
        (moment[:1], drop[:1], 3.7),
    ):
        n = len(m)
        right = 2340 * speed / (2 * np.pi * _radius(m, d))
        expect_close(
            student.corner_frequency_hz(m, d, speed),
            right,
            f"The array of {n} corner {'frequency' if n == 1 else 'frequencies'}",
            unit="Hz",
            rtol=_SINGLE,
            mistakes=_corner_mistakes(m, d, speed),
        )


@read("sec-waveforms-source")
def test_3_a_thousand_times_the_moment_is_a_tenth(student):
    """A thousandfold moment: a tenth of the corner; a thousandfold drop: ten times."""
    moment, drop = np.array([2e13, 2e16, 2e13]), np.array([4.0, 4.0, 4000.0])
    found = np.asarray(student.corner_frequency_hz(moment, drop, 3.3))
    expect_shape(found, (3,), "corner_frequency_hz of 3 sources")
    expect_close(
        found[1:] / found[0],
        [0.1, 10],
        "The pair of ratios",
        rtol=_SINGLE,
        mistakes={
            "does moment not matter?": [1, 10],
            "does the stress drop not matter?": [0.1, 1],
            "is it a square root instead of a cube root?": [1000**-0.5, 1000**0.5],
            "does it grow with the radius?": [10, 0.1],
        },
    )


_PLATEAU = 2 * 0.63 / (4 * np.pi * 2700 * 3500**3)
"""For a moment of 1 N m at a distance of 1 m."""


def _law(f, moment, corner, km, q, kappa, power=2.0, speed=3.5, spread=1.0):
    """Return the spectrum, perhaps with a mistake in it."""
    lost = np.exp(-np.pi * f * (km / speed / q + kappa))
    bent = 1 + (f / corner) ** power
    return _PLATEAU * moment / (1000 * km) ** spread / bent * lost


def _source_mistakes(f, moment, corner, km, q, kappa):
    """Return what mistakes about the source make of a spectrum."""
    given = (f, moment, corner, km, q, kappa)
    right = _law(*given)
    return {
        "is the distance taken in km?": 1000 * right,
        "is the free surface's factor of 2 left out?": right / 2,
        "is 0.63 left out?": right / 0.63,
        "does it not fall with distance?": _law(*given, spread=0.0),
        "does it fall with f, without the square?": _law(*given, power=1.0),
        "is the bend of the source left out?": right * (1 + (f / corner) ** 2),
        "is the square that of the whole bracket?": right
        * (1 + (f / corner) ** 2)
        / (1 + f / corner) ** 2,
        "is the corner's bend under a root?": right * np.sqrt(1 + (f / corner) ** 2),
    }


def _law_mistakes(f, moment, corner, km, q, kappa):
    """Return what mistakes make of a spectrum."""
    given = (f, moment, corner, km, q, kappa)
    right = _law(*given)
    return _source_mistakes(*given) | {
        "is Q left out?": _law(f, moment, corner, km, np.inf, kappa),
        "is kappa left out?": _law(f, moment, corner, km, q, 0.0),
        "is the distance taken for the travel time?": _law(*given, speed=1.0),
        "is a distance in km divided by a velocity in m/s?": _law(*given, speed=3500.0),
        "is pi left out of the exponents?": right
        * np.exp((np.pi - 1) * f * (km / 3.5 / q + kappa)),
        "does it grow on its way?": right
        * np.exp(2 * np.pi * f * (km / 3.5 / q + kappa)),
    }


@read("sec-waveforms-path")
def test_4_plateau_and_corner_by_hand(student):
    """Without losses the spectrum is the plateau at 0 Hz, half of it at the corner and
    a tenth at three corners, here 1.7323e-5 m s for 10^15 N m at 50 km."""
    f = np.array([9, 0, 3])
    found = student.s_spectrum(f, 1e15, 3.0, 50.0, 1e12, 0.0)
    expect_shape(found, (3,), "s_spectrum at 3 frequencies")
    expect_close(
        found,
        1.7323e-5 * np.array([0.1, 1, 0.5]),
        "The array of three amplitudes",
        unit="m s",
        rtol=5e-4,  # four digits by hand
        mistakes=_source_mistakes(f, 1e15, 3.0, 50.0, 1e12, 0.0)
        | {
            "does it fall with the square of distance?": _law(
                f, 1e15, 3.0, 50.0, 1e12, 0.0, spread=2.0
            ),
            "does Q multiply the travel time, where it should divide?": _law(
                f, 1e15, 3.0, 50.0, 1e-12, 0.0
            ),
        },
    )


@read("sec-waveforms-path")
def test_5_the_way_takes_its_share(student):
    """35 km are 10 s of S: Q = 250 and kappa = 0.06 s leave exp(-pi f / 10)."""
    f = np.array([7.0, 0.0, 2.0, 5.0, 11.0])
    lossy = student.s_spectrum(f, 2e14, 4.0, 35.0, 250.0, 0.06)
    free = student.s_spectrum(f, 2e14, 4.0, 35.0, 1e12, 0.0)
    expect_close(
        np.divide(lossy, free),
        np.exp(-np.pi * f / 10),
        "The array of what is left",
        rtol=10 * _SINGLE,  # exponents of 3.5, and a quotient
        mistakes={
            "is Q left out?": np.exp(-np.pi * f * 0.06),
            "is kappa left out?": np.exp(-np.pi * f * 0.04),
            "is pi left out of the exponents?": np.exp(-f / 10),
            "is the distance taken for the travel time?": np.exp(
                -np.pi * f * (0.14 + 0.06)
            ),
            "is a distance in km divided by a velocity in m/s?": np.exp(
                -np.pi * f * (4e-5 + 0.06)
            ),
            "does it grow on its way?": np.exp(np.pi * f / 10),
        },
    )


@read("sec-waveforms-path")
def test_6_any_spectrum(student):
    """For generated sources, distances and losses, at unsorted frequencies."""
    for seed, n in ((61, 13), (62, 1), (63, 8)):
        rng = inputs.draw(seed)
        f = inputs.numbers(rng, n, 0.3, 21)
        moment, corner = 10 ** rng.uniform(11, 17), rng.uniform(0.9, 12)
        given = (moment, corner, rng.uniform(7, 90), rng.uniform(90, 600))
        kappa = rng.uniform(0.01, 0.06)
        expect_close(
            student.s_spectrum(f, *given, kappa),
            _law(f, *given, kappa),
            f"The array of {n} amplitude{'s' * (n > 1)}",
            unit="m s",
            rtol=10 * _SINGLE,  # exponents of up to 20
            mistakes=_law_mistakes(f, *given, kappa),
        )


@read("sec-waveforms-noise")
def test_7_a_single_click_by_hand(student):
    """A click has a flat spectrum: with a flat law of 3 m s at 20 Hz it becomes 60 m at
    its place, however large it was."""
    for n, at in ((5, 2), (4, 1)):
        click, window, law = np.zeros(n, int), np.full(n, 2), np.full(n // 2 + 1, 3)
        click[at] = 7
        expected = np.zeros(n)
        expected[at] = 60
        found = student.stochastic_record(click, window, law, 20.0)
        expect_shape(found, (n,), f"stochastic_record of {n} samples")
        expect_close(
            found,
            expected,
            f"The array of {n} samples",
            unit="m",
            rtol=_SINGLE,
            atol=60 * _SINGLE,  # of transforms in single precision
            mistakes={
                "is it not multiplied by the sampling rate?": expected / 20,
                "is it divided by the sampling rate?": expected / 400,
                "is the noise not brought to one size?": 14 * expected,
                "is it divided by the power instead of its root?": expected / 14,
                "is the mean of the amplitudes' squares a sum?": expected
                / np.sqrt(n // 2 + 1),
            },
        )


def _transform(samples):
    """Return what rfft gives, by sums."""
    n = len(samples)
    turn = np.exp(-2j * np.pi * np.outer(np.arange(n // 2 + 1), np.arange(n)) / n)
    return turn @ samples


def _back(spectrum, n):
    """Return what irfft gives, by sums."""
    k = np.arange(len(spectrum))
    twice = np.where((k == 0) | (2 * k == n), 1.0, 2.0)
    turn = np.exp(2j * np.pi * np.outer(np.arange(n), k) / n)
    return (turn @ (twice * spectrum)).real / n


def _root_mean_square(values):
    return np.sqrt(np.mean(np.abs(values) ** 2))


def _record(noise, window, law, rate, size=_root_mean_square, late=False):
    """Return a record, perhaps with a mistake in it."""
    spectrum = _transform(noise if late else noise * window)
    record = rate * _back(spectrum / size(spectrum) * law, len(noise))
    return record * window if late else record


def _record_mistakes(noise, window, law, rate):
    """Return what mistakes make of a record."""
    given = (noise, window, law, rate)
    right = _record(*given)
    n = len(noise)

    def power(values):
        return np.mean(np.abs(values) ** 2)

    def samples(values):
        return _root_mean_square(noise * window)

    whole = _transform(noise * window)
    return {
        "is the window left out?": _record(noise, np.ones(n), law, rate),
        "does the window come last?": _record(*given, late=True),
        "is it not multiplied by the sampling rate?": right / rate,
        "is it divided by the sampling rate?": right / rate**2,
        "is the noise not brought to one size?": rate * _back(whole * law, n),
        "is it divided by the power instead of its root?": _record(*given, size=power),
        "is it divided by the mean amplitude?": _record(
            *given, size=lambda v: np.mean(np.abs(v))
        ),
        "is it divided by the largest amplitude?": _record(
            *given, size=lambda v: np.max(np.abs(v))
        ),
        "is it divided by each amplitude?": _record(*given, size=np.abs),
        "is the size that of the samples, instead of their spectrum's?": _record(
            *given, size=samples
        ),
        "is the mean of the amplitudes' squares a sum?": right / np.sqrt(n // 2 + 1),
        "is the law squared?": _record(noise, window, law**2, rate),
    }


def _case(seed, n):
    """Draw noise, a window, a law and a rate."""
    rng = inputs.draw(seed)
    law = inputs.numbers(rng, n // 2 + 1, 0.4, 3.0)
    return rng.normal(size=n), inputs.numbers(rng, n, 0.1, 2.0), law, rng.uniform(5, 30)


@read("sec-waveforms-noise")
def test_8_any_record(student):
    """For generated noise, windows and laws, of even and odd lengths."""
    for seed, n in ((81, 13), (82, 8), (83, 31)):
        case = _case(seed, n)
        right = _record(*case)
        expect_close(
            student.stochastic_record(*case),
            right,
            f"The array of {n} samples",
            unit="m",
            rtol=_SINGLE,
            atol=_SINGLE * np.abs(right).max(),  # of transforms in single precision
            mistakes=_record_mistakes(*case),
        )


@read("sec-waveforms-noise")
def test_9_its_spectrum_is_the_law_on_average(student):
    """Divided by the law, the squared amplitudes of the record have the mean 1."""
    noise, window, law, rate = _case(9, 29)
    record = student.stochastic_record(noise, window, law, rate)
    expect_shape(record, (29,), "stochastic_record of 29 samples")
    expect_close(
        np.mean(np.abs(_transform(np.asarray(record)) / rate / law) ** 2),
        1.0,
        "The mean",
        rtol=10 * _SINGLE,
    )


@read("sec-waveforms-noise")
def test_10_the_noise_may_have_any_size(student):
    """Noise that is a thousand times as large, or turned over, gives the same record,
    turned over."""
    noise, window, law, rate = _case(10, 22)
    usual = np.asarray(student.stochastic_record(noise, window, law, rate))
    for factor in (1000.0, -0.001):
        right = np.sign(factor) * usual
        expect_close(
            student.stochastic_record(factor * noise, window, law, rate),
            right,
            f"The array for {factor:g} times the noise",
            unit="m",
            rtol=_SINGLE,
            atol=_SINGLE * np.abs(usual).max(),  # of transforms in single precision
            mistakes={
                "is the noise not brought to one size?": factor * usual,
                "is it divided by the power instead of its root?": usual / factor,
                "is the sign of the noise lost?": usual,
            },
        )
