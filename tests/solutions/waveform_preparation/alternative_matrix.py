"""Right answers by other ways of thinking: a matrix, a triangle wave, a table."""

import numpy as np


def both_ways(signal, b, a):
    n = len(signal)
    before = np.eye(n) + a[0] * np.eye(n, k=-1) + a[1] * np.eye(n, k=-2)
    now = b[0] * np.eye(n) + b[1] * np.eye(n, k=-1) + b[2] * np.eye(n, k=-2)
    trip = np.linalg.solve(before, now)
    flip = np.eye(n)[::-1]
    return flip @ trip @ flip @ trip @ np.asarray(signal, dtype=float)


BOTH_WAYS_M = """
function y = both_ways(signal, b, a)
n = numel(signal);
before = eye(n) + a(1) * diag(ones(n - 1, 1), -1) + a(2) * diag(ones(n - 2, 1), -2);
now = b(1) * eye(n) + b(2) * diag(ones(n - 1, 1), -1) + b(3) * diag(ones(n - 2, 1), -2);
trip = before \\ now;
y = flipud(trip * flipud(trip * signal));
end
"""


def alias_hz(frequency_hz, sampling_hz):
    half = sampling_hz / 2
    return half - np.abs(np.mod(frequency_hz, sampling_hz) - half)


def window_starts(arrival, n_record, n_window, least, most, share):
    latest_place = min(most, arrival)
    earliest_place = max(least, arrival - (n_record - n_window))
    count = latest_place - earliest_place + 1
    place = latest_place - (np.asarray(share) * count).astype(int)
    return arrival - place
