"""Where the stations of a network stand."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from .._arguments import Count, CountOrZero, Positive, check_room, checked

__all__ = ["make_network"]


@checked
def make_network(
    geometry: Literal["grid", "line", "random", "ring"] = "random",
    n_stations: Count = 12,
    extent_km: Positive = 100.0,
    random_state: CountOrZero = 0,
) -> pd.DataFrame:
    """Lay out a seismic network in a square.

    Parameters
    ----------
    geometry : {"grid", "line", "random", "ring"}
        Rows and columns, of which the last row may be short; the diagonal; places
        drawn at random; a circle about the centre.
    n_stations : int
        Number of stations, >= 1.
    extent_km : float
        Side of the square [km].
    random_state : int
        Seed of the random places.

    Returns
    -------
    pandas.DataFrame
        ``station`` (its name), ``x_km`` and ``y_km``.

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> make_network("line", 3, 60.0)["x_km"].tolist()
    [10.0, 30.0, 50.0]
    """
    check_room("n_stations", n_stations, 1000 * n_stations)
    x, y = _places(geometry, n_stations, np.random.default_rng(random_state))
    names = [f"S{i:03d}" for i in range(n_stations)]
    return pd.DataFrame(
        {"station": names, "x_km": extent_km * x, "y_km": extent_km * y}
    )


def _places(
    geometry: str, n: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return n places in the unit square."""
    along = (np.arange(n) + 0.5) / n
    if geometry == "line":
        return along, along
    if geometry == "ring":
        angle = 2 * np.pi * along
        return 0.5 + 0.4 * np.cos(angle), 0.5 + 0.4 * np.sin(angle)
    if geometry == "grid":
        side = int(np.ceil(np.sqrt(n)))
        row, column = np.divmod(np.arange(n), side)
        return (column + 0.5) / side, (row + 0.5) / side
    x, y = rng.uniform(size=(2, n))
    return x, y
