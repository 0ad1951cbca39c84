"""Shared checks of what the plot helpers are given. Every error names the argument."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

RASTER_ABOVE = 2000
"""Scatters with more points than this are drawn as an image inside the SVG."""


def numbers(
    name: str, values, *, length: int | None = None, of: str = ""
) -> np.ndarray:
    """Return `values` as a float vector; NaN is allowed, infinity is not.

    Parameters
    ----------
    name : str
        Name of the argument, for the message.
    values : array_like, shape (n,)
        What the caller was given.
    length : int, optional
        Length it must have.
    of : str
        Name of the argument whose length that is.

    Returns
    -------
    ndarray of float, shape (n,)
        A fresh array: the caller's is never changed.

    Raises
    ------
    ValueError
        If it is not numeric, not one-dimensional, empty, too short or infinite.
    """
    try:
        array = np.array(np.ma.filled(np.ma.array(values, dtype=float), np.nan))
    except (TypeError, ValueError):
        raise ValueError(f"{name} must hold numbers") from None
    return checked(name, array, length=length, of=of)


def checked(name: str, array: np.ndarray, *, length=None, of: str = "") -> np.ndarray:
    """Return `array` if it is a non-empty, finite-or-NaN vector of that length."""
    if array.ndim != 1:
        raise ValueError(
            f"{name} must be one-dimensional, but its shape is {array.shape}"
        )
    if array.size == 0:
        raise ValueError(f"{name} is empty; accepted: at least one value")
    if length is not None and array.size != length:
        raise ValueError(
            f"{name} has {array.size} values, but {of} has {length}; "
            "accepted: one value each"
        )
    if array.dtype.kind == "f" and np.isinf(array).any():
        raise ValueError(
            f"{name} holds {np.isinf(array).sum()} infinite values; "
            "accepted: finite numbers or NaN"
        )
    return array


def complete(name: str, values, *, length: int | None = None, of: str = ""):
    """Return `values` as by `numbers`, but without allowing NaN."""
    array = numbers(name, values, length=length, of=of)
    missing = int(np.isnan(array).sum())
    if missing:
        raise ValueError(
            f"{name} holds {missing} NaN of {array.size} values; "
            "accepted: finite numbers. Decide what to do with them before plotting"
        )
    return array


def categories(name: str, values, *, length: int | None = None, of: str = ""):
    """Return labels as a one-dimensional array without missing entries."""
    array = np.asarray(values)
    if array.dtype.kind not in "biufUS":
        array = np.asarray(values, dtype=object)
    if array.dtype.kind in "fO":
        missing = int(np.sum([value is None or value != value for value in array.flat]))
        if missing:
            raise ValueError(f"{name} holds {missing} missing labels; accepted: none")
    return checked(name, array, length=length, of=of)


def errors(name: str, values, *, length: int, of: str) -> np.ndarray:
    """Return error bars (n,) or (2, n), finite or NaN and never negative."""
    if np.ndim(values) > 2 or (np.ndim(values) == 2 and len(values) != 2):
        raise ValueError(
            f"{name} has shape {np.shape(values)}; accepted: (n,) or (2, n)"
        )
    rows = values if np.ndim(values) == 2 else [values]
    array = np.array([numbers(name, row, length=length, of=of) for row in rows])
    if (array < 0).any():
        raise ValueError(f"{name} holds negative errors; accepted: zero or more")
    return array if len(array) == 2 else array[0]


def present(**columns: np.ndarray) -> tuple[np.ndarray, str]:
    """Find rows without NaN, and say in words what the others lack.

    Parameters
    ----------
    **columns : ndarray of float, shape (n,)
        Columns of one table, by the name of the argument.

    Returns
    -------
    keep : ndarray of bool, shape (n,)
        True where every column has a value.
    note : str
        Empty, or for example ``"3 of 200 not drawn: no depth_km"``.

    Raises
    ------
    ValueError
        If no row is complete.
    """
    gaps = {name: np.isnan(column) for name, column in columns.items()}
    keep = ~np.logical_or.reduce(list(gaps.values()))
    if keep.all():
        return keep, ""
    lacking = " or ".join(name for name, gap in gaps.items() if gap.any())
    if not keep.any():
        raise ValueError(f"{lacking}: NaN in every row; accepted: at least one value")
    return keep, f"{(~keep).sum():,} of {keep.size:,} not drawn: no {lacking}"


def one_of(name: str, value, accepted: Sequence) -> None:
    """Raise unless `value` is among the accepted ones."""
    if value not in accepted:
        listed = ", ".join(repr(item) for item in accepted)
        raise ValueError(f"{name} is {value!r}; accepted: {listed}")


def words(**labels: str) -> None:
    """Raise unless every label is a word."""
    for name, label in labels.items():
        if not isinstance(label, str) or not label.strip():
            raise ValueError(
                f"{name} is {label!r}; accepted: a name and its unit, 'distance [km]'"
            )
