"""Simulated picks obey their laws: detection, errors, false picks, overlap."""

import inspect

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kstest, norm

from mlearth import simulators
from mlearth.seismology import StraightRays
from mlearth.simulators import (
    Picker,
    Seismicity,
    detection_probability,
    make_network,
    simulate_picks,
)

PERFECT = Picker(
    magnitude_50=-9.0,
    missed=0.0,
    false_per_hour=0.0,
    error_s=0.0,
    outliers=0.0,
    dead_time_s=0.0,
)
BUSY = Seismicity(rate_per_hour=400.0)
RING = make_network("ring", 8)


def near(found, expected, error, n_errors=4):
    """Within four standard errors: one seed in 16,000 falls outside."""
    return abs(found - expected) <= n_errors * error


@pytest.mark.parametrize("geometry", ["grid", "line", "random", "ring"])
@pytest.mark.parametrize("n", [1, 2, 7])
def test_a_network_lies_in_its_square(geometry, n):
    """Each geometry has n stations of different names and places within the square."""
    net = make_network(geometry, n, 50.0, random_state=3)
    assert net["station"].nunique() == n
    assert len(net[["x_km", "y_km"]].drop_duplicates()) == n
    assert net[["x_km", "y_km"]].min(axis=None) >= 0
    assert net[["x_km", "y_km"]].max(axis=None) <= 50


def test_a_ring_is_one():
    """All stations of a ring are 0.4 sides from the centre."""
    net = make_network("ring", 5, 10.0)
    np.testing.assert_allclose(np.hypot(net["x_km"] - 5, net["y_km"] - 5), 4)


def test_detection_by_hand():
    """At 100 km half detect magnitude_50; one spread above it, 84 %; the distance
    correction of Hutton and Boore at 10 km is 1.110 + 0.1701 smaller."""
    assert detection_probability([100.0], [1.5])[0] == pytest.approx(0.5)
    assert detection_probability([100.0], [1.8])[0] == pytest.approx(norm.cdf(1))
    at_10 = detection_probability([10.0], [1.5 - 1.110 - 0.1701], spread=2.0)
    assert at_10[0] == pytest.approx(0.5)


def test_detection_decays_and_is_flat_below_one_kilometre():
    """The chance falls with distance, grows with magnitude, has no pole at zero."""
    r = np.array([0.0, 0.5, 1.0, 3.0, 30.0, 300.0])
    chance = detection_probability(r, np.full(6, -0.5))
    assert chance[0] == chance[1] == chance[2]
    assert (np.diff(chance[2:]) < 0).all()
    assert (detection_probability(r, np.full(6, 0.5)) >= chance).all()


@pytest.mark.parametrize("seed", range(3))
def test_perfect_picks_are_the_arrivals(seed):
    """Without errors each station picks each P and S at its travel time."""
    made = simulate_picks(RING, BUSY, PERFECT, random_state=seed)
    picks, truth = made.data.picks, made.truth
    assert len(picks) == 2 * len(RING) * len(truth.events)
    both = picks.assign(event=truth.event).merge(RING, on="station")
    of = truth.events.loc[both["event"]].reset_index()
    km = np.sqrt(
        (both["x_km"] - of["x_km"]) ** 2
        + (both["y_km"] - of["y_km"]) ** 2
        + of["depth_km"] ** 2
    )
    slow = np.where(both["phase"] == "P", 6.0, 3.5)
    np.testing.assert_allclose(both["time_s"], of["time_s"] + km / slow, rtol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_earthquakes_are_poisson_and_gutenberg_richter(seed):
    """Counts, waits, sizes and depths follow their laws, to their standard errors."""
    quakes = Seismicity(duration_s=7200.0, rate_per_hour=1000.0, b_value=0.8)
    events = simulate_picks(RING[:1], quakes, PERFECT, random_state=seed).truth.events
    n = len(events)
    assert near(n, 2000, np.sqrt(2000))
    # a right law falls below 0.001 once in 1,000 seeds; six tests here
    waits = np.diff(events["time_s"])
    assert kstest(waits * 1000 / 3600, "expon").pvalue > 1e-3
    excess = events["magnitude"] - 1.0
    mean = np.log10(np.e) / 0.8
    assert near(excess.mean(), mean, mean / np.sqrt(n))  # of an exponential law
    depth = (events["depth_km"] - 2) / 13
    assert kstest(depth, "uniform").pvalue > 1e-3
    assert events["time_s"].is_monotonic_increasing


@pytest.mark.parametrize("seed", range(3))
def test_detections_happen_as_often_as_promised(seed):
    """In each tenth of the probabilities as many arrivals are heard as they add up to,
    and missing picks take their share."""
    hearing = Picker(false_per_hour=0.0, missed=0.3, error_s=0.0, dead_time_s=0.0)
    made = simulate_picks(RING, BUSY, hearing, random_state=seed)
    heard = made.data.picks.assign(event=made.truth.event)
    keys = ["station", "phase", "event"]
    arrivals = made.truth.arrivals
    is_heard = pd.MultiIndex.from_frame(arrivals[keys]).isin(
        pd.MultiIndex.from_frame(heard[keys])
    )
    chance = 0.7 * arrivals["probability"].to_numpy()
    for low in np.arange(0, 0.7, 0.1):
        inside = (chance >= low) & (chance <= low + 0.1)
        p = chance[inside]
        assert inside.sum() > 100
        error = np.sqrt(np.sum(p * (1 - p)))  # of independent trials
        assert near(is_heard[inside].sum(), p.sum(), error)


@pytest.mark.parametrize("seed", range(3))
def test_timing_errors_are_two_normals(seed):
    """The variance is sigma^2 (1 + 99 times the share of outliers), the kurtosis and
    the share beyond three sigma follow."""
    timed = Picker(
        magnitude_50=-9.0,
        missed=0.0,
        false_per_hour=0.0,
        error_s=0.2,
        outliers=0.1,
        dead_time_s=0.0,
    )
    made = simulate_picks(RING, BUSY, timed, random_state=seed)
    heard = made.data.picks.assign(event=made.truth.event)
    both = heard.merge(made.truth.arrivals, on=["station", "phase", "event"])
    error = (both["time_s_x"] - both["time_s_y"]).to_numpy() / 0.2
    n = len(error)
    fourth = 3 * (0.9 + 0.1 * 1e4)
    assert near(error.mean(), 0, np.sqrt(10.9 / n))
    assert near(np.mean(error**2), 10.9, np.sqrt((fourth - 10.9**2) / n))
    beyond = 0.9 * 2 * norm.sf(3) + 0.1 * 2 * norm.sf(0.3)
    share = np.mean(np.abs(error) > 3)
    assert near(share, beyond, np.sqrt(beyond * (1 - beyond) / n))


@pytest.mark.parametrize("seed", range(3))
def test_false_picks_are_poisson(seed):
    """Each station invents its own at the rate, uniformly in time, P as often as S."""
    quiet = Seismicity(duration_s=36_000.0, rate_per_hour=0.0)
    noisy = Picker(false_per_hour=30.0, dead_time_s=0.0)
    made = simulate_picks(RING, quiet, noisy, random_state=seed)
    picks = made.data.picks
    assert (made.truth.event == -1).all()
    counts = picks["station"].value_counts()
    assert len(counts) == 8
    assert (np.abs(counts - 300) < 4.5 * np.sqrt(300)).all()  # eight of them
    assert kstest(picks["time_s"] / 36_000, "uniform").pvalue > 1e-3
    assert near((picks["phase"] == "P").mean(), 0.5, 0.5 / np.sqrt(len(picks)))


@pytest.mark.parametrize("seed", range(3))
def test_overlap_follows_the_rate(seed):
    """An earthquake overlaps the one before it, within the longest S minus P, with
    the chance 1 - exp(-rate x time)."""
    quakes = Seismicity(duration_s=36_000.0, rate_per_hour=120.0)
    events = simulate_picks(RING[:1], quakes, PERFECT, random_state=seed).truth.events
    share = np.mean(np.diff(events["time_s"]) < 20)
    expected = 1 - np.exp(-120 / 3600 * 20)
    assert near(share, expected, np.sqrt(expected * (1 - expected) / len(events)))


def test_a_station_sleeps_after_a_pick():
    """No two picks of a station and phase are closer than the dead time, and the first
    of two is the one that stays."""
    awake = simulate_picks(RING, BUSY, Picker(dead_time_s=0.0))
    sleepy = simulate_picks(RING, BUSY, Picker(dead_time_s=5.0))
    gaps = sleepy.data.picks.groupby(["station", "phase"])["time_s"].diff().dropna()
    assert gaps.min() >= 5
    assert len(sleepy.data.picks) < len(awake.data.picks)
    first = ["station", "phase"]
    pd.testing.assert_frame_equal(
        sleepy.data.picks.groupby(first).first(),
        awake.data.picks.groupby(first).first(),
    )


def test_a_delay_belongs_to_its_station():
    """All picks of a station are late by its delay, which the truth holds."""
    late = Picker(**(vars(PERFECT) | {"delay_s": 0.5}))
    made = simulate_picks(RING, BUSY, late)
    heard = made.data.picks.assign(event=made.truth.event)
    both = heard.merge(made.truth.arrivals, on=["station", "phase", "event"])
    found = (both["time_s_x"] - both["time_s_y"]).groupby(both["station"])
    np.testing.assert_allclose(found.mean(), made.truth.delay_s, atol=1e-9)
    assert found.std().max() < 1e-9


def test_the_same_seed_gives_the_same_picks_and_another_does_not():
    """One seed, one record; the order of the stations does not change their names."""
    one, two, other = (simulate_picks(RING, random_state=s) for s in (5, 5, 6))
    pd.testing.assert_frame_equal(one.data.picks, two.data.picks)
    np.testing.assert_array_equal(one.truth.event, two.truth.event)
    assert not one.data.picks.equals(other.data.picks)
    assert one.seed == 5


def test_it_says_what_it_stands_for():
    """What the picks stand in for, and where they break down, comes with them."""
    made = simulate_picks(RING)
    assert "picks" in made.stands_in_for
    assert "rays bend" in made.breaks_down


def test_extremes_give_the_right_answer():
    """No earthquake, one station, stations at one place: empty or plain tables."""
    silent = Seismicity(rate_per_hour=0.0)
    made = simulate_picks(RING, silent, PERFECT)
    assert len(made.data.picks) == len(made.truth.event) == len(made.truth.events) == 0
    alone = simulate_picks(RING[:1], Seismicity(), PERFECT)
    assert len(alone.data.picks) == 2 * len(alone.truth.events)
    twins = RING[:2].assign(x_km=0.0, y_km=0.0)
    times = simulate_picks(twins, Seismicity(), PERFECT).data.picks["time_s"]
    assert (times[::2].to_numpy() == times[1::2].to_numpy()).all()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (lambda: Seismicity(rate_per_hour=-1.0), "rate_per_hour"),
        (lambda: Seismicity(rate_per_hour=1e12), "rate_per_hour"),
        (lambda: Seismicity(b_value=0.0), "b_value"),
        (lambda: Seismicity(duration_s=np.nan), "duration_s"),
        (lambda: Seismicity(shallowest_km=9.0, deepest_km=3.0), "deepest_km"),
        (lambda: Picker(missed=1.5), "missed"),
        (lambda: Picker(false_per_hour=-2.0), "false_per_hour"),
        (lambda: Picker(error_s=-0.1), "error_s"),
        (lambda: Picker(outliers="many"), "outliers"),
        (lambda: StraightRays(-6.0), "p_km_s"),
        (lambda: StraightRays(3.0, 4.0), "s_km_s"),
        (lambda: simulate_picks(RING[:0]), "stations"),
        (lambda: simulate_picks(RING.assign(x_km=np.nan)), r"stations\['x_km'\]"),
        (lambda: simulate_picks(RING.drop(columns="x_km")), "x_km"),
        (lambda: simulate_picks(RING.assign(station="A")), "different names"),
        (lambda: simulate_picks(RING, Picker()), "seismicity"),
        (lambda: simulate_picks(RING, picker=Seismicity()), "picker"),
        (lambda: simulate_picks(RING, travel_time=3), "travel_time"),
        (lambda: simulate_picks(RING, random_state=-1), "random_state"),
        (lambda: detection_probability([-1.0], [1.0]), "distance_km"),
        (lambda: make_network("star"), "geometry"),
        (lambda: make_network("ring", 0), "n_stations"),
    ],
)
def test_nonsense_is_named(given, named):
    """Each wrong argument is an error that names it."""
    with pytest.raises(ValueError, match=named):
        given()


def test_another_travel_time_is_used():
    """A callable takes the place of straight rays."""
    made = simulate_picks(RING, Seismicity(), PERFECT, lambda r, z, phase: 0 * r + 7.0)
    first = made.data.picks["time_s"].min()
    assert first == pytest.approx(made.truth.events["time_s"].min() + 7)


def test_functions_are_read_in_one_screen():
    """No function of the simulators' modules is longer than 60 lines of its code."""
    for name in simulators.__all__:
        found = getattr(simulators, name)
        if inspect.isfunction(found):
            code = inspect.getsource(found).replace(found.__doc__ or "", "")
            assert len(code.splitlines()) <= 60, name
