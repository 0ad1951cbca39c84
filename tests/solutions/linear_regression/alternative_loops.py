"""Right answers in plain loops and lists, with the quantile from scipy.stats."""

import math

import numpy as np
from scipy import stats


def design_matrix(magnitude, distance_km, h_km):
    rows = []
    for m, distance in zip(magnitude, distance_km, strict=True):
        r = math.hypot(distance, h_km)
        rows.append([1, m, math.log10(r), r])
    return rows


def _fit(A, y):
    normal = np.zeros((A.shape[1], A.shape[1]))
    right = np.zeros(A.shape[1])
    for row, value in zip(A, y, strict=True):
        normal += np.outer(row, row)
        right += row * value
    coefficients = np.linalg.solve(normal, right)
    rss = sum(
        (value - row @ coefficients) ** 2 for row, value in zip(A, y, strict=True)
    )
    return coefficients, rss / (A.shape[0] - A.shape[1]), np.linalg.inv(normal)


def coefficient_intervals(A, y, level):
    coefficients, variance, inverse = _fit(A, y)
    dof = A.shape[0] - A.shape[1]
    ends = []
    for j, centre in enumerate(coefficients):
        error = math.sqrt(variance * inverse[j, j])
        ends.append(stats.t.interval(level, dof, loc=centre, scale=error))
    return ends


def prediction_interval(A, y, x_new, level):
    coefficients, variance, inverse = _fit(A, y)
    sigma = math.sqrt(variance + variance * (x_new @ inverse @ x_new))
    dof = A.shape[0] - A.shape[1]
    return stats.t.interval(level, dof, loc=x_new @ coefficients, scale=sigma)
