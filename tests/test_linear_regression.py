"""The regressions from scratch do what their equations say and libraries compute."""

import numpy as np
import pytest
import sklearn.linear_model as library
from hypothesis import given, settings
from learner_contract import UNFINISHED, array_api_complaints, contract
from learner_data import lines, noisy_plane, ridgecrest, ridgecrest_sample
from learner_fits import (
    assert_same_fit,
    real_and_synthetic,
    sample_and_synthetic,
    standardised,
    weights,
)
from scipy.stats import linregress
from sklearn.exceptions import ConvergenceWarning
from sklearn.preprocessing import StandardScaler

from mlearth.learners import (
    GradientDescentRegression,
    HuberRegression,
    Lasso,
    LinearRegression,
    Ridge,
    huber_weights,
    largest_eta,
    with_ones,
)

quick = settings(deadline=None, max_examples=25)
LEARNERS = [
    LinearRegression(),
    GradientDescentRegression(),
    Ridge(),
    Lasso(),
    HuberRegression(),
]


@contract(*LEARNERS)
def test_scikit_learn_accepts_the_regressor(learner, check):
    """Every check that scikit-learn has for a regressor passes."""
    check(learner)


def test_scikit_learn_accepts_the_regressors_with_the_array_api():
    """The check that needs a process of its own passes, but for plain least squares.

    Its data hold features that are sums of others. Least squares then has no single
    solution, and says so; a penalty or small steps still have one.
    """
    said = array_api_complaints(*LEARNERS)
    refused = ["LinearRegression()", "HuberRegression()"]
    for name in refused:
        assert "ValueError('A must have independent columns" in said.pop(name)
    assert set(said.values()) == {"passed"}


def test_line_through_three_points_by_hand():
    """Through (0, 0), (1, 1), (2, 5): slope 5/2, bias -1/2, s^2 = 3/2, errors known."""
    # residuals 1/2, -1, 1/2; sum of squares 3/2 over 3 - 2 rows; inv(A'A) has
    # diagonal 5/6 (bias) and 1/2 (slope). Rounding only: 1e-14
    model = LinearRegression().fit([[0], [1], [2]], [0, 1, 5])
    assert model.w_ == pytest.approx([2.5], rel=1e-14)
    assert model.b_ == pytest.approx(-0.5, rel=1e-14)
    assert model.sigma_ == pytest.approx(np.sqrt(3 / 2), rel=1e-14)
    assert model.b_se_ == pytest.approx(np.sqrt(3 / 2 * 5 / 6), rel=1e-14)
    assert model.w_se_ == pytest.approx([np.sqrt(3 / 2 / 2)], rel=1e-14)


@real_and_synthetic
def test_least_squares_equals_scikit_learn(data):
    """QR gives the weights that scikit-learn finds by singular values."""
    X, y = data()
    # both are exact but for rounding, times a condition number of up to 4e3
    ours = LinearRegression().fit(X, y)
    assert_same_fit(ours, library.LinearRegression().fit(X, y), rtol=1e-11)
    theirs = library.LinearRegression().fit(X, y).predict(X)
    # predictions are sums of terms of order 1 to 100
    np.testing.assert_allclose(ours.predict(X), theirs, rtol=0, atol=1e-9)


@quick
@given(lines())
def test_least_squares_equals_scikit_learn_on_any_lines(data):
    """The same holds on generated data."""
    # few rows may be nearly dependent: rounding times a condition number of 1e6
    assert_same_fit(
        LinearRegression().fit(*data), library.LinearRegression().fit(*data), rtol=1e-9
    )


@quick
@given(lines())
def test_standard_errors_equal_scipy_for_one_feature(data):
    """SciPy's linregress gives the same errors of slope and bias."""
    x, y = data[0][:, 0], data[1]
    theirs = linregress(x, y)
    ours = LinearRegression().fit(x[:, None], y)
    # SciPy takes 1 - r^2 for the residuals, which loses digits where r is near 1
    assert ours.w_se_[0] == pytest.approx(theirs.stderr, rel=1e-6)
    assert ours.b_se_ == pytest.approx(theirs.intercept_stderr, rel=1e-6)


def test_ridgecrest_standard_error_is_classical():
    """The textbook formula gives 0.0033 for the magnitude: far too small, see there."""
    model = LinearRegression().fit(*ridgecrest())
    # quoted in the chapter: -1.599 + 0.739 M - 1.190 log10 R - 0.00292 R
    assert weights(model) == pytest.approx([-1.599, 0.739, -1.190, -0.00292], rel=1e-3)
    assert model.w_se_[0] == pytest.approx(0.0033, abs=5e-5)


def test_no_row_left_over_leaves_the_errors_unknown():
    """Two points on a line: an exact fit, and NaN for what nothing can tell."""
    model = LinearRegression().fit([[0], [1]], [1, 3])
    # rounding
    assert weights(model) == pytest.approx([1, 2], rel=1e-14)
    assert np.isnan([model.sigma_, model.b_se_, *model.w_se_]).all()


@UNFINISHED
def test_gradient_descent_step_by_hand():
    """From zero, residuals 1 and 3 at x = 1 and 2: gradient (-3.5, -2), eta = 0.1."""
    model = GradientDescentRegression(eta=0.1, n_iter=1).fit([[1], [2]], [1, 3])
    # rounding of a product
    assert model.w_ == pytest.approx([0.35], rel=1e-15)
    assert model.b_ == pytest.approx(0.2, rel=1e-15)
    # residuals before: 1 and 3; after: 0.45 and 2.1; rounding of two squares
    assert model.losses_ == pytest.approx([2.5, (0.45**2 + 2.1**2) / 4], rel=1e-14)


@pytest.mark.parametrize("share", [0.1, 0.9])
@sample_and_synthetic
def test_gradient_descent_converges_to_least_squares(data, share):
    """Standardised, and with eta below the limit, the steps end at least squares."""
    X, y = standardised(*data())
    model = GradientDescentRegression(eta=share * largest_eta(X), n_iter=3000)
    # the slowest direction has shrunk to below 1e-10
    assert_same_fit(model.fit(X, y), LinearRegression().fit(X, y), rtol=1e-9)


@UNFINISHED
def test_gradient_descent_goes_downhill_with_the_default_eta():
    """The default eta is safe: no step makes the loss larger, on raw data either."""
    X, y = ridgecrest_sample()
    model = GradientDescentRegression(n_iter=200).fit(X, y)
    assert model.eta_ < largest_eta(X) / 2
    assert np.all(np.diff(model.losses_) <= 0)
    assert len(model.losses_) == 201


@UNFINISHED
def test_gradient_descent_diverges_beyond_the_largest_eta():
    """One per cent above the limit the loss ends up growing with every step."""
    X, y = standardised(*noisy_plane())
    eta = 1.01 * largest_eta(X)
    model = GradientDescentRegression(eta=eta, n_iter=1000).fit(X, y)
    assert np.all(np.diff(model.losses_[-500:]) > 0)


def test_gradient_descent_says_that_eta_is_too_large():
    """On unscaled distances [km] eta = 0.1 overflows: the error names eta."""
    with pytest.raises(ValueError, match=r"eta=0.1 is too large .* Standardise X"):
        GradientDescentRegression(eta=0.1).fit(*ridgecrest_sample())


def test_huber_weights_by_hand():
    """One up to delta = 2, then delta / |r|."""
    assert huber_weights([-8.0, -2.0, 0.0, 4.0], 2.0).tolist() == [0.25, 1, 1, 0.5]


@sample_and_synthetic
def test_huber_equals_scikit_learn(data):
    """With scikit-learn's own scatter as delta, the weights are scikit-learn's."""
    X, y = standardised(*data())
    assert_equals_library_huber(X, y)


@settings(quick, max_examples=10)
@given(lines())
def test_huber_equals_scikit_learn_on_any_lines(data):
    """The same holds on generated data with heavy tails."""
    X, y = data
    X = StandardScaler().fit_transform(X)
    assert_equals_library_huber(X, y / y.std())


def assert_equals_library_huber(X, y):
    """scikit-learn stops where its gradient is below tol, not at the minimum."""
    options = {"epsilon": 1.35, "alpha": 0.0, "tol": 1e-8, "max_iter": 10_000}
    theirs = library.HuberRegressor(**options).fit(X, y)
    ours = HuberRegression(delta=1.35 * theirs.scale_, n_iter=1000).fit(X, y)
    assert_same_fit(ours, theirs, rtol=1e-4)


@quick
@given(lines())
def test_huber_meets_its_condition(data):
    """At the minimum the clipped residuals are at right angles to every column."""
    X, y = data
    X, delta = StandardScaler().fit_transform(X), 0.5 * y.std()
    model = HuberRegression(delta, n_iter=10_000, tol=1e-10).fit(X, y)
    clipped = np.clip(y - model.predict(X), -delta, delta)
    # steps of 1e-10 delta in each of n predictions, slowly converging: a factor 1e2
    assert np.abs(with_ones(X).T @ clipped).max() <= 1e-8 * delta * len(y)


def test_huber_with_a_wide_delta_is_least_squares():
    """If no residual exceeds delta nothing is weighed down."""
    X, y = noisy_plane()
    # the second solution repeats the first
    assert_same_fit(
        HuberRegression(delta=100.0).fit(X, y), LinearRegression().fit(X, y), 1e-12
    )


def test_huber_bounds_the_pull_of_an_outlier():
    """Moving one target from 1e3 to 1e6 moves least squares, and not Huber's fit."""
    X, y = (array.copy() for array in noisy_plane())
    fits = []
    for y[0] in (1e3, 1e6):
        fits.append(
            [weights(m.fit(X, y)) for m in (HuberRegression(), LinearRegression())]
        )
    moved_huber, moved_squares = np.abs(np.subtract(*fits)).max(axis=1)
    # tol of 1e-6 against a million
    assert moved_huber < 1e-4
    assert moved_squares > 1e3


@pytest.mark.parametrize("learner", [Lasso(n_iter=1), HuberRegression(n_iter=1)])
def test_too_few_iterations_are_a_warning(learner):
    """It names the learner, n_iter and tol."""
    learner = learner.set_params(tol=1e-14)
    words = rf"{type(learner).__name__} took n_iter=1 iterations.*tol=1e-14"
    with pytest.warns(ConvergenceWarning, match=words):
        learner.fit(*ridgecrest())


@pytest.mark.parametrize(
    ("learner", "words"),
    [
        (Ridge(alpha=0.0), r"alpha must be a finite number > 0, got 0.0"),
        (Lasso(alpha=-1), r"alpha must be a finite number > 0, got -1"),
        (Lasso(alpha=True), r"alpha must be a finite number > 0, got True"),
        (Lasso(tol=0), r"tol must be a finite number > 0, got 0"),
        (Lasso(n_iter=0), r"n_iter must be a whole number >= 1, got 0"),
        (HuberRegression(delta=np.inf), r"delta must be a finite number > 0, got inf"),
        (HuberRegression(delta=None), r"delta must be a finite number > 0, got None"),
        (GradientDescentRegression(eta=0), r"eta must be a finite number > 0 or None"),
    ],
)
def test_a_wrong_parameter_is_named(learner, words):
    """The error says which parameter, what it was and what is accepted."""
    with pytest.raises(ValueError, match=words):
        learner.fit(*noisy_plane())


def test_huber_weights_refuse_a_delta_of_zero():
    """The error names delta."""
    with pytest.raises(ValueError, match="delta must be a finite number > 0"):
        huber_weights([1.0], 0)
