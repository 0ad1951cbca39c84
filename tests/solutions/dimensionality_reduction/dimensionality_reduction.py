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
    # BEGIN SOLUTION
    mean = counts @ X / np.sum(counts)
    centred = X - mean
    _, axes = np.linalg.eigh((centred.T * counts) @ centred)  # the smallest first
    kept = axes[:, -k:]
    return mean + centred @ kept @ kept.T
    # END SOLUTION


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
    # BEGIN SOLUTION
    counts = variances > np.quantile(null, level, axis=0)
    return int(np.cumprod(counts).sum())
    # END SOLUTION


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
    # BEGIN SOLUTION
    motion = np.column_stack([vertical, north, east])
    centred = motion - motion.mean(axis=0)
    up, to_north, to_east = np.linalg.svd(centred, full_matrices=False)[2][0]
    away = np.sign(up) * np.array([to_east, to_north])
    return float(np.degrees(np.arctan2(-away[0], -away[1])) % 360)
    # END SOLUTION


# BEGIN SOLUTION
REBUILD_M = """
function rebuilt = rebuild(X, counts, k)
n = size(X, 1);
centre = counts' * X / sum(counts);
C = X - repmat(centre, n, 1);
[V, D] = eig(C' * (counts .* C));
[~, order] = sort(diag(D), 'descend');
V = V(:, order(1:k));
rebuilt = repmat(centre, n, 1) + C * V * V';
end
"""
# END SOLUTION
