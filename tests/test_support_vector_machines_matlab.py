"""The support vector machines in code/matlab give what the Python ones give."""

import re

import numpy as np
import pytest
from learner_data import swiss_events, two_clouds
from learner_fits import signs
from octave import OctaveError, run_octave, run_octave_calls

from mlearth.learners import (
    KernelSVM,
    LinearSVM,
    dual_objective,
    hinge_objective,
    hinge_subgradient,
    linear_kernel,
    polynomial_kernel,
    rbf_kernel,
    scale_gamma,
    smo,
)

pytestmark = pytest.mark.needs("octave")

DATA = [two_clouds, swiss_events]


def assert_same(found, expected, rtol):
    """Each output has Octave's shape and agrees to `rtol` of its largest value."""
    for ours, theirs in zip(found, expected, strict=True):
        theirs = np.asarray(theirs, dtype=float)
        theirs = theirs if theirs.ndim == 2 else theirs.reshape(-1, 1)
        assert ours.shape == theirs.shape
        atol = rtol * np.abs(theirs).max()
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=atol)


def compare(cases, rtol):
    """Run all cases, (function, arguments, expected outputs), in one process."""
    calls = [(function, args, len(expected)) for function, args, expected in cases]
    for found, (_, _, expected) in zip(run_octave_calls(calls), cases, strict=True):
        assert_same(found, expected, rtol)


def test_kernels_in_matlab():
    """The three kernels and the default scale: rounding of sums of a few products."""
    X, _ = two_clouds()
    Z = X[:50] + 0.3
    cases = [
        ("linear_kernel", (X, Z), (linear_kernel(X, Z),)),
        ("polynomial_kernel", (X, Z, 0.3, 3), (polynomial_kernel(X, Z, 0.3, 3),)),
        ("rbf_kernel", (X, Z, 0.3), (rbf_kernel(X, Z, 0.3),)),
        ("scale_gamma", (X,), (scale_gamma(X),)),
        ("scale_gamma", (np.ones((3, 2)),), (1.0,)),
    ]
    compare(cases, rtol=1e-13)


@pytest.mark.parametrize("data", DATA)
def test_subgradient_steps_in_matlab(data):
    """The same 1,000 steps in the same order, so the same rounding but for the sums."""
    X, y = data()
    fit = LinearSVM(C=0.5).fit(X, y)
    w, b, alpha = fit.w_ + 0.1, fit.b_ - 0.1, 0.02
    value = hinge_objective(w, b, X, signs(y), alpha)
    slope = hinge_subgradient(w, b, X, signs(y), alpha)
    cases = [
        ("linear_svm_fit", (X, signs(y), 0.5), (fit.w_, fit.b_, fit.losses_)),
        ("hinge_objective", (w, b, X, signs(y), alpha), (value,)),
        ("hinge_subgradient", (w, b, X, signs(y), alpha), slope),
    ]
    compare(cases, rtol=1e-10)


@pytest.mark.parametrize("data", DATA)
def test_smo_in_matlab(data):
    """Multipliers and bias of the same kernel matrix: the same pairs in the same order.

    A rounding that broke a tie the other way would move multipliers by up to C; on
    these data none does, and what is left is the rounding of some thousand steps.
    """
    X, y = (array[::3] for array in data())
    y, gamma = signs(y), 0.4
    K = rbf_kernel(X, X, gamma)
    beta, b, violation = smo(K, y, 2.0, 1e-3)
    cases = [
        ("smo", (K, y, 2, 1e-3), (beta, b)),
        ("dual_objective", (beta, y, K), (dual_objective(beta, y, K),)),
    ]
    compare(cases, rtol=1e-10)
    assert violation <= 1e-3


def test_a_kernel_machine_in_matlab():
    """From samples to the decision function on others; the support rows are the same.

    The kernels differ in their last digit, and at tol = 1e-8 the decision function is
    known to 1e-8 either way.
    """
    X, y = two_clouds()
    fit = KernelSVM(C=2.0, gamma=0.4, tol=1e-8).fit(X, y)
    beta, b, rows = run_octave("kernel_svm_fit", X, y, 2, 0.4, 1e-8, nargout=3)
    assert rows.ravel().tolist() == (fit.support_ + 1).tolist()
    assert_same([beta, b], [fit.beta_, fit.b_], rtol=1e-6)
    args = (X + 0.1, fit.support_vectors_, fit.beta_, fit.b_, 0.4)
    (z,) = run_octave("kernel_svm_decision", *args)
    # sums of 150 products
    assert_same([z], [fit.decision_function(X + 0.1)], rtol=1e-12)


X, Y = [[1.0], [2.0], [4.0]], [-1, 1, 1]


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        ("linear_svm_fit", (X, [0, 1, 1], 1), "y must hold the labels -1 and +1"),
        ("linear_svm_fit", (X, Y, 0), "C must be a finite number > 0"),
        ("linear_svm_fit", (X, Y, 1, -1), "eta must be a finite number > 0"),
        ("linear_svm_fit", (X, Y, 1, 1, 0), "n_iter must be a whole number >= 1"),
        ("hinge_objective", (1, 0, X, Y, 0), "alpha must be a finite number > 0"),
        ("hinge_subgradient", (1, 0, X, Y, -1), "alpha must be a finite number > 0"),
        ("rbf_kernel", (X, X, 0), "gamma must be a finite number > 0"),
        ("rbf_kernel", (X, [[1, 2]], 1), "Z must have the features of X, 1"),
        ("linear_kernel", (X, [[np.inf]]), "Z must be a matrix of finite"),
        ("polynomial_kernel", (X, X, 1, 0), "degree must be a whole number >= 1"),
        ("polynomial_kernel", ([[np.nan]], X, 1, 2), "X must be a matrix of finite"),
        ("smo", (np.eye(4)[:3], Y, 1), "K must be square"),
        ("smo", (np.eye(3), Y, 1, 0), "tol must be a finite number > 0"),
        ("smo", (np.eye(3), [1, 1, 1], 1), "both of them"),
        ("kernel_svm_fit", (X, Y, 1, 1, 1e-9, 1), "kernel_svm_fit took n_iter = 1"),
    ],
)
def test_wrong_arguments_are_named_in_matlab(function, args, words):
    """An error, or a warning, says which argument and what is accepted."""
    with pytest.raises(OctaveError, match=re.escape(words)):
        run_octave(function, *args)
