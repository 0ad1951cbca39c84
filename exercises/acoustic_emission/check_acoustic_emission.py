"""Claims about reflections in a plate, what a clock says, and foreshocks."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read

# Sums, roots and quotients of a few numbers, done in single precision, are right to
# 1e-6 of the largest of them; numerical integration to 1e-8.
_SINGLE = 1e-5


def _times(source, sensor, offset, thickness, speed, n_bounces):
    """Return arrivals by mirroring in turn: each image in the other mirror."""
    depths, pair = [source], [source, source]
    for bounce in range(n_bounces):
        mirrors = (0, thickness) if bounce % 2 == 0 else (thickness, 0)
        pair = [2 * mirror - z for mirror, z in zip(mirrors, pair, strict=True)]
        depths += pair
    return np.sort(np.hypot(offset, np.array(depths) - sensor)) / speed


def _one_mirror(source, sensor, offset, thickness, speed, n_bounces):
    """Return arrivals where odd bounces are counted from the wrong mirror."""
    m = range(-n_bounces, n_bounces + 1)
    depths = [2 * i * thickness + source for i in m if abs(2 * i) <= n_bounces]
    depths += [2 * i * thickness - source for i in m if abs(2 * i + 1) <= n_bounces]
    return np.sort(np.hypot(offset, np.array(depths) - sensor)) / speed


@read("sec-ae-images")
def test_1_two_bounces_by_hand(student):
    """A source at 1 m, a sensor at 2 m right below, in a plate of 5 m at 1 m/s; and a
    source on the surface, whose waves come in pairs."""
    found = student.reflection_times(1.0, 2.0, 0.0, 5.0, 1.0, 2)
    expect_shape(found, (5,), "reflection_times with two bounces")
    expect_close(
        found,
        [1, 3, 7, 9, 11],
        "The array of five arrivals",
        unit="s",
        rtol=_SINGLE,
        mistakes={
            "are they in the order of bounces, not of arrival?": [1, 7, 3, 11, 9],
            "is the image in the lower mirror, at 2 D - z, missing?": [1, 3, 9, 11, 13],
            "is the sensor's depth added to that of the image?": [1, 3, 7, 11, 13],
            "is a mirror taken at one thickness, where the image is at two?": [
                1,
                2,
                3,
                4,
                6,
            ],
            "is the latest wave first?": [11, 9, 7, 3, 1],
        },
    )
    expect_close(
        student.reflection_times(0.0, 2.0, 0.0, 5.0, 1.0, 2),
        [2, 2, 8, 8, 12],
        "The array of five arrivals from the surface",
        unit="s",
        rtol=_SINGLE,
        mistakes={"do waves that come together count as one?": [2, 8, 12]},
    )


@read("sec-ae-images")
def test_2_the_direct_wave_is_alone_without_bounces(student):
    """Without reflections there is one arrival, at distance over speed."""
    expect_close(
        student.reflection_times(0.03, 0.01, 0.0, 0.05, 5000.0, 0),
        [4e-6],
        "The array of the direct wave alone",
        unit="s",
        rtol=_SINGLE,
        mistakes={"is it a distance, not a time?": [0.02]},
    )


@read("sec-ae-images")
def test_3_any_plate(student):
    """For generated plates, all images mirrored in turn, at a slant."""
    rng = inputs.draw(3)
    for n_bounces in (1, 4, 7):
        source, sensor, offset, thickness = inputs.numbers(rng, 4, 0.1, 1)
        thickness += 1
        speed = 3.0 + n_bounces
        given = source, sensor, offset, thickness, speed, n_bounces
        right = _times(*given)
        expect_close(
            student.reflection_times(*given),
            right,
            f"The array of arrivals with up to {n_bounces} bounces",
            unit="s",
            rtol=_SINGLE,
            mistakes={
                "is it a distance, not a time?": speed * right,
                "is the sensor's depth left out?": _times(
                    source, 0.0, offset, thickness, speed, n_bounces
                ),
                "is the horizontal offset left out?": _times(
                    source, sensor, 0.0, thickness, speed, n_bounces
                ),
                "are offset and depth added, where the path is slanted?": np.sort(
                    offset
                    + speed * _times(source, sensor, 0, thickness, speed, n_bounces)
                )
                / speed,
                "is it the square of the path?": (speed * right) ** 2 / speed,
                "is the image in the lower mirror, at 2 D - z, missing?": _one_mirror(
                    source, sensor, offset, thickness, speed, n_bounces
                ),
                "is the sensor's depth added to that of the image?": _times(
                    source, -sensor, offset, thickness, speed, n_bounces
                ),
            },
        )


@read("sec-ae-images")
def test_4_source_and_sensor_may_change_places(student):
    """Waves need as long from the sensor to the source, reflections included."""
    there = student.reflection_times(0.2, 0.7, 0.4, 0.9, 3.0, 5)
    back = student.reflection_times(0.7, 0.2, 0.4, 0.9, 3.0, 5)
    expect_close(
        np.sort(back),
        np.sort(there),
        "The array of arrivals the other way, sorted",
        unit="s",
        rtol=_SINGLE,
        hint="does a path depend on the direction in which it is run?",
    )


def _left(durations, times, middle=np.median, lasted=np.greater):
    """Return a summary of what is left, by a loop."""
    found = []
    for t in times:
        longer = [d - t for d in durations if lasted(d, t)]
        found.append(middle(longer) if longer else 0.0)
    return np.array(found)


@read("sec-ae-clock")
def test_5_the_clock_by_hand(student):
    """Of cycles of 10, 4 and 6 s: after 0 s 6 are left, after 5 s 3, after 6 s 4."""
    durations, times = np.array([10.0, 4.0, 6.0]), np.array([0.0, 5.0, 6.0])
    found = student.residual_life_s(durations, times)
    expect_shape(found, (3,), "residual_life_s at 3 times")
    expect_close(
        found,
        [6, 3, 4],
        "The array of what is left",
        unit="s",
        rtol=_SINGLE,
        mistakes={
            "is it the median length, without taking the time off?": [6, 8, 10],
            "are cycles that ended before still counted?": [6, 1, 0],
            "is a cycle that ended at that very moment still counted?": [6, 3, 2],
            "is it the mean?": [20 / 3, 3, 4],
        },
    )


@read("sec-ae-clock")
def test_6_any_cycles(student):
    """For generated cycles and times, ties among them, the median of what is left."""
    rng = inputs.draw(6)
    for n, n_times, kind in ((1, 7, float), (8, 11, int), (23, 13, float)):
        durations = rng.integers(3, 15, n).astype(kind)
        times = rng.integers(0, 16, n_times).astype(kind)
        times[1] = durations[-1]
        lived = np.where(times < durations.max(), np.median(durations) - times, 0)
        expect_close(
            student.residual_life_s(durations, times),
            _left(durations, times),
            f"The array of what is left, of {n} cycles",
            unit="s",
            rtol=_SINGLE,
            atol=_SINGLE,
            mistakes={
                "is it the mean?": _left(durations, times, np.mean),
                "is it the shortest of the cycles that are left?": _left(
                    durations, times, np.min
                ),
                "are cycles that ended before still counted?": lived,
                "is it the lower of the two in the middle?": _left(
                    durations, times, lambda left: sorted(left)[(len(left) - 1) // 2]
                ),
                "is it the upper of the two in the middle?": _left(
                    durations, times, lambda left: sorted(left)[len(left) // 2]
                ),
                "is a cycle that ended at that very moment still counted?": _left(
                    durations, times, lasted=np.greater_equal
                ),
                "is the median length returned, without the time taken off?": _left(
                    durations, times
                )
                + np.where(times < durations.max(), times, 0),
            },
        )


@read("sec-ae-clock")
def test_7_an_overdue_failure_has_nothing_left(student):
    """Where no known cycle lasted longer, 0 is left, and no warning is given."""
    found = student.residual_life_s(np.array([5.0, 7.0]), np.array([7.0, 6.0, 30.0]))
    expect_close(
        found,
        [0, 1, 0],
        "The array for overdue failures",
        unit="s",
        atol=_SINGLE,
        mistakes={
            "does an overdue failure come before now?": [0, 1, -23],
            "is what is left counted from the median of all cycles?": [-1, 0, -24],
        },
    )


def _cut_off(before, k, c, p):
    """Return what three slips give where p is not 1: some are right where it is."""
    if p == 1:
        return {}
    cut = np.maximum(before, c) ** (1 - p) - c ** (1 - p)
    turned = ((before + c) ** (p - 1) - c ** (p - 1)) / (p - 1)
    return {
        "is p taken for 1?": k * np.log1p(before / c),
        "is the exponent p - 1 instead of 1 - p?": k * turned,
        "is the law cut off at c, where it only flattens?": k * cut / (1 - p),
    }


@read("sec-ae-foreshocks")
def test_8_foreshocks_by_hand(student):
    """With K = 2, c = 0.5 s: p = 1 gives 2 ln 3 and 2 ln 9 for 1 s and 4 s; p = 3 gives
    32/9 and 320/81."""
    before = np.array([1.0, 4.0])
    for p, right, with_c in (
        (1, 2 * np.log([3, 9]), 2 * np.log([1.5, 4.5])),
        (3, [32 / 9, 320 / 81], [-4 / 9, -4 / 81]),
    ):
        found = student.expected_foreshocks(before, 2.0, 0.5, p)
        expect_shape(found, (2,), f"expected_foreshocks with p = {p}")
        expect_close(
            found,
            right,
            f"The pair of numbers with p = {p}",
            rtol=_SINGLE,
            mistakes={
                "is the lower end of the integral left out?": with_c,
                "is it the rate, not its integral?": 2 / (before + 0.5) ** p,
                "is the sign turned?": -np.array(right),
                "is K left out?": np.array(right) / 2,
                "is the factor 1 - p left out?": np.array(right) * (1 - p),
                **_cut_off(before, 2.0, 0.5, p),
            },
        )


@read("sec-ae-foreshocks")
def test_9_any_law(student):
    """For generated laws, what a fine sum of the rate gives, on both sides of p = 1."""
    rng = inputs.draw(9)
    for p in (0.6, 1, 1.4):
        k, c = inputs.numbers(rng, 2, 0.3, 3)
        before = inputs.numbers(rng, 7, 0.01, 9)
        x = np.linspace(0, np.log1p(before / c), 20_001)  # in ln(1 + u / c)
        # the trapezoid errs by (step^2 / 12): 4e-9 of the whole
        whole = np.trapezoid(k * (c * np.exp(x)) ** (1 - p), x, axis=0)
        expect_close(
            student.expected_foreshocks(before, k, c, p),
            whole,
            f"The array of numbers with p = {p}",
            rtol=_SINGLE,
            mistakes={
                "is it the rate, not its integral?": k / (before + c) ** p,
                "is K left out?": whole / k,
                "is the factor 1 - p left out?": whole * (1 - p),
                "is the lower end of the integral left out?": whole
                + (k * c ** (1 - p) / (1 - p) if p != 1 else k * np.log(c)),
                **_cut_off(before, k, c, p),
            },
        )


@read("sec-ae-foreshocks")
def test_10_nothing_comes_in_no_time(student):
    """In the last 0 s there is no foreshock, and later ones add to earlier ones."""
    found = np.asarray(
        student.expected_foreshocks(np.array([0, 3, 1, 2]), 4.0, 0.2, 1.2), float
    )
    expect_close(
        found[:1],
        [0.0],
        "The number in no time, an array of one",
        atol=_SINGLE,
        hint="is the integral taken from 0?",
    )
    expect(
        bool(found[1] > found[3] > found[2] > 0),
        "The numbers do not grow with the time before failure",
        "is it the integral from 0 to each time, and not beyond?",
    )
