"""Gradient boosting, the loop: each tree is a step down the slope of a loss.

The model is a sum of small trees. In each round a tree is grown on minus the derivative
of the loss by the score of every sample, its leaves are given the step that lowers the
loss most, and a part of it, the learning rate, is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import check_room
from ..base import Learner
from ..trees.growth import Tree, grow_tree
from ..trees.splits import variance
from .losses import BoostingLoss

__all__ = ["Boosted", "boost"]


def boost(
    X: np.ndarray,
    y: np.ndarray,
    loss: BoostingLoss,
    n_rounds: int,
    learning_rate: float,
    max_depth: int,
    min_leaf: int,
) -> tuple[list[Tree], list[float]]:
    """Grow tree after tree on the slope of a loss.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_features)
        Samples.
    y : ndarray, shape (n_samples,)
        Targets.
    loss : BoostingLoss
        Where to start, look and step.
    n_rounds : int
        Number of trees.
    learning_rate : float
        Part of each step that is taken, > 0 [1].
    max_depth, min_leaf : int
        Most questions on the way to a leaf, and fewest samples in it.

    Returns
    -------
    trees : list of Tree
        The value of a leaf is its whole step.
    losses : list of float
        Mean loss before the first round and after each.

    Notes
    -----
    ``friedman2001greedy``.
    """
    F = np.full(len(y), loss.start(y))
    trees, losses = [], [loss.mean(y, F)]
    for _ in range(n_rounds):
        # Look at the mistakes
        pull = loss.pull(y, F)
        # Fit a small tree
        Y, w = np.column_stack([pull, pull**2]), np.ones(len(y))
        tree = grow_tree(X, Y, w, variance, max_depth, min_leaf)
        # Choose its step
        leaf, step = tree.apply(X), np.zeros(len(tree.left))
        for k in np.unique(leaf):
            step[k] = loss.step(y[leaf == k], F[leaf == k])
        # Take the step
        F = F + learning_rate * step[leaf]
        trees.append(replace(tree, value=step[:, None]))
        losses.append(loss.mean(y, F))
    return trees, losses


class Boosted(Learner):
    """Boost, and add up what the trees say."""

    def _boost(self, X: np.ndarray, y: np.ndarray, loss: BoostingLoss) -> None:
        """Grow the trees, and keep the constant that they start from."""
        check_room("n_estimators", self.n_estimators, self.n_estimators * len(X))
        self.start_ = loss.start(y)
        limits = self.learning_rate, self.max_depth, self.min_samples_leaf
        self.trees_, self.losses_ = boost(X, y, loss, self.n_estimators, *limits)

    def _sums(self, X: np.ndarray) -> Iterator[np.ndarray]:
        """Yield the scores after each round."""
        F = np.full(len(X), self.start_)
        for tree in self.trees_:
            F = F + self.learning_rate * tree.value[tree.apply(X), 0]
            yield F

    def _last(self, X: ArrayLike) -> np.ndarray:
        *_, last = self._sums(self._check_new(X))
        return last
