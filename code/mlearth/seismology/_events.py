"""What every function of a whole catalogue checks and needs: order, places, sizes."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from .._arguments import check_places, number, wrong
from .._geodesy import EARTH_RADIUS_KM, unit_vectors

LARGEST_MAGNITUDE = 12.0
"""No fault on Earth is long enough for more; powers of ten stay within floats."""

Slope = Annotated[float, number(least=0, most=10)]
Dimension = Annotated[float, number(above=0, most=10)]


def check_events(
    time_days: np.ndarray,
    latitude_deg: np.ndarray,
    longitude_deg: np.ndarray,
    magnitude: np.ndarray,
    **others: Any,
) -> None:
    """Refuse events out of order, places outside of the globe and absurd magnitudes."""
    late = np.flatnonzero(np.diff(time_days) < 0)
    if late.size:
        got = f"row {late[0] + 1}, which is earlier than the row before"
        raise wrong("time_days", "in ascending order: sort the catalogue first", got)
    check_places(latitude_deg, longitude_deg, unit="_deg")
    check_sizes(magnitude)


def check_sizes(magnitude: np.ndarray) -> None:
    """Refuse magnitudes that no earthquake has."""
    absurd = magnitude[np.abs(magnitude) > LARGEST_MAGNITUDE]
    if absurd.size:
        limits = f"from {-LARGEST_MAGNITUDE:g} to {LARGEST_MAGNITUDE:g}"
        raise wrong("magnitude", limits, f"{absurd[0]:g}")


def places(latitude_deg: np.ndarray, longitude_deg: np.ndarray) -> np.ndarray:
    """Return points of the unit sphere; equal places are equal to the last bit."""
    points = unit_vectors(latitude_deg, np.mod(longitude_deg, 360))
    points[np.abs(latitude_deg) == 90, :2] = 0  # all longitudes meet there
    return points


def arc_km(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return distances along the surface [km] between rows of points."""
    gap = one - other
    half = np.sqrt(gap[..., 0] ** 2 + gap[..., 1] ** 2 + gap[..., 2] ** 2) / 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(half, 1))
