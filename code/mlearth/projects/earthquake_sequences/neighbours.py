"""The nearest earlier earthquakes of each one, and what they tell a learner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..._arguments import check_count, check_number
from ..._geodesy import unit_vectors
from ...seismology._events import arc_km

__all__ = ["FEATURES", "Neighbours", "nearest_earlier", "neighbour_features"]

B_VALUE, DIMENSION = 1.0, 1.6
NONE_NEAR = 9.0
"""log10 of the proximity that stands where there is no earlier earthquake."""
BLOCK = 256


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The nearest earlier earthquakes, the nearest first; all of shape (n, k).

    Attributes
    ----------
    row : ndarray of int
        Their rows, -1 where there are fewer.
    log_proximity : ndarray
        log10 of the proximity [day km^1.6].
    lag_days, distance_km : ndarray
        How long before and how far away they were; 1e6 where there are fewer.
    excess : ndarray
        Their magnitude minus that of the earthquake; -9 where there are fewer.
    """

    row: np.ndarray
    log_proximity: np.ndarray
    lag_days: np.ndarray
    distance_km: np.ndarray
    excess: np.ndarray


def columns_of(events: pd.DataFrame) -> list[np.ndarray]:
    """Return times, latitudes, longitudes and magnitudes of one catalogue."""
    names = ("time_days", "latitude_deg", "longitude_deg", "magnitude")
    return [events[name].to_numpy(dtype=float) for name in names]


def nearest_earlier(
    events: pd.DataFrame, k: int, shortest_km: float = 0.1
) -> Neighbours:
    """Find the k earlier earthquakes of the smallest proximity, from all pairs.

    Parameters
    ----------
    events : pandas.DataFrame
        One catalogue in the order of time: time_days, latitude_deg, longitude_deg,
        magnitude.
    k : int
        How many, from 1 on.
    shortest_km : float
        Shorter distances count as this one [km], > 0.

    Returns
    -------
    Neighbours

    Raises
    ------
    ValueError
        If `k` or `shortest_km` is no such number.

    Examples
    --------
    >>> events = pd.DataFrame({"time_days": [0.0, 1, 2], "latitude_deg": [35, 35, 36.0],
    ...     "longitude_deg": [140.0, 140, 140], "magnitude": [6.0, 4, 4]})
    >>> nearest_earlier(events, 2).row.tolist()
    [[-1, -1], [0, -1], [0, 1]]
    """
    check_count("k", k)
    check_number("shortest_km", shortest_km, above=0)
    time, latitude, longitude, magnitude = columns_of(events)
    place = unit_vectors(latitude, longitude)
    n, wide = len(time), k
    row = np.full((n, wide), -1)
    lag, km = np.full((n, wide), 1e6), np.full((n, wide), 1e6)
    level = np.full((n, wide), NONE_NEAR)
    for start in range(0, n, BLOCK):
        part = np.arange(start, min(start + BLOCK, n))
        days = time[part, None] - time[None, : part[-1] + 1]
        far = arc_km(place[part, None], place[None, : part[-1] + 1])
        eta = log_proximity(days, far, magnitude[: part[-1] + 1], shortest_km)
        best = smallest(eta, wide)
        found = np.take_along_axis(eta, best, 1)
        at = (slice(start, start + len(part)), slice(0, best.shape[1]))
        known = np.isfinite(found)
        row[at] = np.where(known, best, -1)
        level[at] = np.where(known, found, NONE_NEAR)
        lag[at] = np.where(known, np.take_along_axis(days, best, 1), 1e6)
        km[at] = np.where(known, np.take_along_axis(far, best, 1), 1e6)
    excess = np.where(row >= 0, magnitude[row] - magnitude[:, None], -9.0)
    return Neighbours(row, level, lag, km, excess)


def smallest(values: np.ndarray, k: int) -> np.ndarray:
    """Return the columns of the k smallest of each row; of equal ones the first."""
    columns = np.arange(values.shape[1])[None].repeat(len(values), axis=0)
    if k < values.shape[1]:
        columns = np.sort(np.argpartition(values, k - 1, axis=1)[:, :k], axis=1)
    order = np.argsort(np.take_along_axis(values, columns, 1), axis=1, kind="stable")
    return np.take_along_axis(columns, order, 1)


def log_proximity(
    days: np.ndarray, far_km: np.ndarray, magnitude: np.ndarray, shortest_km: float
) -> np.ndarray:
    """Return log10 of proximities, infinite where the other one is not earlier."""
    with np.errstate(divide="ignore"):
        logged = np.log10(np.maximum(days, 0))
    far = DIMENSION * np.log10(np.maximum(far_km, shortest_km))
    return np.where(days > 0, logged + far - B_VALUE * magnitude, np.inf)


N_NEAREST = 5
OF_EACH = ("log proximity", "log time", "log distance", "excess")
FEATURES = (
    *(f"{what} {i}" for i in range(1, N_NEAREST + 1) for what in OF_EACH),
    "offspring",
    "nearest offspring",
)
"""Names of the columns of :func:`neighbour_features`."""


def neighbour_features(near: Neighbours) -> np.ndarray:
    """Return what a learner is told of each earthquake.

    Parameters
    ----------
    near : Neighbours
        Five nearest earlier earthquakes at least.

    Returns
    -------
    ndarray, shape (n, 22)
        Of the five nearest: log10 of proximity, time and distance, and the excess of
        magnitude; then log10 of 1 + the number of those whose nearest it is, and the
        smallest log10 proximity of these.

    Raises
    ------
    ValueError
        If fewer than five are known.
    """
    check_count("near", near.row.shape[1], least=N_NEAREST)
    first = slice(0, N_NEAREST)
    each = np.stack(
        [
            near.log_proximity[:, first],
            np.log10(near.lag_days[:, first]),
            np.log10(np.maximum(near.distance_km[:, first], 0.1)),
            near.excess[:, first],
        ],
        axis=2,
    )
    n = len(near.row)
    child = np.flatnonzero(near.row[:, 0] >= 0)
    parent = near.row[child, 0]
    offspring = np.bincount(parent, minlength=n)
    nearest = np.full(n, NONE_NEAR)
    np.minimum.at(nearest, parent, near.log_proximity[child, 0])
    return np.column_stack([each.reshape(n, -1), np.log10(1 + offspring), nearest])
