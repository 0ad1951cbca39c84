"""Execute pages, as many at a time as there are cores, the longest first."""

import itertools
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import warm_kernels
from nbformat import NotebookNode
from pace import slowness

SAMPLE_SECONDS = 0.5
PACE_EVERY = 20
"""Samples of memory for each of the machine's pace: one in ten seconds."""
COLOURS = re.compile(r"\x1b\[[\d;]*m")
UNKNOWN_MB = 700
"""What a page is thought to need of which nothing is known yet."""


@dataclass
class Job:
    """A page to be executed.

    Attributes
    ----------
    name : str
        The page, such as "book/course/primer".
    folder : pathlib.Path
        Where its kernel runs.
    notebook : NotebookNode
        Its cells; they get their outputs in place.
    seconds, peak_mb : float or None
        What it took last time.
    tensorflow : bool
        Whether its kernel should have read TensorFlow when it begins.
    """

    name: str
    folder: Path
    notebook: NotebookNode
    seconds: float | None = None
    peak_mb: float | None = None
    tensorflow: bool = False

    @property
    def length(self) -> tuple[bool, float]:
        """Sorts pages by their time; those without a record by cells, and above."""
        if self.seconds is None:
            return True, len(self.notebook.cells)
        return False, self.seconds


@dataclass
class Cost:
    """What an execution took, and the traceback if it failed.

    Attributes
    ----------
    seconds, processor_seconds : float
        Wall time, and the time of the kernel and of what it started.
    peak_mb : float or None
        Largest resident memory of these; None where it cannot be measured.
    error : str
        "" if every cell ran.
    slowness : float
        How many times longer than on a reference machine work takes here.
    """

    seconds: float
    processor_seconds: float
    peak_mb: float | None
    error: str
    slowness: float = 1.0


def memory_mb(process: psutil.Process) -> tuple[float, float]:
    """Return the peak [MB] of a process's own memory, and what of files it maps.

    The pages of a file, such as TensorFlow's program, are in memory once, however many
    processes map them.
    """
    status = Path(f"/proc/{process.pid}/status").read_text()
    peak, of_files = (
        int(re.search(rf"{name}:\s+(\d+) kB", status)[1]) / 1024
        for name in ("VmHWM", "RssFile")
    )
    return peak - of_files, of_files


class KernelWatch(threading.Thread):
    """Samples a kernel and what it starts, and the pace of the machine meanwhile."""

    def __init__(self):
        super().__init__(daemon=True)
        self.peak_mb, self._seconds, self._paces = 0.0, {}, []
        self._kernel: psutil.Process | None = None
        self._done = threading.Event()

    @property
    def processor_seconds(self) -> float:
        return sum(self._seconds.values())

    @property
    def slowness(self) -> float:
        """The machine's slowness, a mean over the time: it is seldom the same."""
        return float(np.mean([*self._paces, slowness()]))

    def follow(self, pid: int) -> None:
        """Watch the process `pid` from now on."""
        self._kernel = psutil.Process(pid)

    def run(self):
        for sample in itertools.count(1):
            if self._done.wait(SAMPLE_SECONDS):
                break
            self.look()
            if sample % PACE_EVERY == 0:
                self._paces.append(slowness(probes=1))

    def look(self, **_) -> None:
        """Take one sample."""
        try:
            kernel = self._kernel
            family = [kernel, *kernel.children(recursive=True)] if kernel else []
        except psutil.Error:
            return  # it ended while we looked
        own, of_files = np.reshape([self._sample(one) for one in family], (-1, 2)).T
        shared = of_files[:1].sum() + of_files[1:].max(initial=0)
        self.peak_mb = max(self.peak_mb, float(own.sum() + shared))

    def _sample(self, process: psutil.Process) -> tuple[float, float]:
        try:
            times = process.cpu_times()
            self._seconds[process.pid] = times.user + times.system
            return memory_mb(process)
        except (OSError, TypeError, psutil.Error):
            return 0.0, 0.0  # it ended while we looked, or this is not Linux

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self.join()


def execute(job: Job, timeout_s: float) -> Cost:
    """Run every cell of a page in a kernel of its own, until one fails."""
    from nbclient import NotebookClient
    from nbclient.exceptions import (
        CellExecutionError,
        CellTimeoutError,
        DeadKernelError,
    )

    client = NotebookClient(
        job.notebook,
        timeout=timeout_s,
        record_timing=False,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(job.folder)}},
    )
    began, error = time.perf_counter(), ""
    with KernelWatch() as watch:
        client.on_notebook_start = lambda **_: watch.follow(client.km.provisioner.pid)
        client.on_cell_executed = watch.look
        try:
            client.execute(env=warm_kernels.asking(job.tensorflow))
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as err:
            error = COLOURS.sub("", f"{type(err).__name__}: {err}")
    seconds = time.perf_counter() - began
    used = watch.processor_seconds
    return Cost(seconds, used, watch.peak_mb or None, error, watch.slowness)


def fits(job: Job) -> bool:
    """Say whether the memory that is free will hold a page."""
    needed_mb = job.peak_mb or UNKNOWN_MB
    return psutil.virtual_memory().available > needed_mb * 2**20


def run(
    jobs: list[Job], workers: int, timeout_s: float, keep: Callable[[Job, Cost], None]
) -> None:
    """Execute pages and hand each to `keep` when it is done.

    Parameters
    ----------
    jobs : list of Job
        In any order.
    workers : int
        Pages at a time; fewer while memory is short.
    timeout_s : float
        Seconds that one cell may take.
    keep : callable
        Is given the page and its cost.
    """
    waiting = sorted(jobs, key=lambda job: job.length, reverse=True)
    running, left = {}, len(jobs)
    with warm_kernels.warm(), ThreadPoolExecutor(workers) as pool:
        try:
            while waiting or running:
                while waiting and len(running) < workers:
                    if running and not fits(waiting[0]):
                        break
                    job = waiting.pop(0)
                    running[pool.submit(execute, job, timeout_s)] = job
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    job, cost, left = running.pop(done), done.result(), left - 1
                    tell(job, cost, left)
                    keep(job, cost)
        except BaseException:
            for kernel in psutil.Process().children(recursive=True):
                kernel.kill()  # else the pool would wait for pages nobody wants
            waiting.clear()
            raise


def tell(job: Job, cost: Cost, left: int) -> None:
    """Print one line of progress."""
    how = "failed after" if cost.error else "executed in"
    print(f"{job.name}: {how} {cost.seconds:.1f} s; {left} left", flush=True)
