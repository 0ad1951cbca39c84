"""The classical science of earthquakes, from their catalogues to their laws.

>>> from mlearth.seismology import magnitude_counts
"""

from .association import Association, associate, stack_origin_times
from .magnitudes import magnitude_counts
from .picking import aic_curve, aic_onset, pick_onsets
from .straight_rays import StraightRays

__all__ = [
    "Association",
    "StraightRays",
    "aic_curve",
    "aic_onset",
    "associate",
    "magnitude_counts",
    "pick_onsets",
    "stack_origin_times",
]
