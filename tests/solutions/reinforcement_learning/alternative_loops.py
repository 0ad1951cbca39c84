"""Everything one number at a time."""

import numpy as np


def sweep(transitions, rewards, values, gamma):
    n_states, n_actions = len(rewards), len(transitions)
    found = []
    for s in range(n_states):
        best = None
        for a in range(n_actions):
            q = rewards[s][a]
            for t in range(n_states):
                q += gamma * transitions[a][s][t] * values[t]
            if best is None or q > best:
                best = q
        found.append(best)
    return np.array(found)


def learn_from(log, n_states, n_actions, gamma, eta):
    q = {}
    for day in log:
        s, a, after = (int(day[k]) for k in (0, 1, 3))
        target = day[2]
        if day[4] == 0:
            target = target + gamma * max(
                q.get((after, b), 0) for b in range(n_actions)
            )
        q[s, a] = (1 - eta) * q.get((s, a), 0) + eta * target
    return np.array(
        [[q.get((s, a), 0) for a in range(n_actions)] for s in range(n_states)]
    )


def best_set(error, n_sites, size):
    best, least = None, np.inf

    def grow(taken):
        nonlocal best, least
        if len(taken) == size:
            found = error(taken)
            if found < least:
                best, least = tuple(taken), found
            return
        for site in range(taken[-1] + 1 if taken else 0, n_sites):
            grow([*taken, site])

    grow([])
    return best


SWEEP_M = """
function after = sweep(transitions, rewards, values, gamma)
n = size(rewards, 1);
after = -inf(n, 1);
for a = 1:size(rewards, 2)
    for s = 1:n
        q = rewards(s, a) + gamma * squeeze(transitions(a, s, :))' * values;
        after(s) = max(after(s), q);
    end
end
end
"""
