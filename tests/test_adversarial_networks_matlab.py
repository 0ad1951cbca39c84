"""The contest in code/matlab gives what Python gives."""

import numpy as np
import pytest
from octave import OctaveError, run_octave, run_octave_calls

from mlearth.learners import adversarial_step, initial_weights, optimal_discriminator

pytestmark = pytest.mark.needs("octave")
CONTESTS = ["minimax", "non_saturating", "wasserstein"]


def cells(layers):
    """Layers as MATLAB holds them: a cell of weights and rows of biases."""
    found = np.empty((len(layers), 2), dtype=object)
    for k, (W, b) in enumerate(layers):
        found[k] = [W, b[None]]
    return found


def drawn(n=9, m=6, seed=0):
    """A generator of three columns, a critic of them, samples and noise."""
    rng = np.random.default_rng(seed)
    layers = []
    for sizes in ([2, 5, 3], [3, 6, 4, 1]):
        start = initial_weights(sizes, 1.0, rng)
        layers.append([(W, rng.normal(size=b.shape)) for W, b in start])
    return *layers, rng.normal(size=(n, 3)), rng.normal(size=(m, 2))


def test_a_step_in_matlab():
    """Both networks after one step of each, in all three contests."""
    generator, critic, real, noise = drawn()
    given = cells(generator), cells(critic), real, noise
    calls = [("adversarial_step", (*given, contest, 0.3), 2) for contest in CONTESTS]
    for found, contest in zip(run_octave_calls(calls), CONTESTS, strict=True):
        ours = adversarial_step(generator, critic, real, noise, contest, eta=0.3)
        for theirs, layers in zip(found, ours, strict=True):
            for (W, b), (V, c) in zip(theirs, layers, strict=True):
                # sums of some ten products
                np.testing.assert_allclose(W, V, atol=1e-12)
                np.testing.assert_allclose(np.ravel(b), c, atol=1e-12)


def test_the_best_discriminator_in_matlab():
    """Also where one density is nothing, and where both are."""
    p, q = np.array([[0.3, 0.0, 2.0, 0.0], [0.1, 0.5, 0.0, 0.0]])
    found = run_octave("optimal_discriminator", p, q)[0]
    np.testing.assert_allclose(np.ravel(found), optimal_discriminator(p, q), rtol=1e-14)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("optimal_discriminator", np.array([1.0, -1]), np.ones(2)), "densities"),
        (("optimal_discriminator", np.ones(3), np.ones(2)), "one shape"),
    ],
)
def test_wrong_densities_are_named_in_matlab(call, words):
    """An error says what is accepted."""
    with pytest.raises(OctaveError, match=words):
        run_octave(*call)


def test_a_wrong_contest_is_named_in_matlab():
    """An error says which three there are."""
    generator, critic, real, noise = drawn()
    given = cells(generator), cells(critic), real, noise
    with pytest.raises(OctaveError, match="contest must be minimax"):
        run_octave("adversarial_step", *given, "chess", 0.3)
