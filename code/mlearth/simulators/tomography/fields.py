"""Gaussian random fields on a grid, by Fourier transform, and their covariance."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from scipy.fft import fft2, next_fast_len

from ..._arguments import (
    Count,
    Positive,
    RandomState,
    check_room,
    checked,
    count,
    wrong,
)
from ...seismology.ray_lengths import check_fits

__all__ = ["field_covariance", "gaussian_field"]

Kernel = Literal["gaussian", "exponential"]
Odd = Annotated[int, count(1, 99)]

LOST = 1e-5
"""Share of the variance that may be cut off where the covariance is repeated."""


def correlation(
    distance_km: np.ndarray, correlation_km: float, kernel: str
) -> np.ndarray:
    """Return the correlation of two places by their distance."""
    ratio = distance_km / correlation_km
    return np.exp(-(ratio**2) / 2) if kernel == "gaussian" else np.exp(-ratio)


def check_field(n_rows, n_columns, **others) -> None:
    """Refuse fields that do not fit into memory."""
    check_fits(n_rows, n_columns, 64.0 * n_rows * n_columns)


@checked(also=check_field)
def gaussian_field(
    n_rows: Count,
    n_columns: Count,
    spacing_km: Positive,
    correlation_km: Positive,
    kernel: Kernel = "gaussian",
    random_state: RandomState = 0,
) -> np.ndarray:
    r"""Draw a Gaussian field of mean 0 and variance 1 on the nodes of a grid.

    At the distance :math:`r` two nodes have the correlation
    :math:`\exp(-r^2 / 2 \ell^2)` or, rough, :math:`\exp(-r / \ell)`.

    Parameters
    ----------
    n_rows, n_columns : int
        Nodes in depth and in distance.
    spacing_km : float
        Distance of two nodes [km], > 0.
    correlation_km : float
        The length :math:`\ell` [km], > 0.
    kernel : {"gaussian", "exponential"}
        Which correlation.
    random_state : int, Generator or None
        Seed.

    Returns
    -------
    ndarray, shape (n_rows, n_columns)

    Raises
    ------
    ValueError
        If an argument is none of these, or the field is so much smaller than its
        correlation length that no period fits into memory.

    Notes
    -----
    The grid is embedded in a larger periodic one, whose covariance the Fourier
    transform makes diagonal. It grows until less than 1e-5 of the variance has
    to be cut off.

    Examples
    --------
    >>> gaussian_field(40, 30, 1.0, 5.0).shape
    (40, 30)
    """
    root = spectrum(n_rows, n_columns, spacing_km, correlation_km, kernel)
    rng = np.random.default_rng(random_state)
    white = rng.normal(size=root.shape) + 1j * rng.normal(size=root.shape)
    return fft2(root * white).real[:n_rows, :n_columns]


@lru_cache(maxsize=16)
def spectrum(
    n_rows: int, n_columns: int, spacing_km: float, correlation_km: float, kernel: str
) -> np.ndarray:
    """Return the square root of the power of the field, on a periodic grid."""
    reach = int(np.ceil(correlation_km / spacing_km))
    for wider in (2, 4, 6, 8, 10, 12, 16, 24, 32):
        size = [next_fast_len(n + wider * reach) for n in (n_rows, n_columns)]
        check_room("correlation_km", correlation_km, 8 * size[0] * size[1])
        lag = [np.minimum(np.arange(n), n - np.arange(n)) for n in size]
        distance = spacing_km * np.hypot(lag[0][:, None], lag[1])
        power = fft2(correlation(distance, correlation_km, kernel)).real
        lost = -power[power < 0].sum() / power.size
        if lost < LOST and min(size[0] - n_rows, size[1] - n_columns) >= 4 * reach:
            return np.sqrt(np.maximum(power, 0) / power.size)
    accepted = "short enough for a periodic covariance"
    raise wrong("correlation_km", accepted, f"{correlation_km:g}")


def check_covariance(n_rows, n_columns, **others) -> None:
    """Refuse matrices that do not fit into memory."""
    check_fits(n_rows, n_columns, 8.0 * (n_rows * n_columns) ** 2)


@checked(also=check_covariance)
def field_covariance(
    n_rows: Count,
    n_columns: Count,
    cell_km: Positive,
    correlation_km: Positive,
    kernel: Kernel = "gaussian",
    refine: Odd = 1,
) -> np.ndarray:
    """Return the covariance of a field's means over cells, row after row.

    Parameters
    ----------
    n_rows, n_columns : int
        Cells in depth and in distance.
    cell_km : float
        Side of a cell [km], > 0.
    correlation_km : float
        Correlation length of the field [km], > 0.
    kernel : {"gaussian", "exponential"}
        As for `gaussian_field`.
    refine : int
        Each mean is over `refine` by `refine` nodes of the field; 1 to 99.

    Returns
    -------
    ndarray, shape (n_rows * n_columns, n_rows * n_columns)
        For a field of variance 1.

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> field_covariance(1, 3, 1.0, 2.0).round(3)[0]
    array([1.   , 0.882, 0.607])
    """
    step = np.arange(1 - refine, refine)
    weight = (refine - np.abs(step)) / refine**2
    parts = [
        cell_km * (np.arange(n)[:, None] + step / refine) for n in (n_rows, n_columns)
    ]
    mean = np.zeros((n_rows, n_columns))
    for down, share in zip(parts[0].T, weight, strict=True):
        for across, other in zip(parts[1].T, weight, strict=True):
            distance = np.hypot(down[:, None], across)
            mean += share * other * correlation(distance, correlation_km, kernel)
    row, column = np.divmod(np.arange(n_rows * n_columns), n_columns)
    return mean[np.abs(row[:, None] - row), np.abs(column[:, None] - column)]
