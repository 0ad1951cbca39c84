"""Arrays of numbers: vectors, tables and truths, always as fresh arrays of floats."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .values import ENDS, as_float, phrase, wrong

LARGEST = 1e150
"""Largest size of a number in an array: sums of squares stay finite."""

MISSING = ("nan", "NaT", "<NA>", "None")
"""How missing values read, also where an array has turned them into text."""

KINDS = {
    "b": "True and False",
    "U": "text",
    "T": "text",
    "S": "bytes",
    "c": "complex numbers",
    "M": "times",
    "m": "durations",
}


def check_vector(
    name: str,
    values: ArrayLike,
    *,
    length: int | None = None,
    of: str = "",
    missing: bool = False,
    bools: bool = False,
    **bounds: float,
) -> np.ndarray:
    """Return `values` as floats of shape (n,), n >= 1.

    Parameters
    ----------
    name : str
        Name of the argument.
    values : array_like of numbers, shape (n,)
        What came.
    length : int, optional
        How many there must be: one for each of `of`.
    of : str
        What they belong to, such as the name of another argument.
    missing : bool
        Accept missing values: NaN, None and masked ones come back as NaN.
    bools : bool
        Accept True and False, as 1 and 0.
    **bounds : float
        Any of `above`, `least`, `below` and `most`.

    Returns
    -------
    ndarray of float, shape (n,)

    Raises
    ------
    ValueError
        If they are no numbers, of another shape, missing or out of bounds.

    Examples
    --------
    >>> check_vector("depth_km", [3, None], missing=True)
    array([ 3., nan])
    >>> check_vector("depth_km", ["3", "5"])
    Traceback (most recent call last):
        ...
    ValueError: depth_km must be numbers, got text
    """
    array = as_floats(name, values, missing, bools)
    check_shape(name, array, length, of)
    if bounds:
        inside = [ENDS[end][1](array, bound) for end, bound in bounds.items()]
        bad = array[~np.isnan(array) & ~np.logical_and.reduce(inside)]
        if bad.size:
            got = f"{bad[0]:g}" + (f" and {bad.size - 1} more" if bad.size > 1 else "")
            raise wrong(name, f"numbers {phrase(bounds)}", got)
    return array


def check_matrix(
    name: str,
    values: ArrayLike,
    *,
    columns: int | None = None,
    of: str = "",
    missing: bool = False,
) -> np.ndarray:
    """Return `values` as floats of shape (n, m), both >= 1; True counts as 1.

    Parameters
    ----------
    name : str
        Name of the argument.
    values : array_like of numbers, shape (n, m)
        What came.
    columns : int, optional
        How many there must be.
    of : str
        What they are.
    missing : bool
        Accept missing values: NaN, None and masked ones come back as NaN.

    Returns
    -------
    ndarray of float, shape (n, m)

    Raises
    ------
    ValueError
        If they are no numbers, of another shape or missing.
    """
    array = as_floats(name, values, missing, bools=True)
    if array.ndim != 2 or 0 in array.shape or columns not in (None, array.shape[1]):
        wanted = "m" if columns is None else columns
        accepted = f"a table, 2D, shape (n, {wanted})" + (f" of {of}" if of else "")
        raise wrong(name, accepted, f"shape {array.shape}")
    return array


def check_truth(name: str, values: ArrayLike, *, length=None, of="") -> np.ndarray:
    """Return 0 and 1, or False and True, as floats 0 and 1, shape (n,)."""
    array = as_floats(name, values, missing=False, bools=True)
    check_shape(name, array, length, of)
    if not np.isin(array, (0, 1)).all():
        raise wrong(name, "0 and 1", ", ".join(f"{v:g}" for v in np.unique(array)[:5]))
    return array


def as_floats(
    name: str, values: ArrayLike, missing: bool = False, bools: bool = False
) -> np.ndarray:
    """Return a fresh array of finite floats, or of NaN where they are `missing`."""
    array = _plain(name, values, "biuf" if bools else "iuf")
    if np.ma.is_masked(array) and not missing:
        raise wrong(
            name, "numbers without a mask", f"{np.ma.count_masked(array)} masked"
        )
    array = np.array(np.ma.filled(array.astype(float), np.nan))
    lost = np.isnan(array)
    if lost.any() and not missing:
        row = np.argwhere(lost)[0][0] if array.ndim else 0
        got = f"{lost.sum()} NaN of {array.size} values, the first in row {row}"
        raise wrong(name, "finite numbers", got)
    large = np.abs(array[~lost]) > LARGEST
    if large.any():
        raise wrong(
            name,
            f"finite numbers up to {LARGEST:g}",
            f"{large.sum()} infinite or larger",
        )
    return array


def _plain(name: str, values: ArrayLike, kinds: str) -> np.ndarray:
    """Return an array, masked if it was, of these kinds, or of such objects."""
    try:
        array = values if np.ma.isMA(values) else np.asarray(values)
    except ValueError:
        raise wrong(name, "numbers", "rows of different lengths") from None
    if array.dtype.kind == "O":
        parts = [np.nan if is_gap(value) else value for value in array.flat]
        types = {type(v) for v in parts if not isinstance(v, Real)}
        if "b" not in kinds:
            types |= {type(v) for v in parts if isinstance(v, bool | np.bool)}
        if types:
            raise wrong(name, "numbers", f"a {types.pop().__name__}")
        array = np.array([as_float(value) for value in parts]).reshape(array.shape)
    if array.dtype.kind not in kinds:
        raise wrong(name, "numbers", KINDS.get(array.dtype.kind, str(array.dtype)))
    return array


def is_gap(value: Any) -> bool:
    """Tell whether a value stands for a missing one: None, NaN, NaT or NA."""
    return not isinstance(value, str) and str(value) in MISSING


def check_shape(name: str, array: np.ndarray, length: int | None, of: str) -> None:
    if array.ndim != 1:
        raise wrong(name, "one-dimensional", f"shape {array.shape}")
    if array.size == 0:
        raise wrong(name, "at least one value", "an empty sequence")
    if length not in (None, array.size):
        raise wrong(name, f"{length} values, one for each of {of}", array.size)
