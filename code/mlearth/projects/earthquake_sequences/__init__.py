"""Earthquake sequences: who followed whom, against known parents (topic 2).

>>> from mlearth.projects.earthquake_sequences import make_data
"""

from .answers import MAIN, TABLES, TITLE, TOPIC, oracle
from .baselines import baselines
from .data import make_data
from .scores import evaluate

__all__ = [
    "MAIN",
    "TABLES",
    "TITLE",
    "TOPIC",
    "baselines",
    "evaluate",
    "make_data",
    "oracle",
]
