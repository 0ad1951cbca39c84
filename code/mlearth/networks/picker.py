"""A small U-Net that says of each sample whether P or S begins there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Annotated, Any

import numpy as np

from .._arguments import Accepted, CountOrZero, Numbers, Positive, checked, count, wrong
from ..learners.neural._types import are_sizes
from .keras_import import load_keras, load_tensorflow

__all__ = ["NETWORK", "phase_probabilities", "picker", "unit_spread"]

Channels = Annotated[
    Sequence[int],
    Accepted(
        "one to eight whole numbers from 1 to 1000, from the finest level down",
        lambda value: are_sizes(value, 1) and len(value) < 9 and max(value) <= 1000,
    ),
]


def takes_windows(value: Any) -> bool:
    """Tell whether a value is a Keras model of windows of three components."""
    shape = getattr(value, "input_shape", None)
    if not (isinstance(shape, tuple) and callable(value) and len(shape) == 3):
        return False
    said = getattr(value, "output_shape", ())
    return None not in shape[1:] and said[1:] == (shape[1], 3) and shape[2] == 3


NETWORK = Accepted(
    "a Keras model from (n_samples, 3) to (n_samples, 3), as picker makes it",
    takes_windows,
)
Network = Annotated[Any, NETWORK]


def check_levels(n_samples=1024, channels=(8, 16, 32), size=7, stride=4, **_) -> None:
    """Raise where a level of the network would not meet its partner on the way up."""
    total = stride ** len(channels)
    if n_samples % total:
        near = max(round(n_samples / total), 1) * total
        what = f"a multiple of {total}, the total stride, such as {near}"
        raise wrong("n_samples", what, n_samples)


@checked(also=check_levels)
def picker(
    n_samples: Annotated[int, count(1, 10**6)] = 1024,
    channels: Channels = (8, 16, 32),
    size: Annotated[int, count(1, 1000)] = 7,
    stride: Annotated[int, count(2, 64)] = 4,
    eta: Positive = 0.003,
    random_state: CountOrZero = 0,
) -> Any:
    """Build a U-Net from windows of three components to a score for each sample.

    Down: convolutions, each level `stride` times coarser. Up: transposed ones, each
    laid beside the level of its own fineness. It is compiled with Adam and the
    cross-entropy of its labels, see `mlearth.learners.onset_labels`.

    Parameters
    ----------
    n_samples : int
        Length of a window [samples], a multiple of ``stride ** len(channels)``.
    channels : sequence of int
        Channels of each level, from the finest down; the coarsest has as many as the
        last.
    size : int
        Taps of each kernel.
    stride : int
        From one level to the next.
    eta : float
        Learning rate.
    random_state : int
        Seed of the weights and of the order of training.

    Returns
    -------
    keras.Model
        From (n, n_samples, 3) to scores (logits) of noise, P and S, of the same shape.

    Raises
    ------
    ValueError
        If `n_samples` does not divide by the total stride, or an argument is not as
        described.

    Notes
    -----
    A smaller relative of ``zhu2019phasenet``, whose form is that of
    ``ronneberger2015unet``.

    Examples
    --------
    ::

        network = picker(random_state=1)
        network.fit(unit_spread(windows), onset_labels(onsets, 1024), epochs=10)
    """
    keras = load_keras()
    keras.utils.set_random_seed(random_state)
    layers = keras.layers
    more = {"padding": "same", "activation": "relu"}
    x = windows = keras.Input((n_samples, 3))
    levels = []
    for k, width in enumerate(channels):
        x = layers.Conv1D(width, size, stride if k else 1, **more)(x)
        levels.append(x)
    x = layers.Conv1D(channels[-1], size, stride, **more)(x)
    for width, level in zip(channels[::-1], levels[::-1], strict=True):
        x = layers.Conv1DTranspose(width, size, stride, **more)(x)
        x = layers.Concatenate()([x, level])
    x = layers.Conv1D(channels[0], size, **more)(x)
    network = keras.Model(windows, layers.Conv1D(3, 1)(x), name="picker")
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(eta), loss)
    network.optimizer.build(network.trainable_variables)  # else fit traces twice
    return network


def check_windows(x: np.ndarray, **_: object) -> None:
    """Raise unless windows have three components."""
    if x.ndim != 3 or x.shape[2] != 3:
        raise wrong("x", "of shape (n_windows, n_samples, 3)", f"shape {x.shape}")


@checked(also=check_windows)
def unit_spread(x: Numbers) -> np.ndarray:
    """Take the mean from each component, and give each window a spread of 1.

    Parameters
    ----------
    x : array_like, shape (n_windows, n_samples, 3)
        Windows; their order of components is that of training.

    Returns
    -------
    ndarray of float32, shape (n_windows, n_samples, 3)
        All components of a window divided by one number. A window without motion
        stays zero.

    Raises
    ------
    ValueError
        If `x` has another shape, or something is not finite.

    Examples
    --------
    >>> found = unit_spread([[[1.0, 5, 0], [3.0, 5, 0]]])[0, :, 0]
    >>> found.astype(float).round(2).tolist()
    [-1.73, 1.73]
    """
    x = x - x.mean(axis=1, keepdims=True)
    spread = x.std(axis=(1, 2), keepdims=True)
    return (x / np.where(spread > 0, spread, 1)).astype(np.float32)


def check_for(network: Any, x: np.ndarray, **_: object) -> None:
    """Raise unless windows are as long as those of the network."""
    if x.ndim != 3 or x.shape[1:] != network.input_shape[1:]:
        what = f"of shape (n_windows, {network.input_shape[1]}, 3), as in network"
        raise wrong("x", what, f"shape {x.shape}")


def quick(network: Any) -> Callable:
    """Return what asks a network: of Keras as one graph, anything else as it is."""
    keras = sys.modules.get("keras")  # who has a model of it has imported it
    if keras and isinstance(network, keras.Model):
        return compiled(network)
    return partial(network, training=False)


@lru_cache(maxsize=8)
def compiled(network: Any) -> Callable:
    """Return a network as one graph: layer by layer it would take ten times as long."""
    tf = load_tensorflow()
    windows = tf.TensorSpec((None, *network.input_shape[1:]), tf.float32)
    ask = partial(network, training=False)
    return tf.function(ask, input_signature=[windows])


@checked(also=check_for)
def phase_probabilities(network: Network, x: Numbers) -> np.ndarray:
    """Ask a picker how probable noise, P and S are at each sample of windows.

    Parameters
    ----------
    network : keras.Model
        As `picker` makes it.
    x : array_like, shape (n_windows, n_samples, 3)
        Windows in any unit; `unit_spread` is applied to them.

    Returns
    -------
    ndarray of float32, shape (n_windows, n_samples, 3)
        They sum to 1 at each sample; 64 windows are asked at a time.

    Raises
    ------
    ValueError
        If the windows are of another length, or something is not finite.

    Examples
    --------
    ::

        phase_probabilities(network, windows)[:, :, 1]  # of P
    """
    said, ask = np.empty(x.shape, np.float32), quick(network)
    for first in range(0, len(x), 64):
        part = slice(first, first + 64)
        scores = np.asarray(ask(unit_spread(x[part])))
        shares = np.exp(scores - scores.max(axis=2, keepdims=True))
        said[part] = shares / shares.sum(axis=2, keepdims=True)
    return said
