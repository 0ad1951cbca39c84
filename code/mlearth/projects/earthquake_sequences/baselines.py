"""The honest rivals of the kit, from naive to strong."""

from __future__ import annotations

from ..kit import Baseline
from .etas import FITTED
from .forest import FOREST, SPOILT_FOREST
from .rules import BASE_RATE, RULE_BASELINES

__all__ = ["baselines"]


def baselines() -> dict[str, Baseline]:
    """Return the rivals by name, the constant first.

    Returns
    -------
    dict of str to Baseline
    """
    return {
        "base_rate": BASE_RATE,
        **RULE_BASELINES,
        "forest": FOREST,
        "spoilt_forest": SPOILT_FOREST,
        "etas": FITTED,
    }
