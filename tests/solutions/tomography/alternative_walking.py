"""Right answers that walk from border to border, and that use pseudo-inverses."""

import math

import numpy as np


def ray_lengths(start_km, end_km, n_rows, n_columns, cell_km):
    x, z = (float(value) for value in start_km)
    dx, dz = end_km[0] - x, end_km[1] - z
    whole = math.sqrt(dx * dx + dz * dz)
    shares = {0.0, 1.0}
    for begin, step, n in ((x, dx, n_columns), (z, dz, n_rows)):
        for line in range(n + 1):
            if step:
                shares.add(min(1.0, max(0.0, (line * cell_km - begin) / step)))
    lengths = np.zeros((n_rows, n_columns), np.float32)
    before = 0.0
    for share in sorted(shares)[1:]:
        half = (before + share) / 2
        row = min(math.floor((z + half * dz) / cell_km), n_rows - 1)
        column = min(math.floor((x + half * dx) / cell_km), n_columns - 1)
        lengths[row, column] += (share - before) * whole
        before = share
    return lengths


def posterior(G, time_s, sigma_s, prior_s_km, covariance):
    data = G @ covariance @ G.T + np.diag(np.full(len(time_s), sigma_s**2))
    gain = covariance @ G.T @ np.linalg.pinv(data)
    shrink = np.eye(len(prior_s_km)) - gain @ G
    left = shrink @ covariance @ shrink.T + sigma_s**2 * gain @ gain.T
    return shrink @ prior_s_km + gain @ time_s, np.sqrt(np.diagonal(left))
