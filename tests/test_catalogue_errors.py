"""Claims about what an observer sees of a simulated catalogue, and about swarms."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from mlearth.learners import haversine_km
from mlearth.seismology import EtasParameters
from mlearth.simulators import (
    Simulated,
    observe_catalogue,
    simulate_etas,
    simulate_injection,
    simulate_swarm,
)

BOX = (34.0, 37.0, -120.0, -116.0)
LAWS = EtasParameters.with_branching_ratio(
    0.5, background_per_day=5.0, alpha=0.8, c_days=0.01, p=1.2, max_magnitude=6.0
)
QUIET = EtasParameters(background_per_day=1.0, k=0, alpha=0, c_days=0.1, p=1.1)


def catalogue(time_days, magnitude):
    """Return a catalogue at the equator, written by hand."""
    zero = np.zeros(len(time_days))
    columns = {"time_days": time_days, "latitude_deg": zero, "longitude_deg": zero}
    data = pd.DataFrame(columns | {"magnitude": magnitude})
    return Simulated(data, None, "a test", "everywhere", 0)


def distance_km(places, other):
    """Return distances between places of shape (n, 2) and one other."""
    return haversine_km(np.asarray(places), np.array([other]))[:, 0]


def test_small_earthquakes_are_lost_after_large_ones():
    """One day after M 7 all above 2.5 are seen, after 0.01 days those above 4."""
    seen = catalogue(
        [0.0, 1.0, 10.0, 10.01, 10.01, 10.011, 11.001, 11.002],
        [2.0, 2.0, 7.0, 3.9, 4.1, 7.2, 2.4, 2.9],
    )
    # 11.002 is 0.991 days after M 7.2: 2.7 and a little; 11.001 is below 2.5
    left = observe_catalogue(seen).data.magnitude.tolist()
    assert left == [2.0, 2.0, 7.0, 4.1, 7.2, 2.9]
    assert len(observe_catalogue(seen, short_term=False).data) == 8


def test_an_earthquake_of_the_same_instant_does_not_hide_a_larger_one():
    """Ties in time: the smaller is lost, the larger stays."""
    seen = observe_catalogue(catalogue([0.0, 5.0, 5.0, 5.0], [1.0, 6.0, 2.0, 6.5]))
    assert seen.data.magnitude.tolist() == [1.0, 6.0, 6.5]


@pytest.mark.parametrize("latitude", [0.0, 60.0, 89.9])
def test_errors_of_places_have_their_size(latitude):
    """To the north and to the east 3 km, so 3 sqrt(2) km in root mean square."""
    found = catalogue(np.arange(4000.0), np.ones(4000))
    found.data["latitude_deg"], found.data["longitude_deg"] = latitude, 179.99
    data = observe_catalogue(found, location_error_km=3.0).data
    r = distance_km(data[["latitude_deg", "longitude_deg"]], (latitude, 179.99))
    # the mean of 4,000 squares, each as large as its error: 1.6 %
    assert np.mean(r**2) == pytest.approx(18, rel=3 / math.sqrt(4000))
    assert data.longitude_deg.between(-180, 180).all()


def test_errors_of_magnitudes_have_their_size_and_bins_their_width():
    """Normal with 0.2, and then multiples of a tenth."""
    found = catalogue(np.arange(4000.0), np.full(4000, 3.0))
    magnitude = observe_catalogue(found, magnitude_error=0.2).data.magnitude
    assert magnitude.mean() == pytest.approx(3, abs=3 * 0.2 / math.sqrt(4000))
    assert magnitude.std() == pytest.approx(0.2, rel=3 / math.sqrt(8000))
    binned = observe_catalogue(found, magnitude_error=0.2, bin_width=0.1).data
    tenths = binned.magnitude * 10
    assert np.abs(tenths - tenths.round()).max() < 1e-6


def test_errors_lift_the_rate_above_a_completeness():
    """More small ones rise than large ones fall: by exp((beta sigma)^2 / 2)."""
    quiet = EtasParameters(background_per_day=400, k=0, alpha=0, c_days=0.1, p=1.1)
    found = simulate_etas(quiet, 400.0, BOX, burn_in_days=0)
    seen = observe_catalogue(
        found, short_term=False, magnitude_error=0.3, magnitude_of_completeness=2.0
    )
    before = (found.data.magnitude >= 2).sum()
    lifted = math.exp((math.log(10) * 0.3) ** 2 / 2)
    # counts of 1,600 and 2,000, most of them the same earthquakes
    assert len(seen.data) / before == pytest.approx(lifted, rel=3 / math.sqrt(before))


def test_the_truth_stays_and_ids_still_find_it():
    """What is lost from the data is not lost from the truth."""
    found = simulate_etas(LAWS, 200.0, BOX)
    seen = observe_catalogue(found, bin_width=0.1, magnitude_of_completeness=1.0)
    assert seen.truth is found.truth
    assert len(seen.data) < len(found.data)
    true = found.truth.events.loc[seen.data.index, "magnitude"]
    assert np.abs(true - seen.data.magnitude).max() <= 0.05 + 1e-9


def test_a_completeness_above_the_largest_magnitude_is_refused():
    """Nothing would be left; an empty catalogue stays an empty one."""
    found = simulate_etas(LAWS, 50.0, BOX)
    with pytest.raises(ValueError, match="magnitude_of_completeness must be at most"):
        observe_catalogue(found, magnitude_of_completeness=9.0)
    empty = catalogue([], [])
    assert len(observe_catalogue(empty, magnitude_of_completeness=9.0).data) == 0


def test_a_swarm_adds_its_earthquakes_where_and_when_it_should():
    """Poisson in number, normal in time, and normal in both directions."""
    asked = {"centre": (36.0, -117.5), "mean_events": 900.0, "peak_days": 60.0}
    found = simulate_swarm(QUIET, 100.0, BOX, width_days=4.0, **asked)
    events = found.truth.events
    swarm = events[events.source == "swarm"]
    assert len(swarm) == pytest.approx(900, abs=3 * 30)
    assert stats.kstest(swarm.time_days, "norm", (60, 4)).pvalue > 0.0027
    r = distance_km(swarm[["latitude_deg", "longitude_deg"]], (36.0, -117.5))
    assert stats.kstest(r / 2, "rayleigh").pvalue > 0.0027
    assert (events.source == "background").sum() == pytest.approx(100, abs=30)


def test_what_a_swarm_triggers_belongs_to_it():
    """The source is handed down, and half of the swarm's cascade is aftershocks."""
    asked = {"centre": (36.0, -117.5), "mean_events": 400.0, "peak_days": 200.0}
    short = {"background_per_day": 0.1, "alpha": 0.8, "c_days": 0.01, "p": 1.2}
    laws = EtasParameters.with_branching_ratio(
        0.5, taper_days=5.0, max_magnitude=4.0, **short
    )
    totals = []
    for seed in range(30):
        found = simulate_swarm(
            laws, 400.0, BOX, width_days=10.0, random_state=seed, **asked
        )
        events = found.truth.events
        totals.append((events.source == "swarm").sum())
        children = events[events.parent_id >= 0]
        parents = events.source.to_numpy()[children.parent_id]
        assert (children.source.to_numpy() == parents).all()
    # forty taper times after the swarm nothing is missing
    error = np.std(totals, ddof=1) / math.sqrt(30)
    assert np.mean(totals) == pytest.approx(800, abs=3 * error)


def test_injection_drives_a_front_that_grows_with_the_root_of_time():
    """Evenly over the disc r < sqrt(4 pi D t), and only while fluid is pumped."""
    found = simulate_injection(
        QUIET,
        100.0,
        BOX,
        well=(36.0, -117.5),
        mean_events=900.0,
        start_days=20.0,
        stop_days=50.0,
        diffusivity_m2_s=0.5,
    )
    induced = found.truth.events[found.truth.events.source == "injection"]
    assert stats.kstest((induced.time_days - 20) / 30, "uniform").pvalue > 0.0027
    r = distance_km(induced[["latitude_deg", "longitude_deg"]], (36.0, -117.5))
    front_km = np.sqrt(4 * np.pi * 0.5e-6 * 86400 * (induced.time_days - 20))
    assert stats.kstest((r / front_km) ** 2, "uniform").pvalue > 0.0027


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"well": (99.0, 0.0)}, "well must be .latitude, longitude."),
        ({"stop_days": 10.0}, "stop_days must be > start_days, 20"),
        ({"stop_days": 500.0}, "stop_days must be > start_days, 20, and <= 100"),
        ({"mean_events": -1.0}, "mean_events must be a finite number >= 0"),
        ({"mean_events": 1e12}, "mean_events must be such that"),
        ({"diffusivity_m2_s": 0.0}, "diffusivity_m2_s must be a finite number > 0"),
    ],
)
def test_a_senseless_injection_is_refused_by_name(change, message):
    """Before anything is drawn."""
    usual = {"well": (36.0, -117.5), "mean_events": 50.0}
    usual |= {"start_days": 20.0, "stop_days": 50.0}
    with pytest.raises(ValueError, match=message):
        simulate_injection(QUIET, 100.0, BOX, **usual | change)


def test_only_a_catalogue_can_be_observed():
    """Neither a table nor something else that was simulated."""
    for wrong in (catalogue([0.0], [1.0]).data, Simulated(3, 3, "", "", 0)):
        with pytest.raises(ValueError, match="simulated must be a simulated catalog"):
            observe_catalogue(wrong)
