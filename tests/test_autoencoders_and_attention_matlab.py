"""Attention in code/matlab gives what Python gives."""

import re

import numpy as np
import pytest
from octave import OctaveError, run_octave, run_octave_calls

from mlearth.learners import attend, attend_backward

pytestmark = pytest.mark.needs("octave")


def test_attention_both_ways_in_matlab():
    """Any number of queries, keys, features and values; one of each too."""
    calls = []
    for n_queries, n_keys, size, n_values in [(5, 7, 3, 2), (1, 4, 2, 3), (4, 2, 1, 1)]:
        rng = np.random.default_rng(n_keys)
        Q, K = rng.normal(size=(n_queries, size)), rng.normal(size=(n_keys, size))
        V, delta = (rng.normal(size=(n, n_values)) for n in (n_keys, n_queries))
        said = attend(Q[None], K[None], V[None])
        back = attend_backward(Q[None], K[None], V[None], delta[None])
        calls += [
            ("attention_forward", (Q, K, V), said),
            ("attention_backward", (Q, K, V, delta), back),
        ]
    asked = [(name, given, len(right)) for name, given, right in calls]
    for found, (_, _, right) in zip(run_octave_calls(asked), calls, strict=True):
        for ours, theirs in zip(found, right, strict=True):
            # rounding of sums of a few products; one row comes as a column
            np.testing.assert_allclose(np.ravel(ours), np.ravel(theirs), atol=1e-13)


def test_keys_of_another_length_are_named_in_matlab():
    """An error says which argument and what is accepted."""
    with pytest.raises(OctaveError, match=re.escape("K must have 3 columns")):
        run_octave("attention_forward", np.ones((2, 3)), np.ones((2, 4)), np.ones(2))
