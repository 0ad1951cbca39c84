"""Right answers by libraries."""

import numpy as np
from scipy.linalg import eigh
from scipy.spatial.distance import cdist
from sklearn.metrics import silhouette_samples


def lloyd_step(X, weight, centres):
    nearest = cdist(X, centres).argmin(axis=1)
    share = (nearest == np.arange(len(centres))[:, None]) * weight
    total = share.sum(axis=1, keepdims=True)
    means = share @ X / np.where(total > 0, total, 1)
    return np.where(total > 0, means, centres)


def silhouettes(distance, labels):
    if len(np.unique(labels)) == len(labels):
        return np.zeros(len(labels))
    return silhouette_samples(distance, labels, metric="precomputed")


def dip_without_errors(points, covariances):
    places = np.cov(points, rowvar=False) - np.average(covariances, axis=0)
    _, vectors = eigh(places, subset_by_index=[1, 2])  # the two axes of the plane
    normal = np.cross(vectors[:, 0], vectors[:, 1])
    return np.degrees(np.arccos(min(1.0, abs(normal[2]))))
