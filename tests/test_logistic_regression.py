"""Logistic and softmax regression do what their equations say."""

import re

import numpy as np
import pytest
import sklearn.linear_model as library
from hypothesis import given, settings
from learner_contract import array_api_complaints, contract
from learner_data import clouds, swiss_events, two_clouds
from learner_fits import assert_slopes, shaken_classes
from scipy.optimize import check_grad
from sklearn.exceptions import ConvergenceWarning

from mlearth.learners import (
    LogisticRegression,
    SoftmaxRegression,
    cross_entropy,
    cross_entropy_gradient,
    newton,
    sigmoid,
    softmax,
)
from mlearth.learners.linear.softmax_regression import softmax_derivatives

LEARNERS = [LogisticRegression(), SoftmaxRegression()]
quick = settings(deadline=None, max_examples=25)


def three_clouds():
    """Three overlapping clouds: X (300, 2), y of text."""
    rng = np.random.default_rng(7)
    codes = np.repeat([0, 1, 2], 100)
    centres = np.array([[0, 0], [2, 0], [1, 2]])
    return rng.normal(size=(300, 2)) + centres[codes], np.array(["n", "r", "s"])[codes]


def precise(C):
    """scikit-learn's classifier, run until it rests."""
    options = {"solver": "newton-cholesky", "tol": 1e-10, "max_iter": 1000}
    return library.LogisticRegression(C=C, **options)


@contract(*LEARNERS)
def test_scikit_learn_accepts_the_classifier(learner, check):
    """Every check that scikit-learn has for a classifier passes."""
    check(learner)


def test_scikit_learn_accepts_the_classifiers_with_the_array_api():
    """The check that needs a process of its own passes as well."""
    assert set(array_api_complaints(*LEARNERS).values()) == {"passed"}


# the logistic function and the cross-entropy


def test_sigmoid_by_hand():
    """Odds of 1 to 3 are a quarter; far out nothing overflows and nothing is lost."""
    # rounding of one exponential
    np.testing.assert_allclose(sigmoid(np.log([1 / 3, 1, 3])), [0.25, 0.5, 0.75])
    assert sigmoid(-700) == pytest.approx(np.exp(-700), rel=1e-12)
    assert sigmoid([-1e5, 1e5]).tolist() == [0.0, 1.0]


def test_cross_entropy_by_hand():
    """Probabilities 3/4 for a 1 and 1/4 for a 1 cost the mean of ln 4/3 and ln 4."""
    X, y = np.log([[3.0], [1 / 3]]), np.ones(2)
    expected = (np.log(4 / 3) + np.log(4)) / 2
    assert cross_entropy(np.ones(1), 0.0, X, y) == pytest.approx(expected, rel=1e-14)


def test_cross_entropy_keeps_its_digits():
    """A sample that is right by 40 log-odds costs exp(-40), not zero."""
    cost = cross_entropy(np.ones(1), 0.0, np.array([[40.0]]), np.ones(1))
    assert cost == pytest.approx(np.exp(-40), rel=1e-12)


@quick
@given(clouds())
def test_gradient_is_the_slope_of_the_cross_entropy(data):
    """Finite differences of the loss give its gradient."""
    X, y = data[0], (data[1] + 1) / 2
    theta = np.random.default_rng(0).normal(size=X.shape[1] + 1)

    def gradient(t):
        dw, db = cross_entropy_gradient(t[1:], t[0], X, y)
        return np.r_[db, dw]

    # a forward difference of step 1e-7 errs by half of it times the curvature, at
    # most a quarter of the squared norm of a sample (some 100), and by rounding / step
    wrong = check_grad(
        lambda t: cross_entropy(t[1:], t[0], X, y), gradient, theta, epsilon=1e-7
    )
    assert wrong < 1e-5 < np.linalg.norm(gradient(theta))


# Newton's method


def test_newton_solves_a_parabola_in_one_step():
    """The model is exact there: one step down and one that confirms it."""
    H, g = np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([1.0, -4.0])
    theta, losses, finished = newton(
        lambda t: t @ H @ t / 2 - g @ t, lambda t: (H @ t - g, H), np.zeros(2)
    )
    # rounding of a 2 x 2 system
    np.testing.assert_allclose(theta, np.linalg.solve(H, g), rtol=1e-14)
    assert len(losses) == 3
    assert finished


@pytest.mark.parametrize(
    ("loss", "hessian", "words"),
    [
        (np.sum, -np.eye(2), "a positive definite Hessian, got one with a diagonal fr"),
        (
            np.sum,
            np.zeros((2, 2)),
            "positive definite Hessian, got one with a diagonal",
        ),
        (
            np.sum,
            np.ones((2, 2)),
            "one scale (standardise X), or raise the penalty (al",
        ),
        (lambda theta: np.nan, np.eye(2), "loss(theta) must be a finite number, got n"),
    ],
)
def test_newton_refuses_what_has_no_minimum(loss, hessian, words):
    """A hill, a plain and a loss that is not defined: each has its sentence."""
    with pytest.raises(ValueError, match=re.escape(words)):
        newton(loss, lambda theta: (np.ones(2), hessian), np.zeros(2))


@pytest.mark.parametrize("size", [1e-6, 1.0])
def test_newton_takes_no_rising_loss_for_success(size):
    """Where every step leads uphill, promised drop or not, it stays and says no."""
    promise = np.array([size]), np.array([[size]])
    theta, losses, finished = newton(
        lambda theta: np.abs(theta).sum(), lambda theta: promise, np.zeros(1), tol=1e-3
    )
    assert (theta.tolist(), losses, finished) == ([0.0], [0.0], False)


def test_newton_halves_a_step_that_leads_uphill():
    """From t = 4 a full step on ln cosh overshoots ever farther; halved it arrives."""
    full = 4 - np.tanh(4.0) * np.cosh(4.0) ** 2
    assert np.logaddexp(full, -full) > np.logaddexp(4, -4)
    theta, losses, finished = newton(
        lambda t: np.logaddexp(t, -t).item(),
        lambda t: (np.tanh(t), np.diag(1 / np.cosh(t) ** 2)),
        np.array([4.0]),
    )
    assert finished
    assert abs(theta[0]) < 1e-6  # tol is 1e-10 before the last, quadratic, step
    assert np.all(np.diff(losses) < 1e-15)


# two classes


def strong_shaking():
    """Ridgecrest: is the peak acceleration 1 %g or more? One record in twenty is."""
    X, y = shaken_classes()
    return X, y >= 3


@pytest.mark.parametrize("alpha", [1e-3, 1.0, 100.0])
@pytest.mark.parametrize("data", [two_clouds, swiss_events, strong_shaking])
def test_logistic_equals_scikit_learn(data, alpha):
    """Weights, bias and probabilities are those of C = 1 / alpha."""
    X, y = data()
    assert_equals_library(LogisticRegression(alpha), X, y, alpha, atol=1e-8)


@quick
@given(clouds())
def test_logistic_equals_scikit_learn_on_any_clouds(data):
    """The same holds on generated data, also where a line separates the classes."""
    assert_equals_library(LogisticRegression(0.1), *data, 0.1, atol=1e-6)


def assert_equals_library(ours, X, y, alpha, atol):
    """Both stop where the gradient is some 1e-10; divide by the least curvature."""
    ours, theirs = ours.fit(X, y), precise(1 / alpha).fit(X, y)
    assert ours.classes_.tolist() == theirs.classes_.tolist()
    np.testing.assert_allclose(np.atleast_2d(ours.w_), theirs.coef_, atol=atol)
    np.testing.assert_allclose(ours.b_, np.squeeze(theirs.intercept_), atol=atol)
    found = ours.predict_proba(X)
    np.testing.assert_allclose(found, theirs.predict_proba(X), atol=atol)


def test_logistic_finds_the_truth_of_a_simulation():
    """From 20,000 labels drawn with known weights the weights come back."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(20_000, 2))
    y = rng.random(20_000) < sigmoid(X @ [1.5, -0.8] - 0.5)
    learner = LogisticRegression(alpha=1e-3).fit(X, y)
    # standard errors are 1 / sqrt(n * mean curvature), about 0.02: three of them
    np.testing.assert_allclose([learner.b_, *learner.w_], [-0.5, 1.5, -0.8], atol=0.06)


@quick
@given(clouds())
def test_logistic_predicts_as_many_as_there_are(data):
    """The bias is free, so the mean probability is the share of the class."""
    X, y = data
    learner = LogisticRegression().fit(X, y)
    # the gradient by the bias, after a last Newton step from 1e-10
    found = learner.predict_proba(X)[:, 1].mean()
    assert found == pytest.approx(np.mean(y == 1), abs=1e-8)


def test_the_loss_of_newton_falls_in_every_step():
    """Nine losses on the Swiss events, each below the one before."""
    losses = LogisticRegression().fit(*swiss_events()).losses_
    assert losses[0] == pytest.approx(np.log(2), rel=1e-14)
    assert np.all(np.diff(losses) < 1e-15)


def test_where_a_line_separates_only_the_penalty_holds_the_weights():
    """A hundredth of the penalty, larger weights; with any, they are finite."""
    X, y = [[-2.0], [-1.0], [1.0], [2.0]], [0, 0, 1, 1]
    sizes = [LogisticRegression(alpha).fit(X, y).w_[0] for alpha in (1, 1e-2, 1e-4)]
    assert 1 < sizes[0] < sizes[1] / 2 < sizes[2] / 3


# several classes


def shaken_sample():
    """Every fifth record of `shaken_classes`."""
    return shaken_classes(5)


def swiss_kinds():
    """Blast, earthquake, or large event of either: X (1897, 4), y of text."""
    X, y = swiss_events()
    return X[:, :4], np.where(X[:, 4] > 1, "large", y)


@pytest.mark.parametrize("alpha", [1e-2, 1.0])
@pytest.mark.parametrize("data", [three_clouds, swiss_kinds, shaken_sample])
def test_softmax_equals_scikit_learn(data, alpha):
    """Weights, biases and probabilities are those of C = 1 / alpha."""
    X, y = data()
    assert_equals_library(SoftmaxRegression(alpha), X, y, alpha, atol=1e-7)


def test_softmax_of_two_classes_is_logistic_regression():
    """Two mirror-image weights share the penalty: half the alpha gives the same."""
    X, y = swiss_events()
    two = SoftmaxRegression(alpha=1.0).fit(X, y)
    one = LogisticRegression(alpha=0.5).fit(X, y)
    # both end with a quadratic step from 1e-10
    np.testing.assert_allclose(two.w_[1] - two.w_[0], one.w_, atol=1e-8)
    np.testing.assert_allclose(two.predict_proba(X), one.predict_proba(X), atol=1e-9)


def test_softmax_weights_sum_to_zero():
    """Only differences between classes mean something, and the sums stay at zero."""
    learner = SoftmaxRegression().fit(*three_clouds())
    # rounding over some ten steps
    np.testing.assert_allclose(learner.w_.sum(axis=0), 0, atol=1e-12)
    assert abs(learner.b_.sum()) < 1e-12


def test_softmax_by_hand():
    """Scores ln 1, ln 2 and ln 5 are shares of 1/8, 2/8 and 5/8; shifts do nothing."""
    Z = np.log([[1.0, 2.0, 5.0]])
    # rounding, and 1e3 * 1e-16 for the shifted ones
    np.testing.assert_allclose(softmax(Z), [[1 / 8, 2 / 8, 5 / 8]], rtol=1e-14)
    np.testing.assert_allclose(softmax(Z + 1e3), softmax(Z), rtol=1e-12)


def test_softmax_derivatives_are_slopes():
    """Differences of the loss give the gradient, of the gradient the Hessian."""
    X, y = three_clouds()
    A, Y = np.c_[np.ones(300), X], np.eye(3)[np.unique(y, return_inverse=True)[1]]
    penalty = np.tile([0, 0.1, 0.1], 3)
    theta = np.random.default_rng(0).normal(size=9)

    def loss(t):
        P = softmax(A @ t.reshape(3, -1).T)
        return -np.mean(np.log(P[Y == 1])) + penalty @ t**2 / 2

    _, hessian = softmax_derivatives(theta, A, Y, penalty)
    pinned = hessian - np.kron(np.ones((3, 3)), np.diag(np.mean(A**2, axis=0)))
    assert_slopes(
        loss, lambda t: softmax_derivatives(t, A, Y, penalty)[0], theta, pinned
    )


# what they refuse


@pytest.mark.parametrize(
    ("learner", "words"),
    [
        (LogisticRegression(alpha=0), r"alpha must be a finite number > 0, got 0"),
        (LogisticRegression(n_iter=0), r"n_iter must be a whole number >= 1"),
        (SoftmaxRegression(tol=-1), r"tol must be a finite number > 0, got -1"),
    ],
)
def test_a_wrong_parameter_is_named(learner, words):
    """The error says which parameter, what it was and what is accepted."""
    with pytest.raises(ValueError, match=words):
        learner.fit(*two_clouds())


@pytest.mark.parametrize("learner", LEARNERS)
def test_one_class_is_refused(learner):
    """Nothing can be told apart from one class."""
    with pytest.raises(ValueError, match="y has one class only, 'a': "):
        learner.fit([[1.0], [2.0]], ["a", "a"])


@pytest.mark.parametrize("learner", LEARNERS)
def test_too_few_steps_are_told(learner):
    """One step does not reach the minimum: a warning says so, and the fit stays."""
    learner = type(learner)(n_iter=1)
    with pytest.warns(ConvergenceWarning, match=r"took n_iter=1 .* tol=1e-10"):
        learner.fit(*two_clouds())
    assert len(learner.losses_) == 2
