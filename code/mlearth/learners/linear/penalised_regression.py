"""Linear regression with a penalty on the weights, from scratch: ridge and lasso."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Count, Matrix, Numbers, Positive, Vector, checked
from ..walks import warn_unfinished
from .linear_regression import LinearModel

__all__ = ["Lasso", "Ridge", "centre", "soft_threshold"]


@checked
def centre(X: Matrix, y: Vector) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Subtract the means of X and y, and return the means as well.

    The best bias is always ``y_mean - X_mean @ w``. Between centred data it is zero, so
    a penalty on the weights leaves it alone.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        Samples.
    y : array_like, shape (n_samples,)
        Targets.

    Returns
    -------
    X_centred : ndarray, shape (n_samples, n_features)
        Samples about their mean.
    y_centred : ndarray, shape (n_samples,)
        Targets about their mean.
    X_mean : ndarray, shape (n_features,)
        Mean of each feature.
    y_mean : float
        Mean of the targets.

    Raises
    ------
    ValueError
        If X or y is not finite, or their rows disagree.

    Examples
    --------
    >>> centre([[1.0], [3.0]], [10.0, 20.0])
    (array([[-1.], [ 1.]]), array([-5., 5.]), array([2.]), 15.0)
    """
    X_mean, y_mean = X.mean(axis=0), float(y.mean())
    return X - X_mean, y - y_mean, X_mean, y_mean


class Ridge(LinearModel):
    """Minimise ``sum((y - X @ w - b)**2) + alpha * sum(w**2)``; the bias goes free.

    Parameters
    ----------
    alpha : float
        Strength of the penalty, > 0 [square of the unit of a weighted feature]. It acts
        on the weights as they are: standardise the features.

    Attributes
    ----------
    w_ : ndarray, shape (n_features,)
        Weights [unit of y per unit of the feature].
    b_ : float
        Bias [unit of y].
    n_features_in_ : int
        Number of features.

    Notes
    -----
    ``hastie2009elements``.

    Examples
    --------
    >>> Ridge(alpha=5.0).fit([[0], [1], [2], [3]], [1.0, 3.2, 4.8, 7.0]).w_.round(2)
    array([0.98])
    """

    def __init__(self, alpha: Positive = 1.0) -> None:
        self.alpha = alpha

    @checked(singular="alpha")
    def fit(self, X: ArrayLike, y: ArrayLike) -> Ridge:
        """Solve for the weights, then the bias; see `LinearModel` for X and y."""
        X, y = self._check(X, y)
        X, y, X_mean, y_mean = centre(X, y)
        penalty = self.alpha * np.eye(X.shape[1])
        self.w_ = np.linalg.solve(X.T @ X + penalty, X.T @ y)
        self.b_ = y_mean - X_mean @ self.w_
        return self


@checked
def soft_threshold(z: Numbers, threshold: Positive) -> np.ndarray:
    """Move z towards zero by the threshold, and stop there.

    Parameters
    ----------
    z : array_like
        Numbers.
    threshold : float
        How far to move them, > 0 [unit of z].

    Returns
    -------
    ndarray
        ``sign(z) * max(|z| - threshold, 0)``, of the shape of z.

    Raises
    ------
    ValueError
        If z is not finite, or threshold is not a finite number > 0.

    Examples
    --------
    >>> soft_threshold([-3.0, -0.5, 2.0], 1.0)
    array([-2.,  0.,  1.])
    """
    return z - np.clip(z, -threshold, threshold)


class Lasso(LinearModel):
    """Minimise ``mean((y - X @ w - b)**2) / 2 + alpha * sum(|w|)``; the bias goes free.

    Coordinate descent: each weight in turn takes the value that suits it best while the
    others stay, which is its least-squares value moved towards zero.

    Parameters
    ----------
    alpha : float
        Strength of the penalty, > 0 [unit of y times unit of a feature]. It acts on the
        weights as they are: standardise the features.
    n_iter : int
        Largest number of sweeps over the weights, >= 1.
    tol : float
        Stop when no weight moves its part of the predictions by more than tol, > 0,
        times the standard deviation of y.

    Attributes
    ----------
    w_ : ndarray, shape (n_features,)
        Weights [unit of y per unit of the feature], some of them exactly zero.
    b_ : float
        Bias [unit of y].
    n_features_in_ : int
        Number of features.

    Warns
    -----
    sklearn.exceptions.ConvergenceWarning
        In `fit`, if `n_iter` sweeps were too few for `tol`.

    Notes
    -----
    ``hastie2009elements``; the objective is scikit-learn's.

    Examples
    --------
    >>> X, y = [[0, 1], [1, 0], [2, 0], [3, 1]], [1.0, 3.2, 4.8, 7.0]
    >>> Lasso(alpha=0.5).fit(X, y).w_.round(2)
    array([1.56, 0.  ])
    """

    def __init__(
        self, alpha: Positive = 1.0, n_iter: Count = 1000, tol: Positive = 1e-6
    ) -> None:
        self.alpha = alpha
        self.n_iter = n_iter
        self.tol = tol

    def fit(self, X: ArrayLike, y: ArrayLike) -> Lasso:
        """Sweep over the weights until they rest; see `LinearModel` for X and y."""
        X, y = self._check(X, y)
        X, y, X_mean, y_mean = centre(X, y)
        self.w_ = np.zeros(X.shape[1])
        for _ in range(self.n_iter):
            if self._sweep(X, y) <= self.tol * y.std():
                break
        else:
            warn_unfinished(self)
        self.b_ = y_mean - X_mean @ self.w_
        return self

    def _sweep(self, X: np.ndarray, y: np.ndarray) -> float:
        """Set each weight to its best value; return how far predictions moved."""
        before, residual = self.w_.copy(), y - X @ self.w_
        variance = np.mean(X**2, axis=0)
        for j in np.flatnonzero(variance):
            x = X[:, j]
            alone = self.w_[j] + x @ residual / len(x) / variance[j]
            self.w_[j] = soft_threshold(alone, self.alpha / variance[j])
            residual += x * (before[j] - self.w_[j])
        return np.max(np.sqrt(variance) * np.abs(self.w_ - before))
