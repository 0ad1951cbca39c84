"""Rays that bend: traced down the travel times of a section, back to their source."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from .._arguments import Positive, checked, wrong
from .._arguments.types import Array
from .eikonal import eikonal_times
from .ray_lengths import Places, check_rays, lengths_of

__all__ = ["bent_rays"]

STEP = 0.25
"""Step along a ray, in cells."""

Slowness = Annotated[
    ArrayLike, Array(("n_rows", "n_columns"), "numbers > 0", lambda a: a > 0)
]


def check_sources(starts_km, ends_km, slowness_s_km, cell_km) -> None:
    """Refuse rays outside, and sources that are not at the centre of a cell."""
    check_rays(starts_km, ends_km, *slowness_s_km.shape, cell_km)
    off = np.abs(starts_km / cell_km % 1 - 0.5).max(axis=1)
    bad = np.flatnonzero(off > 1e-6)
    if bad.size:
        x, z = starts_km[bad[0]]
        raise wrong("starts_km", "at centres of cells", f"({x:g}, {z:g})")


@checked(also=check_sources)
def bent_rays(
    starts_km: Places, ends_km: Places, slowness_s_km: Slowness, cell_km: Positive
) -> sparse.csr_array:
    """Return how far the first-arriving ray runs in each cell of a section.

    From each end the ray is followed against the gradient of the travel time, which
    the eikonal equation gives on the centres of the cells.

    Parameters
    ----------
    starts_km, ends_km : array_like, shape (n_rays, 2)
        Distance and depth of both ends [km]; starts at centres of cells.
    slowness_s_km : array_like, shape (n_rows, n_columns)
        Slowness of the cells [s/km], > 0.
    cell_km : float
        Side of a cell [km], > 0.

    Returns
    -------
    csr_array, shape (n_rays, n_rows * n_columns)
        Lengths [km], >= 0.

    Raises
    ------
    ValueError
        If an end lies outside of the section, a start is no centre of a cell, or a
        ray does not find its source.
    ModuleNotFoundError
        If eikonalfm is not installed.

    Notes
    -----
    The time is the straight distance times a smooth mean slowness, and only the latter
    is interpolated: the tip at the source costs no accuracy. Half a cell is left around
    the section, where no node is; ends there are joined straight.

    Examples
    --------
    >>> uniform = [[0.2] * 6] * 4
    >>> G = bent_rays([[0.5, 0.5]], [[5.5, 3.5]], uniform, 1.0)
    >>> print(round(G.sum(), 3))
    5.831
    """
    parts, first = [], 0
    order = np.lexsort(starts_km.T)
    sources, size = np.unique(starts_km[order][:, ::-1], axis=0, return_counts=True)
    for source, n in zip(sources[:, ::-1], size, strict=True):
        own = order[first : first + n]
        first += n
        parts.append(segments(source, ends_km[own], own, slowness_s_km, cell_km))
    begin, end, ray = (np.concatenate(part) for part in zip(*parts, strict=True))
    crossings = [one_line(begin[:, i], end[:, i], cell_km) for i in (0, 1)]
    shape = slowness_s_km.shape
    return lengths_of(begin, end, ray, crossings, shape, cell_km, len(starts_km))


def segments(
    source: np.ndarray,
    ends: np.ndarray,
    ray: np.ndarray,
    slowness: np.ndarray,
    cell_km: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Follow all rays of one source; return starts, ends and rays of their steps."""
    place, goal = ends / cell_km - 0.5, source / cell_km - 0.5  # centres are whole
    field = mean_slowness(goal, slowness, cell_km)
    far = np.array(slowness.shape)[::-1] - 1
    found, on_way = [], np.arange(len(place))
    for _ in range(int(6 * sum(slowness.shape) / STEP)):
        near = np.hypot(*(place[on_way] - goal).T) <= 1.5 * STEP
        arrived, on_way = on_way[near], on_way[~near]
        last = np.broadcast_to(goal, (arrived.size, 2))
        found.append((place[arrived], last, ray[arrived]))
        if not on_way.size:
            break
        here = np.clip(place[on_way], 0, far)
        half = np.clip(here + STEP / 2 * downhill(here, goal, field), 0, far)
        there = np.clip(here + STEP * downhill(half, goal, field), 0, far)
        found.append((place[on_way], there, ray[on_way]))
        place[on_way] = there
    else:
        accepted = "such that each ray finds its source"
        raise wrong("slowness_s_km", accepted, f"{on_way.size} rays that do not")
    begin, end, number = (np.concatenate(part) for part in zip(*found, strict=True))
    return cell_km * (begin + 0.5), cell_km * (end + 0.5), number


def mean_slowness(goal: np.ndarray, slowness: np.ndarray, cell_km: float) -> np.ndarray:
    """Return time over distance to the source, and its slopes, at every centre."""
    column, row = np.rint(goal).astype(int)
    time = eikonal_times(1 / slowness, cell_km, int(row), int(column))
    z, x = np.indices(slowness.shape)
    away = np.hypot(x - column, z - row)
    away[row, column] = 1
    mean = time / away / cell_km
    mean[row, column] = slowness[row, column]
    return np.stack([mean, *np.gradient(mean)[::-1]], axis=-1)


def downhill(place: np.ndarray, goal: np.ndarray, field: np.ndarray) -> np.ndarray:
    """Return the direction in which the time falls fastest, of length 1."""
    mean, *slope = interpolated(place, field).T
    way = place - goal
    away = np.hypot(*way.T)
    uphill = mean[:, None] * way / away[:, None] + away[:, None] * np.transpose(slope)
    return -uphill / np.hypot(*uphill.T)[:, None]


def interpolated(place: np.ndarray, field: np.ndarray) -> np.ndarray:
    """Return a field between the four centres around each place."""
    most = np.array(field.shape[1::-1]) - 2
    low = np.clip(place.astype(int), 0, most)
    right, down = (place - low).T[..., None]
    column, row = low.T
    upper = field[row, column] * (1 - right) + field[row, column + 1] * right
    lower = field[row + 1, column] * (1 - right) + field[row + 1, column + 1] * right
    return upper * (1 - down) + lower * down


def one_line(start: np.ndarray, end: np.ndarray, cell_km: float) -> np.ndarray:
    """Return the share of a short step at which it crosses a line, 0 if it does not."""
    line = np.floor(np.maximum(start, end) / cell_km) * cell_km
    way = end - start
    share = (line - start) / np.where(way == 0, np.inf, way)
    return np.clip(share, 0, 1)[:, None]
