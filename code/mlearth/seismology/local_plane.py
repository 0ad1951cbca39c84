"""From the sphere to a plane of kilometres about one place, and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import check_places, check_same_rows, check_vector, wrong
from .._geodesy import EARTH_RADIUS_KM, unit_vectors

__all__ = ["from_local_plane", "to_local_plane"]

HALF_WAY_KM = np.pi * EARTH_RADIUS_KM


def to_local_plane(
    latitude_deg: ArrayLike, longitude_deg: ArrayLike, centre: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Map places to kilometres east and north of a centre.

    Distance and direction from the centre are kept exactly, across the antimeridian
    and at the poles too. Other distances are stretched: 300 km from the centre by one
    part in 2,700.

    Parameters
    ----------
    latitude_deg, longitude_deg : array_like, shape (n,)
        Places [degree].
    centre : (float, float)
        Latitude and longitude of the centre [degree].

    Returns
    -------
    x_km, y_km : ndarray, shape (n,)
        Kilometres to the east and to the north.

    Raises
    ------
    ValueError
        If something is no place on the sphere.

    Examples
    --------
    >>> x_km, y_km = to_local_plane([0.0, 1.0], [-179.5, 179.5], (0.0, 179.5))
    >>> x_km.round(1), y_km.round(1)
    (array([111.2,   0. ]), array([  0. , 111.2]))
    """
    check_same_rows(latitude_deg=latitude_deg, longitude_deg=longitude_deg)
    latitude, longitude = check_places(latitude_deg, longitude_deg, unit="_deg")
    up, east, north = frame(centre)
    places = unit_vectors(latitude, longitude)
    x, y, z = places @ east, places @ north, places @ up
    flat = np.hypot(x, y)
    scale = EARTH_RADIUS_KM * np.arctan2(flat, z) / np.where(flat > 0, flat, 1)
    return x * scale, y * scale


def from_local_plane(
    x_km: ArrayLike, y_km: ArrayLike, centre: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Map kilometres east and north of a centre back to places on the sphere.

    Parameters
    ----------
    x_km, y_km : array_like, shape (n,)
        Kilometres to the east and to the north.
    centre : (float, float)
        Latitude and longitude of the centre [degree].

    Returns
    -------
    latitude_deg, longitude_deg : ndarray, shape (n,)
        Places [degree]; longitudes from -180 to 180.

    Raises
    ------
    ValueError
        If the centre is no place, or a point lies farther than half way round.

    Examples
    --------
    >>> latitude_deg, longitude_deg = from_local_plane([111.195], [0.0], (0.0, 179.5))
    >>> latitude_deg.round(3), longitude_deg.round(3)
    (array([0.]), array([-179.5]))
    """
    check_same_rows(x_km=x_km, y_km=y_km)
    x = check_vector("x_km", x_km)
    y = check_vector("y_km", y_km, length=x.size, of="x_km")
    up, east, north = frame(centre)
    distance = np.hypot(x, y)
    if distance.max() > HALF_WAY_KM:
        accepted = f"within {HALF_WAY_KM:.0f} km of the centre, as y_km"
        raise wrong("x_km", accepted, f"{distance.max():g} km away")
    angle, unit = distance / EARTH_RADIUS_KM, np.where(distance > 0, distance, 1)
    flat = np.outer(x / unit, east) + np.outer(y / unit, north)
    places = np.cos(angle)[:, None] * up + np.sin(angle)[:, None] * flat
    latitude = np.degrees(np.arctan2(places[:, 2], np.hypot(*places[:, :2].T)))
    return latitude, np.degrees(np.arctan2(places[:, 1], places[:, 0]))


def frame(centre: tuple[float, float]) -> np.ndarray:
    """Return the directions up, east and north at a place, shape (3, 3)."""
    try:
        latitude, longitude = centre
        (latitude,), (longitude,) = check_places([latitude], [longitude])
    except (TypeError, ValueError):
        accepted = "a latitude (-90 to 90) and a longitude (-180 to 360)"
        raise wrong("centre", accepted, repr(centre)) from None
    (up,) = unit_vectors(np.array([latitude]), np.array([longitude]))
    turn = np.radians(longitude)
    east = np.array([-np.sin(turn), np.cos(turn), 0.0])
    return np.array([up, east, np.cross(up, east)])
