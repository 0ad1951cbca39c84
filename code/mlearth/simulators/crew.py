"""Who does the work: this process, local processes, or a Dask cluster that exists."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .plan import Plan

__all__ = ["Crew", "blocks_in_order", "is_loss", "local_crew"]

LOSSES = {
    "BrokenProcessPool",
    "CancelledError",
    "CommClosedError",
    "FutureCancelledError",
    "KilledWorker",
    "LostRunError",
    "TerminatedWorkerError",
}
"""Errors that say that a worker died, and nothing about what it computed."""


class Crew:
    """An executor with the two verbs of a Dask client.

    Parameters
    ----------
    executor : object
        With ``submit``; None works in this process, when the result is asked for.
    n_workers : int
        How many work at once.
    """

    def __init__(self, executor: Any, n_workers: int):
        self.executor, self.n_workers = executor, n_workers

    def submit(self, function, *arguments, **options) -> Any:
        """Begin, and return what stands for the result."""
        if self.executor is None:
            return lambda: function(*arguments)
        return self.executor.submit(function, *arguments)

    def gather(self, future: Any) -> Any:
        """Return the result."""
        return future() if self.executor is None else future.result()


@contextmanager
def local_crew(n_workers: int) -> Iterator[Crew]:
    """Give processes that end with the work; one worker is this process itself.

    joblib's processes need no guard in a script, and take functions of a notebook.
    """
    if n_workers == 1:
        yield Crew(None, 1)
        return
    from joblib.externals.loky import ProcessPoolExecutor

    executor = ProcessPoolExecutor(max_workers=n_workers)
    try:
        yield Crew(executor, n_workers)
    finally:
        executor.shutdown(wait=True, kill_workers=True)


def blocks_in_order(
    client: Any, plan: Plan, numbers: list[int], n_ahead: int
) -> Iterator[tuple[int, bytes]]:
    """Yield blocks in their order; at most `n_ahead` wait in memory.

    Parameters
    ----------
    client : object
        With ``submit`` and ``gather``: a Crew, or a Dask client.
    plan : Plan
        What to simulate.
    numbers : list of int
        Which blocks.
    n_ahead : int
        How many are begun before the first is done.
    """
    begun: deque = deque()
    waiting = iter(numbers)
    try:
        while True:
            while len(begun) < n_ahead and (number := next(waiting, None)) is not None:
                begun.append((number, client.submit(plan.block, number, pure=False)))
            if not begun:
                return
            number, future = begun[0]
            block = client.gather(future)
            begun.popleft()
            yield number, block
    finally:
        for _, future in begun:
            getattr(future, "cancel", lambda: None)()


def is_loss(error: BaseException) -> bool:
    """Tell whether a worker died, from the names of the error's classes."""
    return bool(LOSSES & {kind.__name__ for kind in type(error).__mro__})
