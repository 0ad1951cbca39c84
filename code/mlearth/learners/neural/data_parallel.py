"""One network, many workers: shards of a batch, and the mean of their gradients."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from ..._arguments import Matrix, Positive, checked, count
from ..._arguments import Outputs as Target
from ._types import Activation, Layer, Layers, Loss, Many, Workers
from .all_reduce import ring_all_reduce, ring_blocks
from .backpropagation import _fits, network_gradient
from .starting_weights import pack, unpack
from .worker_ring import Task, run_ring

Rows = Annotated[int, count(1, 10**8)]

__all__ = ["deal_rows", "parallel_gradient", "parallel_walk"]


@checked
def deal_rows(n_samples: Rows, n_workers: Workers) -> list[np.ndarray]:
    """Deal the rows of a batch to workers, in their order and as evenly as can be.

    Parameters
    ----------
    n_samples : int
        Rows in the batch, >= 1.
    n_workers : int
        Number of workers, from 1 to 64.

    Returns
    -------
    list of ndarray of int
        The rows of each worker: none, where workers outnumber rows.

    Raises
    ------
    ValueError
        If a number is not whole, below 1 or too large.

    Examples
    --------
    >>> [rows.tolist() for rows in deal_rows(5, 3)]
    [[0, 1], [2, 3], [4]]
    """
    return [np.arange(n_samples)[block] for block in ring_blocks(n_samples, n_workers)]


@checked(also=_fits)
def parallel_gradient(
    layers: Layers,
    X: Matrix,
    Y: Target,
    n_workers: Workers = 2,
    activation: Activation = "tanh",
    loss: Loss = "squared",
) -> list[Layer]:
    """Return the gradient of a batch, put together from its shards.

    Parameters
    ----------
    layers, X, Y
        As in `network_loss`.
    n_workers : int
        How many shards, from 1 to 64.
    activation, loss
        As in `network_loss`.

    Returns
    -------
    list of (dW, db)
        What `network_gradient` gives for the whole batch, up to rounding.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    >>> layers = [(np.ones((1, 1)), np.zeros(1))]
    >>> parallel_gradient(layers, [[1.0], [2.0], [3.0]], [[0.0], [0.0], [0.0]])
    [(array([[4.66666667]]), array([2.]))]
    """
    sizes = [len(layers[0][0]), *(len(b) for _, b in layers)]
    weighed = []
    # Shard: every worker its own rows
    for rows in deal_rows(len(X), n_workers):
        mine = np.zeros(pack(layers).size)
        if len(rows):
            # Weigh: the mean over a shard counts by its share of the batch
            g = network_gradient(layers, X[rows], Y[rows], activation, loss)
            mine = len(rows) / len(X) * pack(g)
        weighed.append(mine)
    # Sum: the same total for every worker
    return unpack(ring_all_reduce(np.array(weighed))[0], sizes)


@checked(also=_fits)
def parallel_walk(
    layers: Layers,
    X: Matrix,
    Y: Target,
    n_workers: Workers = 2,
    eta: Positive = 0.01,
    batch_size: Many = 32,
    n_epochs: Many = 1,
    activation: Activation = "tanh",
    loss: Loss = "squared",
) -> list[list[Layer]]:
    """Walk a network downhill with processes that share nothing but their sums.

    Each process begins with the same weights, computes on its shard of every batch, and
    takes the same step after a ring all-reduce over pipes.

    Parameters
    ----------
    layers : list of (W, b)
        Where to start.
    X, Y
        As in `network_loss`.
    n_workers : int
        Number of processes, from 1 to 64.
    eta : float
        Learning rate, > 0.
    batch_size : int
        Rows of a batch, over all workers, >= 1; taken from first to last.
    n_epochs : int
        Passes through the rows, >= 1.
    activation, loss
        As in `network_loss`.

    Returns
    -------
    list of list of (W, b)
        The network that each worker ends with: all the same, bit by bit.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite; if eta is so
        large that the weights overflow.
    RuntimeError
        If a worker is lost.

    Notes
    -----
    ``dean2012large`` did without waiting: there workers step on weights that others
    have changed. A script that calls this guards its main part by
    ``if __name__ == "__main__":``, since each process imports the script.

    Examples
    --------
    ::

        ends = parallel_walk(initial_weights([4, 16, 1]), X, y[:, None], n_workers=2)
    """
    sizes = (len(layers[0][0]), *(len(b) for _, b in layers))
    shards = []
    for worker in range(n_workers):
        dealt = []
        for first in range(0, len(X), batch_size):
            n = min(batch_size, len(X) - first)
            rows = first + deal_rows(n, n_workers)[worker]
            dealt.append((X[rows], Y[rows], len(rows) / n))
        shards.append(dealt)
    tasks = [
        Task(pack(layers), sizes, dealt, eta, n_epochs, activation, loss)
        for dealt in shards
    ]
    return [unpack(theta, list(sizes)) for theta in run_ring(tasks)]
