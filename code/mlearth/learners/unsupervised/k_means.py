"""k-means from scratch: assign samples to centres, move the centres, and again.

Both steps lower one loss, the mean squared distance of the samples to their centres.
See ``lloyd1982least``, and ``arthur2007kmeans`` for where to begin.
"""

from __future__ import annotations

import warnings
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from sklearn.exceptions import ConvergenceWarning

from ..._arguments import (
    Count,
    Matrix,
    Others,
    RandomState,
    check_count,
    check_room,
    check_seed,
    checked,
    wrong,
)
from ..._arguments.types import SAMPLES, Array
from ..base import Clusterer
from ..neighbors.nearest_neighbors import euclidean_distance

__all__ = [
    "KMeans",
    "Lloyd",
    "cluster_means",
    "k_means_plus_plus",
    "lloyd",
]

Members = Annotated[
    ArrayLike,
    Array((SAMPLES,), "whole numbers >= 0", lambda a: (a >= 0) & (a == np.round(a))),
]


def check_members(X, labels, centres) -> None:
    """Raise a ValueError if a label numbers no centre."""
    if labels.max() >= len(centres):
        most = f"below {len(centres)}, the number of centres"
        raise wrong("labels", most, f"{labels.max():g}")


@checked(also=check_members)
def cluster_means(X: Matrix, labels: Members, centres: Others) -> np.ndarray:
    """Move each centre to the mean of its samples.

    A centre without samples goes to the sample that is farthest from its own centre,
    a second one to the next.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_features)
        Samples.
    labels : ndarray of int, shape (n_samples,)
        Number of each sample's centre, from 0.
    centres : ndarray, shape (n_clusters, n_features)
        Where the centres are now.

    Returns
    -------
    ndarray, shape (n_clusters, n_features)
        Where they go.

    Raises
    ------
    ValueError
        If a matrix is not finite, or a label numbers no centre.

    Examples
    --------
    >>> cluster_means([[0.0], [2.0], [9.0]], [0, 0, 1], [[0.0], [9.0]]).ravel()
    array([1., 9.])
    """
    labels = np.asarray(labels, dtype=int)
    # Move each centre to the mean of its samples
    member = np.arange(len(centres))[:, None] == labels
    counts = member.sum(axis=1)
    means = member @ X / np.maximum(counts, 1)[:, None]
    empty = np.flatnonzero(counts == 0)
    far = np.argsort(-np.sum((X - means[labels]) ** 2, axis=1), kind="stable")
    means[empty] = X[far[: len(empty)]]
    return means


@checked(
    also=lambda X, n_clusters, **_: check_count("n_clusters", n_clusters, 1, len(X))
)
def k_means_plus_plus(
    X: Matrix, n_clusters: Count, random_state: RandomState = None
) -> np.ndarray:
    """Draw samples as first centres, far ones more often: ``arthur2007kmeans``.

    The first is any sample. Each further one is drawn with a probability proportional
    to the squared distance from the nearest centre that there is.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_features)
        Samples.
    n_clusters : int
        How many centres, at most n_samples.
    random_state : int, numpy Generator or None
        Seed of the draws.

    Returns
    -------
    ndarray, shape (n_clusters, n_features)
        The centres.

    Raises
    ------
    ValueError
        If X is not finite, or has fewer samples than clusters.

    Examples
    --------
    >>> k_means_plus_plus([[0.0], [0.0], [9.0]], 2, random_state=0).ravel()
    array([9., 0.])
    """
    rng = check_seed("random_state", random_state)
    # Begin far apart
    rows = [rng.integers(len(X))]
    for _ in range(n_clusters - 1):
        d2 = euclidean_distance(X, X[rows]).min(axis=1) ** 2
        chance = d2 / d2.sum() if d2.any() else None  # all samples are centres
        rows.append(rng.choice(len(X), p=chance))
    return X[rows]


class Lloyd(NamedTuple):
    """What one run of k-means found.

    Attributes
    ----------
    centres : ndarray, shape (n_clusters, n_features)
        The centres.
    labels : ndarray of int, shape (n_samples,)
        Number of the nearest centre of each sample.
    losses : list of float
        Mean squared distance to the nearest centre, at the start and after each move
        of the centres [square of the unit of a feature].
    finished : bool
        Whether the last move changed no label.
    """

    centres: np.ndarray
    labels: np.ndarray
    losses: list[float]
    finished: bool


@checked
def lloyd(X: Matrix, centres: Others, n_iter: Count = 300) -> Lloyd:
    """Assign samples and move centres in turn, until no label changes.

    Parameters
    ----------
    X : ndarray, shape (n_samples, n_features)
        Samples.
    centres : ndarray, shape (n_clusters, n_features)
        Where the centres begin.
    n_iter : int
        Largest number of moves.

    Returns
    -------
    Lloyd
        Centres, labels, losses and whether the walk is finished.

    Raises
    ------
    ValueError
        If a matrix is not finite, or they differ in their number of columns.

    Examples
    --------
    >>> found = lloyd([[0.0], [2.0], [8.0]], [[0.0], [2.0]])
    >>> found.centres.ravel(), found.labels, found.finished
    (array([1., 8.]), array([0, 0, 1]), True)
    """
    labels, losses = None, []
    for _ in range(n_iter + 1):
        # Assign each sample to its nearest centre
        distance = euclidean_distance(X, centres)
        before, labels = labels, distance.argmin(axis=1)
        losses.append(float(np.mean(distance.min(axis=1) ** 2)))
        finished = before is not None and np.array_equal(before, labels)
        if finished or len(losses) > n_iter:
            break
        # Move each centre to the mean of its samples
        centres = cluster_means(X, labels, centres)
    return Lloyd(centres, labels, losses, finished)


class KMeans(Clusterer):
    """Find k centres with the least mean squared distance to their samples.

    Each of `n_init` runs begins with centres of `k_means_plus_plus`; the run that ends
    with the least loss is kept.

    Parameters
    ----------
    n_clusters : int
        Number of clusters, at most n_samples.
    n_init : int
        How many runs.
    n_iter : int
        Largest number of moves in a run.
    random_state : int, numpy Generator or None
        Seed of the beginnings.

    Attributes
    ----------
    centres_ : ndarray, shape (n_clusters, n_features)
        The centres.
    labels_ : ndarray of int, shape (n_samples,)
        Number of the nearest centre of each sample.
    losses_ : list of float
        Mean squared distance to the nearest centre, at the start and after each move
        [square of the unit of a feature]; scikit-learn's ``inertia_`` is the last,
        times n_samples.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X is not a finite matrix, or has
        fewer samples than clusters.

    Warns
    -----
    sklearn.exceptions.ConvergenceWarning
        In `fit`, if the best run was not finished after `n_iter` moves.

    Notes
    -----
    ``lloyd1982least``. Features count by their units: standardise what has no common
    one.

    Examples
    --------
    >>> model = KMeans(n_clusters=2, random_state=0).fit([[0.0], [2.0], [8.0]])
    >>> sorted(model.centres_.ravel().tolist()), model.losses_[-1].__round__(2)
    ([1.0, 8.0], 0.67)
    """

    def __init__(
        self,
        n_clusters: Count = 8,
        n_init: Count = 10,
        n_iter: Count = 300,
        random_state: RandomState = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.n_init = n_init
        self.n_iter = n_iter
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: None = None) -> KMeans:
        """Find the centres of the samples X, shape (n_samples, n_features)."""
        X = self._check_alone(X)
        if self.n_clusters > len(X):
            raise wrong("n_clusters", f"at most n_samples = {len(X)}", self.n_clusters)
        check_room("n_clusters", self.n_clusters, len(X) * self.n_clusters)
        rng = check_seed("random_state", self.random_state)
        starts = (
            k_means_plus_plus(X, self.n_clusters, rng) for _ in range(self.n_init)
        )
        runs = (lloyd(X, start, self.n_iter) for start in starts)
        best = min(runs, key=lambda run: run.losses[-1])
        self.centres_, self.labels_, self.losses_, finished = best
        if not finished:
            warn_moving(self)
        return self

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the number of the nearest centre for each sample of X."""
        return euclidean_distance(self._check_new(X), self.centres_).argmin(axis=1)


def warn_moving(learner: KMeans) -> None:
    """Warn that samples still changed their cluster when the walk ended."""
    said = (
        f"KMeans took n_iter={learner.n_iter} iterations, and samples still changed "
        "their cluster: raise n_iter"
    )
    warnings.warn(said, ConvergenceWarning, stacklevel=3)
