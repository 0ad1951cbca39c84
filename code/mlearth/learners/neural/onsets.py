"""Onsets as curves that a network can learn, and curves as onsets again."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np

from ..._arguments import Count, Positive, Vector, check_room, checked, wrong
from ..._arguments.types import Array
from .sliding import Long

__all__ = ["onset_labels", "peaks_above"]

Onsets = Annotated[Any, Array(missing=True)]


def check_onsets(onsets, n_samples: int, width=5.0, shape="gaussian") -> None:
    """Raise unless onsets have records and phases."""
    if onsets.ndim not in (2, 3):
        what = "of shape (n_records, n_phases), or with n_events as a third axis"
        raise wrong("onsets", what, f"shape {onsets.shape}")
    check_room("n_samples", n_samples, 2 * onsets.size * n_samples)


@checked(also=check_onsets)
def onset_labels(
    onsets: Onsets,
    n_samples: Count,
    width: Positive = 5.0,
    shape: Literal["gaussian", "box"] = "gaussian",
) -> np.ndarray:
    """Turn onsets into shares of each sample: of no phase, and of each phase.

    Parameters
    ----------
    onsets : array_like, shape (n_records, n_phases) or (n_records, n_phases, n_events)
        Sample at which each phase begins, fractions allowed; NaN where it does not.
        Where events overlap, a sample belongs to the nearer onset.
    n_samples : int
        Length of each record [samples].
    width : float
        Standard deviation of the bell, or half the box [samples].
    shape : {"gaussian", "box"}
        A bell of height 1, or 1 wherever the onset is at most `width` away.

    Returns
    -------
    ndarray, shape (n_records, n_samples, 1 + n_phases)
        Sums to 1 at each sample; the first is "no onset". Where phases overlap so
        that they would pass 1, they share it.

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    The bells are those of ``zhu2019phasenet``.

    Examples
    --------
    >>> onset_labels([[2.0, np.nan]], 5, width=1.0)[0, :, 1].round(2).tolist()
    [0.14, 0.61, 1.0, 0.61, 0.14]
    """
    onsets = onsets.reshape(*onsets.shape[:2], -1)
    labels = np.zeros((len(onsets), n_samples, 1 + onsets.shape[1]))
    t = np.arange(n_samples)
    # Label: what is near an onset belongs to it, the rest to none
    for k, phase in enumerate(np.moveaxis(onsets, 1, 0), start=1):
        for event in phase.T:
            at = np.nan_to_num(event, nan=np.inf)[:, None]
            away = np.abs(t - at) / width
            near = np.exp(-0.5 * away**2) if shape == "gaussian" else away <= 1
            labels[:, :, k] = np.maximum(labels[:, :, k], near)
    total = labels[:, :, 1:].sum(axis=2, keepdims=True)
    labels[:, :, 1:] /= np.maximum(total, 1)
    labels[:, :, 0] = 1 - labels[:, :, 1:].sum(axis=2)
    return labels


@checked
def peaks_above(curve: Vector, height: Positive, apart: Long = 1) -> np.ndarray:
    """Return where a curve has peaks, the lower of two that are close left out.

    Parameters
    ----------
    curve : array_like, shape (n,)
        For example the probability of a phase at each sample.
    height : float
        A peak is at least so high.
    apart : int
        Peaks are at least so many samples apart; the highest are taken first.

    Returns
    -------
    ndarray of int, shape (n_peaks,)
        Samples, ascending. A level top counts once, at its middle (rounded down);
        the first and the last sample are no peaks.

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    ``scipy.signal.find_peaks`` finds the same, unless peaks of one height are close:
    here the earliest of them stays.

    Examples
    --------
    >>> peaks_above([0, 0.9, 0, 0.5, 0, 0, 0.8, 0.8, 0.8, 0], 0.4, apart=3)
    array([1, 7])
    """
    edges = np.flatnonzero(np.diff(curve)) + 1  # where another level begins
    first, last = np.r_[0, edges], np.r_[edges, len(curve)] - 1
    level = curve[first]
    inner = np.zeros(len(first), dtype=bool)
    inner[1:-1] = (level[1:-1] > level[:-2]) & (level[1:-1] > level[2:])
    at = ((first + last) // 2)[inner & (level >= height)]
    kept: list[int] = []
    # Find peaks: the highest first, and none that is close to one we have
    for k in at[np.argsort(-curve[at], kind="stable")].tolist():
        if all(abs(k - other) >= apart for other in kept):
            kept.append(k)
    return np.array(sorted(kept), dtype=int)
