"""Pooling: one number for several neighbouring samples of a channel."""

from __future__ import annotations

import numpy as np

from ..._arguments import Count, Numbers, checked, wrong

__all__ = ["max_pool", "max_pool_backward"]


def check_pool(x, size, **more) -> None:
    """Raise unless records can be pooled, and what came back is of that shape."""
    if x.ndim != 3:
        what = "of shape (n_samples, n_times, n_channels)"
        raise wrong("x", what, f"shape {x.shape}")
    if size > x.shape[1]:
        raise wrong("size", f"at most the {x.shape[1]} samples of x", size)
    shape = (len(x), x.shape[1] // size, x.shape[2])
    if "delta" in more and more["delta"].shape != shape:
        raise wrong("delta", f"of shape {shape}", f"shape {more['delta'].shape}")


def in_groups(x, size) -> np.ndarray:
    """Return records cut into groups of neighbours, shape (n, groups, size, n_in)."""
    n_groups = x.shape[1] // size
    return x[:, : n_groups * size].reshape(len(x), n_groups, size, x.shape[2])


@checked(also=check_pool)
def max_pool(x: Numbers, size: Count) -> np.ndarray:
    """Keep the largest of every few neighbouring samples of each channel.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_times, n_channels)
        Records.
    size : int
        Neighbours that become one; samples left over at the end are dropped.

    Returns
    -------
    ndarray, shape (n_samples, n_times // size, n_channels)

    Raises
    ------
    ValueError
        If `x` is not of that shape or has fewer samples than `size`.

    Examples
    --------
    >>> max_pool(np.array([1.0, 4, 2, 0, 9]).reshape(1, 5, 1), 2).ravel().tolist()
    [4.0, 2.0]
    """
    return in_groups(x, size).max(axis=2)


@checked(also=check_pool)
def max_pool_backward(x: Numbers, size: Count, delta: Numbers) -> np.ndarray:
    """Hand the blame of each maximum to the sample that was the largest.

    Parameters
    ----------
    x, size
        As in `max_pool`.
    delta : array_like, shape (n_samples, n_times // size, n_channels)
        Derivative of the loss by what `max_pool` returned.

    Returns
    -------
    ndarray, of the shape of `x`
        Derivative by `x`. Of equal largest samples the first takes all.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    >>> x = np.array([1.0, 4, 2, 0, 9]).reshape(1, 5, 1)
    >>> max_pool_backward(x, 2, np.array([[[7.0], [5.0]]])).ravel().tolist()
    [0.0, 7.0, 5.0, 0.0, 0.0]
    """
    dx, groups = np.zeros_like(x), in_groups(x, size)
    first = groups.argmax(axis=2)[:, :, None, :]
    blame = np.zeros_like(groups)
    np.put_along_axis(blame, first, delta[:, :, None, :], axis=2)
    dx[:, : groups.shape[1] * size] = blame.reshape(len(x), -1, x.shape[2])
    return dx
