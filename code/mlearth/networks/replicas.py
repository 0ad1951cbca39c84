"""Train one network as several replicas, each on its shard of the batch."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np

from .._arguments import Matrix, Positive, checked, count, wrong
from .._arguments import Outputs as Target
from ..learners.neural._types import Activation, Layer, Layers, Workers
from ..learners.neural.backpropagation import _fits
from . import replica

__all__ = ["Replicas", "train_replicas"]

PATIENCE_S = 120  # for imports on a busy machine; the training itself takes seconds


@dataclass(frozen=True)
class Replicas:
    """What `train_replicas` returns.

    Attributes
    ----------
    layers : list of list of (W, b)
        The network that each process ends with.
    seconds : float
        Median time of a step in the first process [s]; it differs from run to run.
    """

    layers: list[list[Layer]]
    seconds: float


def _enough_rows(
    layers: list[Layer], X: np.ndarray, n_replicas: int = 2, **more
) -> None:
    """Raise unless everything fits and each replica has a row."""
    _fits(layers, X, **more)
    if n_replicas > len(X):
        raise wrong("n_replicas", f"at most {len(X)}, the rows of X", n_replicas)


@checked(also=_enough_rows)
def train_replicas(
    layers: Layers,
    X: Matrix,
    Y: Target,
    strategy: Literal["one", "mirrored", "workers"] = "mirrored",
    n_replicas: Workers = 2,
    eta: Positive = 0.01,
    n_steps: Annotated[int, count(1, 10**6)] = 10,
    activation: Activation = "tanh",
) -> Replicas:
    """Take steps on half the mean squared error, with TensorFlow's own strategies.

    Parameters
    ----------
    layers : list of (W, b)
        Where to start, as in `mlearth.learners.forward`.
    X : array_like, shape (n_samples, n_features)
        Samples: the batch of every step.
    Y : array_like, shape (n_samples, n_outputs)
        Targets.
    strategy : {"one", "mirrored", "workers"}
        One device; `MirroredStrategy` on logical devices of this machine's processor;
        or `MultiWorkerMirroredStrategy`, processes that talk over 127.0.0.1.
    n_replicas : int
        How many shares of the batch, from 1 to 64, a row or more for each; "one"
        takes it whole.
    eta : float
        Learning rate, > 0.
    n_steps : int
        Number of steps, from 1 to a million.
    activation : {"tanh", "relu", "sigmoid", "identity"}
        What bends the sums of all layers but the last.

    Returns
    -------
    Replicas
        The weights of each process, in double precision, and the time of a step.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or an argument is not as described.
    RuntimeError
        If a process is lost; it shows what the process wrote.

    Notes
    -----
    ``abadi2016tensorflow``. It runs in processes of its own, which take some seconds
    and 500 MB each to import TensorFlow. Batch normalisation would need
    ``keras.layers.BatchNormalization(synchronized=True)``.

    Examples
    --------
    ::

        train_replicas(initial_weights([4, 16, 1]), X, y[:, None], "workers").layers
    """
    n = 1 if strategy == "one" else n_replicas
    facts = {"strategy": strategy, "n_replicas": n, "n_layers": len(layers)}
    facts |= {"X": X, "Y": Y, "eta": eta, "n_steps": n_steps, "activation": activation}
    for k, (W, b) in enumerate(layers):
        facts |= {f"W{k}": W, f"b{k}": b}
    with tempfile.TemporaryDirectory() as folder:
        np.savez(Path(folder) / "job.npz", **facts)
        answers = run(Path(folder), n if strategy == "workers" else 1)
    ends = []
    for answer in answers:
        parts = [answer[f"arr_{k}"] for k in range(2 * len(layers))]
        ends.append(list(zip(parts[::2], parts[1::2], strict=True)))
    return Replicas(ends, float(answers[0]["seconds"]))


def free_ports(n: int) -> list[int]:
    """Return numbers of ports of 127.0.0.1 that nobody listens on.

    Parameters
    ----------
    n : int
        How many.

    Returns
    -------
    list of int
    """
    with ExitStack() as stack:
        taken = [stack.enter_context(socket.socket()) for _ in range(n)]
        for one in taken:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in taken]


def run(folder: Path, n_processes: int) -> list[dict]:
    """Run processes on ``job.npz`` until all have answered.

    Parameters
    ----------
    folder : Path
        Where the job lies, and the answers will.
    n_processes : int
        How many; several find each other by TF_CONFIG.

    Returns
    -------
    list of dict
        What each process wrote.

    Raises
    ------
    RuntimeError
        If one of them fails, or takes too long; the others are ended.
    """
    cluster = {"worker": [f"127.0.0.1:{port}" for port in free_ports(n_processes)]}
    processes: list[subprocess.Popen] = []
    try:
        for k in range(n_processes):
            place = {"cluster": cluster, "task": {"type": "worker", "index": k}}
            quiet = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
            quiet["MALLOC_ARENA_MAX"] = "1"  # less memory for many threads
            env = os.environ | quiet | {"KERAS_BACKEND": "tensorflow"}
            env.pop("TF_CONFIG", None)
            if n_processes > 1:
                env["TF_CONFIG"] = json.dumps(place)
            job = [str(folder / "job.npz"), str(folder / f"{k}.npz")]
            command = [sys.executable, "-P", replica.__file__, *job]
            with open(folder / f"{k}.txt", "wb") as log:
                given = {"stdout": log, "stderr": log, "env": env}
                processes.append(subprocess.Popen(command, **given))
        wait(processes, folder)
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return [dict(np.load(folder / f"{k}.npz")) for k in range(n_processes)]


def wait(processes: list[subprocess.Popen], folder: Path) -> None:
    """Return when all processes have ended well.

    Parameters
    ----------
    processes : list of subprocess.Popen
        The processes.
    folder : Path
        Where each writes its messages.

    Raises
    ------
    RuntimeError
        If one fails, or they take too long.
    """
    until = time.monotonic() + PATIENCE_S
    while any(code := [process.poll() for process in processes]) or None in code:
        lost = [k for k, each in enumerate(code) if each]
        if lost or time.monotonic() > until:
            k = lost[0] if lost else code.index(None)
            said = (folder / f"{k}.txt").read_text(errors="replace")[-2000:]
            how = f"ended with {code[k]}" if lost else f"took over {PATIENCE_S} s"
            raise RuntimeError(f"worker {k} of {len(code)} {how}: {said}")
        time.sleep(0.05)
