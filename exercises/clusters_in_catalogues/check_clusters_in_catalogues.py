"""Claims about the nearest earlier earthquake and about b from steps."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read

LN10 = np.log(10)


def _parents(events, b, d, allowed=None, time_counts=1, cut=False, of=min):
    """Find the nearest of those allowed, by a loop."""
    time, distance, magnitude = (one.astype(float) for one in events)
    allowed = allowed or (lambda i, j: time[i] < time[j])
    parents = []
    for j in range(len(time)):

        def proximity(i, j=j):
            lag = abs(time[j] - time[i]) ** time_counts
            eta = lag * distance[j, i] ** d * 10 ** (-b * magnitude[i])
            return np.floor(eta) if cut else eta

        asked = [i for i in range(len(time)) if i != j and allowed(i, j)]
        parents.append(of(asked, key=proximity, default=-1))
    return np.array(parents)


def _in_sorted_rows(right, time):
    """Return the parents as rows of the catalogue in the order of time."""
    rank = np.append(np.argsort(np.argsort(time, kind="stable")), -1)
    return rank[right]


@read("sec-proximity")
def test_1_four_earthquakes_by_hand(student):
    """A small one near and a large one far, both earlier: the large one wins.

    The last row is 2 days and 10 km from magnitude 4, 3 days and 20 km from magnitude
    6. With b = 1 and d = 1 that is 0.002 against 0.00006.
    """
    km = [[0, 200, 90, 10], [200, 0, 300, 500], [90, 300, 0, 20], [10, 500, 20, 0]]
    whole = np.array([1, 9, 0, 3]), np.array(km), np.array([4, 3, 6, 3])
    for kind in (int, float):
        found = student.nearest_event(*(one.astype(kind) for one in whole), 1.0, 1.0)
        expect_shape(found, (4,), "nearest_event of 4 earthquakes")
        expect_close(
            found,
            [2, 2, -1, 2],
            "The rows of the nearest earlier earthquakes",
            mistakes={
                "is the small one beside it preferred to the large one?": [2, 0, -1, 0],
                "is it 0 where none is earlier?": [2, 2, 0, 2],
                "is it its own row where none is earlier?": [2, 2, 2, 2],
                "are they rows of a catalogue in the order of time?": [0, 0, -1, 0],
                "is the catalogue left in the order of time?": [-1, 0, 0, 0],
                "are the rows counted from 1?": [3, 3, -1, 3],
                "is each its own parent?": [0, 1, 2, 3],
                "is it the proximity instead of the row?": [9e-5, 0.0027, -1, 6e-5],
            },
        )


@read("sec-proximity")
def test_2_nobody_is_a_parent_at_the_same_time(student):
    """Of several that strike at once none is a parent, nor is one that stands alone."""
    km = np.array([[0, 9, 4, 2], [9, 0, 3, 5], [4, 3, 0, 6], [2, 5, 6, 0]])
    for kind in (int, float):
        time, size = np.array([5, 2, 2, 5], kind), np.full(4, 4, kind)
        expect_close(
            student.nearest_event(time, km.astype(kind), size, 1.0, 2.0),
            [2, -1, -1, 1],
            "The rows",
            mistakes={
                "is one at the same time an earlier one?": [3, 2, 1, 0],
                "is it 0 where none is earlier?": [2, 0, 0, 1],
                "is it its own row where none is earlier?": [2, 1, 2, 1],
                "are they rows of a catalogue in the order of time?": [1, -1, -1, 0],
                "is the catalogue left in the order of time?": [-1, -1, 1, 0],
            },
        )
    alone = student.nearest_event(np.array([7.5]), np.zeros((1, 1)), size[:1], 1.0, 1.6)
    expect_close(alone, [-1], "The row of one earthquake alone")


@read("sec-proximity")
def test_3_the_smallest_proximity_of_all_that_are_earlier(student):
    """For generated earthquakes, b and d, what a loop over pairs finds."""
    for kind, events, b, d in _catalogues():
        right = _parents(events, b, d)
        expect_close(
            student.nearest_event(*events, b, d),
            right,
            f"The rows, from {kind} with b = {b:g} and d = {d:g},",
            mistakes=_mistakes(right, events, b, d),
            where={"where none is earlier": right < 0},
        )


def _catalogues():
    """Yield catalogues in no order: of numbers and, with times repeated, of integers.

    No earthquake has two parents that are equally near.
    """
    rng = inputs.draw(3)
    for n, b, d in ((23, 1.2, 1.6), (17, 0.7, 2.3)):
        place = rng.uniform(0, 100, (n, 2))
        km = np.hypot(*(place[:, None] - place).T)
        m = 3 + rng.exponential(0.6, n)
        yield "numbers", (inputs.numbers(rng, n, 0, 50), km, m), b, d
    place = rng.integers(0, 900, (19, 2))
    km = np.hypot(*(place[:, None] - place).T).round().astype(int)
    whole = inputs.whole(rng, 19, 0, 25), km, inputs.whole(rng, 19, 3, 6)
    for kind, time in inputs.both_kinds(whole[0]):
        yield kind, tuple(one.astype(time.dtype) for one in whole), 0.9, 1.3


def _mistakes(right, events, b, d):
    """Return what other proximities and other choices of the earlier ones give."""
    time, _, magnitude = events

    def among(allowed):
        return lambda: _parents(events, b, d, allowed)

    return {
        # whoever takes the magnitude of the later one, finds the same
        "does the magnitude of the earlier one not count?": (
            lambda: _parents(events, 0, d)
        ),
        "has the distance no power?": lambda: _parents(events, b, 1),
        "has the magnitude the wrong sign?": lambda: _parents(events, -b, d),
        "is b not used?": lambda: _parents(events, 1, d),
        "is it a power of e instead of 10?": lambda: _parents(events, b / LN10, d),
        "does the time not count?": lambda: _parents(events, b, d, time_counts=0),
        "does the distance not count?": lambda: _parents(events, b, 0),
        "are proximities cut to whole numbers?": (
            lambda: _parents(events, b, d, cut=True)
        ),
        "is it the largest proximity?": lambda: _parents(events, b, d, of=max),
        "is it the nearest later one?": among(lambda i, j: time[i] > time[j]),
        "is every other one asked, later ones too?": among(lambda i, j: True),
        "are only rows above asked, whatever their time?": among(lambda i, j: i < j),
        "are only larger ones asked?": among(
            lambda i, j: time[i] < time[j] and magnitude[i] > magnitude[j]
        ),
        "is one at the same time an earlier one?": among(
            lambda i, j: time[i] <= time[j]
        ),
        "is it the last one before?": lambda: [
            np.where(time < t, time, -1).argmax() if (time < t).any() else -1
            for t in time
        ],
        "are they rows of a catalogue in the order of time?": (
            lambda: _in_sorted_rows(right, time)
        ),
        "is the catalogue left in the order of time?": lambda: _in_sorted_rows(
            right, time
        )[np.argsort(time, kind="stable")],
        "is it 0 where none is earlier?": np.maximum(right, 0),
        "is it its own row where none is earlier?": (
            np.where(right < 0, np.arange(len(time)), right)
        ),
        "are the rows counted from 1?": right + (right >= 0),
        "is each its own parent?": np.arange(len(time)),
    }


@read("sec-proximity")
def test_4_no_distance_is_too_small_or_too_large(student):
    """One at the same place is the nearest; one at the world's end is a parent too."""
    km = np.array(
        [[0, 300, 0, 1], [300, 0, 300, 299.5], [0, 300, 0, 1], [1, 299.5, 1, 0]]
    )
    events = np.array([6.0, 4.5, 0.2, 3.0]), km, np.array([3.1, 6.2, 2.2, 3.0])
    zero = "is a distance of zero taken for the earthquake itself?"
    expect_close(
        student.nearest_event(*events, 1.0, 1.6),
        [2, 3, -1, 2],
        "The rows, with two earthquakes at one place,",
        mistakes={
            zero: lambda: _parents(
                events,
                1.0,
                1.6,
                lambda i, j: events[0][i] < events[0][j] and km[j, i] > 0,
            ),
            "is each its own parent?": [0, 1, 2, 3],
        },
    )
    km = np.array([[0, 19_000.0, 11_000], [19_000, 0, 18_500], [11_000, 18_500, 0]])
    events = np.array([43_800.0, 0.5, 21_000.0]), km, np.array([-1.5, -2.2, -1.9])
    expect_close(
        student.nearest_event(*events, 1.1, 2.5),
        [2, -1, 1],
        "The rows of small earthquakes, decades and thousands of kilometres apart,",
        mistakes={"is there a largest proximity that counts?": [-1, -1, -1]},
    )


def _b(step, smallest):
    """Return b of steps of which all are used."""
    return 1 / (LN10 * (np.mean(step) - smallest))


@read("sec-b-of-a-catalogue")
def test_5_steps_by_hand(student):
    """Six steps of 0.5 and more exceed it by 3.875 / 6 on average: b is 0.672.

    They are 1.375, 0.5, 0.75, 0.5, 3 and 0.75; between them are steps down.
    """
    m = np.array([2, 3.375, 2.625, 3.125, 2.25, 3, 3.5, 1.875, 4.875, 4.5, 5.25])
    excess = 3.875 / 6
    expect_close(
        student.b_from_steps(m, 0.5),
        1 / (excess * LN10),
        "b",
        rtol=1e-9,  # a division and a logarithm
        mistakes={
            "is the smallest step not subtracted?": 1 / ((excess + 0.5) * LN10),
            "is half of the smallest step subtracted?": 1 / ((excess + 0.25) * LN10),
            "is the logarithm of 10 missing?": 1 / excess,
            "is it multiplied by the logarithm of 10?": LN10 / excess,
            "does a step of just the smallest size not count?": 4 / (3.875 * LN10),
            "are equal steps counted once?": _b([1.375, 0.5, 0.75, 3], 0.5),
            "is one step left out, the first?": 5 / (3 * LN10),
            "is one step left out, the last?": 5 / (3.625 * LN10),
            "is it divided by one step less?": 5 / (3.875 * LN10),
            "do steps down count with their size?": 9 / (5.625 * LN10),
            "is it steps down instead of up?": _b([0.75, 0.875, 1.625], 0.5),
            "are the magnitudes sorted first?": _b([1], 0.5),
            "is the first magnitude taken for a step?": 7 / (5.375 * LN10),
            "are the other steps in the mean as zeros?": _b(6.875 / 10, 0.5),
            "is the excess divided by the number of all steps?": 10 / (3.875 * LN10),
            "is it the median of the steps?": _b(0.75, 0.5),
            "is it the mean excess itself?": excess,
            "is it one over b?": excess * LN10,
        },
    )


@read("sec-b-of-a-catalogue")
def test_6_small_steps_do_not_count(student):
    """Of generated magnitudes only steps up of the smallest size and more are used."""
    for m, smallest in _magnitudes():
        step = np.diff(m)
        up = step[step >= smallest]
        expect_close(
            student.b_from_steps(m, smallest),
            _b(up, smallest),
            "b",
            rtol=1e-9,  # sums in another order
            mistakes={
                "do smaller steps up count too?": _b(step[step > 0], smallest),
                "do all steps up count, from 0 on?": _b(step[step > 0], 0),
                "is the smallest step not subtracted?": _b(up, 0),
                "is half of the smallest step subtracted?": _b(up, smallest / 2),
                "is the smallest step that occurs subtracted?": _b(up, up.min()),
                "do steps down count with their size?": (
                    _b(np.abs(step)[np.abs(step) >= smallest], smallest)
                ),
                "is it steps down instead of up?": (
                    _b(-step[step <= -smallest], smallest)
                ),
                "is it the median of the steps?": _b(np.median(up), smallest),
                "is the excess divided by the number of all steps?": (
                    1 / (LN10 * np.mean(np.maximum(step - smallest, 0)))
                ),
                "are they magnitudes instead of steps?": _b(m, m.min()),
                "are they magnitudes after a step?": (
                    _b(m[1:][step >= smallest], smallest)
                ),
                "are steps counted from the first magnitude?": (
                    _b(m[1:][m[1:] - m[0] >= smallest] - m[0], smallest)
                ),
                "is every other step left out?": (
                    _b(step[::2][step[::2] >= smallest], smallest)
                ),
            },
        )


def _magnitudes():
    """Yield magnitudes, some below 0, and a smallest step; at last whole numbers."""
    rng = inputs.draw(6)
    for n, least, smallest, scale in ((61, 0.0, 0.3, 0.5), (37, -1.1, 0.15, 0.9)):
        yield inputs.inside_out(least + rng.exponential(scale, n)), smallest
    yield inputs.whole(rng, 31, -2, 7), 1.0


@read("sec-b-of-a-catalogue")
def test_7_missed_aftershocks_hardly_matter(student):
    """Where completeness sinks from 4.2 to 2.2, b = 1 is found to 0.1.

    Some 1,700 steps have a standard error of 0.025, and the tolerance is four of them.
    """
    rng = inputs.draw(7)
    t = np.sort(10 ** rng.uniform(-2, 2, 10_007))
    m = 2 + rng.exponential(1 / LN10, t.size)
    seen = m[m > 2.2 + np.clip(1 - np.log10(t), 0, 2)]
    found = student.b_from_steps(seen, 0.2)
    expect_shape(found, (), "b")
    expect(np.abs(found - 1) < 0.1, f"b is {found:.3g} and should be 1, to 0.1")
