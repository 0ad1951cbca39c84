"""Sliding layers from scratch: by hand, against SciPy, Keras and nudged weights."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from mlearth.learners import (
    correlate,
    correlate_backward,
    max_pool,
    max_pool_backward,
    output_length,
    pad_for,
    receptive_field,
)
from mlearth.networks import load_keras

LAYERS = [
    (stride, dilation, padding)
    for stride in (1, 2, 3)
    for dilation in (1, 2)
    for padding in ("valid", "same")
    if stride == 1 or dilation == 1  # Keras takes only one of the two
]


def drawn(shape, size, n_out, seed=0):
    """Draw records or images, a kernel and a bias."""
    rng = np.random.default_rng(seed)
    kernel = rng.normal(size=(*size, shape[-1], n_out))
    return rng.normal(size=shape), kernel, rng.normal(size=n_out)


# lengths


def test_padding_by_hand():
    """An even kernel gets its odd zero at the end."""
    assert pad_for(10, 4, padding="same") == (1, 2)
    assert pad_for(10, 4) == (0, 0)
    # 5 outputs, the last from 8 to 10: one zero beyond the end
    assert pad_for(10, 3, stride=2, padding="same") == (0, 1)
    # a stride longer than the kernel needs none
    assert pad_for(10, 2, stride=5, padding="same") == (0, 0)


@settings(max_examples=60)
@given(
    st.integers(1, 40),
    st.integers(1, 6),
    st.integers(1, 5),
    st.integers(1, 4),
)
def test_lengths_are_those_of_a_count(n, size, stride, dilation):
    """As many places as a kernel can stand at; with zeros, one for each stride."""
    span = (size - 1) * dilation + 1
    assert output_length(n, size, stride, dilation, "same") == -(-n // stride)
    places = len(range(0, n - span + 1, stride))
    if span <= n:
        assert output_length(n, size, stride, dilation) == places
    else:
        with pytest.raises(ValueError, match="size must be such that"):
            output_length(n, size, stride, dilation)


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.integers(1, 4)] * 3), min_size=1, max_size=4))
def test_the_receptive_field_is_what_moves_an_output(layers):
    """A nudge of the input reaches one output from just so many samples."""
    sizes, strides, dilations = map(list, zip(*layers, strict=True))
    seen, jump = receptive_field(sizes, strides, dilations)
    # so long that the second output still has all it needs
    x = np.zeros((1, seen + jump, 1))
    dx = {}
    for output in (0, 1):
        stack = [x]
        for size, stride, dilation in layers:
            ones = np.ones((size, 1, 1))
            stack.append(correlate(stack[-1], ones, 0.0, stride, dilation))
        delta = np.zeros_like(stack[-1])
        delta[0, output, 0] = 1
        for below, (size, stride, dilation) in zip(
            stack[-2::-1], layers[::-1], strict=True
        ):
            ones = np.ones((size, 1, 1))
            delta = correlate_backward(below, ones, delta, stride, dilation)[0]
        dx[output] = np.flatnonzero(delta)
    assert (dx[0].min(), dx[0].max()) == (0, seen - 1)
    assert dx[1].min() == jump


# forward


def test_a_case_by_hand():
    """Two channels, a stride of two, and a bias."""
    x = np.array([[1.0, 10], [2, 20], [3, 30], [4, 40], [5, 50]])[None]
    kernel = np.array([[[1.0], [0]], [[0], [0.1]]])  # first channel now, second next
    assert correlate(x, kernel, [0.5], stride=2)[0, :, 0].tolist() == [3.5, 7.5]


@pytest.mark.parametrize("dilation", [1, 3])
def test_it_is_the_correlation_of_scipy(dilation):
    """One channel: `scipy.signal.correlate`, and a convolution with a turned kernel."""
    x, kernel, _ = drawn((1, 40, 1), (5,), 1)
    spread = np.zeros(4 * dilation + 1)
    spread[::dilation] = kernel[:, 0, 0]
    found = correlate(x, kernel, dilation=dilation)[0, :, 0]
    both = (
        signal.correlate(x[0, :, 0], spread, "valid"),
        np.convolve(x[0, :, 0], spread[::-1], "valid"),
    )
    for expected in both:
        np.testing.assert_allclose(found, expected, atol=1e-13)  # sums of five


def test_images_are_those_of_scipy():
    """Two axes: `scipy.signal.correlate2d`, summed over the channels."""
    x, kernel, _ = drawn((2, 9, 8, 3), (3, 2), 4)
    found = correlate(x, kernel)
    assert found.shape == (2, 7, 7, 4)
    expected = sum(
        signal.correlate2d(x[1, :, :, k], kernel[:, :, k, 2], "valid") for k in range(3)
    )
    np.testing.assert_allclose(found[1, :, :, 2], expected, atol=1e-13)


@pytest.mark.parametrize(("stride", "dilation", "padding"), LAYERS)
@pytest.mark.parametrize("shape", [(3, 23, 2), (3, 11, 10, 2)])
def test_it_is_the_layer_of_keras(shape, stride, dilation, padding):
    """What Conv1D and Conv2D give, in single precision."""
    size = (4, 3)[: len(shape) - 2]
    x, kernel, bias = drawn(shape, size, 5)
    found = correlate(x, kernel, bias, stride, dilation, padding)
    keras = load_keras()
    layer = (keras.layers.Conv1D if len(size) == 1 else keras.layers.Conv2D)(
        5, size, strides=stride, dilation_rate=dilation, padding=padding
    )
    layer.build(shape)
    layer.set_weights([kernel, bias])
    # sums of 24 products in single precision
    np.testing.assert_allclose(found, np.asarray(layer(x)), atol=1e-5)


# backward


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


@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (3, 2)])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("shape", [(2, 13, 2), (2, 7, 6, 2)])
def test_the_gradient_is_the_slope(shape, padding, stride, dilation):
    """Derivatives by input, kernel and bias, beside nudges; below 1e-6."""
    x, kernel, bias = drawn(shape, (3, 2)[: len(shape) - 2], 3)
    options = stride, dilation, padding
    delta = np.random.default_rng(1).normal(
        size=correlate(x, kernel, bias, *options).shape
    )
    found = correlate_backward(x, kernel, delta, *options)
    for array, derivative in zip((x, kernel, bias), found, strict=True):
        nudged = slope(lambda: correlate(x, kernel, bias, *options), array, delta)
        size = np.linalg.norm(derivative) + np.linalg.norm(nudged)
        assert np.linalg.norm(derivative - nudged) < 1e-6 * size
        assert derivative.shape == array.shape


def test_the_two_ways_are_transposes():
    """What goes up, weighed by delta, is the input weighed by what comes down."""
    x, kernel, _ = drawn((2, 50, 3), (7,), 4)
    y = correlate(x, kernel, 0.0, 2, 3)
    delta = np.random.default_rng(2).normal(size=y.shape)
    dx, dkernel, dbias = correlate_backward(x, kernel, delta, 2, 3)
    inner = np.sum(y * delta)
    for found in (np.sum(x * dx), np.sum(kernel * dkernel)):
        assert found == pytest.approx(inner, rel=1e-10)
    np.testing.assert_allclose(dbias, delta.sum(axis=(0, 1)), atol=1e-12)


def test_a_shifted_record_gives_a_shifted_answer():
    """Away from the ends a layer does not know what time it is."""
    x, kernel, bias = drawn((1, 60, 2), (5,), 3)
    late = np.roll(x, 4, axis=1)
    one, other = correlate(x, kernel, bias, 2), correlate(late, kernel, bias, 2)
    np.testing.assert_array_equal(one[:, 2:-4], other[:, 4:-2])


def test_arguments_are_left_alone():
    """Neither way writes into what it was given."""
    x, kernel, bias = drawn((1, 9, 2), (3,), 2)
    kept = x.copy(), kernel.copy(), bias.copy()
    correlate(x, kernel, bias)
    delta = np.ones((1, 7, 2))
    correlate_backward(x, kernel, delta)
    max_pool_backward(x, 3, delta[:, :3])
    for now, before in zip((x, kernel, bias), kept, strict=True):
        np.testing.assert_array_equal(now, before)
    assert (delta == 1).all()


# pooling


def test_pooling_and_its_slope():
    """Groups of three, the two samples left over dropped; blame to the largest."""
    x = np.random.default_rng(0).normal(size=(2, 11, 3))
    found = max_pool(x, 3)
    np.testing.assert_array_equal(found[1, 2], x[1, 6:9].max(axis=0))
    delta = np.random.default_rng(1).normal(size=found.shape)
    back = max_pool_backward(x, 3, delta)
    np.testing.assert_allclose(
        back,
        slope(lambda: max_pool(x, 3), x, delta),
        atol=1e-8,  # rounding over the nudge
    )
    assert not back[:, 9:].any()


def test_the_first_of_equal_samples_takes_all():
    """As in Keras, a tie is not shared."""
    back = max_pool_backward(np.zeros((1, 4, 1)), 2, np.ones((1, 2, 1)))
    assert back.ravel().tolist() == [1, 0, 1, 0]


# what they refuse

X, KERNEL, BIAS = drawn((2, 9, 2), (3,), 4)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: correlate(X[0], KERNEL), "x must be of shape (n_samples, n_times, "),
        (lambda: correlate(X, KERNEL[:, :1]), "kernel must be of 3 axes, the last but"),
        (lambda: correlate(X, KERNEL, [1.0]), "bias must be a number or 4 numbers"),
        (lambda: correlate(X, KERNEL, dilation=5), "size must be such that (size - 1)"),
        (
            lambda: correlate(X, KERNEL, stride=0),
            "stride must be a whole number from 1 to",
        ),
        (lambda: correlate(X, KERNEL, padding="full"), "padding must be one of 'valid"),
        (
            lambda: correlate_backward(X, KERNEL, np.ones((2, 9, 4))),
            "delta must be of shape (2, 7, 4)",
        ),
        (lambda: receptive_field([]), "sizes must be a list of one or more whole"),
        (lambda: receptive_field([3, 3], [2]), "strides must be 2 numbers, as many"),
        (lambda: max_pool(X[0], 2), "x must be of shape (n_samples, n_times, n_chan"),
        (lambda: max_pool(X, 10), "size must be at most the 9 samples of x"),
        (
            lambda: max_pool_backward(X, 3, np.ones((2, 2, 2))),
            "delta must be of shape (2, 3, 2)",
        ),
    ],
)
def test_a_wrong_argument_is_named(call, words):
    """The error says which argument, what it was and what is accepted."""
    with pytest.raises(ValueError, match=re.escape(words)):
        call()
