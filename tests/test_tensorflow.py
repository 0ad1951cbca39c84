"""A tape finds what differences, the formulas and TensorFlow find."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes

from mlearth.learners import (
    Tape,
    initial_weights,
    network_gradient,
    pack,
    unstretched,
)
from mlearth.networks import load_tensorflow, stacked_variables

SHAPES = mutually_broadcastable_shapes(
    num_shapes=2, min_dims=0, max_dims=3, min_side=1, max_side=4
)


def drawn(*shape, seed=0):
    """Numbers from 0.5 to 2, of which logarithms and powers may be taken."""
    return np.random.default_rng(seed).uniform(0.5, 2, shape)


# adding up over copies


@given(SHAPES, st.integers(0, 9))
def test_unstretched_is_the_adjoint_of_stretching(shapes, seed):
    """g times a stretched array, added up, is `unstretched(g)` times the array."""
    whole, part = shapes.result_shape, shapes.input_shapes[0]
    g, a = drawn(*whole, seed=seed), drawn(*part, seed=seed + 1)
    back = unstretched(g, part)
    assert back.shape == part
    # sums of at most 64 products
    assert np.sum(g * np.broadcast_to(a, whole)) == pytest.approx(
        np.sum(back * a), rel=1e-12
    )


@pytest.mark.parametrize("shape", [(3,), (2, 3, 1), (4, 2, 3)])
def test_a_shape_that_does_not_stretch_is_refused(shape):
    """Neither another length nor more axes than there are."""
    with pytest.raises(ValueError, match=r"shape must be a shape that NumPy stretches"):
        unstretched(np.ones((3, 2)), shape)


# one operation after the other

ONE = {
    "tanh": lambda a: a.tanh(),
    "exp": lambda a: a.exp(),
    "log": lambda a: a.log(),
    "relu": lambda a: (a - 1).relu(),
    "sum": lambda a: a.sum(),
    "mean": lambda a: a.mean(),
    "power": lambda a: a**2.5,
    "root": lambda a: a**0.5,
    "turned": lambda a: -a,
    "an array minus it": lambda a: drawn(4) - a,
    "an array over it": lambda a: drawn(4) / a,
    "an array times it": lambda a: drawn(2, 1, 1) * a,
    "an array plus it": lambda a: drawn(3, 1) + a,
    "a number from either side": lambda a: 3 * a + a * 2 - 1,
    "itself": lambda a: a * a + a / (a + a * a),
}
TWO = {
    "plus": lambda a, b: a + b,
    "minus": lambda a, b: a - b,
    "times": lambda a, b: a * b,
    "over": lambda a, b: a / b,
}


def nudged(function, arrays, k, h=1e-6):
    """Derivatives of the sum of a function by array k, by differences."""

    def at(step):
        tape, moved = Tape(), [array.copy() for array in arrays]
        moved[k] = moved[k] + step
        return function(*map(tape.variable, moved)).value.sum()

    steps = [h * np.eye(1, arrays[k].size, i) for i in range(arrays[k].size)]
    slopes = [
        (at(step.reshape(arrays[k].shape)) - at(-step.reshape(arrays[k].shape))) / 2 / h
        for step in steps
    ]
    return np.reshape(slopes, arrays[k].shape)


def assert_slopes(function, *arrays):
    """The tape's derivatives are those that nudging finds, and of each shape."""
    tape = Tape()
    sources = [tape.variable(array) for array in arrays]
    found = tape.gradient(function(*sources), sources)
    for k, one in enumerate(found):
        assert one.shape == arrays[k].shape
        # rounding of a sum of some tens, 1e-14, over the step of 1e-6; curvature 1e-12
        np.testing.assert_allclose(one, nudged(function, arrays, k), atol=1e-7)


@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize("shape", [(4,), (3, 4)])
def test_operations_on_one_array(name, shape):
    """Each derivative agrees with differences, for a vector and for a table."""
    assert_slopes(ONE[name], drawn(*shape, seed=3))


@pytest.mark.parametrize("name", TWO)
@given(shapes=SHAPES)
def test_operations_on_two_arrays_of_any_shapes(name, shapes):
    """Likewise where one stretches the other, or both do."""
    first, second = shapes.input_shapes
    assert_slopes(TWO[name], drawn(*first, seed=1), drawn(*second, seed=2))


@pytest.mark.parametrize("sizes", [(1, 1, 1), (2, 5, 3), (4, 1, 2)])
def test_products_of_tables(sizes):
    """Both factors of a matrix product, and one that is a plain table."""
    n, k, m = sizes
    assert_slopes(lambda a, b: (a @ b) ** 2, drawn(n, k), drawn(k, m, seed=1))
    assert_slopes(lambda b: (drawn(n, k) @ b) ** 2, drawn(k, m, seed=1))


def test_by_hand():
    """x y + tanh(x) at x = 0 and y = 3: the derivatives are 4 and 0."""
    tape = Tape()
    x, y = tape.variable(0.0), tape.variable(3.0)
    assert tape.gradient(x * y + x.tanh(), [x, y]) == [4.0, 0.0]


def test_what_is_not_needed_has_no_share():
    """Zeros of its shape; and a result's derivative by itself is one."""
    tape = Tape()
    x, idle = tape.variable([1.0, 2.0]), tape.variable([[1.0, 2.0, 3.0]])
    total = x.sum()
    by_idle, by_total = tape.gradient(total, [idle, total])
    assert by_idle.tolist() == [[0, 0, 0]]
    assert by_total == 1


def test_a_tape_may_be_walked_twice_and_changes_nothing():
    """Two walks agree, and the values stay what they were."""
    tape, given_ = Tape(), drawn(3)
    x = tape.variable(given_)
    loss = (x * x).sum()
    one, two = (tape.gradient(loss, [x])[0] for _ in range(2))
    assert one.tolist() == two.tolist() == (2 * given_).tolist()
    assert x.value.tolist() == given_.tolist() == drawn(3).tolist()


def test_a_walk_costs_one_pull_for_each_part():
    """Used twice in each of thirty doublings, a variable is pulled to sixty times."""
    tape = Tape()
    x = tape.variable(1.0)
    pulled = []

    def counted(g):
        pulled.append(1)
        return g

    y = x
    for _ in range(30):
        y = tape.record(2 * y.value, (y, counted), (y, counted))
    # without adding up before going on there would be 2^30 paths
    assert tape.gradient(y, [x]) == [2.0**30]
    assert len(pulled) == 60


# a network


def loss_on_tape(layers, X, Y):
    """Return the loss of a tanh network on a tape, with its variables."""
    tape = Tape()
    theta = [[tape.variable(one) for one in layer] for layer in layers]
    A = X
    for W, b in theta[:-1]:
        A = (A @ W + b).tanh()
    W, b = theta[-1]
    loss = ((A @ W + b - Y) ** 2).sum() * (0.5 / len(X))
    return tape, loss, [one for layer in theta for one in layer]


@pytest.mark.parametrize("sizes", [[3, 1], [3, 5, 1], [3, 7, 4, 2]])
def test_a_network_has_the_gradient_of_back_propagation(sizes):
    """The tape knows no formula for a network and finds the same numbers."""
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(23, 3)), rng.normal(size=(23, sizes[-1]))
    layers = initial_weights(sizes, random_state=0)
    tape, loss, theta = loss_on_tape(layers, X, Y)
    found = np.concatenate([one.ravel() for one in tape.gradient(loss, theta)])
    # sums of 23 products in one order or another
    np.testing.assert_allclose(
        found, pack(network_gradient(layers, X, Y)), rtol=0, atol=1e-13
    )


# TensorFlow


@pytest.mark.tf
@pytest.mark.parametrize("name", [*ONE, *TWO])
def test_tensorflow_finds_the_same(name):
    """Its tape on the same operations, in double precision."""
    tf = load_tensorflow()
    words = {"tanh": tf.tanh, "exp": tf.exp, "log": tf.math.log, "sum": tf.reduce_sum}
    own = words | {"relu": lambda a: tf.nn.relu(a - 1), "mean": tf.reduce_mean}
    arrays = [drawn(3, 4), drawn(4, seed=1)][: 1 if name in ONE else 2]
    ours, (theirs, given_) = Tape(), (tf.GradientTape(), map(tf.Variable, arrays))
    sources, given_ = [ours.variable(array) for array in arrays], list(given_)
    function = (ONE | TWO)[name]
    with theirs:
        result = own.get(name, function)(*given_)
    for one, other in zip(
        ours.gradient(function(*sources), sources),
        theirs.gradient(result, given_),
        strict=True,
    ):
        np.testing.assert_allclose(one, other.numpy(), rtol=1e-12)


@pytest.mark.tf
def test_stacked_networks_are_those_they_were_made_of():
    """From the sum of their losses each gets the gradient that it has alone."""
    tf = load_tensorflow()
    several = [initial_weights([3, 5, 1], random_state=k) for k in range(4)]
    theta = stacked_variables(several)
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(7, 3)), rng.normal(size=(7, 1))
    with tf.GradientTape() as recording:
        A = tf.tanh(tf.constant(X, "float32") @ theta[0] + theta[1])
        loss = tf.reduce_sum((A @ theta[2] + theta[3] - Y) ** 2) / 2 / len(X)
    found = recording.gradient(loss, theta)
    for k, layers in enumerate(several):
        alone = pack(network_gradient(layers, X, Y))
        stacked = np.concatenate([g[k].numpy().ravel() for g in found])
        # single precision
        np.testing.assert_allclose(stacked, alone, rtol=0, atol=1e-5)


def test_stacked_networks_have_one_form():
    """Others are named, and so is a list of none."""
    one, other = (initial_weights([3, units, 1], random_state=0) for units in (2, 4))
    with pytest.raises(ValueError, match="networks must be networks of the same sizes"):
        stacked_variables([one, other])
    with pytest.raises(ValueError, match="networks must be a list of networks"):
        stacked_variables([])


# what is refused


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda t, x: t.variable("3"), "value must be numbers"),
        (lambda t, x: t.variable([np.nan]), "value must be finite numbers"),
        (lambda t, x: x + Tape().variable(1.0), "value must be on this tape"),
        (lambda t, x: x + "1", "value must be numbers"),
        (lambda t, x: x @ x, "left must be a table, 2D"),
        (lambda t, x: x @ np.ones((2, 2)), "left must be a table, 2D"),
        (lambda t, x: np.ones((2, 2)) @ x, "right must be a table, 2D"),
        (lambda t, x: t.gradient(3.0, [x]), "result must be made of variables of this"),
        (
            lambda t, x: t.gradient(x, [Tape().variable(1.0)]),
            "sources must be made of variables of this tape",
        ),
        (lambda t, x: t.gradient(x, [2.0]), "sources must be made of variables of"),
    ],
)
def test_what_is_not_on_the_tape_is_named(call, words):
    """The error says which argument, what it was and what is accepted."""
    tape = Tape()
    with pytest.raises(ValueError, match=re.escape(words)):
        call(tape, tape.variable([1.0, 2.0]))
