"""The benchmarks run and tell what they raced; how fast a learner is, no test says."""

import importlib.util
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


def loaded(name):
    """Return a benchmark as a module."""
    spec = importlib.util.spec_from_file_location(
        f"benchmark_of_{name}", FOLDER / f"{name}.py"
    )
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    return benchmark


@pytest.mark.filterwarnings("ignore")  # steps that have not converged on few samples
def test_every_learner_is_raced_or_named():
    """On few samples the table has a time for each case, and knows what it lacks."""
    benchmark = loaded("learners")
    table = benchmark.race(n_samples=100, n_turns=1)
    assert list(table.index) == list(benchmark.pairs())
    assert (table > 0).all(axis=None)
    assert not set(benchmark.without_peer()) & {"Ridge", "RandomForestClassifier"}


def test_stress_is_timed_both_ways():
    """In closed form and by forces, for a point each."""
    times = loaded("stress").microseconds(n_points=200)
    assert len(times) == 2
    assert min(times.values()) > 0
