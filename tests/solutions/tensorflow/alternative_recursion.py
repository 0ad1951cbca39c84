"""Shares pushed from a stack, a loop over all numbers, a loop over samples."""

import numpy as np


def walk_back(parts, slopes):
    found = [0.0] * len(parts)

    def push(k, share):
        found[k] += share
        for i in (0, 1):
            if parts[k, i] > -1:
                push(parts[k, i], share * slopes[k, i])

    push(len(parts) - 1, 1.0)
    return found


def product_pull(g, a, b):
    a, b, g = (np.asarray(each, dtype=float) for each in (a, b, g))
    places = [
        np.broadcast_to(np.arange(one.size).reshape(one.shape), g.shape)
        for one in (a, b)
    ]
    return tuple(
        np.bincount(place.ravel(), (g * other).ravel(), one.size).reshape(one.shape)
        for place, one, other in zip(places, (a, b), (b, a), strict=True)
    )


def take_pull(g, rows, n_rows):
    found = np.zeros((n_rows, g.shape[1]))
    for row, each in zip(rows, g, strict=True):
        found[row] = found[row] + each
    return found


WALK_BACK_M = """
function found = walk_back(parts, slopes)
n = size(parts, 1);
found = [zeros(n - 1, 1); 1];
for k = fliplr(1:n)
    for i = find(parts(k, :) > 0)
        j = parts(k, i);
        found(j) = found(j) + found(k) * slopes(k, i);
    end
end
end
"""
