"""Right answers in another style: loops, dictionaries, and a model by hand."""

import math

import numpy as np


def fold_of(catalogue, n_folds):
    order = sorted(set(catalogue.tolist()))
    fold = {number: place % n_folds for place, number in enumerate(order)}
    return [fold[number] for number in catalogue.tolist()]


def features(lag_days, distance_km, parent_magnitude, magnitude):
    rows = []
    for t, r, larger, own in zip(
        lag_days, distance_km, parent_magnitude, magnitude, strict=True
    ):
        scale = 10 ** (larger / 2)
        rows.append(
            [
                math.log10(t / scale),
                math.log10(max(r, 0.1) ** 1.6 / scale),
                float(larger) - float(own),
            ]
        )
    return rows


def fit_predict(X_train, triggered_train, X):
    A = np.column_stack([np.ones(len(X_train)), X_train])
    w = np.zeros(A.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-A @ w))
        slope = A.T @ (triggered_train - p)
        w = w + np.linalg.solve((A * (p * (1 - p))[:, None]).T @ A, slope)
    return 1 / (1 + np.exp(-(np.column_stack([np.ones(len(X)), X]) @ w)))


def mean_mcc(triggered, p, catalogue):
    total, groups = 0.0, sorted(set(np.asarray(catalogue).tolist()))
    for group in groups:
        n = [[0, 0], [0, 0]]
        for true, chance, own in zip(triggered, p, catalogue, strict=True):
            if own == group:
                n[int(true)][int(chance > 0.5)] += 1
        (right, false), (miss, hit) = n
        norm = (hit + false) * (hit + miss) * (right + false) * (right + miss)
        total += (hit * right - false * miss) / math.sqrt(norm) if norm else 0
    return total / len(groups)


def submission(catalogue, event, p, nearest):
    return [
        [c, e, chance, near if chance > 0.5 else -1]
        for c, e, chance, near in zip(catalogue, event, p, nearest, strict=True)
    ]
