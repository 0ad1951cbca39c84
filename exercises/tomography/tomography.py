"""From a ray to a row of numbers, and from times to a picture with error bars.

A section is a table of square cells. Rows are counted downwards and columns to the
right; cell (0, 0) has its upper left corner at distance 0 and depth 0.
"""

import numpy as np


def ray_lengths(start_km, end_km, n_rows, n_columns, cell_km):
    """Return how far a straight ray runs in each cell.

    Parameters
    ----------
    start_km, end_km : array_like, shape (2,)
        Distance and depth of both ends [km], within the section. The ray runs along
        no line of the grid, though it may begin and end on one.
    n_rows, n_columns : int
        Cells in depth and in distance.
    cell_km : float
        Side of a cell [km].

    Returns
    -------
    ndarray, shape (n_rows, n_columns)
        Lengths [km]; 0 in a cell that the ray does not enter.
    """
    raise NotImplementedError("not written yet")


def posterior(G, time_s, sigma_s, prior_s_km, covariance):
    """Return what times leave of Gaussian ground: its mean and its error bars.

    Parameters
    ----------
    G : ndarray, shape (n_rays, n_cells)
        Length of each ray in each cell [km].
    time_s : ndarray, shape (n_rays,)
        Travel times [s].
    sigma_s : float
        Standard deviation of their errors [s], > 0.
    prior_s_km : ndarray, shape (n_cells,)
        Mean slowness beforehand [s/km].
    covariance : ndarray, shape (n_cells, n_cells)
        Covariance of the slownesses beforehand [s2/km2]; it may have no inverse.

    Returns
    -------
    mean : ndarray, shape (n_cells,)
        Mean of the slownesses afterwards [s/km].
    std : ndarray, shape (n_cells,)
        Their standard deviations [s/km].
    """
    raise NotImplementedError("not written yet")
