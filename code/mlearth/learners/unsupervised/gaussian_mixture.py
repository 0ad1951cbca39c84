"""A mixture of normal distributions from scratch, fitted by EM.

Each sample belongs to every component with a probability; the components are fitted to
samples weighed by it; and again. See ``dempster1977maximum``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import (
    Count,
    NotNegative,
    Positive,
    RandomState,
    check_room,
    check_seed,
    wrong,
)
from ..base import Clusterer
from ..walks import warn_unfinished
from .em_steps import Mixture, expectation, maximisation
from .k_means import KMeans

__all__ = ["GaussianMixture"]


class GaussianMixture(Clusterer):
    """Fit a mixture of normal distributions by EM, begun with the clusters of k-means.

    Parameters
    ----------
    n_components : int
        Number of components, at most n_samples.
    floor : float
        Added to all variances, >= 0 [square of the unit of a feature]; scikit-learn's
        ``reg_covar``. Larger than the rounding of the data, smaller than any cluster.
    n_iter : int
        Largest number of steps.
    tol : float
        Stop when a step gains less than tol, > 0 [nat per sample].
    random_state : int, numpy Generator or None
        Seed of k-means.

    Attributes
    ----------
    shares_ : ndarray, shape (n_components,)
        Share of each component [1].
    means_ : ndarray, shape (n_components, n_features)
        Means.
    covariances_ : ndarray, shape (n_components, n_features, n_features)
        Covariance matrices.
    losses_ : list of float
        Minus the mean logarithm of the density, at the start and after each step [nat].
    labels_ : ndarray of int, shape (n_samples,)
        The most probable component of each sample.
    n_features_in_ : int
        Number of features.

    Raises
    ------
    ValueError
        In `fit`, if a parameter is out of its range, X is not a finite matrix, or has
        fewer samples than components; or if a component collapses, as `floor` is zero
        or lost in the rounding of the covariances.

    Warns
    -----
    sklearn.exceptions.ConvergenceWarning
        In `fit`, if `n_iter` steps were too few for `tol`.

    Notes
    -----
    ``dempster1977maximum``. With `floor` zero no step makes the data less likely; the
    floor can cost a little of that. Where samples repeat a value, the likelihood has
    no maximum without it.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> X = np.r_[rng.normal(0, 1, (300, 1)), rng.normal(8, 2, (100, 1))]
    >>> model = GaussianMixture(2, random_state=0).fit(X)
    >>> np.sort(model.shares_).round(2), np.sort(model.means_.ravel()).round()
    (array([0.25, 0.75]), array([-0.,  8.]))
    """

    def __init__(
        self,
        n_components: Count = 2,
        floor: NotNegative = 1e-6,
        n_iter: Count = 1000,
        tol: Positive = 1e-6,
        random_state: RandomState = None,
    ) -> None:
        self.n_components = n_components
        self.floor = floor
        self.n_iter = n_iter
        self.tol = tol
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: None = None) -> GaussianMixture:
        """Fit the mixture to the samples X, shape (n_samples, n_features)."""
        X = self._check_alone(X)
        R = one_hot(self._start(X), self.n_components)
        self.losses_ = []
        while True:
            mixture = maximisation(X, R, self.floor)
            R, log_likelihood = shared_out(X, mixture, self.floor)
            self.losses_.append(-log_likelihood)
            gain = -np.diff(self.losses_[-2:])
            if np.any(gain < self.tol) or len(self.losses_) > self.n_iter:
                break
        self.shares_, self.means_, self.covariances_ = mixture
        self.labels_ = R.argmax(axis=1)
        if np.all(gain >= self.tol):
            warn_unfinished(self)
        return self

    def _start(self, X: np.ndarray) -> np.ndarray:
        """Return the labels of k-means."""
        K, m = self.n_components, X.shape[1]
        if len(X) < K:
            raise wrong("n_components", f"at most n_samples = {len(X)}", K)
        check_room("n_components", K, K * m * max(m, len(X)))
        rng = check_seed("random_state", self.random_state)
        return KMeans(K, n_init=1, random_state=rng).fit(X).labels_

    def predict_proba(self, X: ArrayLike) -> np.ndarray:
        """Return the probability of each component for each sample.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples, n_components)
            Probabilities [1]; each row sums to 1.
        """
        return self._expect(X)[0]

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the most probable component of each sample of X."""
        return self._expect(X)[0].argmax(axis=1)

    def score(self, X: ArrayLike, y: None = None) -> float:
        """Return the mean logarithm of the density at the samples X [nat]."""
        return self._expect(X)[1]

    def bic(self, X: ArrayLike) -> float:
        """Return the Bayesian information criterion of the samples X; least is best.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        float
            Minus twice the log-likelihood, plus ``log(n_samples)`` for each parameter.
        """
        K, m = self.means_.shape
        n_parameters = K - 1 + K * m + K * m * (m + 1) / 2
        n = len(np.asarray(X))
        return float(n_parameters * np.log(n) - 2 * n * self.score(X))

    def _expect(self, X: ArrayLike) -> tuple[np.ndarray, float]:
        """Return the probabilities of the components, and the mean log-density."""
        X = self._check_new(X)
        mixture = Mixture(self.shares_, self.means_, self.covariances_)
        return expectation(X, *mixture)


def one_hot(labels: np.ndarray, n_labels: int) -> np.ndarray:
    """Return 1 in the column of each label and 0 elsewhere."""
    return np.eye(n_labels)[labels]


def shared_out(X: np.ndarray, mixture: Mixture, floor: float):
    """Take the E-step, and name `floor` where a component has collapsed."""
    try:
        return expectation(X, *mixture)
    except ValueError:
        accepted = "large enough that no component collapses onto equal values in X, "
        accepted += "or onto features that repeat one another (beyond rounding)"
        raise wrong("floor", accepted, floor) from None
