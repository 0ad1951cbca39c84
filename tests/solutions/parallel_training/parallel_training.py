"""Add up by a tree, weigh shards, and count what one more worker is worth.

Write the three functions below. None is in the package. The first can also be written
in MATLAB, in `tree_rounds.m`.
"""

import numpy as np


def tree_rounds(held, n_rounds):
    """Return what each worker holds after some rounds of adding up by a tree.

    In round r, from 0 on, every worker whose number is a multiple of 2 * 2**r adds what
    the worker 2**r places after it holds, if there is one. Whoever is added keeps what
    it holds. Workers are numbered from 0.

    Parameters
    ----------
    held : ndarray, shape (n_workers, n_numbers)
        One row for each worker. It must not be changed.
    n_rounds : int
        Number of rounds, >= 0; more than are needed change nothing.

    Returns
    -------
    ndarray, shape (n_workers, n_numbers)
        One row for each worker; after all rounds the first one is the sum.
    """
    # BEGIN SOLUTION
    held = np.array(held, dtype=float)
    n = len(held)
    for r in range(n_rounds):
        apart = 2**r
        for worker in range(0, n - apart, 2 * apart):
            held[worker] += held[worker + apart]
    return held
    # END SOLUTION


def batch_gradient(gradients, counts):
    """Return the gradient of a batch from the mean gradients of its shards.

    Parameters
    ----------
    gradients : ndarray, shape (n_workers, n_parameters)
        Mean gradient over the rows of each worker. A worker without rows may have
        anything there, also NaN.
    counts : ndarray of int, shape (n_workers,)
        Rows of each worker, >= 0, not all 0.

    Returns
    -------
    ndarray, shape (n_parameters,)
        The mean gradient over all rows.
    """
    # BEGIN SOLUTION
    counts = np.asarray(counts)
    has_rows = counts > 0
    share = counts[has_rows] / counts.sum()
    return share @ np.asarray(gradients)[has_rows]
    # END SOLUTION


def speed_up(serial_s, parallel_s, message_s, n_workers):
    """Return how many times faster several workers are than one.

    One worker needs ``serial_s + parallel_s``. With k workers the second part is
    divided, and a ring all-reduce of 2 * (k - 1) rounds is added.

    Parameters
    ----------
    serial_s : float
        Time of what cannot be divided, >= 0 [s].
    parallel_s : float
        Time of what can be divided, > 0 [s].
    message_s : float
        Time of one round of the ring, >= 0 [s].
    n_workers : ndarray of int, shape (n,)
        Numbers of workers, >= 1.

    Returns
    -------
    ndarray, shape (n,)
        The speed-up for each number of workers [1].
    """
    # BEGIN SOLUTION
    k = np.asarray(n_workers)
    rounds = 2 * (k - 1)
    return (serial_s + parallel_s) / (serial_s + parallel_s / k + rounds * message_s)
    # END SOLUTION


# BEGIN SOLUTION
TREE_ROUNDS_M = """
function held = tree_rounds(held, n_rounds)
n = size(held, 1);
for r = 0:n_rounds - 1
    apart = 2 ^ r;
    for worker = 1:2 * apart:n - apart
        held(worker, :) = held(worker, :) + held(worker + apart, :);
    end
end
end
"""
# END SOLUTION
