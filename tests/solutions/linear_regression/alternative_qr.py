"""Right answers by QR factors, with pandas on the way and tuples returned."""

import numpy as np
import pandas as pd
from scipy.special import stdtrit


def design_matrix(magnitude, distance_km, h_km):
    table = pd.DataFrame({"one": 1, "magnitude": magnitude})
    table["r_km"] = np.hypot(distance_km, h_km)
    table.insert(2, "log_r", np.log10(table.r_km))
    return table


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
