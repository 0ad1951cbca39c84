"""Everything one sample at a time, and the way back by the full matrix."""

import numpy as np


def moments(row, epsilon):
    row = np.asarray(row, dtype=float)
    mean = sum(row) / len(row)
    return mean, (sum((row - mean) ** 2) / len(row) + epsilon) ** 0.5


def normalised(x, gain, offset, epsilon):
    found = []
    for row in x:
        mean, spread = moments(row, epsilon)
        found.append(
            [
                a * (v - mean) / spread + o
                for v, a, o in zip(row, gain, offset, strict=True)
            ]
        )
    return np.array(found)


def blame(x, gain, delta, epsilon):
    n, found = np.shape(x)[1], []
    for row, d in zip(x, delta, strict=True):
        mean, spread = moments(row, epsilon)
        z = (row - mean) / spread
        J = (np.eye(n) - 1 / n - np.outer(z, z) / n) / spread
        found.append(J @ (np.asarray(gain) * d))
    return np.array(found)


def through(x, blocks, delta):
    if not blocks:
        return np.array(delta, dtype=float)
    (W, V), *rest = blocks
    z = x @ W
    d = through(x + np.maximum(z, 0) @ V, rest, delta)
    return d + np.where(z > 0, d @ V.T, 0) @ W.T


NORMALISED_M = """
function y = normalised(x, gain, offset, epsilon)
y = zeros(size(x));
for i = 1:size(x, 1)
    v = x(i, :);
    y(i, :) = gain .* (v - mean(v)) / sqrt(var(v, 1) + epsilon) + offset;
end
end
"""
