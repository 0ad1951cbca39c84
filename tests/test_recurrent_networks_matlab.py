"""The LSTM in code/matlab gives what Python gives."""

import re

import numpy as np
import pytest
from octave import OctaveError, assert_same_in_octave, run_octave

from mlearth.learners import initial_cell, lstm_step, unroll

pytestmark = pytest.mark.needs("octave")


def drawn(seed=0, n=7, n_features=3, n_units=5):
    """A batch, two states and weights; the biases differ from one another."""
    rng = np.random.default_rng(seed)
    W, U, b = initial_cell(n_features, n_units, random_state=rng)
    states = rng.normal(size=(2, n, n_units))
    return rng.normal(size=(n, n_features)), *states, W, U, b + rng.normal(size=b.shape)


def test_one_step_in_matlab():
    """What the cell says, and what it remembers; one unit and one feature too."""
    cases = [drawn(), drawn(1, 1, 4, 2), drawn(2, 6, 1, 1)]
    # rounding of sums of a few products
    assert_same_in_octave(
        [("lstm_step", given, lstm_step(*given)) for given in cases], rtol=1e-12
    )


def test_a_sequence_in_matlab():
    """Twenty-three steps, the samples of a batch one after another."""
    x, _, _, *weights = drawn(3, n=23)
    right = unroll(weights, x[None])[0]
    assert_same_in_octave([("lstm_unroll", (x, *weights), (right,))], rtol=1e-12)


def test_wrong_weights_are_named_in_matlab():
    """An error says which argument and what is accepted."""
    x, h, c, W, U, b = drawn()
    with pytest.raises(OctaveError, match=re.escape("U must have 20 columns")):
        run_octave("lstm_step", x, h, c, W, U[:, :15], b)
