"""Picks become events, and both are scored: known truth, hand counts, peers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from mlearth.evaluation import score_events, score_picks
from mlearth.evaluation.picks_and_events import match_picks
from mlearth.seismology import StraightRays, associate, stack_origin_times
from mlearth.seismology.arrivals import Arrivals
from mlearth.seismology.pyocto_peer import has_pyocto
from mlearth.seismology.refine import refine_origin
from mlearth.simulators import Picker, Seismicity, make_network, simulate_picks

NET = make_network("random", 12, random_state=0)
CLEAN = Picker(
    magnitude_50=-9.0, missed=0.0, false_per_hour=0.0, error_s=0.0, outliers=0.0
)
BOTH = ["back_projection", *["pyocto"] * has_pyocto()]
"""PyOcto has no wheel for Python 3.13: there its absence is tested."""


def scored(made, found):
    """The score of events that have six picks at least."""
    truth = made.truth
    return score_events(truth.events, truth.event, found.events, found.event, 6)


@pytest.mark.parametrize("associator", BOTH)
@pytest.mark.parametrize("seed", range(3))
def test_clean_picks_give_back_their_events(associator, seed):
    """Without errors every event is found, with all of its picks and no other."""
    made = simulate_picks(NET, Seismicity(rate_per_hour=8.0), CLEAN, random_state=seed)
    found = associate(made.data.picks, NET, associator)
    score = scored(made, found)
    assert score.f1 == score.purity == 1
    assert score.completeness > 0.99
    if associator == "back_projection":  # PyOcto's places are its nodes
        assert score.error["epicentre_km"].max() < 0.1
        assert score.error["time_s"].abs().max() < 0.05


@pytest.mark.parametrize("associator", BOTH)
def test_overlapping_events_are_kept_apart(associator):
    """One a minute, with false and missed picks and outliers, over three records: nine
    of ten events are found, nine of ten found ones are real, picks are 95 % pure."""
    scores = []
    for seed in range(3):
        quakes = Seismicity(rate_per_hour=60.0)
        made = simulate_picks(NET, quakes, random_state=seed)
        scores.append(scored(made, associate(made.data.picks, NET, associator)))
    assert np.mean([score.recall for score in scores]) > 0.9
    assert np.mean([score.precision for score in scores]) > 0.9
    assert np.mean([score.purity for score in scores]) > 0.95
    assert np.median(np.concatenate([s.error["epicentre_km"] for s in scores])) < 2


@pytest.mark.parametrize("associator", BOTH)
def test_false_picks_alone_make_few_events(associator):
    """An hour with 120 false picks and no earthquake gives no event of eight picks."""
    noisy = Picker(false_per_hour=10.0)
    made = simulate_picks(NET, Seismicity(rate_per_hour=0.0), noisy)
    found = associate(made.data.picks, NET, associator, min_picks=8)
    assert len(found.events) == 0
    assert (found.event == -1).all()


def test_two_earthquakes_at_one_moment_in_two_places():
    """Their picks interleave, and each finds its own."""
    events = pd.DataFrame({"x_km": [20.0, 80.0], "y_km": [20.0, 80.0], "depth_km": 8.0})
    rays, rows = StraightRays(), []
    for i, (x, y, z) in enumerate(events.to_numpy()):
        for station in NET.itertuples():
            km = np.hypot(station.x_km - x, station.y_km - y)
            rows += [(station.station, p, 100 + rays(km, z, p), i) for p in "PS"]
    picks = pd.DataFrame(rows, columns=["station", "phase", "time_s", "event"])
    found = associate(picks, NET)
    score = score_events(
        events.assign(time_s=100.0), picks["event"], found.events, found.event
    )
    assert score.f1 == 1
    assert score.completeness > 0.9
    assert score.error["epicentre_km"].max() < 1


@pytest.mark.parametrize("associator", BOTH)
def test_the_order_of_picks_and_stations_does_not_matter(associator):
    """Shuffled picks get the same events, each pick its own."""
    made = simulate_picks(NET, Seismicity(rate_per_hour=10.0), random_state=4)
    picks = made.data.picks
    order = np.random.default_rng(0).permutation(len(picks))
    usual = associate(picks, NET, associator)
    mixed = associate(picks.iloc[order], NET[::-1], associator)
    assert len(mixed.events) == len(usual.events)
    agree = np.mean(usual.event[order] == mixed.event)
    assert agree > 0.99  # a pick at the edge of the tolerance may fall either way


@pytest.mark.parametrize("associator", BOTH)
def test_few_picks_or_one_station_make_no_event(associator):
    """No pick, fewer than asked for, or one station alone: an empty answer."""
    made = simulate_picks(NET, Seismicity(rate_per_hour=10.0), CLEAN)
    picks = made.data.picks
    for some in (picks[:0], picks[:3]):
        found = associate(some, NET, associator)
        assert len(found.events) == 0
        assert found.event.tolist() == [-1] * len(some)
    alone = picks[picks["station"] == "S000"]
    assert len(associate(alone, NET[:1], associator, min_picks=4).events) == 0


def test_twins_at_one_place_are_two_stations():
    """Stations at the same place count twice, and harm nothing."""
    twins = pd.concat([NET, NET.assign(station=NET["station"] + "b")])
    made = simulate_picks(twins, Seismicity(rate_per_hour=5.0), CLEAN)
    assert scored(made, associate(made.data.picks, twins)).f1 == 1


def test_back_projection_counts_by_hand():
    """At the second node three origin times agree within a second, their mean is 5."""
    origin = np.array([[0.0, 3.0, 6.0, 9.0], [5.4, 20.0, 4.6, 5.0]])
    node, time_s, count = stack_origin_times(origin, 0.5)
    assert (node, count) == (1, 3)
    assert time_s == pytest.approx(5)


@pytest.mark.parametrize("seed", range(10))
def test_back_projection_counts_as_loops_do(seed):
    """The sorted search finds the count that a loop over all windows finds."""
    rng = np.random.default_rng(seed)
    origin = rng.uniform(0, 10, (7, 23)).round(1)
    _, _, count = stack_origin_times(origin, 0.35)
    loops = max(
        int(np.sum((row >= start) & (row <= start + 2 * 0.35)))
        for row in origin
        for start in row
    )
    assert count == loops


def one_pick(times, phase="P"):
    return pd.DataFrame({"station": "A", "phase": phase, "time_s": times})


@pytest.mark.parametrize("seed", range(3))
def test_a_refined_origin_has_no_better_neighbour(seed):
    """With late picks and one outlier: a step of any kind makes the misfit larger."""
    rng, late = np.random.default_rng(seed), np.zeros(16)
    x, y = rng.uniform(-40, 40, (2, 16))
    truth = np.array([5.0, *rng.uniform(-20, 20, 2), 9.0])
    arrivals = Arrivals(np.arange(16), np.arange(16) % 2 == 0, late, x, y)

    def times(origin):
        distance = np.hypot(origin[1] - x, origin[2] - y)
        depth = np.full(16, origin[3])
        return origin[0] + arrivals.travel_times(distance, depth, StraightRays())

    def misfit(origin):
        return np.sum(np.sqrt(1 + ((times(origin) - late) / 0.5) ** 2))

    late += times(truth) + rng.normal(0, 0.1, 16)
    late[3] += 30
    start = truth + np.array([1.0, 5.0, -5.0, 3.0])
    found = refine_origin(arrivals, start, StraightRays(), 0.5)
    assert np.linalg.norm((found - truth)[1:3]) < 1.5
    steps = 0.01 * np.vstack([np.eye(4), -np.eye(4)])
    assert all(misfit(found) < misfit(found + step) for step in steps)


def test_picks_scored_by_hand():
    """Of true 1, 5, 9 and found 1.3, 1.4, 5.5, 20: two match within 0.5 s, a second
    pick of the first is false; precision 2/4, recall 2/3, F1 4/7."""
    score = score_picks(one_pick([9.0, 1.0, 5.0]), one_pick([20.0, 1.4, 5.5, 1.3]), 0.5)
    assert (score.precision, score.recall) == (0.5, pytest.approx(2 / 3))
    assert score.f1 == pytest.approx(4 / 7)
    np.testing.assert_allclose(score.residual_s, [0.3, 0.5])


def test_a_p_does_not_match_an_s():
    """The phase and the station have to be the same."""
    assert score_picks(one_pick([1.0]), one_pick([1.0], "S")).n_matched == 0
    other = one_pick([1.0]).assign(station="B")
    assert score_picks(one_pick([1.0]), other).n_matched == 0


def test_nothing_true_or_nothing_found_is_told():
    """Shares of nothing are NaN; what is not found at all has recall 0 and F1 0."""
    none, some = one_pick([]), one_pick([1.0])
    empty = score_picks(none, none)
    assert np.isnan([empty.precision, empty.recall, empty.f1]).all()
    missed = score_picks(some, none)
    assert (missed.recall, missed.f1) == (0, 0)
    assert np.isnan(missed.precision)


times = st.lists(st.integers(0, 30), min_size=1, max_size=12)


@given(times, times)
def test_no_pairing_has_more_pairs(true, found):
    """As many pairs as the assignment problem's best, also with ties; each is used
    once and within the tolerance."""
    a, b = np.sort(np.array(true, float)), np.sort(np.array(found, float))
    pairs = match_picks(a, b, 2.0)
    near = np.abs(a[:, None] - b) <= 2
    rows, columns = linear_sum_assignment(-near.astype(float))
    assert len(pairs) == near[rows, columns].sum()
    assert near[tuple(pairs.T)].all()
    assert all(len(set(side)) == len(side) for side in pairs.T)


PLACES = pd.DataFrame(
    {"time_s": [0.0, 60.0], "x_km": [0.0, 30.0], "y_km": [0.0, 40.0], "depth_km": 5.0}
)


def test_events_scored_by_hand():
    """Of two true events one is found with 3 of its 4 picks and one of another; a
    second found event has false picks alone: F1 1/2, purity 3/4, completeness 3/4."""
    true = [0, 0, 0, 0, 1, 1, -1, -1]
    found = [1, 1, 1, -1, 1, -1, 0, 0]
    places = PLACES[::-1].reset_index(drop=True)
    score = score_events(PLACES, true, places, found)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)
    assert (score.purity, score.completeness) == (0.75, 0.75)
    assert score.error[["true", "found"]].to_numpy().tolist() == [[0, 1]]
    assert score.error["epicentre_km"].tolist() == [0.0]


def test_an_event_split_in_two_is_found_once():
    """Both halves are its own; one counts, the other is false."""
    score = score_events(PLACES[:1], [0] * 5, PLACES, [0, 0, 0, 1, 1])
    assert (score.n_matched, score.precision, score.recall) == (1, 0.5, 1.0)
    assert score.completeness == 0.6


def test_two_events_run_together_are_one_found_or_none():
    """A found event with half of its picks from each matches neither; with more than
    half from one, that one."""
    even = score_events(PLACES, [0, 0, 1, 1], PLACES[:1], [0, 0, 0, 0])
    assert even.n_matched == 0
    most = score_events(PLACES, [0, 0, 0, 1, 1], PLACES[:1], [0] * 5)
    assert (most.recall, most.purity) == (0.5, 0.6)


def test_small_events_count_neither_way():
    """An event with too few picks is no loss, and finding it is no false alarm."""
    score = score_events(PLACES, [0, 0, 0, 1, 1], PLACES, [0, 0, 0, 1, 1], min_picks=3)
    assert (score.n_true, score.n_found, score.f1) == (1, 1, 1.0)


def test_no_events_are_scored():
    """Nothing true and nothing found is NaN, nothing found is recall 0."""
    nothing = score_events(PLACES[:0], [], PLACES[:0], [])
    assert np.isnan([nothing.precision, nothing.recall, nothing.purity]).all()
    missed = score_events(PLACES, [0, 1], PLACES[:0], [-1, -1])
    assert missed.recall == 0


def test_without_pyocto_the_error_tells_what_to_install(monkeypatch):
    """PyOcto is optional: where it is missing, its name and its extra are told."""
    monkeypatch.setattr("mlearth.seismology.pyocto_peer.find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"mlearth\[association\]"):
        associate(one_pick([1.0]).assign(station="S000"), NET, "pyocto")


PICKS = pd.DataFrame({"station": ["S000"], "phase": "P", "time_s": 1.0})


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (
            lambda: associate(PICKS.assign(station="X"), NET),
            "must be of stations",
        ),
        (
            lambda: associate(PICKS.assign(phase="pP"), NET),
            "must be of the phases",
        ),
        (lambda: associate(PICKS.assign(time_s=np.nan), NET), r"picks\['time_s'\]"),
        (lambda: associate(PICKS, NET[:0]), "stations must be at least one"),
        (lambda: associate(PICKS, pd.concat([NET, NET])), "different names"),
        (lambda: associate(PICKS, NET, "octopus"), "associator"),
        (lambda: associate(PICKS, NET, spacing_km=-1.0), "spacing_km"),
        (lambda: associate(PICKS, NET, spacing_km=1e-3), "spacing_km"),
        (lambda: associate(PICKS, NET, tolerance_s=0.0), "tolerance_s"),
        (lambda: associate(PICKS, NET, min_picks=0), "min_picks"),
        (lambda: score_picks(PICKS, PICKS, -1.0), "tolerance_s"),
        (lambda: score_picks(PICKS, PICKS.drop(columns="phase")), "found_picks"),
        (lambda: score_events(PLACES, [0, 2], PLACES, [0, 1]), "true_event"),
        (lambda: score_events(PLACES, [0, 1], PLACES, [0, -2]), "found_event"),
        (lambda: score_events(PLACES, [0, 1], PLACES, [0]), "found_event"),
        (lambda: score_events(PLACES, [0.5, 1], PLACES, [0, 1]), "true_event"),
    ],
)
def test_nonsense_is_named(call, named):
    """Each wrong argument is an error that names it."""
    with pytest.raises(ValueError, match=named):
        call()


def test_pyocto_takes_straight_rays_only():
    """Another travel time would be left unused: it is refused, as is PyOcto's lack."""
    says = "travel_time must be a StraightRays" if has_pyocto() else "associator"
    with pytest.raises(ValueError, match=says):
        associate(PICKS, NET, "pyocto", travel_time=lambda r, z, phase: r)
