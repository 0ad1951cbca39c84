"""Networks that act: what they return, and what they find in a small world."""

import numpy as np
import pytest
from gymnasium import Env
from gymnasium.spaces import Discrete

from mlearth.learners import initial_weights
from mlearth.networks import (
    action_table,
    dense_network,
    train_dqn,
    train_policy_gradient,
)
from mlearth.networks.policy_gradient import advantages
from mlearth.simulators import InjectionTrafficLight

pytestmark = pytest.mark.tf


class Line(Env):
    """Five places; to the right pays on the last alone, to the left a little."""

    observation_space = Discrete(5)
    action_space = Discrete(2)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.at = self.k = 0
        return self.at, {}

    def step(self, action):
        pays = 0.1 if action == 0 else float(self.at == 4)
        self.at = min(max(self.at + 2 * action - 1, 0), 4)
        self.k += 1
        return self.at, pays, False, self.k >= 20, {}


def test_a_network_of_values_goes_for_what_comes_later():
    """To the right everywhere, where greed would go left; one seed, one result."""
    found = [
        action_table(
            train_dqn(Line(), 2000, 0.9, epsilon=0.5, train_every=4, copy_every=20),
            Line(),
        )
        for _ in range(2)
    ]
    assert found[0].shape == (5, 2)
    assert (found[0].argmax(axis=1) == 1).all()
    np.testing.assert_array_equal(*found)
    # at the end a step pays 1 for ever, 10 in all; after 24 copies 8 % lack, and more
    assert found[0][4, 1] == pytest.approx(10, abs=3)


def test_a_network_of_choices_makes_what_pays_likelier():
    """After some rounds it nearly always goes to the right."""
    network = train_policy_gradient(Line(), 40, 0.9, eta=0.02)
    z = action_table(network, Line())
    assert (z.argmax(axis=1) == 1).all()


def test_advantages_by_hand():
    """Two episodes, one a day shorter: against the mean of the day, in spreads."""
    found = advantages([np.array([1.0, 2.0]), np.array([4.0])], 0.5)
    # returns 2, 2 and 4; means of the days 3 and 2
    raw = np.array([-1.0, 0.0, 1.0])
    np.testing.assert_allclose(found, raw / raw.std(), rtol=1e-6)


def test_a_network_of_other_inputs_is_named():
    """One input, where two numbers are observed."""
    network = dense_network(initial_weights([1, 3, 4], random_state=0))
    with pytest.raises(ValueError, match="network must be a network of 2 inputs"):
        action_table(network, InjectionTrafficLight())
