"""Right answers by singular values, and by the ready-made pieces of NumPy."""

import numpy as np

REBUILD_M = """
function rebuilt = rebuild(X, counts, k)
w = counts(:) / sum(counts);
centre = sum(w .* X, 1);
C = X - centre;
[~, ~, V] = svd(sqrt(w) .* C, 0);
V = V(:, 1:k);
rebuilt = centre + (C * V) * V';
end
"""


def rebuild(X, counts, k):
    mean = np.average(X, axis=0, weights=counts)
    root = np.sqrt(counts)[:, None]
    axes = np.linalg.svd((X - mean) * root, full_matrices=False)[2][:k]
    return (X - mean) @ axes.T @ axes + mean


def count_components(variances, null, level):
    fails = np.append(variances <= np.quantile(null, level, axis=0), True)
    return fails.argmax()


def back_azimuth_deg(vertical, north, east):
    covariance = np.cov([vertical, north, east])
    up, to_north, to_east = np.linalg.eigh(covariance)[1][:, -1]
    angle = np.arctan2(to_east, to_north) + (np.pi if up > 0 else 0)
    return np.rad2deg(angle) % 360
