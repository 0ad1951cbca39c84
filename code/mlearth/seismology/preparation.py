"""What a record goes through before anyone learns from it.

Line and mean come off, the ends are tapered, a Butterworth filter runs forwards or
both ways, and fewer samples a second are kept. SciPy and ObsPy do the same, faster.
"""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import (
    Count,
    Positive,
    Vector,
    check_number,
    check_room,
    checked,
    count,
    wrong,
)
from .._arguments.types import Array

__all__ = [
    "butterworth_sections",
    "cosine_taper",
    "filter_both_ways",
    "filter_forwards",
    "keep_every",
    "remove_line",
]


MOST_POLES = 20
"""A filter with more poles rings for longer than it helps."""


def _are_sections(array: np.ndarray) -> bool:
    """Tell whether rows are sections b0, b1, b2, 1, a1, a2."""
    return array.shape[1] == 6 and np.all(array[:, 3] == 1)


Sections = Annotated[
    ArrayLike,
    Array(
        ("n_sections", "n_coefficients"),
        "rows b0, b1, b2, 1, a1, a2, as butterworth_sections gives them",
        _are_sections,
    ),
]


def _at_least_two(signal) -> None:
    if len(signal) < 2:
        raise wrong("signal", "at least 2 samples", len(signal))


def _ramps_fit(n_samples, n_ramp) -> None:
    check_room("n_samples", n_samples, n_samples)
    if 2 * n_ramp > n_samples:
        raise wrong("n_ramp", f"at most half of n_samples = {n_samples}", n_ramp)


def _some_are_kept(signal, sampling_hz, factor) -> None:
    if factor > len(signal):
        raise wrong("factor", f"at most n_samples = {len(signal)}", factor)


@checked(also=_at_least_two)
def remove_line(signal: Vector) -> np.ndarray:
    """Take the straight line of least squares off a record, and with it the mean.

    Parameters
    ----------
    signal : array_like, shape (n,)
        One trace, n >= 2.

    Returns
    -------
    ndarray, shape (n,)
        The trace without mean and slope.

    Raises
    ------
    ValueError
        If there is only one sample.

    Examples
    --------
    >>> remove_line([1.0, 3.0, 5.0, 7.0]).round(12) + 0.0
    array([0., 0., 0., 0.])
    """
    # Take the line off
    time = np.arange(len(signal)) - (len(signal) - 1) / 2
    slope = time @ signal / (time @ time)
    return signal - signal.mean() - slope * time


@checked(also=_ramps_fit)
def cosine_taper(n_samples: Count, n_ramp: Count) -> np.ndarray:
    """Return weights that rise from 0 to 1, stay there, and fall to 0 again.

    Parameters
    ----------
    n_samples : int
        Length of the record in samples.
    n_ramp : int
        Length of each ramp in samples, at most half of the record's.

    Returns
    -------
    ndarray, shape (n_samples,)
        Weights from 0 to 1; the first and the last are 0.

    Raises
    ------
    ValueError
        If the ramps are longer than the record.

    Examples
    --------
    >>> cosine_taper(7, 2).round(3)
    array([0. , 0.5, 1. , 1. , 1. , 0.5, 0. ])
    """
    # Ease the ends in
    place = np.arange(n_samples)
    to_end = np.minimum(place, place[::-1])
    return (1 - np.cos(np.pi * np.minimum(to_end / n_ramp, 1))) / 2


@checked
def butterworth_sections(
    kind: Literal["lowpass", "highpass"],
    corner_hz: Positive,
    sampling_hz: Positive,
    order: Count = 4,
) -> np.ndarray:
    """Return the sections, two poles each, of a Butterworth filter.

    Parameters
    ----------
    kind : {"lowpass", "highpass"}
        Which side of the corner passes.
    corner_hz : float
        Frequency where half of the power passes [Hz], below half of `sampling_hz`.
    sampling_hz : float
        Samples in a second.
    order : int
        Number of poles, even, at most 20.

    Returns
    -------
    ndarray, shape (order / 2, 6)
        One row b0, b1, b2, 1, a1, a2 for each pair of poles, the format of
        `scipy.signal.sosfilt`.

    Raises
    ------
    ValueError
        If the corner is not below half of the sampling rate, or the order is odd or
        above 20.

    Examples
    --------
    >>> butterworth_sections("lowpass", 20.0, 100.0, order=2).round(3)
    array([[ 0.207,  0.413,  0.207,  1.   , -0.37 ,  0.196]])
    """
    check_number("corner_hz", corner_hz, below=sampling_hz / 2)
    if order % 2 or order > MOST_POLES:
        raise wrong("order", f"an even number up to {MOST_POLES}", order)
    warped = np.tan(np.pi * corner_hz / sampling_hz)
    sections = np.empty((order // 2, 6))
    for pair in range(order // 2):
        damping = 2 * np.sin(np.pi * (2 * pair + 1) / (2 * order))
        scale = 1 + damping * warped + warped**2
        if kind == "lowpass":
            sections[pair, :3] = np.array([1, 2, 1]) * warped**2 / scale
        else:
            sections[pair, :3] = np.array([1, -2, 1]) / scale
        sections[pair, 3] = 1
        sections[pair, 4] = 2 * (warped**2 - 1) / scale
        sections[pair, 5] = (1 - damping * warped + warped**2) / scale
    return sections


@checked
def filter_forwards(sections: Sections, signal: Vector) -> np.ndarray:
    """Run a record through a filter, sample by sample, from rest.

    Parameters
    ----------
    sections : array_like, shape (n_sections, 6)
        Rows b0, b1, b2, 1, a1, a2.
    signal : array_like, shape (n,)
        One trace.

    Returns
    -------
    ndarray, shape (n,)
        The filtered trace. A sample depends on those before it, never on later ones:
        nothing moves before an onset, and all that follows comes late.

    Raises
    ------
    ValueError
        If the sections have another form.

    Examples
    --------
    >>> half = [[0.5, 0.5, 0, 1, 0, 0]]          # the mean of a sample and the last
    >>> filter_forwards(half, [0.0, 4.0, 0.0, 0.0])
    array([0., 2., 2., 0.])
    """
    # Run forwards
    out = signal.tolist()
    for b0, b1, b2, _, a1, a2 in sections.tolist():
        held1 = held2 = 0.0
        for n, x in enumerate(out):
            y = b0 * x + held1
            held1 = b1 * x - a1 * y + held2
            held2 = b2 * x - a2 * y
            out[n] = y
    return np.array(out)


@checked
def filter_both_ways(sections: Sections, signal: Vector) -> np.ndarray:
    """Run a record through a filter forwards, then backwards.

    Parameters
    ----------
    sections : array_like, shape (n_sections, 6)
        Rows b0, b1, b2, 1, a1, a2.
    signal : array_like, shape (n,)
        One trace.

    Returns
    -------
    ndarray, shape (n,)
        The filtered trace, with the gain squared and without delay. Each sample
        depends on later ones too: a wave rings before its own onset.

    Raises
    ------
    ValueError
        If the sections have another form.

    Examples
    --------
    >>> half = [[0.5, 0.5, 0, 1, 0, 0]]
    >>> filter_both_ways(half, [0.0, 0.0, 4.0, 0.0, 0.0])
    array([0., 1., 2., 1., 0.])
    """
    # Run backwards too
    there = filter_forwards(sections, signal)
    return filter_forwards(sections, there[::-1])[::-1]


@checked(also=_some_are_kept)
def keep_every(
    signal: Vector, sampling_hz: Positive, factor: Annotated[int, count(least=2)]
) -> tuple[np.ndarray, float]:
    """Keep every factor-th sample, after what the new rate cannot hold is gone.

    Parameters
    ----------
    signal : array_like, shape (n,)
        One trace.
    sampling_hz : float
        Samples in a second.
    factor : int
        One sample is kept of so many, two or more; the first is.

    Returns
    -------
    ndarray, shape (ceil(n / factor),)
        The trace after a low-pass of eight poles at 0.4 times the new rate, run both
        ways so that no onset comes late.
    float
        The new rate [Hz].

    Raises
    ------
    ValueError
        If the factor is larger than the number of samples.

    Examples
    --------
    >>> time_s = np.arange(2000) / 100
    >>> kept, rate_hz = keep_every(np.sin(2 * np.pi * 8 * time_s), 100.0, 10)
    >>> rate_hz, bool(np.abs(kept[50:-50]).max() < 0.001)
    (10.0, True)
    """
    new_hz = sampling_hz / factor
    # Thin out
    sections = butterworth_sections("lowpass", 0.4 * new_hz, sampling_hz, 8)
    return filter_both_ways(sections, signal)[::factor], new_hz
