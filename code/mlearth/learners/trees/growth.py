"""A decision tree as arrays: how it grows, and how it is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from ..._arguments import Accepted
from .splits import Impurity, best_split

__all__ = ["Tree", "every_feature", "grow_tree", "some_features"]

Draw = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Tree:
    """A decision tree; node 0 is the root, and every array has one entry per node.

    The nodes stand in the order in which a reader would outline the tree: a node, all
    of its left branch, all of its right branch.

    Attributes
    ----------
    feature : ndarray of int, shape (n_nodes,)
        Column that a node asks about; -1 in a leaf.
    threshold : ndarray, shape (n_nodes,)
        Samples with a feature up to it go left [unit of the feature]; NaN in a leaf.
    left, right : ndarray of int, shape (n_nodes,)
        Numbers of the two children; -1 in a leaf.
    value : ndarray, shape (n_nodes, n_outputs)
        Mean target of a node's training samples: shares of classes, or y and y squared.
    impurity : ndarray, shape (n_nodes,)
        Impurity of the node.
    n_samples : ndarray of int, shape (n_nodes,)
        Number of its training samples.
    weight : ndarray, shape (n_nodes,)
        Sum of their weights [1].
    """

    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    impurity: np.ndarray
    n_samples: np.ndarray
    weight: np.ndarray

    @property
    def is_leaf(self) -> np.ndarray:
        """Which nodes ask nothing, shape (n_nodes,)."""
        return self.left < 0

    @property
    def n_leaves(self) -> int:
        """Number of leaves."""
        return int(self.is_leaf.sum())

    @property
    def risk(self) -> np.ndarray:
        """Impurity of each node times its share of the weight, shape (n_nodes,)."""
        return self.impurity * self.weight / self.weight[0]

    def apply(self, X: np.ndarray) -> np.ndarray:
        """Send samples down the tree; return the leaf that each reaches.

        Parameters
        ----------
        X : ndarray, shape (n_samples, n_features)
            Samples.

        Returns
        -------
        ndarray of int, shape (n_samples,)
            Number of the leaf.
        """
        node = np.zeros(len(X), dtype=int)
        asked = np.flatnonzero(self.left[node] >= 0)
        while asked.size:
            at = node[asked]
            goes_left = X[asked, self.feature[at]] <= self.threshold[at]
            node[asked] = np.where(goes_left, self.left[at], self.right[at])
            asked = asked[self.left[node[asked]] >= 0]
        return node

    def outline(self, names: Sequence[str], labels: Sequence[str] = ()) -> str:
        """Write the tree as nested questions.

        Parameters
        ----------
        names : sequence of str
            Name of each feature.
        labels : sequence of str
            Name of each class; without it leaves show a mean.

        Returns
        -------
        str
            A line for each answer, indented by its depth.
        """
        lines, todo = [], [(0, 0, "all")]
        while todo:
            node, depth, answer = todo.pop()
            text = f"{'|   ' * depth}{answer}: {self.n_samples[node]} samples"
            if self.is_leaf[node]:
                text += f" -> {self._verdict(node, labels)}"
            else:
                name, at = names[self.feature[node]], f"{self.threshold[node]:.4g}"
                todo.append((self.right[node], depth + 1, f"{name} > {at}"))
                todo.append((self.left[node], depth + 1, f"{name} <= {at}"))
            lines.append(text)
        return "\n".join(lines)

    def _verdict(self, node: int, labels: Sequence[str]) -> str:
        """Word what a leaf answers: the likeliest class and its share, or a mean."""
        if not len(labels):
            return f"{self.value[node, 0]:.4g}"
        likeliest = int(np.argmax(self.value[node]))
        return f"{labels[likeliest]} ({100 * self.value[node, likeliest]:.0f} %)"

    def importances(self, n_features: int) -> np.ndarray:
        """Return the share of each feature in all that the splits lowered the risk.

        Parameters
        ----------
        n_features : int
            Number of columns of X.

        Returns
        -------
        ndarray, shape (n_features,)
            Shares [1] that add up to 1, or zeros if the tree never splits.
        """
        inner = np.flatnonzero(~self.is_leaf)
        children = self.risk[self.left[inner]] + self.risk[self.right[inner]]
        drop = self.risk[inner] - children
        total = np.bincount(self.feature[inner], weights=drop, minlength=n_features)
        return total / total.sum() if total.sum() > 0 else total


Grown = Annotated[Tree, Accepted("a Tree", lambda value: isinstance(value, Tree))]


def every_feature(X: np.ndarray) -> np.ndarray:
    """Return the numbers of all columns: a node of a single tree tries each of them."""
    return np.arange(X.shape[1])


def some_features(n_tried: int, rng: np.random.Generator) -> Draw:
    """Return a function that draws which features a node of a forest tries.

    Parameters
    ----------
    n_tried : int
        How many features to draw, of those that vary in the node.
    rng : numpy.random.Generator
        Source of the draws: one order of all features for each node.

    Returns
    -------
    callable
        Takes the samples of a node, returns the numbers of at most n_tried columns.
    """

    def draw(X: np.ndarray) -> np.ndarray:
        drawn = rng.permutation(X.shape[1])
        return drawn[_varies(X)[drawn]][:n_tried]

    return draw


def grow_tree(
    X: np.ndarray,
    Y: np.ndarray,
    weights: np.ndarray,
    impurity: Impurity,
    max_depth: int | None = None,
    min_leaf: int = 1,
    draw: Draw = every_feature,
) -> Tree:
    """Split the samples again and again, until the nodes are pure or too small.

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
    max_depth : int or None
        Most questions on the way to a leaf; None for any number.
    min_leaf : int
        Fewest samples in a leaf.
    draw : callable
        Takes the samples of a node, returns the columns that it tries.

    Returns
    -------
    Tree

    Examples
    --------
    >>> from mlearth.learners import gini
    >>> X = np.array([[1.0], [2.0], [8.0], [9.0]])
    >>> Y = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    >>> tree = grow_tree(X, Y, np.ones(4), gini)
    >>> tree.threshold, tree.value[tree.apply(np.array([[4.9], [5.1]]))]
    (array([ 5., nan, nan]), array([[1., 0.],
           [0., 1.]]))
    """
    nodes, todo = [], [(np.arange(len(Y)), 0, {}, "root")]
    while todo:
        rows, depth, parent, side = todo.pop()
        # Make a node
        parent[side] = len(nodes)
        node = new_leaf(Y[rows], weights[rows], impurity)
        nodes.append(node)
        # Ask or stop
        if depth == max_depth or len(rows) < 2 * min_leaf or is_pure(Y[rows]):
            continue
        tried = draw(X[rows])
        here = X[np.ix_(rows, tried)], Y[rows], weights[rows]
        split = best_split(*here, impurity, min_leaf)
        if split is not None:
            j, t = tried[split.feature], split.threshold
            node["feature"], node["threshold"] = j, t
            left = X[rows, j] <= t
            todo.append((rows[~left], depth + 1, node, "right"))
            todo.append((rows[left], depth + 1, node, "left"))
    return as_tree(nodes)


def new_leaf(Y: np.ndarray, w: np.ndarray, impurity: Impurity) -> dict:
    """Return what a node knows before it asks anything."""
    asks_nothing = {"feature": -1, "threshold": np.nan, "left": -1, "right": -1}
    value = w @ Y / w.sum()
    known = {"value": value, "impurity": impurity(value), "n_samples": len(Y)}
    return asks_nothing | known | {"weight": w.sum()}


def as_tree(nodes: list[dict]) -> Tree:
    """Turn a list of nodes into one array for each of their properties."""
    return Tree(**{key: np.array([node[key] for node in nodes]) for key in nodes[0]})


def is_pure(Y: np.ndarray) -> bool:
    """Tell whether all targets are the same."""
    return not _varies(Y).any()


def _varies(columns: np.ndarray) -> np.ndarray:
    """Tell which columns hold more than one value."""
    return (columns != columns[0]).any(axis=0)
