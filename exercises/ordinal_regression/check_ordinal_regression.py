"""Claims about the probabilities and the errors of ordered classes."""

from itertools import groupby

import numpy as np
from scipy.special import expit, ndtr

from mlearth.checks import expect, expect_close, expect_shape, inputs, read


def _unlike(slips, right):
    """Leave out what happens to give the right value."""
    return {
        question: value
        for question, value in slips.items()
        if np.shape(value) != np.shape(right) or not np.allclose(value, right)
    }


def _between(at_most):
    """Probabilities of the classes from those of lying at most in each."""
    rows = len(at_most)
    return np.diff(np.c_[np.zeros(rows), at_most, np.ones(rows)], axis=1)


def _mistakes(t, z):
    """What slips with thresholds and scores would give."""
    t, z = np.asarray(t, dtype=float), np.asarray(z, dtype=float)[:, None]
    at_most = expit(t - z)
    right, ones = _between(at_most), np.ones((len(z), 1))
    high = np.exp(np.c_[t - z, 0 * z])
    low = np.exp(np.c_[0 * z, z - t])
    product = np.c_[at_most, ones] * np.c_[ones, 1 - at_most]
    left = np.c_[ones, np.cumprod(1 - at_most, axis=1)]
    slips = {
        "are these the probabilities of lying at most in each class?": (
            np.c_[at_most, ones]
        ),
        "are these the probabilities of lying above each cut?": (
            np.c_[ones, 1 - at_most]
        ),
        "is the score added to the thresholds instead of taken off them?": (
            _between(expit(t + z))
        ),
        "is the highest class in the first column?": right[:, ::-1],
        "is the difference taken the other way round?": -right,
        "is it a softmax of the thresholds, which knows no order?": (
            high / high.sum(axis=1, keepdims=True)
        ),
        "is it a softmax with the lowest class for reference, which knows no order?": (
            low / low.sum(axis=1, keepdims=True)
        ),
        "are the log-odds those of a class once the lower ones are left out?": (
            np.c_[at_most, ones] * left
        ),
        "is it the product of two sigmoids, without its third factor?": product,
        "is it the product of two sigmoids, made to add up to 1?": (
            product / product.sum(axis=1, keepdims=True)
        ),
        "is it the bell of Gauss, instead of the slope of a sigmoid?": (
            _between(ndtr(t - z))
        ),
        "are the thresholds taken for gaps, and added up?": (
            _between(expit(np.cumsum(t) - z))
        ),
        "are probabilities written into an array of integers?": (
            _between(np.trunc(at_most))
        ),
    }
    return _unlike(slips, right)


def _rows(student, t, z, what):
    """Call class_probabilities and insist on a row per event, a column per class."""
    found = student.class_probabilities(t, z)
    n, k = len(z), len(t) + 1
    expect_shape(
        found,
        (n, k),
        what,
        mistakes={
            "is the highest or the lowest class missing?": (n, k - 1),
            "does each event have a column, instead of a row?": (k, n),
            "has a single event lost its row?": (k,),
            "is there one probability for each event?": (n,),
        },
    )
    return found


@read("sec-ordinal-bell")
def test_1_a_row_for_each_event_and_a_column_for_each_class(student):
    """Three thresholds make four classes; one threshold makes two."""
    score = inputs.numbers(inputs.draw(1), 7, -1, 1)
    for t in ([-1.0, 0.5, 2.0], [0.3], np.arange(7) / 2):
        for n in (7, 1):
            s, z = "s" * (n > 1), "s" * (len(t) > 1)
            what = f"class_probabilities of {n} event{s}, {len(t)} threshold{z}"
            _rows(student, np.array(t), score[:n], what)


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


@read("sec-ordinal-bell")
def test_3_far_out_one_class_is_left(student):
    """A score far below all cuts means the lowest class, far above the highest."""
    t, z = np.array([-2.0, 1.0, 3.0]), np.array([-40, 40])
    expect_close(
        _rows(student, t, z, "class_probabilities of 2 events, 3 thresholds"),
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
    z = np.array([0.0, -50.0, 50.0, 1.5])
    for t in (np.array([-800.0, 1.0, 800.0]), np.array([-800, -790, 0, 790, 800])):
        found = _rows(
            student, t, z, f"class_probabilities of 4 events, {len(t)} thresholds"
        )
        lost = np.isnan(np.asarray(found, dtype=float)).any()
        u = t - z[:, None]
        forgiven = _between(np.where(u > 700, 0, expit(u)))
        expect_close(
            found,
            _between(expit(u)),
            f"The table for cuts at {t.tolist()}, which nobody reaches at both ends,",
            mistakes={"is infinity divided by itself, and then taken for 0?": forgiven},
            hint="is e to the power 800, which is infinite, divided by itself?"
            if lost
            else "",
        )


@read("sec-ordinal")
def test_4_a_step_multiplies_the_odds_at_every_cut(student):
    """A score higher by d multiplies the odds of lying above any cut by exp(d)."""
    rng = inputs.draw(4)
    t, d = np.cumsum(rng.uniform(0.5, 2, 5)) - 3, rng.uniform(0.3, 1.5)
    z = inputs.numbers(rng, 7, -2, 2)
    above = []
    for score in (z, z + d):
        what = "class_probabilities of 7 events, 5 thresholds"
        p = np.asarray(_rows(student, t, score, what), dtype=float)
        sums = p.sum(axis=1)
        what = "The sums of the probabilities of each event"
        expect_close(sums, np.ones(7), what, atol=1e-5)
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
    )


@read("sec-ordinal")
def test_5_any_cuts_any_scores(student):
    """Whole cuts or not, near or far apart, one or seven: differences of sigmoids."""
    rng = inputs.draw(5)
    whole = np.array([-6, -3, 0, 1, 2, 5, 9])
    cuts = [whole[1:5], np.array([0.2]), np.sort(rng.normal(size=7)), whole]
    for t in cuts:
        scores = inputs.numbers(rng, 11, -4, 4), inputs.whole(rng, 13, -9, 9)
        for z in (*scores, scores[0][:1]):
            expect_close(
                student.class_probabilities(t, z),
                _between(expit(t - z[:, None])),
                f"The table for cuts at {np.round(t, 1).tolist()} and {len(z)} "
                f"score{'s' * (len(z) > 1)} of type {z.dtype}",
                mistakes=_mistakes(t, z),
            )


def _by_class(y, answer, error, classes=None):
    """Average an error within each class, then over the classes."""
    classes = np.unique(y) if classes is None else classes
    return np.mean([error((answer - y)[y == k]) for k in classes])


def _distance(miss):
    """Return the mean distance."""
    return np.mean(np.abs(miss))


def _slips(y, answer):
    """What other scores would give."""
    off, classes = np.abs(answer - y), np.unique(y)
    right = _by_class(y, answer, _distance)
    total = right * len(classes)
    order = np.unique(np.r_[y, answer])
    runs = [[off[i] for i in rows] for _, rows in groupby(range(len(y)), y.item)]
    missed = [np.mean(off[(y == k) & (off > 0)]) for k in classes if off[y == k].any()]
    slips = {
        "does every event count the same, instead of every class?": off.mean(),
        "is it the share of wrong answers, not their distance?": _by_class(
            y, answer, lambda miss: np.mean(miss != 0)
        ),
        "is the distance squared?": _by_class(y, answer, lambda m: np.mean(m**2)),
        "do answers too high and too low cancel each other?": _by_class(
            y, answer, np.mean
        ),
        "are the classes those of the answers instead of the truth?": np.mean(
            [np.mean(off[answer == k]) for k in np.unique(answer)]
        ),
        "is it the sum over the classes instead of the mean?": total,
        "is it the root of the mean square in each class?": _by_class(
            y, answer, lambda miss: np.sqrt(np.mean(miss**2))
        ),
        "is it the median distance in each class instead of the mean?": _by_class(
            y, answer, lambda miss: np.median(abs(miss))
        ),
        "is it the median of the classes, instead of the mean?": np.median(
            [np.mean(off[y == k]) for k in classes]
        ),
        "is it the distance of the mean answer of each class?": _by_class(
            y, answer, lambda miss: abs(np.mean(miss))
        ),
        "are the right answers left out of the mean?": np.mean(missed or [0.0]),
        "is the mean taken over a class without events?": np.nan,
        "is the distance divided by the number of steps?": right / max(y.max(), 1),
        "is it the worst class instead of the mean?": max(
            np.mean(off[y == k]) for k in classes
        ),
        "does a class without events count too?": total / (1 + y.max()),
        "are the classes numbered anew, without those that nobody has?": _by_class(
            np.searchsorted(order, y), np.searchsorted(order, answer), _distance
        ),
        "are answers beyond the true classes moved to the nearest true one?": (
            _by_class(y, np.clip(answer, y.min(), y.max()), _distance)
        ),
        "does each run of equal classes count as a class?": np.mean(
            [np.mean(run) for run in runs]
        ),
        "is the highest class left out?": _by_class(
            y, answer, _distance, classes[: max(len(classes) - 1, 1)]
        ),
    }
    return _unlike(slips, right)


@read("sec-ordinal-error")
def test_6_the_lazy_answer(student):
    """Always 1, for classes 1, 4 and 7, is off by (0 + 3 + 6) / 3, any size."""
    y = inputs.shuffled(inputs.draw(6), np.repeat([1, 4, 7], [5, 2, 3]))[0]
    answer = np.ones(10, dtype=int)
    slips = _slips(y, answer)
    # one answer for all: grouped by answers, every event counts the same
    one = "are the classes those of the answers instead of the truth?"
    del slips[one]
    expect_close(
        student.ordinal_error(y, answer),
        3,
        "The error of always answering 1",
        mistakes=slips,
    )


@read("sec-ordinal-error")
def test_7_any_classes_any_answers(student):
    """Distances are averaged within each true class, then over the classes."""
    rng = inputs.draw(9)
    y = rng.choice([0, 1, 2, 4], 301, p=[0.6, 0.2, 0.15, 0.05])
    answer = np.clip(y + rng.choice([-2, -1, 0, 1, 1], 301), 0, 5)
    higher = rng.choice([3, 5, 12, 20], 71, p=[0.1, 0.5, 0.1, 0.3])
    cases = {
        "the classes 0, 1, 2 and 4": (y, answer),
        "the classes 3, 5, 12 and 20": (higher, higher + rng.integers(-3, 6, 71)),
        "a single class": (np.full(7, 2), np.array([2, 0, 3, 2, 6, 1, 2])),
        "a single event": (np.array([3]), np.array([5])),
        "a class of one event": (
            np.array([2, 7, 2, 4, 2, 4, 4]),
            np.array([2, 3, 1, 4, 5, 6, 4]),
        ),
        "answers that are all right": (y, y.copy()),
    }
    for what, (y, answer) in cases.items():
        off = [abs(int(a) - int(b)) for a, b in zip(y, answer, strict=True)]
        each = [
            np.mean([o for o, k in zip(off, y, strict=True) if k == one])
            for one in sorted(set(y.tolist()))
        ]
        expect_close(
            student.ordinal_error(y, answer),
            np.mean(each),
            f"ordinal_error with {what}",
            mistakes=_slips(y, answer) if len(y) > 1 else None,
        )
