"""When did the wave arrive, which picks are right, and where do they meet?

Three short functions carry a seismic network from its records to its events: one times
an onset, one scores picks, one counts where they agree. Write them below.
"""

import numpy as np


def aic_onset(signal):
    """Find the first sample of a wave.

    A cut after k of n samples is as good as its criterion is small::

        k * ln(variance of the first k) + (n - k - 1) * ln(variance of the others)

    A variance is the mean squared distance from the mean of its own samples. Only cuts
    that leave two samples or more on both sides have two variances. In what you are
    given, no variance is zero.

    Parameters
    ----------
    signal : ndarray, shape (n,)
        Noise, then a wave; whole numbers or floats, n >= 4.

    Returns
    -------
    int
        How many samples come before the best cut: the index of the first sample of
        the wave, counted from 0.
    """
    raise NotImplementedError("not written yet")


def count_matches(true_s, found_s, tolerance_s):
    """Count how many found picks match true ones, one to one.

    Two picks match if their times differ by at most the tolerance. Each pick has one
    partner at most. Of all ways to pair them, the one with most pairs counts.

    Parameters
    ----------
    true_s, found_s : ndarray, shapes (n,) and (m,)
        Times [s] of one phase at one station, in any order; perhaps none.
    tolerance_s : float
        Largest difference [s], itself included.

    Returns
    -------
    int
        The number of pairs.
    """
    raise NotImplementedError("not written yet")


def stack_counts(time_s, travel_time_s, window_s):
    """Count, for each node of a grid, the picks that agree on an origin time.

    If the earthquake struck at a node, each pick says when: its time minus its travel
    time. Picks agree if all of these origin times lie in one window, both its ends
    included. The window may begin anywhere; the fullest one counts.

    Parameters
    ----------
    time_s : ndarray, shape (n_picks,)
        Times of the picks [s], in any order.
    travel_time_s : ndarray, shape (n_nodes, n_picks)
        Travel time [s] from each node to the station of each pick.
    window_s : float
        Length of the window [s].

    Returns
    -------
    ndarray of int, shape (n_nodes,)
        The most picks that agree, for each node.
    """
    raise NotImplementedError("not written yet")
