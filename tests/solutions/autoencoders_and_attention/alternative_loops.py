"""One step after another, and counts instead of shares."""

import numpy as np


def look_back(Q, K, V):
    said = []
    for t, query in enumerate(Q):
        match = K[: t + 1] @ query / len(query) ** 0.5
        weight = np.exp(match - max(match))
        said.append(np.average(V[: t + 1], axis=0, weights=weight))
    return np.array(said)


def alarm_precision(ordinary, events, limit, base_rate):
    found = sum(1 for one in events if one > limit) / len(events)
    fooled = sum(1 for one in ordinary if one > limit) / len(ordinary)
    alarms = base_rate * found + (1 - base_rate) * fooled
    if alarms == 0:
        return 0
    return base_rate * found / alarms


LOOK_BACK_M = """
function Y = look_back(Q, K, V)
Y = zeros(size(V));
for t = 1:size(Q, 1)
    match = K(1:t, :) * Q(t, :)' / sqrt(size(Q, 2));
    weight = exp(match - max(match));
    Y(t, :) = weight' * V(1:t, :) / sum(weight);
end
end
"""
