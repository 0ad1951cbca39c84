"""How deep will the next earthquake be, and who may answer?

A prediction is the mean target of the k nearest samples. Three functions decide who is
near and who may be asked. Write them below; none is in the package.
"""

import numpy as np

# np.argsort(a)[:k] gives the places of the k smallest numbers of a.


def unit_vectors(latitude_deg, longitude_deg):
    """Return the points of a sphere of radius 1 in three dimensions.

    The straight-line distance between two such points grows with the distance along
    the surface, so any library that knows only Euclidean distances finds the right
    neighbours: across the antimeridian, and at the poles.

    Parameters
    ----------
    latitude_deg : ndarray, shape (n,)
        Latitudes [degree, north positive].
    longitude_deg : ndarray, shape (n,)
        Longitudes [degree, east positive].

    Returns
    -------
    ndarray, shape (n, 3)
        The coordinates x (towards latitude 0, longitude 0), y (towards latitude 0,
        longitude 90) and z (towards the north pole).
    """
    # BEGIN SOLUTION
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    x = np.cos(latitude) * np.cos(longitude)
    y = np.cos(latitude) * np.sin(longitude)
    return np.column_stack([x, y, np.sin(latitude)])
    # END SOLUTION


def leave_one_out(distance, y, k):
    """Predict every sample from its k nearest neighbours, itself not among them.

    Parameters
    ----------
    distance : ndarray of float, shape (n, n)
        Distance between each two samples, in any unit; zero on the diagonal. Two
        samples at the same place have the distance zero too, and are neighbours of each
        other.
    y : ndarray, shape (n,)
        What each sample measured.
    k : int
        How many neighbours are asked, less than n.

    Returns
    -------
    ndarray, shape (n,)
        The mean of y over the k nearest other samples of each. Where several are
        equally near and not all of them can be asked, any of them may be.
    """
    # BEGIN SOLUTION
    others = distance + np.diag(np.full(len(y), np.inf))
    return y[np.argsort(others, axis=1)[:, :k]].mean(axis=1)
    # END SOLUTION


def leave_sequence_out(distance, y, sequence, k):
    """Predict every sample from its k nearest neighbours of other sequences.

    An aftershock lies beside its main shock and often shares its depth. When whole
    sequences are new, none of their members may answer.

    Parameters
    ----------
    distance : ndarray of float, shape (n, n)
        Distance between each two samples, in any unit.
    y : ndarray, shape (n,)
        What each sample measured.
    sequence : ndarray, shape (n,)
        Number of the sequence to which each sample belongs.
    k : int
        How many neighbours are asked; other sequences have at least so many samples.

    Returns
    -------
    ndarray, shape (n,)
        The mean of y over the k nearest samples of other sequences. Where several are
        equally near and not all of them can be asked, any of them may be.
    """
    # BEGIN SOLUTION
    same = sequence[:, None] == sequence
    allowed = np.where(same, np.inf, distance)
    return y[np.argsort(allowed, axis=1)[:, :k]].mean(axis=1)
    # END SOLUTION
