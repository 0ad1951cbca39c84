"""AdaBoost from scratch: trees that look where those before them were wrong.

Each tree is grown on weights, gets a say by its weighted share of mistakes, and the
weights of what it got wrong grow. This walks down the exponential loss, one tree at a
time. Weights and votes are plain arrays; a vote is -1 or +1.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Count, Positives, Signs, Vector, check_room, checked
from ..base import BinaryClassifier
from ..trees.growth import Tree, grow_tree
from ..trees.splits import gini

__all__ = ["AdaBoostClassifier", "adaboost", "exponential_loss", "reweight"]

LEAST = float(np.finfo(float).eps)
"""Smallest weight of a sample, as in scikit-learn: none is forgotten for good."""


@checked
def exponential_loss(score: Vector, y: Signs) -> float:
    """Return the mean of ``exp(-y * score)``, which AdaBoost walks down.

    Parameters
    ----------
    score : ndarray, shape (n_samples,)
        Sum of the votes, each times its say [1].
    y : ndarray, shape (n_samples,)
        Labels -1 and +1.

    Returns
    -------
    float
        Loss [1]: 1 for a score of zero, and never below the share of mistakes.

    Examples
    --------
    >>> round(exponential_loss(np.array([0.0, 2.0]), np.array([1.0, -1.0])), 2)
    4.19
    """
    return float(np.mean(np.exp(-y * score)))


@checked
def reweight(weights: Positives, y: Signs, vote: Signs) -> tuple[float, np.ndarray]:
    """Return the say of one voter, and the weights that the next one is grown on.

    Parameters
    ----------
    weights : ndarray, shape (n_samples,)
        Weight of each sample, > 0 [1].
    y : ndarray, shape (n_samples,)
        Labels -1 and +1.
    vote : ndarray, shape (n_samples,)
        What the voter says of each sample, -1 or +1; it is wrong of some, not of all.

    Returns
    -------
    say : float
        Half the log-odds that it is right, by weight [1]; negative if it is worse than
        a coin.
    weights : ndarray, shape (n_samples,)
        New weights; they add up to 1, and to one half over its mistakes.

    Raises
    ------
    ValueError
        If the voter is right of all samples or of none: no finite say is the best.

    Notes
    -----
    ``freund1997decision``.

    Examples
    --------
    >>> y, vote = np.array([1.0, 1, 1, -1]), np.array([1.0, 1, 1, 1])
    >>> say, weights = reweight(np.ones(4), y, vote)
    >>> round(say, 2), weights.round(2)
    (0.55, array([0.17, 0.17, 0.17, 0.5 ]))
    """
    # Choose its step
    wrong = np.sum(weights[vote != y]) / np.sum(weights)
    if not 0 < wrong < 1:
        raise ValueError(
            "vote must be right of some samples and wrong of others, it is "
            f"{'right' if wrong == 0 else 'wrong'} of all"
        )
    say = 0.5 * np.log((1 - wrong) / wrong)
    # Take the step
    weights = weights * np.exp(-say * y * vote)
    return float(say), weights / weights.sum()


def adaboost(
    X: np.ndarray, y: np.ndarray, n_rounds: int, max_depth: int = 1
) -> tuple[list[Tree], list[float]]:
    """Grow tree after tree on weights, and give each its say.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_features)
        Samples.
    y : ndarray, shape (n_samples,)
        Labels -1 and +1.
    n_rounds : int
        Most trees.
    max_depth : int
        Most questions on the way to a leaf.

    Returns
    -------
    trees : list of Tree
        Shares of the labels -1 and +1 in their leaves, by weight.
    says : list of float
        The say of each [1]. It ends early at a tree without a mistake, whose say is 1,
        and before a tree that is no better than a coin.

    Notes
    -----
    ``freund1997decision``.
    """
    weights, trees, says = np.full(len(y), 1 / len(y)), [], []
    for _ in range(n_rounds):
        # Look at the mistakes
        weights = np.maximum(weights, LEAST)
        # Fit a small tree
        labels = np.column_stack([y < 0, y > 0])
        tree = grow_tree(X, labels, weights, gini, max_depth)
        vote = tree_vote(tree, X)
        right = weights[vote == y].sum() / weights.sum()
        if right == 1:
            return [*trees, tree], [*says, 1.0]
        if right <= 0.5:
            break
        say, weights = reweight(weights, y, vote)
        trees.append(tree)
        says.append(say)
    return trees, says


def tree_vote(tree: Tree, X: np.ndarray) -> np.ndarray:
    """Return the label that is heavier in the leaf of each sample, -1 in a tie."""
    return np.where(tree.value[:, 1] > tree.value[:, 0], 1.0, -1.0)[tree.apply(X)]


class AdaBoostClassifier(BinaryClassifier):
    """Let small trees vote, each grown where those before it were wrong.

    Parameters
    ----------
    n_estimators : int
        Most trees, >= 1.
    max_depth : int
        Most questions on the way to a leaf, >= 1; with one, the trees are *stumps*.

    Attributes
    ----------
    trees_ : list of Tree
        The trees, at most `n_estimators`.
    says_ : ndarray, shape (n_trees,)
        The say of each [1]: half of scikit-learn's ``estimator_weights_``.
    losses_ : list of float
        Exponential loss on the training samples before the first round and after each.
    classes_ : ndarray, shape (2,)
        The labels, sorted; a positive score speaks for the second.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X is not a finite matrix, y does
        not hold exactly two classes, or no tree is better than a coin.

    Notes
    -----
    ``freund1997decision``. It has no random part. For two classes it is what
    scikit-learn calls SAMME.

    Examples
    --------
    >>> X, y = [[1.0], [2.0], [3.0], [4.0]], ["blast", "quake", "quake", "blast"]
    >>> learner = AdaBoostClassifier(n_estimators=3).fit(X, y)
    >>> learner.predict(X).tolist(), learner.says_.round(2)
    (['blast', 'quake', 'quake', 'blast'], array([0.55, 0.8 , 0.69]))
    """

    def __init__(self, n_estimators: Count = 50, max_depth: Count = 1) -> None:
        self.n_estimators = n_estimators
        self.max_depth = max_depth

    def fit(self, X: ArrayLike, y: ArrayLike) -> AdaBoostClassifier:
        """Grow the trees.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples.
        y : array_like, shape (n_samples,)
            Labels of two classes, numbers or text.

        Returns
        -------
        AdaBoostClassifier
            The learner itself.
        """
        X, y = self._check(X, y)
        check_room("n_estimators", self.n_estimators, self.n_estimators * len(X))
        self.trees_, says = adaboost(X, y, self.n_estimators, self.max_depth)
        if not says:
            raise ValueError("X must tell something of y: no tree beats a coin")
        self.says_ = np.array(says)
        sums = [np.zeros(len(y)), *self._sums(X)]
        self.losses_ = [exponential_loss(score, y) for score in sums]
        return self

    def _sums(self, X: np.ndarray) -> Iterator[np.ndarray]:
        """Yield the sum of the votes after each round."""
        score = np.zeros(len(X))
        for tree, say in zip(self.trees_, self.says_, strict=True):
            score = score + say * tree_vote(tree, X)
            yield score

    def staged_decision_function(self, X: ArrayLike) -> Iterator[np.ndarray]:
        """Yield the score of each sample after the first round, the second, ...

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Yields
        ------
        ndarray, shape (n_samples,)
            Sum of the votes, each times its say [1].
        """
        yield from self._sums(self._check_new(X))

    def decision_function(self, X: ArrayLike) -> np.ndarray:
        """Return the sum of all votes, each times its say.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            Scores [1]: half the log-odds of ``classes_[1]``, if the exponential loss
            were at its minimum. They promise too much; calibrate before use.
        """
        *_, last = self._sums(self._check_new(X))
        return last

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the label that the weighted majority votes for.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            Labels, as they were given to `fit`; the first in a tie.
        """
        second = self.decision_function(X) > 0
        return self.classes_[second.astype(int)]
