"""Sample by sample, unit by unit."""

import numpy as np


def tanh_gradient(W, b, v, c, X, y):
    n, m = np.shape(X)
    units = len(b)
    dW, db, dv, dc = np.zeros((m, units)), np.zeros(units), np.zeros(units), 0.0
    for i in range(n):
        a = [
            np.tanh(sum(X[i, j] * W[j, k] for j in range(m)) + b[k])
            for k in range(units)
        ]
        error = (sum(a[k] * v[k] for k in range(units)) + c - y[i]) / n
        dc += error
        for k in range(units):
            dv[k] += error * a[k]
            down = error * v[k] * (1 - a[k] ** 2)
            db[k] += down
            for j in range(m):
                dW[j, k] += down * X[i, j]
    return np.array([*dW.ravel(), *db, *dv, dc])


def momentum_walk(gradient, theta, eta, beta, n_steps):
    theta = np.array(theta, dtype=float)
    step = np.zeros_like(theta)
    k = 0
    while k < n_steps:
        step *= beta
        step -= eta * np.asarray(gradient(theta.copy()))
        theta += step
        k += 1
    return theta


def stopped(losses, patience):
    least, best, waited = float("inf"), 0, 0
    for epoch, loss in enumerate(losses):
        if loss < least:
            least, best, waited = loss, epoch, 0
        else:
            waited += 1
        if waited >= patience:
            return [epoch, best]
    return [len(losses) - 1, best]


TANH_GRADIENT_M = """
function gradient = tanh_gradient(W, b, v, c, X, y)
[n, m] = size(X);
units = numel(b);
dW = zeros(m, units); db = zeros(units, 1); dv = db; dc = 0;
for i = 1:n
    a = tanh(W' * X(i, :)' + b);
    err = (v' * a + c - y(i)) / n;
    down = err * v .* (1 - a .^ 2);
    dW = dW + X(i, :)' * down';
    db = db + down;
    dv = dv + err * a;
    dc = dc + err;
end
dW = dW';
gradient = [dW(:); db; dv; dc];
end
"""
