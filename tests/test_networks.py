"""Keras, given our weights, takes our steps."""

import os
import subprocess
import sys

import numpy as np
import pytest

from mlearth.learners import (
    MLPClassifier,
    MLPRegressor,
    adam_step,
    forward,
    initial_weights,
    momentum_step,
    pack,
)
from mlearth.networks import dense_network, layers_of, load_keras

pytestmark = pytest.mark.tf
RNG = np.random.default_rng(0)
X = RNG.normal(size=(100, 3))
Y = np.sin(X[:, 0]) + X[:, 1] * X[:, 2]
KINDS = np.digitize(Y, [-0.5, 0.5])
QUIET = """
from mlearth.networks import load_keras
import sys
assert "tensorflow" not in sys.modules
print(load_keras().backend.backend())
"""
LOUD = """
import os
from mlearth.networks.keras_import import muted
try:
    with muted():
        os.write(2, b"a reason")
        raise ImportError
except ImportError:
    print("raised")
with muted():
    os.write(2, b"gossip")
"""


def run(program):
    """Run a program with warnings as errors; return its two outputs."""
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ})
    return done.stdout, done.stderr


def test_keras_is_imported_late_and_without_a_word():
    """TensorFlow comes with the first call, and nothing is on the standard error."""
    assert run(QUIET) == ("tensorflow\n", "")


def test_what_went_wrong_is_not_muted():
    """After an exception what was written is shown; else it is dropped."""
    assert run(LOUD) == ("raised\n", "a reason")


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "identity"])
def test_a_network_says_the_same(activation):
    """Forward through the same weights, in double precision; and the weights back."""
    layers = initial_weights([3, 8, 5, 2], "he", random_state=0)
    network = dense_network(layers, activation)
    # rounding of sums of eight products
    np.testing.assert_allclose(
        network(X).numpy(), forward(layers, X, activation)[-1], rtol=0, atol=1e-13
    )
    assert pack(layers_of(network)).tolist() == pack(layers).tolist()


def keras_optimiser(name, eta):
    """Return Keras's optimiser of one of our names."""
    keras = load_keras()
    return {
        "sgd": lambda: keras.optimizers.SGD(eta),
        "momentum": lambda: keras.optimizers.SGD(eta, momentum=0.9),
        "adam": lambda: keras.optimizers.Adam(eta),
    }[name]()


@pytest.fixture
def precision():
    """Set what losses, data and learning rates are held in, and set it back."""
    config = load_keras().config

    def set_all(dtype):
        config.set_floatx(dtype)
        config.set_dtype_policy(dtype)

    yield set_all
    set_all("float32")


def walk(network, X, Y):
    """Three epochs of batches of 32."""
    rows = {"batch_size": 32, "epochs": 3, "shuffle": False, "verbose": 0}
    network.fit(X, Y, **rows)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("optimiser", ["sgd", "momentum", "adam"])
def test_a_walk_equals_that_of_keras(optimiser, dtype, precision):
    """From one start, with the same batches, for three epochs."""
    keras = load_keras()
    precision(dtype)
    start = initial_weights([3, 8, 5, 1], random_state=0)
    options = {"optimiser": optimiser, "eta": 0.01, "n_epochs": 3, "shuffle": False}
    ours = MLPRegressor((8, 5), **options).fit(X, Y, start=start)
    network = dense_network(start, dtype=dtype)
    network.compile(
        keras_optimiser(optimiser, 0.01),
        lambda y, said: keras.ops.mean((y - said) ** 2) / 2,
    )
    walk(network, X.astype(dtype), Y[:, None].astype(dtype))
    said = np.asarray(network(X.astype(dtype)))[:, 0]
    # rounding over a dozen steps; Keras holds 0.9 and 0.999 in single precision always
    exact = dtype == "float64" and optimiser == "sgd"
    atol = 1e-12 if exact else 2e-5
    np.testing.assert_allclose(said, ours.predict(X), rtol=0, atol=atol)


def test_classes_equal_those_of_keras(precision):
    """Likewise with a softmax and the cross-entropy."""
    keras = load_keras()
    precision("float64")
    start = initial_weights([3, 8, 3], random_state=0)
    ours = MLPClassifier((8,), eta=0.01, n_epochs=3, shuffle=False)
    ours.fit(X, KINDS, start=start)
    network = dense_network(start)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, dtype="float64")
    network.compile(keras.optimizers.Adam(0.01), loss)
    walk(network, X, np.eye(3)[KINDS])
    found = keras.ops.softmax(network(X)).numpy()
    # as above
    np.testing.assert_allclose(found, ours.predict_proba(X), rtol=0, atol=2e-5)


def test_steps_equal_those_of_keras(precision):
    """With shares that are exact in binary the steps are the same in all digits."""
    keras = load_keras()
    precision("float64")
    theirs = {
        momentum_step: keras.optimizers.SGD(0.01, momentum=0.875),
        adam_step: keras.optimizers.Adam(0.01, beta_1=0.875, beta_2=0.9375),
    }
    for step, optimiser in theirs.items():
        shares = (0.875, 0.9375)[: 1 + (step is adam_step)]
        variable, theta, memory = keras.Variable(np.ones(5)), np.ones(5), None
        for gradient in RNG.normal(size=(6, 5)):
            optimiser.apply([gradient], [variable])
            change, memory = step(gradient, memory, 0.01, *shares)
            theta = theta + change
        # rounding, and 1e-7 in single precision: 1e-15 over roots of about 1
        np.testing.assert_allclose(variable.numpy(), theta, rtol=0, atol=1e-13)


def test_other_layers_are_refused():
    """A convolution has weights of another shape."""
    keras = load_keras()
    network = keras.Sequential([keras.Input((9, 1)), keras.layers.Conv1D(2, 3)])
    with pytest.raises(ValueError, match="network must be a Keras model of Dense lay"):
        layers_of(network)
