"""Columns of one table: labels, times, and whether they describe the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .arrays import KINDS, MISSING, check_shape, check_vector, is_gap
from .values import shown, wrong


def check_labels(name: str, values: ArrayLike, *, length=None, of="") -> np.ndarray:
    """Return labels of one kind, numbers or text, as an array of shape (n,).

    >>> check_labels("station", ["SION", float("nan")])
    Traceback (most recent call last):
        ...
    ValueError: station must be labels without gaps, got 1 missing, the first in row 1
    """
    no_sequence = isinstance(values, str | set | frozenset | Mapping)
    if no_sequence or not hasattr(values, "__iter__"):
        raise wrong(name, "a sequence of labels", shown(values))
    array = values if hasattr(values, "dtype") else np.array(list(values), dtype=object)
    array = array.astype(object).filled(np.nan) if np.ma.is_masked(array) else array
    array = np.asarray(array)
    check_shape(name, array, length, of)
    if array.dtype.kind not in "biuM":
        gaps = np.flatnonzero([str(label) in MISSING for label in one_by_one(array)])
        if gaps.size:
            got = f"{gaps.size} missing, the first in row {gaps[0]}"
            raise wrong(name, "labels without gaps", got)
    if (
        array.dtype.kind == "O"
        and len({isinstance(v, str) for v in array.tolist()}) > 1
    ):
        raise wrong(name, "labels of one kind", "text and numbers")
    return array if array.dtype.kind != "O" else np.array(array.tolist())


def one_by_one(array: np.ndarray) -> Iterable:
    """Return the labels of an array: as Python's own, which are read sooner.

    Durations stay as they are, for ``tolist`` would make a missing one None.
    """
    return array if array.dtype.kind == "m" else array.tolist()


def check_codes(
    name: str, values: ArrayLike, *, length: int | None = None, of: str = ""
) -> tuple[np.ndarray, np.ndarray]:
    """Number labels in order of appearance: codes, shape (n,), and their names."""
    import pandas as pd

    codes, names = pd.factorize(check_labels(name, values, length=length, of=of))
    return codes, np.asarray(names)


def check_same_rows(**columns: Any) -> None:
    """Refuse columns that differ in length, or pandas columns that differ in index.

    NumPy would match them by position. None stands for a column that was not given.

    >>> import pandas as pd
    >>> y = pd.Series([1.0, 2.0])
    >>> check_same_rows(X=y.to_frame(), y=y.iloc[::-1])
    Traceback (most recent call last):
        ...
    ValueError: y must be a column with the index of X, got another index
    """
    given = {name: column for name, column in columns.items() if column is not None}
    first = next(iter(given), "")
    rows = {name: _n_rows(name, column) for name, column in given.items()}
    for name, n_rows in rows.items():
        if n_rows != rows[first]:
            raise wrong(name, f"{rows[first]} rows, as many as {first}", n_rows)
    indexed = {n: c.index for n, c in given.items() if hasattr(c, "iloc")}
    first = next(iter(indexed), "")
    for name, index in indexed.items():
        if not index.equals(indexed[first]):
            raise wrong(name, f"a column with the index of {first}", "another index")


def _n_rows(name: str, column: Any) -> int:
    shape = getattr(column, "shape", None)
    if shape == () or not (shape or hasattr(column, "__len__")):
        raise wrong(name, "one value for each row", shown(column))
    return shape[0] if shape else len(column)


def check_places(
    latitude: ArrayLike, longitude: ArrayLike, *, missing: bool = False, unit: str = ""
) -> tuple[np.ndarray, np.ndarray]:
    """Return latitudes and longitudes as floats of degrees within their ranges.

    Parameters
    ----------
    latitude : array_like, shape (n,)
        Degrees, from -90 to 90.
    longitude : array_like, shape (n,)
        Degrees, from -180 to 360.
    missing : bool
        Accept missing values, as NaN.
    unit : str
        Ending of the names of the caller's arguments: "_deg", or nothing.

    Returns
    -------
    latitude, longitude : ndarray of float, shape (n,)
        As they came, longitudes not brought to one turn.

    Raises
    ------
    ValueError
        If they are no such degrees, or differ in number.
    """
    names = f"latitude{unit}", f"longitude{unit}"
    lat = check_vector(names[0], latitude, missing=missing, least=-90, most=90)
    lon = check_vector(
        names[1],
        longitude,
        length=lat.size,
        of=names[0],
        missing=missing,
        least=-180,
        most=360,
    )
    return lat, lon


def check_times(name: str, values: ArrayLike, *, length=None, of="") -> np.ndarray:
    """Return times without a zone (UTC is meant) as datetime64[ns], shape (n,)."""
    import pandas as pd

    kind = getattr(getattr(values, "dtype", None), "kind", "O")
    given = values
    if kind == "O":
        given = [getattr(value, "datetime", value) for value in np.atleast_1d(values)]
        kind = "M" if all(map(_is_time, given)) else kind
    if kind != "M":
        got = KINDS.get(kind, shown(values))
        raise wrong(name, "times (see pandas.to_datetime)", got)
    times = pd.Series(pd.to_datetime(given))
    if times.dt.tz is not None:
        got = f"times in the zone {times.dt.tz}: see Series.dt.tz_convert(None)"
        raise wrong(name, "times without a zone, in UTC", got)
    if times.isna().any():
        raise wrong(name, "times without gaps", f"{times.isna().sum()} missing")
    array = times.to_numpy("datetime64[ns]", copy=True)
    check_shape(name, array, length, of)
    return array


def _is_time(value: Any) -> bool:
    return hasattr(value, "year") or isinstance(value, np.datetime64) or is_gap(value)
