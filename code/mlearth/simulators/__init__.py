"""Data with known truth, for what no catalogue can label.

>>> from mlearth.simulators import Simulated
"""

from .generate import generate
from .pick_records import ObservedPicks, Picker, Seismicity, TrueArrivals
from .picks import detection_probability, simulate_picks
from .simulated import Simulated
from .stations import make_network
from .store import SimulatedStore

__all__ = [
    "ObservedPicks",
    "Picker",
    "Seismicity",
    "Simulated",
    "SimulatedStore",
    "TrueArrivals",
    "detection_probability",
    "generate",
    "make_network",
    "simulate_picks",
]
