"""A block of a transformer: attention, then a dense network at each step.

Its weights are a list of 16 arrays: scale and shift of a normalisation, the eight of
`multi_head`, scale and shift of a second normalisation, and two dense layers.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from ..._arguments import (
    Count,
    RandomState,
    Weights,
    check_room,
    check_seed,
    checked,
    number,
    trusting,
    wrong,
)
from ._attention_types import BlockWeights, Mask, fits
from ._recurrent_types import Sequences
from .multi_head import multi_head

__all__ = ["initial_block", "layer_norm", "positions", "transformer_block"]

Small = Annotated[float, number(above=0, most=1)]


@checked
def layer_norm(
    x: Sequences, scale: Weights, shift: Weights, epsilon: Small = 1e-3
) -> np.ndarray:
    """Give the features of each step mean 0 and variance 1, then scale and shift them.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_times, n_features)
        Sequences.
    scale, shift : array_like, shape (n_features,)
        What is made of it.
    epsilon : float
        Is added to the variance, above 0 and at most 1.

    Returns
    -------
    ndarray, shape (n_samples, n_times, n_features)

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    >>> layer_norm([[[1.0, 3.0]]], np.ones(2), np.zeros(2), 1e-9).round(3).tolist()
    [[[-1.0, 1.0]]]
    """
    x = x - x.mean(axis=2, keepdims=True)
    spread = np.sqrt((x**2).mean(axis=2, keepdims=True) + epsilon)
    return x / spread * scale + shift


def _room(n_times, n_features) -> None:
    name = "n_times" if n_times >= n_features else "n_features"
    check_room(name, max(n_times, n_features), n_times * n_features)


@checked(also=_room)
def positions(n_times: Count, n_features: Count) -> np.ndarray:
    """Return numbers that tell the steps of a sequence apart: sines and cosines.

    Parameters
    ----------
    n_times, n_features : int
        Of the sequence.

    Returns
    -------
    ndarray, shape (n_times, n_features)
        Sines in the even columns and cosines in the odd ones, of ever longer periods.

    Raises
    ------
    ValueError
        If either is no whole number above 0.

    Notes
    -----
    ``vaswani2017attention``, section 3.5.

    Examples
    --------
    >>> positions(2, 2).round(2).tolist()
    [[0.0, 1.0], [0.84, 0.54]]
    """
    column = np.arange(n_features)
    angle = np.arange(n_times)[:, None] / 10000.0 ** (column // 2 * 2 / n_features)
    return np.where(column % 2 == 0, np.sin(angle), np.cos(angle))


def _check_heads(n_features, n_heads, n_hidden, random_state=None) -> None:
    if n_features % n_heads:
        raise wrong("n_heads", f"a divisor of n_features = {n_features}", f"{n_heads}")
    widest = max(n_features, n_hidden)
    name = "n_features" if widest == n_features else "n_hidden"
    check_room(name, widest, 4 * n_features**2 + 2 * n_features * n_hidden)


@checked(also=_check_heads)
def initial_block(
    n_features: Count, n_heads: Count, n_hidden: Count, random_state: RandomState = None
) -> list[np.ndarray]:
    """Draw the weights of a transformer block.

    Parameters
    ----------
    n_features : int
        Numbers at each step.
    n_heads : int
        Heads, each of ``n_features / n_heads`` numbers.
    n_hidden : int
        Units of the first dense layer.
    random_state : int, numpy.random.Generator or None
        Seed.

    Returns
    -------
    list of ndarray
        Normalisation (2 arrays), attention (8), normalisation (2), dense layers (4).
        Kernels have the spread of Glorot and Bengio, scales are 1, the rest is 0.

    Raises
    ------
    ValueError
        If an argument is not as described, or the heads do not divide the features.

    Notes
    -----
    ``glorot2010understanding``.

    Examples
    --------
    >>> [array.shape for array in initial_block(4, 2, 8, random_state=0)][2:4]
    [(4, 2, 2), (2, 2)]
    """
    rng, size = check_seed("random_state", random_state), n_features // n_heads
    one, zero = np.ones(n_features), np.zeros(n_features)

    def drawn(n_in: int, n_out: int, *shape: int) -> np.ndarray:
        return rng.normal(scale=np.sqrt(2 / (n_in + n_out)), size=shape)

    def square(*shape: int) -> np.ndarray:
        return drawn(n_features, n_features, *shape)

    heads = [(square(n_features, n_heads, size), np.zeros((n_heads, size)))] * 3
    heads = [(square(*kernel.shape), bias.copy()) for kernel, bias in heads]
    return [
        *(one, zero),
        *(array for pair in heads for array in pair),
        *(square(n_heads, size, n_features), zero.copy()),
        *(one.copy(), zero.copy()),
        *(drawn(n_features, n_hidden, n_features, n_hidden), np.zeros(n_hidden)),
        *(drawn(n_hidden, n_features, n_hidden, n_features), zero.copy()),
    ]


@checked(also=fits(0))
def transformer_block(
    weights: BlockWeights, x: Sequences, mask: Mask = None
) -> np.ndarray:
    """Walk through one block: look around, then think at each step by itself.

    Parameters
    ----------
    weights : list of ndarray
        As `initial_block` draws them.
    x : array_like, shape (n_samples, n_times, n_features)
        Sequences.
    mask : ndarray of bool, shape (n_times, n_times), optional
        True where a step (row) may look (column).

    Returns
    -------
    ndarray, shape (n_samples, n_times, n_features)

    Raises
    ------
    ValueError
        If the arrays do not fit together, something is not finite, or a step may look
        at nothing.

    Notes
    -----
    Normalised before each part, not after it as in ``vaswani2017attention``.

    Examples
    --------
    >>> weights = initial_block(4, 2, 8, random_state=0)
    >>> transformer_block(weights, np.ones((3, 5, 4))).shape
    (3, 5, 4)
    """
    return _walk(weights, x, mask)


@trusting
def _walk(weights, x, mask) -> np.ndarray:
    scale, shift, *heads = weights[:10]
    scale_2, shift_2, W, b, W_out, b_out = weights[10:]
    # Look around, and add what was taken
    x = x + multi_head(heads, layer_norm(x, scale, shift), mask)
    # Think: two dense layers at each step, and add what they say
    hidden = np.maximum(layer_norm(x, scale_2, shift_2) @ W + b, 0)
    return x + hidden @ W_out + b_out
