"""A network that learns what actions are worth."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from .._arguments import CountOrZero, Positive, checked, count, wrong
from ..learners.neural.starting_weights import initial_weights
from ..learners.reinforcement._types import Discount, Environment, Many, Share, sizes_of
from .dense import Model, dense_network, layers_of
from .keras_import import load_keras, load_tensorflow

__all__ = ["action_table", "train_dqn"]

Units = Annotated[int, count(1, 512)]
Batch = Annotated[int, count(2, 4096)]


def largest(environment: Any) -> np.ndarray:
    """Return the largest values of an observation; 1 where there is only 0."""
    return np.maximum(np.array(sizes_of(environment)) - 1.0, 1.0)


def scaled(seen: Any, most: np.ndarray) -> np.ndarray:
    """Return observations as numbers from 0 to 1, one row for each."""
    return np.atleast_2d(seen) / most


def said(layers: list, x: np.ndarray) -> np.ndarray:
    """Return what a network says: for one row NumPy is quicker than Keras."""
    for W, b in layers[:-1]:
        x = np.maximum(x @ W + b, 0.0)
    W, b = layers[-1]
    return x @ W + b


def check_inputs(network, environment) -> None:
    """Raise unless a network takes what the environment shows."""
    n, given = len(sizes_of(environment)), network.input_shape[-1]
    if given != n:
        raise wrong("network", f"a network of {n} inputs, as observed", given)


@checked(also=check_inputs)
def action_table(network: Model, environment: Environment) -> np.ndarray:
    """Ask a network for every state.

    Parameters
    ----------
    network : keras.Sequential
        As `train_dqn` and `train_policy_gradient` return it.
    environment : gymnasium.Env
        With Discrete actions, and observations that are Discrete or MultiDiscrete.

    Returns
    -------
    ndarray, shape (sizes of the states, n_actions)
        What it says of each action; the largest is the one to take.

    Raises
    ------
    ValueError
        If the network has not as many inputs as an observation has numbers.

    Examples
    --------
    ::

        policy = action_table(network, environment).argmax(axis=-1)
    """
    sizes = sizes_of(environment)
    states = np.indices(sizes).reshape(len(sizes), -1).T
    x = scaled(states, largest(environment))
    return said(layers_of(network), x).reshape(*sizes, -1)


class Memory:
    """What was seen, done and paid, to be drawn from again."""

    def __init__(self, n_steps: int, n_inputs: int) -> None:
        """Make room."""
        self.x = np.zeros((n_steps + 1, n_inputs), dtype=np.float32)
        self.after = np.zeros((n_steps, n_inputs), dtype=np.float32)
        self.action = np.zeros(n_steps, dtype=np.int32)
        self.reward = np.zeros(n_steps, dtype=np.float32)
        self.goes_on = np.zeros(n_steps, dtype=np.float32)

    def draw(self, rng: np.random.Generator, n_known: int, n: int) -> tuple:
        """Return n steps of those known, drawn with replacement."""
        k = rng.integers(n_known, size=n)
        return (
            self.x[k],
            self.action[k],
            self.reward[k],
            self.after[k],
            self.goes_on[k],
        )


def value_step(network: Any, target: Any, gamma: float, eta: float) -> Any:
    """Compile one step towards the reward and what the target says may follow."""
    tf, keras = load_tensorflow(), load_keras()
    adam = keras.optimizers.Adam(eta)
    adam.build(network.trainable_variables)

    @tf.function
    def step(x, action, reward, after, goes_on):
        ahead = tf.reduce_max(target(after), axis=1)
        wanted = reward + gamma * goes_on * ahead  # outside of the tape: no slope
        with tf.GradientTape() as tape:
            found = tf.gather(network(x), action, batch_dims=1)
            loss = tf.reduce_mean(tf.square(found - wanted))
        slopes = tape.gradient(loss, network.trainable_variables)
        adam.apply_gradients(zip(slopes, network.trainable_variables, strict=True))

    return step


@checked
def train_dqn(
    environment: Environment,
    n_steps: Many,
    gamma: Discount,
    n_units: Units = 32,
    eta: Positive = 1e-3,
    epsilon: Share = 0.3,
    batch_size: Batch = 64,
    train_every: Many = 8,
    copy_every: Many = 100,
    random_state: CountOrZero = 0,
) -> Any:
    """Train a network to value actions, from a memory and towards a frozen copy.

    Parameters
    ----------
    environment : gymnasium.Env
        With Discrete actions, and observations that are Discrete or MultiDiscrete.
    n_steps : int
        Steps in the environment.
    gamma : float
        Discount of a step, from 0 to below 1.
    n_units : int
        Units of each of two hidden layers.
    eta : float
        Learning rate, > 0.
    epsilon : float
        Share of steps in which any action is tried, from 0 to 1.
    batch_size : int
        Steps that are drawn from the memory for each training step.
    train_every : int
        Steps in the environment for each training step.
    copy_every : int
        Training steps until the copy is made anew.
    random_state : int
        Seed of the weights, of what is tried and drawn, and of the environment.

    Returns
    -------
    keras.Sequential
        Takes observations as shares of their largest values.

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    ``mnih2015human``.

    Examples
    --------
    ::

        network = train_dqn(InjectionTrafficLight(), 20_000, gamma=0.95)
    """
    rng = np.random.default_rng(random_state)
    n_inputs, n_actions = len(sizes_of(environment)), int(environment.action_space.n)
    layers = initial_weights([n_inputs, n_units, n_units, n_actions], "he", rng)
    network, target = (dense_network(layers, "relu", "float32") for _ in range(2))
    step = value_step(network, target, gamma, eta)
    memory = Memory(n_steps, n_inputs)
    most = largest(environment)
    x = scaled(environment.reset(seed=random_state)[0], most)
    for k in range(n_steps):
        memory.x[k] = x
        a = int(said(layers, memory.x[k]).argmax())
        if rng.random() < epsilon:
            a = int(rng.integers(n_actions))
        seen, reward, ended, cut, _ = environment.step(a)
        memory.action[k], memory.reward[k], memory.goes_on[k] = a, reward, not ended
        memory.after[k] = x = scaled(seen, most)
        if k % train_every == 0 and k >= batch_size:
            step(*memory.draw(rng, k + 1, batch_size))
            layers = layers_of(network)
            if k // train_every % copy_every == 0:
                target.set_weights(network.get_weights())
        if ended or cut:
            x = scaled(environment.reset()[0], most)
    return network
