"""What the learners of trees and forests share: targets, growth, and the average."""

from __future__ import annotations

from dataclasses import replace
from numbers import Integral
from typing import Annotated, Any

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Accepted, check_room, count, number, wrong
from ..base import Classifier, Learner, Regressor
from .forests import forest_mean, grow_forest, out_of_bag_mean
from .growth import Tree, grow_tree
from .pruning import prune_tree
from .splits import entropy_bits, gini, variance

IMPURITIES = {"gini": gini, "entropy": entropy_bits}

Targets = tuple[np.ndarray, np.ndarray, np.ndarray]


def _is_feature_count(value: Any) -> bool:
    is_share = not isinstance(value, Integral) and number(above=0, most=1).holds(value)
    return value is None or value == "sqrt" or count().holds(value) or is_share


Features = Annotated[
    int | float | str | None,
    Accepted(
        "a whole number >= 1, a share in (0, 1], 'sqrt' or None for all",
        _is_feature_count,
    ),
]


def features_per_node(max_features: Any, n_features: int) -> int:
    """Return how many of the features a node tries: all, their root, a share, or n."""
    if max_features is None:
        return n_features
    if max_features == "sqrt":
        return max(1, int(np.sqrt(n_features)))
    if isinstance(max_features, Integral):
        if max_features > n_features:
            raise wrong("max_features", f"at most {n_features}, as X has", max_features)
        return int(max_features)
    return max(1, int(max_features * n_features))


class Shares(Classifier):
    """Predict the shares of the classes, and the class with the largest share."""

    def _targets(self, X: ArrayLike, y: ArrayLike) -> Targets:
        """Return X, the one-hot labels, and the weight of each sample."""
        X, codes = self._check(X, y)
        Y, weights = np.eye(len(self.classes_))[codes], np.ones(len(codes))
        if self.balanced:
            weights = (1 / Y.mean(axis=0) / len(self.classes_))[codes]
        return X, Y, weights

    def _impurity(self, shares: np.ndarray) -> np.ndarray:
        """Measure impurity as the learner was asked to."""
        return IMPURITIES[self.criterion](shares)

    def _finish(self, tree: Tree) -> Tree:
        """Leave the values of the nodes alone: they are shares."""
        return tree

    def predict_proba(self, X: ArrayLike) -> np.ndarray:
        """Return the share of each class where each sample ends up.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples, n_classes)
            Shares [1] in the order of ``classes_``: those of the training samples in a
            leaf, weighted by class, averaged over the trees of a forest.
        """
        return self._mean(self._check_new(X))

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the class with the largest share, the first of several.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            Labels, as they were given to `fit`.
        """
        shares = self.predict_proba(X)
        return self.classes_[np.argmax(shares, axis=1)]


class Means(Regressor):
    """Predict the mean target of the training samples in a leaf."""

    def _targets(self, X: ArrayLike, y: ArrayLike) -> Targets:
        """Return X, the columns y and y squared about the mean, and weights of one."""
        X, y = self._check(X, y)
        self._y_mean = float(y.mean())
        centred = y - self._y_mean  # so that the squares lose no digits
        return X, np.column_stack([centred, centred**2]), np.ones(len(y))

    def _impurity(self, moments: np.ndarray) -> np.ndarray:
        """Measure impurity by the variance."""
        return variance(moments)

    def _finish(self, tree: Tree) -> Tree:
        """Let the nodes say the mean of y alone."""
        return replace(tree, value=tree.value[:, :1] + self._y_mean)

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the mean target where each sample ends up.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            Predictions [unit of y], averaged over the trees of a forest.
        """
        return self._mean(self._check_new(X))[:, 0]


class SingleTree(Learner):
    """Grow one tree, cut it back, and ask it."""

    def fit(self, X: ArrayLike, y: ArrayLike) -> SingleTree:
        """Grow the tree.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples.
        y : array_like, shape (n_samples,)
            Labels, numbers or text, of a classifier; numbers of a regressor.

        Returns
        -------
        SingleTree
            The learner itself.
        """
        X, Y, w = self._targets(X, y)
        limits = self.max_depth, self.min_samples_leaf
        tree = grow_tree(X, Y, w, self._impurity, *limits)
        if self.ccp_alpha > 0:
            tree = prune_tree(tree, self.ccp_alpha)
        self.tree_ = self._finish(tree)
        self.feature_importances_ = tree.importances(X.shape[1])
        return self

    def apply(self, X: ArrayLike) -> np.ndarray:
        """Return the leaf that each sample reaches.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray of int, shape (n_samples,)
            Numbers of nodes of ``tree_``.
        """
        return self.tree_.apply(self._check_new(X))

    def _mean(self, X: np.ndarray) -> np.ndarray:
        return self.tree_.value[self.tree_.apply(X)]


class Forest(Learner):
    """Grow many trees, and average what they say."""

    def fit(self, X: ArrayLike, y: ArrayLike) -> Forest:
        """Grow the trees.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples.
        y : array_like, shape (n_samples,)
            Labels, numbers or text, of a classifier; numbers of a regressor.

        Returns
        -------
        Forest
            The learner itself.
        """
        X, Y, w = self._targets(X, y)
        check_room("n_estimators", self.n_estimators, self.n_estimators * len(X))
        n_tried = features_per_node(self.max_features, X.shape[1])
        limits = self.max_depth, self.min_samples_leaf
        trees, self.draws_ = grow_forest(
            X,
            Y,
            w,
            self._impurity,
            self.n_estimators,
            n_tried,
            *limits,
            self.random_state,
        )
        self.trees_ = [self._finish(tree) for tree in trees]
        each = [tree.importances(X.shape[1]) for tree in trees]
        self.feature_importances_ = np.mean(each, axis=0)
        self._keep_out_of_bag(out_of_bag_mean(self.trees_, self.draws_, X))
        return self

    def _mean(self, X: np.ndarray) -> np.ndarray:
        return forest_mean(self.trees_, X)
