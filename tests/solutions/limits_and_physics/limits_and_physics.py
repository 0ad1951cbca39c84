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
    # BEGIN SOLUTION
    area = []
    for radius in radii_km:
        inside = distance_km <= radius
        hit, missed = score[inside & (y == 1)], score[inside & (y == 0)]
        won = np.sum(hit[:, None] > missed) + np.sum(hit[:, None] == missed) / 2
        n_pairs = hit.size * missed.size
        area.append(won / n_pairs if n_pairs else np.nan)
    return np.array(area)
    # END SOLUTION


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
    # BEGIN SOLUTION
    won, pairs = 0.0, 0
    for own in np.unique(ring):
        hit = score[(ring == own) & (y == 1)]
        missed = score[(ring == own) & (y == 0)]
        won += np.sum(hit[:, None] > missed) + np.sum(hit[:, None] == missed) / 2
        pairs += hit.size * missed.size
    return won / pairs if pairs else np.nan
    # END SOLUTION


# BEGIN SOLUTION
AUC_WITHIN_M = """
function auc = auc_within(y, score, ring)
won = 0;
pairs = 0;
for own = unique(ring)'
    hit = score(ring == own & y == 1);
    missed = score(ring == own & y == 0);
    for k = 1:numel(hit)
        won = won + sum(hit(k) > missed) + sum(hit(k) == missed) / 2;
    end
    pairs = pairs + numel(hit) * numel(missed);
end
auc = won / pairs;
end
"""
# END SOLUTION
