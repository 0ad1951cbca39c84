"""What every simulator returns: data, and the truth behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Simulated"]


@dataclass(frozen=True, eq=False)
class Simulated:
    """Data with known truth, and how far they may be trusted.

    Attributes
    ----------
    data : object
        What an observer would have: a catalogue, picks, a field.
    truth : object
        What made it, which no observer has: parents, sources, parameters.
    stands_in_for : str
        Which real data these replace, in one sentence.
    breaks_down : str
        Where they stop resembling them, in one sentence.
    seed : int
        The seed that draws the same again.
    """

    data: Any
    truth: Any
    stands_in_for: str
    breaks_down: str
    seed: int
