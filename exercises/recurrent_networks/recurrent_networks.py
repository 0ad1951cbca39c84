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
    raise NotImplementedError("not written yet")


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
    raise NotImplementedError("not written yet")
