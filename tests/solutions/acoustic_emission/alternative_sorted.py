"""Right answers with sorting, searching and SciPy, on float arrays."""

import numpy as np
from scipy.special import boxcox


def reflection_times(source_m, sensor_m, offset_m, thickness_m, speed_m_s, n_bounces):
    n = np.arange(-n_bounces, n_bounces + 1)  # of signed bounces
    image = np.where(n % 2 == 0, n * thickness_m + source_m, 0.0)
    image = np.where(n % 2 == 1, (n + 1) * thickness_m - source_m, image)
    length = np.sqrt(offset_m**2 + np.square(image - sensor_m))
    return np.sort(length / speed_m_s)


def residual_life_s(duration_s, since_s):
    ordered = np.sort(np.asarray(duration_s, float))
    first = np.searchsorted(ordered, since_s, side="right")
    n = len(ordered)
    low = np.minimum((first + n - 1) // 2, n - 1)
    high = np.minimum((first + n) // 2, n - 1)
    middle = (ordered[low] + ordered[high]) / 2
    return np.where(first < n, middle - since_s, 0)


def expected_foreshocks(before_s, k, c_s, p):
    return k * c_s ** (1 - p) * boxcox(1 + np.asarray(before_s) / c_s, 1 - p)
