"""Attention and a transformer block from scratch: by hand, nudged, beside Keras."""

import numpy as np
import pytest

from mlearth.learners import (
    attend,
    attend_backward,
    multi_head,
    multi_head_backward,
)
from mlearth.learners.neural.transformer import (
    initial_block,
    layer_norm,
    positions,
    transformer_block,
)
from mlearth.networks import load_keras

CAUSAL = np.tri(7, dtype=bool)


def drawn(seed=0, n=3, n_queries=4, n_keys=7, size=5, n_values=2):
    """Queries, keys, values, and blame."""
    rng = np.random.default_rng(seed)
    Q = rng.normal(size=(n, n_queries, size))
    K = rng.normal(size=(n, n_keys, size))
    V = rng.normal(size=(n, n_keys, n_values))
    return Q, K, V, rng.normal(size=(n, n_queries, n_values))


def block(seed=0):
    """Weights of a block with biases that are not zero, and sequences."""
    rng = np.random.default_rng(seed)
    weights = [one + 0.3 * rng.normal(size=one.shape) for one in initial_block(6, 2, 9)]
    return weights, rng.normal(size=(3, 7, 6)), rng.normal(size=(3, 7, 6))


def nudged(loss, array):
    """Return the slopes of a loss by every number of an array."""
    slopes = np.empty_like(array)
    for place in np.ndindex(*array.shape):
        kept, ends = array[place], []
        for step in (1e-6, -1e-6):
            array[place] = kept + step
            ends.append(loss())
        array[place], slopes[place] = kept, (ends[0] - ends[1]) / 2e-6
    return slopes


def test_attention_by_hand():
    """A query that matches one key by ln 3 more than another takes three quarters."""
    Q, K = [[[2.0, 0, 0, 0]]], [[[np.log(3), 0, 0, 0], [0, 1, 0, 0]]]
    said, share = attend(Q, K, [[[8.0], [0.0]]])
    np.testing.assert_allclose(share, [[[0.75, 0.25]]], atol=1e-15)
    np.testing.assert_allclose(said, [[[6.0]]], atol=1e-14)


def test_large_matches_do_not_overflow():
    """The best key takes all."""
    _, share = attend([[[1000.0]]], [[[1000.0], [999.0]]], [[[1.0], [2.0]]])
    assert share.tolist() == [[[1.0, 0.0]]]


def test_a_mask_hides_what_it_covers():
    """What is hidden changes nothing, and a mask may serve all samples."""
    Q, K, V, _ = drawn()
    mask = np.random.default_rng(1).random((3, 4, 7)) < 0.6
    mask[..., 2] = True
    mask[:, :, 5] = False
    said, share = attend(Q, K, V, mask)
    assert not share[~mask].any()
    K[:, 5], V[:, 5] = 7.0, -3.0
    np.testing.assert_array_equal(attend(Q, K, V, mask)[0], said)
    twice = attend(Q, K, V, np.repeat(mask[:1], 3, axis=0))[0]
    np.testing.assert_array_equal(twice, attend(Q, K, V, mask[0])[0])
    with pytest.raises(ValueError, match="mask must be True for at least one key"):
        attend(Q, K, V, np.zeros((4, 7), dtype=bool))
    with pytest.raises(ValueError, match="mask must be of shape"):
        attend(Q, K, V, np.ones((7, 4), dtype=bool))


def test_order_is_not_seen():
    """Steps that are shuffled give the same, shuffled: hence the positions."""
    weights, x, _ = block()
    order = np.random.default_rng(2).permutation(7)
    found = transformer_block(weights, x[:, order])
    # the softmax sums in another order
    np.testing.assert_allclose(found, transformer_block(weights, x)[:, order], 0, 1e-12)
    x = x + positions(7, 6)
    assert np.ptp(positions(7, 6), axis=0).min() > 0
    moved = transformer_block(weights, x)[:, order]
    assert np.abs(found - moved).max() > 0.1


@pytest.mark.parametrize("masked", [False, True])
def test_blame_is_what_a_nudge_does(masked):
    """By queries, keys and values; by every weight of two heads and the sequences."""
    *three, delta = drawn(n_queries=7)
    mask = CAUSAL if masked else None
    found = attend_backward(*three, delta, mask)
    for array, slope in zip(three, found, strict=True):
        right = nudged(lambda: np.sum(delta * attend(*three, mask)[0]), array)
        # the step squared, and rounding over the step
        np.testing.assert_allclose(slope, right, atol=1e-7)
    weights, x, delta = block()
    weights = weights[2:10]
    gradient, dx = multi_head_backward(weights, x, delta, mask)
    for array, slope in zip([*weights, x], [*gradient, dx], strict=True):
        right = nudged(lambda: np.sum(delta * multi_head(weights, x, mask)), array)
        np.testing.assert_allclose(slope, right, atol=1e-7)


def test_a_normalised_step_has_mean_and_spread():
    """Of each step by itself."""
    x = layer_norm(block()[1] * 50 + 3, np.full(6, 2.0), np.full(6, -1.0))
    np.testing.assert_allclose(x.mean(axis=2), -1, atol=1e-12)
    # epsilon beside a variance of thousands
    np.testing.assert_allclose(x.std(axis=2), 2, rtol=1e-5)


def test_first_weights_have_their_spread():
    """Kernels as Glorot and Bengio have it; heads that do not divide are refused."""
    weights = initial_block(64, 4, 256, random_state=0)
    # thousands of numbers: two per cent
    assert np.std(weights[2]) == pytest.approx(np.sqrt(1 / 64), rel=0.05)
    assert np.std(weights[12]) == pytest.approx(np.sqrt(2 / 320), rel=0.05)
    with pytest.raises(ValueError, match="n_heads must be a divisor"):
        initial_block(6, 4, 8)


@pytest.mark.tf
@pytest.mark.parametrize("masked", [False, True])
def test_attention_and_its_blame_equal_those_of_keras(masked):
    """In both precisions; a scale of Keras has always the single one."""
    weights, x, delta = block()
    heads, mask = weights[2:10], CAUSAL if masked else None
    gradient, dx = multi_head_backward(heads, x, delta, mask)
    layers = load_keras().layers
    import tensorflow as tf

    for dtype, atol in (("float64", 1e-6), ("float32", 1e-5)):
        layer = layers.MultiHeadAttention(2, 3, dtype=dtype)
        layer.build(x.shape, x.shape)
        layer.set_weights(heads)
        given = tf.constant(x, dtype)
        attention_mask = None if mask is None else tf.constant(mask[None])
        with tf.GradientTape() as tape:
            tape.watch(given)
            said = layer(given, given, attention_mask=attention_mask)
            loss = tf.reduce_sum(tf.constant(delta, dtype) * said)
        theirs = tape.gradient(loss, [*layer.trainable_variables, given])
        # seven or sixteen digits of sums of some dozens
        # seven digits of the scale, or of sums of some dozens
        np.testing.assert_allclose(said, multi_head(heads, x, mask), atol=atol)
        for one, other in zip(theirs, [*gradient, dx], strict=True):
            np.testing.assert_allclose(one, other, atol=20 * atol)


@pytest.mark.tf
def test_a_block_equals_that_of_keras():
    """Layers of Keras in our order say the same."""
    weights, x, _ = block()
    keras = load_keras()
    layers = keras.layers
    parts = [
        layers.LayerNormalization(dtype="float64"),
        layers.MultiHeadAttention(2, 3, dtype="float64"),
        layers.LayerNormalization(dtype="float64"),
        layers.Dense(9, "relu", dtype="float64"),
        layers.Dense(6, dtype="float64"),
    ]
    norm, attention, norm_2, hidden, out = parts
    y = x + attention(norm(x), norm(x))
    out(hidden(norm_2(y)))
    given = iter(weights)
    for part in parts:
        part.set_weights([next(given) for _ in part.get_weights()])
    y = x + attention(norm(x), norm(x))
    y = y + out(hidden(norm_2(y)))
    # the scale of Keras has seven digits
    np.testing.assert_allclose(y, transformer_block(weights, x), atol=1e-6)
