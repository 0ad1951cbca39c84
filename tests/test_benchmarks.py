"""The benchmarks run and tell what they raced; how fast a learner is, no test says."""

import importlib.util
from pathlib import Path

import pytest

FILE = Path(__file__).parents[1] / "benchmarks" / "learners.py"


@pytest.mark.filterwarnings("ignore")  # steps that have not converged on few samples
def test_every_learner_is_raced_or_named():
    """On few samples the table has a time for each case, and knows what it lacks."""
    spec = importlib.util.spec_from_file_location("benchmark_of_learners", FILE)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    table = benchmark.race(n_samples=100, n_turns=1)
    assert list(table.index) == list(benchmark.pairs())
    assert (table > 0).all(axis=None)
    assert not set(benchmark.without_peer()) & {"Ridge", "RandomForestClassifier"}
