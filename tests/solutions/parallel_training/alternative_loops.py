"""A tree by slices, a sum row by row, and a list of times."""

import numpy as np


def tree_rounds(held, n_rounds):
    held, apart = np.array(held) * 1.0, 1
    while n_rounds > 0 and apart < len(held):
        giving = held[apart :: 2 * apart]
        held[: 2 * apart * len(giving) : 2 * apart] += giving
        apart, n_rounds = 2 * apart, n_rounds - 1
    return held


def batch_gradient(gradients, counts):
    total, n = np.zeros(gradients.shape[1]), 0
    for gradient, count in zip(gradients, counts, strict=True):
        if count:
            total += count * gradient
            n += count
    return total / n


def speed_up(serial_s, parallel_s, message_s, n_workers):
    one = serial_s + parallel_s
    return [
        one / (serial_s + parallel_s / k + 2 * (k - 1) * message_s) for k in n_workers
    ]


TREE_ROUNDS_M = """
function held = tree_rounds(held, n_rounds)
n = rows(held);
for r = 1:n_rounds
    a = 2 ^ (r - 1);
    for w = 0:n - 1
        if mod(w, 2 * a) == 0 && w + a < n
            held(w + 1, :) += held(w + 1 + a, :);
        end
    end
end
end
"""
