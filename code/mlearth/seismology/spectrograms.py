"""The power of a record, slice by slice, at each frequency."""

from __future__ import annotations

import numpy as np

from .._arguments import Positive, Vector, check_number, checked, wrong

__all__ = ["spectrogram"]


@checked
def spectrogram(
    signal: Vector, sampling_hz: Positive, window_s: Positive, step_s: Positive
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the power of slices of a record at each frequency.

    Parameters
    ----------
    signal : array_like, shape (n,)
        One trace, at least as long as a window.
    sampling_hz : float
        Samples in a second.
    window_s : float
        Length of a slice [s], at least four samples. Frequencies are 1 / `window_s`
        apart.
    step_s : float
        From the start of one slice to that of the next [s], at least one sample.

    Returns
    -------
    ndarray, shape (n_slices,)
        Times of the middles of the slices [s].
    ndarray, shape (n_frequencies,)
        Frequencies [Hz], from 0 to half of `sampling_hz`.
    ndarray, shape (n_frequencies, n_slices)
        Power density [unit of the signal squared / Hz], one-sided, each slice without
        its mean and under a Hann window.

    Raises
    ------
    ValueError
        If a slice is longer than the record or has fewer than four samples.

    Examples
    --------
    >>> tone = np.sin(2 * np.pi * 5 * np.arange(1000) / 100)
    >>> time_s, frequency_hz, density = spectrogram(tone, 100.0, 2.0, 1.0)
    >>> density.shape, float(frequency_hz[density[:, 3].argmax()])
    ((101, 9), 5.0)
    """
    width = round(
        check_number("window_s", window_s, least=4 / sampling_hz) * sampling_hz
    )
    step = round(check_number("step_s", step_s, least=1 / sampling_hz) * sampling_hz)
    if width > len(signal):
        raise wrong("window_s", f"at most {len(signal) / sampling_hz:g} s", window_s)
    starts = np.arange(0, len(signal) - width + 1, step)
    weights = (1 - np.cos(2 * np.pi * np.arange(width) / width)) / 2
    slices = np.stack([signal[start : start + width] for start in starts])
    slices = (slices - slices.mean(axis=1, keepdims=True)) * weights
    power = np.abs(np.fft.rfft(slices, axis=1)) ** 2
    density = power / (sampling_hz * (weights @ weights))
    density[:, 1 : (width + 1) // 2] *= 2  # what negative frequencies hold
    times = (starts + width / 2) / sampling_hz
    return times, np.fft.rfftfreq(width, 1 / sampling_hz), density.T
