"""When a score fails on a resample: it raises, or warns of what is not in there."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

EXPECTED_FAILURES = (ValueError, ArithmeticError, UserWarning, RuntimeWarning)


@contextmanager
def warnings_as_errors() -> Iterator[None]:
    """Let a score that warns of a missing class fail, as one that raises does."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        warnings.simplefilter("error", RuntimeWarning)
        yield
