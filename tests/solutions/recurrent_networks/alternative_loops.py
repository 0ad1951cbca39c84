"""Forward derivatives instead of blame, and a search from the end."""

import numpy as np


def echo_gradient(w, u, x, y):
    h = by_w = by_u = 0.0
    for value in x:
        new = np.tanh(w * value + u * h)
        slope = 1 - new * new
        by_w, by_u = slope * (value + u * by_w), slope * (h + u * by_u)
        h = new
    return [(h - y) * by_w, (h - y) * by_u]


def last_seen(H, mask):
    n, n_times, units = H.shape
    found = np.zeros((n, units))
    for i in range(n):
        for t in range(n_times):
            if mask[i, t]:
                found[i] = H[i, t]
    return found


ECHO_GRADIENT_M = """
function gradient = echo_gradient(w, u, x, y)
h = 0; by = [0; 0];
for t = 1:numel(x)
    new = tanh(w * x(t) + u * h);
    by = (1 - new ^ 2) * ([x(t); h] + u * by);
    h = new;
end
gradient = (h - y) * by;
end
"""
