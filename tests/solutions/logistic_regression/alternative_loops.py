"""Right answers in loops and plain Python numbers."""

import math


def odds_factor(w, w_se, step):
    low = math.exp(step * w - 1.96 * abs(step) * w_se)
    high = math.exp(step * w + 1.96 * abs(step) * w_se)
    return [math.exp(step * w), low, high]


def undo_class_weight(probability, weight):
    found = []
    for p in probability:
        if p == 1:
            found.append(1.0)
            continue
        odds = p / (1 - p) / weight
        found.append(odds / (1 + odds))
    return found


def mean_cost(y_true, probability, threshold, cost_missed, cost_false):
    total = 0
    for truth, p in zip(y_true, probability, strict=True):
        if truth == 1 and p < threshold:
            total += cost_missed
        elif truth == 0 and p >= threshold:
            total += cost_false
    return total / len(y_true)


def ordinal_error(y_true, y_pred):
    off = {}
    for truth, answer in zip(y_true, y_pred, strict=True):
        off.setdefault(int(truth), []).append(abs(int(truth) - int(answer)))
    return sum(sum(each) / len(each) for each in off.values()) / len(off)
