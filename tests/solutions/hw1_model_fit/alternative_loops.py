"""Right answers in plain loops and lists, with hardly any NumPy."""

import math
import random

import numpy as np


def attenuation_matrix(magnitude, distance_km, h_km):
    table = []
    for m, far in zip(magnitude, distance_km, strict=True):
        slant_km = math.sqrt(far * far + h_km * h_km)
        table.append([1.0, m, math.log10(slant_km), far])
    return table


def _solve_normal(table, wanted):
    table = np.asarray(table)
    return np.linalg.solve(table.T @ table, table.T @ wanted)


def fit_attenuation(magnitude, distance_km, log_pga, h_grid_km):
    trials = []
    for h_km in h_grid_km:
        table = attenuation_matrix(magnitude, distance_km, h_km)
        unknowns = _solve_normal(table, log_pga)
        off = np.asarray(table) @ unknowns - log_pga
        trials.append((float(off @ off), h_km, unknowns))
    trials.sort(key=lambda trial: trial[0])
    return list(trials[0][2]), trials[0][1]


def ordinary_errors(A, y):
    unknowns = _solve_normal(A, y)
    rss = sum((value - row @ unknowns) ** 2 for row, value in zip(A, y, strict=True))
    cofactor = np.linalg.inv(A.T @ A)
    dof = len(A) - len(unknowns)
    return [math.sqrt(rss / dof * cofactor[j, j]) for j in range(len(unknowns))]


def clustered_errors(A, y, event_id):
    unknowns = _solve_normal(A, y)
    sums = {}
    for row, value, event in zip(A, y, event_id, strict=True):
        sums[event] = sums.get(event, 0) + row * (value - row @ unknowns)
    filling = np.zeros((A.shape[1], A.shape[1]))
    for one in sums.values():
        filling += np.outer(one, one)
    cofactor = np.linalg.inv(A.T @ A)
    n_events, (n_rows, n_cols) = len(sums), A.shape
    filling *= n_events * (n_rows - 1) / (n_events - 1) / (n_rows - n_cols)
    variances = (cofactor @ filling @ cofactor).diagonal()
    return [math.sqrt(value) for value in variances]


def _wrong(w, b, X, y):
    misses = 0
    for event, truth in zip(X, y, strict=True):
        if truth * (sum(a * x for a, x in zip(w, event, strict=True)) + b) <= 0:
            misses += 1
    return misses


def pocket_perceptron(X, y, eta, n_epochs):
    w, b = [0.0] * X.shape[1], 0.0
    saved_w, saved_b, saved_misses = list(w), b, len(y)
    rows, labels = X.tolist(), y.tolist()
    epoch = 0
    while epoch < n_epochs:
        for i in range(len(rows)):
            if _wrong(w, b, rows[i : i + 1], labels[i : i + 1]) == 0:
                continue
            for j in range(len(w)):
                w[j] = w[j] + eta * labels[i] * rows[i][j]
            b = b + eta * labels[i]
            misses = _wrong(w, b, rows, labels)
            if misses < saved_misses:
                saved_w, saved_b, saved_misses = list(w), b, misses
        epoch = epoch + 1
    return saved_w, saved_b, saved_misses


def least_squares_classifier(X, y):
    table = [[1.0, *row] for row in X]
    unknowns = _solve_normal(table, y)
    return list(unknowns[1:]), float(unknowns[0])


def compare_classifiers(X_train, y_train, X_test, y_test, n_epochs):
    old, new = X_train.astype(float), X_test.astype(float)
    for j in range(old.shape[1]):
        m, s = old[:, j].mean(), old[:, j].std()
        old[:, j] = (old[:, j] - m) / s
        new[:, j] = (new[:, j] - m) / s
    w, b, _ = pocket_perceptron(old, y_train, 1.0, n_epochs)
    v, c = least_squares_classifier(old, y_train)
    scores = []
    for slopes, offset in ((w, b), (v, c)):
        hits = {1: 0, -1: 0}
        for row, label in zip(new, y_test, strict=True):
            answer = 1 if row @ np.array(slopes) + offset > 0 else -1
            hits[int(label)] += answer == label
        quakes = sum(label > 0 for label in y_test)
        scores.append((hits[1] / quakes + hits[-1] / (len(y_test) - quakes)) / 2)
    return scores


def b_value(magnitude, completeness, bin_width):
    start = completeness - bin_width / 2 if bin_width else completeness
    total, n = 0.0, 0
    for m in magnitude:
        if m >= start:
            total, n = total + m - start, n + 1
    if n == 0:
        return math.nan, math.nan
    b = 1 / (math.log(10) * total / n)
    return b, b / math.sqrt(n)


def b_value_rounded(magnitude, completeness, bin_width):
    steps = [round(float(m) / bin_width) for m in magnitude]
    return b_value([step * bin_width for step in steps], completeness, bin_width)


def b_interval(magnitude, completeness, bin_width, level, n_resamples, random_state):
    dice = random.Random(random_state)
    kept = [float(m) for m in magnitude if m >= completeness - bin_width / 2]
    found = sorted(
        b_value(dice.choices(kept, k=len(kept)), completeness, bin_width)[0]
        for _turn in range(n_resamples)
    )
    cut = round((1 - level) / 2 * n_resamples)
    return [found[cut], found[-1 - cut]]


def b_from_regression(magnitude, completeness, bin_width):
    thresholds, counts, threshold = [], [], completeness
    while (n := sum(m >= threshold - bin_width / 2 for m in magnitude)) > 0:
        thresholds.append(threshold)
        counts.append(math.log10(n))
        threshold = completeness + len(thresholds) * bin_width
    table = np.array([[1.0, one] for one in thresholds])
    unknowns = _solve_normal(table, counts)
    return -float(unknowns[1]), ordinary_errors(table, np.array(counts))[1]


def record_and_event_rmse(model, X, y, event_id, n_folds, random_state):
    dice = random.Random(random_state)
    answer = []
    for kind in (list(range(len(y))), list(event_id)):
        names = sorted(set(kind))
        dice.shuffle(names)
        fold = {name: place % n_folds for place, name in enumerate(names)}
        squares = 0.0
        for k in range(n_folds):
            inside = [i for i, name in enumerate(kind) if fold[name] == k]
            outside = [i for i, name in enumerate(kind) if fold[name] != k]
            model.fit(X[outside], y[outside])
            for i, guess in zip(inside, model.predict(X[inside]), strict=True):
                squares += (y[i] - guess) ** 2
        answer.append(math.sqrt(squares / len(y)))
    return answer


B_VALUE_M = """
function [b, b_error] = b_value(magnitude, completeness, bin_width)
total = 0;
n = 0;
for k = 1:numel(magnitude)
  if magnitude(k) >= completeness - bin_width / 2
    total = total + magnitude(k);
    n = n + 1;
  end
end
b = 1 / (log(10) * (total / n - completeness + bin_width / 2));
b_error = b / n^0.5;
end
"""
