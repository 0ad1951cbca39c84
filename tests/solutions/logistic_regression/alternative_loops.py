"""Right answers in loops and plain Python numbers."""

import math

import numpy as np


def newton_step(theta, X, y, counts, alpha):
    m = len(theta)
    gradient = [0.0] + [alpha * theta[j] for j in range(1, m)]
    hessian = [[alpha * (i == j and i > 0) for j in range(m)] for i in range(m)]
    for x, label, count in zip(X, y, counts, strict=True):
        row = [1.0, *(float(value) for value in x)]
        z = sum(a * b for a, b in zip(row, theta, strict=True))
        p = 1 / (1 + math.exp(-z)) if z > -700 else 0.0
        for i in range(m):
            gradient[i] += count * (p - label) * row[i]
            for j in range(m):
                hessian[i][j] += count * p * (1 - p) * row[i] * row[j]
    step = np.linalg.solve(hessian, gradient)
    return [float(t - s) for t, s in zip(theta, step, strict=True)]


NEWTON_STEP_M = """
function theta = newton_step(theta, X, y, counts, alpha)
m = numel(theta);
gradient = alpha * theta;
gradient(1) = 0;
hessian = alpha * eye(m);
hessian(1, 1) = 0;
for i = 1:numel(y)
    x = [1; X(i, :)'];
    p = 1 / (1 + exp(-theta' * x));
    gradient = gradient + counts(i) * (p - y(i)) * x;
    hessian = hessian + counts(i) * p * (1 - p) * (x * x');
end
theta = theta - inv(hessian) * gradient;
end
"""


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
