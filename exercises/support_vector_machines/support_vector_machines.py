"""Is this street the widest one?

A support vector machine knows its samples only through the kernel matrix K, with
K[i, j] = k(x_i, x_j). The labels y are -1 and +1, a holds one multiplier for each
sample, b is the bias and C the cost of a unit of slack. The decision function at
sample i is

    z_i = sum_j a_j y_j K[i, j] + b.

Write the four functions below. None of them is in the package.
"""

import numpy as np


def kernel_distances(K):
    """Return how far apart the samples are in the space of the kernel.

    There, K[i, j] is the scalar product of sample i and sample j, and the square of a
    distance is |p - q|^2 = p.p + q.q - 2 p.q, as anywhere.

    Parameters
    ----------
    K : ndarray, shape (n_samples, n_samples)
        Kernel matrix.

    Returns
    -------
    ndarray, shape (n_samples, n_samples)
        Distance of every sample from every sample. Rounding can make the square of a
        small distance slightly negative: such a distance is 0, not NaN.
    """
    raise NotImplementedError("not written yet")


def duality_gap(K, y, a, b, C):
    """Return the primal objective minus the dual one.

    The primal is |w|^2 / 2 plus C times the sum of the hinge losses, and the dual is
    sum(a) - |w|^2 / 2. Both need |w|^2 = sum_ij a_i a_j y_i y_j K[i, j].

    Parameters
    ----------
    K : ndarray, shape (n_samples, n_samples)
        Kernel matrix.
    y : ndarray, shape (n_samples,)
        Labels -1 and +1.
    a : ndarray, shape (n_samples,)
        Multipliers from 0 to C, for which sum(a * y) is 0.
    b : float
        Bias.
    C : float
        Cost of a unit of slack.

    Returns
    -------
    float
        Never negative, and zero only for the best answer.
    """
    raise NotImplementedError("not written yet")


def balanced_costs(y, C):
    """Return a cost of slack for each sample, such that both classes cost the same.

    All samples together cost what they cost before, n_samples times C, and each class
    half of it.

    Parameters
    ----------
    y : ndarray, shape (n_samples,)
        Labels -1 and +1.
    C : float
        Mean cost of a unit of slack.

    Returns
    -------
    ndarray, shape (n_samples,)
        Costs, equal within a class.
    """
    raise NotImplementedError("not written yet")


def costly_subgradient(w, b, X, y, costs):
    """Return a subgradient when every sample has its own cost of slack.

    The objective is |w|^2 / 2 + sum_i costs_i * max(0, 1 - y_i z_i), with
    z_i = w @ x_i + b. At the kink, where y_i z_i is just 1, take the slope of the side
    on which the sample costs nothing.

    Parameters
    ----------
    w : ndarray, shape (n_features,)
        Weights.
    b : float
        Bias, which is not penalised.
    X : ndarray, shape (n_samples, n_features)
        Samples.
    y : ndarray, shape (n_samples,)
        Labels -1 and +1.
    costs : ndarray, shape (n_samples,)
        Cost of a unit of slack of each sample.

    Returns
    -------
    dw : ndarray, shape (n_features,)
        Slope by each weight.
    db : float
        Slope by the bias.
    """
    raise NotImplementedError("not written yet")
