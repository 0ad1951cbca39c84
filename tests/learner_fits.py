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
