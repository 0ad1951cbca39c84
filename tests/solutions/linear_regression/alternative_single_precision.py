"""Right answers in another dtype: what is returned is single precision."""

import numpy as np
from scipy.special import stdtrit


def design_matrix(magnitude, distance_km, h_km):
    r_km = np.sqrt(np.square(distance_km) + h_km**2)
    A = np.empty((r_km.size, 4), dtype=np.float32)
    A[:, 0], A[:, 1], A[:, 2], A[:, 3] = 1, magnitude, np.log10(r_km), r_km
    return A


def descend(A, y, weight, eta, n_iter):
    theta, share = (
        np.zeros((A.shape[1], 1)),
        np.reshape(weight / np.sum(weight), (-1, 1)),
    )
    while n_iter:
        theta -= eta * A.T @ (share * (A @ theta - np.reshape(y, (-1, 1))))
        n_iter -= 1
    return theta[:, 0].astype(np.float32)


def coefficient_intervals(A, y, level):
    dof = A.shape[0] - A.shape[1]
    covariance = np.linalg.inv(A.T @ A)
    centre = covariance @ A.T @ y
    covariance = covariance * np.sum((y - A @ centre) ** 2) / dof
    half = stdtrit(dof, (1 + level) / 2) * np.diag(covariance) ** 0.5
    return np.stack([centre - half, centre + half], axis=-1).astype("float32")


def prediction_interval(A, y, x_new, level):
    dof = A.shape[0] - A.shape[1]
    pseudo = np.linalg.pinv(A)
    centre = pseudo @ y
    variance = np.sum((y - A @ centre) ** 2) / dof
    weights = x_new @ pseudo  # the prediction is a weighted sum of the records
    half = stdtrit(dof, (1 + level) / 2) * np.sqrt(variance * (1 + weights @ weights))
    return np.array([x_new @ centre - half, x_new @ centre + half], dtype="float32")


DESCEND_M = """
function theta = descend(A, y, weight, eta, n_iter)
root = sqrt(weight / sum(weight));
A = diag(root) * A;
y = root .* y;
theta = 0 * A(1, :)';
for k = 1:n_iter
  theta = theta + eta * A' * (y - A * theta);
end
theta = single(theta);
end
"""
