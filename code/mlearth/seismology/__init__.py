"""The classical science of earthquakes, from their catalogues to their laws.

>>> from mlearth.seismology import magnitude_counts
"""

from .b_value import BValue, b_positive, likeliest_b
from .clusters import MixtureSplit, mixture_split, shuffled_proximity
from .completeness import b_stability, goodness_of_fit, maximum_curvature
from .declustering import gardner_knopoff, gardner_knopoff_window, reasenberg
from .etas_laws import EtasParameters, TemporalEtas
from .magnitudes import magnitude_counts
from .nearest_event import NearestEvent, nearest_event
from .omori import OmoriTable, OmoriUtsu

__all__ = [
    "BValue",
    "EtasParameters",
    "MixtureSplit",
    "NearestEvent",
    "OmoriTable",
    "OmoriUtsu",
    "TemporalEtas",
    "b_positive",
    "b_stability",
    "gardner_knopoff",
    "gardner_knopoff_window",
    "goodness_of_fit",
    "likeliest_b",
    "magnitude_counts",
    "maximum_curvature",
    "mixture_split",
    "nearest_event",
    "reasenberg",
    "shuffled_proximity",
]
