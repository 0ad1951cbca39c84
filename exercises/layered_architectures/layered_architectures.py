"""Normalise a sample, hand the blame back, and follow it through many blocks.

Write the three functions below. The first can also be written in MATLAB, in
`normalised.m`.
"""

import numpy as np


def normalised(x, gain, offset, epsilon):
    """Return samples of mean zero and spread one, times a gain, plus an offset.

    Mean and spread of each sample are taken over its units. The spread is the root of
    the variance (divided by the number of units) plus epsilon.

    Parameters
    ----------
    x : ndarray, shape (n_samples, n_units)
        What enters. It must not be changed.
    gain, offset : ndarray, shape (n_units,)
        What each unit is multiplied by, and what is then added to it.
    epsilon : float
        Is added to the variance, > 0.

    Returns
    -------
    ndarray, shape (n_samples, n_units)
    """
    raise NotImplementedError("not written yet")


def blame(x, gain, delta, epsilon):
    """Return the derivatives of a loss by what entered `normalised`.

    Parameters
    ----------
    x, gain, epsilon
        As in `normalised`. They must not be changed.
    delta : ndarray, shape (n_samples, n_units)
        Derivative of the loss by each output of `normalised`.

    Returns
    -------
    ndarray, shape (n_samples, n_units)
    """
    raise NotImplementedError("not written yet")


def through(x, blocks, delta):
    """Return the derivatives of a loss by what entered a stack of residual blocks.

    Each block makes ``x + np.maximum(x @ W, 0) @ V`` of what the one before made.
    Where ``x @ W`` is exactly zero, no derivative passes.

    Parameters
    ----------
    x : ndarray, shape (n_samples, n_units)
        What enters the first block. It must not be changed.
    blocks : list of (W, V)
        Weights of each block, from the first on: shapes (n_units, n_inner) and
        (n_inner, n_units).
    delta : ndarray, shape (n_samples, n_units)
        Derivative of the loss by each output of the last block. It must not be changed.

    Returns
    -------
    ndarray, shape (n_samples, n_units)
    """
    raise NotImplementedError("not written yet")
