"""A step of a pipeline: fill the gaps of new rows by what the training rows taught."""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import OneToOneFeatureMixin, TransformerMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted, validate_data

from ..._arguments import Count, wrong
from ..base import Learner, naming, refuse_disguised, refuse_large

__all__ = ["RegressionImputer"]


class RegressionImputer(OneToOneFeatureMixin, TransformerMixin, Learner):
    """Fill each column by regression on the others, round after round.

    Parameters
    ----------
    n_iter : int, optional
        Rounds through the columns. The first begins with the means.

    Attributes
    ----------
    means_ : ndarray, shape (n_features,)
        Means of the training columns over what is there [units of the columns].
    planes_ : list of (int, ndarray)
        Column and coefficients, the constant first, of each regression in its order.

    Notes
    -----
    The values lie on a plane, without scatter: they serve a prediction. For a
    coefficient see `multiple_imputation`.

    Examples
    --------
    >>> train = [[0.0, 1.0], [1.0, 3.0], [2.0, np.nan], [3.0, 7.0]]
    >>> RegressionImputer().fit(train).transform([[4.0, np.nan]]).round(6)
    array([[4., 9.]])
    """

    def __init__(self, n_iter: Count = 10) -> None:
        self.n_iter = n_iter

    def fit(self, X: ArrayLike, y: ArrayLike | None = None) -> Self:
        """Learn means and planes from the training rows, and from nothing else.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Training rows, NaN where a value is missing.
        y : ignored
            There for pipelines.

        Returns
        -------
        RegressionImputer
            Itself.

        Raises
        ------
        ValueError
            If X is no table of numbers and gaps, or has a column without values.
        """
        self.check_parameters()
        X = self._table(X, reset=True)
        missing = np.isnan(X)
        if missing.all(axis=0).any():
            column = int(missing.all(axis=0).argmax())
            raise wrong("X", "columns with a value or more", f"none in column {column}")
        self.means_, self.planes_ = np.nanmean(X, axis=0), []
        filled = np.where(missing, self.means_, X)
        for _ in range(self.n_iter):
            for j, seen in enumerate(~missing.T):
                A = design(filled, j)
                theta = np.linalg.lstsq(A[seen], X[seen, j])[0]
                filled[~seen, j] = A[~seen] @ theta
                self.planes_.append((j, theta))
        return self

    def transform(self, X: ArrayLike) -> np.ndarray:
        """Fill the gaps by the planes of the training rows.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Rows, NaN where a value is missing.

        Returns
        -------
        ndarray, shape (n_samples, n_features)
            The rows without gaps.

        Raises
        ------
        ValueError
            If X is no table of as many columns of numbers and gaps.
        """
        check_is_fitted(self)
        X = self._table(X, reset=False)
        missing = np.isnan(X)
        filled = np.where(missing, self.means_, X)
        for j, theta in self.planes_:
            gaps = missing[:, j]
            filled[gaps, j] = design(filled[gaps], j) @ theta
        return filled

    def _table(self, X: ArrayLike, reset: bool) -> np.ndarray:
        """Return X as floats, with its gaps."""
        refuse_disguised("X", X)
        options = {"dtype": np.float64, "ensure_all_finite": "allow-nan"}
        with naming("X"):
            X = validate_data(self, X, reset=reset, **options)
        refuse_large("X", X[~np.isnan(X)])
        return X

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


def design(filled: np.ndarray, j: int) -> np.ndarray:
    """Return a column of ones beside all columns but one."""
    return np.column_stack([np.ones(len(filled)), np.delete(filled, j, axis=1)])
