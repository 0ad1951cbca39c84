"""What the best of many scores owes to their number."""

from __future__ import annotations

import numpy as np
from scipy.integrate import quad
from scipy.special import log_ndtr
from scipy.stats import norm

from .._arguments import check_count, check_number

FAR = 12.0
"""Standard deviations beyond which nothing is left to integrate."""


def expected_maximum(m: int, correlation: float = 0.0) -> float:
    """Return how far the best of m null scores lies above their common truth.

    Parameters
    ----------
    m : int
        How many scores were looked at, up to 1,000,000.
    correlation : float
        Of any two of them, from 0 to 1: settings of one learner make the same mistakes.

    Returns
    -------
    float
        The expected largest of m normal numbers of mean 0 and standard deviation 1, so
        in units of the standard error of one score.

    Raises
    ------
    ValueError
        If `m` is not a whole number from 1 on, or `correlation` is not a share.

    Examples
    --------
    >>> [round(expected_maximum(m), 2) for m in (1, 2, 10, 100)]
    [0.0, 0.56, 1.54, 2.51]
    >>> round(expected_maximum(100, correlation=0.9), 2)
    0.79
    """
    check_tries(m, correlation)

    # Find the largest of m
    def weighted(z):
        return z * m * norm.pdf(z) * np.exp((m - 1) * log_ndtr(z))

    largest = quad(weighted, -FAR, 0)[0] + quad(weighted, 0, FAR)[0]
    return float(np.sqrt(1 - correlation) * largest)


def check_tries(m: int, correlation: float) -> None:
    """Insist on a number of tries, and on a correlation that is a share."""
    check_count("m", m, least=1, most=1_000_000)
    check_number("correlation", correlation, least=0, most=1)
