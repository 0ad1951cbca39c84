"""Hand the blame back through time, and read states where sequences end.

Write the two functions below. Neither is in the package. The first can also be written
in MATLAB, in `echo_gradient.m`.
"""

import numpy as np


def echo_gradient(w, u, x, y):
    """Return the derivatives of the loss of the smallest recurrent network.

    Its state begins at 0 and becomes ``tanh(w * x[t] + u * state)`` at each step. The
    loss is half the squared difference of the last state from y.

    Parameters
    ----------
    w : float
        Weight of the inputs.
    u : float
        Weight of the state.
    x : ndarray, shape (n_times,)
        The sequence, of one step or more.
    y : float
        What the last state should be.

    Returns
    -------
    ndarray, shape (2,)
        The derivatives of the loss by w and by u.
    """
    # BEGIN SOLUTION
    h = [0.0]
    for t in range(len(x)):
        h.append(np.tanh(w * x[t] + u * h[t]))
    blame, dw, du = h[-1] - y, 0.0, 0.0
    for t in reversed(range(len(x))):
        delta = blame * (1 - h[t + 1] ** 2)
        dw = dw + delta * x[t]
        du = du + delta * h[t]
        blame = delta * u
    return np.array([dw, du])
    # END SOLUTION


def last_seen(H, mask):
    """Return the state of each sequence at its last step that is there.

    Parameters
    ----------
    H : ndarray, shape (n_samples, n_times, n_units)
        What a cell said at each step.
    mask : ndarray of bool, shape (n_samples, n_times)
        True where a sequence has a step. Gaps may lie anywhere.

    Returns
    -------
    ndarray, shape (n_samples, n_units)
        One row of H for each sequence, and zeros where no step is there.
    """
    # BEGIN SOLUTION
    n, n_times = mask.shape
    last = n_times - 1 - np.argmax(mask[:, ::-1], axis=1)
    found = H[np.arange(n), last]
    return np.where(mask.any(axis=1)[:, None], found, 0.0)
    # END SOLUTION


# BEGIN SOLUTION
ECHO_GRADIENT_M = """
function gradient = echo_gradient(w, u, x, y)
h = zeros(numel(x) + 1, 1);
for t = 1:numel(x)
    h(t + 1) = tanh(w * x(t) + u * h(t));
end
blame = h(end) - y;
gradient = [0; 0];
for t = numel(x):-1:1
    delta = blame * (1 - h(t + 1) ^ 2);
    gradient = gradient + delta * [x(t); h(t)];
    blame = delta * u;
end
end
"""
# END SOLUTION
