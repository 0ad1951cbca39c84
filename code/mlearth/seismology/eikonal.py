"""Travel times through any speeds on a grid: the eikonal equation in two dimensions."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import Count, CountOrZero, Positive, checked, wrong
from .._arguments.types import Array

__all__ = ["eikonal_times"]

Speeds = Annotated[
    ArrayLike, Array(("n_depths", "n_distances"), "numbers > 0", lambda a: a > 0)
]


def check_grid(velocity_km_s, spacing_km, source_row, source_column, order=2) -> None:
    """Refuse grids too small for the stencil, and sources outside of them."""
    if min(velocity_km_s.shape) < 2:
        shape = f"shape {velocity_km_s.shape}"
        raise wrong("velocity_km_s", "of two rows and columns at least", shape)
    places = {"source_row": source_row, "source_column": source_column}
    for (name, place), size in zip(places.items(), velocity_km_s.shape, strict=True):
        if place >= size:
            raise wrong(name, f"within the model, from 0 to {size - 1}", place)
    if order > 2:
        raise wrong("order", "1 or 2", order)


@checked(also=check_grid)
def eikonal_times(
    velocity_km_s: Speeds,
    spacing_km: Positive,
    source_row: CountOrZero,
    source_column: CountOrZero,
    order: Count = 2,
) -> np.ndarray:
    """Return the first arrivals of a point source at every node of a section.

    The time is factored into the straight distance and a smooth rest, for which
    eikonalfm marches: the sharp tip at the source costs no accuracy. Of a section from
    a station at the surface, exchanged, every node is a source.

    Parameters
    ----------
    velocity_km_s : array_like, shape (n_depths, n_distances)
        Speeds at the nodes [km/s], > 0: rows are depths, columns distances.
    spacing_km : float
        Distance of two nodes [km], > 0, the same both ways.
    source_row, source_column : int
        The node of the source.
    order : {1, 2}
        Order of the differences.

    Returns
    -------
    ndarray, shape (n_depths, n_distances)
        Travel times [s].

    Raises
    ------
    ValueError
        If a speed is not > 0, or the source lies outside of the grid.
    ModuleNotFoundError
        If eikonalfm is not installed.

    Notes
    -----
    The method is that of ``treister2016fast``. In a linear gradient of speed the error
    of the second order falls with the square of the spacing; it is largest where waves
    meet that took two ways.

    Examples
    --------
    >>> eikonal_times([[5.0] * 4] * 3, 10.0, 0, 0)[2].round(3)
    array([4.   , 4.472, 5.657, 7.211])
    """
    try:
        import eikonalfm
    except ModuleNotFoundError as missing:
        hint = "eikonal_times needs eikonalfm: pip install eikonalfm"
        raise ModuleNotFoundError(hint, name="eikonalfm") from missing
    source, spacing = (source_row, source_column), (spacing_km, spacing_km)
    rest = eikonalfm.factored_fast_marching(velocity_km_s, source, spacing, order)
    straight = eikonalfm.distance(velocity_km_s.shape, spacing, source, indexing="ij")
    return straight * rest
