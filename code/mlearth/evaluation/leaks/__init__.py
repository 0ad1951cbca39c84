"""A linter for leaks: in the rows of a split, and in the lines of a notebook.

>>> from mlearth.evaluation import find_leaks, find_leaks_in_code
"""

from .code import find_leaks_in_code
from .report import Leak, LeakReport
from .rows import find_leaks

__all__ = ["Leak", "LeakReport", "find_leaks", "find_leaks_in_code"]
