"""A tree as a product of matrices, an average by NumPy, and shares of the time."""

import numpy as np


def tree_rounds(held, n_rounds):
    n = len(held)
    for r in range(min(n_rounds, 20)):
        adds = np.eye(n)
        for worker in range(n):
            if worker % 2 ** (r + 1) == 0 and worker + 2**r < n:
                adds[worker, worker + 2**r] = 1
        held = adds @ held
    return np.asarray(held)


def batch_gradient(gradients, counts):
    there = np.nonzero(counts)[0]
    return np.average(gradients[there], axis=0, weights=counts[there])


def speed_up(serial_s, parallel_s, message_s, n_workers):
    s = serial_s / (serial_s + parallel_s)
    told = message_s / (serial_s + parallel_s)
    return 1 / (s + (1 - s) / n_workers + 2 * told * (n_workers - 1))


TREE_ROUNDS_M = """
function held = tree_rounds(held, n_rounds)
n = size(held, 1);
for r = 0:min(n_rounds, 20) - 1
    adds = eye(n);
    for w = 1:n
        if mod(w - 1, 2 ^ (r + 1)) == 0 && w + 2 ^ r <= n
            adds(w, w + 2 ^ r) = 1;
        end
    end
    held = adds * held;
end
end
"""
