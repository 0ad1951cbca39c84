"""Checks of arguments that splits, scores and uncertainty share."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

RandomState = int | np.random.Generator | None


def seed_from(random_state: RandomState) -> int:
    """Draw a seed that scikit-learn accepts from any NumPy random state."""
    return int(np.random.default_rng(random_state).integers(2**32 - 1))


def as_numbers(name: str, values: ArrayLike, n_rows: int | None = None) -> np.ndarray:
    """Return `values` as a finite float array of shape (n_rows,)."""
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers, got {values!r:.60}") from None
    _check_shape(name, array, n_rows)
    if not np.isfinite(array).all():
        bad = np.flatnonzero(~np.isfinite(array))
        raise ValueError(
            f"{name} has {bad.size} values that are NaN or infinite (first in row "
            f"{bad[0]}): remove these rows from every array and say how many"
        )
    return array


def as_codes(
    name: str, labels: ArrayLike, n_rows: int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Number the labels in order of appearance: codes (n_rows,), names (n_groups,)."""
    array = np.asarray(labels)
    _check_shape(name, array, n_rows)
    codes, names = pd.factorize(array)
    if (codes < 0).any():
        bad = np.flatnonzero(codes < 0)
        raise ValueError(
            f"{name} has {bad.size} missing labels (first in row {bad[0]}): every row "
            "must belong to a group"
        )
    return codes, np.asarray(names)


def _check_shape(name: str, array: np.ndarray, n_rows: int | None) -> None:
    if array.ndim != 1:
        raise ValueError(f"{name} must have one dimension, got shape {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} is empty: at least one row is needed")
    if n_rows is not None and array.size != n_rows:
        raise ValueError(f"{name} has {array.size} rows, but {n_rows} are expected")


def check_fraction(name: str, value: float) -> float:
    """Return `value` when it lies strictly between 0 and 1."""
    if not (np.isscalar(value) and 0 < value < 1):
        raise ValueError(f"{name} must lie between 0 and 1, both excluded: {value!r}")
    return float(value)


def check_whole(name: str, value: int, least: int) -> int:
    """Return `value` when it is a whole number of at least `least`."""
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or value < least:
        raise ValueError(f"{name} must be a whole number >= {least}, got {value!r}")
    return int(value)


def check_choice(name: str, value: str, accepted: tuple[str, ...]) -> str:
    """Return `value` when it is one of the `accepted` words."""
    if value not in accepted:
        raise ValueError(f"{name} must be one of {', '.join(accepted)}, got {value!r}")
    return value
