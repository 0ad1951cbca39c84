"""Picks as columns of numbers, each at the place of its station."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

__all__ = ["Arrivals"]


class Arrivals(NamedTuple):
    """What an association asks of picks again and again.

    Attributes
    ----------
    who : ndarray of int, shape (n_picks,)
        A number for each pair of station and phase.
    is_p : ndarray of bool, shape (n_picks,)
        Whether P arrived, else S.
    time_s, x_km, y_km : ndarray, shape (n_picks,)
        When, and where.
    """

    who: np.ndarray
    is_p: np.ndarray
    time_s: np.ndarray
    x_km: np.ndarray
    y_km: np.ndarray

    def take(self, rows: np.ndarray) -> Arrivals:
        """Return some of them."""
        return Arrivals(*(column[rows] for column in self))

    def travel_times(
        self, distance_km: np.ndarray, depth_km: np.ndarray, travel_time: Callable
    ) -> np.ndarray:
        """Return times [s], each of its own phase, shape (..., n_picks)."""
        times = np.empty(distance_km.shape)
        for phase, of in (("P", self.is_p), ("S", ~self.is_p)):
            times[..., of] = travel_time(distance_km[..., of], depth_km[..., of], phase)
        return times
