"""Kit of topic 6: from continuous records to a catalogue, in two worlds."""

from .data import TITLE, TOPIC, make_data
from .rivals import baselines
from .scores import MAIN, TABLES, evaluate, oracle

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
