"""A two-way split shares no group with its training, and says what it leaves out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlearth.datasets import load_ridgecrest_ground_motion
from mlearth.evaluation import (
    assert_no_leak,
    compare_models,
    folds_by_event_and_station,
    folds_two_way,
    split_two_way,
)

quick = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**31)


def crossed(n_events, n_stations, missing, seed):
    """Records of a network in which some pairs of event and station are missing."""
    rng = np.random.default_rng(seed)
    event, station = np.divmod(np.arange(n_events * n_stations), n_stations)
    kept = np.sort(rng.permutation(event.size)[missing:])
    return event[kept], station[kept]


@quick
@given(st.integers(6, 12), st.integers(6, 12), st.integers(0, 8), seeds)
def test_neither_group_of_a_test_row_is_in_training(n_events, n_stations, gone, seed):
    """And every row is in training, in the test or counted as left out."""
    event, station = crossed(n_events, n_stations, gone, seed)
    split = split_two_way(event, station, random_state=seed)
    assert_no_leak(split, event, "event")
    assert_no_leak(split, station, "station")
    parts = np.concatenate([split.train, split.test, split.left_out])
    assert sorted(parts) == list(range(event.size))


def test_what_is_left_out_shares_exactly_one_group_with_the_test():
    """Both would make it a test row, none a training row."""
    event, station = crossed(9, 7, 5, 0)
    split = split_two_way(event, station, random_state=3)
    in_test = np.isin(event, event[split.test]), np.isin(station, station[split.test])
    assert np.array_equal(split.left_out, np.flatnonzero(in_test[0] ^ in_test[1]))
    assert f"left out {split.left_out.size} (they share one" in repr(split)


@quick
@given(st.integers(2, 4), seeds | st.none())
def test_two_way_folds_test_every_row_once(n_folds, seed):
    """As many folds as pairs of parts, and no fold leaks either kind of group."""
    event, station = crossed(11, 10, 7, 1)
    folds = folds_by_event_and_station(event, station, n_folds, random_state=seed)
    assert len(folds) == n_folds**2
    tested = np.concatenate([fold.test for fold in folds])
    assert sorted(tested) == list(range(event.size))
    for fold in folds:
        fold.check(event, "event").check(station, "station")
        assert fold.left_out.size


def test_a_pair_of_parts_without_a_record_is_no_fold():
    """Event 2 was not recorded at station 2: eight pairs of nine, and every row."""
    event, station = np.divmod(np.arange(8), 3)
    folds = folds_two_way(event, station, 3, random_state=0)
    assert len(folds) == 8
    assert sorted(np.concatenate([fold.test for fold in folds])) == list(range(8))


def test_a_bad_pair_of_kinds_or_an_empty_side_is_refused():
    """The message names the argument."""
    event, station = crossed(5, 5, 0, 0)
    for kinds in ["event", ("event",), ("event", "event"), ("event", 2)]:
        with pytest.raises(ValueError, match="kinds must be two different words"):
            split_two_way(event, station, kinds=kinds)
    with pytest.raises(ValueError, match=r"n_folds must be .* kind station"):
        folds_two_way(event, np.tile([0, 1], 13)[:25], 3)
    with pytest.raises(ValueError, match="try another seed"):
        split_two_way([0, 1, 2], [0, 1, 2], test_size=0.3, random_state=0)
    with pytest.raises(ValueError, match="fold has training rows"):
        folds_two_way([0, 0, 1], [0, 1, 0], 2)


def test_ridgecrest_loses_about_two_ninths_twice():
    """Four in nine train, one tests; four share an event or a station with the test."""
    records = load_ridgecrest_ground_motion()
    folds = folds_by_event_and_station(
        records.event_id, records.station, random_state=0
    )
    n = len(records)
    shares = np.array([[f.train.size, f.test.size, f.left_out.size] for f in folds]) / n
    # parts have as many groups, not as many records: within a quarter of the share
    assert shares.mean(axis=0) == pytest.approx([4 / 9, 1 / 9, 4 / 9], rel=1e-3)
    assert np.abs(shares[:, 0] - 4 / 9).max() < 0.25


def test_a_comparison_takes_two_way_folds():
    """Each row is tested once under every seed, as it asks."""
    from sklearn.dummy import DummyRegressor
    from sklearn.linear_model import LinearRegression

    event, station = crossed(14, 12, 9, 2)
    rng = np.random.default_rng(0)
    X = rng.normal(size=(event.size, 1))
    y = X[:, 0] + rng.normal(size=event.size)
    deals = [
        folds_by_event_and_station(event, station, random_state=s) for s in range(5)
    ]
    models = {"mean": (DummyRegressor(), X), "line": (LinearRegression(), X)}
    found = compare_models(models, y, deals, groups=event)
    assert found.differences["line"].estimate < 0
    assert found.question == "How well do we predict a new event at a new station?"
