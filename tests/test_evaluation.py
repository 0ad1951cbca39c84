"""Claims about splits and folds; scores and intervals have files of their own."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.dummy import DummyRegressor
from sklearn.model_selection import (
    GridSearchCV,
    GroupKFold,
    TimeSeriesSplit,
    cross_val_score,
)
from sklearn.neighbors import KNeighborsRegressor

from mlearth.evaluation import (
    assert_no_leak,
    folds_by_event,
    folds_by_group,
    folds_by_record,
    folds_by_space,
    folds_by_station,
    folds_by_time,
    space_blocks,
    split_by_event,
    split_by_group,
    split_by_time,
)

labels = st.lists(st.integers(0, 9), min_size=2, max_size=60).filter(
    lambda values: len(set(values)) > 1
)
seeds = st.integers(0, 2**31)
quick = settings(max_examples=60, deadline=None)


def places(n_rows, seed=0):
    """Points spread evenly over the globe: latitude, longitude [degrees]."""
    rng = np.random.default_rng(seed)
    latitude = np.degrees(np.arcsin(rng.uniform(-1, 1, n_rows)))
    return latitude, rng.uniform(-180, 180, n_rows)


def distance_to(rows, latitude, longitude):
    """Distance [km] from each point to the nearest of `rows`, by haversines."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    half_chord_squared = (
        np.sin((phi[:, None] - phi[rows]) / 2) ** 2
        + np.cos(phi[:, None])
        * np.cos(phi[rows])
        * np.sin((lam[:, None] - lam[rows]) / 2) ** 2
    )
    return (2 * 6371 * np.arcsin(np.sqrt(half_chord_squared))).min(axis=1)


def rows_of(split):
    return np.concatenate([split.train, split.test, split.left_out])


@quick
@given(labels, st.floats(0.01, 0.99), seeds)
def test_a_group_split_uses_every_row_once_and_keeps_groups_whole(groups, share, seed):
    """Both sides are disjoint, complete and not empty, and no group is on both."""
    split = split_by_group(groups, test_size=share, random_state=seed)
    assert sorted(rows_of(split)) == list(range(len(groups)))
    assert min(split.train.size, split.test.size) > 0
    assert split.left_out.size == 0
    assert split.check(groups) is split


@quick
@given(labels, seeds | st.none(), st.data())
def test_group_folds_test_every_row_exactly_once(groups, seed, data):
    """Over the folds each row is tested once, by a model that never saw its group."""
    n_folds = data.draw(st.integers(2, len(set(groups))))
    folds = folds_by_group(groups, n_folds, random_state=seed)
    assert sorted(np.concatenate([fold.test for fold in folds])) == list(
        range(len(groups))
    )
    for fold in folds:
        assert sorted(rows_of(fold)) == list(range(len(groups)))
        assert_no_leak(fold, groups)


@quick
@given(seeds, st.floats(0, 1000), st.floats(500, 4000))
def test_the_buffer_leaves_out_just_the_rows_near_the_test(seed, buffer_km, block_km):
    """And no row is left out that lies farther from every test row."""
    latitude, longitude = places(150, seed)
    size = {"block_km": block_km, "buffer_km": buffer_km}
    split = folds_by_space(latitude, longitude, **size, random_state=seed)[0]
    to_test = distance_to(split.test, latitude, longitude)
    assert (to_test[split.train] > buffer_km).all()
    assert (to_test[split.left_out] <= buffer_km).all()
    assert sorted(rows_of(split)) == list(range(150))
    split.check(space_blocks(latitude, longitude, block_km), "block")


def test_blocks_have_equal_areas_where_cells_of_degrees_do_not():
    """Every block holds the same share of points spread evenly over the globe."""
    turn = np.arange(400_000)  # a Fibonacci lattice: nearly equal area per point
    latitude = np.degrees(np.arcsin((2 * turn + 1) / turn.size - 1))
    longitude = (turn * 180 * (3 - np.sqrt(5))) % 360
    count = np.bincount(space_blocks(latitude, longitude, block_km=2000))
    # 5 % from the whole number of blocks in a row, 2 % from the lattice
    np.testing.assert_allclose(count / count.mean(), 1, atol=0.07)
    cells = np.bincount(
        (latitude // 18 + 5).astype(int) * 20 + (longitude // 18).astype(int)
    )
    assert cells.max() > 5 * cells[cells > 0].min()


def test_blocks_join_at_the_date_line_and_know_both_ways_to_write_longitude():
    """180 E is 180 W, 270 E is 90 W, and the poles lie in some block."""
    for east, west in ((180, -180), (270, -90), (360, 0)):
        first, second = space_blocks([10, 10], [east, west], 500)
        assert first == second
    assert (space_blocks([90, -90], [0, 0], 500) >= 0).all()


def test_time_split_trains_on_the_past_and_the_gap_moves_no_test_row():
    """A gap removes the last training rows; the test stays, so scores compare."""
    rng = np.random.default_rng(0)
    time = pd.Timestamp("2000-01-01") + pd.to_timedelta(rng.uniform(0, 900, 200), "D")
    plain = split_by_time(time, "2002-01-01")
    gapped = split_by_time(time, "2002-01-01", gap="30 days")
    assert (
        time[plain.train].max() < pd.Timestamp("2002-01-01") <= time[plain.test].min()
    )
    np.testing.assert_array_equal(plain.test, gapped.test)
    wait = time[gapped.test].min() - time[gapped.train].max()
    assert wait > pd.Timedelta("30 days")
    assert sorted(rows_of(gapped)) == list(range(200))
    assert "in the gap" in repr(gapped)


def test_time_split_takes_dates_with_time_zone_and_numbers():
    """The same rows whether time is local dates, dates in UTC, or years."""
    dates = pd.date_range("2001-01-01", "2010-01-01", freq="YS")
    by_date = split_by_time(dates, "2006-01-01")
    assert by_date.test.tolist() == [5, 6, 7, 8, 9]  # the cut itself is in the test
    in_utc = split_by_time(pd.Series(dates.tz_localize("UTC")), "2006-01-01")
    by_year = split_by_time(dates.year, 2006)
    for other in (in_utc, by_year):
        np.testing.assert_array_equal(by_date.test, other.test)


def test_time_folds_are_those_of_scikit_learn_for_distinct_instants():
    """Without ties or gap, sorted rows are split as by TimeSeriesSplit."""
    folds = folds_by_time(np.arange(23.0), n_folds=4)
    for fold, (train, test) in zip(
        folds, TimeSeriesSplit(4).split(np.zeros(23)), strict=True
    ):
        np.testing.assert_array_equal(fold.train, train)
        np.testing.assert_array_equal(fold.test, test)


@quick
@given(st.lists(st.integers(0, 12), min_size=10, max_size=60), st.floats(0, 1.5))
def test_time_folds_keep_an_instant_whole_and_the_future_out(time, gap):
    """Every training row is earlier than every test row by more than the gap."""
    time = np.array([*time, 0, 5, 10])
    for fold in folds_by_time(time, n_folds=2, gap=gap):
        assert time[fold.train].max() + gap < time[fold.test].min() + 1e-9
        assert sorted(rows_of(fold)) == list(range(time.size))


EVENT = np.repeat(np.arange(30), 8)
STATION = np.tile(np.arange(8), 30)
LATITUDE, LONGITUDE = places(EVENT.size)
SEEDED = {
    "event": lambda seed: split_by_event(EVENT, random_state=seed),
    "record folds": lambda seed: folds_by_record(EVENT.size, random_state=seed)[0],
    "station folds": lambda seed: folds_by_station(STATION, random_state=seed)[0],
    "block folds": lambda seed: folds_by_space(
        LATITUDE, LONGITUDE, block_km=1500, random_state=seed
    )[0],
}


@pytest.mark.parametrize("make", SEEDED.values(), ids=SEEDED)
def test_the_seed_decides_the_split(make):
    """The same seed gives the same test rows, another seed other rows."""
    np.testing.assert_array_equal(make(4).test, make(4).test)
    assert any(make(4).test.tolist() != make(seed).test.tolist() for seed in (5, 6, 7))


def test_a_split_says_its_question_and_what_its_sides_share():
    """The naive split shows that nearly all its test events are known in training."""
    data = pd.DataFrame({"event": EVENT, "station": STATION})
    naive = folds_by_record(EVENT.size, random_state=0, watch=data)[0]
    honest = split_by_event(EVENT, random_state=0, watch=data[["station"]])
    assert naive.shared["event"].shared == naive.shared["event"].in_test > 20
    assert honest.shared["event"] == (0, 6)
    assert honest.shared["station"] == (8, 8)
    assert "an earthquake we have never seen?" in repr(honest)
    assert "station: 8 of 8 in test are also in training" in repr(honest)
    with pytest.raises(ValueError, match=r"groups leak: .* of kind event .*: 0, 1"):
        naive.check(EVENT, "event")


def test_a_split_cuts_arrays_and_frames_alike_and_cannot_be_changed():
    """take() returns train and test rows in order; the row numbers are read-only."""
    split = split_by_event(EVENT, random_state=1)
    X = pd.DataFrame({"event": EVENT}, index=EVENT + 1000)
    X_train, X_test, y_train, y_test = split.take(X, STATION)
    train, test = split
    assert X_train["event"].tolist() == EVENT[train].tolist()
    assert X_test["event"].tolist() == EVENT[test].tolist()
    assert (y_train.size, y_test.size) == (train.size, test.size)
    with pytest.raises(ValueError, match="read-only"):
        split.train[0] = 5
    with pytest.raises(ValueError, match=r"arrays\[1\] has 3 rows, the split has 240"):
        split.take(X, [1, 2, 3])


def test_folds_serve_as_cv_in_scikit_learn():
    """cross_val_score equals GroupKFold's; a search with them can be cloned."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(EVENT.size, 2)), rng.normal(size=EVENT.size)
    folds, model = folds_by_event(EVENT), KNeighborsRegressor()
    np.testing.assert_array_equal(
        cross_val_score(model, X, y, cv=folds),
        cross_val_score(model, X, y, cv=GroupKFold(5), groups=EVENT),
    )
    search = clone(GridSearchCV(model, {"n_neighbors": [3, 9]}, cv=folds)).fit(X, y)
    assert search.n_splits_ == 5
    with pytest.raises(ValueError, match="X has 100 rows"):
        cross_val_score(DummyRegressor(), X[:100], y[:100], cv=folds)
    with pytest.warns(UserWarning, match="groups is ignored"):
        cross_val_score(DummyRegressor(), X, y, cv=folds, groups=EVENT)


def test_the_record_split_flatters_a_model_that_recognises_earthquakes():
    """Neighbours in source position know the event term; on a new event they fail."""
    rng = np.random.default_rng(0)
    position = rng.uniform(size=(30, 2))[EVENT]
    y = rng.normal(size=30)[EVENT] + 0.3 * rng.normal(size=EVENT.size)
    model, score = KNeighborsRegressor(3), {"scoring": "r2"}
    known = folds_by_record(EVENT.size, random_state=0)
    unseen = folds_by_event(EVENT, random_state=0)
    # without noise the first would be 1; the second has nothing to learn from
    assert cross_val_score(model, position, y, cv=known, **score).mean() > 0.8
    assert cross_val_score(model, position, y, cv=unseen, **score).mean() < 0


@pytest.mark.parametrize("seed", [None, 0])
def test_stratified_folds_keep_every_class_in_every_test(seed):
    """A class of 10 in 60 events is in each of five tests; of 3 events it cannot be."""
    event = np.repeat(np.arange(60), 3)
    blast = np.where(event % 6 == 0, "blast", "earthquake")
    for fold in folds_by_event(event, stratify=blast, random_state=seed):
        assert set(blast[fold.test]) == {"blast", "earthquake"}
    rare = np.where(event < 3, "landslide", "earthquake")
    with pytest.raises(ValueError, match="no row of class 'landslide'"):
        folds_by_event(event, stratify=rare, random_state=seed)
