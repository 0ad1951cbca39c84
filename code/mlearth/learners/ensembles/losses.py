"""Losses that gradient boosting walks down: where it starts, looks and steps.

A loss of one sample depends on its target y and on the score F that the model gives
it. Boosting asks it three things: the best constant, the slope downhill at each sample,
and the best step for the samples of one leaf.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from ..linear.logistic_regression import sigmoid

__all__ = ["BoostingLoss", "log_loss", "quantile_loss", "squared_error"]


class BoostingLoss(NamedTuple):
    """What boosting asks of a loss; each function takes targets, the last two scores.

    Attributes
    ----------
    start : callable
        ``start(y)`` returns the constant score with the least loss.
    mean : callable
        ``mean(y, F)`` returns the mean loss.
    pull : callable
        ``pull(y, F)`` returns minus the derivative of each sample's loss by its score.
    step : callable
        ``step(y, F)`` returns what to add to the scores of one leaf.
    """

    start: Callable[[np.ndarray], float]
    mean: Callable[[np.ndarray, np.ndarray], float]
    pull: Callable[[np.ndarray, np.ndarray], np.ndarray]
    step: Callable[[np.ndarray, np.ndarray], float]


def _residual(y: np.ndarray, F: np.ndarray) -> np.ndarray:
    return y - F


def _half_squares(y: np.ndarray, F: np.ndarray) -> float:
    return float(np.mean((y - F) ** 2) / 2)


def _mean_residual(y: np.ndarray, F: np.ndarray) -> float:
    return float(np.mean(y - F))


squared_error = BoostingLoss(
    lambda y: float(np.mean(y)), _half_squares, _residual, _mean_residual
)
"""Half the squared residual: the pull is the residual itself."""


def _pinball(y: np.ndarray, F: np.ndarray, quantile: float) -> float:
    return float(np.mean(np.maximum(quantile * (y - F), (quantile - 1) * (y - F))))


def _side(y: np.ndarray, F: np.ndarray, quantile: float) -> np.ndarray:
    return np.where(y > F, quantile, quantile - 1)


def _at_share(values: np.ndarray, quantile: float) -> float:
    """Return the smallest of the values that a share `quantile` does not exceed."""
    return float(np.quantile(values, quantile, method="inverted_cdf"))


def _quantile_residual(y: np.ndarray, F: np.ndarray, quantile: float) -> float:
    return _at_share(y - F, quantile)


def quantile_loss(quantile: float) -> BoostingLoss:
    """Return the loss whose best constant is a quantile of the targets.

    A target above the score costs ``quantile`` for each unit, one below it
    ``1 - quantile``.

    Parameters
    ----------
    quantile : float
        Share of the targets that are to lie below the score, between 0 and 1.

    Returns
    -------
    BoostingLoss

    Notes
    -----
    ``hastie2009elements``.

    Examples
    --------
    >>> loss = quantile_loss(0.5)
    >>> loss.start(np.array([1.0, 2.0, 9.0])), loss.pull(np.array([1.0, 9.0]), 2.0)
    (2.0, array([-0.5,  0.5]))
    """
    return BoostingLoss(
        partial(_at_share, quantile=quantile),
        partial(_pinball, quantile=quantile),
        partial(_side, quantile=quantile),
        partial(_quantile_residual, quantile=quantile),
    )


def _log_odds(y: np.ndarray) -> float:
    share = np.mean(y)
    return float(np.log(share / (1 - share)))


def _cross_entropy(y: np.ndarray, F: np.ndarray) -> float:
    return float(np.mean(np.logaddexp(0, (1 - 2 * y) * F)))


def _surprise(y: np.ndarray, F: np.ndarray) -> np.ndarray:
    return y - sigmoid(F)


def _newton(y: np.ndarray, F: np.ndarray) -> float:
    p = sigmoid(F)
    curvature = np.mean(p * (1 - p))
    return float(np.mean(y - p) / curvature) if curvature > FLAT else 0.0


FLAT = 1e-150
"""Curvature below which a leaf is left alone, as in scikit-learn."""

log_loss = BoostingLoss(_log_odds, _cross_entropy, _surprise, _newton)
"""Cross-entropy of labels 0 and 1; the score is the log-odds, the step Newton's."""
