"""The multilayer perceptron from scratch: a network that learns numbers or classes.

The layers and their gradient stand in `backpropagation`, where a walk begins in
`starting_weights`, its steps in `optimisers`, the walk itself in `training`. Here they
become learners.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import check_vector, wrong
from ..base import Classifier, Regressor
from ..linear.softmax_regression import softmax
from .backpropagation import forward
from .training import Network

__all__ = ["MLPClassifier", "MLPRegressor"]


class MLPRegressor(Network, Regressor):
    """Predict a number with layers of neurons.

    It lowers ``sum(losses) + alpha / 2 * sum(W**2)`` batch by batch, where the loss of
    a sample is half its squared error; biases go free. Standardise X, and bring y to a
    size of about 1.

    Parameters
    ----------
    hidden : tuple of int
        Units in each hidden layer; () has none and is a linear model.
    activation : {"tanh", "relu", "sigmoid", "identity"}
        What bends the sums of the hidden layers; see `bend`.
    optimiser : {"adam", "momentum", "sgd"}
        How a step follows from a gradient; see `adam_step`.
    eta : float
        Learning rate, > 0.
    batch_size : int
        Samples in a batch, >= 1; more than there are takes all of them.
    n_epochs : int
        Passes through the samples, >= 1. None of the learner's tolerances ends the
        walk: its length is a setting, to be tuned as `alpha` is.
    alpha : float
        Strength of the penalty, >= 0, as in `Ridge` [the loss's unit]: per batch its
        share of the samples counts. scikit-learn's alpha is larger by
        n_samples / batch_size for the same effect.
    dropout : float
        Share of the hidden units left out of each batch, in [0, 1).
    spread : {"glorot", "he"} or float
        Of the starting weights; see `initial_weights`.
    patience : int or None
        Stop when the loss on the validation samples has not been lowered for so many
        epochs, and return to the best weights; None walks all epochs.
    validation_share : float
        Share of the samples set aside for `patience`, in (0, 1), drawn row by row:
        where rows come in groups, hand `fit` groups of its own.
    shuffle : bool
        Draw a new order of the samples for every epoch.
    random_state : int, numpy.random.Generator or None
        Seed of the starting weights, of the validation samples, of the orders and of
        dropout.

    Attributes
    ----------
    layers_ : list of (W, b)
        Weights, shape (units below, units), and biases, shape (units,), of each layer.
    losses_ : list of float
        Mean training loss, with its penalty, before the first epoch and after each
        [unit of y, squared].
    validation_losses_ : list of float
        Mean loss of the validation samples likewise, without a penalty; empty without.
    best_epoch_ : int
        Epoch after which the weights were kept.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X or y is not finite, or the steps
        were so long that the loss overflowed.

    Notes
    -----
    ``rumelhart1986learning``. With equal starting weights and batches in one order it
    equals scikit-learn and Keras (`mlearth.networks`). Dropout draws one set of units
    for a whole batch, where ``srivastava2014dropout`` draws one for each sample.

    Examples
    --------
    >>> X = np.linspace(-1, 1, 21)[:, None]
    >>> model = MLPRegressor((8,), eta=0.05, n_epochs=300, random_state=0)
    >>> model.fit(X, X[:, 0] ** 2).predict([[-0.5], [0.8]]).round(1)
    array([0.3, 0.7])
    """

    _loss = "squared"

    def fit(
        self, X: ArrayLike, y: ArrayLike, validation: Any = None, start: Any = None
    ) -> MLPRegressor:
        """Learn from samples and their targets.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples.
        y : array_like, shape (n_samples,)
            Targets.
        validation : tuple (X, y), optional
            Other samples and their targets, to be watched, and to stop by if `patience`
            is given.
        start : list of (W, b), optional
            Starting weights, in place of random ones.

        Returns
        -------
        MLPRegressor
            The learner itself.
        """
        X, y = self._check(X, y)
        watched = None
        if validation is not None:
            X_watched, y_watched = self._pair(validation)
            n = len(X_watched)
            y_watched = check_vector("validation[1]", y_watched, length=n)
            watched = X_watched, y_watched[:, None]
        return self._walk(X, y[:, None], watched, start)

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the predicted target of each sample.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            Targets [unit of y].
        """
        X = self._check_new(X)
        return forward(self.layers_, X, self.activation)[-1][:, 0]


class MLPClassifier(Network, Classifier):
    """Tell classes apart with layers of neurons, and a softmax at the top.

    It lowers ``sum(losses) + alpha / 2 * sum(W**2)`` batch by batch, where the loss of
    a sample is minus the logarithm of the probability of its label. Standardise X.

    Parameters
    ----------
    hidden, activation, optimiser, eta, batch_size, n_epochs, alpha, dropout, spread
        As in `MLPRegressor`; without hidden units it is `SoftmaxRegression`.
    patience, validation_share, shuffle, random_state
        As in `MLPRegressor`.

    Attributes
    ----------
    layers_, losses_, validation_losses_, best_epoch_, n_features_in_
        As in `MLPRegressor`; losses are in nat.
    classes_ : ndarray, shape (n_classes,)
        The labels, sorted.

    Raises
    ------
    ValueError
        In `fit`, as in `MLPRegressor`, or if y holds fewer than two classes.

    Notes
    -----
    ``rumelhart1986learning``. scikit-learn gives two classes one output, this two: the
    probabilities are of one form, the walk is another.

    Examples
    --------
    >>> X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], ["same", "other", "other", "same"]
    >>> model = MLPClassifier((8,), eta=0.05, n_epochs=300, random_state=0)
    >>> model.fit(X, y).predict(X).tolist()
    ['same', 'other', 'other', 'same']
    """

    _loss = "cross_entropy"

    def fit(
        self, X: ArrayLike, y: ArrayLike, validation: Any = None, start: Any = None
    ) -> MLPClassifier:
        """Learn from samples and their labels.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples.
        y : array_like, shape (n_samples,)
            Labels of two or more classes, numbers or text.
        validation : tuple (X, y), optional
            Other samples and their labels, to be watched, and to stop by if `patience`
            is given.
        start : list of (W, b), optional
            Starting weights, in place of random ones.

        Returns
        -------
        MLPClassifier
            The learner itself.
        """
        X, codes = self._check(X, y)
        one_hot, watched = np.eye(len(self.classes_)), None
        if validation is not None:
            X_watched, labels = self._pair(validation)
            same = np.asarray(labels)[:, None] == self.classes_
            if len(same) != len(X_watched) or not same.any(axis=1).all():
                what = f"one of {self.classes_.tolist()} for each row of validation[0]"
                raise wrong("validation[1]", what, f"{len(same)} labels")
            watched = X_watched, same.astype(float)
        return self._walk(X, one_hot[codes], watched, start)

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
        return softmax(forward(self.layers_, X, self.activation)[-1])
