"""Linear classifiers from scratch: the perceptron and Adaline.

Both draw one straight boundary, ``w @ x + b = 0``, between two classes coded as -1 and
+1. They differ in what they learn from: the perceptron from its mistakes alone, Adaline
from the distance between every net input and its label.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Count, Flag, Positive, RandomState
from ..base import BinaryClassifier
from ..walks import above_least_squares, mistakes_left, walk
from .gradient_descent import (
    batches,
    safe_eta,
    squared_loss,
    squared_loss_gradient,
)

__all__ = ["Adaline", "LinearClassifier", "Perceptron"]


class LinearClassifier(BinaryClassifier):
    """Classify by the side of the boundary ``w_ @ x + b_ = 0``.

    A base class: it predicts, and leaves `fit` to the learners below.
    """

    def decision_function(self, X: ArrayLike) -> np.ndarray:
        """Return the net input: how far on the positive side each sample lies.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            ``X @ w_ + b_`` [1]; zero on the boundary.
        """
        return self._check_new(X) @ self.w_ + self.b_

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return ``classes_[1]`` where the net input is positive, else ``classes_[0]``.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            Labels, as they were given to `fit`.
        """
        is_positive = self.decision_function(X) > 0
        return self.classes_[is_positive.astype(int)]


class Perceptron(LinearClassifier):
    """Learn from mistakes: move the boundary only for a sample on its wrong side.

    For each sample with ``y * (w @ x + b) <= 0``, where y is -1 or +1, the rule adds
    ``eta * y * x`` to the weights and ``eta * y`` to the bias. Learning stops after an
    epoch (one pass through the samples) without a mistake.

    Parameters
    ----------
    eta : float
        Learning rate, > 0. From weights of zero it scales `w_` and `b_` together, so
        (rounding apart) it changes no prediction and no mistake.
    n_iter : int
        Largest number of epochs, >= 1.
    shuffle : bool
        Draw a new order of the samples for every epoch; otherwise take the rows of X
        from first to last.
    random_state : int, numpy.random.Generator or None
        Seed of the orders.

    Attributes
    ----------
    w_ : ndarray, shape (n_features,)
        Weights [eta times the unit of the feature].
    b_ : float
        Bias [eta].
    errors_ : list of int
        Mistakes in each epoch; the last is 0 when learning has converged.
    n_updates_ : int
        All mistakes together, which is the number of updates.
    classes_ : ndarray, shape (2,)
        The labels, sorted; the second is coded as +1.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X is not a finite matrix, or y
        does not hold exactly two classes.

    Warns
    -----
    sklearn.exceptions.ConvergenceWarning
        In `fit`, if the last epoch was not free of mistakes.

    Notes
    -----
    ``rosenblatt1958perceptron``. If some ``w @ x + b`` with ``(b, w)`` of norm 1
    separates the classes, the number of updates is at most ``(R / gamma)**2``, where R
    is the largest norm of a sample ``(1, x)`` and gamma the smallest
    ``y * (w @ x + b)``. If none does, learning never converges: `errors_` ends above 0.

    Examples
    --------
    >>> X, y = [[0.0], [1.0], [3.0], [4.0]], ["shallow", "shallow", "deep", "deep"]
    >>> learner = Perceptron(shuffle=False).fit(X, y)
    >>> learner.errors_
    [2, 2, 2, 1, 1, 0]
    >>> learner.predict([[0.5], [3.5]]).tolist()
    ['shallow', 'deep']
    """

    def __init__(
        self,
        eta: Positive = 1.0,
        n_iter: Count = 100,
        shuffle: Flag = True,
        random_state: RandomState = None,
    ) -> None:
        self.eta = eta
        self.n_iter = n_iter
        self.shuffle = shuffle
        self.random_state = random_state

    @walk(mistakes_left)
    def fit(self, X: ArrayLike, y: ArrayLike) -> Perceptron:
        """Learn the weights and the bias.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples; features of similar scale learn faster.
        y : array_like, shape (n_samples,)
            Labels of two classes, numbers or text.

        Returns
        -------
        Perceptron
            The learner itself.
        """
        X, y = self._check(X, y)  # y is -1 or +1
        rng = np.random.default_rng(self.random_state)
        self.w_, self.b_ = np.zeros(X.shape[1]), 0.0  # Start from zero
        self.errors_ = []
        for _ in range(self.n_iter):  # Deal the samples
            order = rng.permutation(len(y)) if self.shuffle else range(len(y))
            self.errors_.append(sum(self._learn(X[i], y[i]) for i in order))
            if self.errors_[-1] == 0:  # Judge the epoch
                break
        self.n_updates_ = sum(self.errors_)
        return self

    def _learn(self, x: np.ndarray, y: float) -> bool:
        """Move the boundary if the sample is on its wrong side; say whether it was."""
        if y * (x @ self.w_ + self.b_) > 0:  # Ask how wrong
            return False
        self.w_ += self.eta * y * x  # Move the border
        self.b_ += self.eta * y
        return True


class Adaline(LinearClassifier):
    """Learn from every distance: go down the gradient of the squared loss.

    Each step subtracts eta times the gradient of ``mean((w @ x + b - y)**2) / 2``, with
    y coded as -1 and +1: on all samples (batch gradient descent), on a few (mini-batch)
    or on one (stochastic).

    Parameters
    ----------
    eta : float or None
        Learning rate, > 0. With full batches the weights converge to those of least
        squares if ``eta < largest_eta(X)``, and not from there on. None takes
        ``safe_eta(X)``, which is small enough for batches of any size.
    n_iter : int
        Number of epochs, >= 1.
    batch_size : int or None
        Samples in a step: None for all, 1 for stochastic gradient descent.
    shuffle : bool
        Draw a new order of the samples for every epoch; with full batches no order
        matters and none is drawn.
    random_state : int, numpy.random.Generator or None
        Seed of the orders.

    Attributes
    ----------
    w_ : ndarray, shape (n_features,)
        Weights [1 per unit of the feature].
    b_ : float
        Bias [1].
    eta_ : float
        The learning rate that was used.
    losses_ : list of float
        Loss of all samples before the first epoch and after each, ``n_iter + 1``.
    classes_ : ndarray, shape (2,)
        The labels, sorted; the second is coded as +1.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X is not a finite matrix, y does
        not hold exactly two classes, or eta is so large that the loss overflows.

    Warns
    -----
    sklearn.exceptions.ConvergenceWarning
        In `fit`, if the loss ends above that of least squares by more than 1 % of the
        variance of the coded labels.

    Notes
    -----
    ``widrow1960adaptive``.

    Examples
    --------
    >>> X, y = [[0.0], [1.0], [3.0], [4.0]], ["shallow", "shallow", "deep", "deep"]
    >>> learner = Adaline(eta=0.1, n_iter=200).fit(X, y)
    >>> bool(learner.losses_[-1] < learner.losses_[0])
    True
    >>> learner.predict([[0.5], [3.5]]).tolist()
    ['shallow', 'deep']
    """

    def __init__(
        self,
        eta: Positive | None = None,
        n_iter: Count = 100,
        batch_size: Count | None = None,
        shuffle: Flag = True,
        random_state: RandomState = None,
    ) -> None:
        self.eta = eta
        self.n_iter = n_iter
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.random_state = random_state

    @walk(above_least_squares)
    def fit(self, X: ArrayLike, y: ArrayLike) -> Adaline:
        """Learn the weights and the bias.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples; standardise them, or one eta does not suit every feature.
        y : array_like, shape (n_samples,)
            Labels of two classes, numbers or text.

        Returns
        -------
        Adaline
            The learner itself.
        """
        X, y = self._check(X, y)  # y is -1 or +1
        rng = np.random.default_rng(self.random_state)
        self.eta_ = self.eta or safe_eta(X)
        self.w_, self.b_ = np.zeros(X.shape[1]), 0.0  # Start from zero
        self.losses_ = [squared_loss(self.w_, self.b_, X, y)]
        for _ in range(self.n_iter):  # Deal the samples
            for rows in batches(len(y), self.batch_size, self.shuffle, rng):
                self._step(X[rows], y[rows])
            # Judge the epoch
            self.losses_.append(squared_loss(self.w_, self.b_, X, y))
        return self

    def _step(self, X: np.ndarray, y: np.ndarray) -> None:
        """Take one step down the gradient of the loss of these samples."""
        # Ask how wrong
        dw, db = squared_loss_gradient(self.w_, self.b_, X, y)
        self.w_ -= self.eta_ * dw  # Move the border
        self.b_ -= self.eta_ * db
