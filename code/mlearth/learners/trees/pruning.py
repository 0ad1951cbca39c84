"""Cost-complexity pruning: cut a tree back to the branches that earn their leaves."""

from __future__ import annotations

import numpy as np

from ..._arguments import NotNegative, checked
from .growth import Grown, Tree

__all__ = ["prune_tree", "pruning_path"]


@checked
def pruning_path(tree: Grown) -> tuple[np.ndarray, np.ndarray]:
    """Cut the weakest branch, again and again; return when each node becomes a leaf.

    The strength of a branch is the risk that it saves per leaf that it adds. The
    weakest is cut first, which changes the strength of the nodes above it.

    Parameters
    ----------
    tree : Tree
        A grown tree.

    Returns
    -------
    alphas : ndarray, shape (n_cuts,)
        Price of a leaf [unit of the impurity] from which on each cut pays, rising.
    nodes : ndarray of int, shape (n_cuts,)
        The node that is cut to a leaf; the last is the root.

    Notes
    -----
    ``breiman1984classification``, chapter 3.
    """
    risk, inner = tree.risk, np.flatnonzero(~tree.is_leaf)
    parent = np.full(len(risk), -1)
    parent[tree.left[inner]] = parent[tree.right[inner]] = inner
    leaves, below = np.ones(len(risk)), risk.copy()
    for node in inner[::-1]:  # children have larger numbers than their parents
        children = [tree.left[node], tree.right[node]]
        leaves[node], below[node] = leaves[children].sum(), below[children].sum()
    end = np.arange(len(risk)) + 2 * leaves.astype(int) - 1  # one past its branch
    strength = np.full(len(risk), np.inf)
    strength[inner] = (risk[inner] - below[inner]) / (leaves[inner] - 1)
    alphas, nodes = [0.0], []
    while strength[0] < np.inf:
        cut = int(np.argmin(strength))
        alphas.append(max(alphas[-1], strength[cut]))
        nodes.append(cut)
        strength[cut : end[cut]] = np.inf
        lost, gained, above = leaves[cut] - 1, risk[cut] - below[cut], parent[cut]
        while above >= 0:
            leaves[above] -= lost
            below[above] += gained
            strength[above] = (risk[above] - below[above]) / (leaves[above] - 1)
            above = parent[above]
    return np.array(alphas[1:]), np.array(nodes, dtype=int)


@checked
def prune_tree(tree: Grown, alpha: NotNegative) -> Tree:
    """Cut every branch that saves less risk than alpha for each of its leaves.

    Parameters
    ----------
    tree : Tree
        A grown tree.
    alpha : float
        Price of a leaf, >= 0 [unit of the impurity].

    Returns
    -------
    Tree
        The subtree with the least ``risk of its leaves + alpha * number of leaves``,
        and of several such the smallest.
    """
    alphas, nodes = pruning_path(tree)
    leaf = tree.is_leaf.copy()
    leaf[nodes[alphas <= alpha]] = True
    kept, todo = [], [0]
    while todo:
        node = todo.pop()
        kept.append(node)
        if not leaf[node]:
            todo += [tree.right[node], tree.left[node]]
    number = np.full(len(leaf), -1)
    number[kept] = np.arange(len(kept))
    arrays = {key: array[kept] for key, array in vars(tree).items()}
    cut = leaf[kept]
    arrays["feature"][cut], arrays["threshold"][cut] = -1, np.nan
    for side in ("left", "right"):
        arrays[side] = np.where(cut, -1, number[arrays[side]])
    return Tree(**arrays)
