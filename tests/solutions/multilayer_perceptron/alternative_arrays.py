"""Columns of ones, cumulated minima, and the walk as differences of places."""

import numpy as np


def tanh_gradient(W, b, v, c, X, y):
    ones = np.ones((len(X), 1))
    inputs = np.hstack([X, ones])
    hidden = np.tanh(inputs @ np.vstack([W, b]))
    outputs = np.hstack([hidden, ones])
    blame = (outputs @ np.append(v, c) - y)[:, None] / len(X)
    top = outputs.T @ blame
    bottom = inputs.T @ (
        blame @ np.reshape(v, (1, -1)) / np.cosh(inputs @ np.vstack([W, b])) ** 2
    )
    return np.concatenate([bottom[:-1].ravel(), bottom[-1], top.ravel()])


def momentum_walk(gradient, theta, eta, beta, n_steps):
    here = before = np.asarray(theta, dtype=float)
    for _ in range(n_steps):
        here, before = here + beta * (here - before) - eta * gradient(here), here
    return here


def stopped(losses, patience):
    losses = np.asarray(losses, dtype=float)
    best = np.array([np.argmin(losses[: k + 1]) for k in range(len(losses))])
    over = np.flatnonzero(np.arange(len(losses)) - best >= patience)
    end = over[0] if over.size else len(losses) - 1
    return int(end), int(best[end])


TANH_GRADIENT_M = """
function gradient = tanh_gradient(W, b, v, c, X, y)
n = size(X, 1);
a = tanh(bsxfun(@plus, X * W, b'));
e = (a * v + c - y) / n;
d = bsxfun(@times, e, v') .* (1 - a .* a);
gradient = [reshape((X' * d)', [], 1); (ones(1, n) * d)'; (e' * a)'; ones(1, n) * e];
end
"""
