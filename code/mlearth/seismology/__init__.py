"""The classical science of earthquakes, from their catalogues to their laws.

>>> from mlearth.seismology import magnitude_counts
"""

from .etas_laws import EtasParameters, TemporalEtas
from .magnitudes import magnitude_counts
from .omori import OmoriTable, OmoriUtsu

__all__ = [
    "EtasParameters",
    "OmoriTable",
    "OmoriUtsu",
    "TemporalEtas",
    "magnitude_counts",
]
