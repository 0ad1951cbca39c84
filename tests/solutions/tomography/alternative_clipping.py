"""Right answers that clip the ray to each cell, and that add precisions to a root."""

import numpy as np


def ray_lengths(start_km, end_km, n_rows, n_columns, cell_km):
    (x0, z0), (x1, z1) = start_km, end_km
    table = []
    for row in range(n_rows):
        line = []
        for column in range(n_columns):
            first, last = 0.0, 1.0
            for begin, end, number, n in (
                (x0, x1, column, n_columns),
                (z0, z1, row, n_rows),
            ):
                if begin == end:
                    if min(int(begin // cell_km), n - 1) != number:
                        last = -1.0
                    continue
                one = (number * cell_km - begin) / (end - begin)
                two = ((number + 1) * cell_km - begin) / (end - begin)
                first, last = max(first, min(one, two)), min(last, max(one, two))
            line.append(max(last - first, 0) * np.hypot(x1 - x0, z1 - z0))
        table.append(line)
    return table


def posterior(G, time_s, sigma_s, prior_s_km, covariance):
    value, vector = np.linalg.eigh(covariance)
    root = vector * np.sqrt(np.maximum(value, 0))
    H = G @ root / sigma_s
    after = np.linalg.inv(H.T @ H + np.eye(H.shape[1]))
    change = after @ H.T @ (time_s - G @ prior_s_km) / sigma_s
    return [
        prior_s_km + root @ change,
        np.sqrt(np.einsum("ij,jk,ik->i", root, after, root)),
    ]
