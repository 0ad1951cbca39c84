"""Claims about the twelve functions of homework 1, and about b_value.m."""

import sys

import numpy as np

from mlearth.checks import (
    deadline,
    expect,
    expect_close,
    expect_shape,
    inputs,
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


def _motion(M, R, h, third=lambda R, h: np.log10(R**2 + h**2) / 2, last=None):
    """Return the design matrix, with another third or last column where it is told."""
    with np.errstate(divide="ignore"):
        R = np.asarray(R, float)
        return np.column_stack([R**0, M, third(R, h), R if last is None else last])


@read("hw1-ground-motion")
def test_1_two_records_by_hand(student):
    """With h = 6 km, R = 8 km makes log10(10), and the last column stays 8."""
    rng = inputs.draw(1)
    hand = np.array([6.0, 4.5]), np.array([8.0, 2.5]), 6.0  # slant 10 and 6.5 km
    expect_shape(
        student.attenuation_matrix(*hand),
        (2, 4),
        "The design matrix of 2 records",
        mistakes={
            "do the records lie along the columns instead of the rows?": (4, 2),
            "is the column of ones, or another one, missing?": (2, 3),
        },
    )
    cases = [(*hand, "")]
    whole = inputs.whole(rng, 7, 3, 7), inputs.whole(rng, 7, 1, 90)
    for kind, M in inputs.both_kinds(whole[0]):
        cases.append((M, whole[1].astype(M.dtype), 4, f" of 7 records, in {kind},"))
    far = np.append(inputs.numbers(rng, 6, 0.001, 400), 0.0)
    cases.append((inputs.numbers(rng, 7, -1, 9), far, 2.5, " of 7 records"))
    cases.append((np.array([5.1]), np.array([0.3]), 0.0, " of one record with h = 0"))
    for M, R, h, which in cases:
        slant = np.hypot(R, h)
        expect_close(
            student.attenuation_matrix(M, R, h),
            _motion(M, R, h),
            f"The design matrix{which}",
            mistakes={
                "is the logarithm a natural one?": _motion(
                    M, R, h, lambda R, h: np.log(R**2 + h**2) / 2
                ),
                "is the last column sqrt(R^2 + h^2), as in the weekly exercise?": (
                    _motion(M, R, h, last=slant)
                ),
                "is h left out of the logarithm?": _motion(
                    M, R, h, lambda R, h: np.log10(R)
                ),
                "is h added to R, instead of their squares?": _motion(
                    M, R, h, lambda R, h: np.log10(R + h)
                ),
                "is the square root of R^2 + h^2 missing?": _motion(
                    M, R, h, lambda R, h: np.log10(R**2 + h**2)
                ),
                "is h not squared?": _motion(
                    M, R, h, lambda R, h: np.log10(R**2 + h) / 2
                ),
                "are the last two columns in the wrong order?": (
                    _motion(M, R, h)[:, [0, 1, 3, 2]]
                ),
                "are the logarithms cut to whole numbers?": _motion(
                    M, R, h, lambda R, h: np.trunc(np.log10(R**2 + h**2) / 2)
                ),
            },
        )


def _shaking(seed, h=7):
    """Draw 41 records with a few large residuals."""
    rng = inputs.draw(seed)
    M, R = inputs.numbers(rng, 41, 4, 7), 10 ** inputs.numbers(rng, 41, 0, 2)
    y = -1.5 + 0.7 * M - 0.65 * np.log10(R**2 + h**2) - 0.003 * R
    return M, R, y + 0.05 * rng.standard_t(2, 41)


def _whole_shaking(seed):
    """Draw 23 records of whole numbers: the shaking is a count of some kind."""
    rng = inputs.draw(seed)
    M, R = inputs.whole(rng, 23, 3, 7), inputs.whole(rng, 23, 1, 90)
    return M, R, np.round(2 * M - 4 * np.log10(R)).astype(int)


def _tries(M, R, y, grid):
    """Return the residuals and the coefficients for every h of a grid."""
    tries = {}
    for h in grid:
        A = _motion(M, R, h)
        theta = np.linalg.pinv(A) @ y
        tries[h] = A @ theta - y, theta
    return tries


@read("hw1-ground-motion")
def test_2_the_grid_finds_the_best_h(student):
    """The h with the least squared residuals is returned, wherever it stands."""
    up = [0.0, 0.8, 7.0, 20.0, 29.0]
    cases = [  # the best in the middle, at the left end, at the right end, alone
        (*_shaking(15), [5.0, 20.0, 3.5, 7.0, 14.0, 2.0, 10.0], ""),
        (*_whole_shaking(2), [0, 3, 1, 8], ", from whole numbers,"),
        (*_shaking(14, h=0.1), up, ", from a grid that begins at 0,"),
        (*_shaking(6, h=40), up, ", from a grid that ends at 29,"),
        (*_shaking(9), [4.5], ", from a grid of one,"),
        (*_shaking(13), [0.5 * k for k in range(4, 23)], ", in a flat valley,"),
    ]
    for M, R, y, grid, which in cases:
        tries = _tries(M, R, y, grid)
        squares = [tries[h][0] @ tries[h][0] for h in grid]
        best, worst = grid[np.argmin(squares)], grid[np.argmax(squares)]
        bare = grid[np.argmin([np.sum(abs(tries[h][0])) for h in grid])]
        rises = np.flatnonzero(np.diff([*squares, np.inf]) > 0)
        theta, h_km = student.fit_attenuation(M, R, y, np.array(grid))
        expect_shape(theta, (4,), "The first of the two things that are returned")
        right = [*tries[best][1], best]
        expect_close(
            [*np.asarray(theta), h_km],
            right,
            f"[c0, c1, c2, c3, h]{which}",
            mistakes={
                "is it the place of h in the grid, instead of h?": (
                    [*right[:4], grid.index(best)]
                ),
                "is it the sum of squares, instead of h?": [*right[:4], min(squares)],
                "are these the coefficients of the last h that was tried?": (
                    [*tries[grid[-1]][1], best]
                ),
                "is it the h with the largest residuals?": [*tries[worst][1], worst],
                "does the search stop at the first h that is worse than the one "
                "before?": [*tries[grid[rises[0]]][1], grid[rises[0]]],
                "are the bare residuals added up, not their squares?": (
                    [*tries[bare][1], bare]
                ),
            },
        )


def _leftover(A, y):
    """Return what least squares leaves: the residuals and (A.T A)^-1."""
    inverse = np.linalg.pinv(A)
    return y - A @ (inverse @ y), inverse @ inverse.T


def _system(seed, n=13, p=3, ones=True):
    """Draw a design matrix, with a column of ones or without, and data."""
    rng = inputs.draw(seed)
    A = inputs.design(rng, n, p)
    if ones:
        A[:, 0] = 1
    y = A @ np.arange(1.0, p + 1) + rng.normal(0, 0.5, n) + 2 * rng.random()
    return A, y


def _whole_system(seed, n, p):
    """Draw a design matrix without a column of ones, and data, of whole numbers."""
    rng = inputs.draw(seed)
    A = np.column_stack([inputs.whole(rng, n, 1, 9) for _ in range(p)])
    return A, inputs.whole(rng, n, -7, 20)


@read("sec-standard-errors")
def test_3_ordinary_errors_count_the_coefficients(student):
    """Thirteen records and three coefficients leave 10 degrees of freedom."""
    cases = [
        (*_system(3), ""),
        (*_whole_system(4, 11, 2), " of two slopes without a bias, of whole numbers,"),
        (*_system(5, n=5, p=4, ones=False), " of four slopes from five records"),
        (*_system(6, n=7, p=1, ones=False), " of one slope"),
    ]
    for A, y, which in cases:
        (n, p), (e, C) = A.shape, _leftover(A, y)
        shape, rss = np.sqrt(np.diag(C)), e @ e
        expect_close(
            student.ordinary_errors(A, y),
            shape * np.sqrt(rss / (n - p)),
            f"The list of standard errors{which}",
            mistakes={
                "have you divided the squared residuals by n instead of n - p?": (
                    shape * np.sqrt(rss / n)
                ),
                "have you divided the squared residuals by n - 1?": (
                    shape * np.sqrt(rss / (n - 1))
                ),
                "is the bias counted twice? The column of ones is one of the p": (
                    shape * np.sqrt(rss / (n - p - 1))
                    if n > p + 1
                    else np.full(p, np.inf)
                ),
                "are these variances, with their square root missing?": (
                    np.diag(C) * rss / (n - p)
                ),
                "have you inverted the diagonal instead of the matrix A.T @ A?": (
                    np.sqrt(rss / (n - p) / np.sum(A**2, axis=0))
                ),
                "is the mean of the residuals taken off? It is 0 only beside a column "
                "of ones": shape * np.sqrt(np.sum((e - e.mean()) ** 2) / (n - p)),
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
            "is every record squared, before those of an earthquake are summed?": (
                [np.sqrt(7)]
            ),
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
    rng = inputs.draw(5)
    named = np.array(list("cabcdaebfagcbaddegfafcg"))  # 7 names, 23 records
    catalogue = 38457511 + inputs.groups(rng, [3, 1, 9, 2, 4])  # as Ridgecrest's
    cases = [
        (*_system(5, n=23), named, ""),
        (*_whole_system(6, 19, 2), catalogue, " of two slopes, from whole numbers,"),
        (*_system(7, n=17, p=1, ones=False), np.arange(17), " of 17 earthquakes"),
        (*_system(8, n=7, p=2), inputs.groups(rng, [3, 4]), " of two earthquakes"),
    ]
    for A, y, events, which in cases:
        (n, p), (e, C) = A.shape, _leftover(A, y)
        G = len(set(events))
        runs = np.cumsum(np.r_[0, events[1:] != events[:-1]])
        right = _sandwich(A, e, events)
        expect_close(
            student.clustered_errors(A, y, events),
            right,
            f"The list of clustered errors{which}",
            mistakes={
                "are the records treated as independent?": (
                    _sandwich(A, e, np.arange(n))
                ),
                "is every record squared, before those of an earthquake are summed?": (
                    _sandwich(A, e, np.arange(n), G / (G - 1) * (n - 1) / (n - p))
                ),
                "have the residuals lost their signs?": _sandwich(A, abs(e), events),
                "does G count the records instead of the earthquakes?": (
                    _sandwich(A, e, events, n / (n - p))
                ),
                "are the records treated as independent, with one variance?": (
                    np.sqrt(np.diag(C) * (e @ e) / (n - p))
                ),
                "is the small-sample factor left out?": _sandwich(A, e, events, 1),
                "is the factor's (n - 1)/(n - p) missing?": (
                    _sandwich(A, e, events, G / (G - 1))
                ),
                "is the factor's G/(G - 1) missing?": (
                    _sandwich(A, e, events, (n - 1) / (n - p))
                ),
                "does the factor multiply the error instead of the variance?": (
                    _sandwich(A, e, events, (G / (G - 1) * (n - 1) / (n - p)) ** 2)
                ),
                "is it a variance, with its square root missing?": right**2,
                "do the records of an earthquake have to be neighbours in your "
                "table?": _sandwich(A, e, runs),
                "are the scores made of y, instead of its residuals?": (
                    _sandwich(A, y, events)
                ),
            },
        )


@read("hw1-sandwich")
def test_6_a_copy_is_no_news(student):
    """Four copies of every record, in the same earthquake, teach nothing new."""
    A, y = _system(seed=6, n=61, p=2)
    events = inputs.groups(inputs.draw(6), [5] * 11 + [6])
    once = np.asarray(student.clustered_errors(A, y, events))
    again = np.asarray(
        student.clustered_errors(np.tile(A, (4, 1)), np.tile(y, 4), np.tile(events, 4))
    )
    # Only the factor changes: sqrt((243/242) / (60/59)) is 0.994.
    expect_close(
        again / once,
        np.ones(2),
        "The error from four copies, divided by the error from one,",
        rtol=0.02,
        mistakes={"are copies of one earthquake taken for independent?": [0.5, 0.5]},
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
    expect_shape(theta, (4,), "The list of coefficients")
    _, c1, c2, _ = np.asarray(theta)
    expect(0.65 < c1 < 0.78, f"c1 is {c1:.3f}, not between 0.65 and 0.78")
    expect(-1.4 < c2 < -1.0, f"c2 is {c2:.3f}, not between -1.4 and -1")
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
        before = kept[2]
        for i in range(len(y)):
            right = y[i] * (X[i] @ w + b)
            if right < 0 or (right == 0 and slip != "lazy"):
                w = w + eta * y[i] * X[i]
                b = b + {"bias": 0, "bare bias": 1}.get(slip, eta) * y[i]
                if slip != "epoch":
                    kept = _better(kept, w, b, X, y, slip)
        if slip == "epoch":
            kept = _better(kept, w, b, X, y, slip)
        if slip == "no gain" and kept[2] == before:
            break
    last = np.sum(y * (X @ w + b) <= 0)
    return {
        "last": [*w, b, last],
        "alias": [*w, kept[1], kept[2]],
        "old bias": [*kept[0], b, kept[2]],
    }.get(slip, [*kept[0], kept[1], kept[2]])


def _better(kept, w, b, X, y, slip):
    right = X @ w + b
    wrong = {
        "boundary": y * right < 0,
        "answers": np.where(right > 0, 1, -1) != y,
    }.get(slip, y * right <= 0)
    count = np.sum(wrong)
    ties = slip == "ties" and count == kept[2]
    return (w, b, int(count)) if count < kept[2] or ties else kept


def _mixed(seed, n, spread=1.0):
    """Two overlapping clouds, three of four events being earthquakes."""
    rng = inputs.draw(seed)
    y = np.where(rng.random(n) < 0.75, 1.0, -1.0)
    return rng.normal(0, spread, (n, 2)) + np.outer(y, [1.0, -0.4]) + [0.3, 0], y


def _whole_events(seed, n, p):
    """Draw events of whole numbers that no plane parts, and whole labels."""
    rng = inputs.draw(seed)
    y = inputs.classes(rng, n, 0.4, names=(1, -1))
    return np.round(rng.normal(0, 1.5, (n, p)) + 0.6 * y[:, None]).astype(int), y


SLIPS = {
    "is it the last boundary instead of the best?": "last",
    "did the weights in the pocket move on: are they a copy?": "alias",
    "is the bias in the pocket the last one?": "old bias",
    "is it one epoch too few?": "fewer",
    "is it one epoch too many?": "more",
    "does an equally good boundary replace the one in the pocket?": "ties",
    "is the pocket looked at once per epoch only, not after every move?": "epoch",
    "does an event on the boundary count as right?": "boundary",
    "does an event of -1 on the boundary count as right?": "answers",
    "does an event on the boundary not move it?": "lazy",
    "does the bias stay at zero?": "bias",
    "is eta left out in the step of the bias?": "bare bias",
    "does it stop after an epoch that has brought no gain?": "no gain",
}


@read("hw1-pocket")
def test_8_the_pocket_of_sixteen_events(student):
    """On 16 events that no line parts, the pocket holds the best of all boundaries."""
    X, y = _mixed(seed=575, n=16)
    X = np.round(X)  # some events come to lie on a boundary
    cases = [
        (X, y, 0.25, 2, "[w1, w2, b, wrong]"),
        (*_whole_events(848, 17, 3), 0.5, 9, "[w1, w2, w3, b, wrong]"),
        (*_whole_events(1, 7, 1), 0.25, 0, "[w1, b, wrong] after no epoch"),
    ]
    for X, y, eta, n_epochs, what in cases:
        w, b, n_wrong = student.pocket_perceptron(X, y, eta, n_epochs)
        *moved, wrong = right = _pocket(X, y, eta, n_epochs)
        steps = {
            "is the learning rate eta left out?": 1 / eta,
            "is the step twice too long, as with y minus the answer?": 2,
        }
        expect_close(
            [*np.asarray(w), b, n_wrong],
            right,
            what,
            mistakes={
                question: _pocket(X, y, eta, n_epochs, slip)
                for question, slip in SLIPS.items()
            }
            | {
                question: [*np.multiply(moved, by), wrong]
                for question, by in steps.items()
            }
            | {
                "are these the events that it gets right?": [*moved, len(y) - wrong],
                "is it the share of wrong events, not their number?": (
                    [*moved, wrong / len(y)]
                ),
            },
        )


@read("hw1-pocket")
def test_9_the_count_is_true(student):
    """The boundary that is returned gets wrong as many events as it says."""
    for X, y in (_mixed(seed=14, n=71), _whole_events(14, 71, 3)):
        w, b, n_wrong = student.pocket_perceptron(X, y, 1.0, 3)
        counted = int(np.sum(y * (X @ np.asarray(w) + b) <= 0))
        expect(
            counted == n_wrong,
            f"The count is {n_wrong}, and the boundary gets {counted} of 71 wrong",
        )
        last = _pocket(X, y, 1.0, 3, "last")[-1]
        expect(
            n_wrong <= last, f"The count is {n_wrong}, and the last boundary has {last}"
        )


@read("hw1-adaline")
def test_10_the_end_of_adaline(student):
    """The boundary is the one with the least squares to the labels -1 and +1."""
    cloud, labels = _mixed(seed=15, n=29)
    for X, y in ((cloud + np.array([0, 3]), labels), _whole_events(16, 13, 3)):
        n, p = X.shape
        A = np.column_stack([X, np.ones(n)])

        def fit(labels, A=A, weights=1.0):
            return np.linalg.pinv(A.T * weights @ A) @ (A.T * weights @ labels)

        right = fit(y)
        alike = np.where(y > 0, 1 / np.sum(y > 0), 1 / np.sum(y < 0))
        w, b = student.least_squares_classifier(X, y)
        expect_close(
            [*np.asarray(w), b],
            right,
            f"[{', '.join(f'w{k + 1}' for k in range(p))}, b]",
            mistakes={
                "are the labels 0 and 1, instead of -1 and +1?": fit((y + 1) / 2),
                "is the bias forgotten?": [*fit(y, X), 0.0],
                "does the bias come first, before the weights?": np.roll(right, 1),
                "does it answer +1 for -1?": -right,
                "is the bias the mean label, as if the features were centred?": (
                    [*right[:p], y.mean()]
                ),
                "do the two classes weigh alike, instead of the events?": (
                    fit(y, weights=alike)
                ),
            },
        )


def _scores(
    X, y, X_new, y_new, mean, spread, score=np.mean, n_epochs=4, on_line=-1, own=False
):
    """Score both classifiers on the new events; the features are scaled as told."""
    Z, Z_new = (X - mean[0]) / spread[0], (X_new - mean[-1]) / spread[-1]
    *w, b, _ = _pocket(Z, y, 1.0, n_epochs)
    A = np.column_stack([Z, np.ones(len(Z))])
    *v, c = np.linalg.solve(A.T @ A, A.T @ y)
    scores = []
    for weights, bias in ((w, b), (v, c)):
        net = Z_new @ weights + bias
        answer = np.where(net > 0, 1, np.where(net < 0, -1, on_line))
        right, by = answer == y_new, answer if own else y_new
        shares = right[by > 0].mean(), right[by < 0].mean()
        scores.append(right.mean() if score is None else score(shares))
    return scores


def _sound(student, X, y, n_epochs):
    """Say whether the two classifiers are right, so that it is the scores that err."""
    *w, b, _ = _pocket(X, y, 1.0, n_epochs)
    A = np.column_stack([X, np.ones(len(X))])
    pocket = student.pocket_perceptron(X, y, 1.0, n_epochs)
    line = student.least_squares_classifier(X, y)
    return np.allclose([*np.asarray(pocket[0]), pocket[1]], [*w, b]) and np.allclose(
        [*np.asarray(line[0]), line[1]], np.linalg.pinv(A) @ y
    )


def _moments(*tables):
    return [t.mean(axis=0) for t in tables], [t.std(axis=0) for t in tables]


def _few_events(seed):
    """Draw so few events that n or n - 1 in the deviation changes a score."""
    rng = inputs.draw(seed)
    y, y_new = (inputs.classes(rng, n, 0.4, (1, -1)) for n in (7, 19))
    X, X_new = (inputs.design(rng, len(each), 2) + each[:, None] for each in (y, y_new))
    return X, y, X_new, y_new


def _on_the_boundary(seed):
    """Draw events whose scaled features are exact, so that some lie on a boundary."""
    rng = inputs.draw(seed)
    columns = [inputs.shuffled(rng, np.repeat([2, 6], 7))[0] for _ in range(2)]
    X_new = np.column_stack([inputs.whole(rng, 13, 0, 8) for _ in range(2)])
    y = inputs.classes(rng, 14, 0.4, names=(1, -1))
    return np.column_stack(columns), y, X_new, inputs.classes(rng, 13, 0.4, (1, -1))


@read("hw1-adaline")
def test_11_new_events_are_scored_fairly(student):
    """Balanced accuracy on new events, scaled with the training events alone."""
    X, y = _mixed(seed=177, n=61, spread=0.9)
    X_new, y_new = _mixed(seed=178, n=41, spread=1.1)
    X, X_new = X * [8, 0.5], (X_new + np.array([0.5, 0.9])) * [8, 0.5]
    cases = [
        (X, y, X_new, y_new, 4, ""),
        (*_few_events(49), 3, " from seven events"),
        (*_on_the_boundary(1621), 2, ", some events being on the boundary,"),
    ]
    for X, y, X_new, y_new, n_epochs, which in cases:
        data, own = (X, y, X_new, y_new), _moments(X)
        both, plain = np.concatenate([X, X_new]), ([np.zeros(2)], [np.ones(2)])

        def told(*moments, data=data, n_epochs=n_epochs, **slip):
            return _scores(*data, *moments, **{"n_epochs": n_epochs} | slip)

        right = told(*own)
        found = student.compare_classifiers(*data, n_epochs)
        expect_shape(found, (2,), "compare_classifiers")
        sound = _sound(student, (X - own[0][0]) / own[1][0], y, n_epochs)
        expect_close(
            found,
            right,
            f"[pocket, least squares]{which}",
            mistakes={
                "are the features scaled with training and test events together?": (
                    told(*_moments(both))
                ),
                "are the test events scaled with their own mean and deviation?": (
                    told(*_moments(X, X_new))
                ),
                "are the test events not scaled?": told(
                    [X.mean(axis=0), np.zeros(2)], [X.std(axis=0), np.ones(2)]
                ),
                "are the features not standardised?": told(*plain),
                "is the deviation that of n - 1, unlike `np.std`?": (
                    told(own[0], [X.std(axis=0, ddof=1)])
                ),
                "is an event on the boundary answered +1?": told(*own, on_line=1),
                "is it the accuracy over all events, not the balanced one?": (
                    told(*own, score=None)
                ),
                "is it the share of the answers that are right, not of the events "
                "that are found?": told(*own, own=True),
                "is it the share of the +1 alone?": told(
                    *own, score=lambda two: two[0]
                ),
                "is it the share of the -1 alone?": told(
                    *own, score=lambda two: two[1]
                ),
                "are the two shares added, but not halved?": np.multiply(right, 2),
                "are there always 20 epochs, instead of n_epochs?": (
                    told(*own, n_epochs=20)
                ),
                "is there one epoch only, instead of n_epochs?": (
                    told(*own, n_epochs=1)
                ),
                "are the two classifiers in the wrong order?": right[::-1],
                "are these the scores on the training events?": (
                    told(*own, data=(X, y, X, y))
                ),
            }
            if sound
            else None,
        )


@read("hw1-adaline")
def test_12_units_do_not_matter(student):
    """Depth in metres instead of kilometres changes no score."""
    X, y = _mixed(seed=18, n=61)
    X_new, y_new = _mixed(seed=19, n=41)
    scale, shift = np.array([1000.0, 0.02]), np.array([5.0, -3.0])
    other = X * scale + shift, y, X_new * scale + shift, y_new
    expect_close(
        student.compare_classifiers(*other, 4),
        np.asarray(student.compare_classifiers(X, y, X_new, y_new, 4), dtype=float),
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


def _complete(m, completeness, bin_width):
    """Return the magnitudes from the completeness on, whatever their last digit."""
    return m[m > completeness - (bin_width / 2 or 1e-9)]


def _b_slips(m, completeness, bin_width):
    """What slips give that are possible with bins and without, by their question."""
    used = _complete(m, completeness, bin_width)
    start = completeness - bin_width / 2
    b, _ = right = _b(used, start)
    shi_bolt = np.log(10) * b**2 * np.std(used) / np.sqrt(max(used.size - 1, 1))
    slips = {
        "is the factor log10(e) missing, so that it is beta?": right / LOG_E,
        "are earthquakes below the completeness used?": _b(m, start),
        "does the error count earthquakes below the completeness?": (
            [b, b / np.sqrt(m.size)]
        ),
        "is the error divided by n instead of its root?": [b, b / used.size],
        "is it the root of n - 1 by which the error is divided?": (
            [b, b / np.sqrt(max(used.size - 1, 1))]
        ),
        "is it Shi and Bolt's error, not b / sqrt(n)?": [b, shi_bolt],
        "are the two numbers in the wrong order?": right[::-1],
        "is it the smallest magnitude of all that you subtract?": (
            _b(used, m.min() - bin_width / 2)
        ),
    }
    if not bin_width:
        return slips | {
            "is half a bin subtracted, though nothing is binned?": (
                _b(used, completeness - 0.05)
            ),
            "is an earthquake just at the completeness left out?": (
                _b(m[m > completeness], start)
            ),
        }
    bare = m[m >= completeness]
    exact = np.log10(1 + bin_width / np.mean(used - completeness)) / bin_width
    lost = "are earthquakes just at the completeness left out"
    if bare.size < used.size:
        lost = f"{lost}, as they may be stored as a little less"
    return slips | {
        f"{lost}?": _b(m[m > completeness + bin_width / 2], start),
        "are earthquakes of the bin below used too?": (
            _b(_complete(m, completeness - bin_width, bin_width), start)
        ),
        "is half a bin always 0.05, whatever the bin?": _b(used, completeness - 0.05),
        "is the half bin forgotten?": _b(used, completeness),
        "does the half bin have the wrong sign?": _b(
            used, completeness + bin_width / 2
        ),
        "is it a whole bin?": _b(used, completeness - bin_width),
        "is it the exact formula for bins, not the half bin asked for?": (
            [exact, exact / np.sqrt(used.size)]
        ),
    }


def _expect_b(student, cases):
    for m, completeness, bin_width, what in cases:
        used = _complete(m, completeness, bin_width)
        expect_close(
            student.b_value(m, completeness, bin_width),
            _b(used, completeness - bin_width / 2),
            what,
            mistakes=_b_slips(m, completeness, bin_width),
        )


@read("hw1-b-value")
def test_13_four_earthquakes_by_hand(student):
    """Magnitudes 2, 2.1, 2.4 and 3.1, complete from 2, give b = 0.4343/0.4."""
    rng = inputs.draw(13)
    swarm = np.append(inputs.numbers(rng, 22, -1.5, 2), -0.4)
    whole = inputs.whole(rng, 11, 1, 7)
    _expect_b(
        student,
        [
            (np.array([2.4, 1.2, 3.1, 2.0, 2.1]), 2.0, 0, "[b, error]"),
            (swarm, -0.4, 0, "[b, error] of 23 earthquakes, complete from -0.4,"),
            (whole, 3, 0, "[b, error] of magnitudes of an integer type"),
        ],
    )


@read("hw1-b-value")
def test_14_of_none_and_of_one(student):
    """No earthquake has no b, nan twice; one has a b, and an error as large."""
    few = np.array([1.2, 1.8])
    for m, bin_width in [(few, 0), (few, 0.2), (few[:0], 0)]:
        none = np.asarray(student.b_value(m, 2.0, bin_width), dtype=float)
        every = _b(m, 2.0 - bin_width / 2) if m.size else [0, 0]
        told = "are earthquakes below the completeness used?"
        expect(
            none.shape == (2,) and np.isnan(none).all(),
            "With no magnitude from the completeness on, b_value returns "
            f"{none.tolist()}",
            told
            if m.size and none.shape == (2,) and np.allclose(none, every)
            else "should both numbers be nan, where nothing is known?",
        )
    for bin_width, excess in [(0, 0.5), (0.2, 0.7), (1, 1.5)]:
        b = LOG_E / excess
        one = 2.0 + excess - bin_width / 2
        expect_close(
            student.b_value(np.array([2.0 - (bin_width or 0.8), one]), 2.0, bin_width),
            [b, b],
            f"[b, error] of one earthquake of magnitude {one:.1f}, with bins of "
            f"{bin_width},"
            if bin_width
            else "[b, error] of one earthquake, 0.5 above the completeness,",
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
    rng = inputs.draw(15)
    tenths = inputs.on_a_grid(rng, 2.1, 0.1, [4, 5, 9, 6, 0, 3, 2])
    steps = 0.3 * inputs.whole(rng, 23, -3, 6)  # -0.9 is stored as a little less
    whole = inputs.whole(rng, 11, 1, 7)
    _expect_b(
        student,
        [
            (np.array([3.0, 1.8, 2.2, 2.0, 2.4]), 2.0, 0.2, "[b, error]"),
            (tenths, 23 * 0.1, 0.1, "[b, error] with bins of 0.1, complete from 2.3,"),
            (steps, -0.3, 0.3, "[b, error] with bins of 0.3, complete from -0.3,"),
            (whole, 3, 1, "[b, error] of magnitudes of an integer type, bins of 1,"),
            (np.full(7, 1.5), 1.5, 0.5, "[b, error] of seven magnitudes of 1.5"),
        ],
    )


@read("hw1-rounding")
def test_16_round_first_cut_second(student):
    """Of a rounded catalogue, the first bin is full: what rounds up to it is in it."""
    rng = inputs.draw(20)
    m = 1.0 + rng.exponential(LOG_E / 1.2, 3001)
    few = m[:401]
    cases = [
        (m, 2.0, 0.2, ""),
        (few, 1.5, 0.5, " with bins of 0.5"),
        (few - 2, -0.6, 0.2, " of negative magnitudes too"),
        (few, 23 * 0.1, 0.1, " with bins of 0.1, complete from 2.3,"),
        (inputs.whole(rng, 23, 1, 11), 3, 3, " of integers, with bins of 3,"),
    ]
    for m, completeness, width, which in cases:
        start = completeness - width / 2
        kinds = {
            "rounded": np.round(m / width) * width,
            "down": np.floor(m / width + 1e-9) * width,
            "tenths": np.round(m, 1),
        }
        rounded = _complete(kinds["rounded"], completeness, width)
        early = kinds["rounded"][m >= completeness]
        tenths, down = kinds["tenths"], kinds["down"][m >= completeness]
        expect_close(
            student.b_value_rounded(m, completeness, width),
            _b(rounded, start),
            f"[b, error]{which}",
            mistakes={
                "are the magnitudes cut before they are rounded?": _b(early, start),
                "are the magnitudes not rounded?": _b(m[m >= start], start),
                "are the magnitudes not rounded, and cut at the completeness?": (
                    _b(m[m >= completeness], start)
                ),
                "are they rounded to 0.1, whatever the bin?": (
                    _b(tenths[tenths > start - 1e-9], start)
                ),
                "are they rounded to 0.1 and cut, whatever the bin?": (
                    _b(tenths[tenths > completeness - 0.05], start)
                ),
                "is half a bin always 0.05, whatever the bin?": (
                    _b(rounded, completeness - 0.05)
                ),
                "is the half bin forgotten?": _b(rounded, completeness),
                "are the magnitudes rounded down?": _b(down, start),
            },
            # Multiples of 0.2 differ in their last digit, and so do sums of a thousand.
            rtol=1e-6,
        )


@read("hw1-bootstrap")
def test_17_drawn_anew_with_replacement(student):
    """Every resample differs from the data and from the others; a seed repeats all."""
    m = 2.0 + inputs.draw(21).exponential(LOG_E, 83)

    def interval(m, n_resamples, seed, completeness=2.0, bin_width=0):
        found = student.b_interval(m, completeness, bin_width, 0.9, n_resamples, seed)
        expect_shape(found, (2,), "The interval")
        return np.asarray(found, dtype=float)

    first = low, high = interval(m, 60, 1)
    b = _b(m, 2.0)[0]
    # Sums in another order, or in single precision, differ by less.
    wide = abs(high - low) > 1e-5
    expect(
        wide or abs(low - b) > 1e-5,
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
    lone = interval(m, 1, 1)
    expect(
        abs(lone[1] - lone[0]) < 1e-5 * b,
        f"Of one resample, the ends are {lone[0]:.4f} and {lone[1]:.4f}, and both "
        "should be its b",
        "are there as many resamples as n_resamples says?",
    )
    again, other = (interval(m, 60, seed) for seed in (1, 2))
    expect(np.array_equal(first, again), "The same seed gives two intervals")
    expect(
        not np.array_equal(first, other),
        "Two seeds give the same interval",
        "is random_state used?",
    )
    widths = [
        np.ptp(np.asarray(student.b_interval(m, 2.0, 0, level, 400, 1), dtype=float))
        for level in (0.94, 0.95, 0.96)
    ]
    expect(
        np.all(np.diff(widths) > 0),
        "From the same seed, the intervals at 94, 95 and 96 % are "
        f"{widths[0]:.4f}, {widths[1]:.4f} and {widths[2]:.4f} wide, and each should "
        "be wider than the one before",
    )
    tenths = inputs.on_a_grid(inputs.draw(17), 2.3, 0.1, [31, 17, 0, 9, 4])
    for complete, below, law in [
        (m, 1.9 - m / 10, (2.0, 0)),
        (tenths, np.repeat([2.1, 2.2], [11, 29]), (2.3, 0.1)),
    ]:
        low, high = alone = interval(complete, 60, 1, *law)
        more = interval(np.append(complete, below), 60, 1, *law)
        expect(
            np.allclose(alone, more, rtol=1e-6),
            f"Earthquakes below the completeness move the interval from {low:.4f} and "
            f"{high:.4f} to {more[0]:.4f} and {more[1]:.4f}",
            "do they count in the drawing?",
        )


@read("hw1-bootstrap")
def test_18_as_wide_as_the_level_asks(student):
    """At 90 % the interval spans 2 * 1.645 standard errors."""
    # Evenly spread, 250 of them above 2, so that whoever believes the law is seen.
    rng = inputs.draw(22)
    m = 3.0 - 10 * rng.random(2503)
    middle, width = _interval(student, m, 2.0, 0, 1000)
    shares = "does np.percentile get shares? It counts in per cent"
    sound = np.allclose(
        np.asarray(student.b_value(m, 2.0, 0))[0], _spread(m, 2.0, 0)[0]
    )
    low = [shares] if sound and -3.5 < middle < -2 and width < 1.5 else []
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
    hint = [
        text for text, (low, high) in questions.items() if sound and low < width < high
    ]
    # A 5 % quantile of 1000 is known to 0.07 standard errors, the width to 0.1.
    expect(
        2.85 < width < 3.75,
        f"The interval is {width:.2f} standard errors wide, and should be 3.29",
        *hint,
    )
    # The ends are quantiles of 1000: their widths are known to 0.06 and to 0.22.
    for level, right, by in [(0.5, 1.35, 0.25), (0.99, 5.15, 0.85)]:
        _, width = _interval(student, m, 2.0, 0, 1000, level)
        expect(
            abs(width - right) < by,
            f"At {100 * level:.0f} % it is {width:.2f} standard errors wide, and "
            f"should be {right}",
            "is the level always 90 %?" if 2.85 < width < 3.75 else "",
        )
    tenths = inputs.on_a_grid(rng, 2.1, 0.1, [9, 31, 97, 48, 0, 23, 11, 5])
    fifths = np.round(m * 5) / 5
    whole = np.repeat([1, 2, 3, 4, 6], [11, 89, 41, 9, 2])
    least = np.append(m, np.full(60, 2.0))
    for kind, catalogue, completeness, bin_width in [
        ("bins of 0.2", fifths, 2.0, 0.2),
        ("bins of 0.1 from 2.3 on", tenths, 23 * 0.1, 0.1),
        ("integers and bins of 1", whole, 2, 1),
        ("60 earthquakes just at the completeness", least, 2.0, 0),
    ]:
        middle, _ = _interval(student, catalogue, completeness, bin_width, 200)
        b, error = _spread(catalogue, completeness, bin_width)
        used = _complete(catalogue, completeness, bin_width)
        above = used[used > completeness + (bin_width / 2 or 1e-9)]
        slips = {
            "is bin_width passed on?": _b(used, completeness),
            "are earthquakes just at the completeness left out?": (
                _b(above, completeness - bin_width / 2)
            ),
        }
        # Each slip moves the middle by two errors or more, the drawing by a fraction.
        expect(
            abs(middle) < 1.2,
            f"With {kind}, the middle of the interval lies {middle:.1f} standard "
            "errors from b",
            *(
                q
                for q, other in slips.items()
                if abs((other[0] - b) / error - middle) < 1
            ),
        )
    few = 2.0 + LOG_E * np.array([0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.2, 1.6, 4.5])
    low, high = np.sort(np.asarray(student.b_interval(few, 2.0, 0, 0.9, 1000, 4)))
    b, _ = _b(few, 2.0)
    # Percentiles of 1000 resamples of ten earthquakes reach 3.0 +- 0.2 times as far up
    # as down, and a mean with its standard deviation 1.6 times.
    expect(
        high - b > 2.2 * (b - low),
        f"With ten earthquakes b is {b:.2f} and its interval {low:.2f} to {high:.2f}, "
        "and it should reach about three times as far up as down",
        "are the percentiles turned around b?"
        if b - low > 1.5 * (high - b)
        else "are they percentiles, or a mean and a standard deviation?",
    )


def _spread(m, completeness, bin_width):
    """Return b and the error that its bootstrap finds."""
    used = _complete(m, completeness, bin_width)
    above = np.mean(used) - completeness + bin_width / 2
    # The mean magnitude varies by its own standard error, and b by the same share.
    return LOG_E / above, LOG_E / above**2 * used.std() / np.sqrt(used.size)


def _interval(student, m, completeness, bin_width, n_resamples, level=0.9):
    """Return the middle of the interval, from b, and its width [b's errors]."""
    b, _ = np.asarray(student.b_value(m, completeness, bin_width))  # has own claims
    _, error = _spread(m, completeness, bin_width)
    ends = student.b_interval(m, completeness, bin_width, level, n_resamples, 3)
    # The bootstrap of a mean is centred to a fraction of its error.
    low, high = np.sort(np.asarray(ends, dtype=float))
    return float((low + high) / 2 - b) / error, float(high - low) / error


def _line(n, x, log=np.log10, free=2):
    """Return -slope of the logarithms of counts, and its standard error."""
    y, d = log(np.asarray(n, float)), np.asarray(x) - np.mean(x)
    slope = d @ y / (d @ d)
    rss = np.sum((y - y.mean() - slope * d) ** 2)
    return np.array([-slope, np.sqrt(rss / (len(y) - free) / (d @ d))])


@read("hw1-regression")
def test_19_a_line_through_four_counts(student):
    """Thresholds 2, 2.5, 3 and 3.5 with 30, 10, 3 and 2 earthquakes."""
    rng = inputs.draw(19)
    cases = [  # the bins below the completeness, and those from it on
        ([15], [20, 7, 1, 2], 2.0, 0.5, ""),
        ([4, 4], [9, 5, 4, 3, 2], 23 * 0.1, 0.1, " with bins of 0.1, from 2.3 on,"),
        ([3], [11, 9, 0, 4, 2, 0, 0, 1], 2.1, 0.1, " with empty bins of 0.1"),
        ([5], [8, 0, 5, 3, 0, 1], 0.3, 0.3, " with empty bins of 0.3"),
        ([2, 1], [7, 4, 0, 1], 3, 1, " of integers, with bins of 1,"),
    ]
    for below, each, first, width, which in cases:
        k = np.arange(-len(below), len(each))
        m = inputs.on_a_grid(rng, k[0] * width + first, width, below + each)
        if width == 1:
            m = m.astype(int)
        x, n = first + width * np.arange(len(each)), np.cumsum(each[::-1])[::-1]
        met = np.array(each) > 0
        bare = np.array([np.sum(m >= threshold) for threshold in x])
        right = _line(n, x)
        expect_close(
            student.b_from_regression(m, first, width),
            right,
            f"[b, error]{which}",
            mistakes={
                "is the sign of b that of the slope?": right * [-1, 1],
                "is the logarithm a natural one?": _line(n, x, np.log),
                "are these the counts in each bin, not the cumulative ones?": (
                    _line(each, x)
                ),
                "is the last threshold, or the largest magnitude, left out?": (
                    _line(n[:-1], x[:-1])
                ),
                "are the counts those above a threshold, without those at it?": (
                    _line(n[1:], x[:-1])
                ),
                "do the thresholds begin below the completeness?": (
                    _line(
                        [*(np.cumsum(below[::-1])[::-1] + n[0]), *n], first + k * width
                    )
                ),
                "does the error divide by n instead of n - 2?": _line(n, x, free=0),
                "is it the error of the intercept?": (
                    right * [1, np.sqrt(np.mean(x**2))]
                ),
                "is it b / sqrt(n), not the error of the line?": (
                    [right[0], right[0] / np.sqrt(n[0])]
                ),
                "are magnitudes lost that are a little less than their threshold?": (
                    _line(bare[bare > 0], x[bare > 0])
                ),
                "are there only thresholds at which an earthquake lies?": (
                    _line(n[met], x[met])
                ),
            },
        )


@read("hw1-b-value")
def test_20_switzerland(student):
    """The Swiss earthquakes of 2023, complete from 1.5, have b between 0.8 and 1.2."""
    from mlearth.datasets import load_swiss_events

    events = load_swiss_events()
    m = events.magnitude[events.event_type == "earthquake"].to_numpy()
    b, error = np.asarray(student.b_value(m, 1.5, 0))
    # 263 earthquakes: b is known to 6 %, and the bounds are three times as wide.
    expect(0.8 < b < 1.2, f"b is {b:.3f}, not between 0.8 and 1.2")
    expect(0.03 < error < 0.12, f"The error is {error:.4f}, not between 0.03 and 0.12")
    rounded, _ = np.asarray(student.b_value_rounded(m, 1.5, 0.1))
    expect(
        abs(rounded - b) < 0.06,
        f"b is {b:.3f} from continuous and {rounded:.3f} from rounded magnitudes",
    )


# ---------------------------------------------------------------------------
# (c) in MATLAB
# ---------------------------------------------------------------------------

CASES = [
    # magnitude, completeness and bin_width, as MATLAB and as Python write them
    "[2.4; 1.2; 3.1; 2.0; 2.1], 2.0, 0",
    "[3.0, 1.8, 2.2, 2.0, 2.4], 2.0, 0.2",
    "[2.7, 2.3, 2.2, 2.5, 2.3, 2.9, 2.1], 23 * 0.1, 0.1",
    "[4; 1; 3; 7; 3; 5; 2], 3, 1",
    "[0.1, -0.7, 1.3, -0.4, 0.25], -0.4, 0",
    "[1.2; 2.5], 2, 0",
]


@deadline(12)
@read("hw1-matlab")
def test_21_the_same_in_matlab(student):
    """b_value.m gives [b, b_error] of a column and of a row, by hand."""
    found = octave_numbers(student, __file__, "b_value", CASES, n_outputs=2)
    given = [eval(f"_given({case.replace(';', ',')})") for case in CASES]

    def of_all(*words):
        """Return what the slip gives whose question holds one of these words."""
        return np.ravel(
            [
                next(
                    (
                        value
                        for q, value in _b_slips(*one).items()
                        if any(w in q for w in words)
                    ),
                    _answer(*one),
                )
                for one in given
            ]
        )

    expect_close(
        found,
        of_all(),
        f"The list of b and b_error from {len(CASES)} calls of b_value.m",
        mistakes={
            "in MATLAB, is the factor log10(exp(1)) missing?": of_all("it is beta"),
            "in MATLAB, is the half bin forgotten?": of_all("half bin forgotten"),
            "in MATLAB, is the half bin always 0.05?": (
                of_all("always 0.05", "nothing is binned")
            ),
            "in MATLAB, are the magnitudes below the completeness used?": (
                of_all("below the completeness used")
            ),
            "in MATLAB, does b_error count earthquakes that are not used?": (
                of_all("error count earthquakes")
            ),
            "in MATLAB, are magnitudes lost that are stored as a little less than the "
            "completeness?": of_all("stored as a little less"),
        },
    )


def _given(magnitude, completeness, bin_width):
    return np.array(magnitude), completeness, bin_width


def _answer(m, completeness, bin_width):
    return _b(_complete(m, completeness, bin_width), completeness - bin_width / 2)


# ---------------------------------------------------------------------------
# (d) Validation
# ---------------------------------------------------------------------------


def _records(seed, sizes, whole=False):
    """Draw records that no single feature names, with data that all differ."""
    rng = inputs.draw(seed)
    events = 38457511 + inputs.groups(rng, sizes)  # as Ridgecrest's
    n = events.size
    X = np.column_stack([np.arange(n) % 11, np.arange(n) // 11, events % 5])
    X, y = inputs.shuffled(rng, X)[0], rng.permutation(n)
    return (X, y, events) if whole else (X / 8 - 1, y / 4 - 3, events)


class _Notes(list):
    """What spies write down together: who copies a model copies no notes."""

    def __deepcopy__(self, memo):
        return self


class _Spy:
    """Predicts what a record and the number of records known make of it.

    Which records it is fitted to is told by their rows and data, all of them.
    """

    def __init__(self, X, y):
        self.row = {tuple(x): i for i, x in enumerate(X.astype(float).tolist())}
        self.y, self.rounds = y.astype(float), _Notes()

    def found(self, X):
        rows = [self.row.get(tuple(x), -1) for x in np.asarray(X, float).tolist()]
        expect(
            -1 not in rows,
            "The model is handed rows that are no rows of X",
            "are the features handed on as they are?",
        )
        return rows

    def fit(self, X, y):
        self.known, y = self.found(X), np.asarray(y, dtype=float)
        expect(
            np.shape(y) == (len(self.known),) and np.allclose(y, self.y[self.known]),
            "The data to which the model is fitted are not those of its rows",
            "are X and y cut alike, and handed on as they are?",
        )

    def predict(self, X):
        rows = self.found(X)
        if not self.rounds or self.rounds[-1][0] != self.known:
            self.rounds.append((self.known, []))
        self.rounds[-1][1].extend(rows)
        return self.said(self.known, rows)

    def said(self, known, rows):
        return 3 * np.sin(np.array(rows) + len(known))

    def missed(self, rounds, kept=np.array):
        """Return the errors of all records of some rounds."""
        errors = [kept(self.said(known, rows)) - self.y[rows] for known, rows in rounds]
        return np.concatenate(errors)


def _rms(errors):
    return np.sqrt(np.mean(np.square(errors)))


def _watched(student, records, n_folds, seed):
    """Return the score, the spy, and its rounds: those of records, of earthquakes."""
    X, y, events = records
    spy, of_records, of_events = _Spy(X, y), [], []
    score = student.record_and_event_rmse(spy, X, y, events, n_folds, seed)
    for known, asked in spy.rounds:
        both = set(known).intersection(asked)
        expect(
            not both,
            f"A model has to predict {len(both)} record{'s' * (len(both) > 1)} that it "
            "was fitted to",
            "is the fold that is predicted left out of the fit?",
        )
        whole = not set(events[known]) & set(events[asked])
        (of_events if whole else of_records).append((known, asked))
    return score, spy, of_records, of_events


@read("hw1-validation")
def test_22_every_record_is_predicted_by_a_stranger(student):
    """Three folds of records and three of earthquakes; no fold sees itself."""
    many, few = [5, 7, 6, 4, 8, 6, 7, 5, 5, 6, 3, 9, 6, 6], [6, 5, 9, 7, 3, 8, 6, 4]
    for n_folds, sizes, whole_numbers in [(3, many, False), (7, few, True)]:
        records = _records(22, sizes, whole_numbers)
        score, spy, of_records, of_events = _watched(student, records, n_folds, 0)
        n = len(records[1])
        rows = [row for _, asked in spy.rounds for row in asked]
        times = np.bincount(np.array(rows, dtype=int), minlength=n)
        expect(
            np.all(times == 2),
            f"Of {n} records, {np.sum(times != 2)} are not predicted twice, once in "
            f"each of two rounds of {n_folds} folds",
            "is every fold held out once?"
            if len(spy.rounds) < 2 * n_folds
            else "do the folds hold all records?",
        )
        _expect_folds(of_records, of_events, n_folds)
        for known, asked in spy.rounds:
            expect(
                sorted([*known, *asked]) == list(range(n)),
                f"Of {n} records, {len(asked)} are held out, and the model is fitted "
                f"to {len(known)}",
                "is it fitted to all other folds, once to each record?",
            )
        expect_shape(score, (2,), "record_and_event_rmse")
        rounds = of_records, of_events
        missed = [spy.missed(both) for both in rounds]
        of_folds = [[_rms(spy.missed([one])) for one in both] for both in rounds]
        right = np.array([_rms(errors) for errors in missed])
        expect_close(
            score,
            right,
            f"[RMSE for records, RMSE for earthquakes] of {n_folds} folds",
            mistakes={
                "are the two numbers in the wrong order?": right[::-1],
                "are the predictions cut to whole numbers?": [
                    _rms(spy.missed(both, np.trunc)) for both in rounds
                ],
                "have you averaged the errors of the folds, instead of all records?": (
                    np.mean(of_folds, axis=1)
                ),
                "have you averaged the mean squares of the folds, as if these were "
                "equally large?": [_rms(each) for each in of_folds],
                "is it the mean square, with its root missing?": right**2,
                "is it the mean absolute error?": [np.mean(abs(e)) for e in missed],
                "is it the spread of the errors, without their mean?": [
                    np.std(errors) for errors in missed
                ],
            },
        )


def _expect_folds(of_records, of_events, n_folds):
    n_whole, n = len(of_events), len(of_records) + len(of_events)
    expect(
        n_whole > 0,
        "No fold holds whole earthquakes",
        "are the earthquakes dealt into folds for the second score?",
    )
    expect(
        n == 2 * n_folds,
        f"There are {n} folds in all, and with n_folds = {n_folds} there should be "
        f"{n_folds} of records and {n_folds} of earthquakes",
        "are there always five?" if n == 10 else "",
    )
    expect(
        n_whole == n_folds,
        f"Of {n} folds {n_whole} hold whole earthquakes, not {n_folds}",
    )


@read("hw1-validation")
def test_23_unequal_earthquakes(student):
    """Of eleven earthquakes with 1 to 40 records, a fold of four holds two or three."""
    records = _records(23, [1, 40, 2, 9, 1, 3, 30, 5, 1, 17, 4])
    events, deals = records[2], []
    for seed in range(4):
        _, _, of_records, of_events = _watched(student, records, 4, seed)
        _expect_folds(of_records, of_events, 4)
        sizes = [len(asked) for _, asked in of_records]
        expect(
            max(sizes) - min(sizes) <= 1,
            f"The folds of records hold {sizes} of {events.size} records",
            "do the numbers of records in two folds differ by one at most?",
        )
        counts = [len(set(events[asked])) for _, asked in of_events]
        expect(
            max(counts) - min(counts) <= 1,
            f"The folds of whole earthquakes hold {counts} of 11 earthquakes",
            "do the numbers of earthquakes in two folds differ by one at most?",
        )
        both = of_records, of_events
        deals.append([{frozenset(rows) for _, rows in rounds} for rounds in both])
    for k, what in enumerate(("records", "earthquakes")):
        # Two deals of 11 earthquakes agree once in 15,400, four never.
        expect(
            any(deal[k] != deals[0][k] for deal in deals),
            f"Four seeds deal the {what} into the same folds",
            "is random_state used, and are they shuffled?",
        )


class _Mean:
    """Predict the mean of what was fitted."""

    def fit(self, X, y):
        self.mean = np.mean(y)

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
    found = np.asarray(found, dtype=float)
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

    def predict(self, X):
        return np.array([self.mean.get(name, 0.0) for name in np.asarray(X)[:, 0]])


@read("sec-splits")
def test_25_memory_helps_only_for_old_earthquakes(student):
    """A model that remembers earthquakes knows their other records, and no others."""
    events = inputs.shuffled(inputs.draw(28), np.repeat(np.arange(15.0), 12))[0]
    y = np.linspace(-1, 1, 15)[events.astype(int)]
    found = student.record_and_event_rmse(_Memory(), events[:, None], y, events, 5, 1)
    # Twelve records of one earthquake in one of five folds: 15 * 5^-11, never.
    expect_close(
        found,
        [0.0, np.sqrt(np.mean(y**2))],
        "[RMSE for records, RMSE for earthquakes]",
        mistakes={
            "are the two numbers in the wrong order?": [np.sqrt(np.mean(y**2)), 0.0],
            "has the model met the earthquakes that should be new to it?": ([0.0, 0.0]),
        },
    )
    records = _records(25, [4, 9, 7, 3])
    once, again = (_watched(student, records, 3, 8)[0] for _ in range(2))
    expect(np.array_equal(once, again), "The same seed gives two answers")
