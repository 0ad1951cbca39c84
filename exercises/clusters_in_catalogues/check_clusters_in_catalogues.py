"""Claims about the nearest earlier earthquake and about b from steps."""

import numpy as np

from mlearth.checks import expect_close, expect_shape, read


def _events(seed, n=25):
    """Draw times out of order, distances and magnitudes."""
    rng = np.random.default_rng(seed)
    place = rng.uniform(0, 100, (n, 2))
    distance = np.hypot(*(place[:, None] - place).T)
    return rng.uniform(0, 50, n), distance, 3 + rng.exponential(0.6, n)


def _parents(time, distance, magnitude, b, d, allowed=None):
    """Find the nearest of those allowed, by a loop."""
    allowed = allowed or (lambda i, j: time[i] < time[j])
    parents = []
    for j in range(len(time)):
        asked = [i for i in range(len(time)) if i != j and allowed(i, j)]
        parents.append(
            min(
                asked,
                key=lambda i, j=j: (
                    abs(time[j] - time[i])
                    * distance[j, i] ** d
                    / 10 ** (b * magnitude[i])
                ),
                default=-1,
            )
        )
    return parents


@read("sec-proximity")
def test_1_four_earthquakes_by_hand(student):
    """A small one near and a large one far, both earlier: the large one wins.

    The last is 2 days and 10 km from magnitude 4, 3 days and 20 km from magnitude 6.
    With b = 1 and d = 1 that is 0.002 against 0.00006.
    """
    time = np.array([0.0, 1.0, 3.0, 9.0])
    distance = np.array(
        [
            [0, 90, 20, 300.0],
            [90, 0, 10, 200.0],
            [20, 10, 0, 500.0],
            [300, 200, 500, 0],
        ]
    )
    magnitude = np.array([6.0, 4.0, 3.0, 3.0])
    found = student.nearest_event(time, distance, magnitude, 1.0, 1.0)
    expect_shape(found, (4,), "nearest_event of 4 earthquakes")
    expect_close(
        found,
        [-1, 0, 0, 0],
        "The rows of the nearest earlier earthquakes",
        mistakes={
            "is the small one beside it preferred to the large one?": [-1, 0, 1, 1],
            "is it 0 where none is earlier?": [0, 0, 0, 0],
        },
    )


@read("sec-proximity")
def test_2_nobody_is_a_parent_at_the_same_time(student):
    """The first two struck at once: neither is the other's parent, and both have -1."""
    time = np.array([2.0, 2.0, 5.0])
    distance = np.array([[0.0, 3, 9], [3, 0, 4], [9, 4, 0]])
    expect_close(
        student.nearest_event(time, distance, np.array([4.0, 4.0, 4.0]), 1.0, 2.0),
        [-1, -1, 1],
        "The rows",
        mistakes={
            "is one at the same time an earlier one?": [1, 0, 1],
            "is it 0 where none is earlier?": [0, 0, 1],
        },
    )


@read("sec-proximity")
def test_3_the_smallest_proximity_of_all_that_are_earlier(student):
    """For generated earthquakes, b = 1.2 and d = 1.6, what a loop over pairs finds."""
    events = _events(3)
    time = events[0]
    later = _parents(*events, 1.2, 1.6, lambda i, j: time[i] > time[j])
    expect_close(
        student.nearest_event(*events, 1.2, 1.6),
        _parents(*events, 1.2, 1.6),
        "The rows",
        mistakes={
            "does the magnitude not count?": _parents(*events, 0, 1.6),
            "has the distance no power?": _parents(*events, 1.2, 1),
            "has the magnitude the wrong sign?": _parents(*events, -1.2, 1.6),
            "is b not used?": _parents(*events, 1, 1.6),
            "is it the nearest later one?": later,
            "is every other one asked, later ones too?": _parents(
                *events, 1.2, 1.6, lambda i, j: True
            ),
            "are only rows above asked, whatever their time?": _parents(
                *events, 1.2, 1.6, lambda i, j: i < j
            ),
        },
    )


@read("sec-b-of-a-catalogue")
def test_4_steps_by_hand(student):
    """Steps of 1.0, -0.5 and 0.5 with 0.25 as the smallest: b = 1 / (0.5 ln 10)."""
    found = student.b_from_steps(np.array([2.0, 3.0, 2.5, 3.0]), 0.25)
    ln10 = np.log(10)
    expect_close(
        found,
        1 / (0.5 * ln10),
        "b",
        rtol=1e-9,  # a division and a logarithm
        mistakes={
            "is the smallest step not subtracted?": 1 / (0.75 * ln10),
            "is the logarithm of 10 missing?": 2.0,
            "do steps down count with their size?": 1 / ((2 / 3 - 0.25) * ln10),
            "is it the mean excess itself?": 0.5,
        },
    )


@read("sec-b-of-a-catalogue")
def test_5_small_steps_do_not_count(student):
    """Of generated magnitudes only steps of 0.3 and more are used."""
    m = np.random.default_rng(5).exponential(0.5, 60)
    step = np.diff(m)
    ln10 = np.log(10)
    up = step[step > 0]
    expect_close(
        student.b_from_steps(m, 0.3),
        1 / (ln10 * (step[step >= 0.3].mean() - 0.3)),
        "b",
        rtol=1e-9,  # sums in another order
        mistakes={
            "do smaller steps up count too?": 1 / (ln10 * (up.mean() - 0.3)),
            "do all steps up count, from 0 on?": 1 / (ln10 * up.mean()),
            "is the smallest step not subtracted?": 1
            / (ln10 * step[step >= 0.3].mean()),
            "are the magnitudes sorted first?": 1
            / (ln10 * max(np.diff(np.sort(m)).max() - 0.3, 0.01)),
        },
    )


@read("sec-b-of-a-catalogue")
def test_6_missed_aftershocks_hardly_matter(student):
    """Where completeness sinks from 4.2 to 2.2, b = 1 is found to 0.1.

    Some 1,700 steps have a standard error of 0.025, and the tolerance is four of them.
    """
    rng = np.random.default_rng(6)
    t = np.sort(10 ** rng.uniform(-2, 2, 10_000))
    m = 2 + rng.exponential(1 / np.log(10), t.size)
    seen = m[m > 2.2 + np.clip(1 - np.log10(t), 0, 2)]
    expect_close(
        student.b_from_steps(seen, 0.2),
        1.0,
        "b",
        atol=0.1,
        hint="are only steps up used, and the smallest one subtracted from their mean?",
    )
