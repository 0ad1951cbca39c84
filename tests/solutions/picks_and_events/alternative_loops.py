"""Right answers by loops, lists and the statistics of the standard library."""

import math
import statistics


def aic_onset(signal):
    values = [float(v) for v in signal]
    n = len(values)
    best, where = math.inf, None
    for k in range(2, n - 1):
        first = statistics.pvariance(values[:k])
        second = statistics.pvariance(values[k:])
        here = k * math.log(first) + (n - k - 1) * math.log(second)
        if here < best:
            best, where = here, k
    return where


def count_matches(true_s, found_s, tolerance_s):
    waiting = sorted(found_s)
    count = 0
    for true in sorted(true_s):
        while waiting and true - waiting[0] > tolerance_s:
            waiting.pop(0)
        if waiting and abs(waiting[0] - true) <= tolerance_s:
            waiting.pop(0)
            count += 1
    return count


def stack_counts(time_s, travel_time_s, window_s):
    most = []
    for row in travel_time_s:
        origins = [t - r for t, r in zip(time_s, row, strict=True)]
        counts = [
            sum(start <= other <= start + window_s for other in origins)
            for start in origins
        ]
        most.append(max(counts))
    return most
