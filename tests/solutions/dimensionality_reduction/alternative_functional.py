"""Right answers by repeating samples, and by rotating into a known frame."""

from itertools import takewhile

import numpy as np

REBUILD_M = """
function rebuilt = rebuild(X, counts, k)
often = [];
for i = 1:numel(counts)
    often = [often; repmat(X(i, :), counts(i), 1)];
end
centre = mean(often, 1);
[~, ~, V] = svd(bsxfun(@minus, often, centre), 0);
V = V(:, 1:k);
rebuilt = bsxfun(@plus, bsxfun(@minus, X, centre) * (V * V'), centre);
end
"""


def rebuild(X, counts, k):
    often = np.repeat(np.asarray(X, dtype=float), counts.astype(int), axis=0)
    mean = often.mean(axis=0)
    axes = np.linalg.svd(often - mean)[2]
    return mean + np.einsum("ij,kj,kl->il", X - mean, axes[:k], axes[:k])


def count_components(variances, null, level):
    pairs = zip(variances, np.quantile(null, level, axis=0), strict=True)
    return len(list(takewhile(lambda pair: pair[0] > pair[1], pairs)))


def back_azimuth_deg(vertical, north, east):
    motion = np.array([vertical, north, east], dtype=float)
    motion -= motion.mean(axis=1, keepdims=True)
    axis = np.linalg.svd(motion, full_matrices=False)[0][:, 0]
    axis = -axis if axis[0] > 0 else axis
    return np.degrees(np.angle(complex(axis[1], axis[2]))) % 360
