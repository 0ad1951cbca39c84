"""A network that learns which action to choose."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._arguments import CountOrZero, Positive, checked
from ..learners.neural.starting_weights import initial_weights
from ..learners.reinforcement._types import Discount, Environment, Many, sizes_of
from .dense import dense_network, layers_of
from .keras_import import load_keras, load_tensorflow
from .reinforcement import Batch, Units, largest, said, scaled

__all__ = ["train_policy_gradient"]


def choice_step(network: Any, eta: float) -> Any:
    """Compile one step that makes actions likelier that went better than usual."""
    tf, keras = load_tensorflow(), load_keras()
    adam = keras.optimizers.Adam(eta)
    adam.build(network.trainable_variables)

    @tf.function(reduce_retracing=True)
    def step(x, action, advantage):
        with tf.GradientTape() as tape:
            log_share = tf.nn.log_softmax(network(x))
            chosen = tf.gather(log_share, action, batch_dims=1)
            loss = -tf.reduce_mean(advantage * chosen)
        slopes = tape.gradient(loss, network.trainable_variables)
        adam.apply_gradients(zip(slopes, network.trainable_variables, strict=True))

    return step


def tried(environment: Any, layers: list, n_episodes: int, rng: Any) -> tuple:
    """Play episodes by the shares of a network; return inputs, actions and rewards."""
    inputs, actions, rewards, most = [], [], [], largest(environment)
    for _ in range(n_episodes):
        seen, ended, paid = environment.reset()[0], False, []
        while not ended:
            x = scaled(seen, most)
            z = said(layers, x[0])
            # the largest of z plus Gumbel's noise is drawn with the softmax's shares
            a = int((z + rng.gumbel(size=len(z))).argmax())
            seen, reward, end, cut, _ = environment.step(a)
            inputs.append(x[0])
            actions.append(a)
            paid.append(reward)
            ended = end or cut
        rewards.append(np.array(paid))
    return np.array(inputs, np.float32), np.array(actions, np.int32), rewards


def advantages(rewards: list[np.ndarray], gamma: float) -> np.ndarray:
    """Return what followed each step, against the mean of the same day, in spreads."""
    longest = max(map(len, rewards))
    returns = np.full((len(rewards), longest + 1), np.nan)
    for row, paid in zip(returns, rewards, strict=True):
        row[len(paid)] = 0.0
        for k in reversed(range(len(paid))):
            row[k] = paid[k] + gamma * row[k + 1]
        row[len(paid)] = np.nan
    usual = np.nanmean(returns[:, :-1], axis=0)
    found = returns[:, :-1] - usual
    found = found[~np.isnan(found)]
    return (found / max(found.std(), 1e-9)).astype(np.float32)


@checked
def train_policy_gradient(
    environment: Environment,
    n_rounds: Many,
    gamma: Discount,
    n_episodes: Batch = 10,
    n_units: Units = 32,
    eta: Positive = 1e-2,
    random_state: CountOrZero = 0,
) -> Any:
    """Train a network to choose actions: what went better becomes likelier.

    Parameters
    ----------
    environment : gymnasium.Env
        With Discrete actions, and observations that are Discrete or MultiDiscrete.
    n_rounds : int
        Training steps.
    gamma : float
        Discount of a step, from 0 to below 1.
    n_episodes : int
        Episodes that are played for each training step, >= 2: the mean of a day is what
        a return is compared with.
    n_units : int
        Units of each of two hidden layers.
    eta : float
        Learning rate, > 0.
    random_state : int
        Seed of the weights, of what is drawn, and of the environment.

    Returns
    -------
    keras.Sequential
        Takes observations as shares of their largest values; the softmax of what it
        says are the shares in which actions are taken.

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    ``williams1992simple``.

    Examples
    --------
    ::

        network = train_policy_gradient(InjectionTrafficLight(), 30, gamma=0.95)
    """
    rng = np.random.default_rng(random_state)
    n_inputs, n_actions = len(sizes_of(environment)), int(environment.action_space.n)
    layers = initial_weights([n_inputs, n_units, n_units, n_actions], "he", rng)
    network = dense_network(layers, "relu", "float32")
    step = choice_step(network, eta)
    environment.reset(seed=random_state)
    for _ in range(n_rounds):
        played = tried(environment, layers_of(network), n_episodes, rng)
        x, action, rewards = played
        step(x, action, advantages(rewards, gamma))
    return network
