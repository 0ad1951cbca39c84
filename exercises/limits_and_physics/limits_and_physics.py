"""Score a map of aftershocks in every study area, and with the distance held.

Write the two functions below. The second can also be written in MATLAB, in
`auc_within.m`.
"""

import numpy as np


def auc_of_discs(y, score, distance_km, radii_km):
    """Area under the ROC curve of the cells in each disc.

    Parameters
    ----------
    y : ndarray, shape (n,)
        1 for a cell that was hit, 0 for one that was missed.
    score : ndarray, shape (n,)
        What ranks the cells; larger says more likely.
    distance_km : ndarray, shape (n,)
        Distance of each cell from the mainshock [km].
    radii_km : ndarray, shape (m,)
        Radii of the discs [km], in any order. A cell on the border is in the disc.

    Returns
    -------
    ndarray, shape (m,)
        Of each disc the share of its pairs of a hit and a miss in which the hit has
        the larger score; a tie is half a pair. NaN if the disc has no such pair.
    """
    raise NotImplementedError("not written yet")


def auc_within(y, score, ring):
    """Area under the ROC curve from pairs of cells of one ring alone.

    Parameters
    ----------
    y : ndarray, shape (n,)
        1 for a cell that was hit, 0 for one that was missed.
    score : ndarray, shape (n,)
        What ranks the cells; larger says more likely.
    ring : ndarray of int, shape (n,)
        Ring of each cell.

    Returns
    -------
    float
        Won pairs of all rings together over all such pairs; a tie is half a pair.
        NaN if there is none.
    """
    raise NotImplementedError("not written yet")
