"""How far clusters come back when the samples are drawn anew."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from sklearn.base import clone
from sklearn.metrics import adjusted_rand_score

from ..._arguments import (
    Accepted,
    Count,
    Matrix,
    RandomState,
    check_room,
    check_seed,
    checked,
)

__all__ = ["stability"]


def is_clusterer(value: Any) -> bool:
    """Tell whether a value can be cloned, fitted and asked for clusters."""
    wanted = ("fit", "predict", "get_params")
    return not isinstance(value, type) and all(hasattr(value, n) for n in wanted)


Clusters = Annotated[Any, Accepted("a clusterer with fit and predict", is_clusterer)]


@checked
def stability(
    model: Clusters, X: Matrix, n_pairs: Count = 5, random_state: RandomState = None
) -> float:
    """Return how well two fits on resampled samples agree about all samples.

    Parameters
    ----------
    model : clusterer
        With `fit` and `predict`, such as `KMeans`; it is not changed.
    X : ndarray, shape (n_samples, n_features)
        Samples, drawn with replacement for each fit.
    n_pairs : int
        How many pairs of fits are compared.
    random_state : int, numpy Generator or None
        Seed of the draws.

    Returns
    -------
    float
        Mean adjusted Rand index of the pairs: 1 if the same samples are always
        together, 0 if only as often as by chance.

    Raises
    ------
    ValueError
        If the model is no such clusterer, or X is not a finite matrix.

    Notes
    -----
    High stability is no proof of clusters: the corners of a rectangle are stable too.

    Examples
    --------
    >>> from mlearth.learners import KMeans
    >>> X = np.r_[np.zeros((20, 1)), np.full((30, 1), 9.0)]
    >>> stability(KMeans(2, random_state=0), X, random_state=0)
    1.0
    """
    check_room("n_pairs", n_pairs, n_pairs * len(X))
    rng, agreed = check_seed("random_state", random_state), []
    for _ in range(n_pairs):
        draws = (rng.integers(len(X), size=len(X)) for _ in range(2))
        one, other = (clone(model).fit(X[rows]).predict(X) for rows in draws)
        agreed.append(adjusted_rand_score(one, other))
    return float(np.mean(agreed))
