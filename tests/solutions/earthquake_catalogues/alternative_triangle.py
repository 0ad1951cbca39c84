"""Right answers by triangles of a matrix, in another order of the algebra."""

import numpy as np


def omori_times(u, c_days, p):
    return c_days / np.power(1 - np.asarray(u), 1 / (p - 1)) - c_days


def expected_before(time_days, magnitude, mu, k, alpha, c_days, p, min_magnitude):
    gap = np.subtract.outer(time_days, time_days)
    total = c_days ** (1 - p) / (p - 1)
    reached = total * (1 - np.power(1 + np.tril(gap) / c_days, 1 - p))
    triggered = reached * np.float_power(10.0, alpha * (magnitude - min_magnitude))
    return k * triggered.sum(axis=1) + mu * np.asarray(time_days)
