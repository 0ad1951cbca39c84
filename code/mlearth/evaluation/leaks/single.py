"""How well each feature predicts alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import r2_score
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

LEAVES, LEAST = 16, 5
"""The size of the tree that asks one feature: small, with five rows in a leaf."""


def single_scores(
    X: Any, y: np.ndarray, train: np.ndarray, test: np.ndarray
) -> Iterator[tuple[str, float]]:
    """Yield the name of each feature and its skill alone on the test rows.

    Numbers are predicted to a share of their variance, labels to a balanced accuracy
    that is 0 for guessing and 1 for knowing.

    >>> rows = np.arange(40)
    >>> y = np.where(rows % 7 < 3, "blast", "quake")
    >>> X = np.c_[rows, y == "blast"].astype(float)
    >>> scores = single_scores(X, y, rows[::2], rows[1::2])
    >>> [(name, round(skill, 1)) for name, skill in scores if skill > 0.9]
    [('column 1', 1.0)]
    """
    table = X if hasattr(X, "columns") else _named(X)
    labels = y.dtype.kind not in "fiu" or np.unique(y).size == 2
    if np.unique(y[test]).size < 2:
        return  # nothing to be predicted in the test
    for name in table.columns:
        column = _numbers(table[name])
        yield str(name), (_of_labels if labels else _of_numbers)(column, y, train, test)


def _named(X: Any) -> pd.DataFrame:
    X = np.asarray(X)
    return pd.DataFrame(X, columns=[f"column {j}" for j in range(X.shape[1])])


def _numbers(column: pd.Series) -> np.ndarray:
    """Return a column of numbers, a label by its place in the alphabet."""
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(float, na_value=np.nan)[:, None]
    return column.astype("category").cat.codes.to_numpy(float)[:, None]


def _of_numbers(column, y, train, test) -> float:
    tree = DecisionTreeRegressor(max_leaf_nodes=LEAVES, min_samples_leaf=LEAST)
    y = y.astype(float)
    return float(
        r2_score(y[test], tree.fit(column[train], y[train]).predict(column[test]))
    )


def _of_labels(column, y, train, test) -> float:
    known = test[np.isin(y[test], y[train])]
    classes = np.unique(y[known]).size
    if classes < 2:
        return 0.0
    tree = DecisionTreeClassifier(
        max_leaf_nodes=LEAVES, min_samples_leaf=LEAST, class_weight="balanced"
    ).fit(column[train], y[train])
    hits = np.mean(
        [np.mean(tree.predict(column[rows]) == y[rows[0]]) for rows in _by(y, known)]
    )
    return float((hits - 1 / classes) / (1 - 1 / classes))


def _by(y: np.ndarray, rows: np.ndarray) -> list[np.ndarray]:
    """Return the rows of each class."""
    return [rows[y[rows] == label] for label in np.unique(y[rows])]
