"""The polynomial, its bias and its variance do what their equations say."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learner_contract import array_api_complaints, contract
from learner_data import lines, noisy_plane, ridgecrest, ridgecrest_sample
from octave import OctaveError, run_octave, run_octave_calls
from sklearn.linear_model import LinearRegression as LibraryRegression
from sklearn.model_selection import validation_curve as library_curve
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, PolynomialFeatures

from mlearth.learners import (
    PolynomialRegression,
    bias_variance,
    powers,
    rmse,
    validation_curve,
)

quick = settings(deadline=None, max_examples=15)


@contract(PolynomialRegression(), PolynomialRegression(degree=2))
def test_scikit_learn_accepts_the_polynomial(learner, check):
    """Every check that scikit-learn has for a regressor passes."""
    check(learner)


def test_scikit_learn_accepts_the_polynomial_with_the_array_api():
    """Its data hold features that are sums of others: refused, in a sentence."""
    said = array_api_complaints(PolynomialRegression())
    words = "ValueError('A must have independent columns"
    assert words in said["PolynomialRegression()"]


def test_powers_by_hand():
    """Ones, then the variables, then their squares; no products of two variables."""
    found = powers([[2, 3], [4, 5]], 2)
    assert found.tolist() == [[1, 2, 3, 4, 9], [1, 4, 5, 16, 25]]
    assert powers([[2, 3], [4, 5]], 0).tolist() == [[1], [1]]


def test_parabola_by_hand():
    """Through (0, 1), (2, 3), (4, 9): t = (x - 2) / 2, so 3 + 4 t + 2 t^2."""
    model = PolynomialRegression(degree=2).fit([[0], [2], [4]], [1, 3, 9])
    # rounding
    assert model.theta_ == pytest.approx([3, 4, 2], rel=1e-14)
    assert (model.middle_, model.half_) == ([2], [2])
    assert model.predict([[6]]) == pytest.approx([3 + 8 + 8], rel=1e-14)


def test_degree_zero_is_the_mean():
    """A constant fits best at the mean, whatever x is."""
    model = PolynomialRegression(degree=0).fit([[1], [1], [5]], [1, 2, 6])
    assert model.predict([[7], [8]]) == pytest.approx([3, 3], rel=1e-15)


def library(degree):
    """Scale to -1 and 1, take powers, fit: scikit-learn's way for one feature."""
    return make_pipeline(
        MinMaxScaler((-1, 1)), PolynomialFeatures(degree), LibraryRegression()
    )


def one_feature(data):
    """The first feature of a data set that the learners share."""
    X, y = data()
    return X[:, :1], y


@pytest.mark.parametrize("degree", [0, 1, 3, 6])
@pytest.mark.parametrize("data", [noisy_plane, ridgecrest, ridgecrest_sample])
def test_polynomial_equals_scikit_learn(data, degree):
    """The predictions are those of PolynomialFeatures and LinearRegression."""
    X, y = one_feature(data)
    ours = PolynomialRegression(degree).fit(X, y).predict(X)
    # rounding, times a condition number of up to 1e3
    np.testing.assert_allclose(ours, library(degree).fit(X, y).predict(X), atol=1e-10)


@quick
@given(lines(), st.integers(0, 5))
def test_polynomial_equals_scikit_learn_on_any_lines(data, degree):
    """The same holds on generated data."""
    X, y = data[0][:, :1], data[1]
    ours = PolynomialRegression(degree).fit(X, y).predict(X)
    theirs = library(degree).fit(X, y).predict(X)
    # rounding, times a condition number of up to 1e4
    np.testing.assert_allclose(ours, theirs, atol=1e-9 * np.abs(y).max())


@quick
@given(lines(), st.integers(0, 5), st.floats(0.1, 1e4), st.floats(-1e4, 1e4))
def test_the_unit_of_x_does_not_matter(data, degree, scale, shift):
    """Kilometres or metres, from here or from there: the same predictions."""
    X, y = data[0][:, :1], data[1]
    plain = PolynomialRegression(degree).fit(X, y).predict(X)
    moved = PolynomialRegression(degree).fit(scale * X + shift, y)
    # the shift costs up to 5 of the 16 digits of x when the scale is small
    np.testing.assert_allclose(
        moved.predict(scale * X + shift), plain, atol=1e-6 * np.abs(y).max()
    )


@quick
@given(lines())
def test_training_error_never_rises_with_the_degree(data):
    """A higher degree contains the lower one, so it fits at least as well."""
    X, y = data[0][:, :1], data[1]
    every = np.arange(len(y))
    train, again = validation_curve(
        PolynomialRegression(), "degree", range(6), X, y, (every, every)
    )
    # rounding
    assert (np.diff(train) <= 1e-9 * np.abs(y).max()).all()
    assert np.array_equal(train, again)


def test_validation_curve_equals_scikit_learn():
    """The same errors as scikit-learn's function of that name gives."""
    X, y = one_feature(ridgecrest_sample)
    rows = np.random.default_rng(0).permutation(len(y))
    split, degrees = (rows[:100], rows[100:]), [0, 1, 2, 5]
    ours = validation_curve(PolynomialRegression(), "degree", degrees, X, y, split)
    theirs = library_curve(
        PolynomialRegression(),
        X,
        y,
        param_name="degree",
        param_range=degrees,
        cv=[split],
        scoring="neg_root_mean_squared_error",
    )
    # the same fits; the mean of the squares may be summed in another order
    np.testing.assert_allclose(ours, [-s[:, 0] for s in theirs], rtol=1e-12)


def test_variance_of_a_polynomial_is_its_share_of_the_noise():
    """At the training samples it averages sigma^2 (d + 1) / n, by algebra."""
    X = np.linspace(0, 7, 30)[:, None]
    for degree in (0, 2, 7):
        _, variance = bias_variance(
            PolynomialRegression(degree), X, X[:, 0], 2.0, X, X[:, 0], 400, 1
        )
        expected = 2.0**2 * (degree + 1) / 30
        # the sum of d + 1 chi-squares over 400 sets: sqrt(2 / 400 / (d + 1)) < 7.1 %
        assert variance.mean() == pytest.approx(expected, rel=0.25)


def test_bias_is_the_miss_of_a_fit_without_noise():
    """The mean fit of a linear learner is the fit of the truth."""
    X = np.linspace(-1, 1, 25)[:, None]
    f = np.exp(X[:, 0])
    line = PolynomialRegression(degree=1)
    bias_squared, variance = bias_variance(line, X, f, 0.05, X, f, 500, 2)
    exact = (line.fit(X, f).predict(X) - f) ** 2
    # the mean prediction is off by sqrt(0.05^2 * 4 / 25 / 500) = 9e-4 at most
    np.testing.assert_allclose(np.sqrt(bias_squared), np.sqrt(exact), atol=4e-3)
    assert variance.max() < 0.05**2 * 4 / 25 * 1.3


def test_bias_and_variance_add_up():
    """They sum to the mean squared distance from the truth, set by set."""
    X = np.arange(12.0)[:, None]
    f = np.sin(X[:, 0])
    model = PolynomialRegression(degree=3)
    sums = np.sum(bias_variance(model, X, f, 0.3, X, f, 5, 3), axis=0)
    rng = np.random.default_rng(3)
    fits = [model.fit(X, f + rng.normal(0, 0.3, 12)).predict(X) for _ in range(5)]
    # rounding
    np.testing.assert_allclose(sums, np.mean((fits - f) ** 2, axis=0), rtol=1e-12)
    assert not hasattr(PolynomialRegression(3), "theta_")


def test_rmse_by_hand():
    """Misses of 3 and 4: the root of 25 / 2."""
    assert rmse([1, 1], [4, 5]) == pytest.approx(np.sqrt(12.5), rel=1e-15)


X3, Y3 = [[0.0], [1.0], [2.0]], [0.0, 1.0, 5.0]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: PolynomialRegression(-1).fit(X3, Y3), "degree must be a whole number"),
        (lambda: PolynomialRegression(3).fit(X3, Y3), "at least 4 different values"),
        (
            lambda: PolynomialRegression().fit([[1], [1]], [1, 2]),
            "feature 0 of X has 1",
        ),
        (
            lambda: bias_variance(PolynomialRegression(), X3, Y3, 0, X3, Y3),
            "sigma must be a finite number > 0, got 0",
        ),
    ],
)
def test_wrong_arguments_are_named(call, words):
    """The error says which argument, what was wrong and what is accepted."""
    with pytest.raises(ValueError, match=words):
        call()


# the same in MATLAB


@pytest.mark.needs("octave")
def test_matlab_gives_what_python_gives():
    """Columns, fit, prediction, validation curve, bias and variance."""
    X, y = (array[:60] for array in ridgecrest_sample())
    split = np.arange(0, 60, 2), np.arange(1, 60, 2)
    model = PolynomialRegression(2).fit(X, y)
    fitted = [model.theta_[:, None], model.middle_[None], model.half_[None]]
    curve = validation_curve(PolynomialRegression(), "degree", [0, 1, 2], X, y, split)
    noise = np.random.default_rng(4).normal(0, 0.3, (7, 60)).T
    parts = bias_variance(PolynomialRegression(2), X, y, 0.3, X[:9], y[:9], 7, 4)
    found = run_octave_calls(
        [
            ("powers", (X, 3), 1),
            ("polynomial_fit", (X, y, 2), 3),
            (
                "polynomial_predict",
                (X, model.theta_, [model.middle_], [model.half_]),
                1,
            ),
            ("validation_curve", (X, y, [0, 1, 2], split[0] + 1, split[1] + 1), 1),
            ("bias_variance", (X, y, noise, X[:9], y[:9], 2), 2),
        ]
    )
    expected = [
        [powers(X, 3)],
        fitted,
        [model.predict(X)[:, None]],
        [curve],
        [part[:, None] for part in parts],
    ]
    for ours, theirs in zip(chain(*found), chain(*expected), strict=True):
        # rounding, times a condition number of up to 1e3
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-10 * theirs.max())


@pytest.mark.needs("octave")
@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        ("polynomial_fit", (X3, Y3, -1), "degree must be a whole number >= 0"),
        ("polynomial_fit", (X3, Y3, 3), "degree = 3 needs more different values"),
        (
            "bias_variance",
            (X3, Y3, [[1.0], [0], [0]], X3, [1], 1),
            "y must be a column",
        ),
    ],
)
def test_wrong_arguments_are_named_in_matlab(function, args, words):
    """An error says which argument and what is accepted."""
    with pytest.raises(OctaveError, match=words):
        run_octave(function, *args, nargout=2)
