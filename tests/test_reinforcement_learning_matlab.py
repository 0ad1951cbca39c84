"""Value iteration and Q-learning in code/matlab give what Python gives."""

import re

import numpy as np
import pytest
from gymnasium import Env
from gymnasium.spaces import Discrete
from octave import OctaveError, run_octave

from mlearth.learners import q_learning, value_iteration

pytestmark = pytest.mark.needs("octave")


def drawn(n_states=5, n_actions=3):
    """Draw a world."""
    rng = np.random.default_rng(0)
    shares = rng.dirichlet(np.full(n_states, 0.5), (n_actions, n_states))
    return shares, rng.normal(size=(n_states, n_actions))


def test_value_iteration_in_matlab():
    """The same values, after as many sweeps."""
    world = drawn()
    found = run_octave("value_iteration", *world, 0.9, 1e-6, nargout=2)
    q, changes = value_iteration(*world, 0.9, 1e-6)
    # sums of five, over some 130 sweeps that forget rounding
    np.testing.assert_allclose(found[0], q, atol=1e-12)
    np.testing.assert_allclose(found[1][:, 0], changes, atol=1e-12)


class Thrown(np.random.Generator):
    """Numbers from a list, in the place of drawn ones."""

    numbers = iter(())

    def random(self, *size):
        """Return the next."""
        return next(self.numbers)


class World(Env):
    """Tables; where a step leads is thrown before."""

    def __init__(self, world, leads):
        self.transitions, self.rewards = world
        self.leads = leads
        self.observation_space = Discrete(len(self.rewards))
        self.action_space = Discrete(len(self.transitions))

    def reset(self, *, seed=None, options=None):
        self.state = self.k = 0
        return 0, {}

    def step(self, action):
        reward = self.rewards[self.state, action]
        share = np.cumsum(self.transitions[action, self.state])
        self.state = int(np.flatnonzero(self.leads[self.k] < share)[0])
        self.k += 1
        return self.state, reward, False, self.k == len(self.leads), {}


def test_q_learning_in_matlab():
    """From the same dice, 500 steps learn the same values."""
    world, dice = drawn(), np.random.default_rng(1).random((500, 3))
    tries = Thrown(np.random.PCG64(0))
    # the second number is thrown in Python where any action is tried, no sooner
    tries.numbers = iter(
        [x for one, two, _ in dice for x in ([one, two] if one < 0.3 else [one])]
    )
    ours = q_learning(World(world, dice[:, 2]), 1, 0.9, 0.2, 0.3, tries)
    found = run_octave("q_learning", *world, dice, 0.9, 0.2, 0.3)[0]
    np.testing.assert_allclose(found, ours, atol=1e-12)  # 500 corrections


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("value_iteration", (*drawn(), 1.0, 0.1), "gamma must be from 0 to below 1"),
        ("q_learning", (*drawn(), np.ones((2, 3)), 0.5, 0.0, 0.1), "eta must be above"),
    ],
)
def test_wrong_arguments_are_named_in_matlab(name, arguments, words):
    """An error says which argument and what is accepted."""
    with pytest.raises(OctaveError, match=re.escape(words)):
        run_octave(name, *arguments)
