"""Split conformal prediction: an interval round any prediction, with a promise."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from .._arguments import Count, Vector, check_room, checked, number, wrong

__all__ = ["conformal_half_width", "conformal_quantile", "conformal_rank"]

Level = Annotated[float, number(above=0, below=1)]

ROUNDING = 1e-9
"""Whole numbers that a product misses by rounding, such as 20 * 0.95, are met."""


@checked
def conformal_rank(n_samples: Count, level: Level = 0.9) -> int:
    """Return which of n scores, counted from the smallest, keeps a promise.

    Parameters
    ----------
    n_samples : int
        Number of scores for calibration.
    level : float
        Share of new samples that are to be covered, between 0 and 1.

    Returns
    -------
    int
        The smallest whole number >= ``(n_samples + 1) * level``. A new score, which may
        as well be at any of the n + 1 places among the others, is at most this one with
        the probability ``rank / (n_samples + 1)``. It is ``n_samples + 1`` where there
        are too few scores for the level.

    Notes
    -----
    ``angelopoulos2023conformal``.

    Examples
    --------
    >>> conformal_rank(19, 0.9), conformal_rank(9, 0.95)
    (18, 10)
    """
    check_room("n_samples", n_samples, n_samples)
    return int(np.ceil((n_samples + 1) * level - ROUNDING))


@checked
def conformal_quantile(score: Vector, level: Level = 0.9) -> float:
    """Return the score that a new sample stays below with the probability `level`.

    Parameters
    ----------
    score : array_like, shape (n_samples,)
        How badly each sample for calibration was met, larger is worse: the size of its
        residual, or how far its target lies outside an interval (negative inside).
    level : float
        Share that is to be covered, between 0 and 1.

    Returns
    -------
    float
        The `conformal_rank`-th smallest score [unit of the scores].

    Raises
    ------
    ValueError
        If a score is not finite, or there are too few for the level: only an infinite
        one would keep the promise.

    Notes
    -----
    ``angelopoulos2023conformal``. New samples must be drawn, and grouped, like those
    for calibration, which the model has neither been fitted nor tuned on. The promise
    holds on average over calibration sets and new samples, not for every place or size.

    Examples
    --------
    >>> conformal_quantile([0.1, 0.5, 0.2, 0.3], level=0.6)
    0.3
    """
    # Count to the rank
    check_enough("score", score.size, level)
    return float(np.sort(score)[conformal_rank(score.size, level) - 1])


def check_enough(name: str, n_samples: int, level: float) -> None:
    """Raise a ValueError if only an infinite interval would keep the promise."""
    if conformal_rank(n_samples, level) > n_samples:
        needed = int(np.ceil(level / (1 - level) - ROUNDING))
        accepted = f"at least {needed} values for a level of {level:g}"
        raise wrong(name, accepted, n_samples)


@checked
def conformal_half_width(residual: Vector, level: Level = 0.9) -> float:
    """Return half the width of intervals that cover a share `level` of new samples.

    Parameters
    ----------
    residual : array_like, shape (n_samples,)
        Target minus prediction [unit of y], of samples as in `conformal_quantile`.
    level : float
        Share that is to be covered, between 0 and 1.

    Returns
    -------
    float
        Half width [unit of y]: the `conformal_quantile` of the sizes of the residuals.

    Raises
    ------
    ValueError
        If a residual is not finite, or there are too few for the level.

    Notes
    -----
    ``angelopoulos2023conformal``.

    Examples
    --------
    >>> conformal_half_width([0.1, -0.5, 0.2, 0.3], level=0.8)
    0.5
    """
    check_enough("residual", residual.size, level)
    return conformal_quantile(np.abs(residual), level)
