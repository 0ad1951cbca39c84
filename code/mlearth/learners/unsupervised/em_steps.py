"""The two steps of EM for a mixture of normal distributions, and their logarithms."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike
from scipy.linalg import solve_triangular

from ..._arguments import Matrix, NotNegative, Others, checked
from ..._arguments.types import FEATURES, OTHERS, SAMPLES, Array, are_shares

__all__ = [
    "Mixture",
    "expectation",
    "log_densities",
    "log_sum_exp",
    "maximisation",
]

Covariances = Annotated[ArrayLike, Array((OTHERS, FEATURES, FEATURES))]
Logarithms = Annotated[ArrayLike, Array((SAMPLES, OTHERS))]
Memberships = Annotated[
    ArrayLike, Array((SAMPLES, OTHERS), "shares >= 0 that add up to 1", are_shares)
]
Portions = Annotated[
    ArrayLike,
    Array((OTHERS,), "shares > 0 that add up to 1", lambda a: are_shares(a) & (a > 0)),
]

TINY = 10 * np.finfo(float).eps
"""Keeps the mean of a component to which no sample belongs from a division by zero."""

FLAT = 1e-12
"""A variance of so small a share, the other features given, is nothing but rounding."""


class Mixture(NamedTuple):
    """Shares, means and covariances of K normal distributions.

    Attributes
    ----------
    shares : ndarray, shape (n_components,)
        Share of each component [1]; they add up to 1.
    means : ndarray, shape (n_components, n_features)
        Means.
    covariances : ndarray, shape (n_components, n_features, n_features)
        Covariance matrices.
    """

    shares: np.ndarray
    means: np.ndarray
    covariances: np.ndarray


@checked
def log_sum_exp(a: Logarithms) -> np.ndarray:
    """Return the logarithm of the sum of exponentials of each row, without underflow.

    Parameters
    ----------
    a : ndarray, shape (n_samples, n_terms)
        Logarithms.

    Returns
    -------
    ndarray, shape (n_samples,)
        ``log(exp(a).sum(axis=1))``, where the largest exponential is taken out first.

    Raises
    ------
    ValueError
        If a is not a finite matrix.

    Examples
    --------
    >>> log_sum_exp([[-1000.0, -1000.0], [0.0, -1000.0]]).round(3)
    array([-999.307,    0.   ])
    """
    largest = a.max(axis=1)
    return largest + np.log(np.exp(a - largest[:, None]).sum(axis=1))


@checked(singular="covariances")
def log_densities(X: Matrix, means: Others, covariances: Covariances) -> np.ndarray:
    """Return the logarithm of each component's density at each sample.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_features)
        Samples.
    means : ndarray, shape (n_components, n_features)
        Means of the components.
    covariances : ndarray, shape (n_components, n_features, n_features)
        Their covariance matrices, positive definite.

    Returns
    -------
    ndarray, shape (n_samples, n_components)
        Natural logarithms of densities.

    Raises
    ------
    ValueError
        If an array is not finite, shapes do not agree, or a covariance is singular.

    Examples
    --------
    >>> log_densities([[0.0], [1.0]], [[0.0]], [[[1.0]]]).round(3).ravel()
    array([-0.919, -1.419])
    """
    columns = []
    for mean, covariance in zip(means, covariances, strict=True):
        root = np.linalg.cholesky(covariance)
        if np.any(np.diag(root) ** 2 < FLAT * np.diag(covariance)):
            raise LinAlgError("a feature follows from the others, but for rounding")
        z = solve_triangular(root, (X - mean).T, lower=True)
        constant = X.shape[1] / 2 * np.log(2 * np.pi) + np.log(np.diag(root)).sum()
        columns.append(-constant - np.sum(z**2, axis=0) / 2)
    return np.column_stack(columns)


@checked(singular="covariances")
def expectation(
    X: Matrix, shares: Portions, means: Others, covariances: Covariances
) -> tuple[np.ndarray, float]:
    """Share out each sample among the components: the E-step.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_features)
        Samples.
    shares : ndarray, shape (n_components,)
        Share of each component, > 0.
    means : ndarray, shape (n_components, n_features)
        Means of the components.
    covariances : ndarray, shape (n_components, n_features, n_features)
        Their covariance matrices, positive definite.

    Returns
    -------
    R : ndarray, shape (n_samples, n_components)
        Probability of each component, given the sample [1]; rows add up to 1.
    log_likelihood : float
        Mean of the logarithm of the mixture's density [nat per sample].

    Raises
    ------
    ValueError
        If an array is not finite, shapes do not agree, or a covariance is singular.

    Examples
    --------
    >>> bells = [0.5, 0.5], [[0.0], [4.0]], [[[1.0]], [[1.0]]]
    >>> R, log_likelihood = expectation([[2.0], [0.0]], *bells)
    >>> R.round(2).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    # Share out each sample among the bells
    joint = np.log(shares) + log_densities(X, means, covariances)
    total = log_sum_exp(joint)
    return np.exp(joint - total[:, None]), float(total.mean())


@checked
def maximisation(X: Matrix, R: Memberships, floor: NotNegative = 0.0) -> Mixture:
    """Fit each component to the samples, weighed by what belongs to it: the M-step.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_features)
        Samples.
    R : ndarray, shape (n_samples, n_components)
        Probability of each component for each sample [1]; rows add up to 1.
    floor : float
        Added to all variances [square of the unit of a feature], so that no component
        collapses.

    Returns
    -------
    Mixture
        Shares, means and covariances.

    Raises
    ------
    ValueError
        If an array is not finite, or their numbers of rows differ.

    Examples
    --------
    >>> found = maximisation([[0.0], [2.0], [9.0]], [[1, 0], [1, 0], [0, 1]], 0.1)
    >>> found.shares.round(2), found.means.ravel(), found.covariances.ravel()
    (array([0.67, 0.33]), array([1., 9.]), array([1.1, 0.1]))
    """
    # Fit each bell to its part of the samples
    counts = R.sum(axis=0) + TINY
    means = R.T @ X / counts[:, None]
    apart = [X - mean for mean in means]
    covariances = [
        (r * d.T) @ d / n for r, d, n in zip(R.T, apart, counts, strict=True)
    ]
    # Keep every bell from collapsing
    covariances = np.array(covariances) + floor * np.eye(X.shape[1])
    return Mixture(counts / counts.sum(), means, covariances)
