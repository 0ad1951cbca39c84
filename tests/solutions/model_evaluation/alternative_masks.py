"""Right answers with masks, and the libraries' own scores."""

import numpy as np
from scipy import stats
from sklearn.metrics import brier_score_loss

DIFFERENCE_INTERVAL_M = """
function found = difference_interval(scores, others, n_train, n_test, t)
d = scores - others;
m = mean(d);
w = 1 / length(d) + sum(n_test) / sum(n_train);
reach = t * std(d) * sqrt(w);
found = [m, m - reach, m + reach];
end
"""


def difference_interval(scores, others, n_train, n_test, t):
    gaps = np.subtract(scores, others)
    correction = 1 + gaps.size * n_test.sum() / n_train.sum()
    reach = t * stats.sem(gaps) * np.sqrt(correction)
    return [np.mean(gaps), np.mean(gaps) - reach, np.mean(gaps) + reach]


def two_way_sides(event, station, test_events, test_stations):
    side = np.zeros(event.size, dtype=int)
    hidden = [set(test_events.tolist()), set(test_stations.tolist())]
    new = np.array([one in hidden[0] for one in event.tolist()])
    other = np.array([one in hidden[1] for one in station.tolist()])
    side[~new & ~other] = 1
    side[new & other] = 2
    return side


def brier_skill(y, p, y_train):
    base = np.full(len(y), y_train.mean())
    score, reference = (brier_score_loss(y, q, pos_label=1) for q in (p, base))
    return 1 - score / reference
