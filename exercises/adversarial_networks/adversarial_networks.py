"""The best discriminator, the duel of two networks, and a critic that is kept level.

Write the three functions below. The first can also be written in MATLAB, in `best.m`.
"""

import numpy as np


def best(p, q):
    """Return the chance of being real that the best discriminator gives.

    Parameters
    ----------
    p : ndarray, shape (n,)
        Density of real samples at n places, >= 0.
    q : ndarray, shape (n,)
        Density of made samples there, >= 0.

    Returns
    -------
    ndarray, shape (n,)
        0.5 where both densities are zero.
    """
    raise NotImplementedError("not written yet")


def duel(real, made, contest):
    """Return the derivatives of both losses by the scores.

    The critic's loss is the mean of ``-ln sigma(score)`` over real samples plus that
    of ``-ln sigma(-score)`` over made ones. The generator's loss is the mean over made
    samples of ``ln sigma(-score)`` ("minimax") or of ``-ln sigma(score)``
    ("non_saturating"). In "wasserstein" the critic's loss is the mean score of made
    samples minus that of real ones, and the generator's minus the mean score of made
    samples.

    Parameters
    ----------
    real : ndarray, shape (n,)
        Scores of real samples, from -30 to 30.
    made : ndarray, shape (m,)
        Scores of made samples.
    contest : {"minimax", "non_saturating", "wasserstein"}
        Which losses.

    Returns
    -------
    ndarray, shape (n + m + m,)
        Of the critic's loss by the real scores, of the critic's loss by the made
        scores, of the generator's loss by the made scores.
    """
    raise NotImplementedError("not written yet")


def level(W, b, v, X):
    """Return the penalty, without its weight, on slopes of a critic that miss 1.

    The score of a sample x is ``tanh(x @ W + b) @ v``.

    Parameters
    ----------
    W : ndarray, shape (n_features, n_units)
        Weights of the hidden layer.
    b : ndarray, shape (n_units,)
        Its biases.
    v : ndarray, shape (n_units,)
        Weights of its units in the score.
    X : ndarray, shape (n, n_features)
        Where the slopes by the features are asked for.

    Returns
    -------
    float
        Mean over the samples of the square of what the norm of the slopes lacks to 1.
    """
    raise NotImplementedError("not written yet")
