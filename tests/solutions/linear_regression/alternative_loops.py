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


def descend(A, y, weight, eta, n_iter):
    theta, total = [0.0] * A.shape[1], sum(weight)
    for _ in range(n_iter):
        push = [0.0] * len(theta)
        for row, value, count in zip(A.tolist(), y, weight, strict=True):
            short = value - sum(c * x for c, x in zip(theta, row, strict=True))
            for j, x in enumerate(row):
                push[j] += count * short * x
        for j, sum_of_pulls in enumerate(push):
            theta[j] += eta * sum_of_pulls / total
    return theta


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


DESCEND_M = """
function theta = descend(A, y, weight, eta, n_iter)
[n, p] = size(A);
theta = zeros(p, 1);
for step = 1:n_iter
  push = zeros(p, 1);
  for i = 1:n
    push = push + weight(i) * (y(i) - A(i, :) * theta) * A(i, :)';
  end
  theta = theta + eta * push / sum(weight);
end
"""
