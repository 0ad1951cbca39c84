"""Bring fits of this package and of scikit-learn to one form, and compare them."""

import numpy as np
import pytest
from learner_data import noisy_plane, ridgecrest, ridgecrest_sample
from sklearn.preprocessing import LabelEncoder, StandardScaler

real_and_synthetic = pytest.mark.parametrize("data", [noisy_plane, ridgecrest])
sample_and_synthetic = pytest.mark.parametrize("data", [noisy_plane, ridgecrest_sample])


def signs(y):
    """Code two classes as -1 and +1, the later one in sorted order as +1."""
    return 2.0 * LabelEncoder().fit_transform(y) - 1.0


def standardised(X, y):
    """Bring each feature to mean 0 and standard deviation 1."""
    return StandardScaler().fit_transform(X), y


def weights(model):
    """Bias and weights, of this package's models and of scikit-learn's."""
    if hasattr(model, "w_"):
        return np.array([model.b_, *model.w_])
    return np.array([model.intercept_, *model.coef_])


def assert_same_fit(ours, theirs, rtol):
    """Bias and weights agree to a share `rtol` of the largest of them."""
    theirs = weights(theirs)
    scale = np.abs(theirs).max()
    np.testing.assert_allclose(weights(ours), theirs, rtol=0, atol=rtol * scale)


def shaken_classes(step=1):
    """Ridgecrest: standardised X, and the decade of PGA as a class from 0 to 4."""
    X, y = standardised(*ridgecrest())
    return X[::step], np.digitize(y[::step], [-2, -1, 0, 1])


def assert_slopes(loss, gradient, theta, hessian):
    """A step of 1e-5 errs by its square and by rounding / step: some 1e-9."""
    h = 1e-5 * np.eye(theta.size)
    slopes = [(loss(theta + e) - loss(theta - e)) / 2e-5 for e in h]
    np.testing.assert_allclose(gradient(theta), slopes, atol=1e-8)
    bends = [(gradient(theta + e) - gradient(theta - e)) / 2e-5 for e in h]
    np.testing.assert_allclose(hessian, bends, atol=1e-8)


def shaken_sample_classes():
    """Ridgecrest: 1,119 records, and the decade of PGA as a class from 0 to 3."""
    X, y = standardised(*ridgecrest_sample())
    return X, np.digitize(y, [-2, -1, 0])


def thirds(X, y):
    """Any clouds, cut into three classes of equal size along a noisy direction."""
    ranks = np.argsort(np.argsort(X[:, 0] + 0.3 * X[:, -1] * y))
    return X, 3 * ranks // len(ranks)
