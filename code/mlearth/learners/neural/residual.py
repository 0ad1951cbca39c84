"""A residual block: two layers whose answer is added to what came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np

from ..._arguments import (
    Flag,
    Numbers,
    check_matrix,
    check_vector,
    checked,
    shown,
    wrong,
)
from .normalisation import Over, normalise, normalise_backward

__all__ = ["residual_block", "residual_block_backward"]

PARTS = ("gain", "offset", "W", "b", "V", "c")
EPSILON = 1e-3
"""What is added to a variance; Keras takes the same."""


@dataclass(frozen=True)
class Block:
    """The six arrays of one block."""

    accepted: str = "six arrays (gain, offset, W, b, V, c)"

    def check(self, name: str, value: Any, *known: Any) -> tuple[np.ndarray, ...]:
        """Return the arrays, or raise a ValueError that names them."""
        if not isinstance(value, list | tuple) or len(value) != 6:
            raise wrong(name, self.accepted, shown(value))
        checks = 2 * (check_vector,) + 2 * (check_matrix, check_vector)
        gain, offset, W, b, V, c = (
            check(f"{name}[{k}]", one)
            for k, (check, one) in enumerate(zip(checks, value, strict=True))
        )
        n, inner = len(gain), len(b)
        right = [(n,), (n,), (n, inner), (inner,), (inner, n), (n,)]
        for k, one in enumerate((gain, offset, W, b, V, c)):
            if one.shape != right[k]:
                what = f"of shape {right[k]}, as the others say"
                raise wrong(f"{name}[{k}]", what, f"shape {one.shape}")
        return gain, offset, W, b, V, c


Weights = Annotated[tuple, Block()]


def check_block(x, block, delta=None, **_: object) -> None:
    """Raise unless a block suits what enters it, and what came back."""
    if x.ndim not in (2, 3) or x.shape[-1] != len(block[0]):
        n = len(block[0])
        what = f"of shape (n_samples, {n}) or (n_samples, n_times, {n}), as block takes"
        raise wrong("x", what, f"shape {x.shape}")
    if delta is not None and delta.shape != x.shape:
        raise wrong("delta", f"of shape {x.shape}, as x has", f"shape {delta.shape}")


@checked(also=check_block)
def residual_block(
    x: Numbers, block: Weights, over: Over = "layer", skip: Flag = True
) -> np.ndarray:
    """Add to the input what two layers say of it, normalised.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_units) or (n_samples, n_times, n_units)
        What enters.
    block : tuple of six arrays
        Gain and offset of the normalisation, shape (n_units,); weights and biases of a
        layer of ReLU, (n_units, n_inner) and (n_inner,); of a straight layer,
        (n_inner, n_units) and (n_units,).
    over : {"layer", "batch"}
        As in `normalise`.
    skip : bool
        Whether the input is added; without it this is an ordinary pair of layers.

    Returns
    -------
    ndarray, of the shape of `x`

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Notes
    -----
    ``he2016deep`` built such blocks of convolutions, and normalised after them; here
    the normalisation comes first, so that nothing stands in the way of the input.

    Examples
    --------
    >>> idle = (np.ones(2), np.zeros(2), np.ones((2, 3)), np.zeros(3), np.zeros((3, 2)))
    >>> residual_block([[1.0, 4.0]], (*idle, np.zeros(2))).tolist()
    [[1.0, 4.0]]
    """
    gain, offset, W, b, V, c = block
    # Normalise: what the layers see has mean zero and spread one
    h = normalise(x, gain, offset, over, EPSILON)
    # Bend: a layer of ReLU, then a straight one
    h = np.maximum(h @ W + b, 0) @ V + c
    # Skip: what came in goes on beside it
    return x + h if skip else h


@checked(also=check_block)
def residual_block_backward(
    x: Numbers,
    block: Weights,
    delta: Numbers,
    over: Over = "layer",
    skip: Flag = True,
) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """Hand the blame for the outputs of `residual_block` to its input and weights.

    Parameters
    ----------
    x, block
        As in `residual_block`.
    delta : array_like, of the shape of `x`
        Derivative of the loss by each output.
    over, skip
        As in `residual_block`.

    Returns
    -------
    dx : ndarray, of the shape of `x`
    dblock : tuple of six arrays
        Derivatives by the arrays of `block`.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    A block whose last weights are zero hands the blame on as it came.

    >>> idle = (np.ones(2), np.zeros(2), np.ones((2, 3)), np.zeros(3), np.zeros((3, 2)))
    >>> delta = [[7.0, -2.0]]
    >>> residual_block_backward([[1.0, 4.0]], (*idle, np.zeros(2)), delta)[0].tolist()
    [[7.0, -2.0]]
    """
    gain, offset, W, b, V, _ = block
    n = normalise(x, gain, offset, over, EPSILON)
    z = n @ W + b
    # Through the layers: the straight one, then where ReLU let pass
    dz = (delta @ V.T) * (z > 0)
    # Through the normalisation
    dx, dgain, doffset = normalise_backward(x, gain, dz @ W.T, over, EPSILON)
    # Skip: the blame goes on beside it, as it came
    dx = delta + dx if skip else dx
    n, a, dz, d = (
        one.reshape(-1, one.shape[-1]) for one in (n, np.maximum(z, 0), dz, delta)
    )
    return dx, (dgain, doffset, n.T @ dz, dz.sum(axis=0), a.T @ d, d.sum(axis=0))
