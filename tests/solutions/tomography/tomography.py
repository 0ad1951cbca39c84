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
    # BEGIN SOLUTION
    start, end = np.asarray(start_km, float), np.asarray(end_km, float)
    way = end - start
    share = [0.0, 1.0]
    for axis, n in enumerate((n_columns, n_rows)):
        if way[axis] != 0:
            met = (cell_km * np.arange(1, n) - start[axis]) / way[axis]
            share.extend(np.clip(met, 0, 1))
    share = np.sort(share)
    middle = start + ((share[1:] + share[:-1]) / 2)[:, None] * way
    column, row = (middle // cell_km).astype(int).T
    row, column = np.minimum(row, n_rows - 1), np.minimum(column, n_columns - 1)
    lengths = np.zeros((n_rows, n_columns))
    np.add.at(lengths, (row, column), np.diff(share) * np.hypot(*way))
    return lengths
    # END SOLUTION


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
    # BEGIN SOLUTION
    across = G @ covariance
    inner = across @ G.T + sigma_s**2 * np.eye(len(G))
    gain = np.linalg.solve(inner, across).T
    mean = prior_s_km + gain @ (time_s - G @ prior_s_km)
    left = covariance - gain @ across
    return mean, np.sqrt(np.maximum(np.diag(left), 0))
    # END SOLUTION
