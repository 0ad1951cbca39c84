"""Right answers without loops over samples, in single precision where it is enough."""

import numpy as np
from scipy.optimize import linear_sum_assignment


def aic_onset(signal):
    x = np.asarray(signal, dtype=float)
    x = x - x.mean()
    k = np.arange(1, len(x))
    before = np.cumsum(x**2)[:-1] / k - (np.cumsum(x)[:-1] / k) ** 2
    m = len(x) - k
    y = x[::-1]
    after = (np.cumsum(y**2)[:-1] / k - (np.cumsum(y)[:-1] / k) ** 2)[::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        curve = k * np.log10(before) + (m - 1) * np.log10(after)
    return np.argmin(curve[1:-1]) + 2


def count_matches(true_s, found_s, tolerance_s):
    near = np.abs(np.subtract.outer(true_s, found_s)) <= tolerance_s
    rows, columns = linear_sum_assignment(near, maximize=True)
    return near[rows, columns].sum()


def stack_counts(time_s, travel_time_s, window_s):
    origin = time_s[None] - travel_time_s
    late = origin[:, None, :] - origin[:, :, None]
    inside = (late >= 0) & (late <= window_s)
    return inside.sum(axis=2).max(axis=1).astype("int32")
