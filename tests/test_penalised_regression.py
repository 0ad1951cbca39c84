"""Ridge and lasso minimise what they say, as scikit-learn's do."""

import numpy as np
import pytest
import sklearn.linear_model as library
from hypothesis import given, settings
from learner_data import lines, noisy_plane
from learner_fits import (
    assert_same_fit,
    real_and_synthetic,
    sample_and_synthetic,
    standardised,
)

from mlearth.learners import Lasso, LinearRegression, Ridge, centre, soft_threshold

quick = settings(deadline=None, max_examples=25)


@pytest.mark.parametrize("alpha", [1e-3, 1.0, 1e4])
@real_and_synthetic
def test_ridge_equals_scikit_learn(data, alpha):
    """The closed form gives the weights of scikit-learn's Ridge."""
    X, y = standardised(*data())
    # rounding times a condition number of up to 4e3
    assert_same_fit(Ridge(alpha).fit(X, y), library.Ridge(alpha).fit(X, y), rtol=1e-11)


@quick
@given(lines())
def test_ridge_equals_scikit_learn_on_any_lines(data):
    """The same holds on generated data."""
    # rounding times the condition number of a penalised system of a few rows
    assert_same_fit(Ridge().fit(*data), library.Ridge().fit(*data), rtol=1e-10)


def test_ridge_leaves_the_bias_free():
    """An endless penalty takes the weights to zero and the bias to the mean of y."""
    X, y = noisy_plane()
    model = Ridge(alpha=1e12).fit(X, y)
    # weights shrink like 1 / alpha
    assert np.abs(model.w_).max() < 1e-8
    assert model.b_ == pytest.approx(y.mean(), abs=1e-6)


def test_ridge_accepts_features_that_depend_on_one_another():
    """A feature given twice shares its weight; least squares refuses it."""
    X, y = noisy_plane()
    twice = np.column_stack([X, X[:, 0]])
    model = Ridge(alpha=1e-3).fit(twice, y)
    # equal by symmetry; rounding times 1 / alpha
    assert model.w_[0] == pytest.approx(model.w_[-1], rel=1e-8)
    with pytest.raises(ValueError, match=r"column 5 .* \(feature 4 of X"):
        LinearRegression().fit(twice, y)


def test_soft_threshold_by_hand():
    """Towards zero by one, and not beyond."""
    z = np.array([-3.0, -1.0, -0.5, 0.0, 1.0, 2.5])
    assert soft_threshold(z, 1.0).tolist() == [-2.0, 0.0, 0.0, 0.0, 0.0, 1.5]


@quick
@given(lines())
def test_soft_threshold_minimises_its_loss(data):
    """It is the w that makes (w - z)^2 / 2 + threshold |w| least."""
    z, threshold = data[1][0], 0.5
    w = soft_threshold(z, threshold)
    others = w + np.linspace(-2, 2, 41)
    loss = (others - z) ** 2 / 2 + threshold * np.abs(others)
    # rounding of the loss
    assert (w - z) ** 2 / 2 + threshold * np.abs(w) <= loss.min() * (1 + 1e-12)


@pytest.mark.parametrize("alpha", [0.01, 0.1, 0.5])
@sample_and_synthetic
def test_lasso_equals_scikit_learn(data, alpha):
    """Coordinate descent on the same objective gives scikit-learn's weights."""
    X, y = standardised(*data())
    ours = Lasso(alpha, tol=1e-12).fit(X, y)
    theirs = library.Lasso(alpha, tol=1e-14, max_iter=100_000).fit(X, y)
    # steps of 1e-12, times 1 / (1 - correlation of the features), at most 1e2
    assert_same_fit(ours, theirs, rtol=1e-9)
    assert np.array_equal(ours.w_ == 0, theirs.coef_ == 0)


@quick
@given(lines())
def test_lasso_meets_its_conditions(data):
    """Each feature's correlation with the residuals is alpha, or less where w = 0."""
    X, y = data
    alpha = 0.1
    model = Lasso(alpha, n_iter=100_000, tol=1e-12).fit(X, y)
    pull = (X - X.mean(axis=0)).T @ (y - model.predict(X)) / len(y)
    # steps of 1e-12 of y, times a feature of order 1
    slack = 1e-9 * (1 + y.std())
    assert np.all(np.abs(pull) <= alpha + slack)
    chosen = model.w_ != 0
    assert np.all(np.abs(pull - alpha * np.sign(model.w_))[chosen] <= slack)


@sample_and_synthetic
def test_lasso_is_empty_from_the_largest_pull_on(data):
    """Above max |x.T @ y| / n every weight is zero, just below one is not."""
    X, y, _, y_mean = centre(*standardised(*data()))
    largest = np.abs(X.T @ y / len(y)).max()
    above = Lasso(1.001 * largest).fit(X, y + y_mean)
    assert np.array_equal(above.w_, np.zeros(X.shape[1]))
    # rounding of a mean
    assert above.b_ == pytest.approx(y_mean, rel=1e-12)
    assert np.count_nonzero(Lasso(0.999 * largest).fit(X, y + y_mean).w_) == 1


def test_lasso_leaves_a_constant_feature_out():
    """A feature without variance has a weight of zero, not of NaN."""
    X, y = noisy_plane()
    model = Lasso(alpha=0.1).fit(np.column_stack([X, np.full(len(X), 7.0)]), y)
    assert model.w_[-1] == 0
    np.testing.assert_array_equal(model.w_[:-1], Lasso(alpha=0.1).fit(X, y).w_)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: soft_threshold([1.0], -1), "threshold must be a finite number > 0"),
    ],
)
def test_functions_name_what_is_wrong(call, words):
    """Each error names the argument."""
    with pytest.raises(ValueError, match=words):
        call()
