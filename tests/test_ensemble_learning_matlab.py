"""The ensembles in code/matlab are those of Python, run in GNU Octave."""

import numpy as np
import pytest
from learner_data import noisy_plane, ridgecrest_sample, swiss_events, two_clouds
from octave import OctaveError, run_octave, run_octave_calls

from mlearth.evaluation import conformal_quantile
from mlearth.learners import (
    AdaBoostClassifier,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    majority_error,
    reweight,
)

pytestmark = pytest.mark.needs("octave")

# Octave composes these calls: trees are structs there, and only numbers are passed
SAYS = "(@(X, y, n) getfield(adaboost_fit(X, y, n), 'says'))"
SCORE = "(@(X, y, n) adaboost_score(adaboost_fit(X, y, n), X))"
LOSSES = "(@(X, y, varargin) getfield(boosting_fit(X, y, varargin{:}), 'losses'))"
BOOSTED = "(@(X, y, varargin) boosting_score(boosting_fit(X, y, varargin{:}), X))"


def signs(y):
    return np.where(y == np.unique(y)[1], 1.0, -1.0)


def shaken():
    X, y = ridgecrest_sample()
    return X[::4], (y > np.median(y))[::4]


@pytest.mark.parametrize("data", [two_clouds, swiss_events, shaken])
def test_adaboost_in_matlab(data):
    """The same says and scores, round for round."""
    X, y = data()
    X, y = X[:300], signs(y)[:300]
    model = AdaBoostClassifier(8).fit(X, y)
    (says,), (score,) = run_octave_calls([(SAYS, (X, y, 8), 1), (SCORE, (X, y, 8), 1)])
    # rounding, through eight rounds of weights
    np.testing.assert_allclose(says[:, 0], model.says_, rtol=1e-9)
    np.testing.assert_allclose(score[:, 0], model.decision_function(X), atol=1e-9)


def test_reweight_in_matlab():
    """The say and the weights of one round."""
    weights, y = np.array([1.0, 2, 3, 4]), np.array([1.0, 1, -1, -1])
    vote = np.array([1.0, -1, -1, -1])
    say, after = run_octave("reweight", weights, y, vote, nargout=2)
    expected = reweight(weights, y, vote)
    # rounding
    assert say.item() == pytest.approx(expected[0], rel=1e-14)
    np.testing.assert_allclose(after[:, 0], expected[1], rtol=1e-14)


@pytest.mark.parametrize("loss", ["squared", 0.1, "log"])
@pytest.mark.parametrize("data", [noisy_plane, two_clouds, shaken])
def test_boosting_in_matlab(data, loss):
    """The same scores and losses after six rounds, of each loss."""
    X, y = data()
    rules = {"n_estimators": 6, "learning_rate": 0.3, "max_depth": 2}
    rules["min_samples_leaf"] = 7
    if loss == "log":
        y = (y > np.median(y)) if data is noisy_plane else (signs(y) > 0)
        model = GradientBoostingClassifier(**rules).fit(X, y)
        expected = model.decision_function(X)
    else:
        y = y.astype(float)
        name = "squared_error" if loss == "squared" else "quantile"
        quantile = 0.1 if name == "quantile" else 0.5
        model = GradientBoostingRegressor(name, quantile, **rules).fit(X, y)
        expected = model.predict(X)
    args = (X, y.astype(float), loss, 6, 0.3, 2, 7)
    (losses,), (score,) = run_octave_calls([(LOSSES, args, 1), (BOOSTED, args, 1)])
    # rounding, through six rounds
    np.testing.assert_allclose(losses[:, 0], model.losses_, rtol=1e-9)
    np.testing.assert_allclose(score[:, 0], expected, atol=1e-9)


def test_counting_in_matlab():
    """Majorities, and ranks where the product is whole and where it is not."""
    rng = np.random.default_rng(0)
    scores = [rng.normal(size=n) for n in (9, 19, 40)]
    calls = [("conformal_quantile", (score, 0.9), 1) for score in scores]
    calls += [("majority_error", (0.3, 21, 0.2), 1), ("majority_error", (0.6, 5), 1)]
    found = [value.item() for (value,) in run_octave_calls(calls)]
    assert found[:3] == [conformal_quantile(score, 0.9) for score in scores]
    # rounding of binomial terms
    assert found[3:] == pytest.approx(
        [majority_error(0.3, 21, 0.2), majority_error(0.6, 5)], rel=1e-12
    )


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        ("conformal_quantile", ([1.0, 2.0], 0.9), "at least 9 values"),
        ("conformal_quantile", ([1.0, 2.0], 1.5), "level must be"),
        ("majority_error", (0.3, 4), "n_voters must be odd"),
        ("reweight", ([1.0, 1], [1.0, -1], [1.0, -1]), "vote must be right of some"),
        ("adaboost_fit", ([[1.0], [2]], [0.0, 1], 3), "y must hold the labels"),
        ("boosting_fit", ([[1.0], [2]], [0.0, 1], "huber", 3, 0.1, 1, 1), "loss must"),
        ("boosting_fit", ([[1.0], [2]], [0.0, 1], 0.5, 3, -1, 1, 1), "eta must be"),
    ],
)
def test_wrong_arguments_are_named_in_matlab(function, args, words):
    """The error names the argument and what is accepted."""
    with pytest.raises(OctaveError, match=words):
        run_octave(function, *args)
