"""The amplitude that a source of known moment sends through known ground."""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..._arguments import (
    NotNegative,
    OtherVector,
    Positive,
    Positives,
    Vector,
    checked,
    shown,
    wrong,
)
from .settings import Ground

__all__ = ["corner_frequency_hz", "displacement_spectrum", "seismic_moment_nm"]

FREE_SURFACE = 2.0
"""The surface moves twice as much as the wave below it."""

MEAN_P, MEAN_S = np.sqrt(4 / 15), np.sqrt(2 / 5)
"""Root mean squares of a double couple's radiation over the sphere."""


@checked
def seismic_moment_nm(magnitude: Vector) -> np.ndarray:
    """Return seismic moments [N m] of moment magnitudes, ``hanks1979moment``.

    Parameters
    ----------
    magnitude : array_like, shape (n,)
        Moment magnitudes.

    Returns
    -------
    ndarray, shape (n,)
        ``10 ** (1.5 * magnitude + 9.1)``.

    Raises
    ------
    ValueError
        If `magnitude` holds no finite numbers.

    Examples
    --------
    >>> print(seismic_moment_nm([2.6]))
    [1.e+13]
    """
    return 10 ** (1.5 * magnitude + 9.1)


@checked
def corner_frequency_hz(
    magnitude: Vector, stress_drop_mpa: Positives, s_km_s: Positive = 3.5
) -> np.ndarray:
    r"""Return the corner frequencies of S of circular cracks, ``brune1970tectonic``.

    A crack of radius r that drops its stress by :math:`\Delta\sigma` has the moment
    :math:`M_0 = \frac{16}{7} \Delta\sigma r^3`, and the corner
    :math:`2.34\,\beta / (2 \pi r)`.

    Parameters
    ----------
    magnitude : array_like, shape (n,)
        Moment magnitudes.
    stress_drop_mpa : array_like, shape (n,)
        Stress drops [MPa], > 0.
    s_km_s : float
        Velocity of S at the source [km/s], > 0.

    Returns
    -------
    ndarray, shape (n,)
        Corner frequencies [Hz].

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> corner_frequency_hz([2.0, 4.0], [3.0, 3.0]).round(2)
    array([22.93,  2.29])
    """
    drop_pa = 1e6 * stress_drop_mpa
    radius_m = np.cbrt(7 / 16 * seismic_moment_nm(magnitude) / drop_pa)
    return 2.34 * 1e3 * s_km_s / (2 * np.pi * radius_m)


@checked
def displacement_spectrum(
    frequency_hz: OtherVector,
    magnitude: Vector,
    distance_km: Positives,
    phase: Literal["P", "S"] = "S",
    stress_drop_mpa: Positive = 3.0,
    site_factor: Positive = 1.0,
    kappa_s: NotNegative = 0.03,
    ground: Ground = Ground(),  # noqa: B008 (frozen)
) -> np.ndarray:
    r"""Return the spectrum of displacement that P or S is expected to have.

    .. math:: \Omega_0 \, \frac{1}{1 + (f / f_c)^2} \,
        e^{-\pi f R / (Q(f) v)} \, e^{-\pi \kappa f} \, A(f)

    with :math:`\Omega_0 = 2 \bar{R} M_0 g(R) / (4 \pi \rho v^3)`, the root mean square
    :math:`\bar{R}` of the radiation, and the geometric spreading :math:`g(R)`. Direct
    and scattered waves together have this spectrum; the coda comes on top.

    Parameters
    ----------
    frequency_hz : array_like, shape (n_frequencies,)
        Frequencies [Hz], >= 0.
    magnitude, distance_km : array_like, shape (n,)
        Moment magnitudes, and distances along the ray [km], > 0.
    phase : {"P", "S"}
        Which wave.
    stress_drop_mpa : float
        Stress drop [MPa], > 0.
    site_factor, kappa_s : float
        Amplification of the site at high frequencies, and its attenuation [s].
    ground : Ground
        What the waves meet.

    Returns
    -------
    ndarray, shape (n, n_frequencies)
        Amplitudes of all three components together [m s].

    Raises
    ------
    ValueError
        If an argument is none of these, or `magnitude` and `distance_km` differ in
        length.

    Examples
    --------
    >>> displacement_spectrum([0.0], [4.0], [50.0], site_factor=2.0)
    array([[2.18...e-05]])
    """
    if not isinstance(ground, Ground):
        raise wrong("ground", "a Ground", shown(ground))
    f = np.asarray(frequency_hz)
    if f.min() < 0:
        raise wrong("frequency_hz", "numbers >= 0", f"{f.min():g}")
    drops = np.full(len(magnitude), stress_drop_mpa)
    corner = corner_frequency_hz(magnitude, drops, ground.s_km_s)[:, None]
    is_p = phase == "P"
    speed, q = (ground.p_km_s, ground.q_p) if is_p else (ground.s_km_s, ground.q_s)
    mean = MEAN_P if is_p else MEAN_S
    corner = corner * (ground.p_corner_ratio if is_p else 1.0)
    flat = mean * plateau(seismic_moment_nm(magnitude), distance_km, speed, ground)
    lost = (distance_km / (q * speed))[:, None] * f ** (1 - ground.q_power)
    site = np.abs(site_response(f, site_factor, ground.site_corner_hz))
    decay = np.exp(-np.pi * (lost + kappa_s * f))
    return flat[:, None] / (1 + (f / corner) ** 2) * decay * site


def spreading_per_m(distance_km: np.ndarray, hinge_km: float) -> np.ndarray:
    """Return the geometric spreading [1/m] at distances along the ray [km]."""
    near = 1 / np.minimum(distance_km, hinge_km)
    return 1e-3 * near * np.sqrt(hinge_km / np.maximum(distance_km, hinge_km))


def plateau(
    moment_nm: np.ndarray, distance_km: np.ndarray, speed_km_s: float, ground: Ground
) -> np.ndarray:
    """Return the flat part of the spectrum [m s] for a radiation of 1."""
    rock = 4 * np.pi * ground.density_kg_m3 * (1e3 * speed_km_s) ** 3
    spread = spreading_per_m(distance_km, ground.hinge_km)
    return FREE_SURFACE * moment_nm / rock * spread


def site_response(f: np.ndarray, factor, corner_hz: float) -> np.ndarray:
    """Return what soft ground does: 1 at low frequencies, `factor` at high ones.

    A causal filter of first order; `factor` may be a column.
    """
    x = 1j * f / corner_hz
    return (1 + factor * x) / (1 + x)
