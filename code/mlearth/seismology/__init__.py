"""The classical science of earthquakes, from their catalogues to their laws.

>>> from mlearth.seismology import magnitude_counts
"""

from .coulomb import (
    coulomb_stress,
    coulomb_stress_on_optimal_planes,
    max_shear,
    stress_change,
)
from .magnitudes import magnitude_counts
from .okada import RectangularFault, dislocation, distance_to_fault
from .planes import optimal_planes, resolve_stress

__all__ = [
    "RectangularFault",
    "coulomb_stress",
    "coulomb_stress_on_optimal_planes",
    "dislocation",
    "distance_to_fault",
    "magnitude_counts",
    "max_shear",
    "optimal_planes",
    "resolve_stress",
    "stress_change",
]
