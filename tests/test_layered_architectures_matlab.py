"""Normalisation and residual blocks in code/matlab give what Python gives."""

import re

import numpy as np
import pytest
from octave import OctaveError, assert_same_in_octave, run_octave

from mlearth.learners import (
    normalise,
    normalise_backward,
    residual_block,
    residual_block_backward,
)

pytestmark = pytest.mark.needs("octave")


def drawn(seed=0, n=7, units=4, inner=5):
    """A table, the six arrays of a block, and blame."""
    rng = np.random.default_rng(seed)
    shapes = [(units,), (units,), (units, inner), (inner,), (inner, units), (units,)]
    block = tuple(rng.normal(size=shape) for shape in shapes)
    return 3 * rng.normal(size=(n, units)) + 1, block, rng.normal(size=(n, units))


@pytest.mark.parametrize("over", ["layer", "batch"])
def test_normalisation_in_matlab(over):
    """Both ways, over the sample and over the batch; one sample too."""
    cases = []
    for x, block, delta in (drawn(), drawn(1, 1, 3), drawn(2, 6, 2)):
        gain, offset = block[:2]
        right = normalise(x, gain, offset, over, 0.1)
        cases.append(("normalise", (x, gain, offset, over, 0.1), (right,)))
        down = normalise_backward(x, gain, delta, over, 0.1)
        cases.append(("normalise_backward", (x, gain, delta, over, 0.1), down))
    # rounding of sums of a few products, and of what cancels in one sample
    assert_same_in_octave(cases, rtol=1e-10)


def test_blocks_in_matlab():
    """With and without the skip."""
    cases = []
    for seed, (over, skip) in enumerate([("layer", 1), ("batch", 0), ("batch", 1)]):
        x, block, delta = drawn(seed)
        said = residual_block(x, block, over, bool(skip))
        dx, dblock = residual_block_backward(x, block, delta, over, bool(skip))
        cases.append(("residual_block", (x, *block, over, skip), (said,)))
        given = (x, *block[:5], delta, over, skip)
        cases.append(("residual_backward", given, (dx, *dblock)))
    assert_same_in_octave(cases, rtol=1e-10)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({1: np.ones(3)}, "gain and offset must be 4 numbers, one for each unit of x"),
        ({3: "all"}, "over must be 'layer' or 'batch', got all"),
    ],
)
def test_wrong_arguments_are_named_in_matlab(change, words):
    """An error says which argument and what is accepted."""
    given = [np.ones((5, 4)), np.ones(4), np.zeros(4), "layer", 0.1]
    for place, value in change.items():
        given[place] = value
    with pytest.raises(OctaveError, match=re.escape(words)):
        run_octave("normalise", *given)
