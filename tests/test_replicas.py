"""TensorFlow's strategies train as one process does."""

import re
import subprocess
import threading

import numpy as np
import pytest

from mlearth.learners import MLPRegressor, initial_weights, pack
from mlearth.networks import replicas
from mlearth.networks.replicas import train_replicas

pytestmark = pytest.mark.tf
RNG = np.random.default_rng(0)
X = RNG.normal(size=(53, 3))
Y = (np.sin(X[:, 0]) + X[:, 1] * X[:, 2])[:, None]
START = initial_weights([3, 7, 5, 1], random_state=1)


@pytest.mark.parametrize(("strategy", "n_ends"), [("mirrored", 1), ("workers", 2)])
def test_replicas_walk_as_one(strategy, n_ends):
    """27 and 26 rows, ten steps: our walk, and both processes alike, bit by bit."""
    alone = MLPRegressor(
        (7, 5), "tanh", "sgd", 0.1, batch_size=53, n_epochs=10, shuffle=False
    ).fit(X, Y[:, 0], start=START)
    ends = [pack(end) for end in train_replicas(START, X, Y, strategy, 2, 0.1).layers]
    assert len(ends) == n_ends
    # ten steps in double precision, each with sums in another order
    np.testing.assert_allclose(ends[0], pack(alone.layers_), rtol=0, atol=1e-13)
    assert all((end == ends[0]).all() for end in ends)


def test_a_lost_process_is_told(tmp_path):
    """What it wrote is shown; nobody waits for it."""
    with pytest.raises(RuntimeError, match=r"(?s)worker 0 of 1 ended with 1: .*job"):
        replicas.run(tmp_path, 1)  # there is no job


def test_a_killed_worker_ends_the_run(monkeypatch):
    """One of two is killed: nobody waits for it, and neither is left running."""
    started, start = [], subprocess.Popen

    def noted(*given, **named):
        started.append(start(*given, **named))
        if len(started) == 2:
            threading.Timer(1.0, started[1].kill).start()
        return started[-1]

    monkeypatch.setattr(replicas.subprocess, "Popen", noted)
    with pytest.raises(RuntimeError, match=r"worker \d of 2 ended with"):
        train_replicas(START, X, Y, "workers", 2, 1e-6, n_steps=10**6)
    assert all(process.poll() is not None for process in started)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"n_replicas": 54}, "n_replicas must be at most 53, the rows of X, got 54"),
        ({"n_replicas": 0}, "n_replicas must be a whole number from 1 to 64"),
        ({"n_steps": 2.5}, "n_steps must be a whole number from 1 to 1000000"),
        ({"eta": -1}, "eta must be a finite number > 0"),
        ({"strategy": "two"}, "strategy must be one of"),
        ({"X": X[:, :2]}, "X must be a table with 3 columns"),
    ],
)
def test_wrong_arguments_are_named(change, words):
    """An error says which argument and what is accepted, before anything starts."""
    given = {"layers": START, "X": X, "Y": Y} | change
    with pytest.raises(ValueError, match=re.escape(words)):
        train_replicas(**given)
