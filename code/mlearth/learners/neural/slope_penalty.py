"""How steep a critic is, and how its weights change that: a walk back, walked back."""

from __future__ import annotations

import numpy as np

from ..._arguments import Matrix, checked, wrong
from ._types import Activation, Layer, Layers
from .activations import slope_of_bend
from .backpropagation import _fits, forward

__all__ = ["input_slopes", "slope_penalty"]

CURVES = {
    "tanh": lambda a: -2 * a,
    "relu": np.zeros_like,
    "sigmoid": lambda a: 1 - 2 * a,
    "identity": np.zeros_like,
}
"""How the slope of each activation changes with what it gave."""


def _one_score(layers: list[Layer], X: np.ndarray, **_: object) -> None:
    """Raise unless the network takes X and gives one number."""
    _fits(layers, X)
    if len(layers[-1][1]) != 1:
        what = "a network whose last layer gives one number"
        raise wrong("layers", what, f"{len(layers[-1][1])} numbers")


def walked_back(layers: list[Layer], A: list[np.ndarray], activation: str) -> list:
    """Return the slopes of a score by the sums of each layer, the first layer first.

    Parameters
    ----------
    layers : list of (W, b)
        A network of one output.
    A : list of ndarray
        What `forward` returned.
    activation : str
        As in `forward`.

    Returns
    -------
    list of ndarray, shape (n_samples, units of the layer)
    """
    deltas = [np.ones((len(A[0]), 1))]
    for k in reversed(range(1, len(layers))):
        down = deltas[-1] @ layers[k][0].T
        deltas.append(down * slope_of_bend(A[k], activation))
    return deltas[::-1]


@checked(also=_one_score)
def input_slopes(
    layers: Layers, X: Matrix, activation: Activation = "tanh"
) -> np.ndarray:
    """Return how the score of each sample changes with its features.

    Parameters
    ----------
    layers : list of (W, b)
        A network of one output, as in `forward`.
    X : array_like, shape (n_samples, n_features)
        Where to ask.
    activation : {"tanh", "relu", "sigmoid", "identity"}
        As in `forward`.

    Returns
    -------
    ndarray, shape (n_samples, n_features)

    Raises
    ------
    ValueError
        If the network has several outputs or does not fit X.

    Examples
    --------
    >>> input_slopes([(np.array([[3.0], [4.0]]), np.zeros(1))], [[1.0, 1.0]]).tolist()
    [[3.0, 4.0]]
    """
    deltas = walked_back(layers, forward(layers, X, activation), activation)
    return deltas[0] @ layers[0][0].T


@checked(also=_one_score)
def slope_penalty(
    layers: Layers, X: Matrix, activation: Activation = "tanh"
) -> tuple[float, list[Layer]]:
    """Return by how much the slopes of a critic miss 1, and the derivatives of that.

    Parameters
    ----------
    layers : list of (W, b)
        A network of one output, as in `forward`.
    X : array_like, shape (n_samples, n_features)
        Where to ask.
    activation : {"tanh", "relu", "sigmoid", "identity"}
        As in `forward`.

    Returns
    -------
    penalty : float
        Mean over the samples of ``(norm of the slopes - 1)**2``.
    gradient : list of (dW, db)
        Its derivatives by all weights and biases. Where all slopes of a sample are
        zero its norm has no derivative, and 0 is taken.

    Raises
    ------
    ValueError
        If the network has several outputs or does not fit X.

    Notes
    -----
    ``gulrajani2017improved``.

    Examples
    --------
    >>> penalty, [(dW, db)] = slope_penalty([([[3.0], [4.0]], [0.0])], [[1.0, 1.0]])
    >>> penalty, dW.ravel().round(2).tolist(), db.tolist()  # (5 - 1)^2
    (16.0, [4.8, 6.4], [0.0])
    """
    A = forward(layers, X, activation)
    deltas = walked_back(layers, A, activation)
    slopes = deltas[0] @ layers[0][0].T
    norms = np.linalg.norm(slopes, axis=1, keepdims=True)
    # Blame the slopes: each shares in the miss of its norm
    steep = np.where(norms > 0, norms, 1)
    blame = 2 * (norms - 1) * slopes / steep / len(X)
    gradient, bent = [], []
    for k, (W, _) in enumerate(layers):
        # Back through the walk back: from the input up
        gradient.append(blame.T @ deltas[k])
        up = blame @ W
        if k + 1 < len(layers):
            down = deltas[k + 1] @ layers[k + 1][0].T
            bent.append(up * down * CURVES[activation](A[k + 1]))
            blame = up * slope_of_bend(A[k + 1], activation)
    # Back through the walk forward: the slopes hang on what the units gave
    further = through_forward(layers, A, bent, activation)
    both = zip(gradient, further, strict=True)
    return float(np.mean((norms - 1) ** 2)), [(g + W, b) for g, (W, b) in both]


def through_forward(layers, A, bent, activation: str) -> list[Layer]:
    """Return derivatives by the weights, of a loss that hangs on all hidden units.

    Parameters
    ----------
    layers : list of (W, b)
        A network.
    A : list of ndarray
        What `forward` returned.
    bent : list of ndarray
        Direct derivatives by what each hidden layer gave.
    activation : str
        As in `forward`.

    Returns
    -------
    list of (dW, db)
    """
    delta, found = np.zeros_like(A[-1]), []
    for k in reversed(range(len(layers))):
        found.append((A[k].T @ delta, delta.sum(axis=0)))
        if k > 0:
            given = delta @ layers[k][0].T + bent[k - 1]
            delta = given * slope_of_bend(A[k], activation)
    return found[::-1]
