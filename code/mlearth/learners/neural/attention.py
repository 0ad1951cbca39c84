"""Attention from scratch: what each step takes from the others, and the way back."""

from __future__ import annotations

import numpy as np

from ..._arguments import checked
from ._attention_types import Blame, Keys, Mask, Queries, Values, check_three

__all__ = ["attend", "attend_backward"]


@checked(also=check_three)
def attend(
    Q: Queries, K: Keys, V: Values, mask: Mask = None
) -> tuple[np.ndarray, np.ndarray]:
    """Let each query take a weighted mean of the values, by how well the keys match.

    Parameters
    ----------
    Q : array_like, shape (n_samples, n_queries, n_features)
        What each step asks.
    K : array_like, shape (n_samples, n_keys, n_features)
        What each step offers to be compared.
    V : array_like, shape (n_samples, n_keys, n_values)
        What it hands over.
    mask : ndarray of bool, shape (n_queries, n_keys), optional
        True where a query may look; one for all samples, or one for each, in front.

    Returns
    -------
    said : ndarray, shape (n_samples, n_queries, n_values)
        Weighted means.
    share : ndarray, shape (n_samples, n_queries, n_keys)
        The weights; those of a query sum to 1.

    Raises
    ------
    ValueError
        If the arrays do not fit together, something is not finite, or a query may look
        at nothing.

    Notes
    -----
    Scaled dot-product attention, ``vaswani2017attention``.

    Examples
    --------
    >>> Q, K = [[[0.0, 0.0]]], [[[1.0, 0.0], [0.0, 1.0]]]
    >>> said, share = attend(Q, K, [[[2.0], [4.0]]])
    >>> said.tolist(), share.tolist()
    ([[[3.0]]], [[[0.5, 0.5]]])
    """
    # Compare: each query with each key
    match = Q @ K.swapaxes(1, 2) / np.sqrt(Q.shape[2])
    if mask is not None:
        match = np.where(mask, match, -np.inf)
    # Share: a softmax over the keys
    share = np.exp(match - match.max(axis=2, keepdims=True))
    share /= share.sum(axis=2, keepdims=True)
    # Take: the mean of the values
    return share @ V, share


@checked(also=check_three)
def attend_backward(
    Q: Queries, K: Keys, V: Values, delta: Blame, mask: Mask = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hand the blame for what `attend` said to queries, keys and values.

    Parameters
    ----------
    Q, K, V
        As in `attend`.
    delta : array_like, shape (n_samples, n_queries, n_values)
        Derivative of the loss by what was said.
    mask
        As in `attend`.

    Returns
    -------
    tuple of ndarray
        Derivatives by `Q`, `K` and `V`, of their shapes.

    Raises
    ------
    ValueError
        If the arrays do not fit together, something is not finite, or a query may look
        at nothing.

    Examples
    --------
    >>> Q, K = np.zeros((1, 1, 1)), np.array([[[1.0], [-1.0]]])
    >>> dQ, dK, dV = attend_backward(Q, K, [[[2.0], [4.0]]], np.ones((1, 1, 1)))
    >>> dQ.ravel().tolist(), dK.ravel().tolist(), dV.ravel().tolist()
    ([-1.0], [0.0, 0.0], [0.5, 0.5])
    """
    _, share = attend(Q, K, V, mask)
    # Blame the values: by the share that was taken of each
    dV = share.swapaxes(1, 2) @ delta
    # Blame the matches: back through the softmax
    dshare = delta @ V.swapaxes(1, 2)
    dmatch = share * (dshare - (share * dshare).sum(axis=2, keepdims=True))
    dmatch /= np.sqrt(Q.shape[2])
    # Blame queries and keys: each by the other
    return dmatch @ K, dmatch.swapaxes(1, 2) @ Q, dV
