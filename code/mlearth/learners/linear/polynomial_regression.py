"""A polynomial, the smallest family of models with a dial.

Its degree is the dial: from too stiff to too flexible. For work use splines or trees.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import CountOrZero, Matrix, check_room, checked
from ..base import Regressor
from .least_squares import least_squares_qr

__all__ = ["PolynomialRegression", "powers"]


def check_columns(T: np.ndarray, degree: int) -> None:
    """Refuse more columns than memory has room for."""
    check_room("degree", degree, T.size * degree)


@checked(also=check_columns)
def powers(T: Matrix, degree: CountOrZero) -> np.ndarray:
    """Return the columns of a polynomial: ones, T, T**2 and so on.

    Parameters
    ----------
    T : array_like, shape (n_samples, n_features)
        The variables, one per column.
    degree : int
        Highest power, >= 0.

    Returns
    -------
    ndarray, shape (n_samples, 1 + degree * n_features)
        One row for each sample. Products of different variables are not among the
        columns.

    Raises
    ------
    ValueError
        If T is not a matrix of finite numbers, or degree no whole number >= 0 or so
        large that the columns would exhaust memory.

    Examples
    --------
    >>> powers([[1], [2], [3]], 2)
    array([[1., 1., 1.],
           [1., 2., 4.],
           [1., 3., 9.]])
    """
    # Raise to powers
    return np.hstack([np.ones((len(T), 1)), *(T**k for k in range(1, degree + 1))])


class PolynomialRegression(Regressor):
    """Fit a polynomial in each feature by least squares, and add them up.

    Parameters
    ----------
    degree : int
        Highest power, >= 0. With one feature a polynomial of degree d has d + 1
        coefficients.

    Attributes
    ----------
    middle_, half_ : ndarray, shape (n_features,)
        Middle and half-width of the range of each feature [unit of the feature]. The
        powers are those of ``(X - middle_) / half_``, which lies between -1 and 1 in
        the training data, so that they do not overflow.
    theta_ : ndarray, shape (1 + degree * n_features,)
        Coefficients of the columns of `powers` [unit of y].
    n_features_in_ : int
        Number of features.

    Notes
    -----
    Outside the range of the training data a polynomial is a guess, and the wilder the
    higher its degree. For powers that are nearly dependent see `least_squares_qr`.

    Examples
    --------
    >>> model = PolynomialRegression(degree=2)
    >>> model.fit([[0], [1], [2], [3]], [0, 1, 4, 9]).predict([[4]]).round(6)
    array([16.])
    """

    def __init__(self, degree: CountOrZero = 1) -> None:
        self.degree = degree

    def fit(self, X: ArrayLike, y: ArrayLike) -> PolynomialRegression:
        """Find the coefficients with the least sum of squared residuals.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples; each feature has more than `degree` different values.
        y : array_like, shape (n_samples,)
            Targets.

        Returns
        -------
        PolynomialRegression
            The fitted model itself.

        Raises
        ------
        ValueError
            If degree is no whole number >= 0, X or y is not finite, their rows
            disagree, or a feature has too few different values.
        """
        X, y = self._check(X, y)
        check_different(X, self.degree)
        # Scale
        self.middle_ = (X.max(axis=0) + X.min(axis=0)) / 2
        self.half_ = (X.max(axis=0) - X.min(axis=0)) / 2
        # Fit
        self.theta_ = least_squares_qr(self._columns(X), y)
        return self

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the predictions of the samples X.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            Predictions [unit of y].
        """
        return self._columns(self._check_new(X)) @ self.theta_

    def _columns(self, X: np.ndarray) -> np.ndarray:
        """Return the powers of the scaled features."""
        T = (X - self.middle_) / np.where(self.half_ > 0, self.half_, 1.0)
        return powers(T, self.degree)


def check_different(X: np.ndarray, degree: int) -> None:
    """Raise a ValueError unless each feature has more different values than degree."""
    check_columns(X, degree)
    for j, column in enumerate(X.T):
        found = np.unique(column).size
        if found <= degree:
            raise ValueError(
                f"degree={degree} needs at least {degree + 1} different values of each "
                f"feature, feature {j} of X has {found}"
            )
