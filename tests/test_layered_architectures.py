"""Normalisation and residual blocks: by hand, against Keras and nudged weights."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from mlearth.learners import (
    normalise,
    normalise_backward,
    residual_block,
    residual_block_backward,
)
from mlearth.networks import draw_layers, layer_table, load_keras

SHAPES = [(5, 4), (3, 6, 4)]
WAYS = [(over, shape) for over in ("layer", "batch") for shape in SHAPES]


def drawn(shape, seed=0):
    """Draw what enters, a gain and an offset; units differ in size."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=shape) * np.arange(1, shape[-1] + 1) + 2
    return x, rng.normal(size=shape[-1]), rng.normal(size=shape[-1])


def block_of(n, inner, seed=1):
    """Draw the six arrays of a block."""
    rng = np.random.default_rng(seed)
    shapes = [(n,), (n,), (n, inner), (inner,), (inner, n), (n,)]
    return tuple(rng.normal(size=shape) for shape in shapes)


def slope(f, array, delta, step=1e-6):
    """Find the derivative of ``sum(delta * f())`` by nudging each number."""
    found = np.empty_like(array)
    for place in np.ndindex(*array.shape):
        kept, ends = array[place], []
        for nudge in (step, -step):
            array[place] = kept + nudge
            ends.append(np.sum(delta * f()))
        array[place], found[place] = kept, (ends[0] - ends[1]) / (2 * step)
    return found


def agree(derivative, nudged):
    """Rounding over the nudge leaves 1e-9 of numbers near one: below 1e-6 in all."""
    size = np.linalg.norm(derivative) + np.linalg.norm(nudged)
    assert np.linalg.norm(derivative - nudged) < 1e-6 * size
    assert derivative.shape == nudged.shape


# normalisation


def test_by_hand():
    """1, 2 and 6 have mean 3 and variance 14/3; epsilon is inside the root."""
    x = np.array([[1.0, 2, 6]])
    found = normalise(x, [1, 1, 2], [0, 0, 10], epsilon=1 / 3)
    root = np.sqrt(5)
    np.testing.assert_allclose(found, [[-2 / root, -1 / root, 6 / root + 10]])


@pytest.mark.parametrize(("over", "shape"), WAYS)
def test_mean_and_spread(over, shape):
    """Without gain and offset what comes out has mean zero and spread one."""
    x, _, _ = drawn(shape)
    z = normalise(x, np.ones(4), np.zeros(4), over, epsilon=1e-12)
    axes = -1 if over == "layer" else tuple(range(len(shape) - 1))
    # epsilon is 1e-12 of the variance
    np.testing.assert_allclose(z.mean(axis=axes), 0, atol=1e-12)
    np.testing.assert_allclose(z.std(axis=axes), 1, atol=1e-10)


def test_who_knows_of_whom():
    """Over the batch a sample depends on the others; over the layer it does not."""
    x, gain, offset = drawn((6, 4))
    for over, alike in [("layer", True), ("batch", False)]:
        whole, half = (normalise(part, gain, offset, over) for part in (x, x[:3]))
        assert np.allclose(whole[:3], half) is alike


@pytest.mark.tf
@pytest.mark.parametrize(("over", "shape"), WAYS)
def test_keras_says_the_same(over, shape):
    """Both layers, as they stand in training; single precision."""
    x, gain, offset = drawn(shape)
    keras = load_keras()
    kind = "LayerNormalization" if over == "layer" else "BatchNormalization"
    layer = getattr(keras.layers, kind)(epsilon=1e-3)
    layer.build(x.shape)
    layer.set_weights([gain, offset, *layer.get_weights()[2:]])
    theirs = layer(x) if over == "layer" else layer(x, training=True)
    found = normalise(x, gain, offset, over)
    # seven digits, of numbers below 10
    np.testing.assert_allclose(found, np.asarray(theirs), atol=1e-5)


@pytest.mark.parametrize("epsilon", [1e-3, 2.0])
@pytest.mark.parametrize(("over", "shape"), WAYS)
def test_the_gradient_is_the_slope(over, shape, epsilon):
    """Derivatives by input, gain and offset, beside nudges; a large epsilon too."""
    x, gain, offset = drawn(shape)
    delta = np.random.default_rng(5).normal(size=shape)
    found = normalise_backward(x, gain, delta, over, epsilon)
    for array, derivative in zip((x, gain, offset), found, strict=True):
        nudged = slope(lambda: normalise(x, gain, offset, over, epsilon), array, delta)
        agree(derivative, nudged)


def test_nothing_is_left_of_a_shift_or_a_stretch():
    """What all units share, and what stretches them, changes nothing: no blame."""
    x, gain, _ = drawn((5, 4))
    delta = np.random.default_rng(6).normal(size=x.shape)
    dx = normalise_backward(x, gain, delta, "layer", 1e-12)[0]
    centred = x - x.mean(axis=1, keepdims=True)
    # exact but for epsilon
    np.testing.assert_allclose(dx.sum(axis=1), 0, atol=1e-10)
    np.testing.assert_allclose((dx * centred).sum(axis=1), 0, atol=1e-8)


# residual blocks


@pytest.mark.parametrize("skip", [True, False])
@pytest.mark.parametrize(("over", "shape"), WAYS)
def test_the_blame_through_a_block_is_the_slope(over, shape, skip):
    """By the input and by all six arrays."""
    x, block = drawn(shape)[0], block_of(4, 7)
    delta = np.random.default_rng(7).normal(size=shape)
    dx, dblock = residual_block_backward(x, block, delta, over, skip)
    for array, derivative in zip((x, *block), (dx, *dblock), strict=True):
        nudged = slope(lambda: residual_block(x, block, over, skip), array, delta)
        agree(derivative, nudged)


def test_a_block_that_says_nothing_is_not_there():
    """Last weights of zero: the input goes on, and the blame as it came."""
    x, block = drawn((5, 4))[0], block_of(4, 7)
    idle = (*block[:4], np.zeros((7, 4)), np.zeros(4))
    delta = np.random.default_rng(8).normal(size=x.shape)
    np.testing.assert_array_equal(residual_block(x, idle), x)
    np.testing.assert_array_equal(residual_block_backward(x, idle, delta)[0], delta)
    assert not residual_block(x, idle, skip=False).any()
    assert not residual_block_backward(x, idle, delta, skip=False)[0].any()


@pytest.mark.tf
def test_keras_has_the_same_block():
    """The functional model of the page, and its gradient by all weights."""
    import tensorflow as tf

    keras = load_keras()
    keras.config.set_dtype_policy("float64")
    try:
        entry = keras.Input((4,), dtype="float64")
        h = keras.layers.LayerNormalization(epsilon=1e-3)(entry)
        h = keras.layers.Dense(7, activation="relu")(h)
        model = keras.Model(
            entry, keras.layers.Add()([entry, keras.layers.Dense(4)(h)])
        )
    finally:
        keras.config.set_dtype_policy("float32")
    x, block = drawn((5, 4))[0], block_of(4, 7)
    model.set_weights(block)
    delta = np.random.default_rng(9).normal(size=x.shape)
    entered = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(entered)
        said = model(entered)
        loss = tf.reduce_sum(delta * said)
    theirs = tape.gradient(loss, [entered, *model.trainable_variables])
    dx, dblock = residual_block_backward(x, block, delta)
    # double precision
    np.testing.assert_allclose(residual_block(x, block), said.numpy(), atol=1e-12)
    for found, expected in zip((dx, *dblock), theirs, strict=True):
        np.testing.assert_allclose(found, expected.numpy(), atol=1e-11)


def test_arguments_are_left_alone():
    """Neither way writes into what it was given."""
    x, block = drawn((5, 4))[0], block_of(4, 7)
    kept = [one.copy() for one in (x, *block)]
    residual_block(x, block)
    residual_block_backward(x, block, np.ones_like(x))
    for now, before in zip((x, *block), kept, strict=True):
        np.testing.assert_array_equal(now, before)


# drawing


@pytest.fixture(scope="module")
def forked():
    """A functional model with a skip and two inputs."""
    keras = load_keras()
    layers = keras.layers
    wave, place = keras.Input((64, 3), name="wave"), keras.Input((2,), name="place")
    h = layers.Conv1D(8, 5, padding="same", name="first")(wave)
    g = layers.Conv1D(8, 5, padding="same", name="second")(h)
    h = layers.Add(name="sum")([h, g])
    h = layers.GlobalAveragePooling1D(name="mean")(h)
    both = layers.Concatenate(name="both")([h, place])
    return keras.Model([wave, place], layers.Dense(1, name="out")(both))


@pytest.mark.tf
def test_the_table_of_a_model(forked):
    """Kinds, shapes, parameters and what feeds what."""
    table = layer_table(forked)
    assert table.loc["sum", "inputs"] == ("first", "second")
    assert table.loc["both", "inputs"] == ("mean", "place")
    assert table.loc["wave", "inputs"] == ()
    assert table.loc["second", "shape"] == (64, 8)
    assert table.loc["both", "shape"] == (10,)
    assert table.loc["first", "parameters"] == 5 * 3 * 8 + 8
    assert table.parameters.sum() == forked.count_params()


@pytest.mark.tf
def test_every_layer_has_a_box_and_every_step_an_arrow(forked):
    """Seven arrows for eight layers with one skip and a late input; no text is cut."""
    ax = draw_layers(forked, plt.figure(figsize=(4, 5)).add_subplot())
    words = [text.get_text() for text in ax.texts if text.get_text()]
    table = layer_table(forked)
    assert len(words) == len(table)
    assert words[list(table.index).index("first")] == "Conv1D 64 x 8 (128)"
    n_arrows = sum(getattr(text, "arrow_patch", None) is not None for text in ax.texts)
    assert n_arrows == sum(map(len, table.inputs))
    plt.close("all")


@pytest.mark.tf
def test_a_sequential_model_is_a_chain():
    """Each layer is fed by the one before."""
    keras = load_keras()
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, name="a")])
    model.add(keras.layers.Dense(1, name="b"))
    table = layer_table(model)
    assert table.inputs.tolist() == [(), ("a",)]


# what they refuse

X, GAIN, OFFSET = drawn((5, 4))
BLOCK = block_of(4, 7)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: normalise(X[0], GAIN, OFFSET), "x must be of shape (n_samples, n_uni"),
        (lambda: normalise(X, GAIN[:3], OFFSET), "gain must be 4 numbers, one for"),
        (lambda: normalise(X, GAIN, OFFSET[:3]), "offset must be 4 numbers, one for"),
        (lambda: normalise(X, GAIN, OFFSET, "all"), "over must be one of 'layer', "),
        (lambda: normalise(X, GAIN, OFFSET, epsilon=0), "epsilon must be a finite num"),
        (
            lambda: normalise_backward(X, GAIN, X[:2]),
            "delta must be of shape (5, 4), as x has",
        ),
        (lambda: residual_block(X, BLOCK[:5]), "block must be six arrays (gain, off"),
        (
            lambda: residual_block(X, (*BLOCK[:5], BLOCK[3])),
            "block[5] must be of shape (4,), as the others say",
        ),
        (
            lambda: residual_block(X[:, :3], BLOCK),
            "x must be of shape (n_samples, 4) or",
        ),
        (
            lambda: residual_block_backward(X, BLOCK, X[:2]),
            "delta must be of shape (5, 4), as x has",
        ),
        (lambda: layer_table(None), "model must be a Keras model, Sequential or func"),
    ],
)
def test_a_wrong_argument_is_named(call, words):
    """The error says which argument, what it was and what is accepted."""
    with pytest.raises(ValueError, match=re.escape(words)):
        call()
