"""Kernels: scalar products of samples in a space of more features than they have."""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.spatial.distance import cdist

from ..._arguments import (
    LARGEST,
    Count,
    Matrix,
    Others,
    Positive,
    check_room,
    checked,
    wrong,
)

__all__ = [
    "kernel_matrix",
    "linear_kernel",
    "polynomial_kernel",
    "rbf_kernel",
    "scale_gamma",
]

Kernel = Literal["linear", "polynomial", "rbf"]


def bounded(names: str, K: np.ndarray) -> np.ndarray:
    """Return a kernel matrix, unless it overflows."""
    if not np.abs(K).max() <= LARGEST:
        raise wrong(names, f"such that no kernel exceeds {LARGEST:g}", "a larger one")
    return K


@checked
def linear_kernel(X: Matrix, Z: Others) -> np.ndarray:
    """Return the scalar product ``x @ z`` of every x with every z.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Samples.
    Z : array_like, shape (n_others, n_features)
        Other samples, or the same.

    Returns
    -------
    ndarray, shape (n_samples, n_others)
        Kernel matrix [square of the unit of the features].

    Raises
    ------
    ValueError
        If X or Z is not a finite matrix, or they differ in their features.

    Examples
    --------
    >>> linear_kernel([[1.0, 2.0]], [[3.0, 4.0], [0.0, 1.0]])
    array([[11.,  2.]])
    """
    return bounded("X and Z", X @ Z.T)


@checked
def polynomial_kernel(
    X: Matrix, Z: Others, gamma: Positive, degree: Count
) -> np.ndarray:
    """Return ``(1 + gamma * x @ z) ** degree`` for every x and every z.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Samples.
    Z : array_like, shape (n_others, n_features)
        Other samples, or the same.
    gamma : float
        Scale, > 0 [one over the square of the unit of the features].
    degree : int
        Highest power of the features that takes part, >= 1.

    Returns
    -------
    ndarray, shape (n_samples, n_others)
        Kernel matrix [1].

    Raises
    ------
    ValueError
        If gamma or degree is out of its range, X or Z is not a finite matrix, or they
        differ in their features.

    Examples
    --------
    >>> polynomial_kernel([[1.0, 2.0]], [[3.0, 4.0]], gamma=1.0, degree=2)
    array([[144.]])
    """
    with np.errstate(over="ignore"):
        return bounded("gamma, degree, X and Z", (1 + gamma * X @ Z.T) ** degree)


@checked
def rbf_kernel(X: Matrix, Z: Others, gamma: Positive) -> np.ndarray:
    """Return ``exp(-gamma * |x - z|**2)``: 1 for the same place, 0 for far apart.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Samples.
    Z : array_like, shape (n_others, n_features)
        Other samples, or the same.
    gamma : float
        Scale, > 0 [one over the square of the unit of the features]. It means a length
        ``l = 1 / sqrt(2 * gamma)``: at the distance l the kernel has fallen to 0.61.

    Returns
    -------
    ndarray, shape (n_samples, n_others)
        Kernel matrix [1], from 0 to 1.

    Raises
    ------
    ValueError
        If gamma is not a finite number > 0, X or Z is not a finite matrix, or they
        differ in their features.

    Examples
    --------
    >>> rbf_kernel([[0.0]], [[0.0], [1.0], [9.0]], gamma=0.5).round(2)
    array([[1.  , 0.61, 0.  ]])
    """
    return np.exp(-gamma * cdist(X, Z, "sqeuclidean"))


@checked
def kernel_matrix(
    kernel: Kernel, X: Matrix, Z: Others, gamma: Positive, degree: Count
) -> np.ndarray:
    """Return the matrix of the named kernel; see there for the arguments.

    Parameters
    ----------
    kernel : {"linear", "polynomial", "rbf"}
        Name of the kernel.
    X, Z : array_like, shape (n_samples, n_features), (n_others, n_features)
        Samples.
    gamma : float
        Scale; the linear kernel has none and ignores it.
    degree : int
        Degree; only the polynomial kernel has one.

    Returns
    -------
    ndarray, shape (n_samples, n_others)
        Kernel matrix.

    Raises
    ------
    ValueError
        If the name is unknown, or the kernel refuses its arguments.

    Examples
    --------
    >>> kernel_matrix("linear", [[2.0]], [[3.0]], gamma=1.0, degree=3)
    array([[6.]])
    """
    check_room("X", X, len(X) * len(Z))
    if kernel == "linear":
        return linear_kernel(X, Z)
    if kernel == "polynomial":
        return polynomial_kernel(X, Z, gamma, degree)
    return rbf_kernel(X, Z, gamma)


@checked
def scale_gamma(X: Matrix) -> float:
    """Return a gamma for data of this spread: ``1 / (n_features * X.var())``.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Samples.

    Returns
    -------
    float
        What scikit-learn calls ``gamma="scale"``; 1 if all values of X are the same.

    Raises
    ------
    ValueError
        If X is not a finite matrix.

    Examples
    --------
    >>> scale_gamma([[-1.0, 1.0], [1.0, -1.0]])
    0.5
    """
    spread = X.var()
    return float(1 / (X.shape[1] * spread)) if spread > 0 else 1.0
