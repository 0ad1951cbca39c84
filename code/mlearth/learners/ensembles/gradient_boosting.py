"""Gradient boosting from scratch, for numbers, quantiles and two classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Count, Positive, number
from ..base import BinaryClassifier, Regressor
from ..linear.logistic_regression import sigmoid
from .boosting import Boosted
from .losses import log_loss, quantile_loss, squared_error

__all__ = ["GradientBoostingClassifier", "GradientBoostingRegressor"]

Between = Annotated[float, number(above=0, below=1)]


class GradientBoostingRegressor(Regressor, Boosted):
    """Predict a number by a sum of small trees, each fitted to what is left.

    Parameters
    ----------
    loss : {"squared_error", "quantile"}
        What is walked down: half the squared residual, for the mean; or the quantile
        loss, for a quantile of the target.
    quantile : float
        Share of the targets that are to lie below the prediction, between 0 and 1;
        scikit-learn's ``alpha``. The squared loss does not use it.
    n_estimators : int
        Number of trees, >= 1.
    learning_rate : float
        Part of each step that is taken, > 0; small ones need more trees.
    max_depth : int
        Most questions on the way to a leaf, >= 1.
    min_samples_leaf : int
        Fewest samples in a leaf, >= 1.

    Attributes
    ----------
    start_ : float
        The constant that the trees add to [unit of y].
    trees_ : list of Tree
        The trees; the value of a leaf is its whole step [unit of y].
    losses_ : list of float
        Mean loss on the training samples before the first round and after each.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, or X or y is not finite.

    Notes
    -----
    ``friedman2001greedy``. It has no random part: no share of the samples or of the
    features is drawn. scikit-learn's `HistGradientBoostingRegressor` is much faster.

    Examples
    --------
    >>> X, y = [[1.0], [2.0], [3.0], [4.0]], [1.0, 1.0, 5.0, 5.0]
    >>> learner = GradientBoostingRegressor(n_estimators=2, learning_rate=0.5).fit(X, y)
    >>> learner.start_, learner.predict([[0.0], [9.0]])
    (3.0, array([1.5, 4.5]))
    """

    def __init__(
        self,
        loss: Literal["squared_error", "quantile"] = "squared_error",
        quantile: Between = 0.5,
        n_estimators: Count = 100,
        learning_rate: Positive = 0.1,
        max_depth: Count = 3,
        min_samples_leaf: Count = 1,
    ) -> None:
        self.loss = loss
        self.quantile = quantile
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X: ArrayLike, y: ArrayLike) -> GradientBoostingRegressor:
        """Grow the trees.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples.
        y : array_like, shape (n_samples,)
            Targets.

        Returns
        -------
        GradientBoostingRegressor
            The learner itself.
        """
        X, y = self._check(X, y)
        is_squared = self.loss == "squared_error"
        self._boost(X, y, squared_error if is_squared else quantile_loss(self.quantile))
        return self

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the constant plus what all trees add.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            Predictions [unit of y].
        """
        return self._last(X)

    def staged_predict(self, X: ArrayLike) -> Iterator[np.ndarray]:
        """Yield the predictions after the first round, the second, ...

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Yields
        ------
        ndarray, shape (n_samples,)
            Predictions [unit of y].
        """
        yield from self._sums(self._check_new(X))


class GradientBoostingClassifier(BinaryClassifier, Boosted):
    """Let a sum of small trees be the log-odds of one class out of two.

    Parameters
    ----------
    n_estimators, learning_rate, max_depth, min_samples_leaf
        As in `GradientBoostingRegressor`.

    Attributes
    ----------
    start_, trees_, losses_, n_features_in_
        As in `GradientBoostingRegressor`; scores are log-odds [1], losses
        cross-entropies [nat].
    classes_ : ndarray, shape (2,)
        The labels, sorted; the log-odds are those of the second.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X is not a finite matrix, or y
        does not hold exactly two classes.

    Notes
    -----
    ``friedman2001greedy``.

    Examples
    --------
    >>> X, y = [[1.0], [2.0], [3.0], [4.0]], ["blast", "blast", "quake", "quake"]
    >>> learner = GradientBoostingClassifier(n_estimators=5).fit(X, y)
    >>> learner.predict([[0.0], [9.0]]).tolist()
    ['blast', 'quake']
    """

    def __init__(
        self,
        n_estimators: Count = 100,
        learning_rate: Positive = 0.1,
        max_depth: Count = 3,
        min_samples_leaf: Count = 1,
    ) -> None:
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X: ArrayLike, y: ArrayLike) -> GradientBoostingClassifier:
        """Grow the trees.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples.
        y : array_like, shape (n_samples,)
            Labels of two classes, numbers or text.

        Returns
        -------
        GradientBoostingClassifier
            The learner itself.
        """
        X, y = self._check(X, y)
        self._boost(X, (y + 1) / 2, log_loss)
        return self

    def decision_function(self, X: ArrayLike) -> np.ndarray:
        """Return the log-odds of ``classes_[1]``.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            Log-odds [1].
        """
        return self._last(X)

    def predict_proba(self, X: ArrayLike) -> np.ndarray:
        """Return the probability of both classes.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples, 2)
            Probabilities [1] in the order of ``classes_``.
        """
        p = sigmoid(self._last(X))
        return np.column_stack([1 - p, p])

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the more probable class, the first in a tie.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            Labels, as they were given to `fit`.
        """
        second = self.decision_function(X) > 0
        return self.classes_[second.astype(int)]
