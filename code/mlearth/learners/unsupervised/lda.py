"""Linear discriminant analysis from scratch: the axes that part known classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import ClassNamePrefixFeaturesOutMixin, TransformerMixin

from ..._arguments import wrong
from ..base import Classifier
from ..linear.softmax_regression import softmax

__all__ = ["LinearDiscriminant"]

ROUNDING = 1e-10
"""A scatter below this share of the largest is one of zero."""


class LinearDiscriminant(ClassNamePrefixFeaturesOutMixin, TransformerMixin, Classifier):
    """Linear discriminant analysis: whiten the scatter inside, then part the means.

    Attributes
    ----------
    classes_ : ndarray, shape (n_classes,)
        The labels, sorted.
    means_ : ndarray, shape (n_classes, n_features)
        Mean of each class.
    priors_ : ndarray, shape (n_classes,)
        Share of each class [1].
    mean_ : ndarray, shape (n_features,)
        Mean of all samples.
    scalings_ : ndarray, shape (n_features, n_axes)
        One axis per column, at most n_classes - 1. Along each the scatter within the
        classes has variance 1.

    Notes
    -----
    It goes back to ``fisher1936use``. Classes that are normal with one common
    covariance have exactly the probabilities that `predict_proba` gives.

    Examples
    --------
    >>> model = LinearDiscriminant().fit([[0.0], [2.0], [10.0], [12.0]], [0, 0, 1, 1])
    >>> model.predict([[5.0], [7.0]]), model.transform([[6.0]]).round(9)
    (array([0, 1]), array([[0.]]))
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> LinearDiscriminant:
        """Find the axes that part the classes.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, more than there are classes.
        y : array_like, shape (n_samples,)
            Labels of two or more classes.

        Returns
        -------
        LinearDiscriminant
            self

        Raises
        ------
        ValueError
            If X is not finite numbers, y has one class only, or samples do not scatter
            within their classes.
        """
        X, codes = self._check(X, y)
        self._check_scatter(X, codes)
        counts = np.bincount(codes)
        n, K = len(X), len(counts)
        self.priors_, self.mean_ = counts / n, X.mean(axis=0)
        self.means_ = np.array([X[codes == k].mean(axis=0) for k in range(K)])
        # Whiten the scatter inside
        inside = (X - self.means_[codes]) / np.sqrt(n)
        _, s, axes = np.linalg.svd(inside, full_matrices=False)
        kept = s > ROUNDING * s[0]
        whiten = axes[kept].T / s[kept]
        # Part the means
        between = (self.means_ - self.mean_) * np.sqrt(counts)[:, None]
        _, s, axes = np.linalg.svd(between @ whiten, full_matrices=False)
        parted = s > ROUNDING * max(s[0], 1.0)
        parted[K - 1 :] = False
        self.scalings_ = whiten @ axes[parted].T
        self._n_features_out = int(parted.sum())
        return self

    def transform(self, X: ArrayLike) -> np.ndarray:
        """Return the samples along the axes that part the classes.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples, n_axes)
            Coordinates [1], in standard deviations within the classes.
        """
        return (self._check_new(X) - self.mean_) @ self.scalings_

    def predict_proba(self, X: ArrayLike) -> np.ndarray:
        """Return the probability of every class.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples, n_classes)
            Probabilities [1]; each row sums to 1.
        """
        Z = self.transform(X)
        centres = (self.means_ - self.mean_) @ self.scalings_
        # squared distances to the centres, without the term that all classes share
        halves = Z @ centres.T - np.sum(centres**2, axis=1) / 2
        return softmax(halves + np.log(self.priors_))

    def _check_scatter(self, X: np.ndarray, codes: np.ndarray) -> None:
        """Insist on scatter within the classes, in which distances are measured."""
        means = np.array([X[codes == k].mean(axis=0) for k in np.unique(codes)])
        inside = np.abs(X - means[codes]).max()
        if inside <= ROUNDING * max(np.abs(X).max(), np.finfo(float).tiny):
            raise wrong("X", "samples that differ within their classes", "none that do")
