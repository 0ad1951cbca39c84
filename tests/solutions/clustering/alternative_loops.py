"""Right answers in another style: loops over samples and plain sums."""

import math

import numpy as np


def lloyd_step(X, weight, centres):
    k, m = len(centres), len(centres[0])
    total, sums = [0.0] * k, [[0.0] * m for _ in range(k)]
    for row, w in zip(X, weight, strict=True):
        gaps = [math.dist(row, c) for c in centres]
        own = gaps.index(min(gaps))
        total[own] += w
        for j in range(m):
            sums[own][j] += w * row[j]
    rows = [
        [s / total[own] for s in sums[own]] if total[own] else list(centres[own])
        for own in range(k)
    ]
    return np.array(rows, dtype=float)


def silhouettes(distance, labels):
    n, found = len(labels), []
    for i in range(n):
        gaps = {}
        for j in range(n):
            if j != i:
                gaps.setdefault(labels[j], []).append(distance[i, j])
        own = gaps.pop(labels[i], None)
        if own is None:
            found.append(0.0)
            continue
        u = sum(own) / len(own)
        v = min(sum(one) / len(one) for one in gaps.values())
        found.append(1 - u / v if u < v else v / u - 1)
    return np.array(found)


def dip_without_errors(points, covariances):
    n = len(points)
    d = points - points.mean(axis=0)
    places = sum(np.outer(row, row) for row in d) / (n - 1) - sum(covariances) / n
    values, vectors = np.linalg.eig(places)
    normal = vectors[:, np.argmin(values)].real
    return math.degrees(math.atan2(math.hypot(normal[0], normal[1]), abs(normal[2])))
