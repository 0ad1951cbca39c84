"""Claims about the first arrival over two layers, and about one step of Geiger's."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read

# Ten operations on numbers of 100, done in double precision.
_ROUNDING = 1e-9


def _head(x, h, v, below, crossings=2):
    """Return the time of the head wave, whether or not it is the first."""
    return x / below + crossings * h * np.sqrt(1 / v**2 - 1 / below**2)


def _layers(rng, ratio):
    """Draw a layer, its speed and that beneath; return its crossover too [km]."""
    h, v = rng.uniform(5, 40), rng.uniform(3, 6)
    return h, v, ratio * v, 2 * h * np.sqrt((ratio + 1) / (ratio - 1))


@read("sec-tt-head")
def test_1_near_the_source_the_direct_wave_is_first(student):
    """At 12, 0 and 27 km over 30 km of crust at 6 km/s: after 2, 0 and 4.5 s."""
    for kind, distance in inputs.both_kinds([12, 0, 27]):
        found = student.first_arrival_s(distance, 30.0, 6.0, 8.0)
        expect_shape(found, (3,), "first_arrival_s of 3 distances")
        head = _head(distance, 30, 6, 8)
        expect_close(
            found,
            [2, 0, 4.5],
            f"The array of times, from distances as {kind},",
            atol=_ROUNDING,
            mistakes={
                "is it the head wave, which is later here?": head,
                "is the distance multiplied by the speed?": (
                    np.minimum(6.0 * distance, head)
                ),
                "is the lower speed taken for the direct wave?": distance / 8,
                "are times cut to whole seconds?": [2, 0, 4],
            },
        )
    found = student.first_arrival_s(np.array([18.0]), 30.0, 6.0, 8.0)
    expect_shape(found, (1,), "first_arrival_s of one distance")


@read("sec-tt-head")
def test_2_far_away_the_head_wave_overtakes(student):
    """For generated layers, beyond the crossover, the way down, along and up."""
    rng = inputs.draw(2)
    for ratio in (1.6, 1.33, 1.07):
        h, v, below, crossover = _layers(rng, ratio)
        x = inputs.numbers(rng, 7, 1.05 * crossover, 4 * crossover)
        _expect_head_waves(student, x, h, v, below)
    _expect_head_waves(student, inputs.whole(rng, 11, 400, 900), 31.5, 5.9, 8.1)


def _expect_head_waves(student, x, h, v, below):
    sine = v / below

    def first(delay):
        return np.minimum(x / v, x / below + delay)

    expect_close(
        student.first_arrival_s(x, h, v, below),
        _head(x, h, v, below),
        "The times beyond the crossover",
        rtol=_ROUNDING,
        mistakes={
            "is the head wave missing?": x / v,
            "does the head wave cross the layer only once?": _head(x, h, v, below, 1),
            "is the time in the layer missing?": x / below,
            "is it the sine where the cosine belongs?": first(2 * h * sine / v),
            "are the slanted paths added to a path that is still whole?": (
                first(2 * h / np.sqrt(1 - sine**2) / v)
            ),
            "are the ways down and up taken as vertical?": first(2 * h / v),
            "is the lower speed taken within the layer?": (
                first(2 * h * np.sqrt(1 - sine**2) / below)
            ),
            "are slownesses subtracted without being squared?": (
                first(2 * h * (1 / v - 1 / below))
            ),
            "is the way along the base shortened once, and not at both ends?": first(
                2 * h / np.sqrt(1 - sine**2) / v
                - h * sine / np.sqrt(1 - sine**2) / below
            ),
        },
    )


@read("sec-tt-head")
def test_3_each_distance_has_its_own_first_wave(student):
    """Before and beyond the crossover in one call, each time is the smaller one."""
    rng = inputs.draw(3)
    for ratio in (1.5, 1.08):
        h, v, below, crossover = _layers(rng, ratio)
        share = np.array([1.2, 0.52, 3.1, 0.97, 0.45, 0.75, 0.1, 0.3, 0.42])
        x = share * crossover
        direct, head = x / v, _head(x, h, v, below)
        # from here on rays hit the base steeply enough for a head wave
        critical = 2 * h * np.tan(np.arcsin(v / below))
        right = np.where(share < 1, direct, head)
        expect_close(
            student.first_arrival_s(x, h, v, below),
            right,
            "The times on both sides of the crossover",
            rtol=_ROUNDING,
            mistakes={
                "is it the direct wave everywhere?": direct,
                "is it the head wave everywhere?": head,
                "is it the head wave as soon as there is one, not as soon as it is"
                " first?": np.where(x < critical, direct, head),
                "is the crossover taken at half its distance?": (
                    np.where(share < 0.5, direct, head)
                ),
                "is it the later one?": np.maximum(direct, head),
                "are the times in another order than the distances?": np.sort(right),
            },
            where={
                "before the crossover": share < 1,
                "beyond the crossover": share > 1,
            },
        )


@read("sec-tt-head")
def test_4_a_slow_layer_makes_no_head_wave(student):
    """With 5 km/s under 6 km/s, and with 6 under 6, only the direct wave arrives."""
    rng = inputs.draw(4)
    for x in (inputs.numbers(rng, 7, 3, 1000), inputs.whole(rng, 11, 5, 900)):
        for below in (5.0, 6.0):
            found = student.first_arrival_s(x, 30.0, 6.0, below)
            expect_shape(found, x.shape, f"first_arrival_s of {len(x)} distances")
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


def _distance(place, x, y, depth_counts=1):
    flat = (place[0] - x) ** 2 + (place[1] - y) ** 2
    return np.sqrt(flat + depth_counts * place[2] ** 2)


def _stations(seed, n=11):
    """Draw stations [km], a source beneath none, a speed, and exact arrival times."""
    rng = inputs.draw(seed)
    x, y = inputs.numbers(rng, n, -50, 50), inputs.numbers(rng, n, -50, 50)
    source, origin = np.array([*rng.uniform(-10, 10, 2), rng.uniform(6, 15)]), 4.5
    v = rng.uniform(3, 8)
    return x, y, source, origin, origin + _distance(source, x, y) / v, v


def _equations(place, origin, x, y, time, v, depth_counts=1):
    """Return matrix and residuals, by derivatives taken as differences of 1 m."""

    def predicted(m):
        return m[3] + _distance(m[:3], x, y, depth_counts) / v

    m, steps = np.append(place, origin), 1e-3 * np.eye(4)
    A = np.transpose([(predicted(m + s) - predicted(m - s)) / 2e-3 for s in steps])
    return A, time - predicted(m)


def _least_squares(given, columns=(1, 1, 1, 1), rows=slice(None), power=0, **law):
    """Return the step, of some columns, some rows, or weighted by distance."""
    A, residual = _equations(*given, **law)
    weight = _distance(given[0], *given[2:4]) ** power
    A, residual = A * columns * weight[:, None], residual * weight
    return np.linalg.lstsq(A[rows], residual[rows])[0]


def _flat(given):
    """Return the step if all distances, but no offsets, are those at the surface."""
    place, origin, x, y, time, v = given
    flat = _distance(place, x, y, depth_counts=0)
    slopes = np.array([place[0] - x, place[1] - y, 0 * x + place[2]]) / flat / v
    A = np.vstack([slopes, np.ones(len(x))]).T
    return np.linalg.lstsq(A, time - origin - flat / v)[0]


def _walked(given, n_steps):
    """Return where several steps lead, seen from the guess."""
    m = start = np.append(given[0], given[1])
    for _ in range(n_steps):
        m = m + _least_squares((m[:3], m[3], *given[2:]))
    return m - start


STILL = "does the last number still hold the guessed origin time?"
"""Asked of whoever never subtracts it from the times, or adds it in the end."""


def _mistakes(right, given):
    """Return what a wrong matrix or residual makes of a step."""
    (place, origin), v = given[:2], given[-1]
    A, residual = _equations(*given)
    return {
        "are predicted times compared with picked ones the other way round?": -right,
        "is the slope that of the source, not the way to the station?": (
            right * [-1, -1, -1, 1]
        ),
        "does depth grow upwards?": right * [1, 1, -1, 1],
        "does the origin time have a minus in the matrix?": right * [1, 1, 1, -1],
        "is the mean residual subtracted first?": right - [0, 0, 0, residual.mean()],
        "are the slopes those of the distance, not of the time?": (
            right * [1 / v, 1 / v, 1 / v, 1]
        ),
        "are the slopes divided by the speed twice?": right * [v, v, v, 1],
        "is it the new place instead of the step?": right + np.append(place, origin),
        STILL: right + np.array([0, 0, 0, origin]),
        "have east and north changed places?": right[[1, 0, 2, 3]],
        "does the origin time come first?": right[[3, 0, 1, 2]],
        "has the matrix no column of ones for the origin time?": (
            _least_squares(given, columns=(1, 1, 1, 0))
        ),
        "is the depth left as it is?": _least_squares(given, columns=(1, 1, 0, 1)),
        "does the depth count nowhere?": _least_squares(given, depth_counts=0),
        "is it the distance along the surface, not to the depth?": _flat(given),
        "is it the matrix times the residuals, with nothing solved?": A.T @ residual,
    }


@read("sec-tt-geiger")
def test_5_a_late_clock_moves_the_origin_time_alone(student):
    """From the true source the step is 0; if all clocks are 3.5 s late, 3.5 s."""
    x, y, source, origin, time, v = _stations(5)
    for late in (0.0, 3.5):
        given = source, origin, x, y, time + late, v
        found = student.geiger_step(*given)
        expect_shape(found, (4,), "geiger_step")
        expect_close(
            found,
            [0, 0, 0, late],
            f"The step from the true source, with clocks {late:g} s late,",
            atol=1e-7,  # rounding of the times, by the condition of the equations
            mistakes={
                "does the origin time come first?": [late, 0, 0, 0],
                "is the mean residual subtracted, so that none is left?": np.zeros(4),
                "is it the new place instead of the step?": [*source, origin + late],
                STILL: [0, 0, 0, origin + late],
                "has the matrix no column of ones for the origin time?": (
                    _least_squares(given, columns=(1, 1, 1, 0))
                ),
                "does the depth count nowhere?": _least_squares(given, depth_counts=0),
                "is it the distance along the surface, not to the depth?": _flat(given),
                "is it half of the step?": [0, 0, 0, late / 2],
            },
        )


@read("sec-tt-geiger")
def test_6_near_the_source_one_step_arrives(student):
    """A guess 10 m off is put right by one step, to the curvature of the times."""
    x, y, source, origin, time, v = _stations(6, n=13)
    off = np.array([0.008, -0.005, 0.004])
    given = source + off, origin + 0.002, x, y, time, v
    right = -np.append(off, 0.002)
    expect_close(
        student.geiger_step(*given),
        right,
        "The step of east, north, depth and time",
        atol=2e-4,  # the square of 10 m over 10 km, by the condition of the equations
        mistakes=_mistakes(right, given),
    )


@read("sec-tt-geiger")
def test_7_noisy_times_get_the_least_squares(student):
    """For picks with errors, from a guess kilometres off, the step of least squares."""
    for given in _noisy():
        right = _least_squares(given)
        expect_close(
            student.geiger_step(*given),
            right,
            f"The step from {len(given[2])} stations",
            rtol=1e-5,
            atol=1e-5,  # derivatives as differences of 1 m, over 8 km
            mistakes=_mistakes(right, given)
            | {
                "is a station left out, the last?": lambda given=given: _least_squares(
                    given, rows=slice(-1)
                ),
                "are only four stations used?": lambda given=given: _least_squares(
                    given, rows=slice(4)
                ),
                "do near stations count more?": lambda given=given: _least_squares(
                    given, power=-1
                ),
                "are several steps taken?": lambda given=given: _walked(given, 20),
            },
        )


def _noisy():
    """Yield guesses and picks: one far too late, whole numbers only, four stations."""
    x, y, _, origin, time, v = _stations(7)
    time = time + inputs.draw(7).normal(0, 0.1, len(x))
    time[4] += 6.0
    yield np.array([3.1, -2.2, 8.3]), origin - 0.5, x, y, time, v
    x, y, _, origin, time, v = _stations(8, n=7)
    x, y, time = (np.round(one).astype(int) for one in (x, y, time))
    yield np.array([3, -2, 9]), 4.0, x, y, time, v
    x, y, source, origin, time, v = _stations(9, n=4)
    off = np.array([1.1, 2.3, -0.9])
    yield source + off, origin + 0.4, x, y, time + 0.1 * np.sign(x), v


@read("sec-tt-geiger")
def test_8_a_far_guess_gets_its_whole_step(student):
    """From 80 km away too the step is that of least squares, even above the ground."""
    x, y, source, origin, time, v = _stations(10, n=17)
    for off in ([70.0, -40.0, 3.0], [-20.0, 10.0, 40.0]):
        given = source + off, origin + 1.2, x, y, time, v
        right = _least_squares(given)
        under = np.maximum(right, [-np.inf, -np.inf, -given[0][2], -np.inf])
        long = np.linalg.norm(right[:3])
        expect_close(
            student.geiger_step(*given),
            right,
            "The step from far away",
            rtol=1e-5,
            atol=1e-5,  # as above
            mistakes=_mistakes(right, given)
            | {
                "is the step cut where it would leave the ground?": under,
                "is the step cut to 10 km?": right * min(1, 10 / long),
                "are several steps taken?": lambda given=given: _walked(given, 2),
            },
        )
