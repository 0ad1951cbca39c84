"""The best that can be said of the time to failure: by somebody who knows all laws."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from ..._arguments import Accepted, checked
from ..simulated import Simulated
from .laboratory import LaboratoryTruth

__all__ = ["best_time_to_failure"]

N_STEPS = 1500
"""Lengths of a cycle that are tried."""

Laboratory = Annotated[
    Simulated,
    Accepted(
        "a simulated laboratory, as simulate_stick_slip returns it",
        lambda v: isinstance(v, Simulated) and isinstance(v.truth, LaboratoryTruth),
    ),
]


@checked
def best_time_to_failure(simulated: Laboratory) -> np.ndarray:
    """Return the best guess of each window's time to failure, of all that is possible.

    It knows every law and its constants, the load, and each burst so far, heard or
    not; it does not know the strength. By Bayes, a cycle of length T has the
    probability of its strength times that of its bursts,

        f(T) x product of rate(T - t_i) x exp(-integral of rate(T - t) from 0 to now),

    for T beyond now. Its median makes the mean absolute error as small as it can be:
    no learner does better, except by luck.

    Parameters
    ----------
    simulated : Simulated
        What `simulate_stick_slip` returned.

    Returns
    -------
    ndarray, shape (n_windows,)
        Medians of the time to failure [s].

    Raises
    ------
    ValueError
        If `simulated` is no such laboratory.

    Examples
    --------
    >>> from mlearth.simulators import simulate_stick_slip
    >>> made = simulate_stick_slip(20)
    >>> error = np.abs(best_time_to_failure(made) - made.truth.time_to_failure_s)
    >>> bool(error.mean() < 1.6)
    True
    """
    windows, truth = simulated.data.windows, simulated.truth
    since_s, cycle = windows["since_slip_s"].to_numpy(), truth.cycle
    start = truth.cycles["start_s"].to_numpy()
    burst_cycle = truth.bursts["cycle"].to_numpy()
    burst_s = truth.bursts["time_s"].to_numpy() - start[burst_cycle]
    best = np.empty(len(windows))
    for one in range(len(truth.cycles)):
        now, bursts = since_s[cycle == one], burst_s[burst_cycle == one]
        start_mpa = truth.cycles["start_mpa"].iloc[one]
        best[cycle == one] = medians(now, np.sort(bursts), start_mpa, truth)
    return best


def medians(now, bursts, start_mpa: float, truth: LaboratoryTruth) -> np.ndarray:
    """Return the posterior medians at all windows of one cycle [s]."""
    fault, law = truth.fault, truth.foreshocks
    below_s = (fault.friction_mpa - start_mpa) / fault.loading_mpa_s
    scale_s = fault.excess_mpa / fault.loading_mpa_s
    # to where but one strength in 10^12 is exceeded: what is longer is not tried
    longest_s = below_s + scale_s * np.log(1e12) ** (1 / fault.modulus)
    length_s = np.linspace(below_s, longest_s, N_STEPS + 1)[1:]
    excess = (length_s - below_s) / scale_s
    log_prior = (fault.modulus - 1) * np.log(excess) - excess**fault.modulus
    left_s = np.maximum(length_s - bursts[:, None], 0)
    log_rates = np.log(law.rate(left_s, fault.mean_recurrence_s))
    so_far = np.vstack([np.zeros(len(length_s)), np.cumsum(log_rates, axis=0)])
    found = []
    for t, n in zip(now, np.searchsorted(bursts, now, side="right"), strict=True):
        ahead = length_s > t
        rest = law.expected(length_s[ahead]) - law.expected(length_s[ahead] - t)
        expected = law.information * rest
        log_p = log_prior[ahead] + so_far[n, ahead] - expected
        found.append(median_of(log_p, length_s[ahead] - t))
    return np.array(found)


def median_of(log_p: np.ndarray, left_s: np.ndarray) -> float:
    """Return where the probability, even within each step, reaches one half."""
    if not len(log_p):
        return 0.0
    p = np.exp(log_p - log_p.max())
    below = np.concatenate([[0], np.cumsum(p)])
    edges = np.concatenate([[0], left_s])
    return float(np.interp(below[-1] / 2, below, edges))
