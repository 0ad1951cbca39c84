"""Sweep once, learn from somebody else's days, and count all sets of stations.

Write the three functions below. The first can also be written in MATLAB, in `sweep.m`.
"""

from itertools import combinations

import numpy as np


def sweep(transitions, rewards, values, gamma):
    """Return the values of all states after one sweep of value iteration.

    Parameters
    ----------
    transitions : ndarray, shape (n_actions, n_states, n_states)
        Probability of each next state (last axis), given the action (first axis) and
        the state.
    rewards : ndarray, shape (n_states, n_actions)
        Expected reward of each action.
    values : ndarray, shape (n_states,)
        The guess before the sweep. It must not be changed.
    gamma : float
        Discount of a step, from 0 to below 1.

    Returns
    -------
    ndarray, shape (n_states,)
        The guess after it.
    """
    raise NotImplementedError("not written yet")


def learn_from(log, n_states, n_actions, gamma, eta):
    """Return what Q-learning learns in one reading of days that were lived before.

    All values are zero at first. Each day corrects one, in the order of the log.

    Parameters
    ----------
    log : ndarray, shape (n_days, 5)
        Of each day: state, action, reward, next state (states and actions are counted
        from 0), and 1 if the episode ended with it, else 0. Nothing follows an end.
    n_states, n_actions : int
        Numbers of states and of actions.
    gamma : float
        Discount of a step, from 0 to below 1.
    eta : float
        Share of each error that is corrected.

    Returns
    -------
    ndarray, shape (n_states, n_actions)
        Values of the actions.
    """
    raise NotImplementedError("not written yet")


def best_set(error, n_sites, size):
    """Return the set of sites of the least error, of all sets of a size.

    Parameters
    ----------
    error : callable
        Takes a list of different sites and returns their error. The order of the sites
        does not matter.
    n_sites : int
        Number of sites; they are counted from 0.
    size : int
        How many sites are to be taken.

    Returns
    -------
    tuple of int, length `size`
        The sites in increasing order. Of sets with one error it is the one that comes
        first: (0, 5) before (1, 2).
    """
    raise NotImplementedError("not written yet")
