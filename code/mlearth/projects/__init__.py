"""The kits of the final projects, and what a class does with them.

>>> from mlearth.projects import kits, load_kit
"""

from .board import write_board
from .finding import kits, load_kit
from .kit import Baseline, Column, KitData, Score, Table
from .submissions import Card, Refused, read_submission, write_submission

__all__ = [
    "Baseline",
    "Card",
    "Column",
    "KitData",
    "Refused",
    "Score",
    "Table",
    "kits",
    "load_kit",
    "read_submission",
    "write_board",
    "write_submission",
]
