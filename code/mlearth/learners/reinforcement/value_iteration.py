"""The best policy of a world whose laws are known, and what any policy is worth."""

from __future__ import annotations

import numpy as np

from ..._arguments import Positive, check_room, checked, wrong
from ._types import Discount, Policy, Rewards, Transitions, Values

__all__ = ["action_values", "policy_values", "value_iteration"]


@checked
def action_values(
    transitions: Transitions, rewards: Rewards, values: Values, gamma: Discount
) -> np.ndarray:
    """Look one step ahead: what each action is worth if the next states are.

    Parameters
    ----------
    transitions : array_like, shape (n_actions, n_states, n_states)
        Probability of each next state (last axis), given action and state.
    rewards : array_like, shape (n_states, n_actions)
        Expected reward of each action.
    values : array_like, shape (n_states,)
        Value of each next state.
    gamma : float
        Discount of a step, from 0 to below 1.

    Returns
    -------
    ndarray, shape (n_states, n_actions)

    Raises
    ------
    ValueError
        If rows of `transitions` are no probabilities, or the shapes do not fit.

    Notes
    -----
    ``sutton2018reinforcement``.

    Examples
    --------
    >>> stay_or_go = [np.eye(2), np.eye(2)[::-1]]
    >>> action_values(stay_or_go, [[0.0, -1], [2, 0]], [0.0, 10], 0.5).tolist()
    [[0.0, 4.0], [7.0, 0.0]]
    """
    return rewards + gamma * (transitions @ values).T


@checked
def value_iteration(
    transitions: Transitions,
    rewards: Rewards,
    gamma: Discount,
    tol: Positive = 1e-6,
) -> tuple[np.ndarray, np.ndarray]:
    """Find what each action is worth under the best policy.

    Parameters
    ----------
    transitions, rewards, gamma
        As in `action_values`.
    tol : float
        The values returned are at most this far from the true ones, > 0.

    Returns
    -------
    q : ndarray, shape (n_states, n_actions)
        Values of the actions; the best policy takes the largest of each row.
    changes : ndarray, shape (n_sweeps,)
        Largest change of a value in each sweep.

    Raises
    ------
    ValueError
        If rows of `transitions` are no probabilities, or the shapes do not fit.

    Notes
    -----
    ``sutton2018reinforcement``.

    Examples
    --------
    >>> stay_or_go = [np.eye(2), np.eye(2)[::-1]]
    >>> q, changes = value_iteration(stay_or_go, [[0.0, -1], [2, 0]], 0.5)
    >>> q.round(3).tolist()
    [[0.5, 1.0], [4.0, 0.5]]
    """
    values, changes = np.zeros(len(rewards)), [np.inf]
    close = max(tol * (1 - gamma), 1e-13 * np.abs(rewards).max())
    while changes[-1] > close:
        # Look ahead: the reward, and the discounted value of what comes
        q = rewards + gamma * (transitions @ values).T
        # Take the best: the value of a state is that of its best action
        best = q.max(axis=1)
        changes.append(np.abs(best - values).max())
        values = best
    return q, np.array(changes[1:])


def check_policy(transitions, rewards, policy, gamma) -> None:
    """Raise unless a policy takes actions that there are."""
    if policy.max() >= len(transitions):
        most = len(transitions) - 1
        raise wrong("policy", f"numbers of actions, up to {most}", f"{policy.max():g}")
    check_room("policy", len(policy), len(policy) ** 2)


@checked(also=check_policy)
def policy_values(
    transitions: Transitions,
    rewards: Rewards,
    policy: Policy,
    gamma: Discount,
) -> np.ndarray:
    """Solve for what each state is worth under a given policy.

    Parameters
    ----------
    transitions, rewards
        As in `action_values`.
    policy : array_like of int, shape (n_states,)
        The action that is taken in each state.
    gamma : float
        Discount of a step, from 0 to below 1.

    Returns
    -------
    ndarray, shape (n_states,)

    Raises
    ------
    ValueError
        If the policy names an action that there is not, or the shapes do not fit.

    Notes
    -----
    ``sutton2018reinforcement``.

    Examples
    --------
    >>> stay_or_go = [np.eye(2), np.eye(2)[::-1]]
    >>> policy_values(stay_or_go, [[0.0, -1], [2, 0]], [1, 0], 0.5).tolist()
    [1.0, 4.0]
    """
    state, action = np.arange(len(policy)), policy.astype(int)
    leads_to = transitions[action, state]
    system = np.eye(len(policy)) - gamma * leads_to
    return np.linalg.solve(system, rewards[state, action])
