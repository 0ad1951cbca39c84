"""The Earth as a sphere: its radius and the distances on it, once for all modules."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ._arguments import check_vector

EARTH_RADIUS_KM = 6371.0
"""Mean radius of the Earth [km]."""

KM_PER_DEGREE = np.pi * EARTH_RADIUS_KM / 180
"""Length of one degree of a great circle [km]."""


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


def unit_vectors(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """Return points of the unit sphere, shape (n, 3), for degrees of shape (n,)."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    x, y = np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam)
    return np.column_stack([x, y, np.sin(phi)])


def chord(distance_km: float) -> float:
    """Return the straight line [radii] that spans a distance along the surface [km]."""
    angle = min(distance_km / EARTH_RADIUS_KM, np.pi)
    return float(2 * np.sin(angle / 2))
