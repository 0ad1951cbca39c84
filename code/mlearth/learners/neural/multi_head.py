"""Attention with several heads, which one sequence turns upon itself.

The weights are those of Keras's ``MultiHeadAttention``, in its order: kernel and bias
of the queries, of the keys, of the values, and of what is made of all heads.
"""

from __future__ import annotations

import numpy as np

from ..._arguments import checked, trusting
from ._attention_types import HeadWeights, Mask, fits
from ._recurrent_types import Sequences
from .attention import attend, attend_backward

__all__ = ["multi_head", "multi_head_backward"]


def asked(weights: list[np.ndarray], x: np.ndarray) -> list[np.ndarray]:
    """Return queries, keys and values, shape (n_heads, n_samples, n_times, size)."""
    return [
        np.einsum("ntd,dhk->hntk", x, kernel) + bias[:, None, None]
        for kernel, bias in zip(weights[0:6:2], weights[1:6:2], strict=True)
    ]


@trusting
def heads_said(weights, x, mask=None) -> np.ndarray:
    """Return what each head takes, shape (n_heads, n_samples, n_times, size)."""
    heads = zip(*asked(weights, x), strict=True)
    return np.stack([attend(Q, K, V, mask)[0] for Q, K, V in heads])


@checked(also=fits(0))
def multi_head(weights: HeadWeights, x: Sequences, mask: Mask = None) -> np.ndarray:
    """Let each step of a sequence look at all steps, with several heads at once.

    Parameters
    ----------
    weights : list of ndarray
        Of queries, keys and values each a kernel, shape (n_features, n_heads, size),
        and a bias, shape (n_heads, size); then a kernel, shape (n_heads, size,
        n_features), and a bias, shape (n_features,), that join the heads.
    x : array_like, shape (n_samples, n_times, n_features)
        Sequences.
    mask : ndarray of bool, shape (n_times, n_times), optional
        True where a step (row) may look (column), as in `attend`.

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
    ``vaswani2017attention``; as Keras's ``MultiHeadAttention`` with one size for
    queries and values.

    Examples
    --------
    >>> one, zero = np.ones((1, 1, 1)), np.zeros((1, 1))
    >>> weights = [one, zero, one, zero, one, zero, one, np.zeros(1)]
    >>> multi_head(weights, [[[0.0], [3.0]]], np.tri(2, dtype=bool))[0, 0].tolist()
    [0.0]
    """
    said = heads_said(weights, x, mask)
    return np.einsum("hntk,hkd->ntd", said, weights[6]) + weights[7]


@checked(also=fits(0))
def multi_head_backward(
    weights: HeadWeights, x: Sequences, delta: Sequences, mask: Mask = None
) -> tuple[list[np.ndarray], np.ndarray]:
    """Hand the blame for what `multi_head` said to its weights and its input.

    Parameters
    ----------
    weights, x
        As in `multi_head`.
    delta : array_like, shape (n_samples, n_times, n_features)
        Derivative of the loss by what was said.
    mask
        As in `multi_head`.

    Returns
    -------
    gradient : list of ndarray
        Derivatives by each of the weights.
    dx : ndarray, shape (n_samples, n_times, n_features)
        Derivatives by the sequences.

    Raises
    ------
    ValueError
        If the arrays do not fit together, something is not finite, or a step may look
        at nothing.

    Examples
    --------
    >>> one, zero = np.ones((1, 1, 1)), np.zeros((1, 1))
    >>> weights = [one, zero, one, zero, one, zero, one, np.zeros(1)]
    >>> x = np.ones((1, 2, 1))
    >>> gradient, dx = multi_head_backward(weights, x, np.ones((1, 2, 1)))
    >>> gradient[7].tolist(), dx.ravel().tolist()
    ([2.0], [1.0, 1.0])
    """
    said = heads_said(weights, x, mask)
    joined = np.einsum("hntk,ntd->hkd", said, delta), delta.sum(axis=(0, 1))
    blame = np.einsum("ntd,hkd->hntk", delta, weights[6])
    heads = zip(*asked(weights, x), blame, strict=True)
    back = [attend_backward(*four, mask) for four in heads]
    gradient, dx = [], 0.0
    for kernel, parts in zip(weights[0:6:2], zip(*back, strict=True), strict=True):
        d = np.stack(parts)
        gradient += [np.einsum("ntd,hntk->dhk", x, d), d.sum(axis=(1, 2))]
        dx = dx + np.einsum("hntk,dhk->ntd", d, kernel)
    return [*gradient, *joined], dx
