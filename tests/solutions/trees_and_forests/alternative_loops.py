"""Right answers in plain loops and lists."""

from itertools import pairwise

import numpy as np


def best_threshold(x, y, min_leaf):
    def variance(values):
        mean = sum(values) / len(values)
        return sum((value - mean) ** 2 for value in values) / len(values)

    values, best = sorted(set(x.tolist())), (float("nan"), 0)
    pairs = list(zip(x.tolist(), y.tolist(), strict=True))
    for low, high in pairwise(values):
        left = [b for a, b in pairs if a <= low]
        right = [b for a, b in pairs if a > low]
        if min(len(left), len(right)) < min_leaf:
            continue
        inside = len(left) * variance(left) + len(right) * variance(right)
        drop = variance(y.tolist()) - inside / len(pairs)
        if best[0] != best[0] or drop > best[1] + 1e-12:
            best = ((low + high) / 2, drop)
    return list(best)


BEST_THRESHOLD_M = """
function [threshold, drop] = best_threshold(x, y, min_leaf)
threshold = NaN;
drop = 0;
for value = unique(x(:))'
  goes = x <= value;
  if sum(goes) < min_leaf || sum(~goes) < max(min_leaf, 1), continue, end
  inside = mean(goes) * var(y(goes), 1) + mean(~goes) * var(y(~goes), 1);
  if isnan(threshold) || var(y, 1) - inside > drop + 1e-12
    drop = var(y, 1) - inside;
    threshold = (value + min(x(~goes))) / 2;
  end
end
end
"""


def event_bootstrap(events, drawn):
    rows = []
    for event in drawn:
        rows += [i for i, each in enumerate(events) if each == event]
    inside = set(drawn)
    return rows, [i for i, each in enumerate(events) if each not in inside]


def permutation_importance(predict, X, y, columns, order):
    broken = [list(row) for row in X]
    for i, source in enumerate(order):
        for j in columns:
            broken[i][j] = X[source][j]

    def error(features):
        guesses = predict(np.array(features))
        return sum((a - b) ** 2 for a, b in zip(y, guesses, strict=True)) / len(y)

    return error(broken) - error(X)


def partial_dependence(predict, X, feature, grid):
    curve = []
    for value in grid:
        rows = [[*row[:feature], value, *row[feature + 1 :]] for row in X]
        guesses = predict(np.array(rows))
        curve.append(sum(guesses) / len(guesses))
    return curve
