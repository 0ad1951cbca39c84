"""What a split extrapolates: test rows beyond training, and the largest events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .._arguments import check_codes, check_count, check_same_rows, check_vector, wrong
from .._arguments.types import Features


@dataclass(frozen=True, eq=False, repr=False)
class Extrapolation:
    """What a model has to guess beyond its training; see `Split.extrapolation`.

    Attributes
    ----------
    outside : dict of str to int
        By column, the test rows below the least or above the largest value of training,
        or with a label that training lacks. Missing values are not counted.
    n_outside, n_test : int
        Test rows outside in any column, and all of them.
    largest : dict of label to (float, bool)
        The largest units, largest first: their size, and whether they are in the test.
    largest_train : float
        Size of the largest unit in training; NaN where none was asked for.
    """

    outside: Mapping[str, int]
    n_outside: int
    n_test: int
    largest: Mapping[Any, tuple[float, bool]] = field(default_factory=dict)
    largest_train: float = np.nan

    @property
    def in_test(self) -> list[Any]:
        """The largest units that are in the test, largest first."""
        return [unit for unit, (_, in_test) in self.largest.items() if in_test]

    def __repr__(self) -> str:
        text = f"{self.n_outside:,} of {self.n_test:,} test rows lie outside the range "
        text += "of training"
        columns = [f"{name} {n:,}" for name, n in self.outside.items() if n]
        text += f" ({', '.join(columns)})" if columns else ""
        return text + (f"\n{self._extremes()}" if self.largest else "")

    def _extremes(self) -> str:
        """Say which of the largest units are in the test."""
        sizes = [f"{self.largest[unit][0]:g} ({unit})" for unit in self.in_test]
        text = f"of the {len(self.largest)} largest, {len(sizes) or 'none'} in the test"
        text += f": {', '.join(sizes)}" if sizes else ""
        return f"{text}; the largest in training is {self.largest_train:g}"


def extrapolation(
    split: Any, X: Any, largest: Any, units: Any, n_largest: int
) -> Extrapolation:
    """Return what a split extrapolates; see `Split.extrapolation`."""
    n_rows = split.train.size + split.test.size + split.left_out.size
    check_same_rows(X=X, largest=largest, units=units)
    X = Features().check("X", X, {"n_rows": (n_rows, "the split")})
    columns = _columns(X)
    beyond = {
        name: _beyond(column[split.train], column[split.test])
        for name, column in columns.items()
    }
    extremes = {}
    if largest is not None:
        extremes = _extremes(split, largest, units, n_largest, n_rows)
    elif units is not None:
        raise wrong("largest", "given where units are", "None")
    return Extrapolation(
        {name: int(rows.sum()) for name, rows in beyond.items()},
        int(np.logical_or.reduce(list(beyond.values())).sum()),
        split.test.size,
        **extremes,
    )


def _columns(X: Any) -> dict[str, np.ndarray]:
    if hasattr(X, "columns"):
        return {str(name): _values(X[name]) for name in X.columns}
    return {f"column {j}": column for j, column in enumerate(X.T)}


def _values(column: Any) -> np.ndarray:
    """Return numbers as floats, with NaN where they are missing, all else as it is."""
    numbers = pd.api.types.is_numeric_dtype(column)
    return column.to_numpy(float, na_value=np.nan) if numbers else column.to_numpy()


def _beyond(train: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Tell which test values are outside the range of training, or labels new to it."""
    if train.dtype.kind not in "biufM":
        return ~np.isin(test.astype(str), train.astype(str))
    known = train[train == train]  # without NaN
    if not known.size:
        return test == test
    return (test < known.min()) | (test > known.max())


def _extremes(
    split: Any, largest: ArrayLike, units: Any, n_largest: int, n_rows: int
) -> dict[str, Any]:
    """Return the largest units with their sides, and the largest of training."""
    sizes = check_vector("largest", largest, length=n_rows, of="the rows")
    labels = np.arange(n_rows) if units is None else units
    codes, names = check_codes("units", labels, length=n_rows, of="the rows")
    size = np.full(names.size, -np.inf)
    np.maximum.at(size, codes, sizes)
    in_test = np.isin(np.arange(names.size), codes[split.test])
    order = np.argsort(-size, kind="stable")[: check_count("n_largest", n_largest)]
    return {
        "largest": {
            label: (float(size[k]), bool(in_test[k]))
            for label, k in zip(names[order].tolist(), order, strict=True)
        },
        "largest_train": float(sizes[split.train].max()),
    }
