"""Logistic and softmax regression in code/matlab give what Python gives."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learner_data import clouds, swiss_events, two_clouds
from learner_fits import shaken_sample_classes, signs, thirds
from octave import OctaveError, assert_same_in_octave, run_octave
from scipy.special import expit

from mlearth.learners import (
    LogisticRegression,
    SoftmaxRegression,
    cross_entropy,
    sigmoid,
    softmax,
)

pytestmark = pytest.mark.needs("octave")

few = settings(deadline=None, max_examples=3)


def binary_case(X, y, alpha):
    model = LogisticRegression(alpha).fit(X, y)
    return "logistic_fit", (X, signs(y), alpha), (model.w_, model.b_, model.losses_)


def softmax_case(X, codes, alpha):
    model = SoftmaxRegression(alpha).fit(X, codes)
    return "softmax_fit", (X, codes + 1, alpha), (model.w_, model.b_, model.losses_)


def test_the_fits_in_matlab():
    """Weights, biases and every loss on the way agree to ten digits."""
    # the same Newton steps, from linear systems of a condition number up to 1e5
    assert_same_in_octave(
        [binary_case(*data(), a) for data in (two_clouds, swiss_events) for a in (1, 9)]
        + [softmax_case(*shaken_sample_classes(), alpha) for alpha in (0.1, 1.0)]
    )


@few
@given(st.lists(clouds(), min_size=1, max_size=8))
def test_the_fits_in_matlab_on_any_clouds(many):
    """The same holds on generated data, separable or not."""
    cases = [binary_case(*data, 0.5) for data in many]
    cases += [softmax_case(*thirds(*data), 0.5) for data in many]
    assert_same_in_octave(cases)


def test_the_pieces_in_matlab():
    """Logistic function, softmax and cross-entropy."""
    rng = np.random.default_rng(0)
    X, w = rng.normal(size=(50, 3)), np.array([1.0, -2.0, 0.5])
    y, z = np.sign(rng.normal(size=50)), np.r_[-800.0, rng.normal(size=9), 800.0]
    Z = 300 * rng.normal(size=(5, 4))
    cases = [
        ("logistic_sigmoid", (z,), (sigmoid(z),)),
        ("softmax_probabilities", (Z,), (softmax(Z),)),
        ("cross_entropy", (w, 0.3, X, y), (cross_entropy(w, 0.3, X, (y + 1) / 2),)),
    ]
    # a few roundings each
    assert_same_in_octave(cases, rtol=1e-14)
    np.testing.assert_allclose(sigmoid(z), expit(z), rtol=1e-13)


X, Y = [[1.0], [2.0], [4.0]], [-1, 1, 1]


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        ("logistic_fit", (X, [1, 2, 2], 1), "y must hold the labels -1 and +1"),
        ("logistic_fit", (X, Y, 0), "alpha must be a finite number > 0"),
        ("logistic_fit", (X, Y, 1, 2.5), "n_iter must be a whole number >= 1"),
        ("logistic_fit", (X, Y, 1, 9, 0), "tol must be a finite number > 0"),
        ("logistic_fit", (X, Y, 1, 1), "logistic_fit took n_iter = 1 iterations"),
        ("softmax_fit", (X, [1, 3, 3], 1), "the classes 1 to K, each of them"),
        ("softmax_fit", (X, [1, 2, 3], 1, 1), "softmax_fit took n_iter = 1"),
    ],
)
def test_wrong_arguments_are_named_in_matlab(function, args, words):
    """An error, or a warning, says which argument and what is accepted."""
    with pytest.raises(OctaveError, match=re.escape(words)):
        run_octave(function, *args)
