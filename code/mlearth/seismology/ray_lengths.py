"""How far each ray runs in each cell of a section: the matrix of tomography."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from .._arguments import Count, Positive, check_room, checked, wrong
from .._arguments.types import Array

__all__ = ["check_fits", "check_inside", "lengths_of", "straight_rays"]

Places = Annotated[ArrayLike, Array(("n_rays", "n_coordinates"))]


def check_fits(n_rows: int, n_columns: int, n_numbers: float) -> None:
    """Refuse more cells than fit into memory, by the name of the longer side."""
    sides = {"n_rows": n_rows, "n_columns": n_columns}
    longer = max(sides, key=sides.get)
    check_room(longer, sides[longer], n_numbers)


def check_inside(
    name: str, places_km: np.ndarray, n_rows: int, n_columns: int, cell_km: float
) -> None:
    """Refuse places that are no pairs of distance and depth within the section."""
    if places_km.shape[1] != 2:
        shape = f"shape {places_km.shape}"
        raise wrong(name, "pairs of distance and depth, shape (n, 2)", shape)
    width, height = n_columns * cell_km, n_rows * cell_km
    slack = 1e-9 * cell_km
    inside = (places_km >= -slack) & (places_km <= np.array([width, height]) + slack)
    outside = np.flatnonzero(~inside.all(axis=1))
    if outside.size:
        x, z = places_km[outside[0]]
        accepted = f"within the model, 0 to {width:g} by 0 to {height:g} km"
        raise wrong(name, accepted, f"({x:g}, {z:g}) in row {outside[0]}")


def check_rays(starts_km, ends_km, n_rows, n_columns, cell_km) -> None:
    """Refuse ends outside of the section, and rays of no length."""
    check_fits(n_rows, n_columns, 4 * len(starts_km) * (n_rows + n_columns))
    check_inside("starts_km", starts_km, n_rows, n_columns, cell_km)
    check_inside("ends_km", ends_km, n_rows, n_columns, cell_km)
    short = np.flatnonzero(np.abs(ends_km - starts_km).max(axis=1) < 1e-9 * cell_km)
    if short.size:
        raise wrong("ends_km", "away from starts_km", f"the same in row {short[0]}")


@checked(also=check_rays)
def straight_rays(
    starts_km: Places,
    ends_km: Places,
    n_rows: Count,
    n_columns: Count,
    cell_km: Positive,
) -> sparse.csr_array:
    """Return how far each straight ray runs in each cell.

    Times are this matrix times the slownesses of the cells, row after row.

    Parameters
    ----------
    starts_km, ends_km : array_like, shape (n_rays, 2)
        Distance and depth of both ends [km], within the section.
    n_rows, n_columns : int
        Cells in depth and in distance; cell (0, 0) has a corner at the origin.
    cell_km : float
        Side of a cell [km], > 0.

    Returns
    -------
    csr_array, shape (n_rays, n_rows * n_columns)
        Lengths [km], >= 0; each row sums to the length of its ray.

    Raises
    ------
    ValueError
        If an end lies outside of the section, or both ends are one place.

    Notes
    -----
    A ray that runs along the border of two cells counts for the one at larger
    distance or depth, except at the far borders of the section.

    Examples
    --------
    >>> G = straight_rays([[0, 5]], [[30, 5]], 2, 3, cell_km=10.0)
    >>> G.toarray()
    array([[10., 10., 10.,  0.,  0.,  0.]])
    """
    lines = cell_km * np.arange(n_columns + 1), cell_km * np.arange(n_rows + 1)
    crossings = [
        crossed(starts_km[:, [axis]], ends_km[:, [axis]], lines[axis])
        for axis in (0, 1)
    ]
    ray = np.arange(len(starts_km))
    return lengths_of(
        starts_km, ends_km, ray, crossings, (n_rows, n_columns), cell_km, len(ray)
    )


def crossed(start: np.ndarray, end: np.ndarray, line: np.ndarray) -> np.ndarray:
    """Return the share of the way at which each line is met; 0 where it is not."""
    way = end - start
    share = (line - start) / np.where(way == 0, np.inf, way)
    return np.clip(share, 0, 1)


def lengths_of(
    starts_km: np.ndarray,
    ends_km: np.ndarray,
    ray: np.ndarray,
    crossings: list[np.ndarray],
    shape: tuple[int, int],
    cell_km: float,
    n_rays: int,
) -> sparse.csr_array:
    """Cut segments where they cross lines, and add up the pieces by ray and cell.

    Parameters
    ----------
    starts_km, ends_km : ndarray, shape (n_segments, 2)
        Distance and depth [km].
    ray : ndarray of int, shape (n_segments,)
        The ray to which each segment belongs.
    crossings : list of ndarray, shape (n_segments, n_lines)
        Shares of the way at which lines are crossed, 0 to 1.
    shape : tuple of int
        Rows and columns of cells.
    cell_km : float
        Side of a cell [km].
    n_rays : int
        Number of rays.

    Returns
    -------
    csr_array, shape (n_rays, n_cells)
    """
    ends = np.zeros((len(ray), 1)), np.ones((len(ray), 1))
    share = np.sort(np.hstack([ends[0], *crossings, ends[1]]), axis=1)
    way = ends_km - starts_km
    length = np.diff(share, axis=1) * np.hypot(*way.T)[:, None]
    middle = (share[:, 1:] + share[:, :-1]) / 2
    column, row = (
        np.clip((starts_km[:, [i]] + middle * way[:, [i]]) // cell_km, 0, shape[1 - i])
        for i in (0, 1)
    )
    row, column = np.minimum(row, shape[0] - 1), np.minimum(column, shape[1] - 1)
    cell = (row * shape[1] + column).astype(int)
    real = length > 0
    rays = np.broadcast_to(ray[:, None], cell.shape)
    entries = length[real], (rays[real], cell[real])
    return sparse.coo_array(entries, shape=(n_rays, shape[0] * shape[1])).tocsr()
