"""The score of a learner together with the search for its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from .._arguments import (
    Count,
    Estimator,
    Function,
    Labels,
    Table,
    Target,
    checked,
    shown,
    wrong,
)
from ._folds import Folds
from ._refits import answer, joined
from .tuning import Scoring, tune_once
from .uncertainty import value_of


@dataclass(frozen=True, eq=False, repr=False)
class NestedScore:
    """What a nested cross-validation found; see `nested_score`.

    Attributes
    ----------
    question : str
        The question that the outer folds ask.
    score : float
        Score of all tested rows together.
    rows : ndarray of int, shape (n_tested,)
        The tested rows, in order.
    predictions : ndarray, shape (n_tested,)
        What was predicted of them.
    settings : list of dict
        What each outer fold chose.
    """

    question: str
    score: float
    rows: np.ndarray
    predictions: np.ndarray
    settings: list[dict[str, Any]]

    def __repr__(self) -> str:
        chosen = [f"  fold {k}: {found}" for k, found in enumerate(self.settings)]
        heading = f"{self.question}\n  {self.score:.3g}, settings chosen in each fold:"
        return "\n".join([heading, *chosen])


@checked
def nested_score(
    model: Estimator,
    grid: Mapping[str, Sequence],
    X: Table,
    y: Target,
    folds: Folds,
    *,
    score: Function,
    groups: Labels | None = None,
    scoring: Scoring | None = None,
    response: Literal["predict", "predict_proba", "decision_function"] = "predict",
    n_folds: Count = 5,
) -> NestedScore:
    """Choose the settings anew inside every fold, and score what was chosen.

    Parameters
    ----------
    model : estimator
        Anything with `fit` and `predict`, such as a pipeline; it is not changed.
    grid : dict of str to sequence
        For each setting the values to try, in all combinations.
    X : array_like or DataFrame, shape (n_rows, n_features)
        Features of all rows.
    y : array_like, shape (n_rows,)
        What is predicted: numbers or labels.
    folds : Folds
        The outer folds, which ask the question.
    score : callable
        ``score(y, prediction)`` returns a number, of all tested rows together.
    groups : array_like, shape (n_rows,), optional
        The unit that the inner folds keep whole, as the outer ones do.
    scoring : str or callable, optional
        By what the inner folds choose, as in scikit-learn, larger is better; default
        the model's own `score`.
    response : {"predict", "predict_proba", "decision_function"}
        What is scored: predictions, the probability of the last class, or the value of
        the decision function.
    n_folds : int
        Number of inner folds.

    Returns
    -------
    NestedScore

    Raises
    ------
    ValueError
        If the folds do not fit the rows, the model has no such setting, or the score
        fails.

    Notes
    -----
    On nested cross-validation see ``varma2006bias``.

    Examples
    --------
    >>> from sklearn.linear_model import Ridge
    >>> from mlearth.evaluation import folds_by_record
    >>> X, y = np.linspace(-1, 1, 15)[:, None], np.linspace(-3, 3, 15)
    >>> folds = folds_by_record(15, 3, random_state=0)
    >>> def worst(y, prediction):
    ...     return np.abs(y - prediction).max()
    >>> grid = {"alpha": [0.01, 100.0]}
    >>> nested_score(Ridge(), grid, X, y, folds, score=worst).settings[0]
    {'alpha': 0.01}
    """
    check_made_for(folds, len(y))
    take = X.iloc if hasattr(X, "iloc") else X
    predictions, settings, last = [], [], np.unique(y)[-1]
    # Hold a fold out
    for fold in folds:
        # Choose inside
        best = tune_once(
            model, grid, X, y, fold, groups=groups, scoring=scoring, n_folds=n_folds
        )
        settings.append({name: best.get_params()[name] for name in grid})
        # Fit anew and predict
        best.fit(take[fold.train], y[fold.train])
        predictions.append(answer("model", best, take[fold.test], response, last))
    # Score all together
    rows = np.sort(np.concatenate([fold.test for fold in folds]))
    found = joined(predictions, folds)
    value = value_of("score", score, [y[rows], found])
    return NestedScore(folds.question, value, rows, found, settings)


def check_made_for(folds: Any, n_rows: int) -> None:
    """Insist on folds that were made for so many rows."""
    if not isinstance(folds, Folds):
        raise wrong("folds", "such as folds_by_event gives", shown(folds))
    of = sum(rows.size for rows in (*folds[0], folds[0].left_out))
    if of != n_rows:
        raise wrong("folds", f"made for the {n_rows} rows of y", f"{of} rows")
