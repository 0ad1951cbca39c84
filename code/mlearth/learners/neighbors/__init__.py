"""Learners that remember their samples and ask the nearest."""

from .nearest_neighbors import EARTH_RADIUS_KM, to_radians

__all__ = ["EARTH_RADIUS_KM", "to_radians"]
