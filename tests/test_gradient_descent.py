"""The loss, its gradient, the learning rates and the batches of gradient descent."""

import numpy as np
import pytest
from hypothesis import given, settings
from learner_data import clouds
from scipy.optimize import check_grad

from mlearth.learners import (
    batches,
    largest_eta,
    safe_eta,
    squared_loss,
    squared_loss_gradient,
    with_ones,
)

quick = settings(deadline=None, max_examples=25)


@quick
@given(clouds())
def test_gradient_is_the_slope_of_the_loss(data):
    """Finite differences of the loss give its gradient."""
    X, y = data
    rng = np.random.default_rng(0)
    theta = rng.normal(size=X.shape[1] + 1)

    def loss(theta):
        return squared_loss(theta[1:], theta[0], X, y)

    def gradient(theta):
        dw, db = squared_loss_gradient(theta[1:], theta[0], X, y)
        return np.concatenate([[db], dw])

    # a forward difference of step h errs by h / 2 times the curvature (at most the
    # squared norm of a sample), and by rounding, about 1e-16 loss / h
    h = 1e-6
    curvature = np.sum(with_ones(X) ** 2, axis=1).max()
    tolerance = (h * curvature + 1e-15 * (1 + loss(theta)) / h) * np.sqrt(theta.size)
    assert check_grad(loss, gradient, theta, epsilon=h) < tolerance
    assert np.linalg.norm(gradient(theta)) > tolerance


def test_loss_is_half_the_mean_square():
    """Residuals 1 and 3 have a loss of (1 + 9) / 2 / 2."""
    X, y = np.array([[1.0], [2.0]]), np.array([2.0, 5.0])
    assert squared_loss(np.ones(1), 0.0, X, y) == 2.5


def test_largest_eta_of_one_feature_by_hand():
    """Curvature of centred x is [1, mean(x^2)]: for x = -3, 3 the limit is 2/9."""
    # two eigenvalue roundings: 1e-15 relative
    assert largest_eta([[-3.0], [3.0]]) == pytest.approx(2 / 9, rel=1e-14)


@quick
@given(clouds())
def test_safe_eta_is_at_most_half_the_largest(data):
    """The curvature is at most the largest squared norm of a sample."""
    X, _ = data
    # rounding of an eigenvalue: 1e-14 relative
    assert safe_eta(X) <= largest_eta(X) / 2 * (1 + 1e-14)


@quick
@given(clouds())
def test_safe_eta_never_overshoots_on_a_single_sample(data):
    """Each sample's own curvature is its squared norm: eta times it is at most one."""
    X, _ = data
    own = safe_eta(X) * np.sum(with_ones(X) ** 2, axis=1)
    # rounding of a sum and a division
    assert own.max() == pytest.approx(1.0, rel=1e-14)


@pytest.mark.parametrize("batch_size", [1, 7, 60, None])
def test_batches_hold_every_sample_once(batch_size):
    """Whatever the size of a batch, an epoch meets each sample exactly once."""
    rows = np.arange(60)
    rng = np.random.default_rng(0)
    cut = [rows[batch] for batch in batches(60, batch_size, True, rng)]
    assert sorted(np.concatenate(cut).tolist()) == rows.tolist()
    assert all(len(batch) == (batch_size or 60) for batch in cut[:-1])


def test_batches_are_shuffled_only_when_asked():
    """Without shuffling the rows keep their order; with it each epoch has its own."""
    rng = np.random.default_rng(0)
    plain = np.concatenate(list(batches(60, 7, False, rng)))
    first, second = (np.concatenate(list(batches(60, 7, True, rng))) for _ in range(2))
    assert plain.tolist() == list(range(60))
    assert first.tolist() != second.tolist()
