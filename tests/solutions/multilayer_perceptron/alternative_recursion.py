"""A sum over samples by einsum, a walk that calls itself, a search from the front."""

import numpy as np


def tanh_gradient(W, b, v, c, X, y):
    n = y.size
    z = np.einsum("ij,jk->ik", X, W) + b
    a = np.tanh(z)
    e = np.einsum("ik,k->i", a, v) + c - y
    slope = 1 - np.tanh(z) ** 2
    return (
        np.r_[
            np.einsum("i,k,ik,ij->jk", e, v, slope, X).flatten(),
            np.einsum("i,k,ik->k", e, v, slope),
            np.einsum("i,ik->k", e, a),
            e.sum(),
        ]
        / n
    )


def momentum_walk(gradient, theta, eta, beta, n_steps, step=0):
    if n_steps == 0:
        return np.array(theta)
    step = beta * step - eta * gradient(theta)
    return momentum_walk(gradient, theta + step, eta, beta, n_steps - 1, step)


def stopped(losses, patience):
    losses, best = list(losses), 0
    while True:
        ahead = losses[best + 1 : best + 1 + patience]
        lower = [k for k, loss in enumerate(ahead, best + 1) if loss < losses[best]]
        if not lower:
            return best + len(ahead), best
        best = lower[0]


TANH_GRADIENT_M = """
function gradient = tanh_gradient(W, b, v, c, X, y)
z = X * W + ones(size(X, 1), 1) * b';
a = tanh(z);
e = a * v + c - y;
s = diag(e) * (1 ./ cosh(z) .^ 2) * diag(v);
g = X' * s;
gradient = [];
for j = 1:size(g, 1), gradient = [gradient; g(j, :)']; end
gradient = [gradient; sum(s, 1)'; a' * e; sum(e)] / numel(y);
end
"""
