"""Claims about what a split extrapolates."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlearth.evaluation import Split, folds_by_event, split_by_event, split_by_time

SPLIT = Split("split by hand", "Does it work?", [0, 1, 2], [3, 4, 5], "record")
MAGNITUDE = [4.0, 6.4, 5.0, 4.5, 7.1, 3.9]
EVENT = ["a", "b", "b", "c", "d", "e"]


def test_rows_beyond_training_are_counted_by_hand():
    """7.1 is above 6.4 and 3.9 below 4.0; the ends of the range are inside."""
    depth = [1.0, 9.0, 5.0, 9.0, 1.0, 10.0]
    found = SPLIT.extrapolation(np.column_stack([MAGNITUDE, depth]))
    assert found.outside == {"column 0": 2, "column 1": 1}
    assert (found.n_outside, found.n_test) == (2, 3)
    expected = "2 of 3 test rows lie outside the range of training"
    assert repr(found) == f"{expected} (column 0 2, column 1 1)"


def test_the_largest_events_are_looked_up_on_both_sides():
    """An event counts once, with its largest row; the record of training is told."""
    found = SPLIT.extrapolation(
        np.transpose([MAGNITUDE]), largest=MAGNITUDE, units=EVENT, n_largest=2
    )
    assert found.largest == {"d": (7.1, True), "b": (6.4, False)}
    assert found.in_test == ["d"]
    assert found.largest_train == 6.4
    words = "of the 2 largest, 1 in the test: 7.1 (d); the largest in training is 6.4"
    assert repr(found).endswith(words)
    mild = SPLIT.extrapolation([[1.0]] * 6, largest=[9, 8, 7, 1, 2, 3], n_largest=3)
    assert "of the 3 largest, none in the test; the largest" in repr(mild)
    assert "0 of 3 test rows lie outside the range of training\n" in repr(mild)


def test_columns_of_a_frame_keep_their_names_and_kinds():
    """Labels new to the test are outside, times have a range, gaps are not counted."""
    frame = pd.DataFrame(
        {
            "magnitude": MAGNITUDE,
            "rock": ["tuff", "basalt", "tuff", "tuff", "clay", "basalt"],
            "time": pd.to_datetime(["2019", "2020", "2021", "2020", "2022", "2018"]),
            "vs30": [400, None, 500, None, 450, 600],
            "count": pd.array([1, 2, None, 2, 3, None], dtype="Int64"),
        }
    )
    found = SPLIT.extrapolation(frame)
    expected = {"magnitude": 2, "rock": 1, "time": 2, "vs30": 1, "count": 1}
    assert found.outside == expected
    assert found.n_outside == 2


def test_every_fold_tells_it_too():
    """Each test row at either end of a column is outside once, in its own fold."""
    x = np.arange(12.0)[:, None]
    folds = folds_by_event(np.arange(12), 4, random_state=0)
    assert sum(fold.extrapolation(x).n_outside for fold in folds) >= 2


@given(st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=30), st.integers(0, 99))
def test_a_growing_function_of_a_column_changes_nothing(values, seed):
    """Ranges are kept by every growing function, and by a column written twice."""
    split = split_by_event(np.arange(len(values)), random_state=seed)
    x = np.array(values)[:, None]
    plain = split.extrapolation(x)
    assert split.extrapolation(2 * x).n_outside == plain.n_outside
    assert split.extrapolation(np.c_[x, x]).n_outside == plain.n_outside


def test_a_split_in_time_extrapolates_time_itself():
    """Every later row is beyond the times of training."""
    year = np.arange(2001, 2011)
    found = split_by_time(year, 2008).extrapolation(year[:, None])
    assert found.n_outside == found.n_test == 3


REFUSED = {
    "X must be such that n_rows = 6": {"X": [[1.0]]},
    "X must be finite numbers": {"X": [[np.nan]] * 6},
    "largest must be 6 ": {"largest": [1.0]},
    "units must be 6 ": {"largest": MAGNITUDE, "units": ["a"]},
    "largest must be given where units are": {"units": EVENT},
    "n_largest must be a whole number >= 1": {"largest": MAGNITUDE, "n_largest": 0},
}


@pytest.mark.parametrize("words", REFUSED)
def test_wrong_arguments_are_named(words):
    """Every error names its argument."""
    arguments = {"X": np.transpose([MAGNITUDE])} | REFUSED[words]
    with pytest.raises(ValueError, match=words):
        SPLIT.extrapolation(**arguments)
