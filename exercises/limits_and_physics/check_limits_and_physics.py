"""Claims about a score of pairs, in every disc and within rings."""

import numpy as np

from mlearth.checks import (
    deadline,
    expect,
    expect_close,
    expect_in_octave,
    expect_shape,
    inputs,
    read,
)


def _tally(y, score, **slip):
    """Won pairs and pairs of some cells, or what a slip makes of them."""
    hit, missed = score[y == 1], score[y == 0]
    beats = np.less if slip.get("turned") else np.greater
    won = np.sum(beats.outer(hit, missed))
    tie = 0.0 if slip.get("no ties") else 1.0 if slip.get("full ties") else 0.5
    won = won + tie * np.sum(np.equal.outer(hit, missed))
    pairs = hit.size * missed.size
    if slip.get("all cells"):
        pairs = y.size * (y.size - 1) / 2 * bool(pairs)
    if slip.get("per hit"):
        pairs = hit.size * bool(missed.size)
    if slip.get("squared"):
        pairs = y.size**2 * bool(pairs)
    return won, pairs


def _share(won, pairs):
    return won / pairs if pairs else np.nan


def _discs(y, score, distance_km, radii_km, **slip):
    """The area of each disc, or what a slip makes of it."""
    given = np.asarray(radii_km, dtype=float)
    order = np.sort(given) if slip.get("sorted") else given
    found, before = [], -1.0
    for radius in order:
        inside = distance_km <= radius
        if slip.get("border"):
            inside = distance_km < radius
        if slip.get("outside"):
            inside = distance_km > radius
        if slip.get("ring"):
            inside &= distance_km > before
        missed = (y == 0) if slip.get("all misses") else (y == 0) & inside
        part = (inside & (y == 1)) | missed
        found.append(_share(*_tally(y[part], score[part], **slip)))
        before = radius
    return np.array(found)


PAIRS = {
    "are ties lost?": {"no ties": True},
    "does a tie count as a whole pair?": {"full ties": True},
    "are pairs won where the hit has the smaller score?": {"turned": True},
    "are pairs of two hits or two misses among the pairs?": {"all cells": True},
    "is it divided by the hits instead of by the pairs?": {"per hit": True},
    "is it divided by the square of the number of cells?": {"squared": True},
}
DISCS = {
    "is the border left out of the disc?": {"border": True},
    "is it the ground outside of the disc?": {"outside": True},
    "is it a ring between two radii instead of a disc?": {"ring": True},
    "are misses outside of the disc compared too?": {"all misses": True},
    "are the radii put in order first?": {"sorted": True},
    **PAIRS,
}


def _slips(function, given, slips):
    """What each slip would give, where it differs from what is right."""
    right = np.asarray(function(*given))
    with np.errstate(all="ignore"):
        found = {q: np.asarray(function(*given, **s)) for q, s in slips.items()}
    return {q: v for q, v in found.items() if not np.allclose(v, right, equal_nan=True)}


def _expect_discs(student, given, what):
    """Compare areas, then tell NaN where it belongs."""
    kept = [np.copy(each) for each in given]
    found, right = student.auc_of_discs(*given), _discs(*given)
    expect_shape(found, right.shape, what)
    found = np.asarray(found, dtype=float)
    some = np.isfinite(right)
    slips = {q: v[some] for q, v in _slips(_discs, given, DISCS).items()}
    slips = {q: v for q, v in slips.items() if not np.allclose(v, right[some])}
    expect_close(found[some], right[some], what, mistakes=slips)
    gave, hint = found[~some], "is a disc without a pair given a number?"
    expect(np.isnan(gave).all(), f"{what}: {gave} where a disc has no pair", hint)
    expect(
        all(map(np.array_equal, given, kept)),
        "The arguments are not what they were after the call",
        "is one of them changed in place?",
    )


HAND = (
    np.array([1, 0, 0, 1, 0]),
    np.array([4.0, 3, 1, 3, 2]),
    np.array([10.0, 20, 40, 40, 70]),
)


@read("sec-limits-pairs")
def test_1_five_cells_by_hand(student):
    """Discs of 30, 40 and 80 km have 1, 3.5 of 4 and 5.5 of 6 pairs."""
    given = (*HAND, np.array([30.0, 40, 80]))
    _expect_discs(student, given, "The areas of 30, 40 and 80 km")


@read("sec-limits-pairs")
def test_2_a_disc_without_a_pair(student):
    """Of hits alone, of misses alone and of no cell nothing can be said: NaN."""
    for seed, first in ((8, 1), (9, 0)):
        rng = inputs.draw(seed)
        y, score = inputs.classes(rng, 29, 0.4), inputs.tied(rng, 29, 8, -2, 3)
        away = inputs.numbers(rng, 29, 20, 60)
        away[np.flatnonzero(y == first)[:3]] = np.array([7.0, 4.5, 9.0])
        radii = np.array([50.5, 2.0, 43.0, 10.5, 33.0])
        _expect_discs(
            student, (y, score, away, radii), "Five discs, two without a pair"
        )


def _maps():
    """Cells in no order, with ties, whole and broken, and radii in no order."""
    for seed, n in ((1, 23), (2, 37), (3, 53)):
        rng = inputs.draw(seed)
        y = inputs.classes(rng, n, 0.3)
        score = inputs.tied(rng, n, 9, -2, 3)
        away = inputs.whole(rng, n, 1, 60)
        radii = inputs.numbers(rng, 7, 9, 60)
        radii[2] = away[y == 1][0]
        radii[4] = 70.5
        yield y, score, away * 1.0, radii
    rng = inputs.draw(4)
    y = inputs.classes(rng, 31, 0.4)
    radii = np.array([44, 61, 17, 30, 25])
    yield y, inputs.whole(rng, 31, -3, 3), inputs.whole(rng, 31, 1, 60), radii
    yield y, inputs.numbers(rng, 31, -3, 3), inputs.numbers(rng, 31, 1, 60), radii


@read("sec-limits-pairs")
def test_3_any_map(student):
    """For any cells and radii in no order, with ties and cells on a border."""
    for given in _maps():
        what = f"The areas of {len(given[3])} discs of {len(given[0])} cells"
        _expect_discs(student, given, what)


@read("sec-limits-pairs")
def test_4_empty_ground(student):
    """Four times the misses, all below, leave a quarter of the lost pairs."""
    rng = inputs.draw(7)
    y, score = inputs.classes(rng, 29, 0.3), inputs.numbers(rng, 29)
    more = 3 * int(np.sum(y == 0))
    wide = np.r_[y, np.zeros(more, int)], np.r_[score, np.full(more, -5.0)]
    away = np.r_[inputs.numbers(rng, 29, 1, 50), inputs.numbers(rng, more, 60, 90)]
    given = (*wide, away, np.array([50.0, 90]))
    near, far = np.asarray(student.auc_of_discs(*given), dtype=float)
    expect_close(1 - far, (1 - near) / 4, "The lost share with four times the misses")


def _within(y, score, ring, **slip):
    """The area within rings, or what a slip makes of it."""
    parts = [
        _tally(y[ring == own], score[ring == own], **slip) for own in np.unique(ring)
    ]
    if slip.get("near"):
        near = [
            ((ring == own) & (y == 1)) | ((np.abs(ring - own) <= 1) & (y == 0))
            for own in np.unique(ring)
        ]
        parts = [_tally(y[part], score[part]) for part in near]
    if slip.get("pooled"):
        parts = [_tally(y, score)]
    if slip.get("between"):
        won, pairs = np.subtract(_tally(y, score), np.sum(parts, axis=0))
        parts = [(won, pairs)]
    shares = [_share(*part) for part in parts if part[1]]
    if slip.get("mean") and shares:
        return np.mean(shares)
    if slip.get("skip"):
        parts = parts[1:]
    if slip.get("range"):
        rings = range(len(np.unique(ring)))
        parts = [_tally(y[ring == k], score[ring == k]) for k in rings]
    if slip.get("weighed"):
        sizes = [np.sum(ring == own) for own in np.unique(ring)]
        both = [(n, _share(*p)) for n, p in zip(sizes, parts, strict=True) if p[1]]
        return sum(n * a for n, a in both) / sum(n for n, _ in both)
    return _share(*(sum(part[k] for part in parts) for k in (0, 1)))


WITHIN = {
    "are cells of two rings compared?": {"pooled": True},
    "are only cells of two rings compared?": {"between": True},
    "is it the mean over the rings, each counting alike?": {"mean": True},
    "is the first ring left out?": {"skip": True},
    "are misses of the next ring compared too?": {"near": True},
    "are rings numbered from 0 on?": {"range": True},
    "does a ring count by its cells instead of its pairs?": {"weighed": True},
    **PAIRS,
}


def _expect_within(student, given, what):
    slips = _slips(_within, given, WITHIN)
    kept = [np.copy(each) for each in given]
    found = student.auc_within(*given)
    expect_close(found, _within(*given), what, mistakes=slips)
    expect(
        all(map(np.array_equal, given, kept)),
        "The arguments are not what they were after the call",
        "is one of them changed in place?",
    )


@read("sec-limits-within")
def test_5_two_rings_by_hand(student):
    """Rings of 2 won of 3 pairs and of 1.5 won of 2: 3.5 of 5."""
    given = (
        np.array([1, 0, 0, 0, 1, 0, 1]),
        np.array([2.0, 3, 1, 0, 5, 5, 6]),
        np.array([3, 3, 3, 3, 8, 8, 8]),
    )
    _expect_within(student, given, "The area within two rings")


def _ringed():
    """Unequal rings in no order, numbered neither from 0 nor on."""
    for seed, sizes in ((11, [3, 7, 13, 1]), (12, [11, 2, 17]), (13, [5, 19, 7, 3, 9])):
        rng = inputs.draw(seed)
        n = sum(sizes)
        ring = inputs.groups(rng, sizes)
        if seed == 13:  # numbered one after the other
            ring = 4 + np.unique(ring, return_inverse=True)[1]
        y = inputs.classes(rng, n, 0.35)
        yield y, inputs.tied(rng, n, 8, -1, 2), ring
        yield y, inputs.whole(rng, n, 0, 5), ring


@read("sec-limits-within")
def test_6_any_rings(student):
    """For unequal rings in no order, and some without a pair."""
    for given in _ringed():
        rings = len(np.unique(given[2]))
        _expect_within(student, given, f"The area within {rings} rings")


@read("sec-limits-within")
def test_7_a_score_that_is_the_ring(student):
    """A score that is the ring knows nothing within: 0.5. No pair: NaN."""
    for y, _, ring in _ringed():
        given = y, -ring, ring
        _expect_within(student, given, "The area of a score that is the ring")
    alone = np.array([1, 0, 1]), np.array([2.0, 1, 3]), np.array([3, 8, 5])
    found = np.asarray(student.auc_within(*alone), dtype=float)
    hint = "is a number given where there is no pair?"
    expect(np.isnan(found).all(), f"auc_within gave {found} without a pair", hint)


CALLS = [
    "[1; 0; 0; 1; 0; 1], [2; 3; 1; 5; 5; 6], [0; 0; 0; 4; 4; 4]",
    "[0; 1; 1; 0; 0; 1; 0], [1; 1; 0; 2; 0; 4; 3], [7; 2; 7; 2; 7; 9; 2]",
    "[1; 0; 1; 0; 0], [3; 3; 1; 0; 2], [1; 1; 5; 5; 5]",
]
GIVEN = [
    ([1, 0, 0, 1, 0, 1], [2, 3, 1, 5, 5, 6], [0, 0, 0, 4, 4, 4]),
    ([0, 1, 1, 0, 0, 1, 0], [1, 1, 0, 2, 0, 4, 3], [7, 2, 7, 2, 7, 9, 2]),
    ([1, 0, 1, 0, 0], [3, 3, 1, 0, 2], [1, 1, 5, 5, 5]),
]


@deadline(12)
@read("sec-limits-within")
def test_8_the_same_in_matlab(student):
    """auc_within.m gives the same."""

    def numbers(**slip):
        given = [tuple(map(np.array, one)) for one in GIVEN]
        return np.array([_within(*one, **slip) for one in given])

    from_one = "are rings numbered from 0 on?"  # as MATLAB does anyway
    expect_in_octave(
        student,
        __file__,
        "auc_within",
        CALLS,
        numbers,
        {q: slip for q, slip in WITHIN.items() if q != from_one},
        "Three calls of auc_within.m",
    )
