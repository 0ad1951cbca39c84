"""When did the wave arrive? A trigger finds it, a criterion of information times it."""

from __future__ import annotations

import numpy as np

from .._arguments import Positive, Vector, check_number, checked, trust, wrong

__all__ = ["aic_curve", "aic_onset", "pick_onsets"]

FLOOR = 1e-8
"""Smallest variance, as a share of the whole signal's: so a few equal counts, whose
variance is zero, weigh little, and a long silence much."""


@checked
def aic_curve(signal: Vector) -> np.ndarray:
    r"""Return Akaike's information criterion of every cut in two.

    A cut after k samples says that two stationary noises meet there:
    :math:`k \ln\sigma_1^2 + (n - k - 1) \ln\sigma_2^2`, ``maeda1985method``.

    Parameters
    ----------
    signal : array_like, shape (n,)
        One trace, n >= 4.

    Returns
    -------
    ndarray, shape (n - 1,)
        For k = 1, ..., n - 1 samples before the cut. It is smallest at the onset. A
        variance counts as at least 1e-8 of the whole signal's.

    Raises
    ------
    ValueError
        If the signal is shorter than 4 samples, or does not vary.

    Examples
    --------
    >>> int(aic_curve([0, 1, 0, 1, 0, 9, -9, 9, -9, 9]).argmin()) + 1
    5
    """
    n = len(signal)
    if n < 4 or np.ptp(signal) == 0:
        got = f"{n} samples" if n < 4 else f"{signal[0]:g} {n} times"
        raise wrong("signal", "at least 4 samples that vary", got)
    k = np.arange(1, n)
    floor = FLOOR * np.var(signal)
    before = np.maximum(variances(signal)[:-1], floor)
    after = np.maximum(variances(signal[::-1])[-2::-1], floor)
    return k * np.log(before) + (n - k - 1) * np.log(after)


def variances(signal: np.ndarray) -> np.ndarray:
    """Return the variance of the first 1, 2, ..., n samples."""
    shifted = signal - signal[0]  # a large mean would cost the digits of the squares
    k = np.arange(1, len(signal) + 1)
    mean, mean_square = np.cumsum(shifted) / k, np.cumsum(shifted**2) / k
    return mean_square - mean**2


@checked
def aic_onset(signal: Vector) -> int:
    """Return the number of samples before the onset, where the criterion is smallest.

    Parameters
    ----------
    signal : array_like, shape (n,)
        One trace that holds one onset, n >= 4.

    Returns
    -------
    int
        Index of the first sample of the wave. The first and the last cut leave one
        sample, which has no variance, and are not considered.

    Raises
    ------
    ValueError
        If the signal is shorter than 4 samples, or does not vary.

    Examples
    --------
    >>> aic_onset([0, 1, 0, 1, 0, 9, -9, 9, -9, 9])
    5
    """
    return int(np.argmin(aic_curve(signal)[1:-1])) + 2


@checked
def pick_onsets(
    signal: Vector,
    sampling_hz: Positive,
    short_s: Positive = 0.5,
    long_s: Positive = 5.0,
    on: Positive = 4.0,
    off: Positive = 1.5,
    refine_s: Positive = 2.0,
) -> np.ndarray:
    """Pick onsets with STA/LTA, and refine each with Akaike's criterion.

    The short-term average of the squares, divided by the long-term average, passes
    `on` (``allen1978automatic``; ObsPy computes it). In the `refine_s` on both sides
    of that moment, :func:`aic_onset` decides.

    Parameters
    ----------
    signal : array_like, shape (n,)
        One trace without a trend.
    sampling_hz : float
        Samples in a second.
    short_s, long_s : float
        Lengths of the two averages [s]; `short_s` at least two samples, `long_s`
        longer.
    on, off : float
        Ratios where a trigger begins and ends, on > off.
    refine_s : float
        Half the window of the refinement [s], at least three samples.

    Returns
    -------
    ndarray, shape (n_picks,)
        Times [s] since the first sample, ascending; none in the first `long_s`.

    Raises
    ------
    ValueError
        If the signal is not longer than `long_s`, or lengths or ratios are in the
        wrong order.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> trace = rng.normal(size=3000)
    >>> trace[2000:2400] += 20 * rng.normal(size=400)
    >>> pick_onsets(trace, sampling_hz=100.0).round(1)
    array([20.])
    """
    from obspy.signal.trigger import classic_sta_lta, trigger_onset

    short, long, half = (
        round(seconds * sampling_hz) for seconds in (short_s, long_s, refine_s)
    )
    _check_windows(len(signal), sampling_hz, short_s, long_s, refine_s)
    check_number("off", off, below=on)
    ratio = classic_sta_lta(signal, short, long)
    triggers = trigger_onset(ratio, on, off)
    with trust():
        onsets = {_refined(signal, int(start), half) for start, _ in triggers}
    return np.array(sorted(onsets), dtype=float) / sampling_hz


def _refined(signal: np.ndarray, trigger: int, half: int) -> int:
    """Return the onset within a window about the trigger."""
    first = max(trigger - half, 0)
    return first + aic_onset(signal[first : trigger + half])


def _check_windows(n, sampling_hz, short_s, long_s, refine_s) -> None:
    """Refuse averages and windows that have no samples or do not fit."""
    check_number("short_s", short_s, least=2 / sampling_hz)
    check_number("long_s", long_s, above=short_s, below=n / sampling_hz)
    check_number("refine_s", refine_s, least=3 / sampling_hz, below=n / sampling_hz)
