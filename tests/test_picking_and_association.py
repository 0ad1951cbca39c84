"""The kit of picking and association: its two worlds, its scores, its networks."""

import numpy as np
import pandas as pd
import pytest

from mlearth.projects import picking_and_association as kit
from mlearth.projects.picking_and_association import data as kit_data
from mlearth.projects.picking_and_association.pickers import (
    WEIGHTS,
    training_windows,
)
from mlearth.projects.picking_and_association.pipeline import (
    MIN_PICKS,
    Trigger,
    catalogue_of,
    nothing,
    trigger_picks,
    with_world,
)
from mlearth.projects.picking_and_association.recordings import (
    SCALE,
    simulate_recording,
)


@pytest.fixture(scope="module")
def public():
    """The public recordings."""
    return kit.make_data("public")


@pytest.mark.parametrize("world", ["natural", "laboratory"])
def test_true_picks_come_when_straight_rays_do(world):
    """Every pick is its origin time and the way at the speed of its phase."""
    made = simulate_recording(world, 4)
    speed = {"P": 6.0, "S": 3.5} if world == "natural" else {"P": 5.5}
    picks = made.truth.picks.merge(made.data.stations, on="station")
    picks = picks.merge(made.truth.events, on="event", suffixes=("", "_0"))
    east, north = picks.x_km - picks.x_km_0, picks.y_km - picks.y_km_0
    way = np.sqrt(east**2 + north**2 + picks.depth_km**2)
    late = picks.time_s - picks.time_s_0 - way / picks.phase.map(speed)
    assert np.abs(late).max() < 0.02  # sources nearer than 1 km are moved away
    counts = picks.groupby("event").size()
    assert set(counts) == {16 if world == "natural" else 8}


def test_the_laboratory_is_told_larger_and_longer_by_one_factor():
    """The speed is that of the plate, and one component moves."""
    made = simulate_recording("laboratory", 2)
    assert made.data.waveforms[:, 1:].max() == 0
    assert made.data.stations.x_km.max() <= 0.1 * SCALE / 1000


def test_a_wave_stands_where_its_pick_says():
    """After P of the largest earthquake the ground moves more than before."""
    made = simulate_recording("natural", 6)
    largest = made.truth.events.magnitude.idxmax()
    own = made.truth.picks[(made.truth.picks.event == largest)]
    for row in own[own.phase == "P"].itertuples():
        k, at = round(50 * row.time_s), int(row.station[1:])
        trace = made.data.waveforms[at].astype(float)
        before, after = trace[:, k - 100 : k - 5], trace[:, k : k + 400]
        if np.ptp(trace, axis=1).all():
            assert after.std(axis=1).max() > before.std(axis=1).max()


def test_no_split_shares_a_recording_with_another(public):
    """The same seed gives another split other recordings."""
    again = kit.make_data("validation", seed=613)
    ours = public.truth["events"].time_s
    assert not set(ours) & set(again.truth["events"].time_s)
    assert kit.make_data("public").sheet["data"] == public.sheet["data"]


def test_private_recordings_need_a_seed_and_do_not_tell_it():
    """Without one the error says whose it is; with one the sheet is silent."""
    with pytest.raises(ValueError, match="instructor"):
        kit.make_data("private")
    made = kit.make_data("private", seed=90817263)
    assert "90817263" not in str(made.sheet)
    assert "seed" not in made.sheet["made_by"]


def test_large_comes_from_a_store(tmp_path, monkeypatch):
    """Ten times as many, made by workers and read back."""
    monkeypatch.setenv("MLEARTH_CACHE", str(tmp_path))
    monkeypatch.setattr(kit_data, "SPLITS", {"training": 1})
    made = kit.make_data("training", "large")
    assert made.inputs["waveforms"].shape == (20, 8, 3, 9000)
    assert kit.evaluate(kit.oracle(made), made)["event_f1"].interval.estimate == 1


def test_the_truth_is_the_ceiling_and_nothing_the_floor(public):
    """All shares are 1 and all errors 0, or the other way round."""
    best, worst = (
        kit.evaluate(said, public) for said in (kit.oracle(public), nothing())
    )
    assert next(iter(best)) == kit.MAIN
    for name, score in best.items():
        ends = (1, 0) if score.best == "high" else (0, 20)
        found = score.interval.estimate, worst[name].interval.estimate
        assert found == ends
        assert score.interval.n_clusters == 12


def small():
    """Two recordings: the first with two events, the second with one."""
    events = pd.DataFrame(
        {"recording": [0, 0, 1], "event": [0, 1, 0], "time_s": [10.0, 50, 20]}
    ).assign(x_km=[0.0, 30, 5], y_km=0.0, depth_km=5.0)
    picks = pd.DataFrame(
        [
            (recording, station, phase, 10.0 * k + 40 * event, event)
            for recording, event in [(0, 0), (0, 1), (1, 0)]
            for k, station in enumerate(["S000", "S001", "S002"])
            for phase in "P"
        ],
        columns=["recording", "station", "phase", "time_s", "event"],
    )
    picks.insert(1, "pick", picks.groupby("recording").cumcount())
    recordings = pd.DataFrame({"recording": [0, 1], "world": "natural"})
    whole = kit.make_data("public")
    lab = whole.inputs["recordings"].tail(2).assign(recording=[2, 3])
    inputs = {"recordings": pd.concat([recordings, lab])}
    empty = [
        {**e, "recording": k} for k, e in ((2, events.iloc[2]), (3, events.iloc[2]))
    ]
    truth = {"events": pd.concat([events, pd.DataFrame(empty)]), "picks": picks}
    return type(whole)(inputs, truth, {})


def estimates(said, data):
    return {k: s.interval.estimate for k, s in kit.evaluate(said, data).items()}


def test_scores_by_hand():
    """One event missed, one false pick in another, an epicentre 3 km off."""
    data = small()
    said = kit.oracle(data)
    events, picks = said["events"], said["picks"]
    events = events[(events.recording != 0) | (events.event == 0)].copy()
    events.loc[events.recording == 0, "x_km"] = 3.0
    picks = picks[(picks.recording != 0) | (picks.event == 0)].copy()
    stray = picks.iloc[[0]].assign(pick=99, time_s=99.0)
    found = estimates({"events": events, "picks": pd.concat([picks, stray])}, data)
    assert found["event_f1"] == pytest.approx(2 * 2 / (3 + 2))
    assert found["p_f1"] == pytest.approx(2 * 6 / (9 + 7))
    assert found["purity"] == pytest.approx(6 / 7)
    assert found["epicentre_km"] == pytest.approx((3 + 20 + 0) / 3)


def test_an_event_made_of_two_is_none():
    """Half of its picks are of one, half of another: no match, and no purity."""
    data = small()
    said = kit.oracle(data)
    merged = said["picks"].assign(event=lambda t: t.event.where(t.recording != 0, 0))
    events = said["events"].drop(index=1, errors="ignore")
    events = events[~((events.recording == 0) & (events.event == 1))]
    found = estimates({"events": events, "picks": merged}, data)
    assert found["event_f1"] == pytest.approx(2 * 1 / (3 + 2))
    assert found["purity"] == pytest.approx(3 / 9)


@pytest.mark.parametrize(
    ("table", "change", "message"),
    [
        ("picks", {"event": 77}, "event 77"),
        ("picks", {"recording": 500}, "recording 500"),
        ("events", {"time_s": np.nan}, "events"),
    ],
)
def test_a_submission_that_contradicts_itself_is_refused(
    table, change, message, public
):
    """A pick of an event that there is not, a recording of another split, NaN."""
    said = kit.oracle(public)
    spoilt = said[table].copy()
    for column, value in change.items():
        spoilt.loc[3, column] = value
    with pytest.raises(ValueError, match=message):
        kit.evaluate(said | {table: spoilt}, public)


def test_windows_hold_what_their_lesson_says():
    """Half of random windows hold no P, none of the others; worlds stay apart."""
    training = kit.make_data("training")
    lone = training_windows(training, "always an event", 300, 1)[1]
    usual = training_windows(training, "natural", 300, 1)[1]
    none = np.isnan(usual[:, 0]).all(axis=1).mean()
    assert not np.isnan(lone[:, 0]).all(axis=1).any()
    assert 0.3 < none < 0.7
    assert np.isnan(training_windows(training, "laboratory", 50, 1)[1][:, 1]).all()


def test_a_trigger_and_back_projection_find_most_events(public):
    """Untuned, on the natural recordings; true picks do better."""
    natural = with_world(public, "natural")
    picks = trigger_picks(natural, {"natural": Trigger()})
    said = catalogue_of(natural, picks)
    both = with_world(public, "natural").truth["picks"]
    ideal = catalogue_of(natural, both)
    lab = with_world(public, "laboratory").truth
    rest = {
        name: table[kit.oracle(public)[name].columns] for name, table in lab.items()
    }
    scores = [
        kit.evaluate({k: pd.concat([one[k], rest[k]]) for k in one}, public)
        for one in (said, ideal)
    ]
    found, best = (one["event_f1"].interval.estimate for one in scores)
    assert 0.6 < found < best
    assert set(MIN_PICKS) == {"natural", "laboratory"}


def test_the_weights_ship_for_each_lesson_and_seed():
    """Twelve networks of 29,019 numbers, in less than 800 kB."""
    with np.load(WEIGHTS) as file:
        sizes = {file[name].size for name in file.files}
        assert len(file.files) == 12
    assert sizes == {29019}
    assert WEIGHTS.stat().st_size < 800_000
