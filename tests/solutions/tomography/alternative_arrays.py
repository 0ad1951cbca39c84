"""Right answers with whole arrays, and with one ray after the other."""

import numpy as np


def ray_lengths(start_km, end_km, n_rows, n_columns, cell_km):
    start, end = np.array(start_km, float), np.array(end_km, float)
    way = end - start
    lines = [np.arange(n + 1) * cell_km for n in (n_columns, n_rows)]
    with np.errstate(divide="ignore", invalid="ignore"):
        met = np.concatenate([(lines[i] - start[i]) / way[i] for i in (0, 1)])
    share = np.unique(np.clip(np.nan_to_num(met, posinf=1, neginf=0), 0, 1))
    share = np.unique(np.concatenate([[0.0], share, [1.0]]))
    middle = start[:, None] + way[:, None] * (share[1:] + share[:-1]) / 2
    column, row = (middle / cell_km).astype(int)
    cell = np.minimum(row, n_rows - 1) * n_columns + np.minimum(column, n_columns - 1)
    pieces = np.diff(share) * np.sqrt(way @ way)
    return np.bincount(cell, pieces, n_rows * n_columns).reshape(n_rows, n_columns)


def posterior(G, time_s, sigma_s, prior_s_km, covariance):
    mean, left = np.array(prior_s_km, float), np.array(covariance, float)
    for ray, time in zip(G, time_s, strict=True):
        across = left @ ray
        gain = across / (ray @ across + sigma_s**2)
        mean = mean + gain * (time - ray @ mean)
        left = left - np.outer(gain, across)
    return mean, np.diag(left).clip(0) ** 0.5
