"""Least squares: two ways to the coefficients, and how well they are known."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.linalg import solve_triangular

from ..._arguments import Matrix, Vector, Weights, checked, wrong
from ..base import check_system

__all__ = [
    "least_squares_normal",
    "least_squares_qr",
    "residual_sigma",
    "standard_errors",
]


@checked(singular="A")
def least_squares_normal(A: Matrix, y: Vector) -> np.ndarray:
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
        or the columns of A depend on one another. Where only ``A.T @ A`` is singular to
        rounding, `least_squares_qr` helps.

    Examples
    --------
    >>> least_squares_normal([[1, 0], [1, 1], [1, 2]], [1, 3, 5]).round(9)
    array([1., 2.])
    """
    check_system(A)
    return np.linalg.solve(A.T @ A, A.T @ y)


@checked
def least_squares_qr(A: Matrix, y: Vector) -> np.ndarray:
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
    check_system(A)
    # Factor the design
    Q, R = np.linalg.qr(A)
    # Solve the triangle
    return solve_triangular(R, Q.T @ y)


def check_left_over(A: np.ndarray, **others: Any) -> None:
    """Raise a ValueError unless rows are left over when A is fitted."""
    check_system(A)
    if len(A) == A.shape[1]:
        raise wrong("A", "a table of more rows than columns", f"shape {A.shape}")


@checked(also=check_left_over)
def residual_sigma(A: Matrix, y: Vector, theta: Weights) -> float:
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
        Standard deviation [unit of y].

    Raises
    ------
    ValueError
        If A and y are no system that `least_squares_qr` accepts, no row is left over,
        or theta does not hold one number per column.

    Examples
    --------
    >>> residual_sigma([[1], [1], [1]], [1, 2, 3], [2])
    1.0
    """
    n_left_over = len(A) - A.shape[1]
    residual = y - A @ theta
    return float(np.sqrt(residual @ residual / n_left_over))


@checked(also=check_left_over)
def standard_errors(A: Matrix, y: Vector, theta: Weights) -> np.ndarray:
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
        Standard errors [units of the coefficients].

    Raises
    ------
    ValueError
        If A and y are no system that `least_squares_qr` accepts, no row is left over,
        or theta does not hold one number per column.

    Notes
    -----
    They hold when the errors of the rows are independent and of one variance. Records
    of one earthquake share its error, so the true standard errors are larger.

    Examples
    --------
    >>> standard_errors([[1], [1], [1], [1]], [1, 2, 3, 2], [2]).round(3)
    array([0.408])
    """
    # Turn the scatter into errors
    sigma = residual_sigma(A, y, theta)
    R = np.linalg.qr(A, mode="r")
    R_inverse = solve_triangular(R, np.eye(len(R)))
    return sigma * np.sqrt(np.sum(R_inverse**2, axis=1))
