"""Whether a walk to the least loss arrived, and what is said if it did not."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator
from sklearn.exceptions import ConvergenceWarning

__all__ = ["above_least_squares", "mistakes_left", "still_falling", "walk"]

ENOUGH = 0.01
"""Share of a loss that may be left without a word."""


def walk(left: Callable[..., str]) -> Callable:
    """Decorate a `fit` that walks downhill, so that it says where it ended.

    An overflow is a ValueError. A walk that did not arrive is a ConvergenceWarning.

    Parameters
    ----------
    left : callable
        Takes the learner, X and y as it learned from them; says in words what is left
        to gain, or nothing.
    """

    def decorate(fit: Callable) -> Callable:
        @wraps(fit)
        def walked(self: Any, X: ArrayLike, y: ArrayLike) -> Any:
            with np.errstate(over="ignore", invalid="ignore"):
                fit(self, X, y)
            lost = np.flatnonzero(~np.isfinite(getattr(self, "losses_", [])))
            if lost.size:
                raise ValueError(
                    f"eta={self.eta_!r} is too large for this X: the loss overflowed "
                    f"in epoch {lost[0]}. Standardise X, or take a smaller eta (for "
                    "full batches largest_eta(X) is the limit)"
                )
            if words := left(self, *self._check(X, y)):
                took = (
                    f"{type(self).__name__} took n_iter={self.n_iter} iterations, and"
                )
                advice = "standardise X, raise n_iter or take another eta"
                warnings.warn(f"{took} {words}: {advice}", ConvergenceWarning, 2)
            return self

        return walked

    return decorate


def above_least_squares(learner: BaseEstimator, X: np.ndarray, y: np.ndarray) -> str:
    """Say how far a squared loss ended above that of the least-squares solution."""
    A = X - X.mean(axis=0)  # columns of one size: their units cost no digits
    A = A / np.maximum(np.abs(A).max(axis=0), np.finfo(float).tiny)
    residual = y - y.mean()
    residual = residual - A @ np.linalg.lstsq(A, residual)[0]
    rest = learner.losses_[-1] - np.mean(residual**2) / 2
    share = rest / (y.var() / 2 or learner.losses_[0] or 1.0)
    if share <= ENOUGH:
        return ""
    return f"its loss is still {100 * share:.3g} % of the variance of y above the least"


def still_falling(learner: BaseEstimator, X: np.ndarray, y: np.ndarray) -> str:
    """Say how a hinge loss, 1 at the start, rose, or still fell in the second half."""
    losses = [1.0, *learner.losses_]
    before, last = losses[(len(losses) - 1) // 2], losses[-1]
    if last > 1 or last - min(losses) > ENOUGH:
        return f"its loss rose from {min(losses):.3g} to {last:.3g}"
    if before - last <= ENOUGH:
        return ""
    return f"its loss fell from {before:.3g} to {last:.3g} in the second half"


def mistakes_left(learner: BaseEstimator, X: np.ndarray, y: np.ndarray) -> str:
    """Say how many mistakes a perceptron made in its last epoch."""
    last = learner.errors_[-1]
    return f"the last still made {last} mistakes (is there a line?)" if last else ""


def warn_unfinished(learner: BaseEstimator) -> None:
    """Warn that the steps had not become smaller than the tolerance."""
    name, n_iter = type(learner).__name__, learner.n_iter
    steps = len(getattr(learner, "losses_", [])) - 1
    if 0 <= steps < n_iter:
        said = f"{name} stopped after {steps} steps, since no further one made its "
        said += "loss smaller: standardise X, or raise alpha or tol"
    else:
        said = f"{name} took n_iter={n_iter} iterations, and the last still moved more "
        said += f"than tol={learner.tol} allows: raise n_iter or tol, or standardise X"
    warnings.warn(said, ConvergenceWarning, stacklevel=3)


def warn_uphill(learner: BaseEstimator, epoch: int) -> None:
    """Warn that the loss of the epoch that was kept is above that of the start."""
    start, end = learner.losses_[0], learner.losses_[epoch]
    if end > start:
        said = (
            f"the loss of {type(learner).__name__} rose from {start:.3g} to {end:.3g}"
        )
        advice = "standardise X and y, or take a smaller eta"
        warnings.warn(f"{said}: {advice}", ConvergenceWarning, stacklevel=4)
