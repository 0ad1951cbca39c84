"""Find clusters, judge them, and look through the errors of hypocentres.

Three functions of the chapter on clustering, each a little more general than there.
Write them below; none is in the package.
"""

import numpy as np

# np.average(a, axis=0, weights=w) is a mean in which row i counts w[i] times.


def lloyd_step(X, weight, centres):
    """Take one turn of k-means: assign the samples, then move the centres.

    Parameters
    ----------
    X : ndarray, shape (n, m)
        Samples.
    weight : ndarray, shape (n,)
        How often each sample counts, > 0. It need not be whole.
    centres : ndarray, shape (k, m)
        Where the centres are.

    Returns
    -------
    ndarray of float, shape (k, m)
        Where they go: each to the weighted mean of the samples that are nearest to it.
        A sample that is as near to several belongs to the first of them, and a centre
        without samples stays where it is.
    """
    raise NotImplementedError("not written yet")


def silhouettes(distance, labels):
    """Say of each sample how much nearer its own cluster is than the next one.

    Parameters
    ----------
    distance : ndarray of float, shape (n, n)
        Distance between each two samples; zero on the diagonal, more elsewhere.
    labels : ndarray of int, shape (n,)
        Name of the cluster of each sample, any whole number; there are two clusters or
        more.

    Returns
    -------
    ndarray of float, shape (n,)
        The difference v - u over the larger of the two. Here u is the mean distance
        from the *other* samples of the own cluster, and v the smallest mean distance
        from the samples of another one. A sample that is alone in its cluster has 0.
    """
    raise NotImplementedError("not written yet")


def dip_without_errors(points, covariances):
    """Return the dip of the plane through hypocentres, freed of their errors.

    The covariance matrix of what is seen, which divides by n - 1, is that of the places
    plus the mean of those of the errors. The plane's normal is the direction in which
    the places spread least.

    Parameters
    ----------
    points : ndarray, shape (n, 3)
        Hypocentres: kilometres to the east, to the north, and depth [km].
    covariances : ndarray, shape (n, 3, 3)
        Covariance of the errors of each, in the same order of axes [km^2].

    Returns
    -------
    float
        Angle between the plane and the horizontal [degree], from 0 to 90.
    """
    raise NotImplementedError("not written yet")
