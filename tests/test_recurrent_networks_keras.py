"""Keras, given our weights, walks along sequences as we do, and blames alike."""

import numpy as np
import pytest

from mlearth.learners import initial_cell, through_time, unroll
from mlearth.networks import load_keras

pytestmark = pytest.mark.tf
KINDS = {"rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}


def drawn(cell, n_times=9):
    """Weights with biases, sequences of four samples with gaps, and blame."""
    rng = np.random.default_rng(0)
    W, U, b = initial_cell(3, 5, cell, rng)
    x, delta = rng.normal(size=(4, n_times, 3)), rng.normal(size=(4, n_times, 5))
    mask = rng.random((4, n_times)) < 0.7
    return (W, U, b + rng.normal(size=b.shape)), x, delta, mask


def layer_of(cell, weights):
    """Keras's layer with our weights, in double precision."""
    layers = load_keras().layers
    layer = getattr(layers, KINDS[cell])(5, return_sequences=True, dtype="float64")
    layer.build((None, None, 3))
    layer.set_weights(weights)
    return layer


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("cell", [*KINDS])
def test_a_sequence_and_its_blame_equal_those_of_keras(cell, masked):
    """What each step says, and the derivatives by all weights and inputs."""
    weights, x, delta, mask = drawn(cell)
    mask = mask if masked else None
    layer = layer_of(cell, weights)
    import tensorflow as tf

    inputs = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        said = layer(inputs, mask=mask)
        loss = tf.reduce_sum(delta * said)
    *theirs, their_dx = tape.gradient(loss, [*layer.trainable_variables, inputs])
    gradient, dx = through_time(weights, x, delta, cell, mask)
    # both in double precision: rounding of sums over nine steps
    found = said.numpy()
    np.testing.assert_allclose(found, unroll(weights, x, cell, mask), atol=1e-12)
    np.testing.assert_allclose(their_dx.numpy(), dx, atol=1e-11)
    for one, other in zip(theirs, gradient, strict=True):
        np.testing.assert_allclose(one.numpy(), other, atol=1e-11)


def test_one_step_equals_that_of_keras():
    """Single precision, as Keras has it by default, to 1e-5."""
    for cell in KINDS:
        weights, x, _, _ = drawn(cell, n_times=1)
        layer = getattr(load_keras().layers, KINDS[cell])(5)
        layer.build((None, None, 3))
        layer.set_weights(weights)
        found = layer(x.astype("float32")).numpy()
        # seven digits of sums of eight numbers of about one
        np.testing.assert_allclose(found, unroll(weights, x, cell)[:, 0], atol=1e-5)
