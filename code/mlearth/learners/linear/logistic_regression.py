"""Logistic regression from scratch: the probability of one class out of two.

The logarithm of the odds is a straight line in the features, and the weights make the
labels that were seen as probable as they can be. More classes: `softmax_regression`;
classes with an order: `ordinal_regression`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import (
    Count,
    Matrix,
    Number,
    Numbers,
    Positive,
    Truth,
    Weights,
    checked,
)
from ..walks import warn_unfinished
from .gradient_descent import with_ones
from .linear_classifiers import LinearClassifier
from .newton import newton

__all__ = [
    "LogisticRegression",
    "cross_entropy",
    "cross_entropy_gradient",
    "sigmoid",
]


@checked
def sigmoid(z: Numbers) -> np.ndarray:
    """Turn log-odds into a probability: the logistic function ``1 / (1 + exp(-z))``.

    Parameters
    ----------
    z : array_like
        Log-odds [1], of any size: nothing overflows.

    Returns
    -------
    ndarray
        Probabilities [1], of the shape of z.

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, 1.0]).round(3)
    array([0.   , 0.5  , 0.731])
    """
    return np.exp(-np.logaddexp(0, np.negative(z)))


@checked
def cross_entropy(w: Weights, b: Number, X: Matrix, y: Truth) -> float:
    """Return the mean of minus the logarithm of the probability of what was seen.

    Parameters
    ----------
    w : ndarray, shape (n_features,)
        Weights.
    b : float
        Bias.
    X : ndarray, shape (n_samples, n_features)
        Samples.
    y : ndarray, shape (n_samples,)
        Labels 0 and 1.

    Returns
    -------
    float
        Loss [nat]; ``ln 2`` for a probability of one half everywhere.

    Raises
    ------
    ValueError
        If an array is not finite, their shapes do not agree, or y is not 0 and 1.

    Examples
    --------
    >>> X, y = np.array([[1.0], [3.0]]), np.array([0.0, 1.0])
    >>> round(cross_entropy(np.ones(1), -2.0, X, y), 3)
    0.313
    """
    # Loss of the labels seen
    z = X @ w + b
    return float(np.mean(np.logaddexp(0, (1 - 2 * y) * z)))


@checked
def cross_entropy_gradient(
    w: Weights, b: Number, X: Matrix, y: Truth
) -> tuple[np.ndarray, float]:
    """Return the derivatives of `cross_entropy` by the weights and by the bias.

    Parameters
    ----------
    w : ndarray, shape (n_features,)
        Weights.
    b : float
        Bias.
    X : ndarray, shape (n_samples, n_features)
        Samples.
    y : ndarray, shape (n_samples,)
        Labels 0 and 1.

    Returns
    -------
    dw : ndarray, shape (n_features,)
        Derivative by each weight [nat per unit of the weight].
    db : float
        Derivative by the bias.

    Raises
    ------
    ValueError
        If an array is not finite, their shapes do not agree, or y is not 0 and 1.

    Examples
    --------
    >>> X, y = np.array([[1.0], [3.0]]), np.array([0.0, 1.0])
    >>> cross_entropy_gradient(np.zeros(1), 0.0, X, y)
    (array([-0.5]), 0.0)
    """
    # Slope of the loss
    residual = sigmoid(X @ w + b) - y
    return X.T @ residual / len(y), float(residual.mean())


class LogisticRegression(LinearClassifier):
    """Fit the log-odds of two classes by a line, with Newton's method.

    It minimises ``sum(losses) + alpha / 2 * sum(w**2)`` over the weights and the bias,
    where the loss of a sample is minus the logarithm of the probability of its label;
    the bias goes free. Each step solves a weighted least-squares problem, hence its
    other name, iteratively reweighted least squares.

    Parameters
    ----------
    alpha : float
        Strength of the penalty, > 0 [square of the unit of a feature]; scikit-learn's
        ``1 / C``. It acts on the weights as they are: standardise the features.
    n_iter : int
        Largest number of Newton steps, >= 1.
    tol : float
        Stop when the loss is within tol, > 0, of its minimum [nat per sample].

    Attributes
    ----------
    w_ : ndarray, shape (n_features,)
        Weights: change of the log-odds of ``classes_[1]`` [1 per unit of the feature].
    b_ : float
        Bias: log-odds where all features are zero [1].
    losses_ : list of float
        Mean loss, with its penalty, before the first step and after each [nat].
    classes_ : ndarray, shape (2,)
        The labels, sorted; the probability is that of the second.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X is not a finite matrix, or y
        does not hold exactly two classes;
        or if rounding hides the minimum, as of features in very different units.

    Warns
    -----
    sklearn.exceptions.ConvergenceWarning
        In `fit`, if `n_iter` steps were too few for `tol`.

    Notes
    -----
    ``hastie2009elements``. Where a line separates the classes, only the penalty keeps
    the weights finite.

    Examples
    --------
    >>> X, y = [[0.0], [1.0], [2.0], [3.0]], ["blast", "quake", "blast", "quake"]
    >>> learner = LogisticRegression(alpha=0.01).fit(X, y)
    >>> learner.w_.round(2), learner.predict_proba([[1.5]]).round(2).tolist()
    (array([0.9]), [[0.5, 0.5]])
    """

    def __init__(
        self, alpha: Positive = 1.0, n_iter: Count = 100, tol: Positive = 1e-10
    ) -> None:
        self.alpha = alpha
        self.n_iter = n_iter
        self.tol = tol

    def fit(self, X: ArrayLike, y: ArrayLike) -> LogisticRegression:
        """Find the weights and the bias.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples.
        y : array_like, shape (n_samples,)
            Labels of two classes, numbers or text.

        Returns
        -------
        LogisticRegression
            The learner itself.
        """
        X, y = self._check(X, y)
        A, y, n = with_ones(X), (y + 1) / 2, len(y)  # labels 0 and 1
        penalty = self.alpha / n * np.r_[0, np.ones(X.shape[1])]

        def loss(theta):
            fit = cross_entropy(theta[1:], theta[0], X, y)
            return fit + penalty @ theta**2 / 2

        def derivatives(theta):
            # Curvature with its penalty
            p = sigmoid(A @ theta)
            gradient = A.T @ (p - y) / n + penalty * theta
            return gradient, (A.T * (p * (1 - p))) @ A / n + np.diag(penalty)

        start = np.zeros(A.shape[1])
        best = newton(loss, derivatives, start, self.n_iter, self.tol)
        theta, self.losses_, finished = best
        self.b_, self.w_ = float(theta[0]), theta[1:]
        if not finished:
            warn_unfinished(self)
        return self

    def predict_proba(self, X: ArrayLike) -> np.ndarray:
        """Return the probability of both classes for each sample.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples, 2)
            Probabilities [1], in the order of `classes_`; each row sums to 1.
        """
        z = self.decision_function(X)
        return np.column_stack([sigmoid(-z), sigmoid(z)])
