"""Data with known truth, for what no catalogue can label.

>>> from mlearth.simulators import Simulated, simulate_etas
"""

from .catalogue_errors import observe_catalogue
from .etas import EtasTruth, simulate_etas
from .simulated import Simulated
from .stress import AftershockTruth, aftershock_cells, simulate_aftershocks
from .swarms import simulate_injection, simulate_swarm

__all__ = [
    "AftershockTruth",
    "EtasTruth",
    "Simulated",
    "aftershock_cells",
    "observe_catalogue",
    "simulate_aftershocks",
    "simulate_etas",
    "simulate_injection",
    "simulate_swarm",
]
