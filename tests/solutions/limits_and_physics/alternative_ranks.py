"""By the sum of ranks, and by scikit-learn."""

import numpy as np
from scipy.stats import rankdata
from sklearn.metrics import roc_auc_score


def auc_of_discs(y, score, distance_km, radii_km):
    radii_km = np.asarray(radii_km)
    area = np.full(radii_km.shape, np.nan)
    for k, radius in enumerate(radii_km):
        part = distance_km <= radius
        n_hit = np.count_nonzero(y[part])
        n_missed = np.count_nonzero(part) - n_hit
        if n_hit and n_missed:
            ranks = rankdata(score[part])[y[part] == 1].sum()
            area[k] = (ranks - n_hit * (n_hit + 1) / 2) / (n_hit * n_missed)
    return area


def auc_within(y, score, ring):
    areas, weights = [], []
    for own in np.unique(ring):
        mine = ring == own
        if 0 < y[mine].sum() < mine.sum():
            areas.append(roc_auc_score(y[mine], score[mine]))
            weights.append(y[mine].sum() * (1 - y[mine]).sum())
    return np.average(areas, weights=weights) if areas else np.nan


AUC_WITHIN_M = """
function auc = auc_within(y, score, ring)
counts = zeros(1, 2);
for h = find(y(:) == 1)'
    rivals = score(y == 0 & ring == ring(h));
    counts = counts + [sum((sign(score(h) - rivals) + 1) / 2), numel(rivals)];
end
auc = counts(1) / counts(2);
end
"""
