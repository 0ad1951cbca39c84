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
    # BEGIN SOLUTION
    n = len(signal)
    curve = [
        k * np.log(np.var(signal[:k])) + (n - k - 1) * np.log(np.var(signal[k:]))
        for k in range(2, n - 1)
    ]
    return 2 + int(np.argmin(curve))
    # END SOLUTION


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
    # BEGIN SOLUTION
    true_s, found_s = np.sort(true_s), np.sort(found_s)
    i, j, n_pairs = 0, 0, 0
    while i < len(true_s) and j < len(found_s):
        late = found_s[j] - true_s[i]
        if abs(late) <= tolerance_s:
            i, j, n_pairs = i + 1, j + 1, n_pairs + 1
        elif late > 0:
            i += 1
        else:
            j += 1
    return n_pairs
    # END SOLUTION


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
    # BEGIN SOLUTION
    counts = []
    for origin_s in np.sort(time_s - travel_time_s, axis=1):
        after = np.searchsorted(origin_s, origin_s + window_s, side="right")
        counts.append(np.max(after - np.arange(len(origin_s))))
    return np.array(counts)
    # END SOLUTION
