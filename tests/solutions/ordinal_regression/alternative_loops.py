"""Right answers in loops and plain Python numbers."""

import math


def class_probabilities(thresholds, score):
    rows = []
    for z in score:
        below, row = 0.0, []
        for t in thresholds:
            at_most = (1 + math.tanh((t - z) / 2)) / 2
            row.append(at_most - below)
            below = at_most
        rows.append([*row, 1 - below])
    return rows


def ordinal_error(y_true, y_pred):
    off = {}
    for truth, answer in zip(y_true, y_pred, strict=True):
        off.setdefault(int(truth), []).append(abs(int(truth) - int(answer)))
    return sum(sum(each) / len(each) for each in off.values()) / len(off)
