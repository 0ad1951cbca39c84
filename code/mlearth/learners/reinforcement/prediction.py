"""What a policy is worth, learned from episodes: wait for the end, or guess ahead."""

from __future__ import annotations

import numpy as np

from ..._arguments import Count, check_room, checked, wrong
from ._types import Discount, Episodes, Many, StepSize

__all__ = ["monte_carlo_values", "returns_of", "td_values"]


def check_states(episodes, n_states, **more) -> None:
    """Raise unless all states are numbered below their count."""
    check_room("n_states", n_states, n_states)
    last = max(int(states.max()) for states, _ in episodes)
    if last >= n_states:
        raise wrong("n_states", f"above {last}, a state of the episodes", n_states)


@checked
def returns_of(episodes: Episodes, gamma: Discount) -> list[np.ndarray]:
    """Add up the discounted rewards that follow each step of each episode.

    Parameters
    ----------
    episodes : list of (states, rewards)
        Of each episode the numbers of its states, shape (n_steps + 1,), and the
        rewards between them, shape (n_steps,).
    gamma : float
        Discount of a step, from 0 to below 1.

    Returns
    -------
    list of ndarray, each of shape (n_steps,)

    Raises
    ------
    ValueError
        If an episode has not one state more than rewards.

    Examples
    --------
    >>> [found.tolist() for found in returns_of([([0, 1, 0], [1.0, 4.0])], 0.5)]
    [[3.0, 4.0]]
    """
    found = []
    for _, rewards in episodes:
        after, returns = 0.0, np.empty(len(rewards))
        for k in reversed(range(len(rewards))):
            returns[k] = after = rewards[k] + gamma * after
        found.append(returns)
    return found


@checked(also=check_states)
def monte_carlo_values(
    episodes: Episodes, n_states: Count, gamma: Discount
) -> np.ndarray:
    """Average the returns that followed each visit of each state.

    Parameters
    ----------
    episodes : list of (states, rewards)
        As in `returns_of`. Where an episode was cut off, what would have followed is
        left out.
    n_states : int
        Number of states.
    gamma : float
        Discount of a step, from 0 to below 1.

    Returns
    -------
    ndarray, shape (n_states,)
        NaN where no episode came.

    Raises
    ------
    ValueError
        If an episode has not one state more than rewards, or a state is not below
        `n_states`.

    Notes
    -----
    ``sutton2018reinforcement``.

    Examples
    --------
    >>> monte_carlo_values([([0, 1, 0], [1.0, 4.0])], 2, 0.5).tolist()
    [3.0, 4.0]
    """
    visited = np.concatenate([states[:-1] for states, _ in episodes])
    returns = np.concatenate(returns_of(episodes, gamma))
    count = np.bincount(visited, minlength=n_states)
    total = np.bincount(visited, returns, n_states)
    return np.divide(total, count, out=np.full(n_states, np.nan), where=count > 0)


@checked(also=check_states)
def td_values(
    episodes: Episodes,
    n_states: Count,
    gamma: Discount,
    eta: StepSize = 0.1,
    n_passes: Many = 1,
) -> np.ndarray:
    """Correct each state's value by the reward and the value of the next state.

    Parameters
    ----------
    episodes : list of (states, rewards)
        As in `returns_of`. Where an episode was cut off, its last state still counts.
    n_states : int
        Number of states.
    gamma : float
        Discount of a step, from 0 to below 1.
    eta : float
        Share of each error that is corrected, above 0 and at most 1.
    n_passes : int
        How often to go through the episodes.

    Returns
    -------
    ndarray, shape (n_states,)
        Zero where no episode came.

    Raises
    ------
    ValueError
        If an episode has not one state more than rewards, or a state is not below
        `n_states`.

    Notes
    -----
    ``sutton2018reinforcement``.

    Examples
    --------
    >>> td_values([([0, 1, 0], [1.0, 4.0])], 2, 0.5, eta=0.5).tolist()
    [0.5, 2.125]
    """
    values = np.zeros(n_states)
    for states, rewards in episodes * n_passes:
        for s, reward, after in zip(states[:-1], rewards, states[1:], strict=True):
            error = reward + gamma * values[after] - values[s]
            values[s] += eta * error
    return values
