"""Support vector machines from scratch: the widest street between two classes.

`LinearSVM` goes down the primal objective by its subgradient. `KernelSVM` solves the
dual with a kernel, and so bends the boundary.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Count, Matrix, Number, Positive, Signs, Weights, checked
from ..linear.linear_classifiers import LinearClassifier
from ..walks import still_falling, walk, warn_unfinished
from .kernels import Kernel, kernel_matrix, scale_gamma
from .smo import smo

__all__ = ["KernelSVM", "LinearSVM", "hinge_objective", "hinge_subgradient"]


@checked
def hinge_objective(
    w: Weights, b: Number, X: Matrix, y: Signs, alpha: Positive
) -> float:
    """Return the mean hinge loss plus the penalty ``alpha * |w|**2 / 2``.

    Parameters
    ----------
    w : ndarray, shape (n_features,)
        Weights.
    b : float
        Bias, which is not penalised.
    X : ndarray, shape (n_samples, n_features)
        Samples.
    y : ndarray, shape (n_samples,)
        Labels -1 and +1.
    alpha : float
        Strength of the penalty, > 0; ``1 / (n_samples * C)`` for a cost C.

    Returns
    -------
    float
        Objective [1].

    Raises
    ------
    ValueError
        If an array is not finite, their shapes do not agree, y is not -1 and +1, or
        alpha is not > 0.

    Examples
    --------
    >>> X, y = np.array([[2.0], [0.5], [-1.0]]), np.array([1.0, 1.0, -1.0])
    >>> hinge_objective(np.ones(1), 0.0, X, y, alpha=1.0)  # slack 0, 1/2 and 0
    0.6666666666666666
    """
    slack = np.maximum(0, 1 - y * (X @ w + b))
    return float(slack.mean() + alpha / 2 * w @ w)


@checked
def hinge_subgradient(
    w: Weights, b: Number, X: Matrix, y: Signs, alpha: Positive
) -> tuple[np.ndarray, float]:
    """Return a subgradient of `hinge_objective` by the weights and by the bias.

    Parameters
    ----------
    w, b, X, y, alpha
        As for `hinge_objective`.

    Returns
    -------
    dw : ndarray, shape (n_features,)
        Slope by each weight. At a kink, where a sample lies just on the edge of the
        street, it is the slope on the side where that sample costs nothing.
    db : float
        Slope by the bias.

    Raises
    ------
    ValueError
        If an array is not finite, their shapes do not agree, y is not -1 and +1, or
        alpha is not > 0.

    Examples
    --------
    >>> X, y = np.array([[2.0], [0.5], [-1.0]]), np.array([1.0, 1.0, -1.0])
    >>> dw, db = hinge_subgradient(np.ones(1), 0.0, X, y, alpha=1.0)
    >>> dw.round(3), round(db, 3)
    (array([0.833]), -0.333)
    """
    # Find the intruders
    pull = np.where(y * (X @ w + b) < 1, y, 0.0)
    return alpha * w - X.T @ pull / len(y), float(-pull.mean())


class LinearSVM(LinearClassifier):
    """Find the widest street with few samples in it, by subgradient steps.

    The objective is ``|w|**2 / 2 + C * sum(max(0, 1 - y * (w @ x + b)))``, with y coded
    as -1 and +1; `hinge_objective` is the same divided by ``C * n_samples``. Step t
    goes down its subgradient by ``eta / (1 + alpha * eta * t)`` with
    ``alpha = 1 / (C * n_samples)``. The result is a mean of all steps in which the
    weight of a step grows with t, since single steps jump across the kinks.

    Parameters
    ----------
    C : float
        Cost of a unit of slack, > 0: large for a narrow street without intruders.
    eta : float
        First learning rate, > 0. 1 suits standardised features.
    n_iter : int
        Number of steps, >= 1.

    Attributes
    ----------
    w_ : ndarray, shape (n_features,)
        Weights [1 per unit of the feature].
    b_ : float
        Bias [1].
    eta_ : float
        The first learning rate.
    losses_ : list of float
        `hinge_objective` of the mean after each step.
    classes_ : ndarray, shape (2,)
        The labels, sorted; the second is coded as +1.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X is not a finite matrix, y does
        not hold exactly two classes, or the loss overflows.

    Warns
    -----
    sklearn.exceptions.ConvergenceWarning
        In `fit`, if the loss fell by more than 0.01 in the second half of the steps, or
        ended above 1, that of weights of zero.

    Notes
    -----
    ``cortes1995support``; the mean over steps is that of ``lacostejulien2012simpler``.
    scikit-learn's ``SVC(kernel="linear")`` has this objective.

    Examples
    --------
    >>> X, y = [[0.0], [1.0], [3.0], [4.0]], ["shallow", "shallow", "deep", "deep"]
    >>> learner = LinearSVM(C=10.0, n_iter=5000).fit(X, y)
    >>> learner.classes_.tolist(), learner.w_.round(1)  # from 1 to 3: width 2
    (['deep', 'shallow'], array([-1.]))
    """

    def __init__(
        self, C: Positive = 1.0, eta: Positive = 1.0, n_iter: Count = 1000
    ) -> None:
        self.C = C
        self.eta = eta
        self.n_iter = n_iter

    @walk(still_falling)
    def fit(self, X: ArrayLike, y: ArrayLike) -> LinearSVM:
        """Learn the weights and the bias.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples; standardise them, or the street measures their units.
        y : array_like, shape (n_samples,)
            Labels of two classes, numbers or text.

        Returns
        -------
        LinearSVM
            The learner itself.
        """
        X, y = self._check(X, y)  # y is -1 or +1
        alpha, self.eta_, self.losses_ = 1 / (self.C * len(y)), self.eta, []
        w, b = np.zeros(X.shape[1]), 0.0
        self.w_, self.b_ = w, b
        for t in range(self.n_iter):
            dw, db = hinge_subgradient(w, b, X, y, alpha)
            # Shorten the step
            eta = self.eta / (1 + alpha * self.eta * t)
            w, b = w - eta * dw, b - eta * db
            # Weigh later steps more
            share = 2 / (t + 2)
            self.w_ = self.w_ + share * (w - self.w_)
            self.b_ = self.b_ + share * (b - self.b_)
            self.losses_.append(hinge_objective(self.w_, self.b_, X, y, alpha))
        return self


class KernelSVM(LinearClassifier):
    """Find the widest street in the space of a kernel: a straight one there.

    Parameters
    ----------
    kernel : {"rbf", "linear", "polynomial"}
        Name of the kernel; see `rbf_kernel`, `linear_kernel` and `polynomial_kernel`.
    C : float
        Cost of a unit of slack, > 0.
    gamma : float or None
        Scale of the kernel, > 0; None takes ``scale_gamma(X)``.
    degree : int
        Degree of the polynomial kernel, >= 1.
    tol : float
        Largest violation of the conditions of the solution, > 0.
    n_iter : int
        Largest number of steps of `smo`, >= 1.

    Attributes
    ----------
    support_ : ndarray of int, shape (n_support,)
        Rows of the support vectors in the training data.
    support_vectors_ : ndarray, shape (n_support, n_features)
        The samples that support the street: on its edge, or beyond it.
    beta_ : ndarray, shape (n_support,)
        Their multipliers with the signs of their labels [1].
    b_ : float
        Bias [1].
    gamma_ : float
        The gamma that was used.
    classes_ : ndarray, shape (2,)
        The labels, sorted; the second is coded as +1.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X is not a finite matrix, y does
        not hold exactly two classes, or the kernel overflows.

    Warns
    -----
    sklearn.exceptions.ConvergenceWarning
        In `fit`, if `n_iter` steps were too few for `tol`.

    Notes
    -----
    ``boser1992training``, ``cortes1995support``. The kernel matrix is kept whole:
    memory grows with the square of the number of samples. scikit-learn's ``SVC`` has
    the same solution, for the polynomial kernel with ``coef0=1``.

    Examples
    --------
    >>> X, y = [[-2.0], [-1.0], [1.0], [2.0]], ["out", "in", "in", "out"]
    >>> learner = KernelSVM("polynomial", degree=2, gamma=1.0, C=10.0).fit(X, y)
    >>> learner.predict([[0.0], [5.0]]).tolist()
    ['in', 'out']
    """

    def __init__(
        self,
        kernel: Kernel = "rbf",
        C: Positive = 1.0,
        gamma: Positive | None = None,
        degree: Count = 3,
        tol: Positive = 1e-3,
        n_iter: Count = 100_000,
    ) -> None:
        self.kernel, self.C, self.gamma = kernel, C, gamma
        self.degree, self.tol, self.n_iter = degree, tol, n_iter

    def fit(self, X: ArrayLike, y: ArrayLike) -> KernelSVM:
        """Learn the multipliers and the bias; see `LinearSVM.fit` for X and y."""
        X, y = self._check(X, y)  # y is -1 or +1
        self.gamma_ = self.gamma or scale_gamma(X)
        K = self._kernel(X, X)
        beta, self.b_, violation = smo(K, y, self.C, self.tol, self.n_iter)
        self.support_ = np.flatnonzero(beta)
        self.support_vectors_ = X[self.support_]
        self.beta_ = beta[self.support_]
        if violation > self.tol:
            warn_unfinished(self)
        return self

    def decision_function(self, X: ArrayLike) -> np.ndarray:
        """Return on which side of the street each sample X lies, and how far [1]."""
        K = self._kernel(self._check_new(X), self.support_vectors_)
        return K @ self.beta_ + self.b_

    def _kernel(self, X: np.ndarray, Z: np.ndarray) -> np.ndarray:
        """Return the kernel of every sample of X with every sample of Z."""
        return kernel_matrix(self.kernel, X, Z, self.gamma_, self.degree)
