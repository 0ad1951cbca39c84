"""Build the gradient of a network, roll downhill, and stop in time.

Write the three functions below. None is in the package. The first can also be written
in MATLAB, in `tanh_gradient.m`.
"""

import numpy as np


def tanh_gradient(W, b, v, c, X, y):
    """Return the derivatives of the loss of a network with one hidden layer.

    The network says ``tanh(X @ W + b) @ v + c``, and its loss is half the mean squared
    difference from y.

    Parameters
    ----------
    W : ndarray, shape (n_features, n_units)
        Weights of the hidden layer.
    b : ndarray, shape (n_units,)
        Its biases.
    v : ndarray, shape (n_units,)
        Weights of the output.
    c : float
        Its bias.
    X : ndarray, shape (n_samples, n_features)
        Samples.
    y : ndarray, shape (n_samples,)
        Targets.

    Returns
    -------
    ndarray, shape (n_features * n_units + 2 * n_units + 1,)
        The derivatives by W, row by row, then by b, by v and by c.
    """
    raise NotImplementedError("not written yet")


def momentum_walk(gradient, theta, eta, beta, n_steps):
    """Return where a walk with momentum is after some steps.

    Each step is beta times the step before, minus eta times the gradient where the walk
    stands. Before the first step there was none.

    Parameters
    ----------
    gradient : function
        Takes the parameters and returns the derivatives of the loss, of one shape.
    theta : ndarray, shape (n_parameters,)
        Where the walk begins. It must not be changed.
    eta : float
        Learning rate, > 0.
    beta : float
        Share of the step before that is kept, from 0 to below 1.
    n_steps : int
        Number of steps, >= 0.

    Returns
    -------
    ndarray, shape (n_parameters,)
        The parameters after the last step.
    """
    raise NotImplementedError("not written yet")


def stopped(losses, patience):
    """Return where early stopping ends a walk, and which weights it keeps.

    The walk ends after the first epoch at which the validation loss has not been below
    its least for `patience` epochs; if that never happens, after the last epoch. Kept
    are the weights of the epoch with the least loss so far, the earliest of several.

    Parameters
    ----------
    losses : ndarray, shape (n_epochs + 1,)
        Validation loss before the first epoch, and after each.
    patience : int
        How many epochs without a new least loss are borne, >= 1.

    Returns
    -------
    ndarray of two numbers
        The epoch after which the walk ends, and the epoch whose weights are kept, where
        0 is before the first.
    """
    raise NotImplementedError("not written yet")
