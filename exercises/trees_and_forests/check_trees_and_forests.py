"""Claims about event bootstraps, permutation importance and partial dependence."""

import numpy as np

from mlearth.checks import expect, expect_close, read

EVENTS = np.array(["a", "a", "b", "c", "c", "c", "d"])


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


@read("sec-bagging")
def test_1_every_record_of_each_drawn_earthquake(student):
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


@read("sec-bagging")
def test_2_who_is_out_of_the_bag(student):
    """Earthquakes b and d were not drawn, so rows 2 and 6 are out of bag."""
    _, out = student.event_bootstrap(EVENTS, ["c", "a", "c"])
    expect_close(
        np.asarray(out, dtype=float),
        [2, 6],
        "The rows out of bag",
        mistakes={
            "are these the rows in the bag?": [0, 1, 3, 4, 5],
            "are they listed from last to first?": [6, 2],
            "are these numbers of earthquakes instead of rows?": [1, 3],
            "is it a mask, instead of the numbers of the rows?": [0, 0, 1, 0, 0, 0, 1],
        },
    )


@read("sec-bagging")
def test_3_no_earthquake_on_both_sides(student):
    """Of forty records of eight earthquakes, none out of bag has a sibling inside."""
    for seed in (1, 2, 3):
        events, drawn = _draw(seed)
        rows, out = student.event_bootstrap(events, drawn)
        rows, out = np.asarray(rows, dtype=int), np.asarray(out, dtype=int)
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
def test_4_an_importance_by_hand(student):
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
def test_5_the_error_before_is_subtracted(student):
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
def test_6_twins_are_shuffled_together(student):
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
def test_7_a_mean_by_hand(student):
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
def test_8_a_mean_of_predictions_not_a_prediction_for_means(student):
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
def test_9_what_is_added_only_lifts_the_curve(student):
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
