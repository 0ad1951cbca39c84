"""Data with known truth, for what no catalogue can label.

>>> from mlearth.simulators import Simulated, simulate_etas
"""

from .catalogue_errors import observe_catalogue
from .etas import EtasTruth, simulate_etas
from .etas_forecast import forecast_etas
from .generate import generate
from .pick_records import ObservedPicks, Picker, Seismicity, TrueArrivals
from .picks import detection_probability, simulate_picks
from .simulated import Simulated
from .stations import make_network
from .store import SimulatedStore
from .stress import AftershockTruth, aftershock_cells, simulate_aftershocks
from .swarms import simulate_injection, simulate_swarm

__all__ = [
    "AftershockTruth",
    "EtasTruth",
    "ObservedPicks",
    "Picker",
    "Seismicity",
    "Simulated",
    "SimulatedStore",
    "TrueArrivals",
    "aftershock_cells",
    "detection_probability",
    "forecast_etas",
    "generate",
    "make_network",
    "observe_catalogue",
    "simulate_aftershocks",
    "simulate_etas",
    "simulate_injection",
    "simulate_picks",
    "simulate_swarm",
]
