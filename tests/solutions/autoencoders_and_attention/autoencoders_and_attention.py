"""Attention that looks back only, and what an alarm is worth.

Write the two functions below. Neither is in the package. The first can also be written
in MATLAB, in `look_back.m`.
"""

import numpy as np


def look_back(Q, K, V):
    """Return what attention says at each step that may not look at later ones.

    Parameters
    ----------
    Q : ndarray, shape (n_times, d)
        Queries, one row for each step.
    K : ndarray, shape (n_times, d)
        Keys.
    V : ndarray, shape (n_times, n_values)
        Values.

    Returns
    -------
    ndarray, shape (n_times, n_values)
        In row t a mean of rows 0 to t of V. Its weights are a softmax of the products
        of query t with keys 0 to t, divided by the square root of d.
    """
    # BEGIN SOLUTION
    match = Q @ K.T / np.sqrt(Q.shape[1])
    match = np.where(np.tri(len(Q), dtype=bool), match, -np.inf)
    share = np.exp(match - match.max(axis=1, keepdims=True))
    share = share / share.sum(axis=1, keepdims=True)
    return share @ V
    # END SOLUTION


def alarm_precision(ordinary, events, limit, base_rate):
    """Return the share of alarms that are events, at a given base rate.

    A window raises an alarm if its score is above the limit.

    Parameters
    ----------
    ordinary : ndarray, shape (n_ordinary,)
        Scores of windows without an event.
    events : ndarray, shape (n_events,)
        Scores of windows with one; the two numbers of windows say nothing about how
        rare events are.
    limit : float
        Above it a score raises an alarm.
    base_rate : float
        Share of windows that hold an event in truth, between 0 and 1.

    Returns
    -------
    float
        Between 0 and 1; 0 if nothing raises an alarm.
    """
    # BEGIN SOLUTION
    hits = base_rate * np.mean(events > limit)
    false = (1 - base_rate) * np.mean(ordinary > limit)
    return hits / (hits + false) if hits > 0 else 0.0
    # END SOLUTION


# BEGIN SOLUTION
LOOK_BACK_M = """
function Y = look_back(Q, K, V)
n = size(Q, 1);
match = Q * K' / sqrt(size(Q, 2));
match(triu(true(n), 1)) = -Inf;
share = exp(match - max(match, [], 2));
share = share ./ sum(share, 2);
Y = share * V;
end
"""
# END SOLUTION
