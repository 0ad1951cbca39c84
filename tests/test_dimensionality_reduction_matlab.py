"""Axes, discriminants and polarisation in code/matlab give what Python gives."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learner_data import clouds, noisy_plane, swiss_events
from learner_fits import shaken_sample_classes
from octave import OctaveError, assert_same_in_octave, run_octave

from mlearth.learners import LinearDiscriminant, principal_axes
from mlearth.seismology import polarization

pytestmark = pytest.mark.needs("octave")

few = settings(deadline=None, max_examples=3)


def axes_case(X):
    mean, axes, variances = principal_axes(X)
    return "principal_axes", (X,), (mean[None], axes, variances)


def test_the_axes_in_matlab():
    """Mean, axes with their signs, and variances agree to ten digits."""
    assert_same_in_octave(
        [axes_case(data()[0]) for data in (noisy_plane, swiss_events)]
    )


@few
@given(st.lists(clouds(), min_size=1, max_size=8))
def test_the_axes_in_matlab_on_any_clouds(many):
    """The same holds on generated data."""
    assert_same_in_octave([axes_case(X) for X, _ in many])


@pytest.mark.parametrize("data", [swiss_events, shaken_sample_classes])
def test_the_discriminants_in_matlab(data):
    """Axes up to their sign, class means, mean and shares agree to ten digits."""
    X, y = data()
    codes = np.unique(y, return_inverse=True)[1]
    model = LinearDiscriminant().fit(X, codes)
    found = run_octave("lda_fit", X, codes + 1, nargout=4)
    scalings = np.reshape(found[0], model.scalings_.shape)
    turned = scalings * np.sign(np.sum(scalings * model.scalings_, axis=0))
    for ours, theirs in zip(
        [turned, *found[1:]],
        [model.scalings_, model.means_, model.mean_, model.priors_],
        strict=True,
    ):
        np.testing.assert_allclose(
            np.ravel(ours), np.ravel(theirs), rtol=1e-8, atol=1e-10
        )


def test_polarisation_in_matlab():
    """Back azimuth, incidence and share agree to ten digits."""
    rng = np.random.default_rng(0)
    cases = []
    for way in rng.normal(size=(6, 3)):
        z, n, e = np.outer(way, rng.normal(size=30)) + 0.1 * rng.normal(size=(3, 30))
        found = polarization(z, n, e)
        expected = (found.back_azimuth_deg, found.incidence_deg, found.share)
        cases.append(("polarization", (z, n, e), expected))
    assert_same_in_octave(cases)


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        ("principal_axes", ([[1.0, 2.0]],), "X must be at least two samples"),
        ("principal_axes", ([[1.0], [np.nan]],), "X must be a matrix of finite real"),
        ("lda_fit", ([[1.0], [2.0]], [1, 3]), "the classes 1 to K, each of them"),
        ("polarization", ([1.0, 1], [2.0, 2], [3.0, 3]), "north and east must move"),
    ],
)
def test_wrong_arguments_are_named_in_matlab(function, args, words):
    """An error says which argument and what is accepted."""
    with pytest.raises(OctaveError, match=re.escape(words)):
        run_octave(function, *args)
