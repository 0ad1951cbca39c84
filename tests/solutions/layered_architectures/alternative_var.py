"""With the variance of NumPy, and one Jacobian for each sample and block."""

import numpy as np


def normalised(x, gain, offset, epsilon):
    m, v = np.mean(x, axis=-1)[:, None], np.var(x, axis=-1)[:, None]
    return (x - m) * (gain / np.sqrt(v + epsilon)) + offset


def blame(x, gain, delta, epsilon):
    q = np.sqrt(np.var(x, axis=1) + epsilon)[:, None]
    g, c = delta * gain, x - np.mean(x, axis=1)[:, None]
    first = (g - np.average(g, axis=1)[:, None]) / q
    return first - c * np.einsum("ij,ij->i", g, c)[:, None] / (x.shape[1] * q**3)


def through(x, blocks, delta):
    J = np.tile(np.eye(x.shape[1]), (len(x), 1, 1))
    for W, V in blocks:
        on = (x @ W) > 0
        step = np.eye(x.shape[1]) + np.einsum("uk,nk,kv->nuv", W, on, V)
        J = J @ step
        x = x + np.where(on, x @ W, 0.0) @ V
    return np.einsum("nuv,nv->nu", J, delta)


NORMALISED_M = """
function y = normalised(x, gain, offset, epsilon)
y = (x - mean(x, 2)) ./ sqrt(var(x, 1, 2) + epsilon) .* gain + offset;
end
"""
