"""How well a model generalises: its error, what that is made of, and a choice by it."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import clone

from .._arguments import (
    Count,
    Estimator,
    Matrix,
    Others,
    OtherVector,
    Positive,
    RandomState,
    TrainTest,
    Trials,
    Vector,
    Word,
    check_choice,
    check_room,
    checked,
)

__all__ = ["bias_variance", "rmse", "validation_curve"]


@checked
def rmse(y: Vector, y_hat: Vector) -> float:
    """Return the root-mean-square error, the typical size of a miss.

    Parameters
    ----------
    y, y_hat : array_like, shape (n_samples,)
        What was observed and what was predicted.

    Returns
    -------
    float
        Error [unit of y].

    Raises
    ------
    ValueError
        If y or y_hat is not finite, or they differ in length.

    Examples
    --------
    >>> rmse([1.0, 2.0, 3.0], [1.0, 5.0, 7.0]).__round__(3)
    2.887
    """
    return float(np.sqrt(np.mean((y - y_hat) ** 2)))


def check_sets(X_new: np.ndarray, n_sets: int = 200, **others: Any) -> None:
    """Refuse more data sets than memory has room for."""
    check_room("n_sets", n_sets, n_sets * len(X_new))


def check_name(model: Any, name: str, **others: Any) -> None:
    """Refuse a parameter that the model has not."""
    check_choice("name", name, model.get_params())


@checked(also=check_sets)
def bias_variance(
    model: Estimator,
    X: Matrix,
    f: Vector,
    sigma: Positive,
    X_new: Others,
    f_new: OtherVector,
    n_sets: Count = 200,
    random_state: RandomState = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Measure bias and variance by fitting a model to many data sets of one truth.

    Each data set is the truth f plus Gaussian noise of its own. At every new sample the
    predictions scatter (variance), and their mean misses the truth (bias). The expected
    squared error of a new observation is ``bias**2 + variance + sigma**2``.

    Parameters
    ----------
    model : estimator
        Anything with `fit` and `predict`; it is cloned, not changed.
    X : array_like, shape (n_samples, n_features)
        Samples at which every data set is observed.
    f : array_like, shape (n_samples,)
        The truth there [unit of y].
    sigma : float
        Standard deviation of the noise, > 0 [unit of y].
    X_new : array_like, shape (n_new, n_features)
        Samples at which the predictions are judged.
    f_new : array_like, shape (n_new,)
        The truth there [unit of y].
    n_sets : int
        Number of data sets, >= 1.
    random_state : int, Generator or None
        Seed of the noise.

    Returns
    -------
    bias_squared, variance : ndarray, shape (n_new,)
        For each new sample [unit of y, squared]. They sum to the mean of
        ``(predict(X_new) - f_new)**2`` over the data sets.

    Raises
    ------
    ValueError
        If an array is not finite, rows disagree, sigma is not a finite number > 0 or
        n_sets no whole number >= 1, or so large that it would exhaust memory.

    Notes
    -----
    The mean prediction is known to about ``variance / n_sets``, by which the squared
    bias comes out too large. ``hastie2009elements``.

    Examples
    --------
    >>> from mlearth.learners import PolynomialRegression
    >>> X = np.linspace(-1, 1, 21)[:, None]
    >>> line, parabola = PolynomialRegression(degree=1), X[:, 0] ** 2
    >>> draws = {"n_sets": 500, "random_state": 0}
    >>> bias_squared, variance = bias_variance(
    ...     line, X, parabola, 0.1, [[0.0]], [0.0], **draws
    ... )
    >>> (bias_squared**0.5).round(2), (variance**0.5).round(2)
    (array([0.37]), array([0.02]))
    """
    rng = np.random.default_rng(random_state)
    predictions = np.empty((n_sets, len(X_new)))
    # Repeat the training
    for k in range(n_sets):
        y = f + rng.normal(0, sigma, len(f))
        predictions[k] = clone(model).fit(X.copy(), y).predict(X_new.copy())
    bias = predictions.mean(axis=0) - f_new
    return bias**2, predictions.var(axis=0)


@checked(also=check_name)
def validation_curve(
    model: Estimator,
    name: Word,
    values: Trials,
    X: Matrix,
    y: Vector,
    split: TrainTest,
) -> np.ndarray:
    """Return training and validation error for each value of a hyperparameter.

    Parameters
    ----------
    model : estimator
        Anything with `fit` and `predict`; it is cloned, not changed.
    name : str
        The hyperparameter, such as "degree".
    values : iterable
        What to try.
    X, y : array_like, shape (n_samples, n_features) and (n_samples,)
        Samples and targets.
    split : pair of array_like of int
        Training rows and validation rows.

    Returns
    -------
    ndarray, shape (2, n_values)
        Root-mean-square errors on the training rows and on the validation rows [unit
        of y].

    Raises
    ------
    ValueError
        If X or y is not finite, their rows or those of the split disagree, the model
        has no such parameter, or `fit` refuses a value.

    Examples
    --------
    >>> from mlearth.learners import PolynomialRegression
    >>> X, split = np.array([[0], [1], [2], [3], [4]]), ([0, 2, 4], [1, 3])
    >>> line, y = PolynomialRegression(), X[:, 0] ** 2
    >>> validation_curve(line, "degree", [0, 1, 2], X, y, split).round(2)
    array([[6.8 , 1.89, 0.  ],
           [4.33, 1.67, 0.  ]])
    """
    # Hold rows back
    train, _ = parts = [np.asarray(rows) for rows in split]
    errors = []
    for value in values:
        trial = clone(model).set_params(**{name: value}).fit(X[train], y[train])
        errors.append([rmse(y[rows], trial.predict(X[rows])) for rows in parts])
    return np.transpose(errors)
