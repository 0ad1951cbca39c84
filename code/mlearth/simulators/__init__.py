"""Data with known truth, for what no catalogue can label.

>>> from mlearth.simulators import Simulated
"""

from .simulated import Simulated
from .stress import AftershockTruth, aftershock_cells, simulate_aftershocks

__all__ = [
    "AftershockTruth",
    "Simulated",
    "aftershock_cells",
    "simulate_aftershocks",
]
