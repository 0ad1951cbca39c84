"""Right answers of somebody who thinks in loops."""

import math
import statistics

import numpy as np


def split_in_three(time, first_cut, second_cut):
    train, validation, test = [], [], []
    for row, moment in enumerate(time):
        if moment >= second_cut:
            test.append(row)
        elif moment >= first_cut:
            validation.append(row)
        else:
            train.append(row)
    return train, validation, test


def errors_by_degree(x, y, train, validation, degrees):
    rows = [int(row) for row in train]
    middle = (max(x[rows]) + min(x[rows])) / 2
    half = (max(x[rows]) - min(x[rows])) / 2
    table = [[], []]
    for degree in degrees:
        theta = fitted([(x[r] - middle) / half for r in rows], y[rows], degree)
        for part, chosen in enumerate((train, validation)):
            total = 0.0
            for row in chosen:
                t = (x[row] - middle) / half
                total += (y[row] - sum(c * t**k for k, c in enumerate(theta))) ** 2
            table[part].append(math.sqrt(total / len(chosen)))
    return table


def fitted(t, y, degree):
    columns = [[value**k for value in t] for k in range(degree + 1)]
    return np.linalg.pinv(np.array(columns).T) @ y


def simplest_good_degree(errors):
    columns = [list(column) for column in zip(*errors, strict=True)]
    means = [statistics.fmean(column) for column in columns]
    best = means.index(min(means))
    slack = statistics.stdev(columns[best]) / len(columns[best]) ** 0.5
    for degree, mean in enumerate(means):
        if mean <= means[best] + slack:
            return degree


def log_score(counts, expected):
    total = 0.0
    for n, x in zip(counts, expected, strict=True):
        if x == 0:
            if n > 0:
                return -math.inf
            continue
        total += n * math.log(x) - x - math.lgamma(n + 1)
    return total
