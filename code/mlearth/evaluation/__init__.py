"""Splits that declare their question, scores, and the uncertainty of a score.

>>> from mlearth.evaluation import bootstrap_interval, split_by_event
"""

from ._extrapolation import Extrapolation
from ._folds import Folds
from ._space_time import space_blocks
from ._split import Overlap, Split, assert_no_leak
from .comparing import compare_models
from .comparison import PairedComparison, paired_comparison
from .events_and_stations import (
    folds_by_event,
    folds_by_station,
    split_by_event,
)
from .folds import folds_by_group, folds_by_record, folds_by_space, folds_by_time
from .model_comparison import ModelComparison
from .picks_and_events import EventScore, PickScore, score_events, score_picks
from .scores import (
    binned_mean,
    expected_calibration_error,
    reliability_table,
)
from .splits import (
    split_by_group,
    split_by_time,
)
from .tuning import tune_once
from .uncertainty import Interval, bootstrap_interval, proportion_interval

__all__ = [
    "EventScore",
    "Extrapolation",
    "Folds",
    "Interval",
    "ModelComparison",
    "Overlap",
    "PairedComparison",
    "PickScore",
    "Split",
    "assert_no_leak",
    "binned_mean",
    "bootstrap_interval",
    "compare_models",
    "expected_calibration_error",
    "folds_by_event",
    "folds_by_group",
    "folds_by_record",
    "folds_by_space",
    "folds_by_station",
    "folds_by_time",
    "paired_comparison",
    "proportion_interval",
    "reliability_table",
    "score_events",
    "score_picks",
    "space_blocks",
    "split_by_event",
    "split_by_group",
    "split_by_time",
    "tune_once",
]
