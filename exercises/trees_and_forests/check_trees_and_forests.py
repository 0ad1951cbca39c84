"""Claims about a split search, event bootstraps and questions put to a model."""

import numpy as np

from mlearth.checks import (
    deadline,
    expect,
    expect_close,
    inputs,
    octave_numbers,
    read,
)

EVENTS = np.array(
    ["ci1", "ci10", "ci2", "ci1", "b", "ci2", "ci1", "ci10", "b", "ci1a", "ci10"]
)


def _cuts(x, y, min_leaf=1, weighted=True, apart=True):
    """Return the threshold and the drop of every question, from low to high."""
    order = np.argsort(x, kind="stable")
    x, y = np.array(x, dtype=float)[order], np.array(y, dtype=float)[order]
    found = []
    for k in range(min_leaf, x.size - min_leaf + 1):
        if x[k - 1] < x[k] or not apart:
            sizes = [k, x.size - k] if weighted else [1, 1]
            inside = np.average([y[:k].var(), y[k:].var()], weights=sizes)
            found.append(((x[k - 1] + x[k]) / 2, y.var() - inside))
    return np.array(found)


def _best(x, y, **how):
    """Return the threshold and the drop of the best question."""
    found = _cuts(x, y, **how)
    return found[np.argmax(found[:, 1])]


def _asked(student, x, y, min_leaf):
    """Ask the student for the best question; return its two numbers."""
    answer = student.best_threshold(np.array(x), np.array(y), min_leaf)
    expect(
        isinstance(answer, tuple | list | np.ndarray) and len(answer) == 2,
        "best_threshold does not return two numbers, the threshold and the drop",
    )
    return np.array([float(np.squeeze(each)) for each in answer])


def _gaps(x, y):
    """Return the question with the largest gap between the means, and its drop."""
    found = _cuts(x, y)
    return found[
        np.argmax(
            [abs(np.mean(y[x <= cut]) - np.mean(y[x > cut])) for cut in found[:, 0]]
        )
    ]


def _features(seed, n=31, m=3):
    """Draw features, targets and a shuffled order without a fixed row."""
    rng = inputs.draw(seed)
    X = rng.normal(size=(n, m)) + np.arange(m)
    return X, rng.normal(size=n), np.roll(rng.permutation(n), 1)


@read("sec-impurity")
def test_1_a_question_by_hand(student):
    """Of y = 1, 1, 5, 7 at x = 1, 2, 8, 9 the best is x <= 5: variance 6.75 to 0.5."""
    x = np.array([8, 1, 9, 2])
    mistakes = {
        "is the threshold the largest value on the left?": [2, 6.25],
        "is the threshold the smallest value on the right?": [8, 6.25],
        "is it the variance that is left, instead of the drop?": [5, 0.5],
        "are these sums of squares, instead of variances?": [5, 25],
        "do the variances divide by n - 1?": [5, 8],
        "is x sorted, and y left as it was?": _best(np.sort(x), [5, 1, 7, 1]),
        "are the samples not sorted by x at all?": [5.5, 25 / 12],
        "are the two answers exchanged?": [6.25, 5],
        "is it the worst of the questions?": [1.5, 25 / 12],
    }
    for of, y in inputs.both_kinds([5, 1, 7, 1]):
        expect_close(
            _asked(student, x.astype(y.dtype), y, 1),
            [5, 6.25],
            f"[threshold, drop], from {of},",
            mistakes=mistakes,
        )


@read("sec-impurity")
def test_2_both_sides_count_by_their_samples(student):
    """Of y = 9, 0, 1, 2 one sample goes left and three right: 12.5 to 3/4 of 2/3."""
    x, y = [3.5, 0.25, 4.0, 1.75], [1.0, 9.0, 2.0, 0.0]
    expect_close(
        _asked(student, x, y, 1),
        [1, 12],
        "[threshold, drop]",
        mistakes={
            "is it the plain mean of both variances, whatever their samples?": (
                _best(x, y, weighted=False)
            ),
            "are both variances added?": [1, 12.5 - 2 / 3],
            "are the weights of left and right exchanged?": [1, 12.5 - 1 / 6],
        },
    )


@read("sec-split-search")
def test_3_equal_values_cannot_be_told_apart(student):
    """Of x = 2, 2, 2, 7, 7, 9 no question divides the three twos, or the sevens."""
    x, y = [2, 7, 2, 9, 7, 2], [0.0, 9.0, 0.0, 9.0, 9.0, 9.0]
    expect_close(
        _asked(student, x, y, 1),
        [4.5, 9],
        "[threshold, drop]",
        mistakes={
            "does a question divide samples with the same x?": (
                _best(x, y, apart=False)
            ),
            "are thresholds whole numbers, because x is?": [4, 9],
        },
    )


@read("sec-impurity")
def test_4_no_side_is_smaller_than_min_leaf(student):
    """Of y = 12, 0, 0, 0, 0, 6 the 12 may not stand alone if min_leaf is 2."""
    x, y = np.array([4.0, 1, 6, 2, 5, 3]), np.array([0.0, 12, 6, 0, 0, 0])
    expect_close(
        _asked(student, x, y, 2),
        [2.5, 4.5],
        "[threshold, drop]",
        mistakes={
            "has one side fewer than min_leaf samples?": _best(x, y),
            "may a side have exactly min_leaf samples?": _best(x, y, min_leaf=3),
        },
    )


@read("sec-split-search")
def test_5_nothing_to_ask(student):
    """With one value of x, or three samples and min_leaf 2, it is nan and 0."""
    for x, min_leaf, why in [
        ([3.0, 3.0, 3.0, 3.0], 1, "all x are equal"),
        ([1.0, 2.0, 3.0], 2, "3 samples cannot make two sides of 2"),
    ]:
        threshold, drop = _asked(student, x, np.arange(len(x)) * 2.0, min_leaf)
        expect(not np.isnan(drop), f"The drop is nan, where {why}")
        expect(np.isnan(threshold), f"The threshold is {threshold:g} where {why}")
        expect(drop == 0, f"The threshold is nan, but the drop {drop:g}, where {why}")


@read("sec-split-search")
def test_6_of_equally_good_questions_the_lowest(student):
    """Of y = 0, 3, 3, 0 the first and the last cut gain 3/4; of equal y all gain 0."""
    expect_close(
        _asked(student, [4.0, 2.0, 1.0, 3.0], [0.0, 3.0, 0.0, 3.0], 1),
        [1.5, 0.75],
        "[threshold, drop]",
        mistakes={"does the last of equally good questions win?": [3.5, 0.75]},
    )
    expect_close(
        _asked(student, [4.0, 2.0, 7.0, 3.0, 5.0], [3.0] * 5, 1),
        [2.5, 0],
        "[threshold, drop] where all y are equal",
        mistakes={
            "is there no question, because all are equally useless?": [np.nan, 0],
            "does the last of equally good questions win?": [6, 0],
        },
    )


@read("sec-split-search")
def test_7_no_question_is_better(student):
    """For generated samples, in small units and with ties too, none gains more."""
    for seed, n, min_leaf in [
        (1, 23, 1),
        (2, 41, 7),
        (3, 31, 3),
        (4, 2, 1),
        (5, 37, 1),
    ]:
        x, y, unit = _search(seed, n)
        found, asked = _asked(student, x, y, min_leaf), _cuts(x, y, min_leaf)
        found = found / [1, unit**2]
        asked = asked / [1, unit**2]
        best, worst = asked[[np.argmax(asked[:, 1]), np.argmin(asked[:, 1])]]
        a_question = np.isclose(found, asked).all(axis=1).any()
        gap, close = _gaps(x, y) / [1, unit**2], np.isclose(found, best).all()
        expect(
            not a_question or close or found[1] <= worst[1],
            f"Of {n} samples x <= {found[0]:g} is chosen, which gains {found[1]:.3g}, "
            f"but x <= {best[0]:g} gains {best[1]:.3g}",
            "is it where the means differ most, instead of what gains most?"
            if np.isclose(found, gap).all()
            else "",
        )
        expect_close(found, best, f"[threshold, drop] of {n} samples")


def _search(seed, n):
    """Draw x and y with one step, and the unit of y: x tied, whole, or far out once."""
    rng = inputs.draw(seed)
    unit = 1e-3 if seed == 2 else 1.0  # so a drop of 1e-12 is not small everywhere
    if seed == 3:
        x = inputs.tied(rng, n, 6, -2, 2)
    else:
        x = rng.permutation(n) if seed % 2 == 0 else np.round(rng.normal(size=n), 1)
    step = np.unique(x)[1] if seed == 3 else np.median(x)
    y = rng.normal(size=n) + (2 if seed == 3 else 1) * (x > step)
    if seed == 5:
        y[np.argmax(x)] = 2.5
    return x, unit * y, unit


def _as_rows(rows, what):
    """Return rows as numbers, if they are numbers that can stand in brackets."""
    kind = getattr(rows, "dtype", np.dtype(int)).kind
    expect(
        kind != "f",
        f"{what} are floats, which cannot index rows",
        "does an empty list become an array of floats?" if np.size(rows) == 0 else "",
    )
    return np.asarray(rows, dtype=int)


@read("sec-out-of-bag")
def test_8_every_record_of_each_drawn_earthquake(student):
    """Of eleven records, three drawn earthquakes give theirs, one of them twice."""
    rows, _ = student.event_bootstrap(EVENTS, ["ci1", "ci2", "ci1"])
    expect_close(
        np.sort(np.asarray(rows, dtype=float)),
        [0, 0, 2, 3, 3, 5, 6, 6],
        "The sorted rows",
        mistakes={
            "is an earthquake that was drawn twice there only once?": [0, 2, 3, 5, 6],
            "is each earthquake represented by its first record only?": [0, 0, 2],
            "are these the rows that were not drawn?": [1, 4, 7, 8, 9, 10],
            "has each earthquake lost its last record?": [0, 0, 2, 3, 3],
            "is an earthquake drawn whose name only begins alike?": np.sort(
                [0, 1, 3, 6, 7, 9, 10] * 2 + [2, 5]
            ),
        },
    )


@read("sec-out-of-bag")
def test_9_who_is_out_of_the_bag(student):
    """Three earthquakes of eleven records were not drawn: their rows, in order."""
    _, out = student.event_bootstrap(EVENTS, ["ci1", "ci2", "ci1"])
    out = np.asarray(out)
    expect(
        out.dtype.kind in "biuf",
        f"Out of bag are {out.tolist()}",
        "are these names of earthquakes instead of rows?",
    )
    expect_close(
        out.astype(float),
        [1, 4, 7, 8, 9, 10],
        "The list of rows out of bag",
        mistakes={
            "are these the rows in the bag?": [0, 2, 3, 5, 6],
            "are they listed from last to first?": [10, 9, 8, 7, 4, 1],
            "are they listed earthquake by earthquake?": [4, 8, 1, 7, 10, 9],
            "are these numbers of earthquakes instead of rows?": [0, 2, 3],
            "is it a mask, instead of the numbers of the rows?": (
                [0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 1]
            ),
            "is an earthquake in the bag whose name only begins alike?": [4, 8],
        },
    )


@read("sec-out-of-bag")
def test_10_no_earthquake_on_both_sides(student):
    """Of generated records, none out of bag has a sibling inside, and none is lost."""
    for seed, n_drawn in ((1, 7), (2, 3), (3, 1), (4, None), (5, 12)):
        rng = inputs.draw(seed)
        events = inputs.groups(rng, [9, 1, 6, 13, 4, 2, 6])
        names = np.unique(events)
        drawn = names if n_drawn is None else rng.choice(names[1:], n_drawn)
        rows, out = student.event_bootstrap(events, drawn)
        rows, out = _as_rows(rows, "The rows"), _as_rows(out, "The rows out of bag")
        last = int(max(rows.max(initial=0), out.max(initial=0)))
        expect(
            last < events.size,
            f"There is a row {last} of {events.size} records",
            "are these names of earthquakes instead of rows?",
        )
        n_both = np.intersect1d(events[rows], events[out]).size
        expect(
            n_both == 0,
            f"{n_both} earthquake{' has' if n_both == 1 else 's have'} records in the "
            "bag and out of it",
        )
        n_lost = events.size - np.union1d(rows, out).size
        expect(
            n_lost == 0,
            f"{n_lost} of {events.size} records {'is' if n_lost == 1 else 'are'} on "
            "neither side",
        )
        times = np.bincount(rows, minlength=events.size)
        should = np.array([np.sum(drawn == event) for event in events])
        expect_close(
            times,
            should,
            "The number of times that each row is in the bag",
            mistakes={
                "is an earthquake that was drawn twice there only once?": should > 0,
            },
            hint="are more rows drawn than the table has?"
            if len(rows) == events.size < should.sum()
            else "",
        )


@read("sec-importance")
def test_11_an_importance_by_hand(student):
    """For predict = x0 and x0 = y = 8, 1, 3, with 1 and 3 exchanged: 8/3, before 0."""
    for of, y in inputs.both_kinds([8, 1, 3]):
        X, order = (
            np.array([[8, 5], [1, 5], [3, 5]], dtype=y.dtype),
            np.array([0, 2, 1]),
        )
        expect_close(
            student.permutation_importance(lambda X: X[:, 0], X, y, [0], order),
            8 / 3,
            f"The rise of the error, from {of},",
            mistakes={
                "is it the sum of squares, instead of their mean?": 8.0,
                "is it the root of the mean square?": np.sqrt(8 / 3),
                "is it the mean absolute error, instead of the mean square?": 4 / 3,
                "is the column set to its mean, instead of shuffled?": 26 / 3,
                "is it the error before minus the error after?": -8 / 3,
                "has nothing been shuffled?": 0.0,
            },
        )
        expect_close(
            student.permutation_importance(
                lambda X: X[:, 0] / 2, X, y, [0], np.array([1, 2, 0])
            ),
            (0.5**2 + 1**2 + 7.5**2 - 0.5**2 - 1.5**2 - 4**2) / 3,
            f"The rise of the error for predict = x0 / 2, from {of},",
            mistakes={
                "are the predictions cut to whole numbers?": (
                    (0 + 1 + 64 - 1 - 4 - 16) / 3
                ),
                "is it the error before minus the error after?": -13.0,
            },
        )
        expect_close(
            student.permutation_importance(lambda X: X[:, 0], X[order], y, [0], order),
            -8 / 3,
            f"The rise of the error where shuffling happens to help, from {of},",
            mistakes={
                "is a rise below 0 taken for 0?": 0.0,
                "is the sign of the rise taken away?": 8 / 3,
            },
        )


@read("sec-importance")
def test_12_the_error_before_is_subtracted(student):
    """A model that ignores the shuffled columns loses nothing, however bad it is."""
    X, y, order = _features(5)
    found = student.permutation_importance(lambda X: 7 * X[:, 1], X, y, [0, 2], order)
    error = np.mean((y - 7 * X[:, 1]) ** 2)
    shuffled = np.mean((y - 7 * X[order, 1]) ** 2)
    expect_close(
        found,
        0.0,
        "The rise of the error",
        mistakes={
            "is it the error with shuffled columns, without subtracting the other?": (
                error
            ),
            "have all columns been shuffled, instead of those asked for?": (
                shuffled - error
            ),
            "is one error divided by the other, instead of subtracted?": 1.0,
            "have you shuffled y as well?": (
                np.mean((y[order] - 7 * X[:, 1]) ** 2) - error
            ),
        },
    )


@read("sec-importance")
def test_13_twins_are_shuffled_together(student):
    """Of two equal columns, both together cost what the one signal is worth."""
    X, y, order = _features(6)
    X[:, 2] = X[:, 0]

    def predict(X):
        return X[:, 0] + X[:, 2] + np.abs(X[:, 0] - X[:, 2]) * X[:, 1]

    def error(first, second):
        Z = X.copy()
        Z[:, 2], Z[:, 0] = first, second
        return np.mean((y - predict(Z)) ** 2)

    x = X[:, 0]
    before, inverse = error(x, x), np.argsort(order)
    expect_close(
        student.permutation_importance(predict, X, y, [2, 0], order),
        error(x[order], x[order]) - before,
        "The rise of the error for columns 2 and 0",
        mistakes={
            "is only the first of the columns shuffled?": (
                lambda: error(x[order], x) - before
            ),
            "does each column get an order of its own?": (
                lambda: error(x[order], x[order][order]) - before
            ),
            "are the rises of single columns added?": (
                lambda: error(x[order], x) + error(x, x[order]) - 2 * before
            ),
            "does row order[i] take the values of row i, instead of the reverse?": (
                lambda: error(x[inverse], x[inverse]) - before
            ),
        },
    )


@read("sec-dependence")
def test_14_a_mean_by_hand(student):
    """For predict = 10 x0 + x1 and x1 = 1, 3, setting x0 to 0 and 2 gives 2 and 22."""
    X = np.array([[5.0, 1.0], [6.0, 3.0]])
    found = student.partial_dependence(
        lambda X: 10 * X[:, 0] + X[:, 1], X, 0, np.array([0.0, 2.0])
    )
    expect_close(
        found,
        [2, 22],
        "The two means",
        mistakes={
            "are they sums over the rows, instead of means?": [4, 44],
            "is the value added to the feature, instead of put in its place?": [57, 77],
            "has another feature been set?": [55, 57],
            "are they predictions for the first row alone?": [1, 21],
            "is the mean taken over the grid, instead of over the rows?": [11, 13],
            "is there one value for each row, without the mean?": ([[1, 3], [21, 23]]),
        },
    )
    whole = student.partial_dependence(
        lambda X: 10 * X[:, 0] + X[:, 1], X.astype(int), 0, np.array([0.5, 1.75])
    )
    expect_close(
        whole,
        [7, 19.5],
        "The two means of 0.5 and 1.75, where the features are whole numbers",
        mistakes={
            "are the values cut to whole numbers, as an array of them does?": [2, 12],
            "are the values rounded to whole numbers?": [2, 22],
        },
    )


@read("sec-dependence")
def test_15_a_mean_of_predictions_not_a_prediction_for_means(student):
    """For predict = x0 x1^2 the slope is the mean of x1^2, not the mean squared."""
    X, _, _ = _features(8)
    grid = np.linspace(-1, 2, 5)
    expect_close(
        student.partial_dependence(lambda X: X[:, 0] * X[:, 1] ** 2, X, 0, grid),
        grid * np.mean(X[:, 1] ** 2),
        "The curve",
        mistakes={
            "is it the prediction for a row of means, instead of the mean of all?": (
                grid * np.mean(X[:, 1]) ** 2
            ),
            "is it the median instead of the mean?": (grid * np.median(X[:, 1] ** 2)),
            "is it the prediction for a row of medians?": (
                grid * np.median(X[:, 1]) ** 2
            ),
        },
    )


@read("sec-dependence")
def test_16_what_is_added_only_lifts_the_curve(student):
    """For predict = sin(x2) + x0 the curve of x2 is a sine, lifted by mean x0."""
    X, _, _ = _features(9)
    for grid in (np.linspace(0, 6, 13), np.array([4, -1, 2, 9, 2, 0, 5])):
        lift, curve = X[:, 0].mean(), np.sin(grid)
        n, right = len(grid), np.sin(grid) + X[:, 0].mean()
        expect_close(
            student.partial_dependence(lambda X: np.sin(X[:, 2]) + X[:, 0], X, 2, grid),
            right,
            f"The curve over a grid of {n}",
            mistakes={
                "has the mean been subtracted from the curve?": curve - curve.mean(),
                "is the curve that of another feature?": grid + np.sin(X[:, 2]).mean(),
                "does the curve begin at zero?": curve - curve[0],
                "is the curve cut to whole numbers, the type of the grid?": (
                    np.trunc(right)
                ),
                "is the grid sorted, so that the curve is in another order?": (
                    np.sin(np.sort(grid)) + lift
                ),
                "is the grid sorted, and each of its values asked for once?": (
                    np.sin(np.unique(grid)) + lift
                ),
                "does the curve stop where the data do?": (
                    np.sin(np.clip(grid, X[:, 2].min(), X[:, 2].max())) + lift
                ),
            },
        )
    share = student.partial_dependence(
        lambda X: (X[:, 0] > X[:, 1]).astype(int), X, 0, np.array([1.0, -0.4, 2.0])
    )
    right = np.array([np.mean(X[:, 1] < value) for value in (1.0, -0.4, 2.0)])
    expect_close(
        share,
        right,
        "The list of three means of predictions that are 0 or 1",
        mistakes={
            "are they cut to whole numbers, the type of the predictions?": (
                np.trunc(right)
            ),
            "is it the prediction for a row of means, instead of the mean of all?": (
                np.greater([1.0, -0.4, 2.0], np.mean(X[:, 1]))
            ),
        },
    )


# The search once more, in MATLAB

CASES = [
    # x, y, min_leaf, the threshold and the drop
    ("[3; 1; 4; 2]", "[1; 9; 2; 0]", 1, [1.5, 12]),
    ("[4, 1, 6, 2, 5, 3]", "[0, 12, 6, 0, 0, 0]", 2, [2.5, 4.5]),
    ("[2; 7; 2; 9; 7; 2]", "[0; 9; 0; 9; 9; 9]", 1, [4.5, 9]),
    ("[40, 20, 10, 30]", "[0, 3, 0, 3]", 1, [15, 0.75]),
    ("[3; 3; 3]", "[1; 4; 2]", 1, [np.nan, 0]),
    ("[3, 1, 2]", "[1, 4, 2]", 2, [np.nan, 0]),
    ("[6; 8; 7]", "[5; 5; 5]", 1, [6.5, 0]),
]


SLIPS = {
    # the mistake, and what it gives in which of the cases
    "are samples of one x sent both ways?": {2: [2, 18], 4: [3, 14 / 9]},
    "is min_leaf forgotten?": {1: [1.5, 16.2], 5: [1.5, 14 / 9]},
    "is the threshold a value of x, not halfway to the next?": {0: [1, 12]},
    "is the variance of y one that divides by n - 1? var(y, 1) divides by n": {
        0: [1.5, 12 + 12.5 / 3]
    },
    "do all variances divide by n - 1? var(y, 1) divides by n": {
        0: [1.5, 12.5 * 4 / 3 - 0.75]
    },
    "is the number of samples counted wrongly where x and y are rows?": {
        1: [np.nan, 0]
    },
    "does the last of equally good questions win?": {3: [35, 0.75], 6: [7.5, 0]},
    "is there no question, because all are equally useless?": {6: [np.nan, 0]},
}


@deadline(12)
@read("sec-trees-in-matlab")
def test_17_the_same_in_matlab(student):
    """best_threshold.m gives [threshold, drop] of columns and of rows, by hand."""
    calls = [", ".join(map(str, arguments)) for *arguments, _ in CASES]
    found = octave_numbers(student, __file__, "best_threshold", calls, n_outputs=2)
    expect(
        len(found) == 2 * len(calls),
        f"The {len(calls)} calls of best_threshold.m give {len(found)} numbers instead "
        f"of {2 * len(calls)}",
        "does each call give one threshold and one drop?",
    )
    for k, (call, (*_, answer)) in enumerate(zip(calls, CASES, strict=True)):
        expect_close(
            found[2 * k : 2 * k + 2],
            answer,
            f"[threshold, drop] of best_threshold({call})",
            mistakes={
                f"in MATLAB, {question}": given[k]
                for question, given in SLIPS.items()
                if k in given
            },
        )
