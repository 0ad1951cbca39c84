"""Blocks on the sphere, distances to test rows, and instants, for the splits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.spatial import cKDTree

from .._arguments import (
    Column,
    check_number,
    check_places,
    check_vector,
    checked,
    shown,
    wrong,
)
from .._geodesy import EARTH_RADIUS_KM, chord, unit_vectors


@checked
def space_blocks(latitude: Column, longitude: Column, block_km: float) -> np.ndarray:
    """Number the block of the globe in which each point lies.

    The globe is cut into rows of equal height in latitude, and each row into as many
    blocks as its length along the parallel allows. So blocks are about `block_km` wide
    at every latitude, and their areas agree within 5 %, while one degree of longitude
    shrinks from 111 km at the equator to nothing at the pole. Use the numbers as groups
    in `split_by_group`, or as clusters in `bootstrap_interval`.

    Parameters
    ----------
    latitude : array_like, shape (n_rows,)
        Degrees, from -90 to 90.
    longitude : array_like, shape (n_rows,)
        Degrees, from -180 to 360; -90 and 270 are the same place.
    block_km : float
        Side of a block [km], from 1 to 10,000.

    Returns
    -------
    ndarray of int, shape (n_rows,)
        The block of each row; rows with the same number share a block.

    Raises
    ------
    ValueError
        If a coordinate or `block_km` is out of range.

    Notes
    -----
    Blocks for validation: ``roberts2017cross``, ``valavi2019blockcv``.

    Examples
    --------
    >>> blocks = space_blocks([46.5, 46.6, -33.0], [8.0, 8.1, -71.0], block_km=300)
    >>> bool(blocks[0] == blocks[1]), bool(blocks[0] == blocks[2])
    (True, False)
    """
    latitude, longitude = check_places(latitude, longitude)
    check_number("block_km", block_km, least=1, most=10_000)
    n_bands = max(1, round(np.pi * EARTH_RADIUS_KM / block_km))
    middle = np.pi * ((np.arange(n_bands) + 0.5) / n_bands - 0.5)
    # a parallel is 2 cos(latitude) meridians long, a meridian n_bands blocks
    n_in_band = np.maximum(1, np.round(2 * n_bands * np.cos(middle))).astype(int)
    first_in_band = np.cumsum(n_in_band) - n_in_band
    band = np.minimum(((latitude + 90) / 180 * n_bands).astype(int), n_bands - 1)
    column = (np.mod(longitude, 360) / 360 * n_in_band[band]).astype(int)
    return first_in_band[band] + np.minimum(column, n_in_band[band] - 1)


def blocks_of(
    latitude: np.ndarray, longitude: np.ndarray, block_km: float, least: int
) -> np.ndarray:
    """Number the blocks and insist on at least so many occupied ones."""
    blocks = space_blocks(latitude, longitude, block_km)
    found = np.unique(blocks).size
    if found < least:
        raise ValueError(
            f"block_km={block_km:g} puts all rows into {found} block(s), but "
            f"{least} are needed: choose smaller blocks"
        )
    return blocks


def clear_of_test(
    split: Iterable[np.ndarray],
    latitude: np.ndarray,
    longitude: np.ndarray,
    buffer_km: float,
) -> np.ndarray:
    """Return the training rows farther than the buffer from every test row."""
    train, test = split
    clear = train[~within_km(latitude, longitude, train, test, buffer_km)]
    if clear.size == 0:
        raise ValueError(
            f"buffer_km={buffer_km:g} leaves no training rows: choose a smaller buffer"
        )
    return clear


def within_km(
    latitude: np.ndarray,
    longitude: np.ndarray,
    rows: np.ndarray,
    others: np.ndarray,
    distance_km: float,
) -> np.ndarray:
    """For each of `rows`, tell whether it is within a distance of any of `others`."""
    if check_number("buffer_km", distance_km, least=0) == 0:
        return np.zeros(rows.size, dtype=bool)
    on_sphere = unit_vectors(latitude, longitude)
    found, _ = cKDTree(on_sphere[others]).query(on_sphere[rows])
    return found <= chord(distance_km)


def check_instants(time: ArrayLike) -> pd.Index:
    """Return times as an index of dates (DatetimeIndex) or of finite numbers."""
    if np.ma.is_masked(time) or np.ndim(time) != 1 or isinstance(time, str):
        raise wrong("time", "a column of dates or numbers without a mask", shown(time))
    index = pd.Index(time)
    if isinstance(index, pd.DatetimeIndex):
        if index.hasnans:
            bad = np.flatnonzero(index.isna())
            got = f"{bad.size} missing, the first in row {bad[0]}"
            raise wrong("time", "dates without gaps", got)
        if index.empty:
            raise wrong("time", "at least one value", "an empty sequence")
        return index
    if not pd.api.types.is_numeric_dtype(index):
        accepted = "dates (see pandas.to_datetime) or numbers"
        raise wrong("time", accepted, index.dtype)
    return pd.Index(check_vector("time", index))


def instant_like(time: pd.Index, cut: Any) -> Any:
    """Return `cut` as a date or number that compares with `time`."""
    is_number = isinstance(cut, int | float | np.number)
    if not isinstance(time, pd.DatetimeIndex):
        if not is_number or not np.isfinite(cut):
            raise ValueError(f"cut must be a number, as time is, got {cut!r}")
        return float(cut)
    if is_number:
        raise ValueError(f"cut must be a date such as '2005-01-01', got {cut!r}")
    try:
        stamp = pd.Timestamp(cut)
    except (TypeError, ValueError):
        raise ValueError(
            f"cut must be a date such as '2005-01-01', got {cut!r}"
        ) from None
    return stamp.tz_localize(time.tz) if time.tz and not stamp.tz else stamp


def duration_like(time: pd.Index, gap: Any) -> Any:
    """Return `gap` as a duration that can be subtracted from `time`."""
    dated = isinstance(time, pd.DatetimeIndex)
    accepted = "a duration such as '30 days'" if dated else "a number, as time is,"
    complaint = f"gap must be {accepted} and not negative, got {gap!r}"
    is_number = isinstance(gap, int | float | np.number)
    if not dated:
        if not is_number or not 0 <= gap < np.inf:
            raise ValueError(complaint)
        return float(gap)
    if (is_number and gap != 0) or (isinstance(gap, str) and gap.strip().isnumeric()):
        raise ValueError(complaint)
    try:
        duration = pd.Timedelta(0) if is_number else pd.Timedelta(gap)
    except (TypeError, ValueError):
        raise ValueError(complaint) from None
    if not duration >= pd.Timedelta(0):
        raise ValueError(complaint)
    return duration
