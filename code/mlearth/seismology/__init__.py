"""The classical science of earthquakes, from their catalogues to their laws.

>>> from mlearth.seismology import magnitude_counts
"""

from .coulomb import (
    coulomb_stress,
    coulomb_stress_on_optimal_planes,
    max_shear,
    stress_change,
)
from .eikonal import eikonal_times
from .grid_search import GridLocation, locate_by_grid
from .local_plane import from_local_plane, to_local_plane
from .location import Location, locate_by_geiger
from .magnitudes import magnitude_counts
from .okada import RectangularFault, dislocation, distance_to_fault
from .picks import Picks
from .planes import optimal_planes, resolve_stress
from .travel_time_tables import TravelTimeTable, load_travel_times
from .travel_times import GradientModel, HomogeneousModel, LayeredModel

__all__ = [
    "GradientModel",
    "GridLocation",
    "HomogeneousModel",
    "LayeredModel",
    "Location",
    "Picks",
    "RectangularFault",
    "TravelTimeTable",
    "coulomb_stress",
    "coulomb_stress_on_optimal_planes",
    "dislocation",
    "distance_to_fault",
    "eikonal_times",
    "from_local_plane",
    "load_travel_times",
    "locate_by_geiger",
    "locate_by_grid",
    "magnitude_counts",
    "max_shear",
    "optimal_planes",
    "resolve_stress",
    "stress_change",
    "to_local_plane",
]
