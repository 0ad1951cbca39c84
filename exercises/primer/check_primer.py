"""Claims about distances, moments, windows, trends and spectra."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_error, expect_shape, read

RADIUS_KM = 6371.0


def _places(seed, n):
    """Draw latitudes and longitudes [degrees] away from the poles."""
    rng = np.random.default_rng(seed)
    return rng.uniform(-60, 60, n), rng.uniform(-180, 180, n)


def _angles(lat, lon, to_lat, to_lon):
    """Return the angle between all pairs [radians] from their chords."""

    def ball(lat, lon):
        lat, lon = np.radians(lat), np.radians(lon)
        flat = np.cos(lat)
        return np.stack([flat * np.cos(lon), flat * np.sin(lon), np.sin(lat)], axis=-1)

    chord = ball(lat, lon)[:, None] - ball(to_lat, to_lon)
    return 2 * np.arcsin(np.linalg.norm(chord, axis=-1) / 2)


@read("sec-primer-broadcasting")
def test_1_a_row_for_each_quake(student):
    """Five earthquakes and three stations have a table of 5 x 3 distances."""
    found = student.great_circle_km(*_places(1, 5), *_places(2, 3))
    expect_shape(
        found,
        (5, 3),
        "great_circle_km of 5 earthquakes and 3 stations",
        mistakes={
            "do the stations lie along the rows instead of the columns?": (3, 5),
            "is the table flattened into one long list?": (15,),
        },
    )


@read("sec-primer-broadcasting")
def test_2_a_quarter_of_the_equator(student):
    """From (0, 0) it is a quarter of the way round the Earth to (0 N, 90 E)."""
    zero = np.array([0.0])
    quarter = RADIUS_KM * np.pi / 2
    expect_close(
        student.great_circle_km(zero, zero, zero, np.array([90.0])),
        [[quarter]],
        "The distance",
        unit="km",
        mistakes={
            "are degrees taken for radians?": (
                lambda: [[2 * RADIUS_KM * np.arcsin(abs(np.sin(45)))]]
            ),
            "is the factor of 2 before the arcsine missing?": [[quarter / 2]],
            "is the angle missing its radius in km?": [[np.pi / 2]],
            "is it the chord through the Earth, without the arcsine?": [
                [RADIUS_KM * np.sqrt(2)]
            ],
            "is the square root under the arcsine missing?": [[RADIUS_KM * np.pi / 3]],
            "is the Earth's radius that of the equator, 6378 km, not 6371 km?": (
                [[6378.0 * np.pi / 2]]
            ),
        },
    )


@read("sec-primer-broadcasting")
def test_3_every_pair_on_the_globe(student):
    """Each entry is the distance of its own earthquake from its own station."""
    quakes, stations = _places(12, 6), _places(25, 6)
    angle = _angles(*quakes, *stations)

    def without_cosines():
        lat, lon, to_lat, to_lon = np.radians([*quakes, *stations])
        h = np.sin((lat[:, None] - to_lat) / 2) ** 2
        h = h + np.sin((lon[:, None] - to_lon) / 2) ** 2
        return 2 * RADIUS_KM * np.arcsin(np.sqrt(h))

    def one_cosine_twice():
        lat, lon, to_lat, to_lon = np.radians([*quakes, *stations])
        h = np.cos(lat[:, None]) ** 2 * np.sin((lon[:, None] - to_lon) / 2) ** 2
        h = h + np.sin((lat[:, None] - to_lat) / 2) ** 2
        return 2 * RADIUS_KM * np.arcsin(np.sqrt(h))

    expect_close(
        student.great_circle_km(*quakes, *stations),
        RADIUS_KM * angle,
        "The table of distances",
        unit="km",
        mistakes={
            "do the stations lie along the rows instead of the columns?": (
                lambda: RADIUS_KM * angle.T
            ),
            "are the cosines of the latitudes missing?": without_cosines,
            "is the cosine of one latitude taken for both?": one_cosine_twice,
            "are latitude and longitude in the wrong order?": (
                lambda: RADIUS_KM * _angles(*quakes[::-1], *stations[::-1])
            ),
        },
    )


@read("sec-primer-broadcasting")
def test_4_a_metre_is_a_metre(student):
    """A station one metre north of an epicentre is one metre away, to a thousandth."""
    north = np.degrees(1e-3 / RADIUS_KM)
    lat, lon = np.array([46.0]), np.array([8.0])
    # Rounding of latitudes in radians, 1e-16, is 1e-9 of the step; the haversine's own
    # error is smaller. An arccosine near 1 is wrong by per cents.
    found = student.great_circle_km(lat, lon, lat + north, lon)
    off = abs(np.max(np.asarray(found)) - 1e-3)
    # Another radius of the Earth is off by 1 per thousand, an arccosine by far more.
    hint = "does the small angle drown in an arccosine?" if 3e-6 < off < 4e-4 else ""
    expect_close(found, [[1e-3]], "The distance", rtol=1e-3, unit="km", hint=hint)


def _quakes():
    """Return a small catalogue whose rows are not in the order of time."""
    import pandas as pd

    time = ["2011-03-11", "2004-12-26", "2011-03-09", "2007-09-12", "2004-12-31"]
    magnitude = [9.1, 9.0, 7.4, 8.5, 6.0]
    return pd.DataFrame({"time": pd.to_datetime(time), "magnitude": magnitude})


@read("sec-primer-tables")
def test_5_one_year_one_earthquake(student):
    """A single magnitude 6 in 1999 makes 10^18.05 N m in 1999."""
    import pandas as pd

    time = pd.to_datetime(["1999-12-31T23:59:59"])
    quakes = pd.DataFrame({"time": time, "magnitude": [6.0]})
    found = student.moment_per_year(quakes)
    expect(
        np.ndim(found) != 2,
        "What comes back has two dimensions instead of one",
        "is it a table with a column of moments, instead of that column?",
    )
    expect_close(
        found,
        [10**18.05],
        "The moment",
        unit="N m",
        mistakes={
            "is it in dyne cm?": [10**25.05],
            "is it the exponent, with its power of ten missing?": [18.05],
            "is it a power of e instead of 10?": [np.exp(18.05)],
            "is the factor 1.5 before the magnitude missing?": [10**15.05],
        },
    )


@read("sec-primer-tables")
def test_6_moments_add_up(student):
    """The moments of a year are added, the magnitudes are not."""
    moment = {m: 10 ** (1.5 * m + 9.05) for m in (9.1, 9.0, 7.4, 8.5, 6.0)}
    total = [moment[9.0] + moment[6.0], moment[8.5], moment[9.1] + moment[7.4]]
    found = student.moment_per_year(_quakes())
    expect(
        np.size(found) != 8,
        "There are 8 moments, one for each year from 2004 to 2011",
        "do years without an earthquake count, as `resample` does?",
    )
    expect_close(
        found,
        total,
        "The moments of 2004, 2007 and 2011",
        unit="N m",
        mistakes={
            "is it the mean of the moments of a year?": (
                lambda: np.array(total) / [2, 1, 2]
            ),
            "are magnitudes added up before the power of ten?": (
                lambda: [10 ** (1.5 * m + 9.05) for m in (15.0, 8.5, 16.5)]
            ),
            "is it the largest earthquake of a year alone?": (
                [moment[9.0], moment[8.5], moment[9.1]]
            ),
            "do the years stand as the rows come, instead of in order?": (
                [total[2], total[0], total[1]]
            ),
        },
    )


@read("sec-primer-tables")
def test_7_the_index_is_the_year(student):
    """The index holds the years, earliest first, and no year without an earthquake."""
    years = getattr(student.moment_per_year(_quakes()), "index", None)
    expect(
        years is not None and not callable(years),
        "What comes back has no index",
        "is it an array instead of a Series?",
    )
    kind = getattr(years, "dtype", np.asarray(years).dtype)
    expect(
        getattr(kind, "kind", "") in "iuf",
        f"The index holds {kind}, not whole numbers",
        "are its years text, dates or periods? `time.dt.year` gives numbers",
    )
    expect_close(
        np.asarray(years),
        [2004, 2007, 2011],
        "The index",
        mistakes={
            "does the index count from zero?": [0, 1, 2],
            "do the years stand as the rows come, instead of in order?": (
                [2011, 2004, 2007]
            ),
        },
        hint="is it the year of the time?",
    )


@read("sec-primer-window")
def test_8_both_ends_count(student):
    """At 10 Hz, the window from 0.2 s to 0.5 s holds the four samples 2, 3, 4, 5."""
    expect_close(
        student.cut_window(np.arange(20.0), 10.0, 0.2, 0.5),
        [2, 3, 4, 5],
        "The window",
        mistakes={
            "is the sample at the end left out?": [2, 3, 4],
            "is the sample at the start left out?": [3, 4, 5],
            "is there one sample too many at the end?": [2, 3, 4, 5, 6],
            "are the indices one too high, as if counted from 1?": [3, 4, 5, 6],
        },
    )


@read("sec-primer-window")
def test_9_rounded_not_cut_off(student):
    """At 100 Hz, 0.29 s is sample 29, though 0.29 * 100 is 28.999999999999996."""
    expect_close(
        student.cut_window(np.arange(101.0), 100.0, 0.28, 0.29),
        [28, 29],
        "The window from 0.28 s to 0.29 s",
        mistakes={
            "is 28.999999999999996 cut off to 28?": [28],
            "does the first sample fall victim to rounding?": [29],
            "are the indices one too high, as if counted from 1?": [29, 30],
        },
    )
    rate, trace = 100.0, np.arange(6001.0)
    # 0.07 * 100 and 0.28 * 100 are a little above 7 and 28.
    for k in (5, 7, 26, 28, 55, 57, 58, 115, 1001, 4110):
        expect_close(
            student.cut_window(trace, rate, k / rate, (k + 2) / rate),
            [k, k + 1, k + 2],
            f"The window from {k / rate} s to {(k + 2) / rate} s",
            mistakes={
                "is the fraction of its first index dropped?": np.arange(k - 1, k + 3),
                "is an index that rounding made too large raised to the next?": (
                    np.arange(k, k + 4)
                ),
                "does the last sample fall victim to rounding?": [k, k + 1],
                "does the first sample fall victim to rounding?": [k + 1, k + 2],
            },
        )


@read("sec-primer-copies")
def test_10_a_copy_of_its_own(student):
    """Changing the window leaves the trace as it was."""
    trace = np.arange(10.0)
    window = student.cut_window(trace, 1.0, 0.0, 4.0)
    try:
        window[0] = -1.0
    except (TypeError, ValueError):
        return  # what cannot be changed cannot change the trace
    expect(
        trace[0] == 0.0,
        "A sample of the window was changed, and the trace changed with it",
        "is the window a view of the trace?",
    )


@read("sec-primer-window")
def test_11_no_window_outside_the_trace(student):
    """A window that leaves the trace is refused, and the message names the culprit."""
    trace = np.arange(11.0)
    expect_error(
        lambda: student.cut_window(trace, 10.0, -0.3, 0.5),
        "A window that begins 0.3 s before the trace",
        says="start_s",
        hint="a negative index counts from the end of an array: do you look for it?",
    )
    expect_error(
        lambda: student.cut_window(trace, 10.0, 0.5, 1.1),
        "A window that ends one sample after the trace",
        says="end_s",
        hint="a slice beyond the end is cut short in silence: do you look for it?",
    )
    whole = student.cut_window(trace, 10.0, 0.0, 1.0)
    expect_close(whole, trace, "The window that is the whole trace")


@read("sec-primer-trend")
def test_12_nothing_is_left_of_a_line(student):
    """A trace of integers that is a straight line becomes zero everywhere."""
    line = np.arange(5, 305, 3, dtype="int32")
    k = np.arange(100)
    found = student.remove_trend(line)
    hint = {"are these differences of neighbours, instead of the trace?": (99,)}
    expect_shape(found, (100,), "What is left of 100 samples", mistakes=hint)
    # A least-squares fit of numbers up to 300 is exact to about 1e-12.
    expect_close(
        found,
        np.zeros(100),
        "What is left of a line",
        atol=1e-6,
        mistakes={
            "is only the mean removed?": lambda: line - line.mean(),
            "is the slope removed, and the mean left?": np.full(100, line.mean()),
            "does the line lack its level, the column of ones?": (
                lambda: line - k * (k @ line) / (k @ k)
            ),
        },
    )


@read("sec-primer-trend")
def test_13_a_parabola_by_hand(student):
    """The squares 0, 1, 4, 9, 16 have the line 4 k - 2 and leave 2, -1, -2, -1, 2."""
    squares = np.array([0, 1, 4, 9, 16], dtype="int32")
    expect_close(
        student.remove_trend(squares),
        [2, -1, -2, -1, 2],
        "What is left",
        mistakes={
            "is it the line from the first sample to the last?": [0, -3, -4, -3, 0],
            "is only the mean removed?": [-6, -5, -2, 3, 10],
            "is it the line itself, not what is left?": [-2, 2, 6, 10, 14],
            "is a curve fitted instead of a line?": np.zeros(5),
            "is what is left divided by its standard deviation?": (
                np.array([2, -1, -2, -1, 2]) / np.sqrt(2.8)
            ),
        },
    )


@read("sec-primer-trend")
def test_14_fractions_survive(student):
    """What is left of whole numbers has its fractions, and is at right angles to k."""
    samples = np.random.default_rng(14).integers(-900, 900, 64).astype("int32")
    left = student.remove_trend(samples)
    expect_shape(left, (64,), "What is left of 64 samples")
    left = np.asarray(left, dtype=float)
    rounded = np.all(left == np.round(left))
    expect(
        not rounded,
        "What is left of a trace of integers has no fractions",
        "is a float written into an array of integers?",
    )
    k = np.arange(64)
    # The sums are of 64 terms up to 64 * 900, and single precision has 7 digits.
    expect_close(
        [left.mean(), (k - k.mean()) @ left / 64**2],
        [0, 0],
        "Its mean and its slope",
        atol=1e-2,
        hint="does the line leave the least sum of squares?",
    )


def _spectrum(student, samples, rate_hz):
    """Return the student's frequencies and amplitudes as two arrays."""
    found = student.amplitude_spectrum(samples, rate_hz)
    is_pair = isinstance(found, (tuple, list, np.ndarray)) and len(found) == 2
    expect(is_pair, "What comes back is no pair", "frequencies, then amplitudes?")
    return found


@read("sec-primer-spectrum")
def test_15_the_frequencies(student):
    """Eight samples at 100 Hz have the frequencies 0, 12.5, 25, 37.5 and 50 Hz."""
    cases = {8: [0, 12.5, 25, 37.5, 50], 5: [0, 20, 40]}
    for n, right in cases.items():
        frequency, _ = _spectrum(student, np.ones(n), 100.0)
        m = len(right)
        expect_close(
            frequency,
            right,
            f"The frequencies of {n} samples at 100 Hz",
            unit="Hz",
            mistakes={
                "does the axis run to 50 Hz, where an odd number never arrives?": (
                    np.linspace(0, 50, m)
                ),
                "is the rate given to `rfftfreq`, which wants the interval?": (
                    np.arange(m) / (100 * n)
                ),
                "are these cycles per sample, without the rate?": np.arange(m) / n,
                "are these angular frequencies, in radians per second?": (
                    2 * np.pi * np.array(right)
                ),
                "do the amplitudes come first?": np.r_[n / 100, np.zeros(m - 1)],
                "are negative frequencies kept?": lambda n=n: np.fft.fftfreq(n, 0.01),
            },
        )


@read("sec-primer-spectrum")
def test_16_one_sample_by_hand(student):
    """One sample of 300 counts at 100 Hz has 3 counts/Hz at every frequency."""
    spike = np.zeros(16)
    spike[5] = 300.0
    _, amplitude = _spectrum(student, spike, 100.0)
    if np.iscomplexobj(np.asarray(amplitude)):
        expect(False, "The amplitudes are complex", "is the modulus missing?")
    expect_close(
        amplitude,
        np.full(9, 3.0),
        "The amplitude",
        unit="counts/Hz",
        mistakes={
            "is the sampling interval missing?": np.full(9, 300.0),
            "is it divided by the number of samples?": np.full(9, 300 / 16),
            "is it 2/n times the modulus, the amplitude of a steady sine?": (
                np.full(9, 600 / 16)
            ),
            "is it the power, with its square root missing?": np.full(9, 9.0),
            "is it multiplied by the rate instead of the interval?": np.full(9, 3e4),
            "is the negative half kept?": np.full(16, 3.0),
            "is it in decibels?": np.full(9, 20 * np.log10(3)),
            "is it doubled for the negative half?": np.full(9, 6.0),
            "is a taper applied?": np.full(9, 3 * np.hanning(16)[5]),
            "is it the real part alone, instead of the modulus?": (
                3 * abs(np.cos(2 * np.pi * 5 * np.arange(9) / 16))
            ),
        },
    )


@read("sec-primer-spectrum")
def test_17_rate_and_zeros_do_not_matter(student):
    """A smooth pulse has one spectrum, at 100 Hz or 200 Hz, with zeros or without."""
    spectra = {}
    for rate, n in ((100.0, 400), (200.0, 800), (100.0, 800)):
        time = np.arange(n) / rate - 1.5
        pulse = 50 * np.exp(-((time / 0.1) ** 2)) + 0.0
        frequency, amplitude = _spectrum(student, pulse, rate)
        frequency, amplitude = np.asarray(frequency), np.asarray(amplitude)
        at = [int(np.argmin(abs(frequency - f))) for f in (0.0, 1.0, 2.0, 5.0)]
        spectra[rate, n] = amplitude[at]
    # The integral of the pulse, 50 * 0.1 * sqrt(pi) * exp(-(pi f 0.1)^2); sums of a
    # smooth pulse that has died out agree with the integral to rounding.
    f = np.array([0.0, 1.0, 2.0, 5.0])
    right = 5 * np.sqrt(np.pi) * np.exp(-((np.pi * f * 0.1) ** 2))
    for (rate, n), found in spectra.items():
        expect_close(
            found,
            right,
            f"The amplitude at 0, 1, 2 and 5 Hz, with {n} samples at {rate:g} Hz,",
            unit="counts/Hz",
            mistakes={
                "is the mean removed before?": np.r_[0.0, right[1:]],
                "is it doubled for the negative half?": 2 * right,
            },
            hint="is it the modulus of the sum, times the sampling interval?",
        )
