"""The multilayer perceptron in code/matlab gives what Python gives."""

import re

import numpy as np
import pytest
from learner_data import noisy_plane, ridgecrest_sample
from learner_fits import standardised
from octave import OctaveError, assert_same_in_octave, run_octave

from mlearth.learners import (
    MLPRegressor,
    forward,
    initial_weights,
    network_gradient,
    pack,
)

pytestmark = pytest.mark.needs("octave")


def drawn(m, seed=0):
    """A start for m features, with biases that are not zero."""
    rng, sizes = np.random.default_rng(seed), [m, 5, 3, 1]
    layers = [(W, rng.normal(size=b.shape)) for W, b in initial_weights(sizes, 1, rng)]
    return layers, sizes


def walk_case(X, y):
    start, sizes = drawn(X.shape[1])
    model = MLPRegressor(
        (5, 3), optimiser="sgd", eta=0.05, batch_size=30, n_epochs=3, shuffle=False
    ).fit(X, y, start=start)
    given = pack(start), sizes, X, y, 0.05, 30, 3
    return "mlp_fit", given, (pack(model.layers_), np.array(model.losses_))


def test_the_walk_in_matlab():
    """Every weight after three epochs, and every loss on the way."""
    # the same steps, with sums in another order
    data = [standardised(*each()) for each in (noisy_plane, ridgecrest_sample)]
    assert_same_in_octave([walk_case(*each) for each in data])


def test_the_pieces_in_matlab():
    """What a network says, and the derivatives of its loss."""
    X, y = standardised(*noisy_plane())
    layers, sizes = drawn(4, seed=1)
    said = forward(layers, X)[-1]
    gradient = pack(network_gradient(layers, X, y[:, None]))
    assert_same_in_octave(
        [
            ("mlp_predict", (pack(layers), sizes, X), (said,)),
            ("mlp_gradient", (pack(layers), sizes, X, y), (gradient,)),
        ],
        rtol=1e-12,
    )


def test_the_start_in_matlab():
    """Weights have the spread of Glorot and Bengio, biases are zero."""
    theta = run_octave("mlp_start", [40, 60, 1])[0].ravel()
    assert theta.shape == (40 * 60 + 60 + 60 + 1,)
    # 2,400 draws: a standard error of 1.4 %
    assert theta[:2400].std() == pytest.approx(np.sqrt(2 / 100), rel=0.06)
    assert not theta[2400:2460].any()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({4: 0}, "eta must be a finite number > 0"),
        ({5: 2.5}, "batch_size must be a whole number >= 1"),
        ({6: 0}, "n_epochs must be a whole number >= 1"),
        ({0: np.ones(3)}, "theta must have"),
    ],
)
def test_wrong_arguments_are_named_in_matlab(change, words):
    """An error says which argument and what is accepted."""
    X, y = noisy_plane()
    start, sizes = drawn(4)
    given = [pack(start), sizes, X, y, 0.05, 30, 3]
    for place, value in change.items():
        given[place] = value
    with pytest.raises(OctaveError, match=re.escape(words)):
        run_octave("mlp_fit", *given)
