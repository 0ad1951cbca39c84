"""What every public function checks first: one validator, with one wording.

An error names the argument, says what is accepted and what came: ``eta must be a
finite number > 0, got -1``. A checked array is a fresh one of floats, so the caller's
is never changed. Refused is what NumPy would silently turn into numbers: text, times,
complex numbers, masks, infinities, and sizes whose squares overflow.
"""

from .arrays import LARGEST, check_matrix, check_shape, check_truth, check_vector
from .columns import (
    check_codes,
    check_labels,
    check_places,
    check_same_rows,
    check_times,
)
from .values import (
    FLAG,
    SEED,
    Accepted,
    Count,
    CountOrZero,
    Flag,
    NotNegative,
    Positive,
    RandomState,
    check_choice,
    check_count,
    check_number,
    check_positive,
    check_room,
    check_seed,
    check_word,
    choice,
    count,
    declared,
    number,
    shown,
    wrong,
)

__all__ = [
    "FLAG",
    "LARGEST",
    "SEED",
    "Accepted",
    "Count",
    "CountOrZero",
    "Flag",
    "NotNegative",
    "Positive",
    "RandomState",
    "check_choice",
    "check_codes",
    "check_count",
    "check_labels",
    "check_matrix",
    "check_number",
    "check_places",
    "check_positive",
    "check_room",
    "check_same_rows",
    "check_seed",
    "check_shape",
    "check_times",
    "check_truth",
    "check_vector",
    "check_word",
    "choice",
    "count",
    "declared",
    "number",
    "shown",
    "wrong",
]
