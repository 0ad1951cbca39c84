"""The all-reduce in code/matlab gives what Python gives."""

import numpy as np
import pytest
from learner_data import noisy_plane
from learner_fits import standardised
from octave import OctaveError, assert_same_in_octave, run_octave

from mlearth.learners import (
    initial_weights,
    pack,
    parallel_gradient,
    pooled_moments,
    ring_all_reduce,
)

pytestmark = pytest.mark.needs("octave")


def test_the_ring_in_matlab():
    """All rounds and some of them, of sizes that do not divide, and of one worker."""
    rng = np.random.default_rng(0)
    cases = []
    for shape, given in [((4, 11), []), ((3, 7), [2]), ((5, 3), [6]), ((1, 4), [])]:
        held = rng.normal(size=shape)
        cases.append(
            ("ring_all_reduce", (held, *given), (ring_all_reduce(held, *given),))
        )
    assert_same_in_octave(cases, rtol=1e-14)  # the same sums in the same order


def test_the_pieces_in_matlab():
    """Gradients of uneven shards, and moments of them."""
    X, y = standardised(*noisy_plane())
    layers, sizes = initial_weights([4, 5, 1], random_state=0), [4, 5, 1]
    gradient = pack(parallel_gradient(layers, X, y[:, None], 3))
    moments = [7, 0, 2], X[:3], X[3:6] ** 2
    rows = [each[None, :] for each in pooled_moments(*moments)]
    assert_same_in_octave(
        [
            ("parallel_gradient", (pack(layers), sizes, X, y, 3), (gradient,)),
            ("pooled_moments", moments, rows),
        ],
        rtol=1e-12,
    )


def test_wrong_arguments_are_named_in_matlab():
    """An error says which argument and what is accepted."""
    with pytest.raises(OctaveError, match="held must be a matrix of finite numbers"):
        run_octave("ring_all_reduce", np.array([[np.nan, 1.0]]))
    with pytest.raises(OctaveError, match="means must have one row per count"):
        run_octave("pooled_moments", [1, 2], np.ones((3, 1)), np.ones((3, 1)))
