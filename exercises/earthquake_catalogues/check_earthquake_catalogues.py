"""Claims about the times of aftershocks and about numbers that are expected."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read


def _model(seed, n=17):
    """Draw a catalogue of 90 days and the parameters of a model."""
    rng = inputs.draw(seed)
    model = {
        "mu": rng.uniform(0.2, 0.6),
        "k": rng.uniform(0.05, 0.1),
        "alpha": rng.uniform(0.6, 0.9),
        "c_days": rng.uniform(0.05, 0.1),
        "p": rng.uniform(1.2, 1.6),
        "min_magnitude": 3.2,
    }
    times = np.sort(inputs.numbers(rng, n, 0, 90))
    return times, 3.2 + inputs.inside_out(rng.exponential(0.5, n)), model


def _by_loops(times, magnitude, decay, power=None, mu=0.0):
    """Sum a decay of elapsed times over earlier earthquakes, each with its power."""
    power = np.ones(len(times)) if power is None else power
    return np.array(
        [
            mu * t
            + sum(w * decay(t - s) for s, w in zip(times, power, strict=True) if s < t)
            for t in times
        ]
    )


@read("sec-etas-code")
def test_1_times_by_hand(student):
    """With c = 2 days and p = 3, a share of 0, 3/4 and 15/16 comes in 0, 2, 6 days."""
    u = np.array([0.0, 0.75, 0.9375])
    found = student.omori_times(u, 2.0, 3.0)
    expect_shape(found, (3,), "omori_times of three numbers")
    with np.errstate(divide="ignore"):
        expect_close(
            found,
            [0, 2, 6],
            "The array of times",
            unit="days",
            mistakes={
                "is u the share that comes later?": lambda: (
                    2 * (np.maximum(u, 1e-300) ** -0.5 - 1)
                ),
                "is c not taken away at the end?": [2, 4, 8],
                "is the exponent 1 / p instead of 1 / (p - 1)?": (
                    2 * ((1 - u) ** (-1 / 3) - 1)
                ),
                "is the exponent p - 1 instead of its inverse?": (
                    2 * ((1 - u) ** -2.0 - 1)
                ),
                "are the times in units of c?": [0, 1, 3],
                "is the sign of the exponent wrong?": 2 * ((1 - u) ** 0.5 - 1),
            },
        )


@read("sec-etas-code")
def test_2_the_share_before_a_time_is_u(student):
    """Put back into 1 - (1 + t / c)^(1 - p), the times give u again, for any p > 1."""
    rng = inputs.draw(2)
    for n, p, most, which in (
        (7, 1.15, 0.95, "p = 1.15"),
        (1, 1.6, 0.95, "p = 1.6, of one earthquake,"),
        (13, 2.5, 1.0, "p = 2.5"),
        (11, 1.005, 0.3, "p just above 1"),  # a half comes within 10^60 c: small u only
    ):
        u, c_days = inputs.numbers(rng, n, 0.01, most), rng.uniform(0.01, 0.3)
        found = student.omori_times(u, c_days, p)
        expect_shape(found, (n,), f"The array of times with {which}")
        found = np.asarray(found)
        # single precision: 1e-7 in u, a few times that after two powers
        share = 1 - (1 + np.abs(found) / c_days) ** (1 - p)
        expect_close(
            share,
            u,
            f"The array of shares with {which}",
            rtol=1e-4,
            atol=1e-5,
            mistakes={
                "is c not taken away at the end?": 1
                - (1 + (1 - u) ** (1 / (1 - p))) ** (1 - p),
                "is the exponent 1 / p instead of 1 / (p - 1)?": lambda u=u, p=p: (
                    1 - (1 - u) ** ((p - 1) / p)
                ),
                "is the exponent p - 1 instead of its inverse?": lambda u=u, p=p: (
                    1 - (1 - u) ** (p - 1) ** 2
                ),
            },
        )


@read("sec-etas-code")
def test_3_no_aftershock_comes_before_its_mainshock(student):
    """Times are not negative, and a larger share takes longer."""
    u = np.linspace(0, 0.99, 12)
    found = student.omori_times(u, 0.03, 1.3)
    expect_shape(found, (12,), "omori_times of twelve numbers")
    found = np.asarray(found)
    expect(
        found >= 0,
        f"The earliest time is {found.min():.3g} days",
        "is the sign of the exponent wrong?" if np.all(found <= 0) else "",
    )
    expect(
        np.diff(found) > 0,
        "The times of growing shares do not grow",
        "is u the share that comes later?" if np.all(np.diff(found) < 0) else "",
    )


@read("sec-etas-law")
def test_4_three_earthquakes_by_hand(student):
    """At 0, 1 and 3 days with M 3, 4 and 5, c = 1 and p = 2: 0, 1 and 8.917."""
    times, size = np.array([0, 1, 3]), np.array([3, 4, 5])
    found = student.expected_before(times, size, 0.5, 1.0, 1.0, 1.0, 2.0, 3.0)
    expect_shape(found, (3,), "expected_before of three earthquakes")
    expect_close(
        found,
        [0, 1, 1.5 + 0.75 + 10 * 2 / 3],
        "The array of expected numbers",
        mistakes={
            "is the background missing?": [0, 0.5, 0.75 + 20 / 3],
            "does the background add its rate instead of rate times time?": (
                [0.5, 1, 0.5 + 0.75 + 20 / 3]
            ),
            "do all earthquakes trigger alike, whatever their magnitude?": (
                [0, 1, 1.5 + 0.75 + 2 / 3]
            ),
            "does the productivity grow by powers of e instead of ten?": (
                [0, 1, 1.5 + 0.75 + np.e * 2 / 3]
            ),
            "is the smallest magnitude not taken from the others?": (
                [0, 0.5 + 500, 1.5 + 750 + 20000 / 3]
            ),
            "is it the rate instead of its integral?": [
                0.5,
                0.75,
                0.5 + 1 / 16 + 10 / 9,
            ],
            "do later earthquakes count?": lambda: (
                np.array([0, 0.5, 1.5])
                + [[0, 5, 75], [1 / 2, 0, 200 / 3], [3 / 4, 20 / 3, 0]] @ np.ones(3)
            ),
            "is each earthquake counted, too?": [0, 2, 1.5 + 0.75 + 20 / 3 + 2],
            "has the integral only its upper end?": (
                [-111, 0.5 - 0.5 - 110, 1.5 - 0.25 - 10 / 3 - 100]
            ),
            "does the rate decay with p - 1 after the integral?": lambda: _by_loops(
                times, size, lambda t: 1 - (t + 1) ** -2.0, [1, 10, 100], 0.5
            ),
        },
    )


@read("sec-etas-law")
def test_5_without_triggering_it_is_the_background(student):
    """With k = 0 the expected number is mu times the time."""
    times, size, model = _model(5)
    model["k"] = 0.0
    expect_close(
        student.expected_before(times, size, **model),
        model["mu"] * times,
        "The array of expected numbers",
        mistakes={
            "is the background missing?": np.zeros(len(times)),
            "does the background add its rate instead of rate times time?": (
                np.full(len(times), model["mu"])
            ),
            "is each earthquake counted, too?": model["mu"] * times + np.arange(17),
            "does the time begin at the first earthquake?": (
                model["mu"] * (times - times[0])
            ),
            "are the expected numbers of the intervals not added up?": (
                model["mu"] * np.diff(times, prepend=0)
            ),
        },
    )


@read("sec-etas-law")
def test_6_the_last_earthquake_triggers_nothing_yet(student):
    """Its magnitude changes no number; that of the first changes all later ones."""
    times, size, model = _model(6)
    usual = student.expected_before(times, size, **model)
    expect_shape(usual, (17,), "expected_before of 17 earthquakes")
    usual = np.asarray(usual)
    last, first = size.copy(), size.copy()
    last[-1] += 1
    first[0] += 1
    changed = np.asarray(student.expected_before(times, last, **model))
    moved = ~np.isclose(changed, usual, rtol=1e-5)
    only_earlier = moved[:-1].all() and not moved[-1]
    expect(
        ~moved,
        "With a larger last earthquake the numbers change",
        "do later earthquakes count?" if only_earlier else "",
    )
    grown = np.asarray(student.expected_before(times, first, **model))
    expect(
        (grown > usual)[1:],
        "With a larger first earthquake not all later numbers grow",
    )


@read("sec-etas-law")
def test_7_it_is_the_integral_of_the_rate(student):
    """For generated catalogues, of one earthquake too, and with two at one instant."""
    times, size, model = _model(7)
    times[5], times[9] = times[4], times[8] + 0.004
    _compare(student, times, size, model, "The array of expected numbers")
    whole = inputs.whole(inputs.draw(17), 13, 3, 6)
    model["min_magnitude"] = 3
    days = np.array([0, 1, 1, 4, 9, 10, 16, 20, 25, 40, 41, 55, 80])
    _compare(student, days, whole, model, "The array for whole days and magnitudes")
    _compare(student, times[1:2], size[1:2], model, "The array for one earthquake")


def _compare(student, times, size, model, what):
    """Compare with sums over all pairs, by loops, and with those of mistakes."""
    c, p, smallest = model["c_days"], model["p"], model["min_magnitude"]
    each = model["k"] * 10 ** (model["alpha"] * (size - smallest))

    def numbers(decay, power=each, mu=model["mu"]):
        return _by_loops(times, size, decay, power, mu)

    def area(t, c=c):
        return (c ** (1 - p) - (t + c) ** (1 - p)) / (p - 1)

    expect_close(
        student.expected_before(times, size, **model),
        numbers(area),
        what,
        rtol=1e-5,
        mistakes={
            "is the background missing?": lambda: numbers(area, mu=0.0),
            "does the background add its rate instead of rate times time?": lambda: (
                model["mu"] + numbers(area, mu=0.0)
            ),
            "is the integral not divided by p - 1?": lambda: numbers(
                lambda t: (p - 1) * area(t)
            ),
            "does the rate decay with p - 1 after the integral?": lambda: numbers(
                lambda t: (c**-p - (t + c) ** -p) / (p - 1)
            ),
            "is k left out?": lambda: numbers(area, each / model["k"]),
            "does the productivity grow by powers of e instead of ten?": lambda: (
                numbers(area, model["k"] * np.exp(model["alpha"] * (size - smallest)))
            ),
            "do all earthquakes trigger alike, whatever their magnitude?": lambda: (
                numbers(area, np.full(len(size), model["k"]))
            ),
            "is the smallest magnitude not taken from the others?": lambda: numbers(
                area, model["k"] * 10 ** (model["alpha"] * size)
            ),
            "is it the magnitude of the earthquake that is triggered?": lambda: (
                numbers(area, np.ones(len(size)), 0.0) * each + model["mu"] * times
            ),
            "is the integral a share, from 0 to 1?": lambda: numbers(
                lambda t: 1 - (1 + t / c) ** (1 - p)
            ),
            "is each earthquake counted, too?": lambda: (
                numbers(area) + np.arange(len(size))
            ),
            "does the time begin at the first earthquake?": lambda: (
                numbers(area) - model["mu"] * times[0]
            ),
            "is each productivity cut to a whole number?": lambda: numbers(
                area, np.trunc(each)
            ),
        },
    )
