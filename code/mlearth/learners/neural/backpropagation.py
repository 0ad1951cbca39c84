"""A network of layers from scratch: what it says, and how its loss depends on it.

A layer is a pair ``(W, b)``: weights of shape (units below, units) and biases. All but
the last bend their sums by an activation.
"""

from __future__ import annotations

import numpy as np

from ..._arguments import Matrix, NotNegative, Positive, checked, wrong
from ..._arguments import Outputs as Target
from ..linear.softmax_regression import log_softmax, softmax
from ._types import Activation, Layer, LayerOutputs, Layers, Loss
from .activations import bend, slope_of_bend
from .starting_weights import pack, unpack

__all__ = [
    "backward",
    "forward",
    "gradient_check",
    "network_gradient",
    "network_loss",
]


def _fits(layers: list[Layer], X: np.ndarray, **others: object) -> None:
    """Raise unless the first layer takes as many features as X has."""
    if len(layers[0][0]) != X.shape[1]:
        what = f"a table with {len(layers[0][0])} columns, as layers[0] takes"
        raise wrong("X", what, f"shape {X.shape}")
    if "Y" in others and len(layers[-1][1]) != np.shape(others["Y"])[1]:
        what = f"a table with {len(layers[-1][1])} columns, as the last layer gives"
        raise wrong("Y", what, f"shape {np.shape(others['Y'])}")


@checked(also=_fits)
def forward(
    layers: Layers, X: Matrix, activation: Activation = "tanh"
) -> list[np.ndarray]:
    """Return what every layer gives, beginning with the samples themselves.

    Parameters
    ----------
    layers : list of (W, b)
        Weights, shape (units below, units), and biases, shape (units,), of each layer.
    X : array_like, shape (n_samples, n_features)
        Samples.
    activation : {"tanh", "relu", "sigmoid", "identity"}
        What bends the sums of all layers but the last.

    Returns
    -------
    list of ndarray
        X, what each hidden layer gives, and the sums of the last layer.

    Raises
    ------
    ValueError
        If the layers do not fit together or to X, or something is not finite.

    Examples
    --------
    >>> layers = [(np.array([[1.0, -1.0]]), np.zeros(2)), (np.ones((2, 1)), np.ones(1))]
    >>> forward(layers, [[-3.0], [2.0]], "relu")[-1].tolist()  # |x| + 1
    [[4.0], [3.0]]
    """
    A = [X]
    # Forward: weigh, add, bend
    for W, b in layers[:-1]:
        A.append(bend(A[-1] @ W + b, activation))
    W, b = layers[-1]
    return [*A, A[-1] @ W + b]


def _same_rows(layers: list[Layer], A: list, delta: np.ndarray, **_: object) -> None:
    """Raise unless A and delta belong to these layers and to one another."""
    widths = [len(layers[0][0]), *(len(b) for _, b in layers)]
    if [a.shape[1] for a in A] != widths:
        got = [a.shape[1] for a in A]
        raise wrong("A", f"arrays with {widths} columns, as layers have", got)
    if delta.shape != A[-1].shape:
        raise wrong("delta", f"of shape {A[-1].shape}", f"shape {delta.shape}")


@checked(also=_same_rows)
def backward(
    layers: Layers, A: LayerOutputs, delta: Matrix, activation: Activation = "tanh"
) -> list[Layer]:
    """Return the derivatives of the loss by all weights and biases: backpropagation.

    Parameters
    ----------
    layers : list of (W, b)
        As in `forward`.
    A : list of ndarray
        What `forward` returned.
    delta : array_like, shape (n_samples, n_outputs)
        Derivative of the loss by the sums of the last layer.
    activation : {"tanh", "relu", "sigmoid", "identity"}
        As in `forward`.

    Returns
    -------
    list of (dW, db)
        Of the shapes of `layers`.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Notes
    -----
    ``rumelhart1986learning``.

    Examples
    --------
    >>> layers = [(np.array([[2.0]]), np.zeros(1))]
    >>> backward(layers, forward(layers, [[3.0]]), [[1.0]])
    [(array([[3.]]), array([1.]))]
    """
    gradient = []
    for k in reversed(range(len(layers))):
        # Backward: what the weights of this layer did
        gradient.append((A[k].T @ delta, delta.sum(axis=0)))
        if k > 0:
            # Backward: hand the blame to the layer below
            delta = (delta @ layers[k][0].T) * slope_of_bend(A[k], activation)
    return gradient[::-1]


@checked(also=_fits)
def network_loss(
    layers: Layers,
    X: Matrix,
    Y: Target,
    activation: Activation = "tanh",
    loss: Loss = "squared",
    alpha: NotNegative = 0.0,
) -> float:
    """Return the mean loss of a network, with the penalty on its weights.

    Parameters
    ----------
    layers : list of (W, b)
        As in `forward`.
    X : array_like, shape (n_samples, n_features)
        Samples.
    Y : array_like, shape (n_samples, n_outputs)
        Targets; for the cross-entropy one in the column of a sample's class, else zero.
    activation : {"tanh", "relu", "sigmoid", "identity"}
        As in `forward`.
    loss : {"squared", "cross_entropy"}
        Half the squared distance from the target, or minus the logarithm of the
        probability that softmax gives to the class.
    alpha : float
        Strength of the penalty, >= 0: ``alpha / (2 * n_samples)`` times the sum of the
        squared weights. Biases go free.

    Returns
    -------
    float
        Loss [unit of Y, squared, or nat].

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    >>> layers = [(np.zeros((1, 2)), np.zeros(2))]
    >>> round(network_loss(layers, [[3.0]], [[0, 1]], loss="cross_entropy"), 4)
    0.6931
    """
    output = forward(layers, X, activation)[-1]
    costs = (Y - output) ** 2 / 2 if loss == "squared" else -Y * log_softmax(output)
    penalty = alpha / 2 * sum(np.sum(W**2) for W, _ in layers)
    return float((costs.sum() + penalty) / len(X))


@checked(also=_fits)
def network_gradient(
    layers: Layers,
    X: Matrix,
    Y: Target,
    activation: Activation = "tanh",
    loss: Loss = "squared",
    alpha: NotNegative = 0.0,
) -> list[Layer]:
    """Return the derivatives of `network_loss` by all weights and biases.

    Parameters
    ----------
    layers, X, Y, activation, loss, alpha
        As in `network_loss`.

    Returns
    -------
    list of (dW, db)
        Of the shapes of `layers`.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    >>> layers = [(np.zeros((1, 2)), np.zeros(2))]
    >>> network_gradient(layers, [[3.0]], [[0, 1]], loss="cross_entropy")
    [(array([[ 1.5, -1.5]]), array([ 0.5, -0.5]))]
    """
    A = forward(layers, X, activation)
    # Error at the top
    said = A[-1] if loss == "squared" else softmax(A[-1])
    gradient = backward(layers, A, (said - Y) / len(X), activation)
    return [
        (dW + alpha / len(X) * W, db)
        for (dW, db), (W, _) in zip(gradient, layers, strict=True)
    ]


@checked(also=_fits)
def gradient_check(
    layers: Layers,
    X: Matrix,
    Y: Target,
    activation: Activation = "tanh",
    loss: Loss = "squared",
    alpha: NotNegative = 0.0,
    step: Positive = 1e-5,
) -> float:
    """Compare `network_gradient` with slopes found by nudging each weight.

    Parameters
    ----------
    layers, X, Y, activation, loss, alpha
        As in `network_loss`.
    step : float
        Nudge, > 0 [unit of a weight], up and down.

    Returns
    -------
    float
        Norm of the difference over the sum of both norms [1]: some 1e-9 where the
        gradient is right, and above 1e-3 where a term is missing. With relu a nudge
        across a kink looks like a mistake.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    >>> layers = [(np.ones((1, 2)), np.zeros(2)), (np.ones((2, 1)), np.zeros(1))]
    >>> gradient_check(layers, [[0.3], [1.0]], [[1.0], [2.0]]) < 1e-6
    True
    """
    sizes = [len(layers[0][0]), *(len(b) for _, b in layers)]
    given = X, Y, activation, loss, alpha

    def at(theta):
        return network_loss(unpack(theta, sizes), *given)

    theta, found = pack(layers), pack(network_gradient(layers, *given))
    nudges = step * np.eye(theta.size)
    slopes = [(at(theta + h) - at(theta - h)) / (2 * step) for h in nudges]
    both = np.linalg.norm(found) + np.linalg.norm(slopes)
    return float(np.linalg.norm(found - slopes) / both) if both else 0.0
