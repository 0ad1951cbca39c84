"""From which magnitude on a catalogue holds every earthquake."""

from __future__ import annotations

import numpy as np

from .._arguments import Number, Positive, Vector, checked, wrong
from .b_value import check_magnitudes, likeliest_b
from .magnitudes import are_rounded, magnitude_counts

__all__ = ["b_stability", "goodness_of_fit", "maximum_curvature"]

FEWEST = 50
"""Earthquakes from which on a threshold is tried."""


@checked(also=check_magnitudes)
def maximum_curvature(
    magnitude: Vector, bin_width: Positive = 0.1, correction: Number = 0.2
) -> float:
    """Take the fullest bin for the magnitude of completeness, and add a correction.

    Where a network misses some of the small earthquakes, the fullest bin lies below
    completeness: half of them may be missing there. A correction of 0.2 is customary
    (``woessner2005assessing``) and no law: how far off it is depends on how gradually
    the network fails.

    Parameters
    ----------
    magnitude : array_like, shape (n_samples,)
        Magnitudes.
    bin_width : float
        Width of the bins, > 0.
    correction : float
        What is added.

    Returns
    -------
    float
        Lower end of the fullest bin (its centre if magnitudes are rounded), and the
        correction; of bins that are equally full, the one of smaller magnitude.

    Examples
    --------
    >>> maximum_curvature([1.9, 2.0, 2.0, 2.1, 2.2, 2.6], correction=0.2)
    2.2
    """
    start, count = starts(magnitude, bin_width)
    return round(float(start[count.argmax()] + correction), 9)


@checked(also=check_magnitudes)
def goodness_of_fit(
    magnitude: Vector, bin_width: Positive = 0.1, percent: Positive = 90.0
) -> float:
    """Take the first threshold above which the counts fit the law well enough.

    For each threshold the cumulative counts are compared with those that the likeliest
    b predicts. The fit is 100 minus the sum of absolute differences in per cent of the
    sum of the counts (``wiemer2000minimum``).

    Parameters
    ----------
    magnitude : array_like, shape (n_samples,)
        Magnitudes.
    bin_width : float
        Distance between thresholds, > 0.
    percent : float
        Fit that is enough [%], customarily 90 or 95.

    Returns
    -------
    float
        The threshold, NaN if none with 50 earthquakes above it fits well enough.
    """
    start, count = starts(magnitude, bin_width)
    above = np.cumsum(count[::-1])[::-1]
    step = bin_width if are_rounded(magnitude, bin_width) else 0.0
    for row in np.flatnonzero(above >= FEWEST):
        b = estimate(magnitude, start[row], step)
        law = above[row] * 10 ** (-b * (start[row:] - start[row]))
        misfit = np.abs(above[row:] - law).sum() / above[row:].sum()
        if 100 * (1 - misfit) >= percent:
            return round(float(start[row]), 9)
    return float("nan")


@checked(also=check_magnitudes)
def b_stability(
    magnitude: Vector, bin_width: Positive = 0.1, reach: Positive = 0.5
) -> float:
    """Take the first threshold from which on b no longer changes.

    Below completeness b grows with the threshold. It is called stable where the mean of
    the b of the thresholds within `reach` differs from it by no more than its standard
    error (``woessner2005assessing``). The error shrinks with the square root of the
    number of earthquakes, so a larger catalogue has to be more complete to pass.

    Parameters
    ----------
    magnitude : array_like, shape (n_samples,)
        Magnitudes.
    bin_width : float
        Distance between thresholds, > 0.
    reach : float
        How far up b has to stay what it is.

    Returns
    -------
    float
        The threshold, NaN if none with 50 earthquakes `reach` above it is stable.
    """
    if reach < bin_width:
        raise wrong("reach", f"one bin_width = {bin_width:g} at least", f"{reach:g}")
    start, count = starts(magnitude, bin_width)
    above = np.cumsum(count[::-1])[::-1]
    step = bin_width if are_rounded(magnitude, bin_width) else 0.0
    n_next = round(reach / bin_width)
    tried = start[above >= FEWEST]
    found = [likeliest_b(magnitude, low, step) for low in tried]
    b = np.array([one.b for one in found])
    for row in range(len(tried) - n_next):
        change = b[row : row + n_next].mean() - b[row]
        if abs(change) <= found[row].standard_error:
            return round(float(tried[row]), 9)
    return float("nan")


def starts(magnitude: np.ndarray, bin_width: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the magnitude from which each bin counts, and the counts."""
    edges, count = magnitude_counts(magnitude, bin_width)
    shift = bin_width / 2 if are_rounded(magnitude, bin_width) else 0.0
    return edges[:-1] + shift, count


def estimate(magnitude: np.ndarray, completeness: float, bin_width: float) -> float:
    """Return the likeliest b alone."""
    return likeliest_b(magnitude, completeness, bin_width).b
