"""The tape in code/matlab finds what the formula and the tape in Python find."""

import numpy as np
import pytest
from octave import OctaveError, assert_same_in_octave, run_octave

from mlearth.learners import initial_weights, network_gradient, pack, unstretched

pytestmark = pytest.mark.needs("octave")


def drawn(sizes, n, seed):
    """A network with biases that are not zero, samples and targets."""
    rng = np.random.default_rng(seed)
    layers = [(W, rng.normal(size=b.shape)) for W, b in initial_weights(sizes, 1, rng)]
    return layers, rng.normal(size=(n, sizes[0])), rng.normal(size=(n, sizes[-1]))


def case(sizes, n, seed):
    layers, X, Y = drawn(sizes, n, seed)
    return (
        "tape_mlp",
        (pack(layers), sizes, X, Y),
        (pack(network_gradient(layers, X, Y)),),
    )


def test_the_gradient_of_a_network_in_matlab():
    """Of networks of one layer to three, by the tape."""
    cases = [case([3, 1], 7, 0), case([2, 5, 1], 13, 1), case([3, 4, 5, 2], 11, 2)]
    # the same sums in another order
    assert_same_in_octave(cases, rtol=1e-11)


def test_adding_up_over_copies_in_matlab():
    """A row, a column, a number and a table that was not stretched."""
    g = np.random.default_rng(0).normal(size=(4, 3))
    shapes = [(1, 3), (4, 1), (1, 1), (4, 3)]
    assert_same_in_octave(
        [("unstretched", (g, shape), (unstretched(g, shape),)) for shape in shapes],
        rtol=1e-12,
    )


def test_an_unknown_operation_is_named_in_matlab():
    """The error says which there are."""
    call = "tape_apply({struct('value', 1)}, 'minus', 1)"
    with pytest.raises(OctaveError, match="name must be plus, times, mtimes, tanh or"):
        run_octave("eval", call)
