"""Normalisation layers: every unit, or every sample, to mean zero and spread one."""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..._arguments import Numbers, Positive, checked, wrong

__all__ = ["normalise", "normalise_backward"]

Over = Literal["layer", "batch"]


def check_units(x, gain, offset=None, delta=None, **_: object) -> None:
    """Raise unless there is a gain and an offset for each unit of a table."""
    if x.ndim not in (2, 3):
        what = "of shape (n_samples, n_units) or (n_samples, n_times, n_units)"
        raise wrong("x", what, f"shape {x.shape}")
    for name, value in {"gain": gain, "offset": offset}.items():
        if value is not None and value.shape != x.shape[-1:]:
            what = f"{x.shape[-1]} numbers, one for each unit of x"
            raise wrong(name, what, f"shape {value.shape}")
    if delta is not None and delta.shape != x.shape:
        raise wrong("delta", f"of shape {x.shape}, as x has", f"shape {delta.shape}")


def axes_of(x: np.ndarray, over: str) -> tuple[int, ...]:
    """Return the axes along which a mean is taken."""
    return (x.ndim - 1,) if over == "layer" else tuple(range(x.ndim - 1))


def standard(x, over, epsilon) -> tuple[np.ndarray, np.ndarray]:
    """Return what has mean zero and spread one, and the spread it was divided by."""
    axes = axes_of(x, over)
    # Centre: the mean of the sample, or of the unit over the batch
    away = x - x.mean(axis=axes, keepdims=True)
    # Scale: divide by the spread
    spread = np.sqrt((away**2).mean(axis=axes, keepdims=True) + epsilon)
    return away / spread, spread


@checked(also=check_units)
def normalise(
    x: Numbers,
    gain: Numbers,
    offset: Numbers,
    over: Over = "layer",
    epsilon: Positive = 1e-3,
) -> np.ndarray:
    """Give samples, or units, mean zero and spread one; then a gain and an offset.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_units) or (n_samples, n_times, n_units)
        What enters.
    gain, offset : array_like, shape (n_units,)
        What every unit is multiplied by, and what is added to it; they are learned.
    over : {"layer", "batch"}
        Mean and spread of each sample over its units (layer normalisation), or of each
        unit over all samples, and times, of this batch (batch normalisation).
    epsilon : float
        Is added to the variance, so that nothing is divided by zero.

    Returns
    -------
    ndarray, of the shape of `x`

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Notes
    -----
    ``ioffe2015batch``. A trained network with batch normalisation uses running means
    of the batches that it has met instead of those of the batch at hand; this does not.

    Examples
    --------
    >>> x = np.array([[1.0, 3.0], [5.0, 9.0]])
    >>> normalise(x, [1, 1], [0, 0], epsilon=1e-12).round(3).tolist()
    [[-1.0, 1.0], [-1.0, 1.0]]
    >>> normalise(x, [1, 1], [0, 0], over="batch", epsilon=1e-12).round(3).tolist()
    [[-1.0, -1.0], [1.0, 1.0]]
    """
    z, _ = standard(x, over, epsilon)
    return gain * z + offset


@checked(also=check_units)
def normalise_backward(
    x: Numbers,
    gain: Numbers,
    delta: Numbers,
    over: Over = "layer",
    epsilon: Positive = 1e-3,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hand the blame for the outputs of `normalise` to its input, gain and offset.

    Parameters
    ----------
    x, gain
        As in `normalise`.
    delta : array_like, of the shape of `x`
        Derivative of the loss by each output.
    over, epsilon
        As in `normalise`.

    Returns
    -------
    tuple of ndarray
        Derivatives by `x`, by the gain and by the offset.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    Two units have only one way to differ: nothing is left of the blame.

    >>> dx, dgain, doffset = normalise_backward([[1.0, 3.0]], [1, 1], [[5.0, 2.0]])
    >>> bool(np.abs(dx).max() < 1e-2), dgain.round(1).tolist(), doffset.tolist()
    (True, [-5.0, 2.0], [5.0, 2.0])
    """
    z, spread = standard(x, over, epsilon)
    units, axes = axes_of(x, "batch"), axes_of(x, over)
    # Blame gain and offset: one number for each unit
    dgain, doffset = (delta * z).sum(axis=units), delta.sum(axis=units)
    g = gain * delta
    # Blame the input: what all share is taken off, and what lies along z
    shared = g.mean(axis=axes, keepdims=True)
    along = z * (g * z).mean(axis=axes, keepdims=True)
    return (g - shared - along) / spread, dgain, doffset
