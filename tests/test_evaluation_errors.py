"""Claims about wrong input to the evaluation: every error names its argument."""

import numpy as np
import pytest

from mlearth.evaluation import (
    Split,
    assert_no_leak,
    bootstrap_interval,
    expected_calibration_error,
    folds_by_event,
    folds_by_station,
    folds_by_time,
    paired_comparison,
    proportion_interval,
    reliability_table,
    residual_summary,
    skill_score,
    space_blocks,
    split_by_event,
    split_by_group,
    split_by_record,
    split_by_space,
    split_by_time,
)

EVENT = np.repeat(np.arange(30), 8)
STATION = np.tile(np.arange(8), 30)
LATITUDE = np.linspace(-80, 80, EVENT.size)
LONGITUDE = np.linspace(-170, 170, EVENT.size)
DAYS = np.arange("2001-01-01", "2001-02-01", dtype="datetime64[D]")
BAD = {
    "groups has one event only": lambda: split_by_event(["a", "a"]),
    "groups has 1 missing labels": lambda: split_by_event(["a", None, "b"]),
    "groups is empty": lambda: split_by_group([]),
    "groups must have one dimension": lambda: split_by_group([[1, 2]]),
    "test_size must lie between": lambda: split_by_event(EVENT, test_size=1.0),
    "n_rows must be a whole number >= 2": lambda: split_by_record(1),
    r"watch\['station'\] has 3 rows": lambda: split_by_event(
        EVENT, watch={"station": [1, 2, 3]}
    ),
    "n_folds is 9, but there are only 8": lambda: folds_by_station(STATION, 9),
    "n_folds must be a whole number >= 2": lambda: folds_by_event(EVENT, 1),
    "stratify has 2 rows": lambda: folds_by_event(EVENT, stratify=[0, 1]),
    "latitude must lie between": lambda: space_blocks([91], [0], 100),
    "longitude has 1 values that are NaN": lambda: space_blocks([0], [np.nan], 100),
    "longitude has 2 rows": lambda: space_blocks([0], [1, 2], 100),
    "block_km must lie between": lambda: space_blocks([0], [0], 0),
    "block_km=500 puts all rows into 1": lambda: split_by_space(
        [1, 1], [1, 1], block_km=500
    ),
    "buffer_km must be 0 or more": lambda: split_by_space(
        LATITUDE, LONGITUDE, block_km=500, buffer_km=-1
    ),
    "buffer_km=20000 leaves no training": lambda: split_by_space(
        LATITUDE, LONGITUDE, block_km=500, buffer_km=20_000
    ),
    "cut must be a date": lambda: split_by_time(DAYS, 2001),
    "cut must be a number": lambda: split_by_time([1, 2, 3], "2001-01-01"),
    "leaves 0 training and 31 test rows": lambda: split_by_time(DAYS, "1999-01-01"),
    "gap must be a duration": lambda: split_by_time(DAYS, "2001-01-10", gap=3),
    "gap must be a number": lambda: split_by_time([1, 2, 3], 2, gap="1 day"),
    "time must be dates": lambda: split_by_time(["2001-01-01"], "2001-01-01"),
    "time has 1 missing dates": lambda: split_by_time(
        [*DAYS, np.datetime64("NaT")], "2001-01-10"
    ),
    "gap=1000000000 leaves no training rows": lambda: folds_by_time(
        [1, 2, 3, 4], 2, gap=10**9
    ),
    "train and test share 1 rows": lambda: Split("s", "?", [0, 1], [1], "record"),
    "test has no rows": lambda: Split("s", "?", [0, 1], [], "record"),
    "groups has 2 rows, but the split uses row 3": lambda: assert_no_leak(
        ([0], [3]), ["a", "b"]
    ),
    "y_pred has 2 rows, but 3": lambda: residual_summary([1, 2, 3], [1, 2], [1, 1, 2]),
    "y_true has 1 values that are NaN": lambda: residual_summary(
        [1, np.nan], [1, 2], [1, 1]
    ),
    "y_true must be numbers": lambda: residual_summary(["a"], [1], [1]),
    "groups has 1 distinct labels in 3 rows": lambda: residual_summary(
        [1, 2, 3], [1, 2, 3], ["a", "a", "a"]
    ),
    "groups has 3 distinct labels in 3 rows": lambda: residual_summary(
        [1, 2, 3], [1, 2, 3], ["a", "b", "c"]
    ),
    "baseline_loss is 0": lambda: skill_score(1.0, 0.0),
    "loss must not be negative": lambda: skill_score(-1.0, 1.0),
    "baseline_loss has 1 rows, but 2": lambda: skill_score([1.0, 2.0], 1.0),
    "y_true must hold only 0 and 1": lambda: reliability_table([1, 2], [0.5, 0.5]),
    "probability must lie between": lambda: expected_calibration_error([1], [1.5]),
    "strategy must be one of": lambda: reliability_table([1], [1.0], strategy="equal"),
    "n_bins must be a whole number": lambda: reliability_table([1], [1.0], n_bins=0),
    "give at least one array": lambda: bootstrap_interval(np.mean),
    r"same number of rows, got \[20, 3\]": lambda: bootstrap_interval(
        np.mean, np.ones(20), [1, 2, 3]
    ),
    "groups has 240 rows, but 20": lambda: bootstrap_interval(
        np.mean, np.ones(20), groups=EVENT
    ),
    "groups has 8 clusters, but at least 10": lambda: bootstrap_interval(
        np.mean, STATION, groups=STATION
    ),
    "level must lie between": lambda: bootstrap_interval(np.mean, EVENT, level=95),
    "n_resamples must be a whole number >= 40": lambda: bootstrap_interval(
        np.mean, EVENT, n_resamples=39
    ),
    "n_resamples must be a whole number >= 200": lambda: bootstrap_interval(
        np.mean, EVENT, n_resamples=100, level=0.99
    ),
    "method must be one of percentile, basic": lambda: bootstrap_interval(
        np.mean, EVENT, method="bca"
    ),
    "statistic must return one number": lambda: bootstrap_interval(np.abs, EVENT),
    "statistic is nan on the whole sample": lambda: bootstrap_interval(
        np.mean, [np.nan, *range(20)]
    ),
    "loss_b has 2 rows, but 3": lambda: paired_comparison([1, 2, 3], [1, 2]),
    "loss_a has 1 values that are NaN": lambda: paired_comparison([np.nan], [1.0]),
    "successes must be at most n=3": lambda: proportion_interval(4, 3),
    "successes must be a whole number": lambda: proportion_interval(0.5, 3),
    "n must be a whole number >= 1": lambda: proportion_interval(0, 0),
    "method must be one of clopper-pearson": lambda: proportion_interval(
        1, 2, method="wald"
    ),
}


@pytest.mark.parametrize("message", BAD)
def test_bad_input_is_named(message):
    """Each error says which argument was wrong, and how."""
    with pytest.raises(ValueError, match=message):
        BAD[message]()
