"""Claims about onsets, about matched picks and about origin times that agree."""

from functools import cache

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read


def _record(seed, n, onset, ratio=25.0):
    """Draw noise, and from the onset on a wave that is much larger."""
    rng = inputs.draw(seed)
    record = rng.normal(size=n)
    record[onset:] *= ratio
    return record


def _whole(student, found, what):
    """Insist on one whole number, of any type that holds one."""
    expect_shape(found, (), what)
    number = float(found)
    expect(number == int(number), f"{what} is {number:g} and should be a whole number")
    return int(number)


def _curve(record, factors=lambda k, m: (k, m - 1), spread=np.var):
    """Return the criterion of every cut, perhaps with mistaken factors or spreads."""
    curve = []
    for k in range(2, len(record) - 1):
        first, second = factors(k, len(record) - k)
        before, after = spread(record[:k]), spread(record[k:])
        curve.append(first * np.log(before) + second * np.log(after))
    return curve


def _swapped(k, m):
    return m - 1, k


def _alike(k, m):
    return 1, 1


def _smallest(records, *mistake):
    """Return the best cut of each record."""
    return [2 + int(np.argmin(_curve(record, *mistake))) for record in records]


def _one_less(part):
    return np.var(part, ddof=1)


def _one_more(part):
    return 1 + np.var(part)


def _mean_square(part):
    return np.mean(part**2.0)


def _without_one(record):
    """Return the criterion of every cut, without the first sample after it."""
    n, curve = len(record), []
    for k in range(2, n - 2):
        before, after = np.var(record[:k]), np.var(record[k + 1 :])
        curve.append(k * np.log(before) + (n - k - 1) * np.log(after))
    return curve


# Each mistake of the criterion moves the best cut of two of these at least, and no
# other cut is as good within 0.02.
_SHORT = (2, 3, 4, 9, 11, 14, 21, 26, 31, 37, 136, 169, 1078)


def _short(seed):
    """Draw a short record, whole or not, its second part three times the first."""
    rng = inputs.draw(seed)
    n = int(rng.integers(6, 18))
    record = rng.normal(3, 9, n)
    record[int(rng.integers(2, n - 1)) :] *= 3
    return np.round(record).astype(int) if seed % 2 else record


# A wave that is 25 times larger than the noise has a first sample below the largest
# noise in one record of ten; two such samples follow one another in one of a hundred.
_LATE = 2


@read("sec-onset")
def test_1_two_onsets_by_hand(student):
    """Small samples, then large ones: the waves begin at index 6 and at index 8."""
    first = [-1, 2, 2, -2, 2, 2, -28, 35, 16, -37, 25]
    second = [0, 2, 0, 0, -2, 2, -2, 2, 11, -29, 35, 30, -35]
    for kind in (int, float):
        found = [
            _whole(student, student.aic_onset(np.array(signal, kind)), "The onset")
            for signal in (first, second)
        ]
        expect_close(
            found,
            [6, 8],
            "The pair of onsets",
            mistakes={
                "is it counted from the first cut, instead of the first sample?": [
                    4,
                    6,
                ],
                "is it the last sample before the wave?": [5, 7],
                "does the count begin with one?": [7, 9],
                "is it the worst cut instead of the best?": [8, 11],
                "have the two factors changed places?": [2, 2],
                "does each variance have its number of samples as a factor?": [3, 4],
            },
        )


@read("sec-onset")
def test_2_known_onsets_are_found(student):
    """In generated records of several lengths the onset is found to two samples."""
    cases = ((1, 211, 160), (2, 120, 31), (3, 61, 49), (4, 88, 7))
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
                2 + int(np.argmax(_curve(record))) for record in records
            ],
            "have the two factors changed places?": lambda: _smallest(
                records, _swapped
            ),
            "does each variance have its number of samples as a factor?": lambda: (
                _smallest(records, _alike)
            ),
        },
    )


@read("sec-onset")
def test_3_neither_gain_nor_offset_moves_it(student):
    """A record in other units, or one that does not begin at zero, has its onset."""
    record = _record(5, 90, 55)
    usual = _whole(student, student.aic_onset(record), "The onset")
    for gain, offset, what, hint, spread in (
        (1.0, 700.0, "700 added", "the mean square instead of the", _mean_square),
        (1e-3, 0.0, "a thousandth of the size", "one more than a", _one_more),
    ):
        changed = gain * record + offset
        expect_close(
            _whole(student, student.aic_onset(changed), "The onset"),
            usual,
            f"The onset of the same record with {what}",
            mistakes={
                f"is it {hint} variance?": lambda changed=changed, spread=spread: (
                    _smallest([changed], lambda k, m: (k, m - 1), spread)[0]
                ),
            },
        )


@read("sec-onset")
def test_4_the_smallest_criterion_wins(student):
    """In short records without a clear wave it is the smallest criterion's cut."""
    records = [_short(seed) for seed in _SHORT]
    found = [
        _whole(student, student.aic_onset(record), "The onset") for record in records
    ]
    expect_close(
        found,
        _smallest(records),
        "The array of best cuts",
        mistakes={
            "is the last cut that leaves two samples not tried?": lambda: [
                2 + int(np.argmin(_curve(record)[:-1])) for record in records
            ],
            "is the first cut that leaves two samples not tried?": lambda: [
                3 + int(np.argmin(_curve(record)[1:])) for record in records
            ],
            "is the second factor n - k, without the one less?": lambda: _smallest(
                records, lambda k, m: (k, m)
            ),
            "is the first factor one less, too?": lambda: _smallest(
                records, lambda k, m: (k - 1, m - 1)
            ),
            "is each variance divided by one sample less?": lambda: _smallest(
                records, lambda k, m: (k, m - 1), _one_less
            ),
            "is the mean of the whole record taken for that of each part?": lambda: (
                [
                    2 + int(np.argmin(_curve(r - r.mean(), spread=_mean_square)))
                    for r in records
                ]
            ),
            "is a part of the record left out of both variances?": lambda: [
                2 + int(np.argmin(_without_one(record))) for record in records
            ],
        },
    )
    shortest = np.array([3, -1, 0, 7])
    found = _whole(student, student.aic_onset(shortest), "The onset")
    expect_close(found, 2, "The only cut of four samples")


@read("sec-scores")
def test_5_four_picks_by_hand(student):
    """True at 1, 5 and 9 s, found at 1.25, 1.5, 5.5 and 20 s: two within 0.5 s, and two
    within 0.75 s."""
    true, found = np.array([1.0, 5.0, 9.0]), np.array([1.25, 1.5, 5.5, 20.0])
    counts = [
        _whole(student, student.count_matches(true, found, tolerance), "The count")
        for tolerance in (0.5, 0.75)
    ]
    expect_close(
        counts,
        [2, 2],
        "The pair of counts within 0.5 s and 0.75 s",
        mistakes={
            "does a second pick of the same arrival count too?": [3, 3],
            "does a pick that is away by exactly the tolerance count?": [1, 2],
        },
    )


@read("sec-scores")
def test_6_early_and_unsorted_picks_count(student):
    """Three arrivals found 0.25 s too early are three, in mixed order and in order."""
    true, found = np.array([40, 7, 22]), np.array([21.75, 39.75, 6.75])
    counts = [
        _whole(student, student.count_matches(first, second, 0.5), "The count")
        for first, second in ((true, found), (np.sort(true), np.sort(found)))
    ]
    expect_close(
        counts,
        [3, 3],
        "The pair of counts of three early picks, mixed and in order,",
        mistakes={
            "do you take both lists as sorted?": [2, 3],
            "do only late picks match?": [0, 0],
        },
    )
    none = np.array([])
    for what, first, second in (
        ("no found picks", true, none),
        ("no true picks", none, found),
        ("no picks at all", none, none),
    ):
        nothing = student.count_matches(first, second, 0.5)
        expect_close(_whole(student, nothing, "The count"), 0, f"The count of {what}")


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
def _crowd(seed, unit):
    """Draw crowded picks in whole units, exact in binary; some coincide."""
    rng = inputs.draw(seed)
    return unit * rng.integers(0, 90, 17), unit * rng.integers(0, 90, 13)


@read("sec-scores")
def test_7_no_other_pairing_has_more(student):
    """In crowds of picks, some at the same moment, the count is the largest of all."""
    for unit in (1, 0.25, 0.5):
        tolerance = 3 * unit
        crowds = [_crowd(seed, unit) for seed in (14, 30, 106, 231, 242)]
        counts = [
            _whole(student, student.count_matches(*crowd, tolerance), "The count")
            for crowd in crowds
        ]
        expect_close(
            counts,
            [_most_pairs(_near(*crowd, tolerance)) for crowd in crowds],
            f"The array of counts within {tolerance:g} s",
            mistakes={
                question: [count(*crowd, tolerance) for crowd in crowds]
                for question, count in _MISPAIRED.items()
            },
        )


def _near(true, found, tolerance):
    return np.abs(found - true[:, None]) <= tolerance


def _late(true, found):
    return found - true[:, None] >= 0


_MISPAIRED = {
    "is each pick used once?": lambda *crowd: _near(*crowd).sum(),
    "may two found picks share one true pick?": lambda *crowd: (
        _near(*crowd).any(axis=0).sum()
    ),
    "may two true picks share one found pick?": lambda *crowd: (
        _near(*crowd).any(axis=1).sum()
    ),
    "does a pick that is away by exactly the tolerance count?": lambda t, f, most: (
        _most_pairs(_near(t, f, 0.9 * most))
    ),
    "is half of the tolerance taken?": lambda t, f, most: _most_pairs(
        _near(t, f, most / 2)
    ),
    "do only late picks match?": lambda t, f, most: _most_pairs(
        _near(t, f, most) & _late(t, f)
    ),
    "do only early picks match?": lambda t, f, most: _most_pairs(
        _near(t, f, most) & _late(-t, -f)
    ),
    "is the nearest pair always taken first?": lambda *crowd: _nearest_first(*crowd),
    "do picks of the same moment count once?": lambda t, f, most: _most_pairs(
        _near(np.unique(t), np.unique(f), most)
    ),
}
"""What mistakes count."""


def _fullest(origin, window, inside=np.less_equal):
    """Count by loops the most origin times of each row in one window."""
    return np.array(
        [max(np.sum((r >= s) & inside(r, s + window)) for s in r) for r in origin]
    )


def _unsorted(origin, window):
    """Count as a search does that takes the origin times as sorted."""
    after = [np.searchsorted(row, row + window, side="right") for row in origin]
    return np.max(after - np.arange(origin.shape[1]), axis=1)


def _misstacked(time, travel, window):
    """Return what mistakes count."""
    origin = time - travel
    return {
        "does an origin time at the end of the window count?": lambda: _fullest(
            origin, window, np.less
        ),
        "does the window reach to both sides of its start?": lambda: np.array(
            [max(np.sum(np.abs(r - s) <= window) for s in r) for r in origin]
        ),
        "does half of the window lie before its start?": lambda: np.array(
            [max(np.sum(np.abs(r - s) <= window / 2) for s in r) for r in origin]
        ),
        "is the travel time added instead of subtracted?": lambda: _fullest(
            time + travel, window
        ),
        "does the window begin only at the first origin time?": lambda: np.array(
            [np.sum(r <= r.min() + window) for r in origin]
        ),
        "does the window begin only at multiples of its length?": lambda: np.array(
            [np.bincount(((r - r.min()) // window).astype(int)).max() for r in origin]
        ),
        "are the picks taken as sorted?": lambda: _unsorted(origin, window),
        "is half of the window taken?": lambda: _fullest(origin, window / 2),
        "do origin times agree that hang together by gaps of a window?": lambda: (
            1 + np.sum(np.diff(np.sort(origin, axis=1), axis=1) <= window, axis=1)
        ),
        "are origin times cut to whole numbers?": lambda: _fullest(
            np.trunc(origin), window
        ),
    }


@read("sec-associate")
def test_8_five_picks_by_hand(student):
    """Origin times 3, 9, 3.5, 4 and 2.5 s at the first of five nodes: within one second
    three agree there, and three, four, two and two at the others."""
    time = np.array([18, 22, 19, 20, 17])
    origin = np.array(
        [
            [3.0, 9.0, 3.5, 4.0, 2.5],
            [1.5, 0, 8, 2.25, 2.375],
            [0.5, 9, 0, 0.75, 0.25],
            [5.0, 0.75, 9, 0, 1.5],
            [1.25, 9, 0, 2, 0.5],
        ]
    )
    found = student.stack_counts(time, time - origin, 1.0)
    expect_shape(found, (5,), "stack_counts of five nodes")
    expect_close(
        found,
        [3, 3, 4, 2, 2],
        "The counts",
        mistakes={
            "are all picks counted, whether they agree or not?": np.full(5, 5),
            "is the pick at the start of the window left out?": [2, 2, 3, 1, 1],
            **_misstacked(time, time - origin, 1.0),
        },
    )


@read("sec-associate")
def test_9_generated_picks(student):
    """For 19 picks and 7 nodes the fullest window of each node, wherever it begins."""
    rng = inputs.draw(8)
    time, travel = rng.integers(0, 160, 19) / 8, rng.integers(0, 80, (7, 19)) / 8
    for kind, travel_s in (
        ("", travel),
        (" with whole travel times", travel.astype(int)),
    ):
        found = student.stack_counts(time, travel_s, 1.5)
        expect_shape(found, (7,), "stack_counts of seven nodes")
        expect_close(
            found,
            _fullest(time - travel_s, 1.5),
            f"The array of counts{kind}",
            mistakes=_misstacked(time, travel_s, 1.5),
        )


@read("sec-associate")
def test_10_one_pick_and_one_node(student):
    """One pick agrees with itself at each node; one node has one count."""
    time, travel = np.array([12.5]), np.array([[3.25], [4.0], [0.5]])
    found = student.stack_counts(time, travel, 1.0)
    expect_close(found, [1, 1, 1], "The array of counts of one pick")
    time, travel = np.array([7.5, 3.0, 8.25, 9.0]), np.array([[4.5, 0.5, 4.0, 6.0]])
    found = student.stack_counts(time, travel, 0.5)
    expect_close(found, [3], "The array for one node")


@read("sec-associate")
def test_11_the_true_node_wins(student):
    """Of 40 nodes, the one where the earthquake struck has all of its picks."""
    rng = inputs.draw(9)
    nodes, stations = rng.uniform(0, 100, (40, 2)), rng.uniform(0, 100, (11, 2))
    km = np.hypot(*(nodes[:, None] - stations).T).T
    time = 50 + km[23] / 6
    found = np.asarray(student.stack_counts(time, km / 6, 0.25))
    expect_shape(found, (40,), "stack_counts of 40 nodes")
    expect_close(found[23], 11, "The count at the true node")
    others = np.delete(found, 23)
    expect(
        others.max() < 11,
        f"The fullest of the other nodes has {others.max()} picks and should have "
        "fewer than the true one, which has 11",
    )
