"""Claims about a split search, event bootstraps and questions put to a model."""

import numpy as np

from mlearth.checks import deadline, expect, expect_close, octave_numbers, read

EVENTS = np.array(["a", "a", "b", "c", "c", "c", "d"])


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


def _draw(seed, n_events=8, n_rows=40):
    """Draw the earthquake of each row, and a bootstrap sample of earthquakes."""
    rng = np.random.default_rng(seed)
    events = rng.integers(n_events, size=n_rows) + 100
    return events, rng.choice(np.unique(events), n_events)


def _features(seed, n=30, m=3):
    """Draw features, targets and a shuffled order without a fixed row."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, m)) + np.arange(m)
    return X, rng.normal(size=n), np.roll(rng.permutation(n), 1)


@read("sec-impurity")
def test_1_a_question_by_hand(student):
    """Of y = 1, 1, 5, 7 at x = 1, 2, 8, 9 the best is x <= 5: variance 6.75 to 0.5."""
    x, y = [8.0, 1.0, 9.0, 2.0], [5.0, 1.0, 7.0, 1.0]
    expect_close(
        _asked(student, x, y, 1),
        [5, 6.25],
        "The threshold and the drop",
        mistakes={
            "is the threshold the largest value on the left?": [2, 6.25],
            "is the threshold the smallest value on the right?": [8, 6.25],
            "is it the variance that is left, instead of the drop?": [5, 0.5],
            "are these sums of squares, instead of variances?": [5, 25],
            "do the variances divide by n - 1?": [5, 8],
            "is x sorted, and y left as it was?": _best(np.sort(x), y),
            "are the samples not sorted by x at all?": [5.5, 25 / 12],
            "are the two answers exchanged?": [6.25, 5],
            "is it the worst of the questions?": [1.5, 25 / 12],
        },
    )


@read("sec-impurity")
def test_2_both_sides_count_by_their_samples(student):
    """Of y = 9, 0, 1, 2 one sample goes left and three right: 12.5 to 3/4 of 2/3."""
    x, y = [3.0, 1.0, 4.0, 2.0], [1.0, 9.0, 2.0, 0.0]
    expect_close(
        _asked(student, x, y, 1),
        [1.5, 12],
        "The threshold and the drop",
        mistakes={
            "is it the plain mean of both variances, whatever their samples?": (
                _best(x, y, weighted=False)
            ),
            "are both variances added?": [1.5, 12.5 - 2 / 3],
            "are the weights of left and right exchanged?": [1.5, 12.5 - 1 / 6],
        },
    )


@read("sec-impurity")
def test_3_equal_values_cannot_be_told_apart(student):
    """Of x = 2, 2, 2, 7, 7, 9 no question divides the three twos, or the sevens."""
    x, y = [2, 7, 2, 9, 7, 2], [0.0, 9.0, 0.0, 9.0, 9.0, 9.0]
    expect_close(
        _asked(student, x, y, 1),
        [4.5, 9],
        "The threshold and the drop",
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
        "The threshold and the drop",
        mistakes={
            "has one side fewer than min_leaf samples?": _best(x, y),
            "may a side have exactly min_leaf samples?": _best(x, y, min_leaf=3),
        },
    )


@read("sec-impurity")
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


@read("sec-impurity")
def test_6_of_equally_good_questions_the_lowest(student):
    """Of y = 0, 3, 3, 0 the first and the last cut gain the same 3/4."""
    expect_close(
        _asked(student, [4.0, 2.0, 1.0, 3.0], [0.0, 3.0, 0.0, 3.0], 1),
        [1.5, 0.75],
        "The threshold and the drop",
        mistakes={"does the last of equally good questions win?": [3.5, 0.75]},
    )


@read("sec-impurity")
def test_7_no_question_is_better(student):
    """For generated samples, whole numbers among them, no threshold gains more."""
    for seed, n, min_leaf in [(1, 23, 1), (2, 40, 7), (3, 31, 2), (4, 2, 1)]:
        rng = np.random.default_rng(seed)
        x = np.round(rng.normal(size=n), 1) if seed % 2 else rng.permutation(n)
        y = rng.normal(size=n) + (x > np.median(x))
        found, asked = _asked(student, x, y, min_leaf), _cuts(x, y, min_leaf)
        best, worst = asked[[np.argmax(asked[:, 1]), np.argmin(asked[:, 1])]]
        a_question = np.isclose(found, asked).all(axis=1).any()
        expect(
            not a_question or np.isclose(found, best).all() or found[1] <= worst[1],
            f"Of {n} samples x <= {found[0]:g} is chosen, which gains {found[1]:.3g}, "
            f"but x <= {best[0]:g} gains {best[1]:.3g}",
            "is every cut between two different values of x tried?",
        )
        expect_close(found, best, f"The threshold and the drop of {n} samples")


@read("sec-out-of-bag")
def test_8_every_record_of_each_drawn_earthquake(student):
    """Earthquakes c, a, c of seven records give c's rows twice and a's once."""
    rows, _ = student.event_bootstrap(EVENTS, ["c", "a", "c"])
    expect_close(
        np.sort(np.asarray(rows, dtype=float)),
        [0, 1, 3, 3, 4, 4, 5, 5],
        "The sorted rows",
        mistakes={
            "is an earthquake that was drawn twice there only once?": [0, 1, 3, 4, 5],
            "is each earthquake represented by its first record only?": [0, 3, 3],
            "are these the rows that were not drawn?": [2, 6],
            "has each earthquake lost its last record?": [0, 3, 3, 4, 4],
        },
        hint="is every row of each drawn earthquake there, as often as it was drawn?",
    )


@read("sec-out-of-bag")
def test_9_who_is_out_of_the_bag(student):
    """Earthquakes b and d were not drawn, so rows 2 and 6 are out of bag."""
    _, out = student.event_bootstrap(EVENTS, ["c", "a", "c"])
    out = np.asarray(out)
    expect(
        out.dtype.kind in "biuf",
        f"Out of bag are {out.tolist()}",
        "are these names of earthquakes instead of rows?",
    )
    expect_close(
        out.astype(float),
        [2, 6],
        "The rows out of bag",
        mistakes={
            "are these the rows in the bag?": [0, 1, 3, 4, 5],
            "are they listed from last to first?": [6, 2],
            "are these numbers of earthquakes instead of rows?": [1, 3],
            "is it a mask, instead of the numbers of the rows?": [0, 0, 1, 0, 0, 0, 1],
        },
    )


@read("sec-out-of-bag")
def test_10_no_earthquake_on_both_sides(student):
    """Of forty records of eight earthquakes, none out of bag has a sibling inside."""
    for seed in (1, 2, 3):
        events, drawn = _draw(seed)
        rows, out = student.event_bootstrap(events, drawn)
        rows, out = np.asarray(rows, dtype=int), np.asarray(out, dtype=int)
        last = max(rows.max(initial=0), out.max(initial=0))
        expect(
            last < events.size,
            f"There is a row {last} of {events.size} records",
            "are these names of earthquakes instead of rows?",
        )
        both = np.intersect1d(events[rows], events[out])
        expect(
            both.size == 0,
            f"{both.size} earthquakes have records in the bag and out of it",
        )
        sides = np.union1d(rows, out).size
        expect(
            sides == events.size,
            f"{events.size - sides} of {events.size} records are on neither side",
        )


@read("sec-importance")
def test_11_an_importance_by_hand(student):
    """For predict = x0 and x0 = y = 1, 3, 8, with 1 and 3 exchanged: 8/3, before 0."""
    found = student.permutation_importance(
        lambda X: X[:, 0],
        np.array([[1.0, 5.0], [3.0, 5.0], [8.0, 5.0]]),
        np.array([1.0, 3.0, 8.0]),
        [0],
        np.array([1, 0, 2]),
    )
    expect_close(
        found,
        8 / 3,
        "The rise of the error",
        mistakes={
            "is it the sum of squares, instead of their mean?": 8.0,
            "is it the root of the mean square?": np.sqrt(8 / 3),
            "is it the mean absolute error, instead of the mean square?": 4 / 3,
            "is the column set to its mean, instead of shuffled?": 26 / 3,
            "is it the error before minus the error after?": -8 / 3,
            "has nothing been shuffled?": 0.0,
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
    X[:, 1] = X[:, 0]

    def predict(X):
        return X[:, 0] + X[:, 1] + np.abs(X[:, 0] - X[:, 1])

    def error(first, second):
        Z = X.copy()
        Z[:, 0], Z[:, 1] = first, second
        return np.mean((y - predict(Z)) ** 2)

    x = X[:, 0]
    before, inverse = error(x, x), np.argsort(order)
    expect_close(
        student.permutation_importance(predict, X, y, [0, 1], order),
        error(x[order], x[order]) - before,
        "The rise of the error for columns 0 and 1",
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


@read("sec-importance")
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


@read("sec-importance")
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


@read("sec-importance")
def test_16_what_is_added_only_lifts_the_curve(student):
    """For predict = sin(x2) + x0 the curve of x2 is a sine, lifted by mean x0."""
    X, _, _ = _features(9)
    grid = np.linspace(0, 6, 12)
    lift = X[:, 0].mean()
    expect_close(
        student.partial_dependence(lambda X: np.sin(X[:, 2]) + X[:, 0], X, 2, grid),
        np.sin(grid) + lift,
        "The curve",
        mistakes={
            "has the mean been subtracted from the curve?": (
                np.sin(grid) - np.sin(grid).mean()
            ),
            "is the curve that of another feature?": (grid + np.sin(X[:, 2]).mean()),
            "does the curve begin at zero?": np.sin(grid) - np.sin(grid[0]),
        },
    )


# The search once more, in MATLAB

CASES = [
    # x, y, min_leaf, the threshold and the drop
    ("[3; 1; 4; 2]", "[1; 9; 2; 0]", 1, [1.5, 12]),
    ("[4, 1, 6, 2, 5, 3]", "[0, 12, 6, 0, 0, 0]", 2, [2.5, 4.5]),
    ("[2; 7; 2; 9; 7; 2]", "[0; 9; 0; 9; 9; 9]", 1, [4.5, 9]),
]


@deadline(12)
@read("sec-impurity")
def test_17_the_same_in_matlab(student):
    """best_threshold.m gives [threshold, drop] of columns and of rows, by hand."""
    calls = [", ".join(map(str, arguments)) for *arguments, _ in CASES]
    right = np.ravel([answer for *_, answer in CASES])
    twos = right.copy()
    twos[4:] = [2, 18]
    free = right.copy()
    free[2:4] = [1.5, 16.2]
    expect_close(
        octave_numbers(student, __file__, "best_threshold", calls, n_outputs=2),
        right,
        "[threshold, drop] of the three calls of best_threshold.m",
        mistakes={
            "in MATLAB, are samples of one x sent both ways?": twos,
            "in MATLAB, is min_leaf forgotten?": free,
            "in MATLAB, is the threshold a value of x, not halfway to the next?": (
                np.add(right, [-0.5, 0, -0.5, 0, -2.5, 0])
            ),
        },
        hint="var(y, 1) divides by n in MATLAB, and var(y) by n - 1",
    )
