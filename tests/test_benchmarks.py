"""The benchmarks run and tell what they raced; how fast something is, no test says."""

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


def test_stress_is_timed_both_ways():
    """In closed form and by forces, for a point each."""
    times = benchmark_of("stress").microseconds(n_points=200)
    assert len(times) == 2
    assert min(times.values()) > 0


def test_travel_times_are_raced_and_agree(tmp_path, monkeypatch):
    """Each race names its peers, and all that is installed gives the same physics."""
    monkeypatch.setenv("MLEARTH_CACHE", str(tmp_path))
    benchmark = benchmark_of("travel_times")
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
    benchmark = benchmark_of("catalogues")
    said = "\n".join(benchmark.race(300, 600))
    assert "nearest event, 600 clustered events" in said
    for peer in ("numba", "bruces", "seismostats"):
        assert peer in said


def test_the_laboratory_is_timed_beside_scipy():
    """Cycles, records and pulses each have a speed; the pulse has a peer."""
    table = benchmark_of("acoustic_emission").race(n_cycles=3, n_bursts=1, n_turns=1)
    assert (table["ours"] > 0).all()
    assert list(table["peer"]) == ["none", "none", "scipy lsim"]
    assert table["times as fast"].notna().sum() == 1


@pytest.mark.filterwarnings("ignore")  # of GaMMA, where it is installed
def test_every_associator_is_raced_or_named():
    """At a low rate each one that is installed finds events; others are named."""
    benchmark = benchmark_of("association")
    table = benchmark.race(rates=(6.0,), n_seeds=1)
    raced = set(table.index.get_level_values("program"))
    assert raced | set(benchmark.absent()) == set(benchmark.RUNNERS)
    assert not raced & set(benchmark.absent())
    assert (table["recall"] > 0.5).all()


def test_a_simulator_is_timed_where_its_peer_is_not_installed():
    """Ours has a speed, and the peer's is a number or says why there is none."""
    small = {"years": 2, "n_turns": 1, "side": 16, "n_traces": 20}
    table = benchmark_of("simulators").race(**small)
    assert (table.ours > 0).all()
    for theirs in table.theirs:
        assert theirs in ("-", "not installed") or theirs > 0


def test_a_peer_that_is_installed_is_raced(monkeypatch):
    """The ratio of both speeds stands in the last column."""
    simulators = benchmark_of("simulators")
    monkeypatch.setattr(simulators, "catalogue_by_etas", lambda years: 100.0)
    table = simulators.race(years=2, n_turns=1, side=16, n_traces=20)
    assert table["times as fast"].iloc[0] == table.ours.iloc[0] / 100


@pytest.mark.tf
def test_a_day_is_annotated_beside_seisbench_or_without_it():
    """Ours has a time; the peer's is a number, or NaN where it is not installed."""
    table = benchmark_of("annotate").race(hours=0.05)
    assert (table.iloc[0] > 0).all()
    assert len(table) == 2
