"""Where a fault sends its waves, and how steeply they arrive."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..._arguments import Vector, checked
from .settings import Ground

__all__ = ["Radiation", "radiation_pattern"]


class Radiation(NamedTuple):
    """Radiation coefficients of a double couple towards stations above it.

    Attributes
    ----------
    p : ndarray, shape (n,)
        Of P, positive where the ground is pushed up and away.
    sv, sh : ndarray, shape (n,)
        Of S, positive down and away, and clockwise.
    """

    p: np.ndarray
    sv: np.ndarray
    sh: np.ndarray


@checked
def radiation_pattern(
    strike_deg: Vector,
    dip_deg: Vector,
    rake_deg: Vector,
    azimuth_deg: Vector,
    from_vertical_deg: Vector,
) -> Radiation:
    """Return how strongly faults radiate P and S towards stations.

    Parameters
    ----------
    strike_deg, dip_deg, rake_deg : array_like, shape (n,)
        Orientation of each fault and direction of its slip [degrees].
    azimuth_deg : array_like, shape (n,)
        Direction from source to station, clockwise from north [degrees].
    from_vertical_deg : array_like, shape (n,)
        Angle of the ray from straight up [degrees], 0 to 180.

    Returns
    -------
    Radiation

    Raises
    ------
    ValueError
        If an argument holds no finite numbers, or lengths differ.

    Notes
    -----
    The moment tensor of the double couple, projected onto the ray and across it.

    Examples
    --------
    A vertical fault that strikes north pushes towards north-east:

    >>> found = radiation_pattern([0.0], [90.0], [0.0], [45.0], [90.0])
    >>> float(found.p[0].round(6)), abs(float(found.sh[0].round(6)))
    (1.0, 0.0)
    """
    strike, dip, rake, azimuth, tilt = np.radians(
        [strike_deg, dip_deg, rake_deg, azimuth_deg, from_vertical_deg]
    )
    slip, normal = slip_vector(strike, dip, rake), normal_vector(strike, dip)
    ray, across, aside = ray_axes(azimuth, tilt)
    force = slip * np.sum(normal * ray, axis=0) + normal * np.sum(slip * ray, axis=0)
    return Radiation(*(np.sum(force * axis, axis=0) for axis in (ray, across, aside)))


def slip_vector(strike, dip, rake) -> np.ndarray:
    """Return the direction of slip of the upper wall: up, north, east."""
    north = np.cos(rake) * np.cos(strike) + np.cos(dip) * np.sin(rake) * np.sin(strike)
    east = np.cos(rake) * np.sin(strike) - np.cos(dip) * np.sin(rake) * np.cos(strike)
    return np.array([np.sin(dip) * np.sin(rake), north, east])


def normal_vector(strike, dip) -> np.ndarray:
    """Return the normal of the fault, towards the upper wall: up, north, east."""
    level = np.sin(dip)
    return np.array([np.cos(dip), -level * np.sin(strike), level * np.cos(strike)])


def ray_axes(azimuth, tilt) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the directions of P, SV and SH along a ray: up, north, east.

    `tilt` is the angle [rad] of the ray from straight up.
    """
    away = np.array([0 * azimuth, np.cos(azimuth), np.sin(azimuth)])
    up = np.array([1 + 0 * azimuth, 0 * azimuth, 0 * azimuth])
    aside = np.array([0 * azimuth, -np.sin(azimuth), np.cos(azimuth)])
    along = np.cos(tilt) * up + np.sin(tilt) * away
    across = -np.sin(tilt) * up + np.cos(tilt) * away
    return along, across, aside


def incidence_rad(distance_km, depth_km, ground: Ground) -> np.ndarray:
    """Return how far from straight up [rad] a ray arrives, bent by slower ground."""
    tilt = np.arctan2(distance_km, depth_km)
    return np.arcsin(np.sin(tilt) * ground.surface_p_km_s / ground.p_km_s)


def smeared(pattern: Radiation, smear: float, means, rng) -> Radiation:
    """Let a share of the power forget the pattern, as scattering does."""
    mean_p, mean_s = means
    p = np.sqrt((1 - smear) * pattern.p**2 + smear * mean_p**2)
    old = np.hypot(pattern.sv, pattern.sh)
    new = np.sqrt((1 - smear) * old**2 + smear * mean_s**2)
    turned = rng.uniform(0, 2 * np.pi, len(p))
    nothing = old < 1e-9
    angle = np.where(nothing, turned, np.arctan2(pattern.sh, pattern.sv))
    sign = np.where(pattern.p < 0, -1.0, 1.0)
    return Radiation(sign * p, new * np.cos(angle), new * np.sin(angle))
