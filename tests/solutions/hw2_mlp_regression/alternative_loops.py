"""Right answers in plain loops and lists, with hardly any NumPy."""

import math
import random

import numpy as np


def design_matrix(magnitude, distance_km, vs30_m_s, h_km):
    table = []
    for m, far, v in zip(magnitude, distance_km, vs30_m_s, strict=True):
        slant = math.log10(math.sqrt(far * far + h_km * h_km))
        table.append([1.0, m, m * m, slant, m * slant, far, math.log10(v / 760)])
    return table


def _by_event(values, event_id):
    lists = {}
    for value, name in zip(values, event_id, strict=True):
        lists.setdefault(name, []).append(float(value))
    return lists


def tau_phi(residual, event_id):
    lists = list(_by_event(residual, event_id).values())
    sizes = [len(one) for one in lists]
    means = [sum(one) / len(one) for one in lists]
    squares = sum(
        (value - mean) ** 2
        for one, mean in zip(lists, means, strict=True)
        for value in one
    )
    n = sum(sizes)

    def phi2(ratio):
        return (
            squares
            + sum(
                k * mean**2 / (1 + k * ratio)
                for k, mean in zip(sizes, means, strict=True)
            )
        ) / n

    def badness(at):
        ratio = math.exp(at)
        return n * math.log(phi2(ratio)) + sum(math.log1p(k * ratio) for k in sizes)

    grid = [-20 + 0.5 * k for k in range(81)]
    middle = min(grid, key=badness)
    low, high = middle - 0.5, middle + 0.5
    for _ in range(60):
        third = (high - low) / 3
        if badness(low + third) < badness(high - third):
            high -= third
        else:
            low += third
    phi = math.sqrt(phi2(math.exp(low)))
    return phi * math.exp(low / 2), phi


def fit_with_event_terms(A, y, event_id):
    A, y = np.asarray(A, float), np.asarray(y, float)
    names = sorted(set(event_id))
    rows = [
        np.array([k for k, e in enumerate(event_id) if e == name]) for name in names
    ]
    c = np.linalg.inv(A.T @ A) @ A.T @ y
    for _ in range(40):
        tau, phi = tau_phi(y - A @ c, event_id)
        gram, right = np.zeros((A.shape[1],) * 2), np.zeros(A.shape[1])
        for at in rows:
            lost = tau**2 / (phi**2 + len(at) * tau**2)
            total = A[at].sum(axis=0)
            gram += A[at].T @ A[at] - lost * np.outer(total, total)
            right += A[at].T @ y[at] - lost * total * y[at].sum()
        c = np.linalg.solve(gram, right)
    return list(c), tau, phi


def event_terms(residual, event_id, tau, phi):
    terms = {}
    for name, one in _by_event(residual, event_id).items():
        trust = len(one) * tau**2 / (len(one) * tau**2 + phi**2)
        terms[name] = trust * sum(one) / len(one)
    return [terms[name] for name in event_id]


def event_weights(event_id):
    counts = {}
    for name in event_id:
        counts[name] = counts.get(name, 0) + 1
    return [1 / len(counts) / counts[name] for name in event_id]


def forward(X, parameters):
    W1, b1, W2, b2 = parameters
    means, logs = [], []
    for x in X:
        hidden = [math.tanh(float(x @ W1[:, k]) + b1[k]) for k in range(len(b1))]
        both = [
            sum(h * w for h, w in zip(hidden, W2[:, o], strict=True)) + b2[o]
            for o in range(2)
        ]
        means.append(both[0])
        logs.append(both[1])
    return means, logs


def loss_and_gradient(X, y, weight, parameters):
    W1, b1, W2, b2 = parameters
    slopes = [np.zeros(np.shape(one)) for one in parameters]
    loss = 0.0
    for x, value, share in zip(X, y, weight, strict=True):
        hidden = np.tanh(x @ W1 + b1)
        mean, s = hidden @ W2 + b2
        variance = math.exp(2 * s)
        r = value - mean
        loss += share * (s + r * r / 2 / variance)
        top = share * np.array([-r / variance, 1 - r * r / variance])
        low = (W2 @ top) * (1 - hidden * hidden)
        slopes[0] += np.outer(x, low)
        slopes[1] += low
        slopes[2] += np.outer(hidden, top)
        slopes[3] += top
    return loss, slopes


def train(
    X, y, event_id, parameters, eta, momentum, longest, events_per_batch, n_epochs,
    random_state,
):  # fmt: skip
    dice = random.Random(random_state)
    names = sorted(set(event_id))
    everywhere = event_weights(event_id)
    now = [np.array(one, float) for one in parameters]
    speed = [0.0 * one for one in now]
    losses = []
    for epoch in range(n_epochs):
        step = eta - eta * epoch / n_epochs
        dice.shuffle(names)
        waiting = list(names)
        while waiting:
            batch, waiting = waiting[:events_per_batch], waiting[events_per_batch:]
            at = np.array([k for k, name in enumerate(event_id) if name in batch])
            weight = event_weights(event_id[at])
            _, slopes = loss_and_gradient(X[at], y[at], weight, now)
            length = math.sqrt(sum(float((one**2).sum()) for one in slopes))
            if length > longest:
                slopes = [one * longest / length for one in slopes]
            speed = [
                momentum * v - step * g for v, g in zip(speed, slopes, strict=True)
            ]
            now = [old + push for old, push in zip(now, speed, strict=True)]
        losses.append(loss_and_gradient(X, y, everywhere, now)[0])
    return now, losses


def scores(error, event_id):
    squares = [float(e) ** 2 for e in error]
    means = [sum(one) / len(one) for one in _by_event(squares, event_id).values()]
    return math.sqrt(sum(squares) / len(squares)), math.sqrt(sum(means) / len(means))


def conformal_half_width(score, event_id, level):
    share = event_weights(event_id)
    n_events = len(set(event_id))
    reached = 0.0
    for value, part in sorted(zip(score, share, strict=True)):
        reached += part * n_events / (n_events + 1)
        if reached > level - 1e-9:
            return value
    return math.inf


def _deal(labels, n_folds, dice):
    names = sorted(set(labels))
    dice.shuffle(names)
    place = {name: k % n_folds for k, name in enumerate(names)}
    return [place[name] for name in labels]


def three_rmse(model, X, y, event_id, station_id, n_folds, random_state):
    dice = random.Random(random_state)
    of_event = _deal(event_id, n_folds, dice)
    of_station = _deal(station_id, n_folds, dice)
    both = list(zip(of_event, of_station, strict=True))
    errors = [], [], []
    for k in range(n_folds):
        asked = [i for i, (e, s) in enumerate(both) if e == k and s == k]
        known = [i for i, (e, _) in enumerate(both) if e != k]
        strangers = [i for i, (e, s) in enumerate(both) if e != k and s != k]
        fewer = dice.sample(known, len(strangers))
        if asked:
            for kept, rows in zip(errors, (known, fewer, strangers), strict=True):
                model.fit(X[rows], y[rows])
                said = model.predict(X[asked])
                kept.extend(float(v - a) for v, a in zip(y[asked], said, strict=True))
    return [math.sqrt(sum(e * e for e in kept) / len(kept)) for kept in errors]


LOSS_AND_GRADIENT_M = """
function [loss, dW1, db1, dW2, db2] = loss_and_gradient(X, y, w, W1, b1, W2, b2)
loss = 0;
dW1 = zeros(size(W1)); db1 = zeros(size(b1));
dW2 = zeros(size(W2)); db2 = zeros(size(b2));
for i = 1:size(X, 1)
    h = tanh(X(i, :) * W1 + b1);
    out = h * W2 + b2;
    v = exp(2 * out(2));
    r = y(i) - out(1);
    loss = loss + w(i) * (out(2) + r^2 / (2 * v));
    top = w(i) * [-r / v, 1 - r^2 / v];
    low = (top * W2') .* (1 - h.^2);
    dW1 = dW1 + X(i, :)' * low;
    db1 = db1 + low;
    dW2 = dW2 + h' * top;
    db2 = db2 + top;
end
end
"""
