"""Filling, drawing and pooling do what their equations say."""

import numpy as np
import pytest
from hypothesis import given, settings
from learner_contract import array_api_complaints, contract
from learner_data import lines, noisy_plane, ridgecrest_sample, swiss_events
from scipy import stats
from sklearn.experimental import enable_iterative_imputer
from sklearn.impute import IterativeImputer
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mlearth.learners import (
    RegressionImputer,
    fill_column,
    multiple_imputation,
    pool_estimates,
)

quick = settings(deadline=None, max_examples=25)
assert enable_iterative_imputer  # importing it is what it is for


@contract(RegressionImputer())
def test_scikit_learn_accepts_the_imputer(learner, check):
    """Every check that scikit-learn has for a transformer passes."""
    check(learner)


def test_scikit_learn_accepts_the_imputer_with_the_array_api():
    """The check that needs a process of its own passes as well."""
    assert set(array_api_complaints(RegressionImputer()).values()) == {"passed"}


def holed(X, share=0.2, seed=0):
    """Return a table with gaps left by chance."""
    rng = np.random.default_rng(seed)
    return np.where(rng.random(X.shape) < share, np.nan, X)


# the imputer


@pytest.mark.parametrize("data", [noisy_plane, swiss_events, ridgecrest_sample])
def test_the_imputer_equals_scikit_learn(data):
    """New rows get the values of the same chain, when both have come to rest."""
    X = StandardScaler().fit_transform(data()[0])
    X, half = holed(X), len(X) // 2
    theirs = IterativeImputer(LinearRegression(), max_iter=200, tol=1e-10)
    pair = [one.fit(X[:half]) for one in (RegressionImputer(200), theirs)]
    ours, other = (one.transform(X[half:]) for one in pair)
    # the chain shrinks its steps by a factor; what is left is some of the last
    np.testing.assert_allclose(ours, other, atol=1e-6)


def test_the_imputer_learns_from_the_training_rows_alone():
    """The same row is filled alike, whatever rows stand beside it."""
    X = holed(noisy_plane()[0])
    imputer = RegressionImputer().fit(X[:60])
    # rounding of sums in another order
    np.testing.assert_allclose(
        imputer.transform(X)[60:], imputer.transform(X[60:]), rtol=1e-12
    )


def test_the_imputer_is_a_step_of_a_pipeline():
    """Columns keep their names, and a line can follow."""
    X, y = noisy_plane()
    model = make_pipeline(RegressionImputer(), LinearRegression()).fit(holed(X), y)
    assert model.score(X, y) > 0.5
    assert model[:-1].get_feature_names_out(["a", "b", "c", "d"]).tolist()[0] == "a"


# one column


@quick
@given(lines())
def test_the_best_line_is_that_of_least_squares(data):
    """Without a generator each gap gets what scikit-learn's line predicts."""
    X, y = data
    gap = np.arange(len(y)) % 4 == 1
    filled = fill_column(np.where(gap, np.nan, y), X)
    expected = LinearRegression().fit(X[~gap], y[~gap]).predict(X[gap])
    # two least-squares solvers on the same rows
    np.testing.assert_allclose(filled[gap], expected, rtol=1e-7, atol=1e-7)
    assert filled[~gap].tolist() == y[~gap].tolist()


def test_draws_scatter_as_a_prediction_does():
    """Over many draws a gap has mean and spread of Student's prediction."""
    X, y = noisy_plane()
    X, y = X[:12, :1], y[:12].copy()
    y[5] = np.nan
    rng = np.random.default_rng(0)
    drawn = np.array([fill_column(y, X, rng)[5] for _ in range(6000)])
    seen = np.arange(12) != 5
    A = np.column_stack([np.ones(12), X])
    theta, rss = np.linalg.lstsq(A[seen], y[seen])[:2]
    lever = A[5] @ np.linalg.solve(A[seen].T @ A[seen], A[5])
    scale = np.sqrt(rss[0] / 9 * (1 + lever))
    # the largest distance of 6,000 draws from their law, at a level of one in 1,000
    apart = stats.kstest((drawn - A[5] @ theta) / scale, stats.t(9).cdf)
    assert apart.pvalue > 1e-3


# several columns, several copies


def test_copies_differ_in_the_gaps_alone():
    """What was there is in every copy, and a seed gives the same copies."""
    X = holed(noisy_plane()[0])
    copies = np.array(list(multiple_imputation(X, 4, 3, random_state=1)))
    there = ~np.isnan(X)
    assert copies.shape == (4, *X.shape)
    assert (copies[:, there] == X[there]).all()
    assert (np.ptp(copies[:, ~there], axis=0) > 0).all()
    again = np.array(list(multiple_imputation(X, 4, 3, random_state=1)))
    assert (again == copies).all()


@pytest.mark.parametrize(
    ("rng", "held"), [(None, (0.0, 0.1)), (np.random.default_rng(0), (0.9, 1.0))]
)
def test_the_best_line_ruins_a_slope_and_draws_do_not(rng, held):
    """Of 95 % intervals of a known slope hardly any hold it, or nearly all."""
    truth = np.random.default_rng(3)
    hits = []
    for _ in range(60):
        x = truth.normal(size=200)
        y = x + 0.8 * truth.normal(size=200)
        gaps = np.where(truth.random(200) < 0.5, np.nan, x)
        copies = [fill_column(gaps, y[:, None], rng) for _ in range(1 + 9 * bool(rng))]
        fits = [stats.linregress(copy, y) for copy in copies]
        w, error = fits[0].slope, fits[0].stderr
        if rng:
            w, error, _ = pool_estimates(*np.transpose([f[:5:4] for f in fits]))
        hits.append(abs(w - 1) < 2 * error)
    # 60 hits at 0.95 have a standard deviation of 0.03
    assert held[0] <= np.mean(hits) <= held[1]


# pooling


def test_pooling_by_hand():
    """Errors of 1 and estimates of 1 and 3: V = 1, 1.5 B = 3, T = 4."""
    found = pool_estimates([1, 3], [1, 1])
    assert found == pytest.approx((2, 2, 16 / 9), rel=1e-14)


def test_copies_that_agree_are_one():
    """Their error is that within, and Student's t is the normal distribution."""
    assert pool_estimates([2.5] * 3, [0.4] * 3) == pytest.approx((2.5, 0.4, np.inf))


# what they refuse


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: fill_column([1.0, 2, np.nan], [[1], [2], [3]]),
            "column must be a column of which 3 values or more are there, got 2",
        ),
        (
            lambda: fill_column([1.0, 2, 5, np.nan], [[1], [1], [1], [3]]),
            "others must be columns of which none is a combination",
        ),
        (
            lambda: multiple_imputation([[1.0, np.nan], [2, np.nan]]),
            "X must be columns with a value or more, got none in column 1",
        ),
        (
            lambda: multiple_imputation([[1.0], [np.nan]]),
            "X must be a table of two columns or more",
        ),
        (
            lambda: RegressionImputer().fit([[1.0, np.nan], [2, np.nan]]),
            "X must be columns with a value or more, got none in column 1",
        ),
        (lambda: RegressionImputer(0).fit([[1.0]]), "n_iter must be a whole number"),
        (lambda: pool_estimates([1.0], [1.0]), "estimates must be those of two copies"),
        (lambda: pool_estimates([1.0, 2], [1.0, -1]), "errors must be numbers >= 0"),
    ],
)
def test_what_cannot_be_filled_is_named(call, words):
    """The error says which argument, what it was and what is accepted."""
    with pytest.raises(ValueError, match=words):
        call()
