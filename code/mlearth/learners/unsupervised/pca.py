"""Principal components from scratch, and how many of them chance would give."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from ..._arguments import (
    Count,
    Flag,
    Matrix,
    RandomState,
    checked,
    count,
    wrong,
)
from ..._arguments.types import FEATURES, SAMPLES, Array
from ..base import Learner, naming, refuse_disguised, refuse_large

__all__ = ["PCA", "permuted_variances", "principal_axes"]

TWO = Array((SAMPLES, FEATURES), "at least two samples", lambda a: len(a) > 1, True)
Samples = Annotated[ArrayLike, TWO]
Draws = Annotated[int, count(1, 1_000_000)]

ROUNDING = 1e-12
"""A variance below this share of the largest is one of zero."""


@checked
def principal_axes(X: Samples) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the mean, the principal axes and the variance along each.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Samples, n_samples >= 2, in units that make their variances comparable.

    Returns
    -------
    mean : ndarray, shape (n_features,)
        Mean of each feature.
    axes : ndarray, shape (n_axes, n_features)
        Perpendicular directions of length 1, that of the largest variance first;
        ``n_axes = min(n_samples, n_features)``. The largest number of each is made
        positive, since a direction has no sign of its own.
    variances : ndarray, shape (n_axes,)
        Variance along each [square of the unit of the features], with n_samples - 1.

    Raises
    ------
    ValueError
        If X is not a finite matrix of at least two samples.

    Notes
    -----
    The directions of largest variance, ``hotelling1933analysis``, are those of closest
    fit, ``pearson1901lines``.

    Examples
    --------
    >>> mean, axes, variances = principal_axes([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]])
    >>> mean, axes[0], variances.round(9)
    (array([3., 4.]), array([0.6, 0.8]), array([25.,  0.]))
    """
    # Centre the data
    mean = X.mean(axis=0)
    # Turn to the axes
    _, s, axes = np.linalg.svd(X - mean, full_matrices=False)
    longest = np.abs(axes).argmax(axis=1)
    signs = np.sign(axes[np.arange(len(axes)), longest])
    # Share out the variance
    return mean, signs[:, None] * axes, s**2 / (len(X) - 1)


@checked
def permuted_variances(
    X: Samples, n_draws: Draws, random_state: RandomState = None
) -> np.ndarray:
    """Return what principal axes find in features that know nothing of each other.

    Each column of X is shuffled by itself, which keeps its values and breaks every
    relation between columns, ``buja1992remarks``. A component counts when its variance
    exceeds that of its rank in nearly all draws.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Samples, n_samples >= 2, independent of each other: shuffle stations, not the
        records of stations.
    n_draws : int
        How many times to shuffle, 1 to 1,000,000.
    random_state : int, numpy.random.Generator or None
        Seed of the shuffles.

    Returns
    -------
    ndarray, shape (n_draws, n_axes)
        Variances along the principal axes of each draw, the largest first.

    Raises
    ------
    ValueError
        If X is not a finite matrix of at least two samples, or n_draws is not a whole
        number from 1 to 1,000,000.

    Examples
    --------
    >>> X = [[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]
    >>> permuted_variances(X, n_draws=4, random_state=0).max(axis=1) <= 2 + 1e-9
    array([ True,  True,  True,  True])
    """
    rng = np.random.default_rng(random_state)
    draws = (principal_axes(rng.permuted(X, axis=0)) for _ in range(n_draws))
    return np.array([variances for _, _, variances in draws])


class PCA(TransformerMixin, Learner):
    """Principal component analysis: new axes, along which the data vary most.

    Parameters
    ----------
    n_components : int or None
        How many axes to keep, at most min(n_samples, n_features); None keeps all.
    whiten : bool
        Divide each new coordinate by its standard deviation.

    Attributes
    ----------
    mean_ : ndarray, shape (n_features,)
        Mean of each feature.
    components_ : ndarray, shape (n_components, n_features)
        Axes, of length 1.
    explained_variance_ : ndarray, shape (n_components,)
        Variance along each [square of the unit of the features].
    explained_variance_ratio_ : ndarray, shape (n_components,)
        Its share of the variance of all features [1].

    Examples
    --------
    >>> model = PCA(1).fit([[0.0, 0.0], [3.0, 4.0], [6.0, 9.0]])
    >>> model.explained_variance_ratio_.round(3), model.transform([[3.0, 4.0]]).shape
    (array([0.999]), (1, 1))
    """

    def __init__(self, n_components: Count | None = None, whiten: Flag = False):
        self.n_components = n_components
        self.whiten = whiten

    def fit(self, X: ArrayLike, y: object = None) -> PCA:
        """Find the axes.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, n_samples >= 2.
        y : ignored
            Principal components know no labels.

        Returns
        -------
        PCA
            self

        Raises
        ------
        ValueError
            If X is not finite numbers, n_components is too many, or whitening would
            divide by a standard deviation of zero.
        """
        X = self._check_samples(X)
        self.mean_, axes, variances = principal_axes(X)
        kept = slice(self.n_components)
        self.components_, self.explained_variance_ = axes[kept], variances[kept]
        total = variances.sum() or 1.0  # where nothing varies, all shares are 0
        self.explained_variance_ratio_ = variances[kept] / total
        self._check_whitening()
        return self

    def transform(self, X: ArrayLike) -> np.ndarray:
        """Return the samples in the new coordinates.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples, n_components)
            Coordinates along the axes [unit of the features; 1 if whitened].
        """
        scores = (self._check_new(X) - self.mean_) @ self.components_.T
        return scores / np.sqrt(self.explained_variance_) if self.whiten else scores

    def inverse_transform(self, X: ArrayLike) -> np.ndarray:
        """Return the samples that new coordinates stand for, as well as they can.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_components)
            Coordinates along the axes.

        Returns
        -------
        ndarray, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Raises
        ------
        ValueError
            If X has not n_components columns of finite numbers.
        """
        check_is_fitted(self)
        scores = _scores(X, len(self.components_))
        if self.whiten:
            scores = scores * np.sqrt(self.explained_variance_)
        return scores @ self.components_ + self.mean_

    def _check_samples(self, X: ArrayLike) -> np.ndarray:
        """Return X as finite floats, with room for the components asked for."""
        self.check_parameters()
        refuse_disguised("X", X)
        with naming("X"):
            X = validate_data(self, X, dtype=np.float64, ensure_min_samples=2)
        if self.n_components is not None and self.n_components > min(X.shape):
            most = f"at most {min(X.shape)}, the smaller side of X"
            raise wrong("n_components", most, self.n_components)
        return refuse_large("X", X)

    def _check_whitening(self) -> None:
        """Refuse to divide by a standard deviation of zero."""
        variances = self.explained_variance_
        flat = np.sum(variances <= ROUNDING * variances.max())
        if self.whiten and flat:
            few = f"at most {len(variances) - flat}, where X varies, to be whitened"
            raise wrong("n_components", few, self.n_components)


@checked
def _scores(X: Matrix, n_components: Count) -> np.ndarray:
    """Return coordinates as floats, as many as there are components."""
    if X.shape[1] != n_components:
        raise wrong("X", f"one column for each of {n_components} components", X.shape)
    return X
