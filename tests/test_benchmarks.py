"""The benchmarks run and tell what they raced; how fast a learner is, no test says."""

import importlib.util
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


def load(name):
    """Return the module of one benchmark."""
    path = FOLDER / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"benchmark_of_{name}", path)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    return benchmark


@pytest.mark.filterwarnings("ignore")  # steps that have not converged on few samples
def test_every_learner_is_raced_or_named():
    """On few samples the table has a time for each case, and knows what it lacks."""
    benchmark = load("learners")
    table = benchmark.race(n_samples=100, n_turns=1)
    assert list(table.index) == list(benchmark.pairs())
    assert (table > 0).all(axis=None)
    assert not set(benchmark.without_peer()) & {"Ridge", "RandomForestClassifier"}


@pytest.mark.filterwarnings("ignore")  # of packages that are raced
def test_a_peer_of_the_catalogues_is_raced_or_said_to_be_missing():
    """Each line tells a time, or that a peer is not installed."""
    benchmark = load("catalogues")
    said = "\n".join(benchmark.race(300, 600))
    assert "nearest event, 600 clustered events" in said
    for peer in ("numba", "bruces", "seismostats"):
        assert peer in said
