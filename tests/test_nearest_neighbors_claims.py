"""What the chapter on nearest neighbours says of real data holds, and keeps holding."""

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import cross_val_predict, cross_val_score
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

from mlearth.datasets import (
    load_global_cmt,
    load_ridgecrest_ground_motion,
    load_swiss_events,
)
from mlearth.evaluation import (
    assert_no_leak,
    folds_by_event,
    folds_by_record,
    folds_by_space,
    folds_by_station,
    folds_by_time,
    space_blocks,
    split_by_time,
)
from mlearth.learners import haversine_km, rmse

SPHERE = {"metric": "haversine", "algorithm": "ball_tree"}
# a tie between equal distances may be broken otherwise by another version of
# scikit-learn: each score may move in its third digit, no claim of the chapter does


@pytest.fixture(scope="module")
def fiji():
    """Places [degree], depths [km], times and magnitudes beneath Fiji and Tonga."""
    quakes = load_global_cmt()
    east = quakes.longitude_deg % 360
    quakes = quakes[quakes.latitude_deg.between(-26, -14) & east.between(174, 190)]
    return quakes.reset_index(drop=True)


def places_of(table):
    return table[["latitude_deg", "longitude_deg"]].to_numpy()


def miss_km(table, train, test, k, degrees=False):
    """Mean absolute error of the depth from k neighbours."""
    places, depth_km = places_of(table), table.depth_km.to_numpy()
    F = places if degrees else np.radians(places)
    model = KNeighborsRegressor(k, **({} if degrees else SPHERE))
    guess = model.fit(F[train], depth_km[train]).predict(F[test])
    return np.abs(guess - depth_km[test]).mean()


def test_depths_beneath_fiji(fiji):
    """Validation chooses 3 neighbours; they miss by 36 km, the median by 146 km."""
    train, test = split_by_time(fiji.time, "2010-01-01")
    assert fiji.time[train].max() < fiji.time[test].min()
    P, depth_km = np.radians(places_of(fiji)), fiji.depth_km.to_numpy()
    errors = {
        k: -cross_val_score(
            KNeighborsRegressor(k, **SPHERE),
            P[train],
            depth_km[train],
            cv=folds_by_time(fiji.time[train]),
            scoring="neg_mean_absolute_error",
        ).mean()
        for k in (1, 3, 10, 50)
    }
    assert min(errors, key=errors.get) == 3
    assert miss_km(fiji, train, test, 3) == pytest.approx(36, abs=1)
    median = np.abs(np.median(depth_km[train]) - depth_km[test]).mean()
    assert median == pytest.approx(146, abs=1)


def test_degrees_cost_nothing_where_data_are_dense_and_much_where_sparse(fiji):
    """Below 1 km on the test set; 5 km with large earthquakes only, near the line."""
    train, test = split_by_time(fiji.time, "2010-01-01")
    dense = miss_km(fiji, train, test, 3, True) - miss_km(fiji, train, test, 3)
    assert abs(dense) < 1
    large = (fiji.magnitude >= 6).to_numpy()
    beside = ~large & (np.abs(fiji.longitude_deg % 360 - 180) < 2).to_numpy()
    sparse = miss_km(fiji, large, beside, 10, True) - miss_km(fiji, large, beside, 10)
    assert sparse == pytest.approx(4.7, abs=0.7)


def test_degrees_cut_the_plate_at_the_antimeridian(fiji):
    """Across the line the predicted depth jumps ten times more in degrees."""
    latitude = np.arange(-26, -14, 0.1)
    sides = [
        np.column_stack([latitude, np.full(latitude.size, lon)])
        for lon in (179.95, -179.95)
    ]
    places, depth_km = places_of(fiji), fiji.depth_km.to_numpy()
    flat = KNeighborsRegressor(10).fit(places, depth_km)
    true = KNeighborsRegressor(10, **SPHERE).fit(np.radians(places), depth_km)
    seam = np.abs(np.diff([flat.predict(side) for side in sides], axis=0)).mean()
    step = np.abs(np.diff([true.predict(np.radians(s)) for s in sides], axis=0)).mean()
    assert seam > 80
    assert step < 20
    assert haversine_km(sides[0][:1], sides[1][:1]).item() < 12


@pytest.fixture(scope="module")
def swiss():
    """Places, whether the event is a blast, and the block of 50 km."""
    events = load_swiss_events()
    events = events[events.event_type.isin(["earthquake", "quarry blast"])]
    blast = (events.event_type == "quarry blast").to_numpy()
    return events.latitude_deg, events.longitude_deg, blast


def test_quarries_learnt_by_heart(swiss):
    """Balanced accuracy 0.92 with random folds, 0.68 in new places, for k = 5."""
    latitude, longitude, blast = swiss
    P = np.radians(np.column_stack([latitude, longitude]))
    random = folds_by_record(len(blast), stratify=blast, random_state=0)
    spatial = folds_by_space(latitude, longitude, block_km=50, random_state=0)
    found = [
        cross_val_predict(KNeighborsClassifier(5, **SPHERE), P, blast, cv=folds)
        for folds in (random, spatial)
    ]
    scores = [balanced_accuracy_score(blast, labels) for labels in found]
    assert scores == pytest.approx([0.922, 0.68], abs=0.01)
    assert np.mean(found[1] == blast) < np.mean(~blast)  # worse than no model


def test_the_spatial_split_keeps_its_blocks_and_a_leak_is_noticed(swiss):
    """No block of 50 km lies on both sides; with random folds nearly all do."""
    latitude, longitude, blast = swiss
    block = space_blocks(latitude, longitude, 50)
    for split in folds_by_space(latitude, longitude, block_km=50, random_state=0):
        assert_no_leak(split, block, "block")
        leaking = (np.append(split.train, split.test[0]), split.test)
        with pytest.raises(ValueError, match="block"):
            assert_no_leak(leaking, block, "block")
    for split in folds_by_record(len(blast), random_state=0):
        with pytest.raises(ValueError, match="block"):
            assert_no_leak(split, block, "block")


@pytest.fixture(scope="module")
def ridgecrest():
    """Features of the neighbours [km], of the line, targets, events and stations."""
    records = load_ridgecrest_ground_motion()
    km = [
        111.195
        * (records[[f"{who}_latitude_deg", f"{who}_longitude_deg"]] - [35.7, -117.5])
        * [1, np.cos(np.radians(35.7))]
        for who in ("event", "station")
    ]
    at = np.column_stack([*km, records.event_depth_km, 100 * records.magnitude])
    R = records.rupture_distance_km
    line = np.column_stack([records.magnitude, np.log10(R), R])
    y = np.log10(records.pga_percent_g).to_numpy()
    return at, line, y, records.event_id, records.network + "." + records.station


def both_new(events, stations):
    """Folds in which neither earthquake nor station of the test is in training."""
    return [
        (np.intersect1d(a.train, b.train), np.intersect1d(a.test, b.test))
        for a in folds_by_event(events, random_state=0)
        for b in folds_by_station(stations, random_state=0)
    ]


def test_aftershocks_answer_for_each_other(ridgecrest):
    """Neighbours go from 0.24 to 0.39 as the split gets harder; the line stays."""
    at, line, y, events, stations = ridgecrest
    asked = [
        folds_by_record(len(y), random_state=0),
        folds_by_event(events, random_state=0),
        folds_by_station(stations, random_state=0),
        both_new(events, stations),
    ]
    neighbours, straight = (
        [rmse(y, cross_val_predict(model, F, y, cv=folds)) for folds in asked]
        for model, F in ((KNeighborsRegressor(5), at), (LinearRegression(), line))
    )
    assert neighbours == pytest.approx([0.244, 0.285, 0.34, 0.388], abs=0.006)
    assert straight == pytest.approx([0.344, 0.349, 0.344, 0.35], abs=0.004)


def test_both_new_means_both(ridgecrest):
    """No earthquake and no station lies on both sides, and every record is tested."""
    *_, y, events, stations = ridgecrest
    folds = both_new(events, stations)
    for train, test in folds:
        assert_no_leak((train, test), events, "event")
        assert_no_leak((train, test), stations, "station")
    assert np.array_equal(
        np.sort(np.concatenate([t for _, t in folds])), np.arange(len(y))
    )
