"""Right answers with a folded path, masked medians and numerical integration."""

import numpy as np
from scipy.integrate import quad


def reflection_times(source_m, sensor_m, offset_m, thickness_m, speed_m_s, n_bounces):
    rise = [abs(source_m - sensor_m)]
    for n in range(1, n_bounces + 1):
        inner = (n - 1) * thickness_m
        if n % 2:
            rise.append(inner + source_m + sensor_m)
            rise.append(inner + 2 * thickness_m - source_m - sensor_m)
        else:
            rise.append(n * thickness_m + source_m - sensor_m)
            rise.append(n * thickness_m - source_m + sensor_m)
    return np.hypot(offset_m, np.sort(rise)) / speed_m_s


def residual_life_s(duration_s, since_s):
    left = np.asarray(duration_s, float)[None, :] - np.asarray(since_s)[:, None]
    left = np.ma.masked_less_equal(left, 0)
    return np.ma.median(left, axis=1).filled(0.0)


def expected_foreshocks(before_s, k, c_s, p):
    def rate(u):
        return k / (u + c_s) ** p

    return np.array([quad(rate, 0, u, epsabs=0, limit=200)[0] for u in before_s])
