"""Right answers in loops and lists."""

import math


def standardise(X_train, X_test):
    columns = list(zip(*X_train, strict=True))
    means = [sum(column) / len(column) for column in columns]
    spreads = []
    for column, mean in zip(columns, means, strict=True):
        square = sum((x - mean) ** 2 for x in column) / len(column)
        spreads.append(math.sqrt(square) if len(set(column)) > 1 else 1.0)

    def scale(rows):
        return [
            [(x - m) / s for x, m, s in zip(row, means, spreads, strict=True)]
            for row in rows
        ]

    return scale(X_train), scale(X_test)


def margin(w, b, X, y):
    length = math.sqrt(sum(value**2 for value in w))
    distances = []
    for row, label in zip(X, y, strict=True):
        score = b + sum(a * x for a, x in zip(w, row, strict=True))
        distances.append(label * score / length)
    return distances


def perceptron_epoch(w, b, X, y, eta):
    weights = [float(value) for value in w]
    moves = 0
    for i in range(len(X)):
        score = b + sum(weights[j] * X[i][j] for j in range(len(weights)))
        answer = 1 if score > 0 else -1 if score < 0 else 0
        if answer != y[i]:
            for j in range(len(weights)):
                weights[j] = weights[j] + eta * y[i] * X[i][j]
            b = b + eta * y[i]
            moves = moves + 1
    return weights, b, moves


def balanced_accuracy(y_true, y_pred):
    right, total = {}, {}
    for truth, answer in zip(y_true, y_pred, strict=True):
        total[truth] = total.get(truth, 0) + 1
        right[truth] = right.get(truth, 0) + (truth == answer)
    return sum(right[one] / total[one] for one in total) / len(total)
