"""Choose settings once, inside the training rows, before models are compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import numpy as np
from sklearn.base import clone, is_classifier
from sklearn.metrics import get_scorer_names
from sklearn.model_selection import (
    GridSearchCV,
    GroupKFold,
    StratifiedGroupKFold,
)

from .._arguments import (
    Accepted,
    Count,
    Estimator,
    Labels,
    Table,
    Target,
    TrainTest,
    check_codes,
    checked,
    shown,
    wrong,
)
from ._folds import check_folds
from ._split import Split

Scoring = Annotated[
    str | Callable,
    Accepted(
        "a scoring of scikit-learn, or a function of estimator, X and y",
        lambda value: callable(value) or value in get_scorer_names(),
    ),
]


@checked
def tune_once(
    model: Estimator,
    grid: Mapping[str, Sequence],
    X: Table,
    y: Target,
    split: TrainTest,
    *,
    groups: Labels | None = None,
    scoring: Scoring | None = None,
    n_folds: Count = 5,
) -> Any:
    """Choose a model's settings by folds inside the training rows of one split.

    Do it once, for every model that is compared, and keep the settings under all
    seeds of the folds. It has a price: test rows of other folds are among those that
    helped to choose. To choose anew in every fold has none, and takes 25 times as long
    for five seeds of five folds.

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
    split : Split or pair of int arrays
        Only its training rows are used.
    groups : array_like, shape (n_rows,), optional
        The unit that the inner folds keep whole; without it every row is its own.
    scoring : str or callable, optional
        As in scikit-learn, larger is better; default the model's own `score`.
    n_folds : int
        Number of inner folds. For a classifier they keep the shares of the classes as
        far as whole groups allow.

    Returns
    -------
    estimator
        A clone that is not fitted, with the chosen settings.

    Raises
    ------
    ValueError
        If the model has no such setting, rows disagree, or the training rows hold
        fewer groups than folds.

    Examples
    --------
    >>> from sklearn.linear_model import Ridge
    >>> X, split = np.linspace(-1, 1, 14)[:, None], (np.arange(10), np.arange(10, 14))
    >>> tune_once(Ridge(), {"alpha": [0.01, 1.0, 100.0]}, X, 3 * X[:, 0], split)
    Ridge(alpha=0.01)
    """
    _check_grid(model, grid)
    train = _training_rows(split, len(y))
    codes = np.arange(len(y)) if groups is None else check_codes("groups", groups)[0]
    codes = codes[train]
    check_folds(n_folds, np.unique(codes).size, "groups in training")
    dealer = StratifiedGroupKFold if is_classifier(model) else GroupKFold
    rows = X.iloc[train] if hasattr(X, "iloc") else X[train]
    inner = list(dealer(n_folds).split(codes, y[train], codes))
    search = GridSearchCV(
        clone(model), grid, scoring=scoring, cv=inner, refit=False, error_score="raise"
    ).fit(rows, y[train])
    return clone(model).set_params(**search.best_params_)


def _training_rows(split: Any, n_rows: int) -> np.ndarray:
    """Return the training rows of a split that was made for so many rows."""
    sides = [np.asarray(rows) for rows in split]
    last = max(rows.max() for rows in sides)
    made_for = sum(map(len, sides)) + len(getattr(split, "left_out", ()))
    if isinstance(split, Split) and made_for != n_rows:
        raise wrong("split", f"made for the {n_rows} rows of y", f"{made_for} rows")
    if last >= n_rows:
        raise wrong("split", f"made for the {n_rows} rows of y", f"row {last}")
    return sides[0]


def _check_grid(model: Any, grid: Any) -> None:
    """Insist on values for settings that the model has."""
    if not isinstance(grid, Mapping) or not grid:
        raise wrong("grid", "a mapping of settings to the values to try", shown(grid))
    known = model.get_params()
    for name, values in grid.items():
        if name not in known:
            raise wrong("grid", f"of settings of {model}", repr(name))
        if isinstance(values, str) or not hasattr(values, "__len__") or not len(values):
            raise wrong("grid", f"a sequence of values of {name}", shown(values))
