"""How a decision tree chooses its next question: the split with the purest children.

Targets are the rows of a matrix Y: for classes the one-hot labels, whose mean over a
node is the share of each class; for numbers the columns y and y squared. An impurity is
then a function of the mean row of a node, and of nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import xlogy

from ..._arguments import (
    Count,
    Function,
    Matrix,
    Moments,
    Outputs,
    Positives,
    Shares,
    Truth,
    checked,
)

__all__ = ["Split", "best_split", "entropy_bits", "gini", "impurity_drop", "variance"]

Impurity = Function

TIE = 1e-12
"""Costs this close, as a share of the impurity of the node, count as equal."""


@checked
def gini(shares: Shares) -> np.ndarray:
    """Return the chance that two samples of a node, drawn at random, differ in class.

    Parameters
    ----------
    shares : array_like, shape (..., n_classes)
        Share of each class; the last axis adds up to 1.

    Returns
    -------
    ndarray, shape (...)
        ``1 - sum(shares**2)`` [1]: 0 in a pure node.

    Notes
    -----
    ``breiman1984classification``.

    Examples
    --------
    >>> gini([[1.0, 0.0], [0.5, 0.5], [0.9, 0.1]]).round(2)
    array([0.  , 0.5 , 0.18])
    """
    return 1 - np.sum(np.square(shares), axis=-1)


@checked
def entropy_bits(shares: Shares) -> np.ndarray:
    """Return how many yes-or-no questions the class of a sample is worth, on average.

    Parameters
    ----------
    shares : array_like, shape (..., n_classes)
        Share of each class; the last axis adds up to 1.

    Returns
    -------
    ndarray, shape (...)
        ``-sum(shares * log2(shares))`` [bit]: 0 in a pure node.

    Examples
    --------
    >>> entropy_bits([[1.0, 0.0], [0.5, 0.5], [0.9, 0.1]]).round(2)
    array([0.  , 1.  , 0.47])
    """
    shares = np.maximum(shares, 0)  # a difference of sums may fall below by rounding
    return 0 - np.sum(xlogy(shares, shares), axis=-1) / np.log(2)


@checked
def variance(moments: Moments) -> np.ndarray:
    """Return the variance of numbers with a given mean and mean square.

    Parameters
    ----------
    moments : array_like, shape (..., 2)
        Mean of y [unit of y] and mean of y squared.

    Returns
    -------
    ndarray, shape (...)
        ``mean(y**2) - mean(y)**2`` [unit of y, squared], never negative.

    Examples
    --------
    >>> variance([[2.0, 5.0], [2.0, 4.0]])
    array([1., 0.])
    """
    return np.maximum(moments[..., 1] - moments[..., 0] ** 2, 0)


@checked
def impurity_drop(
    Y: Outputs, goes_left: Truth, impurity: Impurity = entropy_bits
) -> float:
    """Return how much purer a split makes a node; with entropy, the information gain.

    Parameters
    ----------
    Y : array_like, shape (n_samples, n_outputs)
        Targets of the samples, as in the module's description.
    goes_left : array_like of bool, shape (n_samples,)
        The answer of each sample; both answers occur.
    impurity : callable
        Takes mean rows, returns impurities.

    Returns
    -------
    float
        Impurity of the node minus the mean impurity of its two children, weighted by
        their numbers of samples [unit of the impurity].

    Raises
    ------
    ValueError
        If all samples go the same way.

    Examples
    --------
    >>> impurity_drop([[1, 0], [1, 0], [0, 1], [0, 1]], [True, True, False, False])
    1.0
    """
    left = goes_left == 1
    share = left.mean()
    if not 0 < share < 1:
        raise ValueError("goes_left must send samples both ways, it sends all one way")
    children = share * impurity(Y[left].mean(axis=0))
    children += (1 - share) * impurity(Y[~left].mean(axis=0))
    return float(impurity(Y.mean(axis=0)) - children)


class Split(NamedTuple):
    """A question: is the feature at most the threshold?

    Attributes
    ----------
    feature : int
        Column of X.
    threshold : float
        Samples with ``X[:, feature] <= threshold`` go left [unit of the feature].
    cost : float
        Mean impurity of the two children, weighted by their samples.
    """

    feature: int
    threshold: float
    cost: float


@checked
def best_split(
    X: Matrix,
    Y: Outputs,
    weights: Positives,
    impurity: Impurity,
    min_leaf: Count = 1,
) -> Split | None:
    """Try every threshold of every feature; return the split with the purest children.

    Sort the samples by a feature, and every cut between two of them is one question.
    Running sums give the mean target on either side of all cuts at once.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_features)
        Features of the samples of a node.
    Y : ndarray, shape (n_samples, n_outputs)
        Their targets, as in the module's description.
    weights : ndarray, shape (n_samples,)
        Weight of each sample, > 0 [1].
    impurity : callable
        Takes mean rows, shape (..., n_outputs), returns impurities, shape (...).
    min_leaf : int
        Fewest samples that a child may have.

    Returns
    -------
    Split or None
        None if no question separates the samples. Of equally good questions, the first
        feature and in it the lowest threshold wins.

    Examples
    --------
    >>> X = np.array([[1.0, 7.0], [2.0, 5.0], [8.0, 6.0], [9.0, 4.0]])
    >>> Y = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    >>> best_split(X, Y, np.ones(4), gini)
    Split(feature=0, threshold=5.0, cost=0.0)
    """
    n, n_features = X.shape
    costs = np.full((n_features, n - 1), np.inf)
    # Cost every cut
    for j in range(n_features):
        order = np.argsort(X[:, j], kind="stable")
        x, w = X[order, j], np.cumsum(weights[order])
        sums = np.cumsum(weights[order, None] * Y[order], axis=0)
        w_left, w_right = w[:-1], w[-1] - w[:-1]
        left = impurity(sums[:-1] / w_left[:, None])
        right = impurity((sums[-1] - sums[:-1]) / w_right[:, None])
        costs[j] = (w_left * left + w_right * right) / w[-1]
        costs[j, x[1:] <= x[:-1]] = np.inf  # equal values cannot be told apart
    costs[:, : min_leaf - 1] = costs[:, n - min_leaf :] = np.inf
    # Take the cheapest
    lowest = costs.min(initial=np.inf)
    if lowest == np.inf:
        return None
    tie = TIE * impurity(weights @ Y / weights.sum())
    feature, cut = np.argwhere(costs <= lowest + tie)[0].tolist()
    low, high = np.sort(X[:, feature])[cut : cut + 2]
    middle = low / 2 + high / 2
    threshold = middle if middle < high else low  # between neighbouring floats is none
    return Split(feature, float(threshold), float(costs[feature, cut]))
