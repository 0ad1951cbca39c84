"""Plates that cool while they age, and warm again while they sink."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Positive, checked
from ..._arguments.types import Array

__all__ = ["plate_temperature", "slab_deficit"]

KM2_PER_MYR = 31.5576
"""One square millimetre a second, in square kilometres per million years."""

N_TERMS = 200
"""Terms of the series; after 0.1 Myr the last is below 1e-7 for plates of 150 km."""

Depths = Annotated[ArrayLike, Array(("n_places",), "numbers >= 0", lambda a: a >= 0)]
Ages = Annotated[ArrayLike, Array(("n_places",), "numbers >= 0", lambda a: a >= 0)]


@checked
def plate_temperature(
    depth_km: Depths,
    age_myr: Positive,
    thickness_km: Positive = 95.0,
    diffusivity_mm2_s: Positive = 1.0,
) -> np.ndarray:
    r"""Return how warm a cooling plate is, as a share of the mantle's temperature.

    .. math:: \theta(z, t) = \frac{z}{L} + \sum_{n \ge 1} \frac{2}{n \pi}
        e^{-\kappa n^2 \pi^2 t / L^2} \sin \frac{n \pi z}{L} ,

    0 at the surface and 1 at the base :math:`L` and below. As long as the base is not
    felt this is :math:`\operatorname{erf}(z / 2 \sqrt{\kappa t})`.

    Parameters
    ----------
    depth_km : array_like, shape (n_places,)
        Depth below the surface of the plate [km], >= 0.
    age_myr : float
        Age of the plate [Myr], > 0.
    thickness_km : float
        Thickness of the plate [km], > 0.
    diffusivity_mm2_s : float
        Thermal diffusivity [mm2/s], > 0.

    Returns
    -------
    ndarray, shape (n_places,)
        From 0 to 1.

    Raises
    ------
    ValueError
        If an argument is out of bounds.

    Notes
    -----
    The solution is that of ``turcotte2014geodynamics``.

    Examples
    --------
    >>> plate_temperature([0, 50, 95, 200], 60.0).round(3)
    array([0.   , 0.606, 1.   , 1.   ])
    """
    share = np.minimum(depth_km / thickness_km, 1)
    time = diffusivity_mm2_s * KM2_PER_MYR * age_myr / thickness_km**2
    return share + series(share, np.full(share.shape, time))


@checked
def slab_deficit(
    depth_km: Depths,
    sinking_myr: Ages,
    age_myr: Positive,
    thickness_km: Positive = 95.0,
    diffusivity_mm2_s: Positive = 1.0,
) -> np.ndarray:
    r"""Return how much colder than the mantle a sinking plate is, as a share.

    A plate of the age :math:`t` that has sunk for :math:`\tau` is warmed from both
    faces. With :math:`S` for the sum in `plate_temperature`, its deficit is
    :math:`S(z, \tau) - S(z, \tau + t)`: at the trench, that of the plate; old plates
    are those of ``mckenzie1969speculations``, without conduction along the slab.

    Parameters
    ----------
    depth_km : array_like, shape (n_places,)
        Distance from the upper face, across the plate [km], >= 0.
    sinking_myr : array_like, shape (n_places,)
        Time since the place has entered the trench [Myr], >= 0.
    age_myr : float
        Age of the plate at the trench [Myr], > 0.
    thickness_km : float
        Thickness of the plate [km], > 0.
    diffusivity_mm2_s : float
        Thermal diffusivity [mm2/s], > 0.

    Returns
    -------
    ndarray, shape (n_places,)
        From 0, as warm as the mantle, to 1; 0 outside of the plate.

    Raises
    ------
    ValueError
        If an argument is out of bounds, or the shapes differ.

    Examples
    --------
    >>> slab_deficit([0, 30, 60, 95], [5.0] * 4, 80.0).round(3)
    array([0.   , 0.565, 0.337, 0.   ])
    """
    scale = diffusivity_mm2_s * KM2_PER_MYR / thickness_km**2
    share = np.minimum(depth_km / thickness_km, 1)
    started = np.where(sinking_myr > 0, series(share, scale * sinking_myr), 1 - share)
    return started - series(share, scale * (sinking_myr + age_myr))


def series(share: np.ndarray, time: np.ndarray) -> np.ndarray:
    """Return the sum over terms, for times in units of thickness squared."""
    total = np.zeros(share.shape)
    for n in range(1, N_TERMS + 1):
        fade = np.exp(-((n * np.pi) ** 2) * time)
        if fade.max() < 1e-12:
            break
        total += 2 / (n * np.pi) * fade * np.sin(n * np.pi * share)
    return total
