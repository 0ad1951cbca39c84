"""Ordinal regression in code/matlab gives what Python gives."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learner_data import clouds
from learner_fits import shaken_sample_classes, thirds
from octave import OctaveError, assert_same_in_octave, run_octave

from mlearth.learners import OrdinalLogisticRegression
from mlearth.learners.linear.ordinal_regression import log_class_probabilities

pytestmark = pytest.mark.needs("octave")

few = settings(deadline=None, max_examples=3)


def ordinal_case(X, codes, alpha):
    model = OrdinalLogisticRegression(alpha).fit(X, codes)
    expected = (model.w_, model.thresholds_, model.losses_)
    return "ordinal_fit", (X, codes + 1, alpha), expected


def test_the_fits_in_matlab():
    """Weights, thresholds and every loss on the way agree to ten digits."""
    # the same Newton steps, from linear systems of a condition number up to 1e5
    assert_same_in_octave(
        [ordinal_case(*shaken_sample_classes(), alpha) for alpha in (0.1, 1.0)]
    )


@few
@given(st.lists(clouds(), min_size=1, max_size=8))
def test_the_fits_in_matlab_on_any_clouds(many):
    """The same holds on generated data, separable or not."""
    assert_same_in_octave([ordinal_case(*thirds(*data), 0.5) for data in many])


def test_the_probabilities_in_matlab():
    """Logarithms of the probabilities of ordered classes, also far out."""
    thresholds = np.array([-1.0, 0.2, 2.0])
    z = np.r_[-800.0, np.random.default_rng(0).normal(size=9), 800.0]
    expected = (log_class_probabilities(thresholds, z),)
    # a few roundings each
    assert_same_in_octave(
        [("log_class_probabilities", (thresholds, z), expected)], rtol=1e-14
    )


def test_thresholds_out_of_order_are_nan_in_matlab():
    """The class between them has no probability, so Newton's step is halved."""
    (log_p,) = run_octave("log_class_probabilities", [1.0, 0.0], [0.5])
    assert np.isnan(log_p).tolist() == [[False, True, False]]


X = [[1.0], [2.0], [4.0]]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((X, [1, 1, 1], 1), "the classes 1 to K, each of them"),
        ((X, [1, 3, 2], 1, 1), "ordinal_fit took n_iter = 1"),
        ((X, [1, 3, 2], 0), "alpha must be a finite number > 0"),
    ],
)
def test_wrong_arguments_are_named_in_matlab(args, words):
    """An error, or a warning, says which argument and what is accepted."""
    with pytest.raises(OctaveError, match=re.escape(words)):
        run_octave("ordinal_fit", *args)
