"""Right answers in plain loops and lists."""

import math


def kernel_distances(K):
    n = len(K)
    return [
        [math.sqrt(max(0.0, K[i][i] + K[j][j] - 2 * K[i][j])) for j in range(n)]
        for i in range(n)
    ]


def duality_gap(K, y, a, b, C):
    n, squared, slack = len(y), 0.0, 0.0
    for i in range(n):
        z = b
        for j in range(n):
            z += a[j] * y[j] * K[i][j]
            squared += a[i] * a[j] * y[i] * y[j] * K[i][j]
        slack += max(0.0, 1 - y[i] * z)
    return squared + C * slack - sum(a)


def balanced_costs(y, C):
    count = {label: list(y).count(label) for label in (-1, 1)}
    return [C * len(y) / (2 * count[int(label)]) for label in y]


def costly_subgradient(w, b, X, y, costs):
    dw, db = [float(value) for value in w], 0.0
    for x, label, cost in zip(X, y, costs, strict=True):
        z = b + sum(weight * value for weight, value in zip(w, x, strict=True))
        if label * z < 1:
            pull = cost * label
            dw = [slope - pull * value for slope, value in zip(dw, x, strict=True)]
            db -= pull
    return [dw, db]
