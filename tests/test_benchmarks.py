"""The benchmarks run and tell what they raced; how fast something is, no test says."""

import importlib.util
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


def benchmark(name):
    """Load a program of the folder as a module."""
    spec = importlib.util.spec_from_file_location(f"benchmark_of_{name}", FOLDER / name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.filterwarnings("ignore")  # steps that have not converged on few samples
def test_every_learner_is_raced_or_named():
    """On few samples the table has a time for each case, and knows what it lacks."""
    learners = benchmark("learners.py")
    table = learners.race(n_samples=100, n_turns=1)
    assert list(table.index) == list(learners.pairs())
    assert (table > 0).all(axis=None)
    assert not set(learners.without_peer()) & {"Ridge", "RandomForestClassifier"}


def test_a_simulator_is_timed_where_its_peer_is_not_installed():
    """Ours has a speed, and the peer's is a number or says why there is none."""
    table = benchmark("simulators.py").race(years=2, n_turns=1)
    assert (table.ours > 0).all()
    for theirs in table.theirs:
        assert theirs in ("-", "not installed") or theirs > 0


def test_a_peer_that_is_installed_is_raced(monkeypatch):
    """The ratio of both speeds stands in the last column."""
    simulators = benchmark("simulators.py")
    monkeypatch.setattr(simulators, "catalogue_by_etas", lambda years: 100.0)
    table = simulators.race(years=2, n_turns=1)
    assert table["times as fast"].iloc[0] == table.ours.iloc[0] / 100
