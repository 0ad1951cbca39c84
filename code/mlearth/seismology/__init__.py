"""The classical science of earthquakes, from their catalogues to their laws.

>>> from mlearth.seismology import magnitude_counts
"""

from .b_value import BValue, b_positive, likeliest_b
from .clusters import MixtureSplit, mixture_split, shuffled_proximity
from .completeness import b_stability, goodness_of_fit, maximum_curvature
from .declustering import gardner_knopoff, gardner_knopoff_window, reasenberg
from .eikonal import eikonal_times
from .etas_laws import EtasParameters, TemporalEtas
from .grid_search import GridLocation, locate_by_grid
from .local_plane import from_local_plane, to_local_plane
from .location import Location, locate_by_geiger
from .magnitudes import magnitude_counts
from .nearest_event import NearestEvent, nearest_event
from .omori import OmoriTable, OmoriUtsu
from .picks import Picks
from .travel_time_tables import TravelTimeTable, load_travel_times
from .travel_times import GradientModel, HomogeneousModel, LayeredModel

__all__ = [
    "BValue",
    "EtasParameters",
    "GradientModel",
    "GridLocation",
    "HomogeneousModel",
    "LayeredModel",
    "Location",
    "MixtureSplit",
    "NearestEvent",
    "OmoriTable",
    "OmoriUtsu",
    "Picks",
    "TemporalEtas",
    "TravelTimeTable",
    "b_positive",
    "b_stability",
    "eikonal_times",
    "from_local_plane",
    "gardner_knopoff",
    "gardner_knopoff_window",
    "goodness_of_fit",
    "likeliest_b",
    "load_travel_times",
    "locate_by_geiger",
    "locate_by_grid",
    "magnitude_counts",
    "maximum_curvature",
    "mixture_split",
    "nearest_event",
    "reasenberg",
    "shuffled_proximity",
    "to_local_plane",
]
