"""Value iteration, prediction and Q-learning: by hand, theorems, linear algebra."""

import re

import numpy as np
import pytest
from gymnasium import Env
from gymnasium.spaces import Discrete
from gymnasium.utils.env_checker import check_env
from hypothesis import given, settings
from hypothesis import strategies as st

from mlearth.learners import (
    action_values,
    monte_carlo_values,
    play_episodes,
    policy_values,
    q_learning,
    returns_of,
    td_values,
    value_iteration,
)
from mlearth.simulators import (
    InjectionSite,
    InjectionTrafficLight,
    StationPlacement,
    injection_tables,
)

GAMMA = 0.95


def drawn(seed, n_states=7, n_actions=3):
    """Draw a world."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.full(n_states, 0.5), (n_actions, n_states))
    return shares, rng.normal(size=(n_states, n_actions))


class World(Env):
    """A world of tables, in which an episode is cut off after some steps."""

    def __init__(self, transitions, rewards, n_steps=50):
        self.tables, self.n_steps = (transitions, rewards), n_steps
        self.observation_space = Discrete(len(rewards))
        self.action_space = Discrete(len(transitions))

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.state = self.k = 0
        return self.state, {}

    def step(self, action):
        transitions, rewards = self.tables
        reward = rewards[self.state, action]
        share = np.cumsum(transitions[action, self.state])
        self.state = int(np.searchsorted(share, self.np_random.random(), "right"))
        self.k += 1
        return self.state, reward, False, self.k >= self.n_steps, {}


# laws that are known


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.floats(0, 0.99))
def test_a_sweep_brings_any_two_guesses_together(seed, gamma):
    """The contraction: their largest difference shrinks by gamma at least."""
    transitions, rewards = drawn(seed)
    one, other = np.random.default_rng(seed + 1).normal(0, 10, (2, len(rewards)))
    sweep = [
        action_values(transitions, rewards, values, gamma).max(axis=1)
        for values in (one, other)
    ]
    # rounding of sums of seven
    assert np.abs(np.subtract(*sweep)).max() <= (
        gamma * np.abs(one - other).max() + 1e-12
    )


@pytest.mark.parametrize("seed", range(3))
def test_value_iteration_finds_the_best_of_all_policies(seed):
    """Of all 81 policies of four states none is worth more, in any state."""
    transitions, rewards = drawn(seed, 4)
    q, changes = value_iteration(transitions, rewards, GAMMA, 1e-9)
    every = np.stack(np.meshgrid(*[range(3)] * 4)).reshape(4, -1).T
    worth = [policy_values(transitions, rewards, one, GAMMA) for one in every]
    np.testing.assert_allclose(q.max(axis=1), np.max(worth, axis=0), atol=1e-8)
    chosen = policy_values(transitions, rewards, q.argmax(axis=1), GAMMA)
    np.testing.assert_allclose(chosen, q.max(axis=1), atol=1e-8)
    assert (changes[1:] <= GAMMA * changes[:-1] + 1e-12).all()


def test_no_discount_needs_one_look():
    """With gamma 0 the best action is the one that pays at once."""
    transitions, rewards = drawn(5)
    q, changes = value_iteration(transitions, rewards, 0.0)
    np.testing.assert_array_equal(q, rewards)
    assert len(changes) == 2


def test_a_policy_is_worth_what_its_rewards_add_up_to():
    """The linear system is the sum of discounted rewards, here of 2,000 steps."""
    transitions, rewards = drawn(6)
    policy = np.array([0, 2, 1, 1, 0, 2, 2])
    leads = transitions[policy, np.arange(7)]
    paid, weight, total = rewards[np.arange(7), policy], np.eye(7), 0.0
    for k in range(2000):
        total = total + GAMMA**k * weight @ paid
        weight = weight @ leads
    found = policy_values(transitions, rewards, policy, GAMMA)
    np.testing.assert_allclose(found, total, atol=1e-9)


# episodes


def test_returns_and_both_predictions_by_hand():
    """Three steps; state 0 is met twice, and the last state is never left."""
    episode = [([0, 2, 0, 1], [1.0, 2, 4])]
    assert returns_of(episode, 0.5)[0].tolist() == [3.0, 4.0, 4.0]
    found = monte_carlo_values(episode, 4, 0.5)
    np.testing.assert_array_equal(found, [3.5, np.nan, 4.0, np.nan])
    # 0 + .5 (1 - 0); 0 + .5 (2 + .5 * .5 - 0); .5 + .5 (4 + 0 - .5)
    assert td_values(episode, 3, 0.5, 0.5).tolist() == [2.25, 0.0, 1.125]


def test_predictions_come_to_the_true_values():
    """In 300 episodes of a drawn world both come near; the start is met in each."""
    world = World(*drawn(7), n_steps=200)
    policy = np.array([1, 0, 2, 2, 1, 0, 1])
    truth = policy_values(*world.tables, policy, 0.8)
    episodes = play_episodes(world, policy, 300, 1)
    # 60,000 steps in 7 states; a return has a spread of about one, and neighbours
    # share most of theirs; the least visited state has some 2,000 visits
    np.testing.assert_allclose(monte_carlo_values(episodes, 7, 0.8), truth, atol=0.15)
    np.testing.assert_allclose(td_values(episodes, 7, 0.8, 0.01), truth, atol=0.2)


@pytest.mark.parametrize("seed", range(3))
def test_q_learning_finds_what_value_iteration_knows(seed):
    """Half of the steps tried at random, a small step: the same best actions."""
    world = World(*drawn(seed + 20), n_steps=1000)
    q = q_learning(world, 40, 0.8, eta=0.03, epsilon=0.5, random_state=seed)
    truth, _ = value_iteration(*world.tables, 0.8)
    worth = policy_values(*world.tables, q.argmax(axis=1), 0.8)
    # two actions may be worth nearly the same; what is lost is small
    np.testing.assert_allclose(worth, truth.max(axis=1), atol=0.1)


def test_an_end_is_worth_nothing():
    """Where an episode ends no value follows; where it is cut off one does."""

    class Once(World):
        ends = True

        def step(self, action):
            self.k += 1
            return 0, 1.0, self.ends, not self.ends, {}

    world = Once(np.ones((1, 1, 1)), np.zeros((1, 1)))
    assert q_learning(world, 3, 0.5, eta=1.0).tolist() == [[1.0]]
    world.ends = False
    assert q_learning(world, 3, 0.5, eta=1.0).tolist() == [[1.75]]


def test_the_same_seed_learns_the_same():
    """Seeds hold the world too, and another seed learns otherwise."""
    light = InjectionTrafficLight()
    found = [q_learning(light, 5, GAMMA, random_state=seed) for seed in (3, 3, 4)]
    np.testing.assert_array_equal(found[0], found[1])
    assert not np.array_equal(found[0], found[2])


# environments


@pytest.mark.parametrize("world", [InjectionTrafficLight(), StationPlacement()])
def test_gymnasium_accepts_them(world):
    """Its own checker, which warns of what it dislikes; warnings are errors here."""
    check_env(world, skip_render_check=True)


@pytest.mark.parametrize("charge", ["events", "days"])
def test_the_tables_are_the_laws_of_the_well(charge):
    """Frequencies and mean rewards of 20,000 days are those of the tables."""
    site = InjectionSite(charge=charge, seismogenic_index=-3.0)
    light = InjectionTrafficLight(site, n_days=20_000)
    transitions, rewards = injection_tables(site)
    rng = np.random.default_rng(0)
    state, seen = np.zeros(2, dtype=int), []
    light.reset(seed=1)
    for _ in range(20_000):
        action = int(rng.integers(4))
        after, reward, *_ = light.step(action)
        seen.append((6 * state[0] + state[1], action, 6 * after[0] + after[1], reward))
        state = after
    s, a, t, paid = np.array(seen).T
    s, a, t = s.astype(int), a.astype(int), t.astype(int)
    assert (transitions[a, s, t] > 0).all()
    # sums of 20,000 differences of mean zero, in units of their own spread
    for gap in (paid - rewards[s, a], t - transitions[a, s] @ np.arange(66)):
        assert abs(gap.mean()) < 4 * gap.std() / np.sqrt(20_000)


def test_the_law_of_numbers():
    """A cubic metre gives 10**(index - b M) earthquakes; of these a tenth is felt."""
    site = InjectionSite(index_rise=0.0, branching=0.0)
    # a quarter of 4 units, 1,000 m^3, moves into the rock
    assert site.expected_events(4, 3) == pytest.approx(1000 * 10 ** (-3.7 - 1.0))
    assert site.felt_share == pytest.approx(0.1)
    rising = InjectionSite(branching=0.0)
    ratio = rising.expected_events(8, 0) / rising.expected_events(4, 0)
    assert ratio == pytest.approx(2 * 10**1.2)


def test_without_a_rise_the_best_is_all_or_nothing():
    """Where numbers are in proportion to volume, one pumps in full or not at all."""
    for index, best in [(-2.0, 3), (-1.0, 0)]:
        site = InjectionSite(seismogenic_index=index, index_rise=0.0, branching=0.0)
        q, _ = value_iteration(*injection_tables(site), GAMMA)
        assert (q.argmax(axis=1) == best).all()


def test_stations_and_their_error():
    """More stations tell more; the order does not matter; a taken site is a waste."""
    network = StationPlacement(side=4, n_stations=3, random_state=2)
    assert network.error_km([1, 7, 12]) < network.error_km([1, 7])
    assert network.error_km([12, 1, 7]) == network.error_km([1, 7, 12])
    assert network.error_km([5, 5]) == network.error_km([5])
    # nothing known but the prior: 20 km to the east and to the north
    assert network.error_km([]) == pytest.approx(np.sqrt(2) * 20)
    network.reset(seed=0)
    found = [network.step(site)[1:3] for site in (1, 7, 12)]
    assert found == [(0, False), (0, False), (-network.error_km([1, 7, 12]), True)]


# what they refuse

STAY = np.array([np.eye(2), np.eye(2)]), np.ones((2, 2))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: value_iteration(np.ones((2, 2, 2)), STAY[1], 0.5),
            "transitions must be shares >= 0 that add up to 1",
        ),
        (
            lambda: value_iteration(*STAY, 1.0),
            "gamma must be a finite number >= 0 and < 1",
        ),
        (
            lambda: policy_values(*STAY, [0, 2], 0.5),
            "policy must be numbers of actions, up to 1, got 2",
        ),
        (
            lambda: td_values([([0, 1], [1.0, 2.0])], 2, 0.5),
            "episodes[0] must be one state more than rewards, got 2 and 2",
        ),
        (
            lambda: monte_carlo_values([([0, 3], [1.0])], 2, 0.5),
            "n_states must be above 3, a state of the episodes, got 2",
        ),
        (lambda: q_learning(StationPlacement, 3, 0.5), "environment must be an envir"),
        (
            lambda: play_episodes(InjectionTrafficLight(), np.zeros((3, 6)), 2),
            "policy must be of shape (11, 6)",
        ),
        (
            lambda: play_episodes(InjectionTrafficLight(), np.full((11, 6), 4), 2),
            "policy must be numbers of actions, 0 to 3",
        ),
        (lambda: InjectionSite(branching=1.0), "branching must be a finite number"),
        (lambda: InjectionSite(charge="weeks"), "charge must be one of 'events'"),
        (lambda: InjectionTrafficLight(n_days=0), "n_days must be a whole number"),
        (lambda: InjectionTrafficLight(-3.7), "site must be a InjectionSite"),
        (lambda: injection_tables(3), "site must be a InjectionSite"),
        (lambda: StationPlacement(2, 4), "n_stations must be below 4"),
    ],
)
def test_a_wrong_argument_is_named(call, words):
    """The error says which argument, what it was and what is accepted."""
    with pytest.raises(ValueError, match=re.escape(words)):
        call()
