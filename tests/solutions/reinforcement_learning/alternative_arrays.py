"""Sums over named axes; a table of all sets at once."""

from itertools import combinations

import numpy as np


def sweep(transitions, rewards, values, gamma):
    ahead = np.einsum("ast,t->sa", transitions, values)
    return np.amax(rewards + gamma * ahead, axis=-1)


def learn_from(log, n_states, n_actions, gamma, eta):
    q = np.zeros(n_states * n_actions)
    table = q.reshape(n_states, n_actions)
    states, actions, afters = np.asarray(log)[:, [0, 1, 3]].astype(int).T
    rewards, ends = np.asarray(log)[:, [2, 4]].T
    for k, place in enumerate(states * n_actions + actions):
        wanted = rewards[k] + gamma * (1 - ends[k]) * np.max(table[afters[k]])
        q[place] -= eta * (q[place] - wanted)
    return table


def best_set(error, n_sites, size):
    sets = list(combinations(range(n_sites), size))
    errors = [error(list(one)) for one in sets]
    return sets[int(np.argmin(errors))]


SWEEP_M = """
function after = sweep(transitions, rewards, values, gamma)
[n_states, n_actions] = size(rewards);
leads = reshape(permute(transitions, [2 1 3]), n_states * n_actions, n_states);
after = max(rewards + gamma * reshape(leads * values, n_states, n_actions), [], 2);
end
"""
