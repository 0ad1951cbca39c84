"""Claims about onsets, about matched picks and about origin times that agree."""

from functools import cache

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, read


def _record(seed, n, onset, ratio=25.0):
    """Draw noise, and from the onset on a wave that is much larger."""
    rng = np.random.default_rng(seed)
    record = rng.normal(size=n)
    record[onset:] *= ratio
    return record


def _whole(student, found, what):
    """Insist on one whole number, of any type that holds one."""
    expect_shape(found, (), what)
    number = float(found)
    expect(number == int(number), f"{what} is {number:g}", "is it a whole number?")
    return int(number)


def _extreme(record, pick, swapped=False, alike=False):
    """Return the cut that a mistaken criterion, or a mistaken choice, takes."""
    n, curve = len(record), []
    for k in range(2, n - 1):
        first, second = (n - k - 1, k) if swapped else (k, n - k - 1)
        first, second = (1, 1) if alike else (first, second)
        before, after = np.var(record[:k]), np.var(record[k:])
        curve.append(first * np.log(before) + second * np.log(after))
    return 2 + int(pick(curve))


# A wave that is 25 times larger than the noise has a first sample below the largest
# noise in one record of ten; two such samples follow one another in one of a hundred.
_LATE = 2


@read("sec-onset")
def test_1_an_onset_by_hand(student):
    """Six samples from -2 to 2, then five of size 16 to 37: the wave is at index 6."""
    for kind in (int, float):
        signal = np.array([-1, 2, 2, -2, 2, 2, -28, 35, 16, -37, 25], dtype=kind)
        found = _whole(student, student.aic_onset(signal), "The onset")
        expect_close(
            found,
            6,
            "The onset",
            mistakes={
                "is it counted from the first cut, instead of the first sample?": 4,
                "is it the last sample before the wave?": 5,
                "does the count begin with one?": 7,
                "is it the worst cut instead of the best?": 8,
                "have the two factors changed places?": 2,
                "does each variance have its number of samples as a factor?": 3,
            },
        )


@read("sec-onset")
def test_2_known_onsets_are_found(student):
    """In generated records of several lengths the onset is found to two samples."""
    cases = ((1, 97, 60), (2, 120, 31), (3, 61, 49), (4, 88, 7))
    records = [_record(*case) for case in cases]
    found = [
        _whole(student, student.aic_onset(record), "The onset") for record in records
    ]
    expect_close(
        found,
        [onset for _, _, onset in cases],
        "The onsets of four records",
        atol=_LATE,
        mistakes={
            "is it the worst cut instead of the best?": lambda: [
                _extreme(record, np.argmax) for record in records
            ],
            "have the two factors changed places?": lambda: [
                _extreme(record, np.argmin, swapped=True) for record in records
            ],
            "does each variance have its number of samples as a factor?": lambda: [
                _extreme(record, np.argmin, alike=True) for record in records
            ],
        },
    )


@read("sec-onset")
def test_3_neither_gain_nor_offset_moves_it(student):
    """A record in other units, or one that does not begin at zero, has its onset."""
    record = _record(5, 90, 55)
    usual = _whole(student, student.aic_onset(record), "The onset")
    for gain, offset, hint in (
        (1.0, 700.0, "is it the mean square instead of the variance?"),
        (1e-3, 0.0, "is it the logarithm of a variance, and nothing added to it?"),
    ):
        found = student.aic_onset(gain * record + offset)
        expect(
            _whole(student, found, "The onset") == usual,
            f"{gain:g} times the record plus {offset:g} has its onset at {found}, the "
            f"record at {usual}",
            hint,
        )


@read("sec-scores")
def test_4_five_picks_by_hand(student):
    """True at 1, 5 and 9 s, found at 1.25, 1.5, 5.5 and 20 s, within 0.5 s: two."""
    true, found = np.array([1.0, 5.0, 9.0]), np.array([1.25, 1.5, 5.5, 20.0])
    count = _whole(student, student.count_matches(true, found, 0.5), "The count")
    expect_close(
        count,
        2,
        "The count",
        mistakes={
            "does a second pick of the same arrival count too?": 3,
            "does a pick that is away by exactly the tolerance count?": 1,
            "are these the picks that are not matched?": 4,
            "are early picks and late ones treated alike?": 0,
        },
    )


@read("sec-scores")
def test_5_early_and_unsorted_picks_count(student):
    """Three arrivals found 0.25 s too early, in mixed order, are three."""
    true, found = np.array([40, 7, 22]), np.array([21.75, 39.75, 6.75])
    count = student.count_matches(true, found, 0.5)
    expect_close(
        _whole(student, count, "The count"),
        3,
        "The count of three early picks",
        mistakes={
            "do you take both lists as sorted?": 2,
            "do only late picks match?": 0,
        },
    )
    nothing = student.count_matches(true, np.array([]), 0.5)
    expect_close(_whole(student, nothing, "The count"), 0, "The count of no picks")


def _most_pairs(near):
    """Return the size of the largest matching, by trying augmenting paths."""
    partner = {}

    def place(i, tried):
        for j in np.flatnonzero(near[i]):
            if j not in tried:
                tried.add(j)
                if j not in partner or place(partner[j], tried):
                    partner[j] = i
                    return True
        return False

    return sum(place(i, set()) for i in range(len(near)))


def _nearest_first(true, found, tolerance):
    """Count as who pairs the nearest two first, then the next."""
    late = np.abs(true[:, None] - found).astype(float)
    count = 0
    while late.size and late.min() <= tolerance:
        i, j = np.unravel_index(late.argmin(), late.shape)
        late = np.delete(np.delete(late, i, 0), j, 1)
        count += 1
    return count


@cache
def _crowd(seed):
    """Draw crowded picks on quarters of a second, exact in binary; some coincide."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, 60, 17) / 4, rng.integers(0, 60, 13) / 4


@read("sec-scores")
def test_6_no_other_pairing_has_more(student):
    """In crowds of picks, some at the same moment, the count is the largest of all."""
    for seed in (1, 40, 41, 45):  # where no two mistakes share a count
        true, found = _crowd(seed)
        near = np.abs(true[:, None] - found) <= 0.5
        count = _whole(student, student.count_matches(true, found, 0.5), "The count")
        expect_close(
            count,
            _most_pairs(near),
            f"The count for {len(true)} true and {len(found)} found picks",
            mistakes={
                "is each pick used once?": lambda near=near: near.sum(),
                "may two found picks share one true pick?": lambda near=near: near.any(
                    axis=0
                ).sum(),
                "may two true picks share one found pick?": lambda near=near: near.any(
                    axis=1
                ).sum(),
                "does a pick that is away by exactly the tolerance count?": (
                    lambda t=true, f=found: _most_pairs(np.abs(t[:, None] - f) < 0.5)
                ),
                "do only late picks match?": lambda t=true, f=found: _most_pairs(
                    (f - t[:, None] >= 0) & (f - t[:, None] <= 0.5)
                ),
                "is the nearest pair always taken first?": lambda t=true, f=found: (
                    _nearest_first(t, f, 0.5)
                ),
            },
        )


def _fullest(origin, window, inside=np.less_equal):
    """Count by loops the most origin times of each row in one window."""
    return np.array(
        [max(np.sum((r >= s) & inside(r, s + window)) for s in r) for r in origin]
    )


def _unsorted(origin, window):
    """Count as a search does that takes the origin times as sorted."""
    after = [np.searchsorted(row, row + window, side="right") for row in origin]
    return np.max(after - np.arange(origin.shape[1]), axis=1)


@read("sec-associate")
def test_7_five_picks_by_hand(student):
    """Origin times 3, 9, 3.5, 4 and 2.5 s at the first of three nodes: within one
    second three agree there, three at the second node and four at the third."""
    time = np.array([18, 22, 19, 20, 17])
    origin = np.array(
        [[3.0, 9.0, 3.5, 4.0, 2.5], [1.5, 0, 8, 2.25, 2.375], [0.5, 9, 0, 0.75, 0.25]]
    )
    found = student.stack_counts(time, time - origin, 1.0)
    expect_shape(found, (3,), "stack_counts of three nodes")
    expect_close(
        found,
        [3, 3, 4],
        "The counts",
        mistakes={
            "does an origin time at the end of the window count?": [2, 3, 4],
            "does the window reach to both sides of its start?": [4, 3, 4],
            "does the window begin only at the first origin time?": [3, 1, 4],
            "does the window begin only at multiples of its length?": [2, 2, 4],
            "are all picks counted, whether they agree or not?": [5, 5, 5],
            "is the pick at the start of the window left out?": [2, 2, 3],
            "is the travel time added instead of subtracted?": lambda: _fullest(
                2 * time - origin, 1.0
            ),
            "are the picks taken as sorted?": lambda: _unsorted(origin, 1.0),
        },
    )


@read("sec-associate")
def test_8_generated_picks(student):
    """For 19 picks and 7 nodes the fullest window of each node, wherever it begins."""
    rng = np.random.default_rng(8)
    time, travel = rng.integers(0, 160, 19) / 8, rng.integers(0, 80, (7, 19)) / 8
    origin = time - travel
    found = student.stack_counts(time, travel, 1.5)
    expect_shape(found, (7,), "stack_counts of seven nodes")
    expect_close(
        found,
        _fullest(origin, 1.5),
        "The counts",
        mistakes={
            "does an origin time at the end of the window count?": lambda: _fullest(
                origin, 1.5, np.less
            ),
            "does the window reach to both sides of its start?": lambda: np.array(
                [max(np.sum(np.abs(r - s) <= 1.5) for s in r) for r in origin]
            ),
            "is the travel time added instead of subtracted?": lambda: _fullest(
                time + travel, 1.5
            ),
            "does the window begin only at the first origin time?": lambda: np.array(
                [np.sum(r <= r.min() + 1.5) for r in origin]
            ),
            "does the window begin only at multiples of its length?": lambda: np.array(
                [np.bincount(((r - r.min()) // 1.5).astype(int)).max() for r in origin]
            ),
            "are the picks taken as sorted?": lambda: _unsorted(origin, 1.5),
        },
    )


@read("sec-associate")
def test_9_the_true_node_wins(student):
    """Of 40 nodes, the one where the earthquake struck has all of its picks."""
    rng = np.random.default_rng(9)
    nodes, stations = rng.uniform(0, 100, (40, 2)), rng.uniform(0, 100, (11, 2))
    km = np.hypot(*(nodes[:, None] - stations).T).T
    time = 50 + km[23] / 6
    found = np.asarray(student.stack_counts(time, km / 6, 0.25))
    expect_shape(found, (40,), "stack_counts of 40 nodes")
    expect_close(found[23], 11, "The count at the true node")
    expect(
        np.argmax(found) == 23,
        f"Node {np.argmax(found)} has {found.max()} picks, the true one {found[23]}",
        "is there one count for each node, of its own origin times?",
    )
