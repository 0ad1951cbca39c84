"""The dual problem of the support vector machine, solved two samples at a time."""

from __future__ import annotations

import numpy as np

from ..._arguments import (
    BothSigns,
    Count,
    Kernels,
    Positive,
    Signs,
    Square,
    Vector,
    checked,
)

__all__ = ["dual_objective", "smo"]

FLAT = 1e-12
"""Smallest curvature along a step: two samples at one place have none."""


@checked
def dual_objective(beta: Vector, y: Signs, K: Square) -> float:
    """Return the dual objective, which the multipliers make as large as they can.

    Parameters
    ----------
    beta : array_like, shape (n_samples,)
        Multipliers with the signs of their labels [1].
    y : array_like, shape (n_samples,)
        Labels -1 and +1.
    K : array_like, shape (n_samples, n_samples)
        Kernel matrix.

    Returns
    -------
    float
        ``y @ beta - beta @ K @ beta / 2``: never above the primal objective, and equal
        to it at the solution.

    Raises
    ------
    ValueError
        If K is not a finite square matrix, or y and beta do not fit to it.

    Notes
    -----
    ``cortes1995support``.

    Examples
    --------
    >>> dual_objective([0.5, -0.5], [1, -1], [[1.0, -1.0], [-1.0, 1.0]])
    0.5
    """
    return float(y @ beta - beta @ K @ beta / 2)


@checked
def smo(
    K: Kernels, y: BothSigns, C: Positive, tol: Positive = 1e-3, n_iter: Count = 100_000
) -> tuple[np.ndarray, float, float]:
    """Maximise `dual_objective` by sequential minimal optimisation.

    Each step takes the two samples that most violate the conditions of the solution and
    moves their multipliers, one up and one down by as much, so that their sum stays 0:
    to the best place along that line, or to the end that a bound puts there.

    Parameters
    ----------
    K : array_like, shape (n_samples, n_samples)
        Kernel matrix of the training samples.
    y : array_like, shape (n_samples,)
        Labels -1 and +1.
    C : float
        Cost of a unit of slack, > 0: the bound of a multiplier.
    tol : float
        Largest violation that is accepted, > 0 [1, as the decision function].
    n_iter : int
        Largest number of steps, >= 1.

    Returns
    -------
    beta : ndarray, shape (n_samples,)
        Multipliers with the signs of their labels, ``y * a`` with a from 0 to C. They
        sum to 0, and samples that support nothing have exactly 0.
    b : float
        Bias: the decision function is ``K @ beta + b``.
    violation : float
        The largest violation left; above `tol` if n_iter steps were too few.

    Raises
    ------
    ValueError
        If K is not a finite kernel matrix (square, symmetric and without a negative
        eigenvalue), y does not hold -1 and +1, both of them, or a parameter is out of
        its range.

    Notes
    -----
    ``platt1998sequential``; scikit-learn's is of the same family.

    Examples
    --------
    >>> K = np.outer([1.0, 2.0, -1.0], [1.0, 2.0, -1.0])
    >>> smo(K, [1, 1, -1], C=10.0)
    (array([ 0.5,  0. , -0.5]), 0.0, 0.0)
    """
    lower, upper = np.minimum(0, C * y), np.maximum(0, C * y)
    beta, v = np.zeros(len(y)), y.copy()  # v is y - K @ beta
    for _ in range(n_iter):
        # Pick the pair that disagrees most
        i = np.argmax(np.where(beta < upper, v, -np.inf))
        j = np.argmin(np.where(beta > lower, v, np.inf))
        violation = v[i] - v[j]
        if violation <= tol:
            break
        # Move both until a bound
        curvature = max(K[i, i] + K[j, j] - 2 * K[i, j], FLAT)
        room = min(upper[i] - beta[i], beta[j] - lower[j])
        step = min(violation / curvature, room)
        beta[i] += step
        beta[j] -= step
        v -= step * (K[i] - K[j])
    return beta, float(v[i] + v[j]) / 2, float(violation)
