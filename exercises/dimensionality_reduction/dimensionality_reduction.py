"""Keep few numbers: rebuild samples, count components, find where a wave came from.

Write the three functions below. None is in the package. The first can also be written
in MATLAB, in `rebuild.m`.
"""

import numpy as np


def rebuild(X, counts, k):
    """Return the samples as k principal axes see them.

    Every sample counts `counts` times, for the mean and for the axes.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_features)
        Samples, not yet centred.
    counts : ndarray of int, shape (n_samples,)
        How many times each sample counts, > 0.
    k : int
        How many axes to keep, from 1 to n_features.

    Returns
    -------
    ndarray, shape (n_samples, n_features)
        The mean, plus what the first k axes keep of each sample.
    """
    raise NotImplementedError("not written yet")


def count_components(variances, null, level):
    """Return how many components exceed what shuffled data give.

    Component k counts when its variance is above the quantile `level` of the k-th
    variances of all draws. Counting ends before the first one that is not.

    Parameters
    ----------
    variances : ndarray, shape (n_axes,)
        Variances of the components, the largest first.
    null : ndarray, shape (n_draws, n_axes)
        Variances of the components of shuffled data, the largest of each draw first.
    level : float
        Quantile, between 0 and 1, as NumPy's `quantile` finds it.

    Returns
    -------
    int
        Number of components, from 0 to n_axes.
    """
    raise NotImplementedError("not written yet")


def back_azimuth_deg(vertical, north, east):
    """Return the direction from which a P wave came from below.

    Parameters
    ----------
    vertical, north, east : ndarray, shape (n_samples,)
        Ground motion around P, up, north and east positive, not yet centred.

    Returns
    -------
    float
        Direction of the source, clockwise from north [degrees], from 0 to 360.
    """
    raise NotImplementedError("not written yet")
