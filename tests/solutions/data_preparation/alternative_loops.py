"""Right answers in loops and plain Python numbers."""

import math

import numpy as np


def fill_gaps(column, others, scatter):
    there = [i for i, value in enumerate(column) if not math.isnan(value)]
    rows = [[1.0, *(float(v) for v in row)] for row in others]
    m = len(rows[0])
    left = [
        [sum(rows[i][a] * rows[i][b] for i in there) for b in range(m)]
        for a in range(m)
    ]
    right = [sum(rows[i][a] * float(column[i]) for i in there) for a in range(m)]
    theta = np.linalg.solve(left, right)
    fit = [sum(t * v for t, v in zip(theta, row, strict=True)) for row in rows]
    squares = sum((float(column[i]) - fit[i]) ** 2 for i in there)
    sigma = math.sqrt(squares / (len(there) - m))
    filled, k = [], 0
    for i, value in enumerate(column):
        if math.isnan(value):
            filled.append(fit[i] + sigma * float(scatter[k]))
            k += 1
        else:
            filled.append(float(value))
    return filled


def pool(estimates, errors):
    k = len(estimates)
    mean = sum(float(e) for e in estimates) / k
    within = sum(float(e) ** 2 for e in errors) / k
    between = sum((float(e) - mean) ** 2 for e in estimates) / (k - 1)
    total = within + (k + 1) / k * between
    if between == 0:
        return [mean, math.sqrt(total), math.inf]
    return [mean, math.sqrt(total), (k - 1) * (total * k / ((k + 1) * between)) ** 2]


def one_hot(train, new):
    names = sorted(set(train))
    return [[int(name == one) for one in names] for name in new]


POOL_M = """
function pooled = pool(estimates, errors)
k = numel(estimates);
middle = sum(estimates) / k;
within = 0;
between = 0;
for i = 1:k
    within = within + errors(i)^2 / k;
    between = between + (estimates(i) - middle)^2 / (k - 1);
end
total = within + between + between / k;
freedom = (k - 1) * (total / (between + between / k))^2;
pooled = [middle; sqrt(total); freedom];
end
"""
