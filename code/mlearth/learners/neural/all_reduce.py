"""Sums that every worker of a ring ends up with, and moments pooled from shards."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from ..._arguments import (
    Matrix,
    Vector,
    checked,
    count,
    shown,
    wrong,
)

Rounds = Annotated[int, count(0, 10**9)]

__all__ = ["pooled_moments", "ring_all_reduce", "ring_blocks"]


def ring_blocks(n_numbers: int, n_workers: int) -> list[slice]:
    """Cut a vector into as many blocks as there are workers, as equal as can be.

    Parameters
    ----------
    n_numbers : int
        Length of the vector, >= 0.
    n_workers : int
        Number of blocks, >= 1; of more blocks than numbers some are empty.

    Returns
    -------
    list of slice

    Examples
    --------
    >>> ring_blocks(5, 2)
    [slice(0, 3, None), slice(3, 5, None)]
    """
    short, longer = divmod(n_numbers, n_workers)
    ends = np.cumsum([0] + [short + (k < longer) for k in range(n_workers)]).tolist()
    return [slice(*ends[k : k + 2]) for k in range(n_workers)]


@checked
def ring_all_reduce(held: Matrix, n_rounds: Rounds | None = None) -> np.ndarray:
    """Give every worker of a ring the sum of what all workers hold.

    Each vector is cut into as many blocks as there are workers. In every round each
    worker passes one block to its right neighbour, which adds it to its own; once a
    block has all terms, it is passed on as it is.

    Parameters
    ----------
    held : array_like, shape (n_workers, n_numbers)
        One row for each worker.
    n_rounds : int, optional
        After how many rounds to look, >= 0; ``2 * (n_workers - 1)``, all of them,
        where nothing is said or more are asked for.

    Returns
    -------
    ndarray, shape (n_workers, n_numbers)
        What each worker then holds: after all rounds equal rows, bit by bit.

    Raises
    ------
    ValueError
        If held is not a finite matrix, or n_rounds is not a whole number >= 0.

    Notes
    -----
    ``patarasuk2009bandwidth``. A worker sends ``2 * (n_workers - 1) / n_workers`` times
    the length of a vector, however many there are.

    Examples
    --------
    >>> ring_all_reduce([[1.0, 2.0], [10.0, 20.0]]).tolist()
    [[11.0, 22.0], [11.0, 22.0]]
    """
    held = held.copy()
    n, n_numbers = held.shape
    blocks = ring_blocks(n_numbers, n)
    last = 2 * (n - 1)
    for r in range(last if n_rounds is None else min(n_rounds, last)):
        # Pass on: each worker's block goes to its right neighbour
        sent = [held[w, blocks[(w - r) % n]].copy() for w in range(n)]
        for w in range(n):
            block = blocks[(w - 1 - r) % n]
            if r < n - 1:
                # Add: what came to what is there
                held[w, block] += sent[w - 1]
            else:
                # Spread: what came has all terms
                held[w, block] = sent[w - 1]
    return held


def _fits(counts: np.ndarray, means: np.ndarray, variances: np.ndarray, **_) -> None:
    """Raise unless every shard has a count and moments of the same columns."""
    if len(counts) != len(means) or (counts < 0).any() or not counts.sum() > 0:
        what = f"{len(means)} numbers >= 0, one for each row of means, not all 0"
        raise wrong("counts", what, shown(counts))
    if variances.shape != means.shape or (variances < 0).any():
        what = f"numbers >= 0 of the shape of means, {means.shape}"
        raise wrong("variances", what, shown(variances))


@checked(also=_fits)
def pooled_moments(
    counts: Vector, means: Matrix, variances: Matrix
) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and variance of a whole batch from those of its shards.

    Parameters
    ----------
    counts : array_like, shape (n_workers,)
        Samples in each shard, >= 0, not all 0.
    means, variances : array_like, shape (n_workers, n_units)
        Mean and variance of every unit in each shard; variances divide by counts.

    Returns
    -------
    mean, variance : ndarray, shape (n_units,)
        Those of all samples together: the variances within the shards, and the variance
        between their means.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or a count or variance is negative.

    Examples
    --------
    >>> pooled_moments([1, 1], [[0.0], [4.0]], [[0.0], [0.0]])
    (array([2.]), array([4.]))
    """
    share = counts[:, None] / counts.sum()
    mean = (share * means).sum(axis=0)
    return mean, (share * (variances + (means - mean) ** 2)).sum(axis=0)
