"""Right answers by QR factors, with pandas on the way and tuples returned."""

import numpy as np
import pandas as pd
from scipy.special import stdtrit


def design_matrix(magnitude, distance_km, h_km):
    table = pd.DataFrame({"one": 1, "magnitude": magnitude})
    table["r_km"] = np.hypot(distance_km, h_km)
    table.insert(2, "log_r", np.log10(table.r_km))
    return table


def descend(A, y, weight, eta, n_iter):
    """The walk in one formula: what is left of the way shrinks by I - eta H a step."""
    share = pd.Series(weight / np.sum(weight))
    curvature, pull = A.T @ (A * share.to_numpy()[:, None]), A.T @ (share * y)
    values, directions = np.linalg.eigh(curvature)
    gone = np.where(
        values > 1e-12,
        (1 - (1 - eta * values) ** n_iter) / np.maximum(values, 1e-12),
        eta * n_iter,
    )
    return directions @ (gone * (directions.T @ pull))


def _by_qr(A, y):
    Q, R = np.linalg.qr(A)
    projection = Q.T @ y
    dof = len(y) - A.shape[1]
    variance = (y @ y - projection @ projection) / dof
    return np.linalg.solve(R, projection), R, variance, dof


def coefficient_intervals(A, y, level):
    centre, R, variance, dof = _by_qr(A, y)
    spread = np.linalg.norm(np.linalg.inv(R), axis=1) * np.sqrt(variance)
    return centre[:, None] + stdtrit(dof, (1 + level) / 2) * np.outer(spread, [-1, 1])


def prediction_interval(A, y, x_new, level):
    centre, R, variance, dof = _by_qr(A, y)
    reach = np.linalg.norm(np.linalg.solve(R.T, x_new))
    half = stdtrit(dof, (1 + level) / 2) * np.sqrt(variance) * np.hypot(1, reach)
    middle = float(x_new @ centre)
    return middle - half, middle + half


DESCEND_M = """
function theta = descend(A, y, weight, eta, n_iter)
share = weight(:) / sum(weight);
curvature = A' * bsxfun(@times, A, share);
pull = A' * (share .* y(:));
theta = zeros(size(pull));
while n_iter > 0
  theta = theta + eta * (pull - curvature * theta);
  n_iter = n_iter - 1;
end
end
"""
