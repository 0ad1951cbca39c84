"""Right answers in another dtype: what is returned is single precision."""

import numpy as np
from scipy.special import stdtrit


def design_matrix(magnitude, distance_km, h_km):
    r_km = np.sqrt(np.square(distance_km) + h_km**2)
    A = np.empty((r_km.size, 4), dtype=np.float32)
    A[:, 0], A[:, 1], A[:, 2], A[:, 3] = 1, magnitude, np.log10(r_km), r_km
    return A


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
