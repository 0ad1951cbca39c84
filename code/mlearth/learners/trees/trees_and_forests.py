"""Decision trees and random forests from scratch, for classes and for numbers.

The algorithm stands in modules of its own: `splits` finds the best question,
`growth` asks one after another, `pruning` cuts a tree back, `forests` grows many. Here
they become learners.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..._arguments import Count, Flag, NotNegative, RandomState
from ._learners import Features, Forest, Means, Shares, SingleTree

__all__ = [
    "DecisionTreeClassifier",
    "DecisionTreeRegressor",
    "RandomForestClassifier",
    "RandomForestRegressor",
]


class DecisionTreeClassifier(Shares, SingleTree):
    """Sort samples into classes by a sequence of questions about single features.

    Parameters
    ----------
    criterion : {"gini", "entropy"}
        Impurity that the questions lower.
    max_depth : int or None
        Most questions on the way to a leaf, >= 1; None asks until the leaves are pure.
    min_samples_leaf : int
        Fewest samples in a leaf, >= 1.
    ccp_alpha : float
        Price of a leaf, >= 0 [unit of the impurity]: branches that save less for each
        of their leaves are cut. See `pruning_path`.
    balanced : bool
        Weigh the samples so that every class has the same total weight: what
        scikit-learn calls ``class_weight="balanced"``.

    Attributes
    ----------
    tree_ : Tree
        The nodes.
    feature_importances_ : ndarray, shape (n_features,)
        Share of each feature in the impurity that the tree removed [1]. It favours
        features with many values, and says nothing about new data.
    classes_ : ndarray, shape (n_classes,)
        The labels, sorted.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X is not a finite matrix, or y
        holds one class only.

    Notes
    -----
    ``breiman1984classification``. Nothing is random: of equally good questions the
    first feature and its lowest threshold are taken, where scikit-learn draws.

    Examples
    --------
    >>> X, y = [[1, 30], [2, 10], [9, 20], [8, 40]], ["near", "near", "far", "far"]
    >>> learner = DecisionTreeClassifier().fit(X, y)
    >>> print(learner.tree_.outline(["distance", "depth"], learner.classes_))
    all: 4 samples
    |   distance <= 5: 2 samples -> near (100 %)
    |   distance > 5: 2 samples -> far (100 %)
    """

    def __init__(
        self,
        criterion: Literal["gini", "entropy"] = "gini",
        max_depth: Count | None = None,
        min_samples_leaf: Count = 1,
        ccp_alpha: NotNegative = 0.0,
        balanced: Flag = False,
    ) -> None:
        self.criterion = criterion
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf
        self.ccp_alpha = ccp_alpha
        self.balanced = balanced


class DecisionTreeRegressor(Means, SingleTree):
    """Predict a number by a sequence of questions: the mean of those who answer alike.

    Parameters
    ----------
    max_depth : int or None
        Most questions on the way to a leaf, >= 1; None asks until the leaves are pure.
    min_samples_leaf : int
        Fewest samples in a leaf, >= 1.
    ccp_alpha : float
        Price of a leaf, >= 0 [unit of y, squared]; see `pruning_path`.

    Attributes
    ----------
    tree_ : Tree
        The nodes; the impurity is the variance of y.
    feature_importances_ : ndarray, shape (n_features,)
        Share of each feature in the variance that the tree removed [1].
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, or X or y is not finite.

    Notes
    -----
    ``breiman1984classification``. A prediction is a mean of training targets: it never
    leaves their range.

    Examples
    --------
    >>> learner = DecisionTreeRegressor(max_depth=1).fit([[1], [2], [8]], [4.0, 6.0, 9])
    >>> learner.predict([[0], [100]])
    array([5., 9.])
    """

    def __init__(
        self,
        max_depth: Count | None = None,
        min_samples_leaf: Count = 1,
        ccp_alpha: NotNegative = 0.0,
    ) -> None:
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf
        self.ccp_alpha = ccp_alpha


class RandomForestClassifier(Shares, Forest):
    """Average many trees that saw other samples and tried other features.

    Parameters
    ----------
    n_estimators : int
        Number of trees, >= 1.
    criterion : {"gini", "entropy"}
        Impurity that the questions lower.
    max_features : int, float, "sqrt" or None
        How many features a node tries: a number, a share in (0, 1), the root of all, or
        all of them.
    max_depth, min_samples_leaf, balanced
        As in `DecisionTreeClassifier`; weights are set before samples are drawn.
    random_state : int, numpy.random.Generator or None
        Seed of the bootstrap samples and of the features.

    Attributes
    ----------
    trees_ : list of Tree
        The trees.
    draws_ : ndarray of int, shape (n_estimators, n_samples)
        The rows of X that each tree was grown on.
    oob_decision_function_ : ndarray, shape (n_samples, n_classes)
        For each training sample the mean shares of the trees that did not see it; NaN
        where all did.
    feature_importances_ : ndarray, shape (n_features,)
        Mean of those of the trees [1].
    classes_ : ndarray, shape (n_classes,)
        The labels, sorted.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        As `DecisionTreeClassifier` does.

    Notes
    -----
    ``breiman2001random``.

    Examples
    --------
    >>> X, y = [[1, 30], [2, 10], [9, 20], [8, 40]], ["near", "near", "far", "far"]
    >>> learner = RandomForestClassifier(n_estimators=20, random_state=0).fit(X, y)
    >>> learner.predict([[0, 20], [10, 20]]).tolist()
    ['near', 'far']
    """

    def __init__(
        self,
        n_estimators: Count = 100,
        criterion: Literal["gini", "entropy"] = "gini",
        max_features: Features = "sqrt",
        max_depth: Count | None = None,
        min_samples_leaf: Count = 1,
        balanced: Flag = False,
        random_state: RandomState = None,
    ) -> None:
        self.n_estimators = n_estimators
        self.criterion = criterion
        self.max_features = max_features
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf
        self.balanced = balanced
        self.random_state = random_state

    def _keep_out_of_bag(self, mean: np.ndarray) -> None:
        self.oob_decision_function_ = mean


class RandomForestRegressor(Means, Forest):
    """Average many regression trees that saw other samples and tried other features.

    Parameters
    ----------
    n_estimators : int
        Number of trees, >= 1.
    max_features : int, float, "sqrt" or None
        How many features a node tries; see `RandomForestClassifier`.
    max_depth, min_samples_leaf
        As in `DecisionTreeRegressor`.
    random_state : int, numpy.random.Generator or None
        Seed of the bootstrap samples and of the features.

    Attributes
    ----------
    trees_, draws_, feature_importances_, n_features_in_
        As in `RandomForestClassifier`.
    oob_prediction_ : ndarray, shape (n_samples,)
        For each training sample the mean of the trees that did not see it [unit of y];
        NaN where all did.

    Raises
    ------
    ValueError
        As `DecisionTreeRegressor` does.

    Notes
    -----
    ``breiman2001random``; a third of the features is the advice of
    ``hastie2009elements`` for regression, where scikit-learn takes all.

    Examples
    --------
    >>> X, y = [[1], [2], [3], [4], [5], [6]], [1.0, 1.0, 1.0, 5.0, 5.0, 5.0]
    >>> learner = RandomForestRegressor(n_estimators=30, random_state=0).fit(X, y)
    >>> learner.predict([[100]]).item() <= 5
    True
    """

    def __init__(
        self,
        n_estimators: Count = 100,
        max_features: Features = 1 / 3,
        max_depth: Count | None = None,
        min_samples_leaf: Count = 1,
        random_state: RandomState = None,
    ) -> None:
        self.n_estimators = n_estimators
        self.max_features = max_features
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf
        self.random_state = random_state

    def _keep_out_of_bag(self, mean: np.ndarray) -> None:
        self.oob_prediction_ = mean[:, 0]
