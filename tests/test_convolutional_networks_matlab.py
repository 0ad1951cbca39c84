"""Sliding layers in code/matlab give what Python gives."""

import re

import numpy as np
import pytest
from octave import OctaveError, run_octave, run_octave_calls

from mlearth.learners import correlate, correlate_backward, receptive_field

pytestmark = pytest.mark.needs("octave")


def both_ways(n, size, channels, stride, dilation, seed=0):
    """The two calls of one layer, with what Python gives."""
    rng = np.random.default_rng(seed)
    x, kernel = rng.normal(size=(n, channels[0])), rng.normal(size=(size, *channels))
    bias = rng.normal(size=channels[1])
    y = correlate(x[None], kernel, bias, stride, dilation)
    delta = rng.normal(size=y.shape)
    down = correlate_backward(x[None], kernel, delta, stride, dilation)
    dx, dkernel, dbias = down[0][0], down[1], down[2]
    return [
        ("correlate_forward", (x, kernel, bias, stride, dilation), (y[0],)),
        (
            "correlate_backward",
            (x, kernel, delta[0], stride, dilation),
            (dx, dkernel, dbias),
        ),
    ]


def test_both_ways_in_matlab():
    """Any stride and dilation, one channel out of two and three out of one."""
    cases = [(23, 5, (2, 3), 1, 1), (24, 4, (3, 2), 2, 3), (9, 3, (1, 3), 3, 1)]
    calls = [call for case in cases for call in both_ways(*case)]
    asked = [(name, given, len(right)) for name, given, right in calls]
    for found, (_, _, right) in zip(run_octave_calls(asked), calls, strict=True):
        for ours, theirs in zip(found, right, strict=True):
            # columns are vectors; sums of some twenty products
            np.testing.assert_allclose(np.squeeze(ours), np.squeeze(theirs), atol=1e-12)


def test_the_receptive_field_in_matlab():
    """Two numbers, the same."""
    layers = [5, 3, 4], [2, 1, 2], [1, 3, 2]
    found = [float(a[0, 0]) for a in run_octave("receptive_field", *layers, nargout=2)]
    assert found == list(receptive_field(*layers))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({3: 0}, "stride must be a whole number >= 1"),
        ({4: 9}, "kernel must fit into x, got 3 taps of 2 channels"),
    ],
)
def test_wrong_arguments_are_named_in_matlab(change, words):
    """An error says which argument and what is accepted."""
    given = [np.ones((8, 2)), np.ones((3, 2, 3)), np.ones(3), 1, 1]
    for place, value in change.items():
        given[place] = value
    with pytest.raises(OctaveError, match=re.escape(words)):
        run_octave("correlate_forward", *given)
