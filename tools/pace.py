"""How slow this machine is beside the one on which the budgets of pages were set."""

import time

import numpy as np

REFERENCE_SECONDS = 0.022
"""What `probe` needs there, told from the pages: on a machine where it needs 0.046 to
0.057, two pages that were timed on both need 2.4 and 2.7 times as long."""


def probe() -> float:
    """Return the processor seconds of a little work of the kind that pages do."""
    began = time.thread_time()
    square = np.random.default_rng(0).normal(size=(200, 200))
    for _ in range(12):
        square = np.sort(np.tanh(square @ square / 200), axis=0)
    counts = {}
    for number in range(150_000):
        counts[number % 997] = counts.get(number % 997, 0) + number * number
    return time.thread_time() - began


def slowness(probe=probe, probes: int = 3) -> float:
    """Return how many times longer than on the reference work takes here, 1 at least.

    >>> slowness(lambda: 0.044), slowness(lambda: 0.01, probes=1)
    (2.0, 1.0)
    """
    seconds = sorted(probe() for _ in range(probes))
    return max(1.0, seconds[probes // 2] / REFERENCE_SECONDS)
