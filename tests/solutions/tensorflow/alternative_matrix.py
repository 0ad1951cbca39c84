"""The walk as a triangular system, sums over named axes, rows by a table of ones."""

import numpy as np


def walk_back(parts, slopes):
    n = len(parts)
    acts = np.zeros((n, n))
    for k in range(n):
        for i in range(2):
            if parts[k][i] != -1:
                acts[k, parts[k][i]] += slopes[k][i]
    last = np.zeros(n)
    last[n - 1] = 1
    return np.linalg.solve(np.eye(n) - acts.T, last)


def product_pull(g, a, b):
    def shrink(share, shape):
        front = share.ndim - len(shape)
        axes = [*range(front)] + [front + i for i, n in enumerate(shape) if n == 1]
        return share.sum(axis=tuple(axes)).reshape(shape)

    return [shrink(g * b, np.shape(a)), shrink(g * a, np.shape(b))]


def take_pull(g, rows, n_rows):
    return (np.arange(n_rows)[:, None] == np.asarray(rows)) @ np.asarray(g, float)


WALK_BACK_M = """
function found = walk_back(parts, slopes)
n = size(parts, 1);
acts = zeros(n);
for k = 1:n
    for i = find(parts(k, :))
        acts(k, parts(k, i)) = acts(k, parts(k, i)) + slopes(k, i);
    end
end
found = (eye(n) - acts') \\ [zeros(n - 1, 1); 1];
end
"""
