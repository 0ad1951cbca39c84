"""What bends the sums of a layer: activation functions, and their slopes."""

from __future__ import annotations

import numpy as np

from ..._arguments import Matrix, checked
from ..linear.logistic_regression import sigmoid
from ._types import Activation

__all__ = ["bend", "slope_of_bend"]

BENDS = {
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": sigmoid,
    "identity": lambda z: z,
}
SLOPES = {
    "tanh": lambda a: 1 - a**2,
    "relu": lambda a: (a > 0).astype(float),
    "sigmoid": lambda a: a * (1 - a),
    "identity": np.ones_like,
}
"""Slope of each activation, from what it gave."""


@checked
def bend(z: Matrix, activation: Activation = "tanh") -> np.ndarray:
    """Return what units give for their sums: the activation.

    Parameters
    ----------
    z : array_like, shape (n_samples, n_units)
        Sums [1].
    activation : {"tanh", "relu", "sigmoid", "identity"}
        ``tanh(z)``, ``max(z, 0)``, ``1 / (1 + exp(-z))`` or ``z`` itself.

    Returns
    -------
    ndarray, shape (n_samples, n_units)

    Raises
    ------
    ValueError
        If z is not a finite matrix, or the activation is none of the four.

    Examples
    --------
    >>> bend([[-2.0, 3.0]], "relu").tolist()
    [[0.0, 3.0]]
    """
    return BENDS[activation](z)


@checked
def slope_of_bend(a: Matrix, activation: Activation = "tanh") -> np.ndarray:
    """Return the slope of an activation where it gave `a`.

    Parameters
    ----------
    a : array_like, shape (n_samples, n_units)
        What `bend` gave [1].
    activation : {"tanh", "relu", "sigmoid", "identity"}
        As in `bend`.

    Returns
    -------
    ndarray, shape (n_samples, n_units)
        ``1 - a**2``, ``a > 0``, ``a * (1 - a)`` or 1. At its kink, where it gave 0,
        the slope of relu is taken as 0.

    Raises
    ------
    ValueError
        If a is not a finite matrix, or the activation is none of the four.

    Examples
    --------
    >>> slope_of_bend([[0.0, 0.5]], "tanh").tolist()
    [[1.0, 0.75]]
    """
    return SLOPES[activation](a)
