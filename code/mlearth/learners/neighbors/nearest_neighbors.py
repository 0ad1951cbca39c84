"""Nearest neighbours from scratch: predict what the closest training samples show.

The training data are kept, and a prediction is an average over the nearest of them.
What "near" means is the whole model. See ``cover1967nearest``.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import (
    Count,
    Distances,
    Flag,
    Matrix,
    Others,
    check_count,
    check_matrix,
    check_vector,
    checked,
    wrong,
)
from ..._geodesy import EARTH_RADIUS_KM
from ..base import Classifier, Learner, Regressor

__all__ = [
    "NearestNeighborsClassifier",
    "NearestNeighborsRegressor",
    "euclidean_distance",
    "haversine_km",
    "inverse_distance",
    "nearest",
]

BLOCK = 2**22  # distances in memory


@checked
def euclidean_distance(A: Matrix, B: Others) -> np.ndarray:
    """Measure the straight-line distance between each row of A and each row of B.

    Parameters
    ----------
    A, B : array_like, shapes (n_a, n_features) and (n_b, n_features)
        Points; all features count alike, so bring them to one unit first.

    Returns
    -------
    ndarray, shape (n_a, n_b)
        Distances, in the unit of the features.

    Raises
    ------
    ValueError
        If A or B is not a finite matrix, or they differ in their number of columns.

    Examples
    --------
    >>> euclidean_distance([[0, 0]], [[3, 4], [0, 1]])
    array([[5., 1.]])
    """
    columns = zip(A.T, B.T, strict=True)
    return np.sqrt(sum((a[:, None] - b) ** 2 for a, b in columns))


@checked
def haversine_km(A: Matrix, B: Others) -> np.ndarray:
    """Measure the great-circle distance between each row of A and each row of B.

    Parameters
    ----------
    A, B : array_like, shapes (n_a, 2) and (n_b, 2)
        Latitude [degree, -90 to 90] and longitude [degree east, any whole turn].

    Returns
    -------
    ndarray, shape (n_a, n_b)
        Distances along the surface of a sphere of radius 6371 km [km].

    Raises
    ------
    ValueError
        If A or B has not two columns of finite numbers, or a latitude is out of range.

    Examples
    --------
    >>> haversine_km([[-17, 179.5]], [[-17, -179.5], [-17, 178.5]]).round(1)
    array([[106.3, 106.3]])
    """
    A, B = to_radians("A", A), to_radians("B", B)
    half = np.sin((A[:, None] - B) / 2) ** 2
    shrink = np.outer(np.cos(A[:, 0]), np.cos(B[:, 0]))
    h = half[..., 0] + shrink * half[..., 1]
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(h, 1)))


METRICS = {"euclidean": euclidean_distance, "haversine": haversine_km}


@checked(also=lambda distance, k: check_count("k", k, most=distance.shape[1]))
def nearest(distance: Distances, k: Count) -> np.ndarray:
    """Find the k smallest distances of each row; of equal ones the first column wins.

    Parameters
    ----------
    distance : ndarray, shape (n_a, n_b)
        Distances.
    k : int
        How many, from 1 to n_b.

    Returns
    -------
    ndarray of int, shape (n_a, k)
        Columns of the k smallest distances, the nearest first, and equal ones in their
        order: the lowest number wins, on every processor.

    Raises
    ------
    ValueError
        If k is not a whole number from 1 to n_b.

    Examples
    --------
    >>> nearest(np.array([[4.0, 1.0, 3.0, 2.0], [5.0, 2.0, 0.0, 2.0]]), 2)
    array([[1, 3],
           [2, 1]])
    """
    return np.argsort(distance, axis=1, kind="stable")[:, :k]


@checked
def inverse_distance(distance: Distances) -> np.ndarray:
    """Weigh neighbours by one over their distance, the nearest of each row with 1.

    Where neighbours lie at distance zero they alone count, each with 1.

    Parameters
    ----------
    distance : ndarray, shape (n_samples, k)
        Distances >= 0.

    Returns
    -------
    ndarray, shape (n_samples, k)
        Weights from 0 to 1.

    Examples
    --------
    >>> inverse_distance(np.array([[1.0, 2.0, 4.0], [0.0, 0.0, 3.0]]))
    array([[1.  , 0.5 , 0.25],
           [1.  , 1.  , 0.  ]])
    """
    least = distance.min(axis=1, keepdims=True)
    safe = np.where(distance, distance, 1)
    return np.where(distance == least, 1.0, least / safe)


class NeighborAverage(Learner):
    """Average the targets of the nearest training samples: the part both share.

    Parameters
    ----------
    n_neighbors : int, default 5
        How many neighbours are asked.
    metric : {"euclidean", "haversine"}, default "euclidean"
        What near means: `euclidean_distance` in the units of the features, or
        `haversine_km` of the columns latitude and longitude [degree].
    weighted : bool, default False
        Whether a neighbour counts in proportion to one over its distance.

    Notes
    -----
    Of training samples at the same distance the earlier row is the nearer one.
    """

    def __init__(
        self,
        n_neighbors: Count = 5,
        metric: Literal["euclidean", "haversine"] = "euclidean",
        weighted: Flag = False,
    ) -> None:
        self.n_neighbors = n_neighbors
        self.metric = metric
        self.weighted = weighted

    def kneighbors(self, X: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """Return the distances and the rows of the nearest training samples.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        distance : ndarray, shape (n_samples, n_neighbors)
            Distances, the smallest first, in the unit of the metric.
        index : ndarray of int, shape (n_samples, n_neighbors)
            Rows of the training data.
        """
        X, found = self._check_new(X), []
        step = max(1, BLOCK // len(self.X_))
        for start in range(0, len(X), step):
            distance = METRICS[self.metric](X[start : start + step], self.X_)
            index = nearest(distance, self.n_neighbors)
            found.append((np.take_along_axis(distance, index, axis=1), index))
        distance, index = map(np.concatenate, zip(*found, strict=True))
        return distance, index

    def average(self, X: ArrayLike) -> np.ndarray:
        """Return the mean target of the neighbours of each sample."""
        distance, index = self.kneighbors(X)
        w = inverse_distance(distance) if self.weighted else np.ones(index.shape)
        total = np.einsum("ij,ij...->i...", w, self.targets_[index])
        return (total.T / w.sum(axis=1)).T

    def _keep(self, X: np.ndarray, targets: np.ndarray) -> None:
        """Keep the training data, if there are enough of them."""
        if self.n_neighbors > len(X):
            most = f"at most n_samples = {len(X)}"
            raise wrong("n_neighbors", most, self.n_neighbors)
        METRICS[self.metric](X[:1], X)  # names what this metric does not accept
        self.X_, self.targets_ = X.copy(), targets


class NearestNeighborsRegressor(NeighborAverage, Regressor):
    """Predict the mean of what the nearest training samples measured.

    Parameters
    ----------
    n_neighbors, metric, weighted
        As for `NeighborAverage`: 5, "euclidean" (or "haversine") and False.

    Attributes
    ----------
    X_ : ndarray, shape (n_samples, n_features)
        The training samples.
    targets_ : ndarray, shape (n_samples,)
        What they measured.

    Examples
    --------
    >>> model = NearestNeighborsRegressor(n_neighbors=2)
    >>> model.fit([[0.0], [1.0], [5.0]], [10.0, 20.0, 90.0]).predict([[0.4]])
    array([15.])
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> NearestNeighborsRegressor:
        """Keep the samples X, shape (n_samples, n_features), and their targets y."""
        self._keep(*self._check(X, y))
        return self

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the mean target of the neighbours of each sample of X."""
        return self.average(X)


class NearestNeighborsClassifier(NeighborAverage, Classifier):
    """Let the nearest training samples vote; a tie goes to the class that sorts first.

    Parameters
    ----------
    n_neighbors, metric, weighted
        As for `NeighborAverage`: 5, "euclidean" (or "haversine") and False.

    Attributes
    ----------
    classes_ : ndarray, shape (n_classes,)
        The labels, sorted.
    X_ : ndarray, shape (n_samples, n_features)
        The training samples.
    targets_ : ndarray, shape (n_samples, n_classes)
        One for the class of each sample and zero for the others.

    Examples
    --------
    >>> model = NearestNeighborsClassifier(n_neighbors=3)
    >>> model.fit([[0.0], [1.0], [2.0], [9.0]], ["a", "a", "b", "b"]).predict([[0.4]])
    array(['a'], dtype='<U1')
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> NearestNeighborsClassifier:
        """Keep the samples X, shape (n_samples, n_features), and their labels y."""
        X, codes = self._check(X, y)
        self._keep(X, np.eye(len(self.classes_))[codes])
        return self

    def predict_proba(self, X: ArrayLike) -> np.ndarray:
        """Return the share of the vote of each class, shape (n_samples, n_classes)."""
        return self.average(X)


def to_radians(name: str, places: ArrayLike) -> np.ndarray:
    """Check that places are latitude and longitude [degree]; return radians."""
    places = check_matrix(name, places, columns=2, of="latitude and longitude")
    check_vector(f"latitude in {name}", places[:, 0], least=-90, most=90)
    return np.radians(places)
