"""Softmax regression from scratch: logistic regression for more than two classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Count, Matrix, Positive, checked
from ..base import Classifier
from ..walks import warn_unfinished
from .gradient_descent import with_ones
from .newton import newton

__all__ = ["SoftmaxRegression", "softmax"]


@checked
def softmax(Z: Matrix) -> np.ndarray:
    """Turn scores into probabilities: exponentials, divided by their sum in each row.

    Parameters
    ----------
    Z : array_like, shape (n_samples, n_classes)
        Scores [1], of any size: nothing overflows. One number added to all the scores
        of a row changes nothing.

    Returns
    -------
    ndarray, shape (n_samples, n_classes)
        Probabilities [1]; each row sums to 1.

    Raises
    ------
    ValueError
        If Z is not a finite matrix.

    Examples
    --------
    >>> softmax([[0.0, 0.0], [1000.0, 0.0]])
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    return np.exp(log_softmax(Z))


def log_softmax(Z: np.ndarray) -> np.ndarray:
    """Return the logarithm of `softmax`."""
    return Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)


def softmax_derivatives(
    theta: np.ndarray, A: np.ndarray, Y: np.ndarray, penalty: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return gradient and Hessian of the mean cross-entropy with its penalty.

    Parameters
    ----------
    theta : ndarray, shape (n_classes * n_columns,)
        Bias and weights of the first class, then of the second, and so on.
    A : ndarray, shape (n_samples, n_columns)
        Samples, with a column of ones in front.
    Y : ndarray, shape (n_samples, n_classes)
        One in the column of a sample's class, zero elsewhere.
    penalty : ndarray, shape (n_classes * n_columns,)
        Zero for a bias, ``alpha / n_samples`` for a weight.

    Returns
    -------
    gradient : ndarray, shape (n_classes * n_columns,)
    hessian : ndarray, shape (n_classes * n_columns, n_classes * n_columns)
        With a term that holds the sum over the classes, where the gradient has none.
    """
    n, K = Y.shape
    P = softmax(A @ theta.reshape(K, -1).T)
    gradient = ((P - Y).T @ A).ravel() / n + penalty * theta
    blocks = [
        [(A.T * (P[:, k] * ((k == j) - P[:, j]))) @ A / n for j in range(K)]
        for k in range(K)
    ]
    # one number added to a column of all classes changes no probability: this term
    # holds their sum at zero, and no other step
    together = np.kron(np.ones((K, K)), np.diag(np.mean(A**2, axis=0)))
    return gradient, np.block(blocks) + np.diag(penalty) + together


class SoftmaxRegression(Classifier):
    """Fit one line of scores for each class; softmax makes probabilities of them.

    It minimises ``sum(losses) + alpha / 2 * sum(w**2)``, where the loss of a sample is
    minus the logarithm of the probability of its label; the biases go free. The classes
    are nominal: their order means nothing.

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
    w_ : ndarray, shape (n_classes, n_features)
        Weights [1 per unit of the feature]. Those of a feature sum to zero over the
        classes; only their differences mean something: ``w_[k] - w_[j]`` is the change
        of the log-odds of class k against class j.
    b_ : ndarray, shape (n_classes,)
        Biases [1]; they sum to zero.
    losses_ : list of float
        Mean loss, with its penalty, before the first step and after each [nat].
    classes_ : ndarray, shape (n_classes,)
        The labels, sorted.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X is not a finite matrix, or y
        holds fewer than two classes;
        or if rounding hides the minimum, as of features in very different units.

    Warns
    -----
    sklearn.exceptions.ConvergenceWarning
        In `fit`, if `n_iter` steps were too few for `tol`.

    Notes
    -----
    ``hastie2009elements``. With two classes it is `LogisticRegression` of half the
    alpha.

    Examples
    --------
    >>> X, y = [[0.0], [1.0], [2.0], [3.0]], ["normal", "normal", "reverse", "oblique"]
    >>> learner = SoftmaxRegression(alpha=0.1).fit(X, y)
    >>> learner.predict([[0.5], [9.0]]).tolist()
    ['normal', 'oblique']
    """

    def __init__(
        self, alpha: Positive = 1.0, n_iter: Count = 100, tol: Positive = 1e-10
    ) -> None:
        self.alpha = alpha
        self.n_iter = n_iter
        self.tol = tol

    def fit(self, X: ArrayLike, y: ArrayLike) -> SoftmaxRegression:
        """Find the weights and the biases.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples.
        y : array_like, shape (n_samples,)
            Labels of two or more classes, numbers or text.

        Returns
        -------
        SoftmaxRegression
            The learner itself.
        """
        X, codes = self._check(X, y)
        A, Y = with_ones(X), np.eye(len(self.classes_))[codes]
        row = np.r_[0, np.full(X.shape[1], self.alpha / len(X))]
        penalty = np.tile(row, len(self.classes_))

        def loss(theta):
            log_p = log_softmax(A @ theta.reshape(-1, A.shape[1]).T)
            return -np.sum(Y * log_p) / len(Y) + penalty @ theta**2 / 2

        def derivatives(theta):
            return softmax_derivatives(theta, A, Y, penalty)

        start = np.zeros(penalty.size)
        best = newton(loss, derivatives, start, self.n_iter, self.tol)
        theta, self.losses_, finished = best
        self.b_, self.w_ = np.split(theta.reshape(-1, A.shape[1]), [1], axis=1)
        self.b_ = self.b_.ravel()
        if not finished:
            warn_unfinished(self)
        return self

    def predict_proba(self, X: ArrayLike) -> np.ndarray:
        """Return the probability of every class for each sample.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples, n_classes)
            Probabilities [1], in the order of `classes_`; each row sums to 1.
        """
        X = self._check_new(X)
        return softmax(X @ self.w_.T + self.b_)
