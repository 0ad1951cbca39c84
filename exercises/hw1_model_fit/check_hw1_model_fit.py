"""Claims about the twelve functions of homework 1, and about b_value.m."""

import sys

import numpy as np

from mlearth.checks import (
    deadline,
    expect,
    expect_close,
    expect_shape,
    octave_numbers,
    read,
)

KEPT = vars(sys).setdefault("_hw1_model_fit", {})
"""What takes long and never changes, kept while this process lives: an instructor's
process judges a hundred answers with these checks."""


def _kept(key, make):
    if key not in KEPT:
        KEPT[key] = make()
    return KEPT[key]


# ---------------------------------------------------------------------------
# (a) Ground motion
# ---------------------------------------------------------------------------


@read("hw1-ground-motion")
def test_1_two_records_by_hand(student):
    """With h = 6 km, R = 8 km makes log10(10), and the last column stays 8."""
    M, R, h = np.array([6.0, 4.5]), np.array([8.0, 2.5]), 6.0
    r, one = np.sqrt(R**2 + h**2), np.ones(2)  # 10 and 6.5 km

    def rows(third, last=R):
        return np.column_stack([one, M, third, last])

    A = student.attenuation_matrix(M, R, h)
    expect_shape(
        A,
        (2, 4),
        "The design matrix of 2 records",
        mistakes={
            "do the records lie along the columns instead of the rows?": (4, 2),
            "is the column of ones, or another one, missing?": (2, 3),
        },
    )
    expect_close(
        A,
        rows(np.log10(r)),
        "The design matrix",
        mistakes={
            "is the logarithm a natural one?": rows(np.log(r)),
            "is the last column sqrt(R^2 + h^2), as in the weekly exercise?": (
                rows(np.log10(r), r)
            ),
            "is h left out of the logarithm?": rows(np.log10(R)),
            "is h added to R, instead of their squares?": rows(np.log10(R + h)),
            "is the square root of R^2 + h^2 missing?": rows(2 * np.log10(r)),
            "is h not squared?": rows(np.log10(R**2 + h) / 2),
            "are the last two columns in the wrong order?": rows(R, np.log10(r)),
        },
    )


@read("hw1-ground-motion")
def test_2_the_grid_finds_the_best_h(student):
    """Of seven depths, the one with the least squared residuals is returned."""
    rng = np.random.default_rng(2)
    M, R = rng.uniform(4, 7, 40), 10 ** rng.uniform(0, 2, 40)
    y = -1.5 + 0.7 * M - 0.65 * np.log10(R**2 + 7**2) - 0.003 * R
    y += rng.normal(0, 0.02, 40)
    grid, fits = np.array([2.0, 3.5, 5.0, 7.0, 10.0, 14.0, 20.0]), {}
    for h in grid:
        A = np.column_stack([np.ones(40), M, np.log10(R**2 + h**2) / 2, R])
        theta = np.linalg.pinv(A) @ y
        fits[h] = np.sum((A @ theta - y) ** 2), theta
    best = min(grid, key=lambda h: fits[h][0])
    worst = max(grid, key=lambda h: fits[h][0])
    theta, h_km = student.fit_attenuation(M, R, y, grid)
    expect_shape(theta, (4,), "The first of the two things that are returned")
    expect_close(
        [*theta, h_km],
        [*fits[best][1], best],
        "[c0, c1, c2, c3, h]",
        mistakes={
            "is it the place of h in the grid, instead of h?": [*fits[best][1], 3],
            "is it the sum of squares, instead of h?": [*fits[best][1], fits[best][0]],
            "are these the coefficients of the last h that was tried?": (
                [*fits[20.0][1], best]
            ),
            "is it the h with the largest residuals?": [*fits[worst][1], worst],
        },
    )


def _system(seed, n=12, p=3):
    """Return A, y, and what least squares leaves: residuals and (A.T A)^-1."""
    rng = np.random.default_rng(seed)
    A = np.column_stack([np.ones(n), rng.uniform(1, 4, (n, p - 1))])
    y = A @ np.arange(1.0, p + 1) + rng.normal(0, 0.5, n)
    inverse = np.linalg.pinv(A)
    return A, y, y - A @ (inverse @ y), inverse @ inverse.T


@read("sec-standard-errors")
def test_3_ordinary_errors_count_the_coefficients(student):
    """Twelve records and three coefficients leave 9 degrees of freedom."""
    A, y, e, C = _system(seed=3)
    shape, rss = np.sqrt(np.diag(C)), e @ e
    expect_close(
        student.ordinary_errors(A, y),
        shape * np.sqrt(rss / 9),
        "The list of standard errors",
        mistakes={
            "have you divided the squared residuals by n instead of n - p?": (
                shape * np.sqrt(rss / 12)
            ),
            "have you divided the squared residuals by n - 1?": (
                shape * np.sqrt(rss / 11)
            ),
            "is the bias counted twice? The column of ones is one of the p": (
                shape * np.sqrt(rss / 8)
            ),
            "are these variances, with their square root missing?": (
                np.diag(C) * rss / 9
            ),
            "have you inverted the diagonal instead of the matrix A.T @ A?": (
                np.sqrt(rss / 9 / np.sum(A**2, axis=0))
            ),
        },
    )


@read("hw1-sandwich")
def test_4_two_earthquakes_by_hand(student):
    """The mean of 0, 2 and of 4, 10, from two earthquakes, has the error 3."""
    # Residuals -4, -2 and 0, 6; sums -6 and 6; 72 / 4^2 = 4.5; times 2/1 * 3/3 = 9.
    y, events = np.array([0.0, 2.0, 4.0, 10.0]), np.array([1, 1, 2, 2])
    expect_close(
        student.clustered_errors(np.ones((4, 1)), y, events),
        [3.0],
        "The standard error of the mean",
        mistakes={
            "are the records treated as independent?": [np.sqrt(14 / 3)],
            "is the small-sample factor left out?": [np.sqrt(4.5)],
            "does the factor multiply the error instead of the variance?": (
                [2 * np.sqrt(4.5)]
            ),
            "is it a variance, with its square root missing?": [9.0],
            "have you averaged within an earthquake, instead of summing?": [1.5],
            "is one of the two slices of bread missing?": [6.0],
            "are the scores made of y, instead of its residuals?": [5.0],
            "does G count the records instead of the earthquakes?": [np.sqrt(6)],
        },
    )


def _sandwich(A, e, groups, factor=None):
    """Clustered errors by adding up outer products, one earthquake after another."""
    n, p = A.shape
    C, names = np.linalg.inv(A.T @ A), list(dict.fromkeys(groups))
    meat = np.zeros((p, p))
    for name in names:
        score = sum(e[i] * A[i] for i in range(n) if groups[i] == name)
        meat += np.outer(score, score)
    G = len(names)
    if factor is None:
        factor = G / (G - 1) * (n - 1) / (n - p)
    return np.sqrt(np.diag(C @ meat @ C) * factor)


@read("hw1-sandwich")
def test_5_seven_earthquakes_in_any_order(student):
    """Records may come in any order, and the factor is G/(G-1) (n-1)/(n-p)."""
    A, y, e, C = _system(seed=5, n=20)
    events = np.array(list("cabcdaebfagcbaddegfa"))  # 7 names, 20 records
    runs = np.cumsum(np.r_[0, events[1:] != events[:-1]])
    expect_close(
        student.clustered_errors(A, y, events),
        _sandwich(A, e, events),
        "The list of clustered errors",
        mistakes={
            "are the records treated as independent?": lambda: _sandwich(
                A, e, np.arange(20)
            ),
            "have the residuals lost their signs?": _sandwich(A, abs(e), events),
            "does G count the records instead of the earthquakes?": (
                _sandwich(A, e, events, 20 / 17)
            ),
            "are the records treated as independent, with one variance?": (
                np.sqrt(np.diag(C) * (e @ e) / 17)
            ),
            "is the small-sample factor left out?": _sandwich(A, e, events, 1),
            "is the factor's (n - 1)/(n - p) missing?": _sandwich(A, e, events, 7 / 6),
            "is the factor's G/(G - 1) missing?": _sandwich(A, e, events, 19 / 17),
            "does the factor multiply the error instead of the variance?": (
                _sandwich(A, e, events, (7 / 6 * 19 / 17) ** 2)
            ),
            "is it a variance, with its square root missing?": (
                _sandwich(A, e, events) ** 2
            ),
            "do the records of an earthquake have to be neighbours in your table?": (
                _sandwich(A, e, runs)
            ),
        },
    )


@read("hw1-sandwich")
def test_6_a_copy_is_no_news(student):
    """Four copies of every record, in the same earthquake, teach nothing new."""
    A, y, _, _ = _system(seed=6, n=60, p=2)
    events = np.repeat(np.arange(12), 5)
    once = np.asarray(student.clustered_errors(A, y, events))
    again = np.asarray(
        student.clustered_errors(np.tile(A, (4, 1)), np.tile(y, 4), np.tile(events, 4))
    )
    # Only the factor changes: sqrt((239/238) / (59/58)) is 0.994.
    expect_close(
        again / once,
        np.ones(2),
        "The error from four copies, divided by the error from one,",
        rtol=0.02,
        mistakes={"are the records treated as independent?": [0.5, 0.5]},
    )


def _ridgecrest():
    from mlearth.datasets import load_ridgecrest_ground_motion

    motion = load_ridgecrest_ground_motion()
    columns = motion.magnitude, motion.rupture_distance_km, motion.pga_percent_g
    M, R, pga = (column.to_numpy() for column in columns)
    return M, R, np.log10(pga), motion.event_id.to_numpy()


@read("hw1-ground-motion")
def test_7_ridgecrest(student):
    """At Ridgecrest shaking grows 10^0.65 to 10^0.78 times per unit of magnitude."""
    M, R, y, events = (column.copy() for column in _kept("Ridgecrest", _ridgecrest))
    theta, h = student.fit_attenuation(M, R, y, np.array([0.5, 2.0, 32.0]))
    expect(0.65 < theta[1] < 0.78, f"c1 is {theta[1]:.3f}, not between 0.65 and 0.78")
    expect(-1.4 < theta[2] < -1.0, f"c2 is {theta[2]:.3f}, not between -1.4 and -1")
    A = np.asarray(student.attenuation_matrix(M, R, h))
    ratio = np.asarray(student.clustered_errors(A, y, events)) / np.asarray(
        student.ordinary_errors(A, y)
    )
    expect(
        5 < ratio[1] < 20,
        f"The clustered error of c1 is {ratio[1]:.2f} times the ordinary one, and the "
        "131 earthquakes should make it several times larger",
    )


# ---------------------------------------------------------------------------
# (b) Blasts
# ---------------------------------------------------------------------------


def _pocket(X, y, eta, n_epochs, slip=""):
    """Run a pocket perceptron that makes one mistake; return w, b and the count."""
    w, b, kept = np.zeros(X.shape[1]), 0.0, (np.zeros(X.shape[1]), 0.0, len(y))
    for _ in range(n_epochs + {"fewer": -1, "more": 1}.get(slip, 0)):
        for i in range(len(y)):
            if y[i] * (X[i] @ w + b) <= 0:
                w = w + eta * y[i] * X[i]
                b = b + {"bias": 0, "bare bias": 1}.get(slip, eta) * y[i]
                if slip != "epoch":
                    kept = _better(kept, w, b, X, y, slip)
        if slip == "epoch":
            kept = _better(kept, w, b, X, y, slip)
    last = np.sum(y * (X @ w + b) <= 0)
    return {
        "last": [*w, b, last],
        "alias": [*w, kept[1], kept[2]],
        "old bias": [*kept[0], b, kept[2]],
    }.get(slip, [*kept[0], kept[1], kept[2]])


def _better(kept, w, b, X, y, slip):
    right = X @ w + b
    count = np.sum(y * right < 0) if slip == "boundary" else np.sum(y * right <= 0)
    ties = slip == "ties" and count == kept[2]
    return (w, b, int(count)) if count < kept[2] or ties else kept


def _mixed(seed, n, spread=1.0):
    """Two overlapping clouds, three of four events being earthquakes."""
    rng = np.random.default_rng(seed)
    y = np.where(rng.random(n) < 0.75, 1.0, -1.0)
    return rng.normal(0, spread, (n, 2)) + np.outer(y, [1.0, -0.4]) + [0.3, 0], y


@read("hw1-pocket")
def test_8_the_pocket_of_sixteen_events(student):
    """On 16 events that no line parts, the pocket holds the best of all boundaries."""
    X, y = _mixed(seed=575, n=16)
    X = np.round(X)  # some events come to lie on a boundary
    slips = {
        "is it the last boundary instead of the best?": "last",
        "did the weights in the pocket move on: are they a copy?": "alias",
        "is the bias in the pocket the last one?": "old bias",
        "is it one epoch too few?": "fewer",
        "is it one epoch too many?": "more",
        "does an equally good boundary replace the one in the pocket?": "ties",
        "is the pocket looked at once per epoch only, not after every move?": "epoch",
        "does an event on the boundary count as right?": "boundary",
        "does the bias stay at zero?": "bias",
        "is eta left out in the step of the bias?": "bare bias",
    }
    w, b, n_wrong = student.pocket_perceptron(X, y, 0.25, 2)
    right = _pocket(X, y, 0.25, 2)
    expect_close(
        [*w, b, n_wrong],
        right,
        "[w1, w2, b, wrong]",
        mistakes={
            question: _pocket(X, y, 0.25, 2, slip) for question, slip in slips.items()
        }
        | {
            "is the learning rate eta left out?": np.multiply(right, [4, 4, 4, 1]),
            "is the step twice too long, as with y minus the answer?": (
                np.multiply(right, [2, 2, 2, 1])
            ),
            "are these the events that it gets right?": [*right[:3], 16 - right[3]],
            "is it the share of wrong events, not their number?": (
                [*right[:3], right[3] / 16]
            ),
        },
    )


@read("hw1-pocket")
def test_9_the_count_is_true(student):
    """The boundary that is returned gets wrong as many events as it says."""
    X, y = _mixed(seed=14, n=70)
    w, b, n_wrong = student.pocket_perceptron(X, y, 1.0, 3)
    counted = int(np.sum(y * (X @ np.asarray(w) + b) <= 0))
    expect(
        counted == n_wrong,
        f"The count is {n_wrong}, and the boundary gets {counted} of 70 wrong",
    )
    last = _pocket(X, y, 1.0, 3, "last")[3]
    expect(n_wrong <= last, f"The count is {n_wrong}, and the last boundary has {last}")


@read("hw1-adaline")
def test_10_the_end_of_adaline(student):
    """The boundary is the one with the least squares to the labels -1 and +1."""
    X, y = _mixed(seed=15, n=25)
    X = X + np.array([0, 3])

    def fit(labels, bordered=True):
        A = np.column_stack([X, np.ones(25)]) if bordered else X
        found = np.linalg.lstsq(A, labels)[0]
        return found if bordered else [*found, 0.0]

    w, b = student.least_squares_classifier(X, y)
    expect_close(
        [*w, b],
        fit(y),
        "[w1, w2, b]",
        mistakes={
            "are the labels 0 and 1, instead of -1 and +1?": fit((y + 1) / 2),
            "is the bias forgotten?": lambda: fit(y, bordered=False),
            "does the bias come first, before the weights?": np.roll(fit(y), 1),
            "does it answer +1 for -1?": -fit(y),
        },
    )


def _scores(X, y, X_new, y_new, mean, spread, score=np.mean, n_epochs=4):
    """Score both classifiers on the new events; the features are scaled as told."""
    Z, Z_new = (X - mean[0]) / spread[0], (X_new - mean[-1]) / spread[-1]
    *w, b, _ = _pocket(Z, y, 1.0, n_epochs)
    A = np.column_stack([Z, np.ones(len(Z))])
    *v, c = np.linalg.solve(A.T @ A, A.T @ y)
    scores = []
    for weights, bias in ((w, b), (v, c)):
        right = np.where(Z_new @ weights + bias > 0, 1, -1) == y_new
        recalls = right[y_new > 0].mean(), right[y_new < 0].mean()
        scores.append(right.mean() if score is None else score(recalls))
    return scores


def _moments(*tables):
    return [t.mean(axis=0) for t in tables], [t.std(axis=0) for t in tables]


@read("hw1-adaline")
def test_11_new_events_are_scored_fairly(student):
    """Balanced accuracy on new events, scaled with the training events alone."""
    X, y = _mixed(seed=133, n=60, spread=0.9)
    X_new, y_new = _mixed(seed=134, n=41, spread=1.1)
    X, X_new = X * [8, 0.5], (X_new + np.array([0.5, 0.9])) * [8, 0.5]
    both, plain = np.concatenate([X, X_new]), ([np.zeros(2)], [np.ones(2)])
    data, own = (X, y, X_new, y_new), _moments(X)
    right = _scores(*data, *own)
    found = student.compare_classifiers(*data, 4)
    expect_shape(found, (2,), "compare_classifiers")
    sample = [own[0], [X.std(axis=0, ddof=1)]]
    if np.allclose(found, _scores(*data, *sample)):
        return  # standardised with ddof=1, accepted too
    expect_close(
        found,
        right,
        "[pocket, least squares]",
        mistakes={
            "are the features scaled with training and test events together?": (
                _scores(*data, *_moments(both))
            ),
            "are the test events scaled with their own mean and deviation?": (
                _scores(*data, *_moments(X, X_new))
            ),
            "are the test events not scaled?": _scores(
                *data,
                [X.mean(axis=0), np.zeros(2)],
                [X.std(axis=0), np.ones(2)],
            ),
            "are the features not standardised?": _scores(*data, *plain),
            "is it the accuracy over all events, not the balanced one?": (
                _scores(*data, *own, score=None)
            ),
            "is it the share of the +1 alone?": _scores(
                *data, *own, score=lambda two: two[0]
            ),
            "is it the share of the -1 alone?": _scores(
                *data, *own, score=lambda two: two[1]
            ),
            "are the two shares added, but not halved?": np.multiply(right, 2),
            "are there always 20 epochs, instead of n_epochs?": (
                _scores(*data, *own, n_epochs=20)
            ),
            "is there one epoch only, instead of n_epochs?": (
                _scores(*data, *own, n_epochs=1)
            ),
            "are the two classifiers in the wrong order?": right[::-1],
            "are these the scores on the training events?": (_scores(X, y, X, y, *own)),
        },
    )


@read("hw1-adaline")
def test_12_units_do_not_matter(student):
    """Depth in metres instead of kilometres changes no score."""
    X, y = _mixed(seed=18, n=60)
    X_new, y_new = _mixed(seed=19, n=40)
    scale, shift = np.array([1000.0, 0.02]), np.array([5.0, -3.0])
    other = X * scale + shift, y, X_new * scale + shift, y_new
    expect_close(
        student.compare_classifiers(*other, 4),
        student.compare_classifiers(X, y, X_new, y_new, 4),
        "[pocket, least squares] in other units",
    )


# ---------------------------------------------------------------------------
# (c) The frequency-magnitude law
# ---------------------------------------------------------------------------

LOG_E = np.log10(np.e)


def _b(used, lower):
    """Return b and its error for the magnitudes that are used, above `lower`."""
    b = LOG_E / (np.mean(used) - lower)
    return np.array([b, b / np.sqrt(len(used))])


@read("hw1-b-value")
def test_13_four_earthquakes_by_hand(student):
    """Magnitudes 2, 2.1, 2.4 and 3.1, complete from 2, give b = 0.4343/0.4."""
    used = np.array([2.0, 2.1, 2.4, 3.1])
    every = np.array([2.4, 1.2, 3.1, 2.0, 2.1])
    b = _b(used, 2.0)
    expect_close(
        student.b_value(every, 2.0, 0),
        b,
        "[b, error]",
        mistakes={
            "is the factor log10(e) missing, so that it is beta?": b / LOG_E,
            "are earthquakes below the completeness used?": _b(every, 2.0),
            "is an earthquake just at the completeness left out?": _b(used[1:], 2.0),
            "is half a bin subtracted, though nothing is binned?": _b(used, 1.95),
            "does the error count earthquakes below the completeness?": (
                [b[0], b[0] / np.sqrt(5)]
            ),
            "is the error divided by n instead of its root?": [b[0], b[0] / 4],
            "is it the root of n - 1 by which the error is divided?": (
                [b[0], b[0] / np.sqrt(3)]
            ),
            "is it Shi and Bolt's error, not b / sqrt(n)?": (
                [b[0], np.log(10) * b[0] ** 2 * np.std(used) / np.sqrt(3)]
            ),
            "are the two numbers in the wrong order?": b[::-1],
            "is it the smallest magnitude of all that you subtract?": _b(used, 1.2),
        },
    )


@read("hw1-b-value")
def test_14_of_none_and_of_one(student):
    """No earthquake has no b, nan twice; one has a b, and an error as large."""
    none = np.asarray(student.b_value(np.array([1.2, 1.9]), 2.0, 0), dtype=float)
    expect(
        none.shape == (2,) and np.isnan(none).all(),
        f"With no magnitude from the completeness on, b_value returns {none.tolist()}",
        "are earthquakes below the completeness used?"
        if np.all(none)
        else "are both numbers nan where nothing is known?",
    )
    b = LOG_E / 0.5
    expect_close(
        student.b_value(np.array([1.2, 2.5]), 2.0, 0),
        [b, b],
        "[b, error] of one earthquake, 0.5 above the completeness,",
        mistakes={
            "is a single earthquake refused?": [np.nan, np.nan],
            "is the error of a single earthquake taken for unknown?": [b, np.nan],
            "is the error of a single earthquake taken for endless?": [b, np.inf],
            "is the error of a single earthquake taken for none?": [b, 0.0],
        },
    )


@read("hw1-rounding")
def test_15_half_a_bin(student):
    """Magnitudes in bins of 0.2 lie, on average, above 1.9 and not above 2."""
    used = np.array([2.0, 2.2, 2.4, 3.0])
    exact = np.log10(1 + 0.2 / 0.4) / 0.2
    expect_close(
        student.b_value(np.array([3.0, 1.8, 2.2, 2.0, 2.4]), 2.0, 0.2),
        _b(used, 1.9),
        "[b, error]",
        mistakes={
            "is the half bin forgotten?": _b(used, 2.0),
            "does the half bin have the wrong sign?": _b(used, 2.1),
            "is it a whole bin?": _b(used, 1.8),
            "is half a bin always 0.05, whatever the bin?": _b(used, 1.95),
            "is the factor log10(e) missing, so that it is beta?": (
                _b(used, 1.9) / LOG_E
            ),
            "is it the exact formula for bins, not the half bin asked for?": (
                [exact, exact / 2]
            ),
        },
    )


@read("hw1-rounding")
def test_16_round_first_cut_second(student):
    """Of a rounded catalogue, the first bin is full: what rounds up to it is in it."""
    m = 1.0 + np.random.default_rng(20).exponential(LOG_E / 1.2, 3000)
    rounded, tenths = np.round(m * 5) / 5, np.round(m, 1)
    early = rounded[m >= 2.0]
    rounded = rounded[rounded > 1.95]
    expect_close(
        student.b_value_rounded(m, 2.0, 0.2),
        _b(rounded, 1.9),
        "[b, error]",
        mistakes={
            "are the magnitudes cut before they are rounded?": _b(early, 1.9),
            "are the magnitudes not rounded?": _b(m[m >= 1.9], 1.9),
            "are the magnitudes not rounded, and cut at the completeness?": (
                _b(m[m >= 2.0], 1.9)
            ),
            "are they rounded to 0.1, whatever the bin?": (
                _b(tenths[tenths > 1.85], 1.9)
            ),
            "are they rounded to 0.1 and cut, whatever the bin?": (
                _b(tenths[tenths > 1.95], 1.9)
            ),
            "is half a bin always 0.05, whatever the bin?": _b(rounded, 1.95),
            "is the half bin forgotten?": _b(rounded, 2.0),
            "are the magnitudes rounded down?": lambda: _b(
                np.floor(m[m >= 2.0] * 5) / 5, 1.9
            ),
        },
        # Multiples of 0.2 differ in their last digit, and so do sums of a thousand.
        rtol=1e-6,
    )


@read("hw1-bootstrap")
def test_17_drawn_anew_with_replacement(student):
    """Every resample differs from the data and from the others; a seed repeats all."""
    m = 2.0 + np.random.default_rng(21).exponential(LOG_E, 80)
    first = student.b_interval(m, 2.0, 0, 0.9, 60, 1)
    expect_shape(first, (2,), "The interval")
    low, high = np.asarray(first)
    b = _b(m, 2.0)[0]
    wide = abs(high - low) > 1e-9  # sums in another order differ by less
    expect(
        wide or abs(low - b) > 1e-9,
        f"Both ends are {low:.4f}, the b of the data",
        "is each resample drawn with replacement?",
    )
    expect(
        wide,
        f"Both ends are {low:.4f}",
        "is the generator made anew for each resample, so that all are the same?",
    )
    expect(
        high > low, f"The ends are {low:.4f} and {high:.4f}", "is the lower end first?"
    )
    again, other = (student.b_interval(m, 2.0, 0, 0.9, 60, seed) for seed in (1, 2))
    expect(np.array_equal(first, again), "The same seed gives two intervals")
    expect(
        not np.array_equal(first, other),
        "Two seeds give the same interval",
        "is random_state used?",
    )
    below = np.append(m, 1.9 - m / 10)
    more = np.asarray(student.b_interval(below, 2.0, 0, 0.9, 60, 1))
    expect(
        np.allclose(first, more, rtol=1e-6),
        f"Earthquakes below the completeness move the interval from {low:.4f} and "
        f"{high:.4f} to {more[0]:.4f} and {more[1]:.4f}",
        "do they count in the drawing?",
    )


@read("hw1-bootstrap")
def test_18_as_wide_as_the_level_asks(student):
    """At 90 % the interval spans 2 * 1.645 standard errors."""
    # Evenly spread, 250 of them above 2, so that whoever believes the law is seen.
    m = 3.0 - 10 * np.random.default_rng(22).random(2500)
    middle, width = _interval(student, m, 2.0, 0, 1000)
    shares = "does np.percentile get shares? It counts in per cent"
    low = [shares] if -5 < middle < -1 else []
    expect(
        abs(middle) < 0.5 or width > 3.75,
        f"The middle of the interval lies {middle:.1f} standard errors from b",
        *low,
    )
    questions = {
        "does it leave out all of 1 - level on each side?": (2.2, 2.85),
        "is it one standard error to each side?": (1.8, 2.2),
        "are as many drawn as there are above the completeness?": (0.2, 1.8),
        "is the level always 95 %?": (3.75, 4.3),
        "does it come from the law, not from the earthquakes?": (5.2, 5.95),
        "are per cent and shares mixed up?": (5.95, 9),
    }
    hint = [text for text, (low, high) in questions.items() if low < width < high]
    # A 5 % quantile of 1000 is known to 0.07 standard errors, the width to 0.1.
    expect(
        2.85 < width < 3.75,
        f"The interval is {width:.2f} standard errors wide, and should be 3.29",
        *hint,
    )
    middle, _ = _interval(student, np.round(m * 5) / 5, 2.0, 0.2, 200)
    # Without the half bin, b is four of its standard errors larger.
    expect(
        abs(middle) < 1.2,
        "With bins of 0.2, the middle of the interval lies "
        f"{middle:.1f} standard errors from b",
        "is bin_width passed on?",
    )
    few = 2.0 + LOG_E * np.array([0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.2, 1.6, 4.5])
    low, high = np.sort(student.b_interval(few, 2.0, 0, 0.9, 1000, 4))
    b, _ = student.b_value(few, 2.0, 0)
    # Percentiles of 1000 resamples of ten earthquakes reach 3.0 +- 0.2 times as far up
    # as down, and a mean with its standard deviation 1.6 times.
    expect(
        high - b > 2.2 * (b - low),
        f"With ten earthquakes b is {b:.2f} and its interval {low:.2f} to {high:.2f}, "
        "and it should reach about three times as far up as down",
        "are they percentiles, or a mean and a standard deviation?",
    )


def _interval(student, m, completeness, bin_width, n_resamples):
    """Return the middle of the 90 % interval, from b, and its width [b's errors]."""
    used = m[m > completeness - bin_width / 2] if bin_width else m[m >= completeness]
    b, _ = student.b_value(m, completeness, bin_width)  # judged by its own claims
    # The mean magnitude varies by its own standard error, and b by the same share.
    above = np.mean(used - completeness) + bin_width / 2
    error = b * used.std() / above / np.sqrt(used.size)
    ends = student.b_interval(m, completeness, bin_width, 0.9, n_resamples, 3)
    # The bootstrap of a mean is centred to a fraction of its error.
    low, high = np.sort(ends)
    return float((low + high) / 2 - b) / error, float(high - low) / error


@read("hw1-regression")
def test_19_a_line_through_four_counts(student):
    """Thresholds 2, 2.5, 3 and 3.5 with 30, 10, 3 and 2 earthquakes."""
    each = np.array([20, 7, 1, 2])
    m = np.repeat([2.0, 2.5, 3.0, 3.5], each)
    m = np.random.default_rng(23).permutation(np.r_[m, np.full(15, 1.5)])

    def line(n, x, log=np.log10, free=2):
        y, d = log(np.asarray(n, float)), np.asarray(x) - np.mean(x)
        slope = d @ y / (d @ d)
        rss = np.sum((y - y.mean() - slope * d) ** 2)
        return np.array([-slope, np.sqrt(rss / (len(y) - free) / (d @ d))])

    x, n = np.array([2.0, 2.5, 3.0, 3.5]), [30, 10, 3, 2]
    right = line(n, x)
    expect_close(
        student.b_from_regression(m, 2.0, 0.5),
        right,
        "[b, error]",
        mistakes={
            "is the sign of b that of the slope?": right * [-1, 1],
            "is the logarithm a natural one?": line(n, x, np.log),
            "are these the counts in each bin, not the cumulative ones?": line(each, x),
            "is the last threshold, or the largest magnitude, left out?": (
                line(n[:-1], x[:-1])
            ),
            "are the counts those above a threshold, without those at it?": (
                line([10, 3, 2], x[:-1])
            ),
            "do the thresholds begin below the completeness?": (
                line([45, *n], [1.5, *x])
            ),
            "does the error divide by n instead of n - 2?": line(n, x, free=0),
            "is it the error of the intercept?": (right * [1, np.sqrt(np.mean(x**2))]),
            "is it b / sqrt(n), not the error of the line?": (
                right * [1, 0] + [0, right[0] / np.sqrt(30)]
            ),
        },
    )
    m = np.round(2.1 + 0.1 * np.repeat(np.arange(5), [9, 5, 4, 3, 2]), 1)
    x, n = 2.1 + 0.1 * np.arange(5), [23, 14, 9, 5, 2]
    exact = [np.sum(m >= threshold) for threshold in x]  # 2.1 + 2 * 0.1 > 2.3
    steps = [np.sum(m >= threshold) for threshold in np.arange(2.1, 2.55, 0.1)]
    expect_close(
        student.b_from_regression(m, 2.1, 0.1),
        line(n, x),
        "[b, error] with bins of 0.1",
        mistakes={
            "is 2.3 lost, because 2.1 + 2 * 0.1 is a little more?": line(exact, x),
            "are magnitudes at a threshold lost to rounding errors?": line(steps, x),
        },
    )


@read("hw1-b-value")
def test_20_switzerland(student):
    """The Swiss earthquakes of 2023, complete from 1.5, have b between 0.8 and 1.2."""
    from mlearth.datasets import load_swiss_events

    events = load_swiss_events()
    m = events.magnitude[events.event_type == "earthquake"].to_numpy()
    b, error = student.b_value(m, 1.5, 0)
    # 263 earthquakes: b is known to 6 %, and the bounds are three times as wide.
    expect(0.8 < b < 1.2, f"b is {b:.3f}, not between 0.8 and 1.2")
    expect(0.03 < error < 0.12, f"The error is {error:.4f}, not between 0.03 and 0.12")
    rounded, _ = student.b_value_rounded(m, 1.5, 0.1)
    expect(
        abs(rounded - b) < 0.06,
        f"b is {b:.3f} from continuous and {rounded:.3f} from rounded magnitudes",
    )


# ---------------------------------------------------------------------------
# (c) in MATLAB
# ---------------------------------------------------------------------------

CASES = [
    # magnitude, completeness, bin_width, used
    ("[2.4; 1.2; 3.1; 2.0; 2.1]", 2.0, 0.0, [2.0, 2.1, 2.4, 3.1]),
    ("[3.0, 1.8, 2.2, 2.0, 2.4]", 2.0, 0.2, [2.0, 2.2, 2.4, 3.0]),
]


@deadline(12)
@read("hw1-matlab")
def test_21_the_same_in_matlab(student):
    """b_value.m gives [b, b_error] of a column and of a row, by hand."""
    calls = [f"{m}, {mc:g}, {bin_width:g}" for m, mc, bin_width, _ in CASES]
    found = octave_numbers(student, __file__, "b_value", calls, n_outputs=2)

    def both(shift=lambda bin_width: bin_width / 2):
        return np.ravel([_b(used, mc - shift(bin)) for _, mc, bin, used in CASES])

    right = both()
    expect_close(
        found,
        right,
        "[b, b_error, b, b_error] of two calls of b_value.m",
        mistakes={
            "in MATLAB, is the factor log10(exp(1)) missing?": right / LOG_E,
            "in MATLAB, is the half bin forgotten?": both(lambda bin_width: 0),
            "in MATLAB, is the half bin always 0.05?": both(lambda bin_width: 0.05),
            "in MATLAB, are the magnitudes below the completeness used?": np.ravel(
                [_b([2.4, 1.2, 3.1, 2, 2.1], 2), _b([3, 1.8, 2.2, 2, 2.4], 1.9)]
            ),
            "in MATLAB, does b_error count earthquakes that are not used?": (
                right * np.tile([1, np.sqrt(4 / 5)], 2)
            ),
        },
    )


# ---------------------------------------------------------------------------
# (d) Validation
# ---------------------------------------------------------------------------


def _spy():
    """Make a model that answers 0 and writes down what it saw; and its notes."""
    notes = []

    class Spy:
        def fit(self, X, y):
            self.known = {int(row) for row in np.asarray(X)[:, 0]}
            return self

        def predict(self, X):
            asked = [int(row) for row in np.asarray(X)[:, 0]]
            notes.append((self.known, asked))
            return np.zeros(len(asked))

    return Spy(), notes


@read("hw1-validation")
def test_22_every_record_is_predicted_by_a_stranger(student):
    """Five folds of records and five of earthquakes; no fold sees itself."""
    events = np.repeat(np.arange(20), 6)
    X = np.column_stack([np.arange(120.0), events])
    model, notes = _spy()
    student.record_and_event_rmse(model, X, np.ones(120), events, 5, 0)
    for known, asked in notes:
        expect(
            known.isdisjoint(asked),
            f"A model has to predict {len(known.intersection(asked))} records that it "
            "was fitted to",
            "is the fold that is predicted left out of the fit?",
        )
    times = np.bincount([row for _, asked in notes for row in asked], minlength=120)
    expect(
        np.all(times == 2),
        f"A record is predicted {times[times != 2][:1]} times in the two rounds",
        "is every fold held out once?",
    )
    shared = [len({r // 6 for r in k} & {r // 6 for r in a}) for k, a in notes]
    expect(
        shared.count(0) > 0,
        "No fold holds whole earthquakes",
        "are the earthquakes dealt into folds for the second score?",
    )
    expect(
        len(notes) == 10 and shared.count(0) == 5,
        f"Of {len(notes)} folds {shared.count(0)} hold whole earthquakes, not 5 of 10",
        "are the records shuffled and dealt one by one for the first score?",
    )
    sizes = [len(asked) for _, asked in notes]
    expect(
        min(sizes) == max(sizes) == 24,
        f"The folds hold {min(sizes)} to {max(sizes)} of 120 records, not 24 each",
        "are the records dealt in turn, or is a fold drawn for each of them?",
    )
    student.record_and_event_rmse(model, X, np.ones(120), events, 5, 1)
    for whole, what in ((False, "records"), (True, "earthquakes")):
        # Two deals of 20 earthquakes agree once in 2.5 billion.
        first, second = (
            {
                frozenset(asked)
                for known, asked in half
                if whole is {r // 6 for r in known}.isdisjoint(r // 6 for r in asked)
            }
            for half in (notes[:10], notes[10:])
        )
        expect(
            first != second,
            f"Two seeds deal the {what} into the same folds",
            "is random_state used, and are they shuffled?",
        )


@read("hw1-validation")
def test_23_unequal_earthquakes(student):
    """Of eleven earthquakes with 1 to 40 records, a fold of four holds two or three."""
    rng = np.random.default_rng(23)
    n_records = [1, 40, 2, 9, 1, 3, 30, 5, 1, 17, 4]
    events = rng.permutation(np.repeat(np.arange(11), n_records))
    X = np.arange(float(events.size))[:, None]
    for seed in range(4):
        model, notes = _spy()
        student.record_and_event_rmse(model, X, np.ones(events.size), events, 4, seed)
        asked = [events[rows] for known, rows in notes]
        whole = [
            not set(events[list(known)]) & set(events[rows]) for known, rows in notes
        ]
        counts = [
            len(set(one))
            for one, is_whole in zip(asked, whole, strict=True)
            if is_whole
        ]
        expect(
            len(counts) == 4,
            f"Of {len(notes)} folds {len(counts)} hold whole earthquakes, not 4 of 8",
        )
        expect(
            max(counts) - min(counts) <= 1,
            f"The folds of whole earthquakes hold {counts} of 11 earthquakes",
            "do the folds hold equal numbers of earthquakes, or of records?",
        )
        sizes = [
            len(one) for one, is_whole in zip(asked, whole, strict=True) if not is_whole
        ]
        expect(
            max(sizes) - min(sizes) <= 1,
            f"The folds of records hold {sizes} of {events.size} records",
            "do the numbers of records in two folds differ by one at most?",
        )


class _Mean:
    """Predict the mean of what was fitted."""

    def fit(self, X, y):
        self.mean = np.mean(y)
        return self

    def predict(self, X):
        return np.full(len(X), self.mean)


@read("hw1-validation")
def test_24_four_earthquakes_by_hand(student):
    """With one earthquake in each fold, the error of the mean can be worked out."""
    events = np.array(list("bacddbdddcdd"))  # 1 a, 2 b, 2 c, 7 d
    y = np.array([2.0, 7.0, 1.0, 4.0, 3.5, 2.5, 4.0, 5.0, 3.0, 0.5, 4.5, 4.0])
    errors = {k: y[events == k] - np.mean(y[events != k]) for k in "abcd"}
    pooled = np.concatenate(list(errors.values()))
    means = [np.sqrt(np.mean(e**2)) for e in errors.values()]
    found = student.record_and_event_rmse(_Mean(), np.ones((12, 1)), y, events, 4, 0)
    expect_shape(found, (2,), "record_and_event_rmse")
    expect(
        not np.isclose(found[0], np.sqrt(np.mean(pooled**2))),
        "The first number is the error for new earthquakes",
        "are the two numbers in the wrong order?",
    )
    expect_close(
        found[1],
        np.sqrt(np.mean(pooled**2)),
        "The error for a new earthquake",
        mistakes={
            "have you averaged the errors of the folds, instead of all records?": (
                np.mean(means)
            ),
            "is it the mean square, with its root missing?": np.mean(pooled**2),
            "is it the mean absolute error?": np.mean(np.abs(pooled)),
            "is it the spread of the errors, without their mean?": np.std(pooled),
        },
    )


class _Memory:
    """Remember the mean of every earthquake, named by the only feature."""

    def fit(self, X, y):
        names = np.asarray(X)[:, 0]
        self.mean = {name: np.mean(y[names == name]) for name in np.unique(names)}
        return self

    def predict(self, X):
        return np.array([self.mean.get(name, 0.0) for name in np.asarray(X)[:, 0]])


@read("sec-splits")
def test_25_memory_helps_only_for_old_earthquakes(student):
    """A model that remembers earthquakes knows their other records, and no others."""
    rng = np.random.default_rng(28)
    events = rng.permutation(np.repeat(np.arange(15.0), 12))
    y = np.linspace(-1, 1, 15)[events.astype(int)]
    calls = [
        np.asarray(
            student.record_and_event_rmse(_Memory(), events[:, None], y, events, 5, s)
        )
        for s in (1, 1)
    ]
    # Twelve records of one earthquake in one of five folds: 15 * 5^-11, never.
    expect_close(
        calls[0],
        [0.0, np.sqrt(np.mean(y**2))],
        "[RMSE for records, RMSE for earthquakes]",
        mistakes={
            "are the two numbers in the wrong order?": [np.sqrt(np.mean(y**2)), 0.0],
        },
    )
    expect(np.array_equal(*calls), "The same seed gives two answers")
