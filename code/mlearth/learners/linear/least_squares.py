"""Least squares: two ways to the coefficients, and how well they are known."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import solve_triangular

from ..base import check_system, check_vector

__all__ = [
    "least_squares_normal",
    "least_squares_qr",
    "residual_sigma",
    "standard_errors",
]


def least_squares_normal(A: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Solve ``A.T @ A @ theta = A.T @ y``, the normal equations.

    Short, but it can lose twice as many digits as `least_squares_qr`: the condition
    number of ``A.T @ A`` is the square of that of A.

    Parameters
    ----------
    A : array_like, shape (n_samples, n_coefficients)
        Design matrix, with a column of ones if there is a bias (see `with_ones`).
    y : array_like, shape (n_samples,)
        Targets.

    Returns
    -------
    ndarray, shape (n_coefficients,)
        Coefficients with the least sum of squared residuals [unit of y per unit of the
        column].

    Raises
    ------
    ValueError
        If A or y is not finite, their rows disagree, there are fewer rows than columns,
        or the columns of A depend on one another. `numpy.linalg.LinAlgError`, which is
        a ValueError, if only ``A.T @ A`` is singular: then `least_squares_qr` helps.

    Examples
    --------
    >>> least_squares_normal([[1, 0], [1, 1], [1, 2]], [1, 3, 5]).round(9)
    array([1., 2.])
    """
    A, y = check_system(A, y)
    return np.linalg.solve(A.T @ A, A.T @ y)


def least_squares_qr(A: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Solve ``R @ theta = Q.T @ y``, where ``A = Q @ R``.

    Parameters
    ----------
    A : array_like, shape (n_samples, n_coefficients)
        Design matrix, with a column of ones if there is a bias (see `with_ones`).
    y : array_like, shape (n_samples,)
        Targets.

    Returns
    -------
    ndarray, shape (n_coefficients,)
        Coefficients with the least sum of squared residuals [unit of y per unit of the
        column].

    Raises
    ------
    ValueError
        If A or y is not finite, their rows disagree, there are fewer rows than columns,
        or the columns of A depend on one another.

    Examples
    --------
    >>> least_squares_qr([[1, 0], [1, 1], [1, 2]], [1, 3, 5]).round(9)
    array([1., 2.])
    """
    A, y = check_system(A, y)
    Q, R = np.linalg.qr(A)
    return solve_triangular(R, Q.T @ y)


def residual_sigma(A: ArrayLike, y: ArrayLike, theta: ArrayLike) -> float:
    """Estimate the scatter of the targets about the fit.

    The sum of squared residuals is divided by the rows that are left over,
    ``n_samples - n_coefficients``: a fit follows its own data, so its residuals are
    smaller than its errors.

    Parameters
    ----------
    A : array_like, shape (n_samples, n_coefficients)
        Design matrix.
    y : array_like, shape (n_samples,)
        Targets.
    theta : array_like, shape (n_coefficients,)
        Fitted coefficients.

    Returns
    -------
    float
        Standard deviation [unit of y]; NaN when no row is left over.

    Raises
    ------
    ValueError
        If A and y are no system that `least_squares_qr` accepts, or theta does not hold
        one number per column.

    Examples
    --------
    >>> residual_sigma([[1], [1], [1]], [1, 2, 3], [2])
    1.0
    """
    A, y = check_system(A, y)
    n_left_over = len(A) - A.shape[1]
    theta = check_vector("theta", theta, length=A.shape[1], of="the columns of A")
    residual = y - A @ theta
    variance = residual @ residual / n_left_over if n_left_over else np.nan
    return float(np.sqrt(variance))


def standard_errors(A: ArrayLike, y: ArrayLike, theta: ArrayLike) -> np.ndarray:
    """Return the classical standard error of each coefficient.

    They are the square roots of the diagonal of ``sigma**2 * inv(A.T @ A)``, and
    ``inv(A.T @ A)`` is ``inv(R) @ inv(R).T`` with ``A = Q @ R``.

    Parameters
    ----------
    A : array_like, shape (n_samples, n_coefficients)
        Design matrix.
    y : array_like, shape (n_samples,)
        Targets.
    theta : array_like, shape (n_coefficients,)
        Fitted coefficients.

    Returns
    -------
    ndarray, shape (n_coefficients,)
        Standard errors [units of the coefficients]; NaN when no row is left over.

    Raises
    ------
    ValueError
        If A and y are no system that `least_squares_qr` accepts, or theta does not hold
        one number per column.

    Notes
    -----
    They hold when the errors of the rows are independent and of one variance. Records
    of one earthquake share its error, so the true standard errors are larger.

    Examples
    --------
    >>> standard_errors([[1], [1], [1], [1]], [1, 2, 3, 2], [2]).round(3)
    array([0.408])
    """
    sigma = residual_sigma(A, y, theta)
    R = np.linalg.qr(A, mode="r")
    R_inverse = solve_triangular(R, np.eye(len(R)))
    return sigma * np.sqrt(np.sum(R_inverse**2, axis=1))
