"""Linear regression from scratch: least squares, gradient descent and a robust fit.

All predict ``X @ w_ + b_``. They differ in what they call the best fit, or in how they
reach it. Ridge and lasso are in `penalised_regression`; polynomial features come from
scikit-learn.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Count, Numbers, Positive, checked
from ..base import Regressor
from ..walks import above_least_squares, walk, warn_unfinished
from .gradient_descent import (
    safe_eta,
    squared_loss,
    squared_loss_gradient,
    with_ones,
)
from .least_squares import least_squares_qr, residual_sigma, standard_errors

__all__ = [
    "GradientDescentRegression",
    "HuberRegression",
    "LinearModel",
    "LinearRegression",
    "huber_weights",
]


class LinearModel(Regressor):
    """Predict ``X @ w_ + b_``.

    A base class: `fit` of the learners below finds the weights ``w_`` [unit of y per
    unit of the feature], shape (n_features,), and the bias ``b_`` [unit of y], from X,
    shape (n_samples, n_features), and y, shape (n_samples,), with at least 2 samples.
    It raises a ValueError if a parameter is out of its range, if X or y is not finite,
    or if their rows disagree.
    """

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the predictions of the samples X, shape (n_samples, n_features).

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            Predictions [unit of y].
        """
        return self._check_new(X) @ self.w_ + self.b_


class LinearRegression(LinearModel):
    """Fit by least squares, with the QR decomposition, and say how well it is known.

    Attributes
    ----------
    w_, w_se_ : ndarray, shape (n_features,)
        Weights and their classical standard errors [unit of y per unit of the feature].
    b_, b_se_ : float
        Bias and its classical standard error [unit of y].
    sigma_ : float
        Standard deviation of y about the fit [unit of y].
    n_features_in_ : int
        Number of features.

    Notes
    -----
    See `standard_errors` for when they hold. They and `sigma_` are NaN when there are
    just as many samples as coefficients. Features that depend on one another, or are
    constant, raise a ValueError in `fit`; `Ridge` accepts them.

    Examples
    --------
    >>> model = LinearRegression().fit([[0], [1], [2], [3]], [1.0, 3.2, 4.8, 7.0])
    >>> model.w_.round(2), round(model.b_, 2), model.w_se_.round(3)
    (array([1.96]), 1.06, array([0.085]))
    """

    def fit(self, X: ArrayLike, y: ArrayLike) -> LinearRegression:
        """Solve for the bias and the weights; see `LinearModel` for X and y."""
        X, y = self._check(X, y)
        A = with_ones(X)
        theta = least_squares_qr(A, y)
        errors, self.sigma_ = np.full(theta.shape, np.nan), np.nan
        if len(A) > len(theta):  # else no row is left over to tell
            errors = standard_errors(A, y, theta)
            self.sigma_ = residual_sigma(A, y, theta)
        self.b_, self.w_ = float(theta[0]), theta[1:]
        self.b_se_, self.w_se_ = float(errors[0]), errors[1:]
        return self


class GradientDescentRegression(LinearModel):
    """Fit by least squares, one step down the gradient at a time.

    Parameters
    ----------
    eta : float or None
        Learning rate, > 0; from ``largest_eta(X)`` on it does not converge. None takes
        ``safe_eta(X)``.
    n_iter : int
        Number of steps, >= 1.

    Attributes
    ----------
    w_ : ndarray, shape (n_features,)
        Weights [unit of y per unit of the feature].
    b_ : float
        Bias [unit of y].
    eta_ : float
        The learning rate that was used.
    losses_ : list of float
        Loss before the first step and after each [unit of y, squared].
    n_features_in_ : int
        Number of features.

    Warns
    -----
    sklearn.exceptions.ConvergenceWarning
        In `fit`, if the loss ends above that of least squares by more than 1 % of the
        variance of y.

    Notes
    -----
    Standardise the features first: a step shrinks the error in the flattest direction
    only by the factor ``1 - eta * (smallest curvature)``. An eta so large that the loss
    overflows raises a ValueError in `fit`.

    Examples
    --------
    >>> model = GradientDescentRegression(eta=0.2, n_iter=500)
    >>> model.fit([[0], [1], [2], [3]], [1.0, 3.2, 4.8, 7.0]).w_.round(2)
    array([1.96])
    """

    def __init__(self, eta: Positive | None = None, n_iter: Count = 1000) -> None:
        self.eta = eta
        self.n_iter = n_iter

    @walk(above_least_squares)
    def fit(self, X: ArrayLike, y: ArrayLike) -> GradientDescentRegression:
        """Step down to the weights; see `LinearModel` for X and y."""
        X, y = self._check(X, y)
        self.eta_ = self.eta or safe_eta(X)
        self.w_, self.b_ = np.zeros(X.shape[1]), 0.0
        self.losses_ = [squared_loss(self.w_, self.b_, X, y)]
        for _ in range(self.n_iter):
            # Step down the gradient
            dw, db = squared_loss_gradient(self.w_, self.b_, X, y)
            self.w_ -= self.eta_ * dw
            self.b_ -= self.eta_ * db
            self.losses_.append(squared_loss(self.w_, self.b_, X, y))
        return self


@checked
def huber_weights(residual: Numbers, delta: Positive) -> np.ndarray:
    """Weigh residuals up to delta by one, and larger ones by ``delta / |residual|``.

    Parameters
    ----------
    residual : array_like
        Residuals [unit of y].
    delta : float
        Size from which on a residual loses weight, > 0 [unit of y].

    Returns
    -------
    ndarray
        Weights [1], from 0 (excluded) to 1, of the shape of residual.

    Raises
    ------
    ValueError
        If a residual is not finite, or delta is not a finite number > 0.

    Examples
    --------
    >>> huber_weights([-4.0, 0.5, 1.0, 2.0], delta=1.0)
    array([0.25, 1.  , 1.  , 0.5 ])
    """
    return delta / np.maximum(np.abs(residual), delta)


class HuberRegression(LinearModel):
    """Fit so that residuals beyond delta count by their size, not by their square.

    The loss of a residual r is ``r**2 / 2`` up to delta, and beyond it
    ``delta * (|r| - delta / 2)``. Iteratively reweighted least squares minimises its
    sum: solve, weigh the samples by `huber_weights` of their residuals, and solve again
    until the fit rests.

    Parameters
    ----------
    delta : float
        Size from which on a residual counts less, > 0 [unit of y]: choose it by the
        scatter you expect. A delta beyond every residual gives least squares.
    n_iter : int
        Largest number of reweighted fits, >= 1.
    tol : float
        Stop when no prediction moves by more than ``tol * delta``, with tol > 0.

    Attributes
    ----------
    w_ : ndarray, shape (n_features,)
        Weights [unit of y per unit of the feature].
    b_ : float
        Bias [unit of y].
    n_features_in_ : int
        Number of features.

    Warns
    -----
    sklearn.exceptions.ConvergenceWarning
        In `fit`, if `n_iter` fits were too few for `tol`.

    Notes
    -----
    ``hastie2009elements``. scikit-learn's ``HuberRegressor`` estimates the scatter too:
    with ``alpha=0`` it gives these weights for ``delta = epsilon * scale_``. An outlier
    in y loses its pull; an outlier in X keeps it.

    Examples
    --------
    >>> X, y = [[0], [1], [2], [3], [4]], [1.0, 3.0, 5.0, 7.0, 90.0]
    >>> HuberRegression(delta=0.1).fit(X, y).w_.round(1)
    array([2.1])
    """

    def __init__(
        self, delta: Positive = 1.0, n_iter: Count = 100, tol: Positive = 1e-6
    ) -> None:
        self.delta = delta
        self.n_iter = n_iter
        self.tol = tol

    def fit(self, X: ArrayLike, y: ArrayLike) -> HuberRegression:
        """Weigh and solve until the fit rests; see `LinearModel` for X and y."""
        X, y = self._check(X, y)
        A = with_ones(X)
        theta = least_squares_qr(A, y)
        for _ in range(self.n_iter):
            root = np.sqrt(huber_weights(y - A @ theta, self.delta))
            before = theta
            theta = least_squares_qr(root[:, None] * A, root * y)
            if np.max(np.abs(A @ (theta - before))) <= self.tol * self.delta:
                break
        else:
            warn_unfinished(self)
        self.b_, self.w_ = float(theta[0]), theta[1:]
        return self
