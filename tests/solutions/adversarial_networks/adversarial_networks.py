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
    # BEGIN SOLUTION
    both = p + q
    occurs = both > 0
    return np.where(occurs, p / np.where(occurs, both, 1), 0.5)
    # END SOLUTION


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
    # BEGIN SOLUTION
    n, m = len(real), len(made)
    if contest == "wasserstein":
        return np.concatenate([-np.ones(n) / n, np.ones(m) / m, -np.ones(m) / m])
    on_real = -1 / (1 + np.exp(real)) / n
    on_made = 1 / (1 + np.exp(-made)) / m
    passes = -1 / (1 + np.exp(made)) / m
    against = -on_made if contest == "minimax" else passes
    return np.concatenate([on_real, on_made, against])
    # END SOLUTION


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
    # BEGIN SOLUTION
    units = np.tanh(X @ W + b)
    slopes = ((1 - units**2) * v) @ W.T
    norms = np.sqrt((slopes**2).sum(axis=1))
    return np.mean((norms - 1) ** 2)
    # END SOLUTION


# BEGIN SOLUTION
BEST_M = """
function D = best(p, q)
D = 0.5 * ones(size(p));
occurs = p + q > 0;
D(occurs) = p(occurs) ./ (p(occurs) + q(occurs));
end
"""
# END SOLUTION
