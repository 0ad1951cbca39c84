"""Claims about the first arrival over two layers, and about one step of Geiger's."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, read

# Ten operations on numbers of 100, done in double precision.
_ROUNDING = 1e-9


def _two_layers(x, h, v, below, crossings=2):
    """Return the time of the head wave, whether or not it is the first."""
    return x / below + crossings * h * np.sqrt(1 / v**2 - 1 / below**2)


def _stations(seed, n=11):
    """Draw stations [km], a source that is beneath none, and its arrival times."""
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(-50, 50, (2, n))
    source, origin = np.array([*rng.uniform(-10, 10, 2), rng.uniform(6, 15)]), 4.5
    return x, y, source, origin, origin + _distance(source, x, y) / 6.2


def _distance(place, x, y):
    return np.sqrt((place[0] - x) ** 2 + (place[1] - y) ** 2 + place[2] ** 2)


def _least_squares(place, origin, x, y, time, v, columns=(1, 1, 1, 1)):
    """Return the step, by derivatives taken as differences of 1 m."""
    m = np.append(place, origin)

    def predicted(m):
        return m[3] + _distance(m[:3], x, y) / v

    steps = 1e-3 * np.eye(4)
    A = np.transpose([(predicted(m + s) - predicted(m - s)) / 2e-3 for s in steps])
    return np.linalg.lstsq(A * columns, time - predicted(m))[0]


@read("sec-tt-law")
def test_1_near_the_source_the_direct_wave_is_first(student):
    """At 12, 0 and 30 km over 30 km of crust at 6 km/s: after 2, 0 and 5 s."""
    for distance in (np.array([12, 0, 30]), np.array([12.0, 0.0, 30.0])):
        found = student.first_arrival_s(distance, 30.0, 6.0, 8.0)
        expect_shape(found, (3,), "first_arrival_s of 3 distances")
        head = _two_layers(distance, 30, 6, 8)
        expect_close(
            found,
            [2, 0, 5],
            "The array of times",
            atol=_ROUNDING,
            mistakes={
                "is it the head wave, which is later here?": head,
                "is the distance multiplied by the speed?": (
                    np.minimum(6.0 * distance, head)
                ),
                "is the lower speed taken for the direct wave?": distance / 8,
            },
        )


@read("sec-tt-law")
def test_2_far_away_the_head_wave_overtakes(student):
    """For generated layers, beyond the crossover, the way down, along and up."""
    rng = np.random.default_rng(2)
    for _ in range(5):
        h, v = rng.uniform(5, 40), rng.uniform(4, 6)
        below = v * rng.uniform(1.3, 1.8)
        crossover = 2 * h * np.sqrt((below + v) / (below - v))
        x = crossover * np.append(4.0, rng.uniform(1.1, 3.9, 6))
        sine = v / below

        def first(delay, x=x, v=v, below=below):
            return np.minimum(x / v, x / below + delay)

        expect_close(
            student.first_arrival_s(x, h, v, below),
            _two_layers(x, h, v, below),
            "The times beyond the crossover",
            rtol=_ROUNDING,
            mistakes={
                "is the head wave missing?": x / v,
                "does the head wave cross the layer only once?": _two_layers(
                    x, h, v, below, 1
                ),
                "is the time in the layer missing?": x / below,
                "is it the sine where the cosine belongs?": first(2 * h * sine / v),
                "are the slanted paths added to a path that is still whole?": (
                    first(2 * h / np.sqrt(1 - sine**2) / v)
                ),
            },
        )


@read("sec-tt-law")
def test_3_a_slow_layer_makes_no_head_wave(student):
    """With 5 km/s under 6 km/s, and with 6 under 6, only the direct wave arrives."""
    x = np.array([250.0, 3.0, 71.5, 1000.0])
    for below in (5.0, 6.0):
        found = student.first_arrival_s(x, 30.0, 6.0, below)
        expect_shape(found, (4,), "first_arrival_s of 4 distances")
        expect(
            np.isfinite(found).all(),
            f"Over a half-space of {below:g} km/s some times are no numbers",
            "do you ask whether the lower speed is the larger one?",
        )
        expect_close(
            found,
            x / 6,
            f"The times over a half-space of {below:g} km/s",
            rtol=_ROUNDING,
            mistakes={
                "is a wave along the slower side counted?": x / 5,
                "is the distance multiplied by the speed?": 6 * x,
            },
        )


@read("sec-tt-law")
def test_4_at_the_source_no_step_is_left(student):
    """From the true source and time, which fit exactly, the step is zero."""
    x, y, source, origin, time = _stations(4)
    found = student.geiger_step(source, origin, x, y, time, 6.2)
    expect_shape(found, (4,), "geiger_step")
    expect_close(
        found,
        np.zeros(4),
        "The step from the true source",
        atol=1e-7,  # rounding of the times, by the condition of the equations
        mistakes={
            "is it the new place instead of the step?": np.append(source, origin),
            "is the origin time still in the residual?": [0, 0, 0, origin],
        },
    )


@read("sec-tt-law")
def test_5_a_late_clock_moves_the_origin_time_alone(student):
    """If all clocks are 3.5 s late, the step is 3.5 s in time and 0 km in place."""
    x, y, source, origin, time = _stations(5)
    given = source, origin, x, y, time + 3.5, 6.2
    expect_close(
        student.geiger_step(*given),
        [0, 0, 0, 3.5],
        "The step",
        atol=1e-6,  # as above
        mistakes={
            "are predicted times compared with picked ones the other way round?": (
                [0, 0, 0, -3.5]
            ),
            "is it the new place instead of the step?": [*source, origin + 3.5],
            "is the origin time still in the residual?": [0, 0, 0, origin + 3.5],
            "has the matrix no column of ones for the origin time?": (
                _least_squares(*given, (1, 1, 1, 0))
            ),
        },
    )


@read("sec-tt-law")
def test_6_near_the_source_one_step_arrives(student):
    """A guess 10 m off is put right by one step, to the curvature of the times."""
    x, y, source, origin, time = _stations(6)
    off = np.array([0.008, -0.005, 0.004])
    given = source + off, origin + 0.002, x, y, time, 6.2
    right = -np.append(off, 0.002)
    expect_close(
        student.geiger_step(*given),
        right,
        "The step of east, north, depth and time",
        atol=2e-4,  # the square of 10 m over 10 km, by the condition of the equations
        mistakes=_mistakes(right, given),
    )


def _mistakes(right, given):
    """Return what a wrong matrix or residual makes of a step."""
    place, origin = given[:2]
    v = given[-1]
    return {
        "are predicted times compared with picked ones the other way round?": -right,
        "is the slope that of the source, not the way to the station?": (
            right * [-1, -1, -1, 1]
        ),
        "does depth grow upwards?": right * [1, 1, -1, 1],
        "is the slope one over the speed short: distance instead of time?": (
            right * [1 / v, 1 / v, 1 / v, 1]
        ),
        "is it the new place instead of the step?": right + np.append(place, origin),
        "is the origin time still in the residual?": right
        + np.array([0, 0, 0, origin]),
        "has the matrix no column of ones for the origin time?": (
            _least_squares(*given, (1, 1, 1, 0))
        ),
    }


@read("sec-tt-law")
def test_7_noisy_times_get_the_least_squares(student):
    """For picks with errors, from a guess kilometres off, the step of least squares."""
    x, y, *_, time = _stations(7)
    time = time + np.random.default_rng(7).normal(0, 0.1, len(x))
    given = np.array([3, -2, 8]), 4.0, x, y, time, 6.2  # whole numbers for a place
    right = _least_squares(*given)
    expect_close(
        student.geiger_step(*given),
        right,
        "The step",
        atol=1e-5,  # derivatives as differences of 1 m, over 8 km
        mistakes=_mistakes(right, given)
        | {
            "is a station left out, the last?": (
                _least_squares(*given[:2], x[:-1], y[:-1], time[:-1], 6.2)
            )
        },
    )
