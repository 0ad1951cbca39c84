"""Ordinal regression from scratch: logistic regression for classes with an order.

One score says how far up a sample lies, and thresholds cut the score into classes. Each
threshold is a logistic regression of its own, "at most this class, or above?", and all
of them share their weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import numpy as np
from numpy.typing import ArrayLike
from sklearn.utils import Tags

from ..._arguments import Accepted, Count, Positive
from ..base import Classifier
from ..walks import warn_unfinished
from .logistic_regression import sigmoid
from .newton import newton

__all__ = ["OrdinalLogisticRegression"]

Order = Annotated[
    Sequence[Any], Accepted("a list of the labels", lambda v: np.ndim(v) == 1)
]


def log_class_probabilities(thresholds: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Return the logarithm of the probability of each class.

    The probability of lying between two thresholds, ``sigmoid(t2 - z) - sigmoid(t1 -
    z)``, is ``sigmoid(t2 - z) * sigmoid(z - t1) * (1 - exp(t1 - t2))``: a product keeps
    its digits where a difference loses them.

    Parameters
    ----------
    thresholds : ndarray, shape (n_classes - 1,)
        Increasing [1].
    z : ndarray, shape (n_samples,)
        Scores [1].

    Returns
    -------
    ndarray, shape (n_samples, n_classes)
        Logarithms [nat]; NaN for thresholds that are out of order.
    """
    # Probability of each class
    u = thresholds - z[:, None]  # a row per sample, a column per cut
    log_p = np.zeros((len(z), len(thresholds) + 1))
    log_p[:, :-1] -= np.logaddexp(0, -u)  # at most this class
    log_p[:, 1:] -= np.logaddexp(0, u)  # above the class before
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        log_p[:, 1:-1] += np.log(-np.expm1(-np.diff(thresholds)))
    return log_p


def ordinal_derivatives(
    thresholds: np.ndarray, w: np.ndarray, X: np.ndarray, codes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return gradient and Hessian of the mean loss by thresholds, then weights.

    A sample of class k meets two thresholds: it lies below threshold k and above
    threshold k - 1. At both it pulls as in binary logistic regression; and the gap
    between two thresholds is held open by the samples of the class between them.

    Parameters
    ----------
    thresholds : ndarray, shape (n_classes - 1,)
        Increasing [1].
    w : ndarray, shape (n_features,)
        Weights.
    X : ndarray, shape (n_samples, n_features)
        Samples.
    codes : ndarray of int, shape (n_samples,)
        Class of each sample, from 0 to ``n_classes - 1``.

    Returns
    -------
    gradient : ndarray, shape (n_classes - 1 + n_features,)
    hessian : ndarray, shape (n_classes - 1 + n_features,) * 2
    """
    n, cuts = len(codes), len(thresholds)
    gradient = np.zeros(cuts + len(w))
    hessian = np.zeros((len(gradient), len(gradient)))
    # Every cut pulls
    for k in range(cuts):
        rows = (codes == k) | (codes == k + 1)
        A = np.zeros((np.sum(rows), len(gradient)))
        A[:, k], A[:, cuts:] = 1, -X[rows]
        p, y = sigmoid(thresholds[k] - X[rows] @ w), codes[rows] == k
        gradient += A.T @ (p - y) / n
        hessian += (A.T * (p * (1 - p))) @ A / n
    # Every gap holds open
    for k in range(1, cuts):
        push = 1 / np.expm1(thresholds[k] - thresholds[k - 1])
        share, gap = np.mean(codes == k), np.zeros(len(gradient))
        gap[k - 1], gap[k] = -1, 1
        gradient -= share * push * gap
        hessian += share * push * (1 + push) * np.outer(gap, gap)
    return gradient, hessian


class OrdinalLogisticRegression(Classifier):
    """Fit one line of scores and the thresholds that cut it: cumulative logits.

    The log-odds of lying at most in class k are ``thresholds_[k] - w_ @ x``. It
    minimises ``sum(losses) + alpha / 2 * sum(w**2)``, where the loss of a sample is
    minus the logarithm of the probability of its label; the thresholds go free.

    Parameters
    ----------
    alpha : float
        Strength of the penalty, > 0 [square of the unit of a feature]. It acts on the
        weights as they are: standardise the features.
    order : sequence or None
        The labels from the lowest class to the highest. None takes the sorted order,
        which is right for numbers and seldom for words: "light" sorts before "weak".
    n_iter : int
        Largest number of Newton steps, >= 1.
    tol : float
        Stop when the loss is within tol, > 0, of its minimum [nat per sample].

    Attributes
    ----------
    w_ : ndarray, shape (n_features,)
        Weights: change of the log-odds of lying above any threshold [1 per unit of the
        feature].
    thresholds_ : ndarray, shape (n_classes - 1,)
        Increasing scores [1] that part neighbouring classes.
    losses_ : list of float
        Mean loss, with its penalty, before the first step and after each [nat].
    classes_ : ndarray, shape (n_classes,)
        The labels, from the lowest class to the highest.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X is not a finite matrix, y holds
        fewer than two classes, or `order` is not a list of its labels;
        or if rounding hides the minimum, as of features in very different units.

    Warns
    -----
    sklearn.exceptions.ConvergenceWarning
        In `fit`, if `n_iter` steps were too few for `tol`.

    Notes
    -----
    A feature has the same weight at every threshold (proportional odds). Where that is
    not true of the data, fit each threshold alone and compare.

    Examples
    --------
    >>> X, y = [[0], [1], [2], [3], [4]], ["weak", "light", "weak", "light", "strong"]
    >>> learner = OrdinalLogisticRegression(order=["weak", "light", "strong"])
    >>> learner.fit(X, y).predict([[-3.0], [2.6], [9.0]]).tolist()
    ['weak', 'light', 'strong']
    """

    def __init__(
        self,
        alpha: Positive = 1.0,
        order: Order | None = None,
        n_iter: Count = 100,
        tol: Positive = 1e-10,
    ) -> None:
        self.alpha = alpha
        self.order = order
        self.n_iter = n_iter
        self.tol = tol

    def fit(self, X: ArrayLike, y: ArrayLike) -> OrdinalLogisticRegression:
        """Find the weights and the thresholds.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples.
        y : array_like, shape (n_samples,)
            Labels of two or more classes, numbers or text.

        Returns
        -------
        OrdinalLogisticRegression
            The learner itself.
        """
        X, codes = self._check(X, y, self.order)
        K, rows = len(self.classes_), np.arange(len(codes))
        penalty = self.alpha / len(X) * np.r_[np.zeros(K - 1), np.ones(X.shape[1])]

        def loss(theta):
            log_p = log_class_probabilities(theta[: K - 1], X @ theta[K - 1 :])
            return -log_p[rows, codes].mean() + penalty @ theta**2 / 2

        def derivatives(theta):
            found = ordinal_derivatives(theta[: K - 1], theta[K - 1 :], X, codes)
            return found[0] + penalty * theta, found[1] + np.diag(penalty)

        at_most = np.cumsum(np.bincount(codes))[:-1] / len(codes)
        start = np.r_[np.log(at_most / (1 - at_most)), np.zeros(X.shape[1])]
        best = newton(loss, derivatives, start, self.n_iter, self.tol)
        theta, self.losses_, finished = best
        self.thresholds_, self.w_ = theta[: K - 1], theta[K - 1 :]
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
        return np.exp(log_class_probabilities(self.thresholds_, X @ self.w_))

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.poor_score = True  # on classes that have no order
        return tags
