"""Data with known truth, for what no catalogue can label.

>>> from mlearth.simulators import Simulated
"""

from .simulated import Simulated

__all__ = ["Simulated"]
