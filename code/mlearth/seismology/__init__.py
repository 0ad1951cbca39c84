"""The classical science of earthquakes, from their catalogues to their laws.

>>> from mlearth.seismology import magnitude_counts
"""

from .eikonal import eikonal_times
from .grid_search import GridLocation, locate_by_grid
from .local_plane import from_local_plane, to_local_plane
from .location import Location, locate_by_geiger
from .magnitudes import magnitude_counts
from .picks import Picks
from .travel_time_tables import TravelTimeTable, load_travel_times
from .travel_times import GradientModel, HomogeneousModel, LayeredModel

__all__ = [
    "GradientModel",
    "GridLocation",
    "HomogeneousModel",
    "LayeredModel",
    "Location",
    "Picks",
    "TravelTimeTable",
    "eikonal_times",
    "from_local_plane",
    "load_travel_times",
    "locate_by_geiger",
    "locate_by_grid",
    "magnitude_counts",
    "to_local_plane",
]
