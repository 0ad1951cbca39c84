"""Right answers with moments, sums of flags and ratios of squares."""

import numpy as np

DIFFERENCE_INTERVAL_M = """
function found = difference_interval(scores, others, n_train, n_test, t)
d = scores(:) - others(:);
n = numel(d);
v = (sum(d .^ 2) - n * mean(d) ^ 2) / (n - 1);
found = repmat(mean(d), 1, 3) + t * sqrt(v / n + v * sum(n_test) / sum(n_train)) ...
    * [0, -1, 1];
end
"""


def difference_interval(scores, others, n_train, n_test, t):
    gaps = np.asarray(scores, dtype=float) - np.asarray(others, dtype=float)
    n = gaps.size
    centred = gaps - np.average(gaps)
    variance = centred @ centred / (n - 1)
    reach = t * np.sqrt(variance / n + variance * np.mean(n_test) / np.mean(n_train))
    return np.average(gaps) + reach * np.array([0.0, -1.0, 1.0])


def two_way_sides(event, station, test_events, test_stations):
    new = (event[:, None] == test_events).any(axis=1).astype(int)
    other = (station[:, None] == test_stations).any(axis=1).astype(int)
    return np.array([1, 0, 2])[new + other]


def brier_skill(y, p, y_train):
    y, p = np.asarray(y, dtype=float), np.asarray(p, dtype=float)
    base = np.mean(y_train) - y
    return float(1 - (p - y) @ (p - y) / (base @ base))
