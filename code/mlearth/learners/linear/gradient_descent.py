"""Gradient descent on the squared loss, which Adaline and linear regression share."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..._arguments import (
    Count,
    Flag,
    Generator,
    Matrix,
    Number,
    Vector,
    Weights,
    check_room,
    checked,
)

__all__ = [
    "batches",
    "largest_eta",
    "safe_eta",
    "squared_loss",
    "squared_loss_gradient",
    "with_ones",
]


@checked
def squared_loss(w: Weights, b: Number, X: Matrix, y: Vector) -> float:
    """Return half the mean squared distance of the net inputs from their targets.

    Parameters
    ----------
    w : ndarray, shape (n_features,)
        Weights.
    b : float
        Bias.
    X : ndarray, shape (n_samples, n_features)
        Samples.
    y : ndarray, shape (n_samples,)
        Targets: numbers, or labels -1 and +1.

    Returns
    -------
    float
        Loss [unit of y, squared].

    Raises
    ------
    ValueError
        If an array is not finite, or their shapes do not agree.

    Examples
    --------
    >>> squared_loss(np.zeros(1), 0.0, np.array([[1.0], [2.0]]), np.array([1.0, 3.0]))
    2.5
    """
    residual = y - (X @ w + b)
    return float(residual @ residual / len(y) / 2)


@checked
def squared_loss_gradient(
    w: Weights, b: Number, X: Matrix, y: Vector
) -> tuple[np.ndarray, float]:
    """Return the derivatives of `squared_loss` by the weights and by the bias.

    Parameters
    ----------
    w : ndarray, shape (n_features,)
        Weights.
    b : float
        Bias.
    X : ndarray, shape (n_samples, n_features)
        Samples.
    y : ndarray, shape (n_samples,)
        Targets: numbers, or labels -1 and +1.

    Returns
    -------
    dw : ndarray, shape (n_features,)
        Derivative by each weight [unit of the loss per unit of the weight].
    db : float
        Derivative by the bias.

    Raises
    ------
    ValueError
        If an array is not finite, or their shapes do not agree.

    Examples
    --------
    >>> X, y = np.array([[1.0], [2.0]]), np.array([1.0, 3.0])
    >>> squared_loss_gradient(np.zeros(1), 0.0, X, y)
    (array([-3.5]), -2.0)
    """
    residual = y - (X @ w + b)
    return -X.T @ residual / len(y), float(-residual.sum() / len(y))


@checked(also=lambda n_samples, **_: check_room("n_samples", n_samples, n_samples))
def batches(
    n_samples: Count,
    batch_size: Count | None,
    shuffle: Flag,
    rng: Generator,
) -> Iterator[slice | np.ndarray]:
    """Cut one epoch into batches of rows.

    Parameters
    ----------
    n_samples : int
        Number of rows.
    batch_size : int or None
        Rows in a batch, the last of which may be smaller; None takes all rows at once.
    shuffle : bool
        Draw the order of the rows (not when `batch_size` is None: no order matters).
    rng : numpy.random.Generator
        Source of the order.

    Yields
    ------
    slice or ndarray of int
        The rows of one batch.

    Examples
    --------
    >>> for rows in batches(5, 2, False, np.random.default_rng(0)):
    ...     print(rows)
    [0 1]
    [2 3]
    [4]
    """
    if batch_size is None:
        yield slice(None)
        return
    order = rng.permutation(n_samples) if shuffle else np.arange(n_samples)
    for start in range(0, n_samples, batch_size):
        yield order[start : start + batch_size]


@checked
def with_ones(X: Matrix) -> np.ndarray:
    """Put a column of ones before the features: the bias becomes one more weight.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Samples.

    Returns
    -------
    ndarray, shape (n_samples, 1 + n_features)
        The matrix ``[1, X]``.

    Raises
    ------
    ValueError
        If X is not a finite matrix.

    Examples
    --------
    >>> with_ones([[2.0], [3.0]])
    array([[1., 2.],
           [1., 3.]])
    """
    return np.column_stack([np.ones(len(X)), X])


@checked
def largest_eta(X: Matrix) -> float:
    """Return the learning rate at which batch gradient descent stops converging.

    The squared loss is a bowl, and its steepest curvature is the largest eigenvalue of
    ``A.T @ A / n_samples`` with ``A = [1, X]``. When eta exceeds two divided by it, a
    step across the bottom ends higher up than it began.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Samples, as they are given to the learner.

    Returns
    -------
    float
        Two divided by the largest eigenvalue.

    Raises
    ------
    ValueError
        If X is not a finite matrix.

    Examples
    --------
    >>> round(largest_eta([[-1.0], [1.0]]), 9), round(largest_eta([[-10.0], [10.0]]), 9)
    (2.0, 0.02)
    """
    A = with_ones(X)
    curvature = np.linalg.eigvalsh(A.T @ A / len(A))
    return float(2 / curvature[-1])


@checked
def safe_eta(X: Matrix) -> float:
    """Return a learning rate that is small enough for batches of any size.

    One over the largest squared norm of a sample ``(1, x)``: the curvature of the loss
    of a batch is at most the mean, and so the largest, of the squared norms in it.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Samples, as they are given to the learner.

    Returns
    -------
    float
        Learning rate, at most half of ``largest_eta(X)``.

    Raises
    ------
    ValueError
        If X is not a finite matrix.

    Examples
    --------
    >>> safe_eta([[-1.0], [1.0]]), safe_eta([[-10.0], [3.0]])
    (0.5, 0.009900990099009901)
    """
    squared_norms = np.sum(with_ones(X) ** 2, axis=1)
    return float(1 / squared_norms.max())
