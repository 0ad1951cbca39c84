"""The classical science of earthquakes, from their catalogues to their laws.

>>> from mlearth.seismology import magnitude_counts
"""

from .magnitudes import magnitude_counts

__all__ = ["magnitude_counts"]
