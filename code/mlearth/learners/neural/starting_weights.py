"""Where the walk of a network begins, and all its weights as one vector."""

from __future__ import annotations

import itertools

import numpy as np

from ..._arguments import RandomState, Vector, check_room, check_seed, checked, wrong
from ._types import Layer, Layers, Sizes, Spread

__all__ = ["initial_weights", "pack", "unpack"]


def _has_room(sizes: tuple[int, ...], **_: object) -> None:
    count = sum(n * m for n, m in itertools.pairwise(sizes))
    check_room("sizes", sizes, count)


@checked(also=_has_room)
def initial_weights(
    sizes: Sizes, spread: Spread = "glorot", random_state: RandomState = None
) -> list[Layer]:
    """Draw the weights of a network at random; its biases are zero.

    Parameters
    ----------
    sizes : sequence of int
        Numbers of inputs, of units in each hidden layer, and of outputs.
    spread : {"glorot", "he"} or float
        Standard deviation of the normal weights [1]: ``sqrt(2 / (n_below + n_units))``,
        which suits tanh; ``sqrt(2 / n_below)``, which suits relu; or a number >= 0.
    random_state : int, numpy.random.Generator or None
        Seed of the weights.

    Returns
    -------
    list of (W, b)
        Weights, shape (units below, units), and biases, shape (units,), of each layer.

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    ``glorot2010understanding`` and ``he2015delving``.

    Examples
    --------
    >>> layers = initial_weights([3, 400, 1], "he", random_state=0)
    >>> [W.shape for W, _ in layers], layers[0][0].std().round(1).item()
    ([(3, 400), (400, 1)], 0.8)
    """
    rng = check_seed("random_state", random_state)
    layers = []
    for n_below, n_units in itertools.pairwise(sizes):
        # Start: large enough to bend, small enough not to saturate
        widths = {"glorot": n_below + n_units, "he": n_below}
        sigma = np.sqrt(2 / widths[spread]) if spread in widths else spread
        W = sigma * rng.normal(size=(n_below, n_units))
        layers.append((W, np.zeros(n_units)))
    return layers


@checked
def pack(layers: Layers) -> np.ndarray:
    """Return all weights and biases as one vector, layer by layer.

    Parameters
    ----------
    layers : list of (W, b)
        Weights and biases of each layer.

    Returns
    -------
    ndarray, shape (n_parameters,)

    Raises
    ------
    ValueError
        If the layers do not fit together.

    Examples
    --------
    >>> pack([(np.array([[1.0, 2.0]]), np.array([3.0, 4.0]))])
    array([1., 2., 3., 4.])
    """
    return np.concatenate([part.ravel() for layer in layers for part in layer])


@checked
def unpack(theta: Vector, sizes: Sizes) -> list[Layer]:
    """Return the layers that `pack` made a vector of.

    Parameters
    ----------
    theta : ndarray, shape (n_parameters,)
        All weights and biases.
    sizes : sequence of int
        Numbers of inputs, of units in each hidden layer, and of outputs.

    Returns
    -------
    list of (W, b)

    Raises
    ------
    ValueError
        If theta has not as many numbers as layers of these sizes.

    Examples
    --------
    >>> unpack([1.0, 2.0, 3.0, 4.0], [1, 2])
    [(array([[1., 2.]]), array([3., 4.]))]
    """
    layers, start = [], 0
    for n_below, n_units in itertools.pairwise(sizes):
        middle, stop = start + n_below * n_units, start + (n_below + 1) * n_units
        W, b = theta[start:middle], theta[middle:stop]
        if len(b) < n_units:
            break
        layers.append((W.reshape(n_below, n_units), b))
        start = stop
    if len(layers) < len(sizes) - 1 or start != len(theta):
        needed = sum((n + 1) * m for n, m in itertools.pairwise(sizes))
        raise wrong("theta", f"{needed} numbers, for sizes {list(sizes)}", len(theta))
    return layers
