"""Claims about the probabilities and the errors of ordered classes."""

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, read


def _sigmoid(z):
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def _between(at_most):
    """Probabilities of the classes from those of lying at most in each."""
    rows = len(at_most)
    return np.diff(np.c_[np.zeros(rows), at_most, np.ones(rows)], axis=1)


def _mistakes(t, z):
    """What slips with thresholds and scores would give."""
    t, z = np.asarray(t, dtype=float), np.asarray(z, dtype=float)[:, None]
    right = _between(_sigmoid(t - z))
    at_most = _sigmoid(t - z)
    scores = np.exp(np.c_[t - z, np.zeros(len(z))])
    return {
        "are these the probabilities of lying at most in each class?": np.c_[
            at_most, np.ones(len(z))
        ],
        "are these the probabilities of lying above each cut?": np.c_[
            np.ones(len(z)), 1 - at_most
        ],
        "is the score added to the thresholds instead of taken off them?": _between(
            _sigmoid(t + z)
        ),
        "is the highest class in the first column?": right[:, ::-1],
        "is the difference taken the other way round?": -right,
        "is it a softmax of the thresholds, which knows no order?": (
            scores / scores.sum(axis=1, keepdims=True)
        ),
    }


@read("sec-ordinal")
def test_1_a_row_for_each_event_and_a_column_for_each_class(student):
    """Three thresholds make four classes; one threshold makes two."""
    score = np.linspace(-1, 1, 5)
    found = student.class_probabilities(np.array([-1.0, 0.5, 2.0]), score)
    expect_shape(found, (5, 4), "class_probabilities of 5 events, 3 thresholds")
    found = student.class_probabilities(np.array([0.3]), score)
    expect_shape(found, (5, 2), "class_probabilities of 5 events, 1 threshold")


@read("sec-ordinal")
def test_2_two_events_by_hand(student):
    """Cuts at 0 and ln 3: scores of 0 and ln 3 give 1/2, 1/4, 1/4 and 1/4, 1/4, 1/2."""
    t, z = np.array([0.0, np.log(3)]), np.array([0.0, np.log(3)])
    expect_close(
        student.class_probabilities(t, z),
        [[0.5, 0.25, 0.25], [0.25, 0.25, 0.5]],
        "The rows for scores of 0 and ln 3",
        mistakes=_mistakes(t, z),
    )


@read("sec-ordinal")
def test_3_far_out_one_class_is_left(student):
    """A score far below all cuts means the lowest class, far above the highest."""
    found = student.class_probabilities(np.array([-2.0, 1.0, 3.0]), np.array([-40, 40]))
    expect_close(
        found,
        [[1, 0, 0, 0], [0, 0, 0, 1]],
        "The rows for scores of -40 and 40",
        atol=1e-12,  # exp(-37) is left at the nearest cut
        mistakes={
            "are these the probabilities of lying at most in each class?": [
                [1, 1, 1, 1],
                [0, 0, 0, 1],
            ],
        },
    )


@read("sec-ordinal")
def test_4_a_step_multiplies_the_odds_at_every_cut(student):
    """A score higher by d multiplies the odds of lying above any cut by exp(d)."""
    rng = np.random.default_rng(4)
    t, d = np.cumsum(rng.uniform(0.5, 2, 5)) - 3, rng.uniform(0.3, 1.5)
    z = rng.normal(size=7)
    above = []
    for score in (z, z + d):
        p = np.asarray(student.class_probabilities(t, score), dtype=float)
        expect_shape(p, (7, 6), "class_probabilities of 7 events, 5 thresholds")
        above.append(p[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:])
    odds = [each / (1 - each) for each in above]
    expect_close(
        odds[1] / odds[0],
        np.full((7, 5), np.exp(d)),
        f"The factor on the odds of a step of {d:.2f}",
        rtol=1e-6,  # 1 - p has lost digits where p is near 1
        mistakes={
            "does a higher score make the lower classes likelier?": (
                np.full((7, 5), np.exp(-d))
            )
        },
        hint="is the same score taken off every threshold?",
    )


@read("sec-ordinal")
def test_5_any_cuts_any_scores(student):
    """Whole cuts or not, near or far apart, one or six: differences of sigmoids."""
    rng = np.random.default_rng(5)
    cuts = [np.array([-3, 0, 1, 5]), np.array([0.2]), np.sort(rng.normal(size=6))]
    for t in cuts:
        z = rng.normal(scale=2, size=11)
        slips = _mistakes(t, z)
        if len(t) == 1:  # with two classes softmax and the ladder are one
            slips = {q: wrong for q, wrong in slips.items() if "softmax" not in q}
        expect_close(
            student.class_probabilities(t, z),
            _between(_sigmoid(t - z[:, None])),
            f"With cuts at {np.round(t, 1).tolist()} the table",
            mistakes=slips,
        )


def _slips(y, answer):
    """What other scores would give."""
    off = np.abs(answer - y)
    classes = np.unique(y)
    return {
        "does every event count the same, instead of every class?": off.mean(),
        "is it the share of wrong answers, not their distance?": np.mean(
            [np.mean(off[y == k] > 0) for k in classes]
        ),
        "is the distance squared?": np.mean(
            [np.mean(off[y == k] ** 2) for k in classes]
        ),
        "do answers too high and too low cancel each other?": np.mean(
            [np.mean((answer - y)[y == k]) for k in classes]
        ),
        "are the classes those of the answers instead of the truth?": np.mean(
            [np.mean(off[answer == k]) for k in np.unique(answer)]
        ),
        "is it the sum over the classes instead of the mean?": sum(
            np.mean(off[y == k]) for k in classes
        ),
        "is it the root of the mean square in each class?": np.mean(
            [np.sqrt(np.mean(off[y == k] ** 2)) for k in classes]
        ),
        "is it the median distance in each class instead of the mean?": np.mean(
            [np.median(off[y == k]) for k in classes]
        ),
        "is it the distance of the mean answer of each class?": np.mean(
            [abs(np.mean((answer - y)[y == k])) for k in classes]
        ),
        "are the right answers left out of the mean?": np.mean(
            [np.mean(off[(y == k) & (off > 0)]) for k in classes if off[y == k].any()]
        ),
        "is the mean taken over a class without events?": np.nan,
        "is the distance divided by the number of steps?": np.mean(
            [np.mean(off[y == k]) for k in classes]
        )
        / y.max(),
        "is it the worst class instead of the mean?": max(
            np.mean(off[y == k]) for k in classes
        ),
        "does a class without events count too?": sum(
            np.mean(off[y == k]) for k in classes
        )
        / (1 + max(y.max(), answer.max())),
    }


@read("sec-ordinal-error")
def test_6_the_lazy_answer(student):
    """Always 1, for classes 1, 3 and 6, is off by (0 + 2 + 5) / 3, any size."""
    y, answer = np.repeat([1, 3, 6], [5, 2, 3]), np.ones(10, dtype=int)
    slips = _slips(y, answer)
    # one answer for all: these give the same as another mistake, or what is right
    same = ("those of the answers", "root of the", "median distance", "mean answ")
    for alike in same:
        slips = {question: v for question, v in slips.items() if alike not in question}
    expect_close(
        student.ordinal_error(y, answer),
        7 / 3,
        "The error of always answering 1",
        mistakes=slips,
    )


@read("sec-ordinal-error")
def test_7_any_classes_any_answers(student):
    """Distances are averaged within each true class, then over the classes."""
    rng = np.random.default_rng(9)
    y = rng.choice([0, 1, 2, 4], 300, p=[0.6, 0.2, 0.15, 0.05])
    answer = np.clip(y + rng.choice([-2, -1, 0, 1, 1], 300), 0, 5)
    off = np.abs(answer - y)
    expect_close(
        student.ordinal_error(y, answer),
        np.mean([off[y == k].sum() / np.sum(y == k) for k in (0, 1, 2, 4)]),
        "ordinal_error",
        mistakes=_slips(y, answer),
    )
