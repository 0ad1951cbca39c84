"""Self-checks: run a student's functions in a child process and word the verdict.

Students call `check`, `pytest exercises/<name>` or `make check EXERCISE=<name>`.
Authors write ``exercises/<name>/check_<name>.py``, a list of claims in the order in
which they build on one another::

    import numpy as np
    from mlearth.checks import expect_close, read

    @read("sec-relative-times")
    def test_1_clock_error_costs_nothing(student):
        \"\"\"A constant clock error changes no relative time, so no misfit.\"\"\"
        picks_s = np.array([1.0, 2.5, 3.0])
        expect_close(
            student.misfit(picks_s + 1.0, picks_s),
            0.0,
            "All clocks are 1 s late and the misfit",
            unit="s^2",
            mistakes={"have you removed the mean residual?": 1.0},
        )

The docstring is the CLAIM, what `expect` and its kin word is the FOUND, and the label
given to `read` becomes the READ. `student` holds the functions of the student's file:
a call that stops, changes its arguments in place or returns nothing fails the check in
one sentence, so a check never has to guard against it.

This module and all that it imports stay free of NumPy, so that a file called numpy.py
in a student's folder cannot stop a check.
"""

from .exercise import Exercise, find_exercise
from .expect import (
    deadline,
    expect,
    expect_close,
    expect_error,
    expect_shape,
    read,
)
from .octave import expect_in_octave, octave_numbers
from .progress import Progress, progress
from .report import Report, Verdict
from .session import check

__all__ = [
    "Exercise",
    "Progress",
    "Report",
    "Verdict",
    "check",
    "deadline",
    "expect",
    "expect_close",
    "expect_error",
    "expect_in_octave",
    "expect_shape",
    "find_exercise",
    "octave_numbers",
    "progress",
    "read",
]
