"""What the border of a study area does to a score that compares pairs of cells.

Cells are numbered by rings about a mainshock, 0 the innermost. A study area is a disc:
all rings up to its border.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import Truth, Vector, check_room, checked, wrong
from .._arguments.types import SAMPLES, Array

__all__ = ["growing_auc", "pair_counts", "within_auc"]

MOST_RINGS = 1000
Rings = Annotated[
    ArrayLike,
    Array(
        (SAMPLES,),
        f"whole numbers from 0 to {MOST_RINGS - 1}",
        lambda a: (a >= 0) & (a < MOST_RINGS) & (a == np.round(a)),
    ),
]
Counts = Annotated[
    ArrayLike, Array(("n_rings", "n_rings"), "numbers >= 0", lambda a: a >= 0)
]


@checked
def pair_counts(
    y_true: Truth, score: Vector, ring: Rings
) -> tuple[np.ndarray, np.ndarray]:
    """Count the pairs of a hit and a miss, by the rings that they come from.

    Parameters
    ----------
    y_true : array_like of {0, 1}, shape (n_samples,)
        Which cells were hit.
    score : array_like, shape (n_samples,)
        What ranks the cells; larger says more likely.
    ring : array_like of int, shape (n_samples,)
        Ring of each cell, 0 the innermost.

    Returns
    -------
    won : ndarray, shape (n_rings, n_rings)
        In row i and column j the pairs of a hit of ring i and a miss of ring j in which
        the hit has the larger score; where both are equal, half a pair.
    pairs : ndarray, shape (n_rings, n_rings)
        How many such pairs there are.

    Raises
    ------
    ValueError
        If a value is missing or is none of those described.

    Notes
    -----
    Counts of several mainshocks add up, as long as none compares cells of two. The sum
    of `won` over that of `pairs` is the area under the ROC curve.

    Examples
    --------
    >>> won, pairs = pair_counts([1, 0, 0, 1], [4, 3, 1, 2], [0, 0, 1, 1])
    >>> won.tolist(), pairs.tolist()
    ([[1.0, 1.0], [0.0, 1.0]], [[1.0, 1.0], [1.0, 1.0]])
    """
    ring = ring.astype(int)
    n_rings = ring.max() + 1
    hit = y_true == 1
    won, pairs = np.zeros((2, n_rings, n_rings))
    for j in range(n_rings):
        # Rank: the misses of one ring in order
        missed = np.sort(score[~hit & (ring == j)])
        # Count: those that each hit beats, and half of those that it equals
        below = np.searchsorted(missed, score[hit], side="left")
        equal = np.searchsorted(missed, score[hit], side="right") - below
        won[:, j] = np.bincount(ring[hit], below + equal / 2, n_rings)
        pairs[:, j] = np.bincount(ring[hit], minlength=n_rings) * missed.size
    return won, pairs


def check_counts(won: np.ndarray, pairs: np.ndarray) -> None:
    """Insist that no more pairs were won than there are."""
    check_room("won", len(won), len(won) ** 2)
    if (won > pairs * (1 + 1e-9)).any():
        raise wrong("won", "at most as large as pairs, entry by entry", "a larger one")


@checked(also=check_counts)
def growing_auc(won: Counts, pairs: Counts) -> np.ndarray:
    """Return the area under the ROC curve of every study area that rings make.

    Parameters
    ----------
    won, pairs : array_like, shape (n_rings, n_rings)
        As `pair_counts` returns them, or sums of such.

    Returns
    -------
    ndarray, shape (n_rings,)
        That of ring 0 alone, of rings 0 and 1, and so on; NaN without a pair.

    Raises
    ------
    ValueError
        If they are no such counts.

    Examples
    --------
    >>> growing_auc([[1.0, 1.0], [0.0, 1.0]], [[1.0, 1.0], [1.0, 1.0]])
    array([1.  , 0.75])
    """
    # Add: a study area is a block in the corner of both tables
    share = [
        np.cumsum(np.cumsum(table, axis=0), axis=1).diagonal() for table in (won, pairs)
    ]
    return share[0] / np.where(share[1] > 0, share[1], np.nan)


@checked(also=check_counts)
def within_auc(won: Counts, pairs: Counts) -> float:
    """Return the area under the ROC curve from pairs of cells of one ring alone.

    Parameters
    ----------
    won, pairs : array_like, shape (n_rings, n_rings)
        As `pair_counts` returns them, or sums of such.

    Returns
    -------
    float
        What a score knows besides the ring; 0.5 if nothing, NaN without a pair.

    Raises
    ------
    ValueError
        If they are no such counts.

    Examples
    --------
    >>> within_auc([[1.0, 1.0], [0.0, 1.0]], [[1.0, 1.0], [1.0, 1.0]])
    1.0
    """
    # Hold: compare within a ring, where the border has no say
    total = np.trace(pairs)
    return float(np.trace(won) / total) if total > 0 else np.nan
