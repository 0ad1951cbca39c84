"""Probabilities of rows that the model has not seen, beside climatology."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .._arguments import (
    Estimator,
    Table,
    check_same_rows,
    check_truth,
    checked,
    shown,
    wrong,
)


@checked
def promises_by_fold(model: Estimator, X: Table, y: Any, folds: Any) -> pd.DataFrame:
    """Ask a classifier for probabilities of the test rows of every fold.

    Parameters
    ----------
    model : classifier
        With `predict_proba`; it is fitted again in every fold.
    X : array_like or DataFrame, shape (n_rows, n_features)
        Features of all rows.
    y : array_like of bool or {0, 1}, shape (n_rows,)
        What happened.
    folds : Folds, or sequence of pairs of int arrays
        Training rows and test rows of each fold; a row may be tested several times.

    Returns
    -------
    DataFrame, one row for each tested row, fold by fold
        ``row``, its number; ``y``; ``promise``, the probability of class 1; and
        ``climatology``, the share of class 1 in the training of that fold.

    Raises
    ------
    ValueError
        If rows do not match, or `y` is not of 0 and 1.

    Examples
    --------
    >>> from sklearn.dummy import DummyClassifier
    >>> from mlearth.evaluation import folds_by_time
    >>> said = promises_by_fold(
    ...     DummyClassifier(), np.zeros((6, 1)), [0, 1, 0, 0, 1, 0],
    ...     folds_by_time(range(6), 2))
    >>> said.climatology.tolist()
    [0.5, 0.5, 0.25, 0.25]
    """
    check_same_rows(X=X, y=y)
    y = check_truth("y", y).astype(int)
    take = X.iloc if hasattr(X, "iloc") else X
    parts = []
    for train, test in check_pairs(folds, y.size):
        fitted = model.fit(take[train], y[train])
        said = fitted.predict_proba(take[test])[:, -1]
        parts.append(
            {"row": test, "y": y[test], "promise": said, "climatology": y[train].mean()}
        )
    return pd.concat([pd.DataFrame(part) for part in parts], ignore_index=True)


def check_pairs(folds: Any, n_rows: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return pairs of training and test rows, all of them rows that there are."""
    accepted = "folds, or pairs of training and test rows"
    try:
        pairs = [(np.asarray(train), np.asarray(test)) for train, test in folds]
    except TypeError:
        raise wrong("folds", accepted, shown(folds)) from None
    rows = np.concatenate([part for pair in pairs for part in pair])
    if rows.dtype.kind not in "iu" or rows.min() < 0 or rows.max() >= n_rows:
        raise wrong("folds", f"of rows from 0 to {n_rows - 1}", shown(rows))
    return pairs
