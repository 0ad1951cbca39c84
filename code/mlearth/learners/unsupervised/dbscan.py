"""DBSCAN from scratch: clusters are where samples lie dense, and the rest is noise.

See ``ester1996density``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Accepted, Count, Matrix, Positive, check_room, checked
from ..base import Clusterer
from ..neighbors.nearest_neighbors import METRICS

__all__ = ["DBSCAN", "grow_clusters", "neighbourhoods"]

BLOCK = 2**22  # distances in memory

Metric = Literal["euclidean", "haversine"]
Near = Annotated[
    Sequence[np.ndarray],
    Accepted(
        "a list with the rows of each sample's neighbours",
        lambda v: isinstance(v, list) and all(are_rows(one, len(v)) for one in v),
    ),
]


def are_rows(rows: np.ndarray, n: int) -> bool:
    """Tell whether something numbers rows of n samples."""
    rows = np.asarray(rows)
    whole = rows.ndim == 1 and (rows.size == 0 or rows.dtype.kind in "iu")
    return bool(whole and np.all((rows >= 0) & (rows < n)))


@checked
def neighbourhoods(
    X: Matrix, eps: Positive, metric: Metric = "euclidean"
) -> list[np.ndarray]:
    """List, for each sample, the samples within a distance, itself among them.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_features)
        Samples.
    eps : float
        Distance, > 0, in the unit of the metric.
    metric : {"euclidean", "haversine"}
        In the units of the features, or kilometres between the columns latitude and
        longitude [degree].

    Returns
    -------
    list of ndarray of int
        Rows within `eps` of each sample, in ascending order.

    Raises
    ------
    ValueError
        If an argument is not what is accepted, or X is no places for "haversine".

    Examples
    --------
    >>> neighbourhoods([[0.0], [1.0], [5.0]], eps=1.0)
    [array([0, 1]), array([0, 1]), array([2])]
    """
    check_room("X", f"{len(X)} samples", len(X) ** 2)
    near, step = [], max(1, BLOCK // len(X))
    for first in range(0, len(X), step):
        # List who is near
        distance = METRICS[metric](X[first : first + step], X)
        near += [np.flatnonzero(row <= eps) for row in distance]
    return near


@checked
def grow_clusters(near: Near, min_samples: Count) -> np.ndarray:
    """Grow clusters from core samples to all who are near, and on from core samples.

    Parameters
    ----------
    near : list of ndarray of int
        Rows of each sample's neighbours, its own among them.
    min_samples : int
        A sample with so many neighbours, itself counted, is a core sample.

    Returns
    -------
    ndarray of int, shape (n_samples,)
        Number of each sample's cluster, from 0; -1 is noise.

    Raises
    ------
    ValueError
        If `near` is no list of rows, or min_samples no count.

    Examples
    --------
    >>> grow_clusters([[0, 1], [0, 1, 2], [1, 2], [3]], min_samples=3)
    array([ 0,  0,  0, -1])
    """
    # Find the core samples
    core = np.array([len(rows) >= min_samples for rows in near])
    labels, n_clusters = np.full(len(near), -1), 0
    for first in np.flatnonzero(core):
        if labels[first] >= 0:
            continue
        # Grow from core to core
        labels[first], waiting = n_clusters, [first]
        while waiting:
            for row in near[waiting.pop()]:
                if labels[row] < 0:
                    labels[row] = n_clusters
                    if core[row]:
                        waiting.append(row)
        n_clusters += 1
    return labels


class DBSCAN(Clusterer):
    """Find clusters of any shape where samples lie dense; what is left over is noise.

    Parameters
    ----------
    eps : float
        How near neighbours are, > 0, in the unit of the metric.
    min_samples : int
        A sample with so many neighbours, itself counted, is a core sample.
    metric : {"euclidean", "haversine"}
        In the units of the features, or kilometres between the columns latitude and
        longitude [degree].

    Attributes
    ----------
    labels_ : ndarray of int, shape (n_samples,)
        Number of each sample's cluster, from 0; -1 is noise.
    core_sample_indices_ : ndarray of int
        Rows of the core samples.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, or X is not a finite matrix, or no
        places for "haversine".

    Notes
    -----
    ``ester1996density``. A sample on the border of two clusters goes to the one that
    holds the earlier core sample. There is no `predict`: a new sample could join two
    clusters into one.

    Examples
    --------
    >>> X = [[0.0], [1.0], [2.0], [9.0]]
    >>> DBSCAN(eps=1.0, min_samples=2).fit(X).labels_
    array([ 0,  0,  0, -1])
    """

    def __init__(
        self, eps: Positive = 0.5, min_samples: Count = 5, metric: Metric = "euclidean"
    ) -> None:
        self.eps = eps
        self.min_samples = min_samples
        self.metric = metric

    def fit(self, X: ArrayLike, y: None = None) -> DBSCAN:
        """Find the clusters of the samples X, shape (n_samples, n_features)."""
        near = neighbourhoods(self._check_alone(X), self.eps, self.metric)
        sizes = np.array([len(rows) for rows in near])
        self.core_sample_indices_ = np.flatnonzero(sizes >= self.min_samples)
        self.labels_ = grow_clusters(near, self.min_samples)
        return self
