"""Dense networks in Keras with the weights of `mlearth.learners`, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np

from .._arguments import Accepted, checked, shown, wrong
from ..learners.neural._types import Activation, Chain, Layer, Layers
from .keras_import import load_keras, load_tensorflow

__all__ = ["dense_network", "layers_of", "stacked_variables"]

DENSE = Accepted(
    "a Keras model of Dense layers",
    lambda value: (
        bool(getattr(value, "layers", None))
        and all(type(layer).__name__ == "Dense" for layer in value.layers)
    ),
)
Model = Annotated[Any, DENSE]


@dataclass(frozen=True)
class Alike:
    """Networks whose layers have the same shapes."""

    def check(self, name: str, value: Any, *known: Any) -> list[list[Layer]]:
        """Return the networks, or raise a ValueError that names them."""
        if not isinstance(value, list | tuple) or not value:
            raise wrong(name, "a list of networks, each a list of (W, b)", shown(value))
        found = [Chain().check(f"{name}[{k}]", one) for k, one in enumerate(value)]
        if len({tuple(W.shape for W, _ in layers) for layers in found}) > 1:
            raise wrong(name, "networks of the same sizes", "different ones")
        return found


@checked
def dense_network(
    layers: Layers,
    activation: Activation = "tanh",
    dtype: Literal["float64", "float32"] = "float64",
) -> Any:
    """Build a network in Keras that says what `mlearth.learners.forward` says.

    Parameters
    ----------
    layers : list of (W, b)
        Weights, shape (units below, units), and biases, shape (units,), of each layer.
    activation : {"tanh", "relu", "sigmoid", "identity"}
        What bends the sums of all layers but the last.
    dtype : {"float64", "float32"}
        Precision of its numbers; Keras takes the second where nothing is said.

    Returns
    -------
    keras.Sequential
        Not compiled.

    Raises
    ------
    ValueError
        If the layers do not fit together, or another argument is not as described.

    Examples
    --------
    ::

        network = dense_network(MLPRegressor().fit(X, y).layers_)
        network.predict(X)
    """
    keras = load_keras()
    bends = [activation if activation != "identity" else None] * (len(layers) - 1)
    network = keras.Sequential(name="dense_network")
    network.add(keras.Input((len(layers[0][0]),), dtype=dtype))
    for (_, b), bend in zip(layers, [*bends, None], strict=True):
        network.add(keras.layers.Dense(len(b), bend, dtype=dtype))
    for dense, weights in zip(network.layers, layers, strict=True):
        dense.set_weights(weights)
    return network


@checked
def layers_of(network: Model) -> list[Layer]:
    """Return the weights and biases of a network that Keras has trained.

    Parameters
    ----------
    network : keras.Sequential
        A network of Dense layers.

    Returns
    -------
    list of (W, b)
        As `mlearth.learners.forward` takes them.

    Raises
    ------
    ValueError
        If the network has layers of other kinds.

    Examples
    --------
    ::

        layers = layers_of(dense_network(layers))
    """
    return [
        (np.array(W, dtype=float), np.array(b, dtype=float))
        for W, b in (layer.get_weights() for layer in network.layers)
    ]


@checked
def stacked_variables(networks: Annotated[list, Alike()]) -> list[Any]:
    """Stack the weights of many networks, so that one program trains them all.

    Parameters
    ----------
    networks : list of list of (W, b)
        Layers of each, as `mlearth.learners.initial_weights` draws them; of one form.

    Returns
    -------
    list of tf.Variable
        Single precision: for each layer weights of shape (n_networks, units below,
        units) and biases of shape (n_networks, 1, units).

    Raises
    ------
    ValueError
        If there is none, or they differ in form.

    Examples
    --------
    ::

        theta = stacked_variables([initial_weights([3, 8, 1]) for _ in range(100)])
    """
    tf = load_tensorflow()
    found = []
    for layer in zip(*networks, strict=True):
        found.append(tf.Variable(np.stack([W for W, _ in layer]), dtype="float32"))
        biases = np.stack([b[None] for _, b in layer])
        found.append(tf.Variable(biases, dtype="float32"))
    return found
