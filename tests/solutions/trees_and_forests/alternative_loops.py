"""Right answers in plain loops and lists."""

import numpy as np


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
