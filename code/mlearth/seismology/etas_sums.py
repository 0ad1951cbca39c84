"""Sums over all earlier earthquakes, in time and memory that grow with their number.

(t + c)^-p is the integral of s^(p - 1) exp(-s (t + c)) / Gamma(p) over s. By the
trapezoidal rule over ln s it is a sum of about ninety exponentials, and a sum of
exponentials over the past needs no past: each term decays until the next earthquake.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.special import digamma, gammaln

from .omori import OmoriUtsu

STEP = 0.45
"""Step of ln s: the exponentials add up to the decay to 1e-6 of it, for p from 0.6."""

BLOCK = 64
"""Earthquakes whose sums are taken at once; among themselves pair by pair."""


def exponentials(
    omori: OmoriUtsu, longest_days: float
) -> tuple[np.ndarray, np.ndarray]:
    """Write a decay as a sum of exponentials.

    Parameters
    ----------
    omori : OmoriUtsu
        The decay.
    longest_days : float
        Longest time for which it is asked [day].

    Returns
    -------
    rate : ndarray, shape (n_terms,)
        Rates of the exponentials [1/day].
    weight : ndarray, shape (n_terms, 3)
        Their weights in the decay, and in its derivatives by p and by c.
    """
    lowest = np.log(1e-10 / (longest_days + omori.c_days))
    log_s = np.arange(lowest, np.log(40 / omori.c_days), STEP)
    s = np.exp(log_s)
    weight = STEP * np.exp(omori.p * log_s - s * omori.c_days - gammaln(omori.p))
    by_p = weight * (log_s - digamma(omori.p))
    return s + 1 / omori.taper_days, np.column_stack([weight, by_p, -s * weight])


def blocks(time_days: np.ndarray) -> list[slice]:
    """Return slices that follow one another and part no earthquakes of one instant."""
    starts = time_days[np.arange(0, time_days.size, BLOCK)]
    edges = [*np.unique(np.searchsorted(time_days, starts)), time_days.size]
    return [slice(*pair) for pair in pairwise(edges)]


def near_sums(
    time_days: np.ndarray, sources: np.ndarray, omori: OmoriUtsu
) -> np.ndarray:
    """Sum the decays within one block, pair by pair; see `past_sums`."""
    elapsed = time_days[:, None] - time_days
    past = elapsed > 0
    x = np.where(past, elapsed, 0) + omori.c_days
    log = np.log(x)
    kernel = past * np.exp(-omori.p * log - np.maximum(elapsed, 0) / omori.taper_days)
    both = kernel @ sources
    by_p, by_c = -kernel * log @ sources[:, 0], -omori.p * kernel / x @ sources[:, 0]
    return np.column_stack([both, by_p, by_c])


def past_sums(
    time_days: np.ndarray, weight: np.ndarray, excess: np.ndarray, omori: OmoriUtsu
) -> np.ndarray:
    """Sum the decays of all strictly earlier earthquakes, at the time of each.

    Parameters
    ----------
    time_days : ndarray, shape (n,)
        Times in ascending order [day].
    weight : ndarray, shape (n,)
        Factor of each earthquake's decay.
    excess : ndarray, shape (n,)
        Its magnitude above the smallest.
    omori : OmoriUtsu
        The decay.

    Returns
    -------
    ndarray, shape (n, 4)
        Sums of weight times decay; of weight, excess and decay; of weight and the
        decay's derivative by p; and by c.
    """
    rate, share = exponentials(omori, np.ptp(time_days))
    sources = np.column_stack([weight, weight * excess])
    memory, now = np.zeros((rate.size, 2)), time_days[0]
    sums = np.empty((time_days.size, 4))
    for block in blocks(time_days):
        times = time_days[block]
        asked = np.hstack([share[:, :1] * memory, share[:, 1:] * memory[:, :1]])
        far = np.exp(-np.outer(times - now, rate)) @ asked
        sums[block] = far + near_sums(times, sources[block], omori)
        added = np.exp(-np.outer(rate, times[-1] - times)) @ sources[block]
        memory = memory * np.exp(-rate * (times[-1] - now))[:, None] + added
        now = times[-1]
    return sums
