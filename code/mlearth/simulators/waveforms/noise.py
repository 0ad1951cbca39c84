"""The noise of the Earth, coloured as Peterson's models have it."""

from __future__ import annotations

from functools import cache
from typing import Annotated

import numpy as np

from ..._arguments import Positives, checked, number

__all__ = ["noise_psd_db"]

Level = Annotated[float, number(least=0, most=1)]


@cache
def peterson() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return log frequencies and both models [dB], as ObsPy has them."""
    from obspy.signal.spectral_estimation import get_nhnm, get_nlnm

    period_s, low_db = get_nlnm()
    high_db = np.interp(np.log(period_s), *_ascending(*get_nhnm()))
    order = np.argsort(-period_s)
    return np.log(1 / period_s[order]), low_db[order], high_db[order]


def _ascending(period_s, db) -> tuple[np.ndarray, np.ndarray]:
    order = np.argsort(period_s)
    return np.log(period_s[order]), db[order]


@checked
def noise_psd_db(frequency_hz: Positives, level: Level = 0.5) -> np.ndarray:
    """Return the power density of seismic noise between Peterson's two models.

    Parameters
    ----------
    frequency_hz : array_like, shape (n,)
        Frequencies [Hz], > 0.
    level : float
        0 is the New Low Noise Model, 1 the New High Noise Model of
        ``peterson1993observations``; what lies between is interpolated.

    Returns
    -------
    ndarray, shape (n,)
        Power density of acceleration [dB relative to 1 (m/s^2)^2/Hz].

    Raises
    ------
    ValueError
        If an argument is none of these.

    Notes
    -----
    The models end at 10 Hz. Above, the value at 10 Hz is kept, which is a guess.

    Examples
    --------
    >>> noise_psd_db([10.0], 0.0).round(1), noise_psd_db([10.0], 1.0).round(1)
    (array([-168.]), array([-91.5]))
    """
    log_f, low_db, high_db = peterson()
    x = np.log(frequency_hz)
    low, high = np.interp(x, log_f, low_db), np.interp(x, log_f, high_db)
    return (1 - level) * low + level * high


def velocity_spread(f: np.ndarray, sampling_hz: float, n_fft: int) -> np.ndarray:
    """Return the spread of noise spectra of velocity at levels 0 and 1.

    Two rows, one per level, for the frequencies of a real Fourier transform of `n_fft`
    samples; nothing moves at frequency 0. Between levels interpolate the logarithms.
    """
    rows = []
    for level in (0.0, 1.0):
        psd = 10 ** (noise_psd_db(f[1:], level) / 10) / (2 * np.pi * f[1:]) ** 2
        rows.append(np.sqrt(psd * sampling_hz * n_fft / 2))
    return np.pad(rows, ((0, 0), (1, 0)))


def noise_spectra(spread: np.ndarray, levels: np.ndarray, rng) -> np.ndarray:
    """Draw spectra of noise, three components per level, complex64."""
    n, n_f = len(levels), spread.shape[1]
    pair = rng.standard_normal((n, 3, n_f, 2), np.float32).view(np.complex64)[..., 0]
    low, high = np.log(np.maximum(spread, 1e-30)).astype(np.float32)
    level = levels.astype(np.float32)[:, None]
    size = np.exp(low + level * (high - low)) * np.float32(np.sqrt(0.5))
    size[:, 0] = 0
    pair *= size[:, None, :]
    return pair
