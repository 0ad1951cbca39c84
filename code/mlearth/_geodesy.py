"""The Earth as a sphere: its radius and the distances on it, once for all modules."""

from __future__ import annotations

import numpy as np

EARTH_RADIUS_KM = 6371.0
"""Mean radius of the Earth [km]."""

KM_PER_DEGREE = np.pi * EARTH_RADIUS_KM / 180
"""Length of one degree of a great circle [km]."""


def unit_vectors(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """Return points of the unit sphere, shape (n, 3), for degrees of shape (n,)."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    x, y = np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam)
    return np.column_stack([x, y, np.sin(phi)])


def chord(distance_km: float) -> float:
    """Return the straight line [radii] that spans a distance along the surface [km]."""
    angle = min(distance_km / EARTH_RADIUS_KM, np.pi)
    return float(2 * np.sin(angle / 2))


def destination(
    latitude: np.ndarray,
    longitude: np.ndarray,
    distance_km: np.ndarray,
    azimuth: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return where great circles lead that begin at places with azimuths [radian].

    All of shape (n,), latitudes and longitudes in degrees; exact at the poles too.
    """
    phi, lam, angle = (
        np.radians(latitude),
        np.radians(longitude),
        distance_km / EARTH_RADIUS_KM,
    )
    north = np.sin(angle) * np.cos(azimuth)
    east = np.sin(angle) * np.sin(azimuth)
    out = np.cos(angle) * np.cos(phi) - north * np.sin(phi)
    up = np.cos(angle) * np.sin(phi) + north * np.cos(phi)
    turned = np.degrees(lam + np.arctan2(east, out))
    return np.degrees(np.arctan2(up, np.hypot(out, east))), wrapped(turned)


def wrapped(longitude: np.ndarray) -> np.ndarray:
    """Return longitudes [degree] from -180 up to 180."""
    return (np.asarray(longitude) + 180) % 360 - 180
