"""Right answers with loops over folds, records and promises."""

import math

DIFFERENCE_INTERVAL_M = """
function found = difference_interval(scores, others, n_train, n_test, t)
n = numel(scores);
total = 0;
for k = 1:n
    total = total + scores(k) - others(k);
end
middle = total / n;
squares = 0;
for k = 1:n
    squares = squares + (scores(k) - others(k) - middle) ^ 2;
end
share = sum(n_test) / sum(n_train);
reach = t * sqrt((1 / n + share) * squares / (n - 1));
found = [middle, middle - reach, middle + reach];
end
"""


def difference_interval(scores, others, n_train, n_test, t):
    gaps = [float(a) - float(b) for a, b in zip(scores, others, strict=True)]
    mean = sum(gaps) / len(gaps)
    variance = sum((gap - mean) ** 2 for gap in gaps) / (len(gaps) - 1)
    share = int(sum(n_test)) / int(sum(n_train))
    reach = t * math.sqrt(variance * (1 / len(gaps) + share))
    return mean, mean - reach, mean + reach


def two_way_sides(event, station, test_events, test_stations):
    sides = []
    for one, other in zip(event, station, strict=True):
        new = int(one in test_events) + int(other in test_stations)
        sides.append({0: 1, 1: 0, 2: 2}[new])
    return sides


def brier_skill(y, p, y_train):
    share = sum(map(float, y_train)) / len(y_train)
    score = reference = 0.0
    for happened, promised in zip(y, p, strict=True):
        score += (float(promised) - float(happened)) ** 2
        reference += (share - float(happened)) ** 2
    return 1 - score / reference
