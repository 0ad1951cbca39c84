"""Claims about wrong input to the evaluation: every error names its argument."""

import numpy as np
import pandas as pd
import pytest

from mlearth.evaluation import (
    Split,
    assert_no_leak,
    bootstrap_interval,
    expected_calibration_error,
    folds_by_event,
    folds_by_record,
    folds_by_space,
    folds_by_station,
    folds_by_time,
    proportion_interval,
    reliability_table,
    space_blocks,
    split_by_event,
    split_by_time,
)

EVENT = np.repeat(np.arange(30), 8)
STATION = np.tile(np.arange(8), 30)
LATITUDE = np.linspace(-80, 80, EVENT.size)
LONGITUDE = np.linspace(-170, 170, EVENT.size)
SERIES = pd.Series(np.arange(20.0))
DAYS = np.arange("2001-01-01", "2001-02-01", dtype="datetime64[D]")
BAD = {
    "groups has one event only": lambda: split_by_event(["a", "a"]),
    "test_size must be a finite number > 0 and < 1": lambda: split_by_event(
        EVENT, test_size=1.0
    ),
    "n_rows must be a whole number >= 2": lambda: folds_by_record(1),
    "n_folds must be at most 8": lambda: folds_by_station(STATION, 9),
    "n_folds must be a whole number >= 2": lambda: folds_by_event(EVENT, 1),
    "latitude must be numbers >= -90": lambda: space_blocks([91], [0], 100),
    "block_km must be a finite number >= 1": lambda: space_blocks([0], [0], 0),
    "block_km=500 puts all rows into 1": lambda: folds_by_space(
        [1, 1], [1, 1], 2, block_km=500
    ),
    "buffer_km must be a finite number >= 0": lambda: folds_by_space(
        LATITUDE, LONGITUDE, block_km=500, buffer_km=-1
    ),
    "buffer_km=20000 leaves no training": lambda: folds_by_space(
        LATITUDE, LONGITUDE, block_km=500, buffer_km=20_000
    ),
    "cut must be a date": lambda: split_by_time(DAYS, 2001),
    "cut must be a number": lambda: split_by_time([1, 2, 3], "2001-01-01"),
    "leaves 0 training and 31 test rows": lambda: split_by_time(DAYS, "1999-01-01"),
    "gap must be a duration": lambda: split_by_time(DAYS, "2001-01-10", gap=3),
    "gap must be a number": lambda: split_by_time([1, 2, 3], 2, gap="1 day"),
    "time must be dates": lambda: split_by_time(["2001-01-01"], "2001-01-01"),
    "gap=1000000000 leaves no training rows": lambda: folds_by_time(
        [1, 2, 3, 4], 2, gap=10**9
    ),
    "train and test share 1 rows": lambda: Split("s", "?", [0, 1], [1], "record"),
    "test has no rows": lambda: Split("s", "?", [0, 1], [], "record"),
    "groups has 2 rows, but the split uses row 3": lambda: assert_no_leak(
        ([0], [3]), ["a", "b"]
    ),
    "y_true must be 0 and 1, got 1, 2": lambda: reliability_table([1, 2], [0.5, 0.5]),
    "probability must be numbers >= 0 and <= 1": lambda: expected_calibration_error(
        [1], [1.5]
    ),
    "give at least one array": lambda: bootstrap_interval(np.mean),
    r"arrays\[1\] must be 20 rows, as many as arrays\[0\], got 3": lambda: (
        bootstrap_interval(np.mean, np.ones(20), [1, 2, 3])
    ),
    "groups has 8 clusters, but at least 10": lambda: bootstrap_interval(
        np.mean, STATION, groups=STATION
    ),
    "level must be a finite number > 0 and < 1": lambda: bootstrap_interval(
        np.mean, EVENT, level=95
    ),
    "n_resamples must be a whole number >= 40": lambda: bootstrap_interval(
        np.mean, EVENT, n_resamples=39
    ),
    "n_resamples must be a whole number >= 200": lambda: bootstrap_interval(
        np.mean, EVENT, n_resamples=100, level=0.99
    ),
    "method must be one of 'percentile', 'basic'": lambda: bootstrap_interval(
        np.mean, EVENT, method="bca"
    ),
    "statistic must return one number": lambda: bootstrap_interval(np.abs, EVENT),
    "successes must be a whole number from 0 to 3": lambda: proportion_interval(4, 3),
    "successes must be a whole number from 0 to 3, got 0.5": lambda: (
        proportion_interval(0.5, 3)
    ),
    "n must be a whole number >= 1": lambda: proportion_interval(0, 0),
    "method must be one of 'clopper-pearson'": lambda: proportion_interval(
        1, 2, method="wald"
    ),
    "arrays.1. must be a column with the index of arrays.0.": lambda: (
        bootstrap_interval(np.mean, SERIES, SERIES[::-1])
    ),
}


@pytest.mark.parametrize("message", BAD)
def test_bad_input_is_named(message):
    """Each error says which argument was wrong, and how."""
    with pytest.raises(ValueError, match=message):
        BAD[message]()
