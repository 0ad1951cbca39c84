"""Claims about the eleven functions of homework 2, and about loss_and_gradient.m."""

import itertools
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

KEPT = vars(sys).setdefault("_hw2_mlp_regression", {})
"""What takes long and never changes, kept while this process lives: an instructor's
process judges a hundred answers with these checks."""


def _kept(key, make):
    if key not in KEPT:
        KEPT[key] = make()
    return KEPT[key]


def _members(events):
    """Return a table with a column for each earthquake: 1 where the record is its."""
    return (np.asarray(events)[:, None] == np.unique(events)).astype(float)


# ---------------------------------------------------------------------------
# (a) The form of the field, and the terms of its earthquakes
# ---------------------------------------------------------------------------


def _form(M, R, v, h, slant=None, log=np.log10, rock=760.0, last=None):
    """Return the design matrix, with something else where it is told."""
    M, R, v = (np.asarray(one, float) for one in (M, R, v))
    far = log(np.sqrt(R**2 + h**2) if slant is None else slant)
    last = R if last is None else last
    return np.array([M**0, M, M * M, far, far * M, last, log(v / rock)]).T


@read("hw2-functional-form")
def test_1_the_form_by_hand(student):
    """With h = 6 km, R = 8 km makes log10(10) = 1, and 76 m/s makes -1."""
    rng = inputs.draw(1)
    hand = np.array([6.0, 4.5]), np.array([8.0, 2.5]), np.array([76.0, 760.0]), 6.0
    expect_shape(
        student.design_matrix(*hand),
        (2, 7),
        "The design matrix of 2 records",
        mistakes={
            "do the records lie along the columns instead of the rows?": (7, 2),
            "is the column of ones, or another one, missing?": (2, 6),
        },
    )
    cases = [(*hand, "")]
    whole = [inputs.whole(rng, 7, *ends) for ends in ((3, 7), (1, 90), (180, 900))]
    for kind, M in inputs.both_kinds(whole[0]):
        R, v = (one.astype(M.dtype) for one in whole[1:])
        cases.append((M, R, v, 4, f" of 7 records, in {kind},"))
    M, R, v = (
        inputs.numbers(rng, 7, *ends) for ends in ((-1, 8), (0.1, 300), (150, 990))
    )
    cases.append((M, R, v, 2.5, " of 7 records"))
    for M, R, v, h, which in cases:
        slant = np.hypot(R, h)
        right = _form(M, R, v, h)
        expect_close(
            student.design_matrix(M, R, v, h),
            right,
            f"The design matrix{which}",
            mistakes={
                "are the logarithms natural ones?": _form(M, R, v, h, log=np.log),
                "is h left out of the logarithm?": _form(M, R, v, h, np.asarray(R)),
                "is h added to R, instead of their squares?": _form(M, R, v, h, R + h),
                "is the square root of R^2 + h^2 missing?": _form(M, R, v, h, slant**2),
                "is the sixth column D, where it should be R?": _form(
                    M, R, v, h, last=slant
                ),
                "is vs30 not divided by 760 m/s?": _form(M, R, v, h, rock=1.0),
                "is vs30 upside down?": right * np.array([1, 1, 1, 1, 1, 1, -1.0]),
                "is the third column twice M, where it should be its square?": (
                    np.c_[right[:, :2], 2 * right[:, 1], right[:, 3:]]
                ),
                "is the fifth column M R, where it should be M log10(D)?": np.c_[
                    right[:, :4], right[:, 1] * right[:, 5], right[:, 5:]
                ],
                "are numbers cut to whole ones?": np.trunc(right),
            },
        )


def _with_terms(seed, sizes, tau, phi, lift=0.0, whole=False):
    """Draw residuals with terms of earthquakes, and the names of these."""
    rng = inputs.draw(seed)
    events = 38457511 + inputs.groups(rng, sizes)
    terms = _members(events) @ rng.normal(lift, tau, len(sizes))
    residual = terms + rng.normal(0, phi, events.size)
    return (np.rint(20 * residual).astype(int) if whole else residual), events


def _moments(residual, events, mean=0.0):
    """Return tau and phi of earthquakes with equally many records, squared."""
    belongs = _members(events)
    size = belongs.sum(axis=0)
    means = residual @ belongs / size
    n, n_events = belongs.shape
    within = np.sum((residual - belongs @ means) ** 2) / (n - n_events)
    between = np.sum((means - mean) ** 2) / n_events
    return between, within, means


@read("hw2-tau-phi")
def test_2_equal_earthquakes_by_hand(student):
    """With equally many records each, tau and phi follow from sums of squares."""
    for seed, m, n_events in [(2, 4, 9), (21, 7, 8)]:
        for whole in (False, True):
            r, events = _with_terms(seed, [m] * n_events, 1.2, 0.8, 0.9, whole)
            between, within, means = _moments(r, events)
            tau2 = between - within / m
            centred = _moments(r, events, means.mean())[0] - within / m
            few = np.sum((r - _members(events) @ means) ** 2) / r.size
            expect_shape(
                student.tau_phi(r, events),
                (2,),
                "What tau_phi returns",
                mistakes={"are there terms instead of deviations?": (n_events,)},
            )
            expect_close(
                student.tau_phi(r, events),
                np.sqrt([tau2, within]),
                f"[tau, phi] of {n_events} earthquakes with {m} records each",
                rtol=2e-3,  # to three digits, as asked
                mistakes={
                    "are tau and phi in the wrong order?": np.sqrt([within, tau2]),
                    "are these variances, with the square root missing?": (
                        [tau2, within]
                    ),
                    "is a mean taken off, over the earthquakes?": (
                        np.sqrt([centred, within])
                    ),
                    "does tau still hold what phi adds to the mean of an earthquake?": (
                        np.sqrt([between, within])
                    ),
                    "does phi divide by the number of records, though the means of "
                    "the earthquakes were fitted?": np.sqrt([between - few / m, few]),
                    "is tau the deviation of the means, about their own mean?": (
                        [np.std(means), np.sqrt(within)]
                    ),
                },
            )


def _covariance(events, ratio):
    """Return the covariance of records in units of phi^2."""
    belongs = _members(events)
    return np.eye(len(belongs)) + ratio * belongs @ belongs.T


def _most_likely(A, y, events):
    """Return the coefficients, tau, phi and errors: full matrices, ever finer steps."""
    grid, best = np.linspace(-9, 9, 37), None
    for _ in range(6):
        tried = []
        for at in grid:
            full = _covariance(events, np.exp(at))
            seen = np.linalg.solve(full, np.c_[A, y])
            p = A.shape[1]
            gram = A.T @ seen[:, :p]
            c = np.linalg.solve(gram, A.T @ seen[:, p]) if p else np.zeros(0)
            r = y - A @ c
            phi2 = r @ np.linalg.solve(full, r) / y.size
            bad = y.size * np.log(phi2) + np.linalg.slogdet(full)[1]
            tried.append((bad, at, c, phi2, gram))
        best = min(tried, key=lambda one: one[0])
        width = grid[1] - grid[0]
        grid = np.linspace(best[1] - width, best[1] + width, 9)
    _, at, c, phi2, gram = best
    phi = np.sqrt(phi2)
    errors = phi * np.sqrt(np.diag(np.linalg.inv(gram))) if c.size else c
    return c, phi * np.exp(at / 2), phi, errors


@read("hw2-tau-phi")
def test_3_the_most_likely_pair(student):
    """With 1 to 19 records, tau and phi are where the likelihood is largest."""
    sizes = [19, 1, 5, 2, 11, 1, 3, 7, 4, 1, 13, 6]
    for whole in (False, True):
        r, events = _with_terms(3, sizes, 1.5, 0.6, 1.0, whole)
        nothing = np.zeros((r.size, 0))
        data = nothing, r, events
        tau, phi = _kept(("pair", whole), lambda data=data: _most_likely(*data))[1:3]
        between, within, means = _moments(r, events)
        size = np.array(_members(events).sum(axis=0))
        even = between - within * np.mean(1 / size)
        expect_close(
            student.tau_phi(r, np.array([f"ci{name}" for name in events])),
            [tau, phi],
            f"[tau, phi] of 12 earthquakes with {min(sizes)} to {max(sizes)} records",
            rtol=2e-3,  # to three digits, as asked
            mistakes={
                "are tau and phi in the wrong order?": [phi, tau],
                "are these variances, with the square root missing?": [tau**2, phi**2],
                "do all earthquakes weigh alike, where those with many records tell "
                "more?": np.sqrt([even, within]),
                "does tau still hold what phi adds to the mean of an earthquake?": (
                    np.sqrt([between, within])
                ),
                "is tau the deviation of the means, about their own mean?": (
                    [np.std(means), np.sqrt(within)]
                ),
            },
        )


@read("hw2-tau-phi")
def test_4_earthquakes_that_agree_too_well(student):
    """If all earthquakes have the mean 0, tau is 0 and phi the root mean square."""
    rng = inputs.draw(4)
    events = inputs.groups(rng, [6, 3, 9, 4, 7])
    r = rng.normal(size=events.size)
    belongs = _members(events)
    r -= belongs @ (r @ belongs / belongs.sum(axis=0))
    found = student.tau_phi(r, events)
    expect_shape(found, (2,), "What tau_phi returns")
    tau, phi = np.asarray(found, float)
    right = np.sqrt(np.mean(r**2))
    expect(
        not np.isnan(tau) and abs(tau) < 0.011 * right,
        f"All earthquakes have the mean 0, and tau is {tau:.3g} with phi {phi:.3g}",
        "is a variance below 0 taken for what it is not?",
    )
    n, n_events = belongs.shape
    expect_close(
        phi,
        right,
        "phi, where all earthquakes have the mean 0,",
        rtol=2e-3,  # to three digits, as asked
        mistakes={
            "does it divide by the number of records minus that of earthquakes?": (
                right * np.sqrt(n / (n - n_events))
            )
        },
    )


def _linear(seed, sizes, tau, phi, whole=False):
    """Draw data with a column that earthquakes share and one that they do not."""
    rng = inputs.draw(seed)
    events = 38457511 + inputs.groups(rng, sizes)
    belongs = _members(events)
    M = belongs @ inputs.whole(rng, len(sizes), 3, 9)
    R = inputs.whole(rng, events.size, 1, 30)
    A = np.column_stack([np.ones(events.size), M, R])
    y = A @ [2.0, 0.7, -0.2] + belongs @ rng.normal(0, tau, len(sizes))
    y = y + rng.normal(0, phi, events.size)
    return (A.astype(int), np.rint(y).astype(int), events) if whole else (A, y, events)


def _least_squares(A, y, weight=None):
    root = np.ones(len(y)) if weight is None else np.sqrt(weight)
    return np.linalg.pinv(A * root[:, None]) @ (y * root)


def _with_deviations(A, y, events, tau, phi):
    full = phi**2 * _covariance(events, (tau / phi) ** 2)
    seen = np.linalg.solve(full, A)
    return np.linalg.solve(A.T @ seen, seen.T @ y)


def _without_means(A, y, events):
    belongs = _members(events)
    less = np.eye(len(y)) - belongs @ np.linalg.pinv(belongs)
    return np.linalg.pinv(less @ A) @ (less @ y)


def _expect_fit(student, data, key, which):
    A, y, events = data
    found = student.fit_with_event_terms(A, y, events)
    expect(
        isinstance(found, tuple | list) and len(found) == 3,
        "fit_with_event_terms does not return three things",
        "are they the coefficients, tau and phi?",
    )
    p = A.shape[1]

    def first():
        return _most_likely(np.zeros((y.size, 0)), y - A @ ordinary, events)[1:3]

    expect_shape(found[0], (p,), f"The coefficients of {p} columns")
    c, tau, phi, errors = _kept(key, lambda: _most_likely(A.astype(float), y, events))
    ordinary = _least_squares(A, y)
    even = _least_squares(A, y, 1 / (_members(events) @ _members(events).sum(axis=0)))
    # A fiftieth of the standard error, as asked, and a little more.
    expect_close(
        np.asarray(found[0], float) / errors,
        c / errors,
        f"The coefficients {which}, in standard errors,",
        rtol=0,
        atol=0.03,
        mistakes={
            "is it ordinary least squares, with all records alike?": ordinary / errors,
            "do all earthquakes weigh alike, whatever tau and phi?": even / errors,
            "are the means of the earthquakes taken off whole?": lambda: (
                _without_means(A, y, events) / errors
            ),
            "are tau and phi those of ordinary least squares, never estimated again?": (
                lambda: _with_deviations(A, y, events, *first()) / errors
            ),
        },
    )
    expect_close(
        [found[1], found[2]],
        [tau, phi],
        f"[tau, phi] {which}",
        rtol=5e-3,  # three digits of tau_phi, and the coefficients' fiftieth
        mistakes={
            "are tau and phi in the wrong order?": [phi, tau],
        },
    )


@read("hw2-event-terms")
def test_5_the_most_likely_line(student):
    """Eleven earthquakes of 1 to 23 records: a line, tau and phi, all most likely."""
    sizes = [23, 1, 2, 9, 1, 14, 3, 2, 5, 1, 6]
    _expect_fit(student, _linear(5, sizes, 1.6, 0.7), "line", "of 67 records")
    whole = _linear(51, sizes, 3.0, 1.0, whole=True)
    _expect_fit(student, whole, "whole line", "of 67 records, in integers,")


@read("hw2-event-terms")
def test_6_two_limits(student):
    """Strong terms make earthquakes weigh alike; without any, records do."""
    sizes = [23, 1, 2, 9, 1, 14, 3, 2, 5, 1, 6, 8]
    A, y, events = _linear(6, sizes, 2.0, 1e-4)
    A = A[:, :2]  # without what varies within an earthquake
    y = y + 0.2 * _linear(6, sizes, 2.0, 1e-4)[0][:, 2]
    belongs = _members(events)
    even = _least_squares(A, y, 1 / (belongs @ belongs.sum(axis=0)))
    found = student.fit_with_event_terms(A, y, events)
    expect_close(
        found[0],
        even,
        "The coefficients, where the terms are 20,000 times as large as the rest,",
        rtol=1e-3,  # a fiftieth of an error of a few per cent
        mistakes={
            "is it ordinary least squares, with all records alike?": (
                _least_squares(A, y)
            ),
        },
    )
    A, y, events = _linear(61, sizes, 0.0, 1.0)
    belongs = _members(events)
    plain = _least_squares(A, y)
    r = y - A @ plain
    r -= belongs @ _least_squares(belongs, r)
    left = _least_squares(A, r)
    y = A @ [1.0, 0.5, -0.1] + r - A @ left
    spread = np.std(r) / np.sqrt(np.diag(A.T @ A))
    found = student.fit_with_event_terms(A, y, events)
    expect_close(
        np.asarray(found[0], float) / spread,
        _least_squares(A, y) / spread,
        "The coefficients, where the earthquakes agree, in units of their spread,",
        rtol=0,
        atol=0.05,  # a fiftieth of a standard error, as asked, and tau not quite 0
        mistakes={
            "do all earthquakes weigh alike, whatever tau and phi?": (
                _least_squares(A, y, 1 / (belongs @ belongs.sum(axis=0))) / spread
            ),
        },
    )


@read("hw2-event-terms")
def test_7_terms_are_drawn_towards_zero(student):
    """The mean of n records times n tau^2 / (n tau^2 + phi^2), for each of them."""
    rng = inputs.draw(7)
    for kind in ("floats", "integers"):
        r, events = _with_terms(
            7, [1, 6, 2, 9, 3, 2], 1.0, 0.7, 0.4, kind == "integers"
        )
        tau, phi = rng.uniform(0.3, 0.9, 2)
        belongs = _members(events)
        size = belongs.sum(axis=0)
        means = r @ belongs / size
        right = belongs @ (means * size * tau**2 / (size * tau**2 + phi**2))
        found = student.event_terms(r, np.array([f"ci{e}" for e in events]), tau, phi)
        expect_shape(
            found,
            (r.size,),
            f"What event_terms returns for {r.size} records of 6 earthquakes",
            mistakes={"is there one term for each earthquake, not record?": (6,)},
        )
        expect_close(
            found,
            right,
            f"The terms of six earthquakes, in {kind},",
            mistakes={
                "are these the means, not drawn towards 0?": belongs @ means,
                "are the deviations not squared?": (
                    belongs @ (means * size * tau / (size * tau + phi))
                ),
                "are all drawn alike, however many records there are?": (
                    belongs @ (means * tau**2 / (tau**2 + phi**2))
                ),
                "are tau and phi in the wrong order?": (
                    belongs @ (means * size * phi**2 / (size * phi**2 + tau**2))
                ),
                "is it the rest, what is left of the residual?": r - right,
                "is it the sum of the residuals, not their mean, that is drawn?": (
                    belongs @ (means * size**2 * tau**2 / (size * tau**2 + phi**2))
                ),
                "is it the share, without the mean?": (
                    belongs @ (size * tau**2 / (size * tau**2 + phi**2))
                ),
            },
        )
    none = np.zeros(r.size)
    expect_close(
        student.event_terms(r, events, 0.0, 0.5),
        none,
        "The terms where tau is 0",
        mistakes={
            "are these the means, not drawn towards 0?": belongs @ means,
            "is it a division by a tau of 0?": none + np.nan,
        },
    )


# ---------------------------------------------------------------------------
# (b) A network that says how sure it is
# ---------------------------------------------------------------------------


@read("hw2-network")
def test_8_earthquakes_weigh_alike(student):
    """Each of G earthquakes has 1/G of the weight, shared evenly by its records."""
    rng = inputs.draw(8)
    names = inputs.groups(rng, [1, 4, 2, 7, 3])
    for events in (names, names.astype(str), names / 4):
        belongs = _members(events)
        size = belongs.sum(axis=0)
        right = belongs @ (1 / (5 * size))
        expect_close(
            student.event_weights(events),
            right,
            "The weights of 17 records of five earthquakes",
            mistakes={
                "do the records weigh alike, where the earthquakes should?": (
                    np.full(17, 1 / 17)
                ),
                "does each earthquake have 1, so that they add up to 5?": 5 * right,
                "do they weigh by their number of records, not its inverse?": (
                    belongs @ (size / np.sum(size**2))
                ),
                "has each record the weight of its whole earthquake?": (
                    np.full(17, 1 / 5)
                ),
                "do they add up to the number of records?": 17 * right,
            },
        )


def _start(rng, m, n_hidden):
    """Draw parameters whose arrays have all shapes different."""
    sizes = (m, n_hidden), (n_hidden,), (n_hidden, 2), (2,)
    return [rng.normal(0.3, 0.7, size) for size in sizes]


def _answers(X, parameters, bend=np.tanh):
    W1, b1, W2, b2 = parameters
    return bend(X @ W1 + b1) @ W2 + b2


@read("hw2-network")
def test_9_two_outputs(student):
    """The mean and ln(sigma) of seven records: tanh below, linear above."""
    rng = inputs.draw(9)
    start = _start(rng, 3, 5)
    real = rng.normal(size=(7, 3))
    for X in (real, inputs.whole(rng, 21, -2, 2).reshape(7, 3)):
        found = student.forward(X, start)
        expect_shape(
            found,
            (2, 7),
            "[mean, ln(sigma)] of 7 records",
            mistakes={"are the two outputs columns of one array?": (7, 2)},
        )
        right = _answers(X, start).T
        expect_close(
            found,
            right,
            "[mean, ln(sigma)] of 7 records",
            mistakes={
                "are mean and ln(sigma) in the wrong order?": right[::-1],
                "is it sigma, where its logarithm is asked for?": (
                    [right[0], np.exp(right[1])]
                ),
                "are the hidden units logistic, not tanh?": _answers(
                    X, start, lambda z: 1 / (1 + np.exp(-z))
                ).T,
                "are the hidden units max(0, z), not tanh?": _answers(
                    X, start, lambda z: np.maximum(z, 0)
                ).T,
                "is the tanh of the hidden units missing?": _answers(
                    X, start, lambda z: z
                ).T,
                "is there a tanh above, where the outputs are linear?": np.tanh(right),
                "is b1 left out?": _answers(X, [start[0], 0 * start[1], *start[2:]]).T,
                "is b2 left out?": _answers(X, [*start[:3], 0 * start[3]]).T,
            },
        )


def _loss(X, y, weight, parameters, rest=lambda s, r: s + r**2 * np.exp(-2 * s) / 2):
    mean, s = _answers(X, parameters).T
    return np.sum(weight * rest(s, y - mean))


def _slopes(loss, parameters):
    """Return the derivatives by a complex step: exact, without a formula for them."""
    slopes = []
    for k, array in enumerate(parameters):
        slope = np.zeros(array.shape)
        for place in np.ndindex(array.shape):
            moved = [one.astype(complex) for one in parameters]
            moved[k][place] += 1e-30j
            slope[place] = np.imag(loss(moved)) / 1e-30
        slopes.append(slope)
    return slopes


def _batch(seed, whole=False):
    rng = inputs.draw(seed)
    start = _start(rng, 3, 4)
    X = inputs.whole(rng, 33, -2, 2).reshape(11, 3)
    y = inputs.whole(rng, 11, -2, 3)
    weight = inputs.whole(rng, 11, 1, 4)
    if whole:
        return X, y, weight, start
    return X / 3 + 0.1, y / 3 - 0.2, weight / 23, start


def _pair(student, X, y, weight, start):
    found = student.loss_and_gradient(X, y, weight, start)
    expect(
        isinstance(found, tuple | list) and len(found) == 2,
        "loss_and_gradient does not return two things",
        "are they the loss and a list of four arrays?",
    )
    return found


@read("hw2-loss")
def test_10_the_loss_by_hand(student):
    """With no hidden weights, mean and sigma are those of the biases."""
    y, weight = np.array([1.0, 4.0, -2.0]), np.array([0.5, 0.2, 0.4])
    flat = [np.zeros((2, 3)), np.zeros(3), np.zeros((3, 2)), np.array([1.0, np.log(3)])]
    cases = [(np.eye(3)[:, :2], y, weight, flat, " where mean = 1 and sigma = 3")]
    cases += [(*_batch(10), " of 11 records")]
    cases += [(*_batch(10, whole=True), " of 11 records, in integers")]
    for X, y, weight, start, which in cases:

        def of(rest, X=X, y=y, weight=weight, start=start):
            return _loss(X, y, weight, start, rest)

        right = of(lambda s, r: s + r**2 * np.exp(-2 * s) / 2)
        expect_close(
            _pair(student, X, y, weight, start)[0],
            right,
            f"The loss{which}",
            mistakes={
                "is the half missing?": of(lambda s, r: s + r**2 * np.exp(-2 * s)),
                "is the square divided by sigma, not by sigma^2?": of(
                    lambda s, r: s + r**2 * np.exp(-s) / 2
                ),
                "is ln(sigma) left out?": of(lambda s, r: r**2 * np.exp(-2 * s) / 2),
                "is it half of ln(sigma)?": of(
                    lambda s, r: (s + r**2 * np.exp(-2 * s)) / 2
                ),
                "is sigma added, where its logarithm should be?": of(
                    lambda s, r: np.exp(s) + r**2 * np.exp(-2 * s) / 2
                ),
                "is the second output taken for sigma itself?": of(
                    lambda s, r: np.log(np.abs(s)) + r**2 / s**2 / 2
                ),
                "is it the mean over the records, not their sum?": right / len(y),
                "are the weights made to add up to 1?": right / np.sum(weight),
                "are the weights left out?": of(
                    lambda s, r, w=weight: (s + r**2 * np.exp(-2 * s) / 2) / w
                ),
                "is the constant ln(2 pi) / 2 added?": (
                    right + np.log(2 * np.pi) / 2 * np.sum(weight)
                ),
            },
        )


NAMES = "dL/dW1", "dL/db1", "dL/dW2", "dL/db2"


@read("hw2-loss")
def test_11_the_gradient_is_that_of_the_loss(student):
    """All derivatives agree with differences of the loss, whatever the weights."""
    for whole in (False, True):
        X, y, weight, start = _batch(11, whole)
        found = _pair(student, X, y, weight, start)[1]
        expect(
            isinstance(found, tuple | list) and len(found) == 4,
            "The gradient is no list of four arrays",
            "is there one for W1, b1, W2 and b2?",
        )
        right = _slopes(lambda p, a=(X, y, weight): _loss(*a, p), start)
        wrong = _slips(X, y, weight, start)
        for k, name in enumerate(NAMES):
            given = np.asarray(found[k])
            expect_shape(
                given,
                right[k].shape,
                name,
                mistakes={"is it turned on its side?": right[k].shape[::-1]},
            )
            differ = {
                question: slopes[k]
                for question, slopes in wrong.items()
                if not np.allclose(slopes[k], right[k], rtol=1e-4)
            }
            expect_close(found[k], right[k], name, mistakes=differ)


def _slips(X, y, weight, start):
    """Return what known mistakes make of the gradient."""
    mean, s = _answers(X, start).T
    r, inverse = y - mean, np.exp(-s)

    def of(by_mean, by_s, slope=lambda hidden: 1 - hidden**2):
        hidden = np.tanh(X @ start[0] + start[1])
        top = np.array([by_mean, by_s]).T
        low = top @ start[2].T * slope(hidden)
        return [X.T @ low, low.sum(axis=0), hidden.T @ top, top.sum(axis=0)]

    one, two = -weight * r * inverse**2, weight * (1 - r**2 * inverse**2)
    right = of(one, two)
    return {
        "is the slope 1 - tanh^2 missing?": of(one, two, lambda hidden: hidden**0),
        "is the slope 1 - tanh, without a square?": of(one, two, lambda h: 1 - h),
        "is the slope that of a logistic unit?": of(one, two, lambda h: h * (1 - h)),
        "does it point downhill?": [-array for array in right],
        "has the derivative by the mean the wrong sign?": of(-one, two),
        "is the derivative by the mean divided by sigma, not sigma^2?": of(
            one / inverse, two
        ),
        "is the derivative by the mean not divided by sigma^2?": of(
            one / inverse**2, two
        ),
        "is the 1 missing in the derivative by ln(sigma)?": of(one, two - weight),
        "is there a half too many in the derivative by ln(sigma)?": of(
            one, weight * (1 - r**2 * inverse**2 / 2)
        ),
        "is the second derivative by sigma, where it should be by ln(sigma)?": of(
            one, two * inverse
        ),
        "is it that of the mean alone?": of(one, 0 * two),
        "are the weights left out?": of(one / weight, two / weight),
        "is it the mean over the records, not their sum?": [a / len(y) for a in right],
    }


CASES = [
    # X; y; weight; W1; b1; W2; b2, as MATLAB writes them
    "[1 2; -1 0.5; 0.3 -2], [1; 0; 2], [0.5; 0.2; 0.3], [0.1 0.4 -0.2; 0.3 -0.5 0.6], "
    "[0.1 -0.2 0.3], [0.5 0.1; -0.4 0.2; 0.3 -0.3], [0.2 -0.1]",
    "[2; -1; 1; 0; 3], [1; 2; 0; -1; 4], [1; 1; 2; 1; 3], [0.3 -0.4], [0.2 0.1], "
    "[1 0.5; -0.6 0.4], [0.5 0.3]",
    "[0.5 -1 2], 3, 0.7, [0.2 -0.3; -0.1 0.5; 0.4 0.1], [0.6 -0.2], "
    "[0.8 -0.5; 0.3 0.4], [-0.3 0.9]",
]


def _given(case):
    """Return the seven arrays that a line of MATLAB writes."""
    arrays = []
    for text in case.split(", "):
        rows = [row.split() for row in text.strip("[]").split(";")]
        arrays.append(np.array(rows, dtype=float))
    X, y, weight, W1, b1, W2, b2 = arrays
    return X, y[:, 0], weight[:, 0], [W1, b1[0], W2, b2[0]]


def _as_printed(loss, slopes):
    return np.concatenate([[loss], *(array.ravel(order="F") for array in slopes)])


@deadline(12)
@read("hw2-matlab")
def test_12_the_same_in_matlab(student):
    """loss_and_gradient.m gives the loss and four derivatives, in their shapes."""
    found = octave_numbers(student, __file__, "loss_and_gradient", CASES, n_outputs=5)
    given = [_given(case) for case in CASES]
    losses = [_loss(*one) for one in given]
    right = np.concatenate(
        [
            _as_printed(loss, _slopes(lambda p, a=one[:3]: _loss(*a, p), one[3]))
            for loss, one in zip(losses, given, strict=True)
        ]
    )
    slips = [_slips(*one) for one in given]
    expect(
        len(found) == len(right),
        f"{len(CASES)} calls give {len(found)} numbers, and should give {len(right)}",
        "does `sum` add up the units where there is a single record?",
    )
    expect_close(
        found,
        right,
        f"The list of loss and derivatives from {len(CASES)} calls",
        mistakes={
            f"in MATLAB, {question}": np.concatenate(
                [
                    _as_printed(loss, slip[question])
                    for loss, slip in zip(losses, slips, strict=True)
                ]
            )
            for question in slips[0]
        }
        | {"in MATLAB, are dW1 or dW2 turned on their side?": _turned(given, losses)},
    )


def _turned(given, losses):
    lists = []
    for loss, one in zip(losses, given, strict=True):
        slopes = _slopes(lambda p, a=one[:3]: _loss(*a, p), one[3])
        slopes[0], slopes[2] = slopes[0].T, slopes[2].T
        lists.append(_as_printed(loss, slopes))
    return np.concatenate(lists)


def _quakes(seed, sizes, whole=False):
    """Draw records of a few earthquakes, and where a small network begins."""
    rng = inputs.draw(seed)
    events = inputs.groups(rng, sizes)
    X = inputs.whole(rng, 2 * events.size, -2, 2).reshape(-1, 2)
    y = inputs.whole(rng, events.size, -2, 3)
    start = _start(rng, 2, 3)
    if whole:
        return X, y, events, start
    return X / 3 + 0.1, y / 3 - 0.2, events, start


def _even(events):
    belongs = _members(events)
    size = belongs.sum(axis=0)
    return belongs @ (1 / (len(size) * size))


def _records_alike(events):
    return np.full(len(events), 1 / len(events))


def _cut(slopes, longest):
    length = np.sqrt(sum(np.sum(one**2) for one in slopes))
    return [one * min(1, longest / length) for one in slopes]


def _walk(
    data,
    batches,
    eta,
    momentum,
    longest,
    n_epochs,
    weigh=_even,
    cut=_cut,
    falls=lambda epoch, n: 1 - epoch / n,
    moves=lambda v, g, momentum, step: momentum * v - step * g,
    stop=None,
):
    """Walk through the batches of every epoch, and return all parameters and losses."""
    X, y, events, start = data
    now, speed, losses = start, [0 * one for one in start], []
    for epoch in range(n_epochs if stop is None else stop):
        for batch in batches:
            at = np.isin(events, batch)
            weight = weigh(events[at])
            slopes = _slopes(lambda p, a=at, w=weight: _loss(X[a], y[a], w, p), now)
            step = eta * falls(epoch, n_epochs)
            slopes = cut(slopes, longest)
            speed = [
                moves(v, g, momentum, step) for v, g in zip(speed, slopes, strict=True)
            ]
            now = [one + v for one, v in zip(now, speed, strict=True)]
        losses.append(_loss(X, y, _even(events), now))
    return np.concatenate([one.ravel() for one in now]), np.array(losses)


def _trained(student, data, *settings):
    """Return all trained parameters in a row, and the losses."""
    X, y, events, start = data
    found = student.train(X, y, events, start, *settings)
    expect(
        isinstance(found, tuple | list) and len(found) == 2 and len(found[0]) == 4,
        "train does not return four arrays and the losses",
        "is it a pair of a list and an array?",
    )
    for one, name, is_now in zip(start, NAMES, found[0], strict=True):
        expect_shape(is_now, one.shape, f"{name[4:]} after training")
    return np.concatenate([np.ravel(one) for one in found[0]]), found[1]


def _each_array(slopes, longest):
    return [one * min(1, longest / np.sqrt(np.sum(one**2))) for one in slopes]


def _always(slopes, longest):
    length = np.sqrt(sum(np.sum(one**2) for one in slopes))
    return [one * longest / length for one in slopes]


def _each_number(slopes, longest):
    return [np.clip(one, -longest, longest) for one in slopes]


def _moved(data, *walk, **slip):
    """Return how far all parameters are from where they began, when it is asked for."""
    began = np.concatenate([one.ravel() for one in data[3]])
    return lambda: _walk(data, *walk, **slip)[0] - began


@read("hw2-training")
def test_13_one_step(student):
    """One batch with all earthquakes, one epoch: a step down the cut gradient."""
    for longest, whole, which in [
        (0.25, False, "longer than `longest`"),
        (0.25, True, "longer than `longest`, of integers"),
        (50.0, False, "shorter than `longest`"),
    ]:
        data = _quakes(13, [1, 5, 2, 3], whole)
        walk = data, [np.unique(data[2])], 0.3, 0.9, longest, 1
        found, losses = _trained(student, data, 0.3, 0.9, longest, 4, 1, 0)
        too_many = {"is there one too many?": (2,)}
        expect_shape(losses, (1,), "The losses of one epoch", mistakes=too_many)
        right = _moved(*walk)()
        expect_close(
            found - np.concatenate([one.ravel() for one in data[3]]),
            right,
            f"The first step of all 17 parameters, for a gradient {which},",
            mistakes={
                "do the records of a batch weigh alike, where its earthquakes "
                "should?": _moved(*walk, weigh=_records_alike),
                "is the gradient not cut?": _moved(*walk, cut=lambda g, longest: g),
                "is each of the four arrays cut by itself?": (
                    _moved(*walk, cut=_each_array)
                ),
                "is each number cut by itself?": _moved(*walk, cut=_each_number),
                "is a short gradient made longer?": _moved(*walk, cut=_always),
                "does it go uphill?": -right,
                "is the gradient shortened by a root too many?": _moved(
                    *walk, cut=_by_the_square
                ),
            }
            if longest < 50
            else {"is a short gradient made longer?": _moved(*walk, cut=_always)},
        )


def _by_the_square(slopes, longest):
    square = sum(np.sum(one**2) for one in slopes)
    return [one * min(1, longest / square) for one in slopes]


def _nesterov_less(v, g, momentum, step):
    return momentum * v - (1 - momentum) * step * g


@read("hw2-training")
def test_14_four_epochs(student):
    """One batch, four epochs: steps of eta, 3/4, 1/2 and 1/4 eta, with momentum."""
    data = _quakes(14, [4, 1, 2, 6])
    batch = [np.unique(data[2])]
    walk = data, batch, 0.2, 0.6, 0.4, 4
    found, losses = _trained(student, data, 0.2, 0.6, 0.4, 5, 4, 0)
    right = _walk(*walk)
    expect_shape(
        losses,
        (4,),
        "The losses of four epochs",
        mistakes={"is there an epoch too few?": (3,), "is there one too many?": (5,)},
    )
    expect_close(
        found - np.concatenate([one.ravel() for one in data[3]]),
        _moved(*walk)(),
        "The way of all 17 parameters in four epochs with one batch each",
        mistakes={
            "is the step always eta?": _moved(*walk, falls=lambda epoch, n: 1.0),
            "has the step fallen before the first epoch?": _moved(
                *walk, falls=lambda epoch, n: 1 - (epoch + 1) / n
            ),
            "does the step reach 0 in the last epoch, not after it?": _moved(
                *walk, falls=lambda epoch, n: 1 - epoch / (n - 1)
            ),
            "is the momentum left out?": _moved(
                *walk, moves=lambda v, g, momentum, step: -step * g
            ),
            "is the gradient's share in the velocity 1 - momentum?": _moved(
                *walk, moves=_nesterov_less
            ),
        },
    )
    X, y, events, start = data
    first = _loss(X, y, _even(events), start)
    ends = _unpacked(right[0], start)
    expect_close(
        losses,
        right[1],
        "The losses after four epochs",
        mistakes={
            "are they the losses before each epoch?": [first, *right[1][:3]],
            "do all records weigh alike in them?": lambda: [
                _loss(X, y, _records_alike(events), one)
                for one in (
                    _unpacked(_walk(*walk[:5], 4, stop=k + 1)[0], start)
                    for k in range(4)
                )
            ],
            "are they all the last one?": [_loss(X, y, _even(events), ends)] * 4,
        },
    )


def _unpacked(row, start):
    ends = np.cumsum([one.size for one in start])[:-1]
    parts = np.split(row, ends)
    return [part.reshape(one.shape) for part, one in zip(parts, start, strict=True)]


@read("hw2-training")
def test_15_batches_of_whole_earthquakes(student):
    """Three earthquakes in batches of two: two, then one, dealt by the seed."""
    data = _quakes(15, [2, 5, 4])
    events = np.unique(data[2])
    deals = [([a, b], [c]) for a, b, c in itertools.permutations(events) if a < b]
    rights = [_walk(data, deal, 0.3, 0.5, 90.0, 1)[0] for deal in deals]
    slips = {
        "do the records of a batch weigh alike, where its earthquakes should?": {
            "weigh": _records_alike
        },
        "do the weights come from all records, not from those of the batch?": {
            "weigh": lambda names: _even(names) * np.unique(names).size / 3
        },
        "is the momentum left out?": {"moves": lambda v, g, momentum, step: -step * g},
    }
    few = {
        "is the last batch left out, because it is not full?": [
            _walk(data, deal[:1], 0.3, 0.5, 90.0, 1)[0] for deal in deals
        ],
        "are all earthquakes in one batch?": [
            _walk(data, [events], 0.3, 0.5, 90.0, 1)[0]
        ],
        "has each earthquake a batch of its own?": [
            _walk(data, [[one] for one in order], 0.3, 0.5, 90.0, 1)[0]
            for order in itertools.permutations(events)
        ],
        "does the smaller batch come first?": [
            _walk(data, deal[::-1], 0.3, 0.5, 90.0, 1)[0] for deal in deals
        ],
    }
    dealt = set()
    for seed in range(12):
        found, _ = _trained(student, data, 0.3, 0.5, 90.0, 2, 1, seed)
        met = [k for k, right in enumerate(rights) if np.allclose(found, right)]
        if not met:
            known = few | {
                question: [_walk(data, d, 0.3, 0.5, 90.0, 1, **slip)[0] for d in deals]
                for question, slip in slips.items()
            }
            told = [q for q, all_of in known.items() if _among(found, all_of)]
            expect(
                False,
                "After one epoch the parameters are where none of the three ways to "
                "deal three earthquakes into batches of two and one leads",
                told[0] if told else "",
            )
        dealt.add(met[0])
    # Twelve seeds that agree by chance: 3^-11, never.
    expect(
        len(dealt) > 1,
        "Twelve seeds deal the earthquakes into the same batches",
        "is random_state used, and are they shuffled?",
    )
    one, other = (_trained(student, data, 0.3, 0.5, 90.0, 2, 3, 7)[0] for _ in range(2))
    expect(np.array_equal(one, other), "The same seed gives two answers")


def _among(found, several):
    return any(np.allclose(found, one) for one in several)


@read("hw2-training")
def test_16_every_epoch_is_dealt_anew(student):
    """In two epochs the first earthquake of the batches changes, for some seed."""
    data = _quakes(16, [3, 1])
    events = np.unique(data[2])
    singles = [[[one], [other]] for one, other in (events, events[::-1])]
    walks = {
        (i, j): _two_epochs(data, singles[i], singles[j])
        for i in range(2)
        for j in range(2)
    }
    seen = set()
    for seed in range(14):
        found, _ = _trained(student, data, 0.4, 0.5, 0.9, 1, 2, seed)
        met = [key for key, right in walks.items() if np.allclose(found, right)]
        if not met:
            halted = [
                _two_epochs(data, singles[i], singles[j], keeps=False) for i, j in walks
            ]
            expect(
                False,
                "After two epochs the parameters are where no order of two batches "
                "leads",
                "does the velocity begin anew with every epoch?"
                if _among(found, halted)
                else "",
            )
        seen.add(met[0])
    # Fourteen seeds without a change of order: 2^-14.
    expect(
        any(i != j for i, j in seen),
        "Fourteen seeds keep the order of the first epoch in the second",
        "are the earthquakes dealt once, before the epochs?",
    )


def _two_epochs(data, first, second, keeps=True):
    """Return where two epochs with batches of their own lead."""
    X, y, events, start = data
    now, speed = start, [0 * one for one in start]
    for step, batches in ((0.4, first), (0.2, second)):
        speed = [keeps * v for v in speed]
        for batch in batches:
            at = np.isin(events, batch)
            weight = _even(events[at])
            slopes = _slopes(lambda p, a=at, w=weight: _loss(X[a], y[a], w, p), now)
            speed = [
                0.5 * v - step * g
                for v, g in zip(speed, _cut(slopes, 0.9), strict=True)
            ]
            now = [one + v for one, v in zip(now, speed, strict=True)]
    return np.concatenate([one.ravel() for one in now])


# ---------------------------------------------------------------------------
# (c) Scores and intervals for a new earthquake
# ---------------------------------------------------------------------------


@read("hw2-intervals")
def test_17_two_scores(student):
    """One root mean square over records, and one over earthquakes."""
    for whole in (False, True):
        e, events = _with_terms(17, [1, 9, 3, 4, 2], 1.1, 0.6, 0.5, whole)
        belongs = _members(events)
        size = belongs.sum(axis=0)
        squares = e**2 @ belongs / size
        right = np.sqrt([np.mean(e**2), np.mean(squares)])
        found = student.scores(e, np.array([f"ci{name}" for name in events]))
        expect_shape(found, (2,), "What scores returns")
        expect_close(
            found,
            right,
            "[error for records, error for earthquakes] of 19 records",
            mistakes={
                "are the two scores in the wrong order?": right[::-1],
                "are they mean squares, with the root missing?": right**2,
                "is it the mean of the earthquakes' root mean squares?": (
                    [right[0], np.mean(np.sqrt(squares))]
                ),
                "are the errors of an earthquake averaged before they are squared?": (
                    [right[0], np.sqrt(np.mean((e @ belongs / size) ** 2))]
                ),
                "is the mean error taken off?": [np.std(e), right[1]],
                "do the records weigh alike in both?": [right[0], right[0]],
                "are they mean absolute errors?": (
                    [np.mean(abs(e)), np.mean(abs(e) @ belongs / size)]
                ),
            },
        )


def _half_width(score, weight, level, shy=1e-9):
    order = np.argsort(score)
    enough = np.cumsum(weight[order]) >= level - shy
    return np.append(score[order], np.inf)[
        np.append(np.flatnonzero(enough), len(order))[0]
    ]


def _of_all(score, events, level):
    """Return the half-width, and what known mistakes make of it."""
    weight, n = _even(events), len(np.unique(events))
    share = weight * n / (n + 1)
    count, m = np.sort(score), len(score)
    plain = count[min(m, int(np.ceil((m + 1) * level - 1e-9))) - 1]
    return _half_width(score, share, level), {
        "do the records weigh alike, where the earthquakes should?": plain,
        "is nothing left for the earthquake that is to come?": (
            _half_width(score, weight, level)
        ),
        "is a weight that just reaches the level not enough, or lost by rounding?": (
            _half_width(score, share, level + 2e-9)
        ),
        "is it the place of the score, not the score?": float(
            np.flatnonzero(count == _half_width(score, share, level))[0]
        ),
    }


@read("hw2-intervals")
def test_18_nine_earthquakes_by_hand(student):
    """Of nine earthquakes, 0.8 needs eight tenths of the weight, and 0.95 too much."""
    rng = inputs.draw(18)
    for sizes in ([3, 1, 7, 2, 5, 1, 10, 4, 2], [6, 3, 1, 1, 9, 2, 4, 7, 4]):
        events = inputs.groups(rng, sizes)
        score = inputs.shuffled(rng, 5 + 3 * np.arange(events.size))[0]
        for level in (0.5, 0.8, 0.9, 0.63):
            for kind, values in inputs.both_kinds(score):
                right, slips = _of_all(values, events, level)
                expect_close(
                    student.conformal_half_width(values, events.astype(str), level),
                    right,
                    f"The half-width at level {level}, scores in {kind},",
                    mistakes={q: v for q, v in slips.items() if v != right},
                )
        found = student.conformal_half_width(score / 4, events, 0.95)
        expect(
            np.ndim(found) == 0 and np.isinf(found) and found > 0,
            f"Nine earthquakes carry nine tenths, and at level 0.95 it is {found}",
            "is the half-width infinite where all scores are not enough?",
        )


@read("hw2-intervals")
def test_19_one_record_each(student):
    """With one record each, it is the k-th smallest score, k = (G + 1) level, up."""
    rng = inputs.draw(19)
    for n, level, k in [(11, 0.75, 9), (19, 0.9, 18), (29, 0.9, 27), (99, 0.95, 95)]:
        score = inputs.numbers(rng, n, 0.1, 5)
        sorted_score = np.sort(score)
        events = inputs.groups(rng, [1] * n)
        expect_close(
            student.conformal_half_width(score, events, level),
            sorted_score[k - 1],
            f"The half-width at level {level} from {n} earthquakes of one record each",
            mistakes={
                "is it the score before?": sorted_score[k - 2],
                "is it the score after?": sorted_score[min(k, n - 1)],
                "is it read between two scores?": np.quantile(score, level),
            },
        )
        times = np.where(score > np.median(score), 4, 1)
        more = np.repeat(score, times)
        expect_close(
            student.conformal_half_width(more, np.repeat(events, times), level),
            sorted_score[k - 1],
            "The half-width, when the larger scores stand in the table four times,",
            mistakes={
                "do more records of one earthquake count as more earthquakes?": (
                    np.sort(more)[int(np.ceil((more.size + 1) * level - 1e-9)) - 1]
                )
            },
        )


# ---------------------------------------------------------------------------
# (d) Three questions
# ---------------------------------------------------------------------------


def _table(seed, n_events, n_stations, share, whole=False):
    """Draw which stations recorded which earthquakes, in no order."""
    rng = inputs.draw(seed)
    event, station = np.divmod(np.arange(n_events * n_stations), n_stations)
    met = rng.uniform(size=event.size) < share
    event, station = inputs.shuffled(rng, event[met], station[met])
    n = event.size
    X = np.column_stack([np.arange(n) % 13, np.arange(n) // 13, station % 3])
    y = inputs.shuffled(rng, np.arange(n))[0]
    names = event * 7 + 38457511, np.array([f"CI.S{one * 3}" for one in station])
    return (X, y, *names) if whole else (X / 8 - 1, y / 4 - 3, *names)


class _Notes(list):
    """What spies write down together: who copies a model copies no notes."""

    def __deepcopy__(self, memo):
        return self


class _Spy:
    """Predicts what a record and the records known make of it, and writes both down.

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
        self.rounds.append((self.known, rows))
        return self.said(self.known, rows)

    def said(self, known, rows):
        return 3 * np.sin(np.array(rows) + np.sum(known) % 17)


def _watched(student, table, n_folds, seed):
    """Return the score, and the rounds of each of the three: whom they knew, asked."""
    X, y, events, stations = table
    spy = _Spy(X, y)
    score = student.three_rmse(spy, X, y, events, stations, n_folds, seed)
    expect(
        len(spy.rounds) == 3 * n_folds,
        f"The model predicts {len(spy.rounds)} times with n_folds = {n_folds}",
        "is each part tested once, by a model that is fitted three times?",
    )
    parts = {}
    for known, asked in spy.rounds:
        parts.setdefault(frozenset(asked), []).append((known, asked))
    expect(
        len(parts) == n_folds and all(len(three) == 3 for three in parts.values()),
        "The three models of a part are not asked for the same records",
        "is what is tested the same, whatever the model was fitted to?",
    )
    return score, spy, list(parts.values())


def _expect_rounds(table, parts):
    """Insist that the three models of a part knew what they should, in any order."""
    events, stations = table[2:]
    sorted_rounds = []
    for three in parts:
        asked = three[0][1]
        e, s = set(events[asked]), set(stations[asked])
        for known, _ in three:
            expect(
                not e & set(events[known]),
                "A model is fitted to records of an earthquake that it is tested on",
                "are the records of the part's earthquakes left out of all three?",
            )
            expect(
                len(set(known)) == len(known),
                "A model is fitted to a record twice",
                "are they drawn with replacement?",
            )
        strangers = [one for one in three if not s & set(stations[one[0]])]
        expect(
            strangers,
            "None of the three models is a stranger to the stations it is tested at",
            "are the stations of the part left out for the third?",
        )
        strangers = min(strangers, key=lambda one: len(one[0]))
        rest = [one for one in three if one is not strangers]
        few, known = sorted(rest, key=lambda one: len(one[0]))
        sorted_rounds.append([known, few, strangers])
        expect(
            len(few[0]) == len(strangers[0]),
            f"The second model knows {len(few[0])} records and the third "
            f"{len(strangers[0])}",
            "has the second as many as the third?",
        )
        expect(
            set(few[0]) <= set(known[0]),
            "The second model knows records that the first does not",
            "is it fitted to some of those of the first?",
        )
        expect(
            set(strangers[0]) != set(few[0]),
            "The second model knows just the records of the third",
            "are its records drawn from all of the first?",
        )
    return sorted_rounds


def _deal_of(rounds, table):
    """Return the parts of the earthquakes, and of the stations, as far as seen."""
    events, stations = table[2:]
    deals = []
    for known, _, strangers in rounds:
        left = set(events) - set(events[known[0]])
        far = set(stations) - set(stations[strangers[0]])
        deals.append((frozenset(left), frozenset(far)))
    return deals


@read("hw2-three-questions")
def test_20_whom_the_models_know(student):
    """Three folds of earthquakes and of stations, all dealt evenly and by the seed."""
    deals = []
    for seed, whole in [(0, False), (1, True), (2, False), (3, False)]:
        table = _table(20, 11, 13, 0.9, whole)
        events, stations = table[2:]
        _, _, parts = _watched(student, table, 3, seed)
        rounds = _expect_rounds(table, parts)
        deal = _deal_of(rounds, table)
        for which, names, count in ((0, events, 11), (1, stations, 13)):
            what = ("earthquakes", "stations")[which]
            sizes = sorted(len(one[which]) for one in deal)
            expect(
                sum(sizes) == count and len(set(names)) == count,
                f"Of {count} {what}, {sizes} are left out of three fits",
                "is each in one part, and are all others known?",
            )
            expect(
                max(sizes) - min(sizes) <= 1,
                f"The parts hold {sizes} of {count} {what}",
                "do the numbers in two parts differ by one at most?",
            )
        for (left, far), (known, few, strangers) in zip(deal, rounds, strict=True):
            at = np.isin(events, list(left))
            there = np.isin(stations, list(far))
            for rows, right, name in [
                (known[1], at & there, "What is tested"),
                (known[0], ~at, "What the first model knows"),
                (strangers[0], ~at & ~there, "What the third model knows"),
            ]:
                expect(
                    sorted(rows) == list(np.flatnonzero(right)),
                    f"{name} is {len(rows)} records, and should be {right.sum()}",
                    "are these all records of the other earthquakes?"
                    if rows is known[0]
                    else "",
                )
            expect(len(few[0]) == np.sum(~at & ~there), "The second model is off")
        deals.append([{one[k] for one in deal} for k in range(2)])
    for k, what in enumerate(("earthquakes", "stations")):
        # Two deals of 11 into three parts agree once in thousands, four never.
        expect(
            any(deal[k] != deals[0][k] for deal in deals),
            f"Four seeds deal the {what} into the same parts",
            "is random_state used, and are they shuffled?",
        )


def _rms(errors):
    return np.sqrt(np.mean(np.square(errors)))


@read("hw2-three-questions")
def test_21_three_errors_of_all_that_is_tested(student):
    """The three errors are pooled over all tested records, in the order of the list."""
    for n_folds, whole in [(4, False), (3, True)]:
        # no two earthquakes miss the same two stations, so no deal has an empty part
        table = _table(21, 9, 10, 0.8, whole)
        score, spy, parts = _watched(student, table, n_folds, 5)
        rounds = _expect_rounds(table, parts)
        expect_shape(score, (3,), "three_rmse")

        def of(pool, kept=np.array, rounds=rounds, spy=spy):
            return np.array(
                [
                    pool([kept(spy.said(*one[k])) - spy.y[one[k][1]] for one in rounds])
                    for k in range(3)
                ]
            )

        right = of(lambda each: _rms(np.concatenate(each)))
        expect_close(
            score,
            right,
            f"The three errors of {n_folds} parts",
            mistakes={
                "are the second and the third in the wrong order?": right[[0, 2, 1]],
                "are they in the opposite order?": right[::-1],
                "is the order 3, 1, 2?": right[[2, 0, 1]],
                "is the order 2, 1, 3?": right[[1, 0, 2]],
                "have you averaged the errors of the parts, not of all records?": of(
                    lambda each: np.mean([_rms(one) for one in each])
                ),
                "have you averaged the mean squares of the parts, as if these were "
                "equally large?": of(lambda each: _rms([_rms(one) for one in each])),
                "are they mean squares, with the root missing?": right**2,
                "are they mean absolute errors?": of(
                    lambda each: np.mean(abs(np.concatenate(each)))
                ),
                "is the mean error taken off?": of(
                    lambda each: np.std(np.concatenate(each))
                ),
                "are the predictions cut to whole numbers?": of(
                    lambda each: _rms(np.concatenate(each)), np.trunc
                ),
            },
        )
        again = _watched(student, table, n_folds, 5)[0]
        expect(np.array_equal(score, again), "The same seed gives two answers")
    _expect_passed_over(student)


def _expect_passed_over(student):
    """Insist that no model is asked of no record, where some parts have none."""
    at = np.arange(36)
    # one earthquake is everywhere, so that some part has records, whatever the deal
    met = (at < 6) | ((at // 6 + at % 6) % 2 == 0)
    event, station = np.divmod(inputs.shuffled(inputs.draw(24), at[met])[0], 6)
    X, y = inputs.design(inputs.draw(25), event.size, 2), np.cos(event + 2.0 * station)
    for seed in (1, 2, 3):
        spy = _Spy(X, y)
        score = student.three_rmse(spy, X, y, event + 5, station, 6, seed)
        expect(
            all(asked for _, asked in spy.rounds),
            "A model is asked to predict no record at all",
            "is a part without records to test passed over?",
        )
        expect_shape(score, (3,), "three_rmse")
        expect(
            np.isfinite(np.asarray(score, dtype=float)).all(),
            "The three errors are not finite, where some parts have no records",
            "is a part without records to test passed over?",
        )


class _Sites:
    """Remember the mean of every station, named by the only feature."""

    def fit(self, X, y):
        names = np.asarray(X)[:, 0]
        self.mean = {name: np.mean(y[names == name]) for name in np.unique(names)}

    def predict(self, X):
        return np.array([self.mean.get(name, 0.0) for name in np.asarray(X)[:, 0]])


@read("hw2-three-questions")
def test_22_a_memory_for_stations(student):
    """Who remembers stations is right at known ones, and knows nothing of new ones."""
    events, place = np.divmod(np.arange(7 * 7), 7)
    events, place = inputs.shuffled(inputs.draw(22), events, place)
    y = np.linspace(-1, 1, 7)[place]
    found = student.three_rmse(_Sites(), place[:, None] / 2, y, events, place, 7, 1)
    expect_shape(found, (3,), "three_rmse")
    found = np.asarray(found, float)
    right = [0.0, 0.0, _rms(np.linspace(-1, 1, 7))]
    expect_close(
        found,
        right,
        "The errors of a memory for stations",
        mistakes={
            "has the third model met the stations that should be new to it?": (
                [0.0, 0.0, 0.0]
            ),
            "are they in the opposite order?": right[::-1],
            "is the third in the place of the second?": [right[k] for k in (0, 2, 1)],
        },
    )
