"""The benchmarks run and tell what they raced; how fast a learner is, no test says."""

import importlib.util
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


def loaded(name):
    """Return a benchmark as a module."""
    path = FOLDER / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"benchmark_of_{name}", path)
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


def test_travel_times_are_raced_and_agree(tmp_path, monkeypatch):
    """Each race names its peers, and all that is installed gives the same physics."""
    monkeypatch.setenv("MLEARTH_CACHE", str(tmp_path))
    benchmark = loaded("travel_times")
    table, taup = benchmark.globe(n=5).values()
    assert 100 * table[0] < taup[0]  # it is some 60,000; processor time, not the clock
    assert table[1] < 0.35  # the largest error that the table admits
    factored, plain, scikit = benchmark.section(n=41).values()
    assert factored[1] < plain[1] / 5
    assert len(scikit) == 2
    assert max(gap for _, gap in benchmark.hypocentre().values()) < 0.5  # a node


@pytest.mark.filterwarnings("ignore")  # of packages that are raced
def test_a_peer_of_the_catalogues_is_raced_or_said_to_be_missing():
    """Each line tells a time, or that a peer is not installed."""
    benchmark = loaded("catalogues")
    said = "\n".join(benchmark.race(300, 600))
    assert "nearest event, 600 clustered events" in said
    for peer in ("numba", "bruces", "seismostats"):
        assert peer in said
