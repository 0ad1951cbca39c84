"""How fast earthquakes become rarer as they grow: b, and how sure of it one is."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from .._arguments import NotNegative, Number, Vector, checked, wrong
from ._events import check_sizes

__all__ = ["BValue", "b_positive", "likeliest_b"]

EDGE = 1e-6
"""Magnitudes this near below a threshold are taken to be on it."""


class BValue(NamedTuple):
    """An estimate of b.

    Attributes
    ----------
    b : float
        The slope of the Gutenberg-Richter law.
    standard_error : float
        Its standard error from the scatter of the magnitudes
        (``shi1982standard``), infinite for a single one.
    n : int
        Magnitudes, or differences of magnitudes, that were used.
    """

    b: float
    standard_error: float
    n: int


def check_magnitudes(magnitude: np.ndarray, **others: float) -> None:
    """Refuse magnitudes that are none."""
    check_sizes(magnitude)


@checked(also=check_magnitudes)
def likeliest_b(
    magnitude: Vector,
    completeness: Number,
    bin_width: NotNegative = 0.0,
    correction: Literal["exact", "half bin", "none"] = "exact",
) -> BValue:
    """Estimate b by maximum likelihood from the mean magnitude above completeness.

    For continuous magnitudes it is Aki's estimate (``aki1965maximum``). For rounded
    ones the likelihood of a geometric distribution has its own maximum
    (``tinti1987confidence``), of which half a bin is an approximation that is low by
    some ``(b * bin_width) ** 2 / 2`` of b, 0.4 % for b = 1 and bins of 0.1.

    Parameters
    ----------
    magnitude : array_like, shape (n_samples,)
        Magnitudes, those below completeness included or not.
    completeness : float
        Smallest magnitude that is used. For rounded magnitudes it is one of them, and
        its whole bin has to be complete.
    bin_width : float
        Step to which magnitudes were rounded; 0 if they are continuous.
    correction : {"exact", "half bin", "none"}
        What is done about the bins.

    Returns
    -------
    BValue

    Raises
    ------
    ValueError
        If no magnitude is as large as `completeness`, or none is larger and there are
        no bins to correct for: then every b is too small.

    Examples
    --------
    >>> found = likeliest_b([2.0, 2.0, 2.1, 2.4, 1.3], 2.0, bin_width=0.1)
    >>> round(found.b, 2), found.n
    (2.55, 4)
    """
    used = magnitude[magnitude >= completeness - bin_width / 2 - EDGE]
    if used.size == 0:
        got = f"{completeness:g}, above the largest, {magnitude.max():g}"
        raise wrong("completeness", "no larger than the largest magnitude", got)
    return from_excess(used - completeness, bin_width, correction)


@checked(also=check_magnitudes)
def b_positive(
    magnitude: Vector,
    smallest_step: NotNegative = 0.0,
    bin_width: NotNegative = 0.0,
) -> BValue:
    """Estimate b from the steps up between successive earthquakes.

    After a large earthquake small ones are missed for a while. The difference of two
    successive magnitudes has the same exponential law as the magnitudes, and a step up
    proves that the network could see the smaller of the two
    (``vanderelst2021bpositive``).

    Parameters
    ----------
    magnitude : array_like, shape (n_samples,)
        Magnitudes **in the order of time**.
    smallest_step : float
        Smallest step that is used, one bin at least; larger than the errors of the
        magnitudes.
    bin_width : float
        Step to which magnitudes were rounded; 0 if they are continuous.

    Returns
    -------
    BValue

    Raises
    ------
    ValueError
        If no step is as large as `smallest_step`.

    Examples
    --------
    >>> b_positive([3.0, 3.2, 2.1, 2.5, 2.4, 3.1], 0.1, bin_width=0.1).n
    3
    """
    least = max(smallest_step, bin_width)
    step = np.diff(magnitude)
    used = step[(step >= least - bin_width / 2 - EDGE) & (step > 0)]
    if used.size == 0:
        got = f"{magnitude.size} of which none is {least:g} above the one before"
        raise wrong("magnitude", "magnitudes with steps up", got)
    return from_excess(used - least, bin_width, "exact")


def from_excess(excess: np.ndarray, bin_width: float, correction: str) -> BValue:
    """Return b from magnitudes above completeness, and its error."""
    mean = excess.mean() + (bin_width / 2 if correction == "half bin" else 0)
    if mean <= EDGE * (bin_width == 0):
        got = f"{excess.size}, and none is larger than the smallest"
        raise wrong("magnitude", "magnitudes of more than one size", got)
    if correction == "exact" and bin_width > 0:
        b = np.log1p(bin_width / mean) / (bin_width * np.log(10))
    else:
        b = 1 / (mean * np.log(10))
    n = excess.size
    scatter = np.std(excess) / np.sqrt(n - 1) if n > 1 else np.inf
    return BValue(float(b), float(np.log(10) * b**2 * scatter), n)
