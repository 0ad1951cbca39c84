"""Learn what actions are worth by trying them, in a world whose laws nobody tells."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..._arguments import CountOrZero, Numbers, RandomState, checked, wrong
from ._types import Discount, Environment, Many, Share, StepSize, sizes_of

__all__ = ["play_episodes", "q_learning"]


@checked
def q_learning(
    environment: Environment,
    n_episodes: Many,
    gamma: Discount,
    eta: StepSize = 0.1,
    epsilon: Share = 0.1,
    random_state: RandomState = None,
) -> np.ndarray:
    """Learn what each action is worth, by trying and by correcting.

    Parameters
    ----------
    environment : gymnasium.Env
        With Discrete actions, and observations that are Discrete or MultiDiscrete.
    n_episodes : int
        Number of episodes.
    gamma : float
        Discount of a step, from 0 to below 1.
    eta : float
        Share of each error that is corrected, above 0 and at most 1.
    epsilon : float
        Share of steps in which any action is tried, from 0 to 1.
    random_state : int, Generator or None
        Seed of what is tried, and of the environment.

    Returns
    -------
    ndarray, shape (sizes of the states, n_actions)
        Value of each action; `sizes` are those of the observations.

    Raises
    ------
    ValueError
        If the environment has no such spaces, or another argument is out of range.

    Notes
    -----
    ``watkins1992qlearning``.

    Examples
    --------
    ::

        q = q_learning(InjectionTrafficLight(), 200, gamma=0.95, random_state=0)
        policy = q.argmax(axis=-1)
    """
    rng = np.random.default_rng(random_state)
    q = np.zeros((*sizes_of(environment), int(environment.action_space.n)))
    state = place(environment.reset(seed=int(rng.integers(2**31)))[0])
    for _ in range(n_episodes):
        learn_episode(q, state, environment, rng, gamma, eta, epsilon)
        state = place(environment.reset()[0])
    return q


def learn_episode(q, state, environment, rng, gamma, eta, epsilon):
    """Live through one episode from a state on, and correct the table by each step."""
    ended = cut = False
    while not (ended or cut):
        # Try: the best action known, and sometimes any
        a = int(q[state].argmax())
        if rng.random() < epsilon:
            a = int(rng.random() * q.shape[-1])
        seen, reward, ended, cut, _ = environment.step(a)
        after = place(seen)
        # Correct: towards the reward and the best that may follow
        ahead = 0.0 if ended else gamma * q[after].max()
        q[*state, a] += eta * (reward + ahead - q[*state, a])
        state = after


def place(seen: Any) -> tuple[int, ...]:
    """Return where an observation stands in a table."""
    return tuple(seen.tolist()) if isinstance(seen, np.ndarray) else (int(seen),)


def check_table(environment, policy, **more) -> None:
    """Raise unless a policy has one action for each state."""
    sizes, most = sizes_of(environment), int(environment.action_space.n) - 1
    if policy.shape != sizes:
        raise wrong("policy", f"of shape {sizes}", f"shape {policy.shape}")
    if not np.isin(policy, np.arange(most + 1)).all():
        raise wrong("policy", f"numbers of actions, 0 to {most}", f"{policy.max():g}")


@checked(also=check_table)
def play_episodes(
    environment: Environment,
    policy: Numbers,
    n_episodes: Many,
    random_state: CountOrZero = 0,
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Follow a policy through some episodes.

    Parameters
    ----------
    environment : gymnasium.Env
        With Discrete actions, and observations that are Discrete or MultiDiscrete.
    policy : array_like of int, shape of the observations' sizes
        The action that is taken in each state.
    n_episodes : int
        Number of episodes.
    random_state : int
        Seed of the environment.

    Returns
    -------
    list of (states, rewards)
        Of each episode the numbers of its states, shape (n_steps + 1,), in the order of
        ``policy.ravel()``, and the rewards between them, shape (n_steps,).

    Raises
    ------
    ValueError
        If the environment has no such spaces, or the policy does not fit it.

    Examples
    --------
    ::

        episodes = play_episodes(InjectionTrafficLight(), q.argmax(axis=-1), 20)
    """
    sizes, found = sizes_of(environment), []
    policy = policy.astype(int)
    state = place(environment.reset(seed=random_state)[0])
    for _ in range(n_episodes):
        visited, rewards, ended = [state], [], False
        while not ended:
            seen, reward, end, cut, _ = environment.step(int(policy[state]))
            state, ended = place(seen), end or cut
            visited.append(state)
            rewards.append(reward)
        states = np.ravel_multi_index(np.transpose(visited), sizes)
        found.append((states, np.array(rewards)))
        state = place(environment.reset()[0])
    return found
