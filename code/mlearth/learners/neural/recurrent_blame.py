"""One step of a recurrent network backwards: who is to blame for the next state.

Each function takes what its step took, and the derivatives of the loss by what the step
gave. It returns the derivatives by the state before, by the inputs, and by the weights.
What the step computed is computed again, so that nothing has to be kept.
"""

from __future__ import annotations

import numpy as np

from ..linear.logistic_regression import sigmoid

__all__ = ["gru_back", "lstm_back", "rnn_back"]


def rnn_back(x, h, W, U, b, dh):
    """Return the blame of the state, of the inputs and of the weights of `rnn_step`."""
    dz = dh * (1 - np.tanh(x @ W + h @ U + b) ** 2)
    return (dz @ U.T,), dz @ W.T, (x.T @ dz, h.T @ dz, dz.sum(axis=0))


def lstm_back(x, h, c, W, U, b, dh, dc):
    """Return the blame of both states, of the inputs and of the weights of the LSTM."""
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    told = np.tanh(f * c + i * g)
    # Tell, backwards: the memory is blamed for what was said
    dc = dc + dh * o * (1 - told**2)
    # Forget and write, backwards: each gate times its slope
    gates = (dc * g * i * (1 - i), dc * c * f * (1 - f))
    gates += (dc * i * (1 - g**2), dh * told * o * (1 - o))
    # Weigh, backwards: as in every layer
    dz = np.concatenate(gates, axis=1)
    return (dz @ U.T, dc * f), dz @ W.T, (x.T @ dz, h.T @ dz, dz.sum(axis=0))


def gru_back(x, h, W, U, b, dh):
    """Return the blame of the state, of the inputs and of the weights of the GRU."""
    xz, xr, xg = np.split(x @ W + b[0], 3, axis=1)
    hz, hr, hg = np.split(h @ U + b[1], 3, axis=1)
    z, r = sigmoid(xz + hz), sigmoid(xr + hr)
    g = np.tanh(xg + r * hg)
    # Forget and write, backwards: each gate times its slope
    dg = dh * (1 - z) * (1 - g**2)
    gates = (dh * (h - g) * z * (1 - z), dg * hg * r * (1 - r))
    by_inputs = np.concatenate([*gates, dg], axis=1)
    by_state = np.concatenate([*gates, dg * r], axis=1)
    # Weigh, backwards: as in every layer
    db = np.stack([by_inputs.sum(axis=0), by_state.sum(axis=0)])
    grads = x.T @ by_inputs, h.T @ by_state, db
    return (by_state @ U.T + dh * z,), by_inputs @ W.T, grads
