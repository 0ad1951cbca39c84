"""Data with known truth, for what no catalogue can label.

>>> from mlearth.simulators import Simulated, simulate_etas
"""

from .catalogue_errors import observe_catalogue
from .etas import EtasTruth, simulate_etas
from .etas_forecast import forecast_etas
from .simulated import Simulated
from .swarms import simulate_injection, simulate_swarm

__all__ = [
    "EtasTruth",
    "Simulated",
    "forecast_etas",
    "observe_catalogue",
    "simulate_etas",
    "simulate_injection",
    "simulate_swarm",
]
