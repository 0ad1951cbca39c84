"""Processes in a ring: a pipe leads to the right neighbour, another to the parent."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from .all_reduce import ring_blocks
from .backpropagation import network_gradient
from .starting_weights import pack, unpack

__all__ = ["Place", "Task", "run_ring"]


@dataclass(frozen=True)
class Task:
    """What one worker is to do: its weights to start with, and its shards."""

    theta: np.ndarray
    sizes: tuple[int, ...]
    shards: list[tuple[np.ndarray, np.ndarray, float]]
    """Samples, targets and share of every batch."""
    eta: float
    n_epochs: int
    activation: str
    loss: str

    def part(self, theta: np.ndarray, X: np.ndarray, Y: np.ndarray, share: float):
        """Return what this worker's shard adds to the gradient of a batch.

        Parameters
        ----------
        theta : ndarray, shape (n_parameters,)
            All weights and biases.
        X, Y : ndarray
            Samples and targets of the shard.
        share : float
            Its share of the batch [1].

        Returns
        -------
        ndarray, shape (n_parameters,)
        """
        if not len(X):
            return np.zeros_like(theta)
        layers = unpack(theta, list(self.sizes))
        gradient = network_gradient(layers, X, Y, self.activation, self.loss)
        return share * pack(gradient)


@dataclass(frozen=True)
class Place:
    """Where a worker stands in the ring."""

    rank: int
    n_workers: int
    left: Connection
    right: Connection

    def swap(self, block: np.ndarray) -> np.ndarray:
        """Send a block to the right, and return what comes from the left.

        Parameters
        ----------
        block : ndarray, shape (n,)
            What to send.

        Returns
        -------
        ndarray
            What the left neighbour sent.
        """
        if self.rank % 2:  # if all sent first, full pipes would block all of them
            came = self.left.recv()
            self.right.send(block)
            return came
        self.right.send(block)
        return self.left.recv()

    def all_reduce(self, vector: np.ndarray) -> np.ndarray:
        """Return the sum over all workers, as `ring_all_reduce` does.

        Parameters
        ----------
        vector : ndarray, shape (n,)
            This worker's term, which is changed.

        Returns
        -------
        ndarray, shape (n,)
        """
        n = self.n_workers
        blocks = ring_blocks(vector.size, n)
        for r in range(2 * (n - 1)):
            came = self.swap(vector[blocks[(self.rank - r) % n]])
            block = blocks[(self.rank - 1 - r) % n]
            vector[block] = vector[block] + came if r < n - 1 else came
        return vector


def work(task: Task, place: Place, parent: Connection) -> None:
    """Walk through all batches with the others, and send the weights at the end.

    Parameters
    ----------
    task : Task
        What to do.
    place : Place
        With whom.
    parent : Connection
        Where the weights go.
    """
    theta = task.theta.copy()
    try:
        for _ in range(task.n_epochs):
            for X, Y, share in task.shards:
                gradient = place.all_reduce(task.part(theta, X, Y, share))
                theta = theta - task.eta * gradient
                if not np.isfinite(theta).all():
                    parent.send(None)
                    return
        parent.send(theta)
    except (EOFError, OSError):
        raise SystemExit(1) from None  # a neighbour is gone: the parent says so


def run_ring(tasks: list[Task]) -> list[np.ndarray]:
    """Start one process for each task, and return the weights they end with.

    Parameters
    ----------
    tasks : list of Task
        One for each worker.

    Returns
    -------
    list of ndarray, shape (n_parameters,)

    Raises
    ------
    RuntimeError
        If a worker ends before its work is done.
    ValueError
        If the weights overflow.
    """
    context: Any = multiprocessing.get_context("spawn")
    n = len(tasks)
    pipes = [context.Pipe(duplex=False) for _ in range(n)]  # worker k -> k + 1
    answers = [context.Pipe(duplex=False) for _ in range(n)]
    workers = []
    for k, task in enumerate(tasks):
        place = Place(k, n, pipes[k - 1][0], pipes[k][1])
        given = task, place, answers[k][1]
        workers.append(context.Process(target=work, args=given, daemon=True))
    try:
        for worker in workers:
            worker.start()
        # whoever keeps an end of a pipe hides that the other one is gone
        for end in [e for pipe in pipes for e in pipe] + [a[1] for a in answers]:
            end.close()
        ends = [answer.recv() for answer, _ in answers]
    except EOFError:
        for worker in workers:
            worker.join(5)
        codes = [worker.exitcode for worker in workers]
        raise RuntimeError(f"a worker was lost: their exit codes are {codes}") from None
    finally:
        for worker in workers:
            if worker.is_alive():
                worker.join(5)
            worker.kill()
        for answer, _ in answers:
            answer.close()
    if any(theta is None for theta in ends):
        what = f"eta={tasks[0].eta!r} is too large for this X and Y"
        raise ValueError(f"{what}: the weights overflowed. Take a smaller eta")
    return ends
