"""Claims about the walk back, about stretching, and about looking up."""

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


def _walk(parts, slopes, **slip):
    """The derivatives, or what a slip in one piece of the walk makes of them."""
    n = len(parts)
    found = np.ones(n) if slip.get("ones") else np.zeros(n)
    found[-1] = slip.get("seed", 1)
    for k in range(n) if slip.get("forward") else range(n - 1, -1, -1):
        if slip.get("stops") and max(parts[k]) < 0:
            break
        if slip.get("passes") and parts[k][0] < 0:
            continue
        twice = slip.get("once") and parts[k][0] == parts[k][1]
        for i, part in enumerate(parts[k][: slip.get("few", 2)]):
            if twice and i == 0:
                continue
            if part < 0 or (slip.get("skips") and part == 0):
                continue
            slope = 1 if slip.get("flat") else slopes[k][i]
            share = slope if slip.get("local") else slope * found[k]
            found[part] = share if slip.get("over") else found[part] + share
    if slip.get("itself"):
        found[-1] = 0
    return found


WALKS = {
    "does the walk go from the first value to the last?": {"forward": True},
    "is a share written over those that came before instead of added?": {"over": True},
    "are the slopes left out?": {"flat": True},
    "is a slope not multiplied by the derivative by the value itself?": {"local": True},
    "is the second part left out?": {"few": 1},
    "does a value that went in twice count once?": {"once": True},
    "does the walk end at the first value that was made of nothing?": {"stops": True},
    "is a value passed over whose first place is empty?": {"passes": True},
    "are all derivatives 1 before the walk begins?": {"ones": True},
    "is the value at the first place left out?": {"skips": True},
    "is the derivative of the last value by itself left out?": {"itself": True},
}


def _walks(parts, slopes, right, also=""):
    """What each slip would give, if it differs from what is right."""
    found = {also + q: _walk(parts, slopes, **slip) for q, slip in WALKS.items()}
    return {q: value for q, value in found.items() if not np.allclose(value, right)}


def _tape(seed, n, whole=False):
    """Draw a tape of n values, of which the first two were made of nothing."""
    rng = inputs.draw(seed)
    parts = np.full((n, 2), -1)
    for k in range(2, n):
        parts[k, 0] = rng.integers(max(0, k - 4), k)
        if rng.random() < 0.7:
            parts[k, 1] = rng.integers(max(0, k - 6), k)
    twice = n // 2
    parts[twice] = twice - 1
    parts[-1] = [0, n - 2]
    slopes = inputs.numbers(rng, 2 * n, -2, 2).reshape(n, 2)
    if whole:
        slopes = inputs.whole(rng, 2 * n, -3, 3).reshape(n, 2)
    return parts, np.where(parts < 0, 0, slopes)


@read("sec-tf-walk")
def test_1_three_values_by_hand(student):
    """s = 3 x + 4 x and L = 5 s + 2 x: the derivatives are 37, 5 and 1."""
    parts = np.array([[-1, -1], [0, 0], [1, 0]])
    slopes = np.array([[0.0, 0.0], [3.0, 4.0], [5.0, 2.0]])
    found = student.walk_back(parts, slopes)
    expect_shape(found, (3,), "walk_back")
    expect_close(
        found,
        [37, 5, 1],
        "The derivatives of L by x, s and L",
        mistakes=_walks(parts, slopes, [37, 5, 1]),
    )


@read("sec-tf-walk")
def test_2_any_tape(student):
    """For any tape: of one value, with whole slopes, with one part at either place."""
    alone = np.full((1, 2), -1), np.zeros((1, 2))
    late = (
        np.array([*2 * [[-1, -1]], [0, 1], [-1, -1], [-1, 2], [4, 3], [5, 4]]),
        np.array([*2 * [[0, 0]], [0.5, -2], [0, 0], [0, -3], [1.5, 2], [-1.2, 0.7]]),
    )
    for given, which in [
        (_tape(1, 7), "of 7 values"),
        (_tape(2, 23), "of 23 values"),
        (_tape(3, 11, whole=True), "of 11 values with whole slopes"),
        (alone, "of one value"),
        (late, "of 7 values, the fourth made of nothing,"),
    ]:
        right = _walk(*given)
        expect_close(
            student.walk_back(*given),
            right,
            f"The derivatives on a tape {which}",
            mistakes=_walks(*given, right),
        )


CALLS = [
    "[0 0; 1 1; 2 1], [0 0; 3 4; 5 2]",
    "[0 0; 0 0; 1 2; 3 0; 4 3; 5 1], [0 0; 0 0; 0.5 -2; 1.5 0; 0.25 3; -1 2]",
    "[0 0], [0 0]",
]
GIVEN = [
    ([[-1, -1], [0, 0], [1, 0]], [[0, 0], [3, 4], [5, 2]]),
    (
        [[-1, -1], [-1, -1], [0, 1], [2, -1], [3, 2], [4, 0]],
        [[0, 0], [0, 0], [0.5, -2], [1.5, 0], [0.25, 3], [-1, 2]],
    ),
    ([[-1, -1]], [[0, 0]]),
]


@deadline(12)
@read("sec-tf-walk")
def test_3_the_same_in_matlab(student):
    """walk_back.m gives the same derivatives, with places from 1 and 0 for nothing."""

    def numbers(**slip):
        return np.concatenate([_walk(*given, **slip) for given in GIVEN])

    expect_in_octave(
        student,
        __file__,
        "walk_back",
        CALLS,
        numbers,
        WALKS,
        "The derivatives of each of three calls of walk_back.m",
    )


def _shrunk(share, shape, **slip):
    """Add up over copies, or what a slip in that gives."""
    add = np.mean if slip.get("mean") else np.sum
    if not slip.get("no front"):
        for _ in range(share.ndim - len(shape)):
            share = add(share, axis=0)
    if share.ndim == len(shape) and not slip.get("no ones"):
        for axis, size in enumerate(shape):
            if size == 1:
                share = add(share, axis=axis, keepdims=True)
    return share


PRODUCTS = {
    "is it the mean over the copies instead of the sum?": {"mean": True},
    "is nothing added up over axes of length one?": {"no ones": True},
    "is nothing added up over axes that a factor has not?": {"no front": True},
    "is it multiplied by the factor itself instead of the other?": {"own": True},
    "is it not multiplied by g?": {"no g": True},
    "is it not multiplied by the other factor?": {"bare": True},
}


def _pulled(g, a, b, **slip):
    """The derivatives by both factors, or what a slip makes of them."""
    found = []
    for one, other in ((a, b), (b, a)):
        times = one if slip.get("own") else other
        share = g + 0.0 if slip.get("bare") else g * times
        if slip.get("no g"):
            share = np.ones_like(g, dtype=float) * times
        found.append(_shrunk(share, np.shape(one), **slip))
    return found


def _expect_pulled(student, g, a, b, which):
    """Compare both derivatives, their shapes first."""
    found = student.product_pull(g, a, b)
    expect(
        len(found) == 2,
        f"product_pull returns {len(found)} arrays and should return 2",
        "is there one for each factor?",
    )
    right = _pulled(g, a, b)
    for k, name in enumerate("ab"):
        slips = {q: _pulled(g, a, b, **slip)[k] for q, slip in PRODUCTS.items()}
        slips["do the two come in the other order?"] = right[1 - k]
        expect_close(
            found[k],
            right[k],
            f"The derivative by {name}, {which},",
            mistakes={
                q: v
                for q, v in slips.items()
                if np.shape(v) != np.shape(right[k]) or not np.allclose(v, right[k])
            },
        )


@read("sec-tf-shapes")
def test_4_a_row_times_a_column_by_hand(student):
    """(1, 2) times the column of 3, 4 and 5, with g all ones: 12 twice, and 3 each."""
    a, b = np.array([1.0, 2.0]), np.array([[3.0], [4.0], [5.0]])
    _expect_pulled(student, np.ones((3, 2)), a, b, "of a row times a column")


@read("sec-tf-shapes")
def test_5_factors_of_any_shapes(student):
    """Where either factor is stretched, both, or none; and of whole numbers."""
    rng = inputs.draw(5)
    for first, second in [
        ((7, 1, 3), (5, 1)),
        ((5, 3), (5, 3)),
        ((), (11,)),
        ((1, 1), (7,)),
        ((3,), (2, 5, 3)),
    ]:
        a = inputs.numbers(rng, int(np.prod(first)), -2, 3).reshape(first)
        b = inputs.numbers(rng, int(np.prod(second)), -1, 4).reshape(second)
        shape = np.broadcast_shapes(first, second)
        g = inputs.numbers(rng, int(np.prod(shape)), -3, 2).reshape(shape)
        _expect_pulled(student, g, a, b, f"of shapes {first} and {second}")
    a, b = inputs.whole(rng, 7, -3, 5), inputs.whole(rng, 11, 1, 6).reshape(11, 1)
    g = inputs.whole(rng, 77, -4, 4).reshape(11, 7)
    _expect_pulled(student, g, a, b, "of whole numbers")


def _taken(g, rows, n_rows, **slip):
    """The derivative by the table, or what a slip makes of it."""
    found = np.zeros((n_rows, np.shape(g)[1]))
    for row, each in zip(rows, g, strict=True):
        found[row] = each if slip.get("last") else found[row] + each
    if slip.get("mean"):
        found /= np.maximum(np.bincount(rows, minlength=n_rows), 1)[:, None]
    if slip.get("back"):
        found = found[::-1]
    if slip.get("short"):
        found = found[: max(rows) + 1]
    return found


TAKES = {
    "is a row that was looked up twice given one share only?": {"last": True},
    "is it the mean over those who looked a row up instead of the sum?": {"mean": True},
    "does the table end with the last row that was looked up?": {"short": True},
}


def _takes(given, right):
    found = {q: _taken(*given, **slip) for q, slip in TAKES.items()}
    return {
        q: v
        for q, v in found.items()
        if np.shape(v) != np.shape(right) or not np.allclose(v, right)
    }


@read("sec-tf-shapes")
def test_6_a_row_taken_twice_by_hand(student):
    """Rows 2, 0 and 2 of a table of four, with 1, 10 and 100: 10, 0, 101 and 0."""
    given = np.array([[1.0], [10.0], [100.0]]), np.array([2, 0, 2]), 4
    right = np.array([[10.0], [0.0], [101.0], [0.0]])
    expect_close(
        student.take_pull(*given),
        right,
        "The derivative by the table",
        mistakes=_takes(given, right),
    )


@read("sec-tf-shapes")
def test_7_any_rows(student):
    """Rows taken often, once and never, in no order; and derivatives that are whole."""
    rng = inputs.draw(7)
    for n, m, n_rows, kind in [
        (23, 3, 11, "with numbers"),
        (7, 1, 13, "with more rows than samples"),
        (13, 2, 5, "with whole numbers"),
    ]:
        g = inputs.numbers(rng, n * m, -2, 3).reshape(n, m)
        if "whole" in kind:
            g = inputs.whole(rng, n * m, -5, 6).reshape(n, m)
        rows = inputs.whole(rng, n, 0, n_rows - 2)
        rows[1], rows[-2] = rows[0], rows[0]
        given = g, rows, n_rows
        right = _taken(*given)
        expect_close(
            student.take_pull(*given),
            right,
            f"The derivative by the table {kind}",
            mistakes=_takes(given, right),
        )
