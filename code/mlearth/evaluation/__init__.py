"""Splits that declare their question, scores, and the uncertainty of a score.

>>> from mlearth.evaluation import bootstrap_interval, split_by_event
"""

from ._extrapolation import Extrapolation
from ._folds import Folds
from ._space_time import space_blocks
from ._split import Overlap, Split, assert_no_leak
from .comparing import compare_models
from .comparison import PairedComparison, paired_comparison
from .conformal import conformal_half_width, conformal_quantile, conformal_rank
from .events_and_stations import folds_by_event, folds_by_station, split_by_event
from .fold_intervals import corrected_interval
from .folds import folds_by_group, folds_by_record, folds_by_space, folds_by_time
from .leaks import Leak, LeakReport, find_leaks, find_leaks_in_code
from .model_comparison import ModelComparison
from .nested import NestedScore, nested_score
from .peeking import expected_maximum
from .picks_and_events import EventScore, PickScore, score_events, score_picks
from .promises import promises_by_fold
from .referee.cases import (
    Ablation,
    RefereeCase,
    ablate,
    answer_key,
    case_table,
    referee_cases,
)
from .referee.grading import Grade, grade_referee
from .scores import binned_mean, expected_calibration_error, reliability_table
from .splits import split_by_group, split_by_time
from .study_area import growing_auc, pair_counts, within_auc
from .tuning import tune_once
from .two_way import folds_by_event_and_station, folds_two_way, split_two_way
from .uncertainty import Interval, bootstrap_interval, proportion_interval

__all__ = [
    "Ablation",
    "EventScore",
    "Extrapolation",
    "Folds",
    "Grade",
    "Interval",
    "Leak",
    "LeakReport",
    "ModelComparison",
    "NestedScore",
    "Overlap",
    "PairedComparison",
    "PickScore",
    "RefereeCase",
    "Split",
    "ablate",
    "answer_key",
    "assert_no_leak",
    "binned_mean",
    "bootstrap_interval",
    "case_table",
    "compare_models",
    "conformal_half_width",
    "conformal_quantile",
    "conformal_rank",
    "corrected_interval",
    "expected_calibration_error",
    "expected_maximum",
    "find_leaks",
    "find_leaks_in_code",
    "folds_by_event",
    "folds_by_event_and_station",
    "folds_by_group",
    "folds_by_record",
    "folds_by_space",
    "folds_by_station",
    "folds_by_time",
    "folds_two_way",
    "grade_referee",
    "growing_auc",
    "nested_score",
    "pair_counts",
    "paired_comparison",
    "promises_by_fold",
    "proportion_interval",
    "referee_cases",
    "reliability_table",
    "score_events",
    "score_picks",
    "space_blocks",
    "split_by_event",
    "split_by_group",
    "split_by_time",
    "split_two_way",
    "tune_once",
    "within_auc",
]
