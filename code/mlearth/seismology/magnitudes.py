"""How many earthquakes of which size."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import check_positive, check_room, check_vector

__all__ = ["are_rounded", "magnitude_counts"]


def magnitude_counts(
    magnitude: ArrayLike, bin_width: float = 0.1
) -> tuple[np.ndarray, np.ndarray]:
    """Count earthquakes in bins of magnitude.

    Magnitudes that are whole multiples of `bin_width` are taken as rounded: bins are
    centred on them. Others are continuous: bins begin at the multiples.

    Parameters
    ----------
    magnitude : array_like, shape (n,)
        Magnitudes.
    bin_width : float
        Width of the bins, > 0.

    Returns
    -------
    edges : ndarray, shape (n_bins + 1,)
        Edges of the bins, from the smallest magnitude to the largest.
    count : ndarray of int, shape (n_bins,)
        Earthquakes in each bin; the lower edge belongs to it.

    Raises
    ------
    ValueError
        If a magnitude is missing, or `bin_width` is not > 0 or far too small.

    Examples
    --------
    >>> edges, count = magnitude_counts([4.0, 4.1, 4.1, 4.3])
    >>> edges.round(2), count
    (array([3.95, 4.05, 4.15, 4.25, 4.35]), array([1, 2, 0, 1]))
    """
    values = check_vector("magnitude", magnitude)
    check_positive("bin_width", bin_width)
    check_room("bin_width", bin_width, np.ptp(values) / bin_width)
    shift = 0.5 if are_rounded(values, bin_width) else 0.0
    index = np.floor(values / bin_width + shift + 1e-6).astype(int)
    first = index.min()
    edges = (np.arange(first, index.max() + 2) - shift) * bin_width
    return edges, np.bincount(index - first)


def are_rounded(values: np.ndarray, bin_width: float) -> bool:
    """Tell whether all magnitudes are whole multiples of the bin width."""
    steps = values / bin_width
    return bool(np.allclose(steps, np.round(steps), rtol=0, atol=1e-6))
