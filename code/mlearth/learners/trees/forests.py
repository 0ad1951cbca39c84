"""Many trees on bootstrap samples: how a forest grows, answers and judges itself."""

from __future__ import annotations

import numpy as np

from .growth import Tree, grow_tree, some_features
from .splits import Impurity

__all__ = ["forest_mean", "grow_forest", "out_of_bag_mean"]


def grow_forest(
    X: np.ndarray,
    Y: np.ndarray,
    weights: np.ndarray,
    impurity: Impurity,
    n_trees: int,
    n_tried: int,
    max_depth: int | None = None,
    min_leaf: int = 1,
    random_state: int | np.random.Generator | None = None,
) -> tuple[list[Tree], np.ndarray]:
    """Grow each tree on its own bootstrap sample, with its own draws of features.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_features)
        Samples.
    Y : ndarray, shape (n_samples, n_outputs)
        Their targets, as `splits` describes them.
    weights : ndarray, shape (n_samples,)
        Their weights, > 0 [1].
    impurity : callable
        Takes mean rows, returns impurities.
    n_trees : int
        Number of trees.
    n_tried : int
        How many features a node tries.
    max_depth, min_leaf
        As in `grow_tree`.
    random_state : int, numpy.random.Generator or None
        Seed. Every tree draws from a generator of its own, first its rows.

    Returns
    -------
    trees : list of Tree
        The trees.
    draws : ndarray of int, shape (n_trees, n_samples)
        The rows that each tree was grown on, some of them more than once.

    Notes
    -----
    ``breiman1996bagging``, ``breiman2001random``.
    """
    trees, draws = [], []
    for rng in np.random.default_rng(random_state).spawn(n_trees):
        # Draw rows and features
        rows = rng.integers(len(X), size=len(X))
        sample = X[rows], Y[rows], weights[rows]
        draw = some_features(n_tried, rng)
        trees.append(grow_tree(*sample, impurity, max_depth, min_leaf, draw))
        draws.append(rows)
    return trees, np.array(draws)


def forest_mean(trees: list[Tree], X: np.ndarray) -> np.ndarray:
    """Return the mean of what the trees say.

    Parameters
    ----------
    trees : list of Tree
        A forest.
    X : ndarray, shape (n_samples, n_features)
        Samples.

    Returns
    -------
    ndarray, shape (n_samples, n_outputs)
        Mean of the values of the leaves that each sample reaches.
    """
    return sum(tree.value[tree.apply(X)] for tree in trees) / len(trees)


def out_of_bag_mean(trees: list[Tree], draws: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Return for each training sample the mean of the trees that did not see it.

    Parameters
    ----------
    trees : list of Tree
        A forest.
    draws : ndarray of int, shape (n_trees, n_samples)
        The rows that each tree was grown on.
    X : ndarray, shape (n_samples, n_features)
        The training samples.

    Returns
    -------
    ndarray, shape (n_samples, n_outputs)
        Means; NaN for a sample that every tree saw.
    """
    total = np.zeros((len(X), trees[0].value.shape[1]))
    votes = np.zeros((len(X), 1))
    for tree, rows in zip(trees, draws, strict=True):
        unseen = np.setdiff1d(np.arange(len(X)), rows)
        total[unseen] += tree.value[tree.apply(X[unseen])]
        votes[unseen] += 1
    return np.divide(total, votes, out=np.full(total.shape, np.nan), where=votes > 0)
