"""The benchmarks run and tell what they raced; how fast a learner is, no test says."""

import importlib.util
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


def benchmark_of(stem):
    """Load a benchmark by its path: it is no module of a package."""
    spec = importlib.util.spec_from_file_location(
        f"benchmark_of_{stem}", FOLDER / f"{stem}.py"
    )
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    return benchmark


@pytest.mark.filterwarnings("ignore")  # steps that have not converged on few samples
def test_every_learner_is_raced_or_named():
    """On few samples the table has a time for each case, and knows what it lacks."""
    benchmark = benchmark_of("learners")
    table = benchmark.race(n_samples=100, n_turns=1)
    assert list(table.index) == list(benchmark.pairs())
    assert (table > 0).all(axis=None)
    assert not set(benchmark.without_peer()) & {"Ridge", "RandomForestClassifier"}


@pytest.mark.filterwarnings("ignore")  # of GaMMA, where it is installed
def test_every_associator_is_raced_or_named():
    """At a low rate each one that is installed finds events; others are named."""
    benchmark = benchmark_of("association")
    table = benchmark.race(rates=(6.0,), n_seeds=1)
    raced = set(table.index.get_level_values("program"))
    assert raced | set(benchmark.absent()) == set(benchmark.RUNNERS)
    assert not raced & set(benchmark.absent())
    assert (table["recall"] > 0.5).all()
