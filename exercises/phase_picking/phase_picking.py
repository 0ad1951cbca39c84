"""Read picks off a curve of probabilities, and match them with the true ones.

Write the two functions below. The second can also be written in MATLAB, in
`residuals_of.m`.
"""

import numpy as np


def picks_of(curve, height, apart):
    """Return the peaks of a curve, the lower of two that are close left out.

    A peak is higher than both its neighbours and at least `height`. A level top counts
    once, at its middle, rounded down. The first and the last sample are no peaks. The
    highest peak is taken first; then, in falling order, each that is `apart` samples or
    more from *all that were taken*. Of equally high ones the earliest goes first.

    Parameters
    ----------
    curve : ndarray, shape (n,)
        Probability of a phase at each sample, n >= 3. It must not be changed.
    height : float
        Least height of a peak.
    apart : int
        Least distance of two picks [samples], >= 1.

    Returns
    -------
    ndarray of int, shape (n_picks,)
        Samples, ascending; empty where there is none.
    """
    raise NotImplementedError("not written yet")


def residuals_of(true_s, found_s, tolerance_s):
    """Return found minus true times of the picks that match, one to one.

    From the earliest true pick on, each takes the earliest found pick that nobody has
    taken and that is at most `tolerance_s` away, before or after.

    Parameters
    ----------
    true_s, found_s : ndarray, shapes (n,) and (m,)
        Times [s], in any order; one of them may be empty. They must not be changed.
    tolerance_s : float
        Largest time between the two [s].

    Returns
    -------
    ndarray, shape (n_matched,)
        Residuals [s], in the order of the true times.
    """
    raise NotImplementedError("not written yet")
