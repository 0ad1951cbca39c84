"""Claims about attention that looks back only, and about the worth of alarms."""

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


def _look(Q, K, V, **slip):
    """What is said, or what a slip makes of it."""
    whole = slip.get("whole") and np.asarray(V).dtype.kind == "i"
    Q, K, V = (np.asarray(a, dtype=float) for a in (Q, K, V))
    Q, K = (K, Q) if slip.get("swapped") else (Q, K)
    n, d = Q.shape
    root = {"root": 1.0, "full": d, "steps": n**0.5, "values": V.shape[1] ** 0.5}
    match = Q @ K.T / next((root[k] for k in slip if k in root), d**0.5)
    past = np.tri(n, dtype=bool)
    past = past | True if slip.get("future") else past
    past = past.T if slip.get("turned") else past
    if slip.get("before"):
        past = np.tri(n, k=-1, dtype=bool)
        past[0, 0] = True
    past = np.tri(n, k=1, dtype=bool) if slip.get("ahead") else past
    seen = np.ones_like(past) if slip.get("after") else past
    hidden = 0.0 if slip.get("zeros") else -np.inf
    match = np.where(seen, match, hidden)
    axis = 0 if slip.get("columns") else 1
    top = match.max(axis=1, keepdims=True)
    share = np.exp(match - np.where(np.isfinite(top), top, 0))
    share = np.where(past, share, 0) if slip.get("sums") else share
    total = share.sum(axis=axis, keepdims=True)
    share = share / (1 if slip.get("sums") else np.where(total > 0, total, 1))
    share = np.where(past, share, 0) if slip.get("after") else share
    if slip.get("best"):
        share = np.eye(n)[match.argmax(axis=1)]
    if slip.get("plain"):
        share = past / past.sum(axis=1, keepdims=True)
    said = share @ V
    return np.trunc(said) if whole else said


SLIPS = {
    "is the square root of d left out?": {"root": True},
    "is it divided by d instead of its root?": {"full": True},
    "is it the root of the number of steps instead of d?": {"steps": True},
    "is it the root of the number of values instead of d?": {"values": True},
    "are queries and keys swapped?": {"swapped": True},
    "may steps look at later steps?": {"future": True},
    "is the very next step still seen?": {"ahead": True},
    "is the past hidden instead of the future?": {"turned": True},
    "does a step not see itself?": {"before": True},
    "do hidden keys keep matches of 0 instead of minus infinity?": {"zeros": True},
    "are later steps hidden after the softmax?": {"after": True},
    "does the softmax run over the queries instead of the keys?": {"columns": True},
    "do the weights of a row not sum to 1?": {"sums": True},
    "does the best key take all?": {"best": True},
    "is it the plain mean of the past?": {"plain": True},
    "are the sums kept as whole numbers?": {"whole": True},
}


def _slips(given, right):
    """What each slip would give, if it differs from what is right."""
    found = {question: _look(*given, **slip) for question, slip in SLIPS.items()}
    return {q: value for q, value in found.items() if not np.allclose(value, right)}


HAND = (
    np.array([[0.0, 0, 0, 2], [2, 0, 0, 0], [0, 2, 0, 0]]),
    np.array([[0, np.log(3), 0, 0], [np.log(3), np.log(6), 0, 0], [0, 0, 5, 1]]),
    np.array([[8.0, 1], [4, 5], [100, 10]]),
)


@read("sec-ae-attention")
def test_1_three_steps_by_hand(student):
    """The first step has only itself, the second takes a quarter and three quarters."""
    found = student.look_back(*HAND)
    expect_shape(found, (3, 2), "look_back of three steps and two values")
    # matches of the third: ln 3, ln 6 and 0, so that it takes 3, 6 and 1 of ten
    right = [[8, 1], [5, 4], [14.8, 4.3]]
    expect_close(
        found,
        right,
        "What is said at each of three steps",
        mistakes=_slips(HAND, np.array(right)),
    )


@read("sec-ae-attention")
def test_2_any_sequence(student):
    """Of any length, with as many values as you like; what was given stays."""
    for seed, (n, d, n_values) in enumerate([(7, 3, 2), (13, 5, 1), (1, 2, 3)]):
        rng = inputs.draw(seed)
        given = [
            inputs.numbers(rng, n * m, -2, 2).reshape(n, m) for m in (d, d, n_values)
        ]
        kept, right = [a.copy() for a in given], _look(*given)
        expect_close(
            student.look_back(*given),
            right,
            f"What is said at {n} steps",
            mistakes=_slips(given, right),
        )
        for name, one, other in zip("QKV", given, kept, strict=True):
            same = np.array_equal(one, other)
            expect(same, f"{name} is not what it was", "is it changed?")
    rng = inputs.draw(9)
    given = [inputs.whole(rng, 5 * m, -2, 2).reshape(5, m) for m in (3, 3, 2)]
    right = _look(*given)
    expect_close(
        student.look_back(*given),
        right,
        "What is said, from whole numbers,",
        mistakes=_slips(given, right),
    )


@read("sec-ae-attention")
def test_3_matches_of_any_size(student):
    """Matches of thousands do not overflow, and a common part changes nothing."""
    Q, K, V = (
        inputs.numbers(inputs.draw(s), 6, -1, 1).reshape(6, 1) for s in (4, 5, 6)
    )
    given = 900 + 0 * Q, 900 + K / 300, V
    with np.errstate(all="ignore"):
        found = student.look_back(*given)
    right = _look(3 + 0 * Q, K, V)
    # 900 times 900 leaves ten digits of a match
    expect_close(
        found,
        right,
        "What is said when all matches are near 810,000",
        atol=1e-6,
        mistakes={
            "do the exponentials overflow? Take the largest match of each row off": (
                np.full(right.shape, np.nan)
            )
        },
    )


CALLS = [
    "[0; 0], [1; 1], [2; 4]",
    "[1 2; 3 -1; 0.5 1], [1 0; -1 1; 2 0.3], [1 4 0 2 1; 5 -1 2 2 0; -2 0 1 3 4]",
]
GIVEN = [
    ([[0.0], [0]], [[1.0], [1]], [[2.0], [4]]),
    (
        [[1.0, 2], [3, -1], [0.5, 1]],
        [[1.0, 0], [-1, 1], [2, 0.3]],
        [[1.0, 4, 0, 2, 1], [5, -1, 2, 2, 0], [-2, 0, 1, 3, 4]],
    ),
]


@deadline(12)
@read("sec-ae-attention")
def test_4_the_same_in_matlab(student):
    """look_back.m says the same, of two steps and of three."""

    # Octave hands over one column after another
    def numbers(**slip):
        return np.concatenate([_look(*given, **slip).T.ravel() for given in GIVEN])

    expect_in_octave(
        student,
        __file__,
        "look_back",
        CALLS,
        numbers,
        SLIPS,
        "What is said in two calls of look_back.m",
    )


def _worth(ordinary, events, limit, base_rate, **slip):
    """The precision, or what a slip makes of it."""
    share = np.sum if slip.get("counts") else np.mean
    over = np.greater_equal if slip.get("equal") else np.greater
    h, f = share(over(events, limit)), share(over(ordinary, limit))
    f = share(np.less(ordinary, limit)) if slip.get("below") else f
    a, b = base_rate, 1 - base_rate
    a, b = (1, 1) if slip.get("balanced") else (a, b)
    b = 1 if slip.get("alone") else b
    a, b = (b, a) if slip.get("turned") else (a, b)
    if slip.get("recall"):
        return float(h)
    if slip.get("times"):
        return float(base_rate * h / (h + f)) if h + f else 0.0
    hits, false = a * h, b * f
    if slip.get("odds"):
        return float(hits / false) if false else 1.0
    if slip.get("false"):
        hits, false = false, hits
    return float(hits / (hits + false)) if hits + false > 0 else 0.0


WORTHS = {
    "is the base rate left out?": {"balanced": True},
    "is the factor 1 - base_rate missing?": {"alone": True},
    "are base_rate and 1 - base_rate swapped?": {"turned": True},
    "are the numbers of windows counted instead of their shares?": {"counts": True},
    "is it the share of events that are found, the recall?": {"recall": True},
    "does a score at the limit raise an alarm?": {"equal": True},
    "are ordinary windows below the limit counted as alarms?": {"below": True},
    "is the precision of the two sets multiplied by the base rate?": {"times": True},
    "is it the share of alarms that are false?": {"false": True},
    "is it divided by the false alarms alone?": {"odds": True},
}


def _worths(given, right):
    """What each slip would give, if it differs from what is right."""
    found = {question: _worth(*given, **slip) for question, slip in WORTHS.items()}
    return {q: value for q, value in found.items() if not np.isclose(value, right)}


@read("sec-ae-precision")
def test_5_by_hand(student):
    """Half of the events and a tenth of the rest: one event in 21 windows."""
    ordinary, events = np.arange(10.0), np.array([8.5, 9.5, 8.0, 2.0])
    # (1/21 * 1/2) / (1/21 * 1/2 + 20/21 * 1/10) = 0.5 / 2.5
    given = ordinary, events, 8.0, 1 / 21
    expect_close(
        student.alarm_precision(*given),
        0.2,
        "The precision at a base rate of 1 in 21",
        mistakes=_worths(given, 0.2),
    )
    for given, right in [
        ((ordinary, events, 50.0, 0.1), 0.0),
        ((ordinary, events - 9, 5.0, 0.1), 0.0),
        ((ordinary - 20, events, 5.0, 0.1), 1.0),
    ]:
        with np.errstate(all="ignore"):
            found = student.alarm_precision(*given)
        expect_close(
            found,
            right,
            "The precision where one kind of window raises no alarm, or neither",
            mistakes={
                **_worths(given, right),
                "is there no alarm to divide by? Then it is 0": np.nan,
            },
        )


@read("sec-ae-precision")
def test_6_any_scores(student):
    """For any scores, with ties at the limit, and any base rate."""
    for seed, (n, m, base_rate) in enumerate(
        [(101, 37, 0.003), (53, 211, 0.4), (31, 29, 1.0), (43, 17, 0.0)]
    ):
        rng = inputs.draw(20 + seed)
        ordinary = inputs.whole(rng, n, 0, 9)
        events = inputs.whole(rng, m, 3, 12)
        given = ordinary, events, 6, base_rate
        right = _worth(*given)
        expect_close(
            student.alarm_precision(*given),
            right,
            f"The precision of {n} ordinary scores and {m} of events at {base_rate}",
            mistakes=_worths(given, right),
        )
