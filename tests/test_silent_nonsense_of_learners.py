"""Nonsense that a learner is given is an error that names it; so is a walk cut short.

The learners are found, not listed.
"""

import inspect

import numpy as np
import pandas as pd
import pytest
from learner_contract import UNFINISHED
from nonsense import names, spoilt
from sklearn.base import BaseEstimator, is_classifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import get_tags
from valid_arguments import KINDS, RNG, X, Y

from mlearth import learners
from mlearth.learners import (
    GradientDescentRegression,
    KernelSVM,
    RandomForestRegressor,
    SoftmaxRegression,
    euclidean_distance,
)

LEARNERS = [
    found
    for found in (getattr(learners, name) for name in learners.__all__)
    if inspect.isclass(found)
    and issubclass(found, BaseEstimator)
    and hasattr(found, "fit")
]
ASKED = (
    "predict",
    "predict_proba",
    "decision_function",
    "kneighbors",
    "apply",
    "transform",
)
FINE = {
    ("max_features", "None"),  # all of them
    ("spread", "a number"),
}


def told(make):
    """Tell whether a learner is given targets; imputers and clusterers are not."""
    return get_tags(make()).target_tags.required


def walks(make):
    """Tell whether a learner steps downhill; the rounds of an imputer are no steps."""
    learner = make()
    fills = get_tags(learner).input_tags.allow_nan
    return "n_iter" in learner.get_params() and not fills


def samples(learner):
    """Features, and the targets or the labels of a learner."""
    return X, KINDS if is_classifier(learner) else Y


def refusals(learner, method, argument, values):
    """Yield what is wrong with how a method takes each kind of nonsense."""
    X, y = samples(learner)
    gaps = get_tags(learner).input_tags.allow_nan
    for kind, nonsense in spoilt(argument, values):
        if gaps and kind == "NaN":
            continue
        given = {"X": X, "y": y} if method == "fit" else {"X": X}
        try:
            found = getattr(learner.fit(X, y), method)(**given | {argument: nonsense})
        except Exception as error:
            found = error
        if not names(found, argument):
            yield f"{method}, {argument}: {kind} gave {found!r}"[:200]


@UNFINISHED
@pytest.mark.parametrize("make", LEARNERS)
def test_learners_name_nonsense_in_their_data(make):
    """Features, targets and labels, when they learn and when they are asked."""
    learner = make()
    if "n_estimators" in learner.get_params():
        learner.set_params(n_estimators=3)
    found = []
    if told(make):
        found += refusals(learner, "fit", "y", samples(learner)[1])
    for method in ("fit", *ASKED):
        if hasattr(learner, method):
            found += refusals(learner, method, "X", X)
    assert found == []


@UNFINISHED
@pytest.mark.parametrize("make", LEARNERS)
def test_learners_name_nonsense_in_their_parameters(make):
    """Each parameter is declared in the signature, and held to it by `fit`."""
    found = []
    for name, default in make().get_params().items():
        for kind, nonsense in spoilt(name, 2.0 if default is None else default):
            fine = nonsense is None and default is None
            if fine or kind in ("10**12", "a list") or (name, kind) in FINE:
                continue
            try:
                make(**{name: nonsense}).fit(*samples(make()))
            except (ValueError, TypeError) as error:
                if names(error, name):
                    continue
            found.append(f"{name}: {kind}")
    assert found == []


@pytest.mark.parametrize("make", list(filter(told, LEARNERS)))
def test_learners_match_rows_by_their_index(make):
    """X and y of two indices are refused."""
    X, y = samples(make())
    with pytest.raises(ValueError, match="y must be a column with the index of X"):
        make().fit(pd.DataFrame(X), pd.Series(y)[::-1])


@pytest.mark.parametrize("make", list(filter(walks, LEARNERS)))
def test_a_walk_that_stops_unfinished_says_so(make):
    """One step from far away does not arrive: a ConvergenceWarning names n_iter."""
    years, noise = np.arange(1900.0, 2020.0)[:, None], RNG.normal(size=120)
    y = 0.1 * years[:, 0] + noise
    if is_classifier(make()):
        y = np.where(y > 196 + noise, "late", "early")
    with pytest.warns(ConvergenceWarning, match="n_iter=1 iterations"):
        make(n_iter=1).fit(np.column_stack([years, years**2 + noise[:, None]]), y)


def test_gradient_descent_on_years_does_not_arrive():
    """A thousand steps on raw years leave the loss far above the least."""
    years = np.arange(1900.0, 2020.0)[:, None]
    with pytest.warns(ConvergenceWarning, match=r"is still \d+ % of the variance of y"):
        model = GradientDescentRegression().fit(years, years[:, 0] - 1900)
    assert model.score(years, years[:, 0] - 1900) < 0.1


MANY = np.arange(20_000.0)[:, None]


@pytest.mark.filterwarnings("ignore:The number of unique classes")
@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: KernelSVM().fit(MANY, MANY[:, 0] > 9), "X"),
        (lambda: euclidean_distance(MANY, MANY), "B"),
        (lambda: SoftmaxRegression().fit(MANY, MANY[:, 0]), "y"),
        (lambda: RandomForestRegressor(10**9).fit(X, Y), "n_estimators"),
    ],
)
def test_what_would_exhaust_memory_is_refused(call, argument):
    """The argument is named before gigabytes are asked for."""
    with pytest.raises(ValueError, match=rf"\b{argument} must be such that 268435456"):
        call()
