"""What simulated picks are asked for, and what they come with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np
import pandas as pd

from .._arguments import (
    NotNegative,
    Number,
    Positive,
    check_fields,
    check_room,
    number,
    wrong,
)

__all__ = ["ObservedPicks", "Picker", "Seismicity", "TrueArrivals"]

Share = Annotated[float, number(least=0, most=1)]


@dataclass(frozen=True)
class Seismicity:
    """How many earthquakes of which size strike where.

    Attributes
    ----------
    duration_s : float
        Length of the record [s].
    rate_per_hour : float
        Mean number of earthquakes in an hour, >= 0.
    extent_km : float
        Side of the square of epicentres, from 0 to `extent_km` in x and y [km].
    shallowest_km, deepest_km : float
        Depths are uniform between these [km].
    magnitude_min : float
        Smallest magnitude.
    b_value : float
        Slope of the Gutenberg-Richter law, > 0.
    """

    duration_s: Positive = 3600.0
    rate_per_hour: NotNegative = 20.0
    extent_km: Positive = 100.0
    shallowest_km: NotNegative = 2.0
    deepest_km: NotNegative = 15.0
    magnitude_min: Number = 1.0
    b_value: Positive = 1.0

    def __post_init__(self) -> None:
        """Refuse what is no seismicity."""
        check_fields(self)
        if self.deepest_km < self.shallowest_km:
            accepted = f">= shallowest_km = {self.shallowest_km}"
            raise wrong("deepest_km", accepted, self.deepest_km)
        n_events = self.rate_per_hour * self.duration_s / 3600
        check_room("rate_per_hour", self.rate_per_hour, 1000 * n_events)


@dataclass(frozen=True)
class Picker:
    """What a picker hears of an arrival, and what it does wrong.

    Attributes
    ----------
    magnitude_50 : float
        The magnitude whose P half of the stations at 100 km detect.
    spread : float
        Standard deviation of that threshold, in magnitudes, > 0.
    s_harder : float
        How much larger an earthquake must be for its S to be detected as often.
    missed : float
        Share of the detected arrivals that is missed all the same, 0 to 1.
    false_per_hour : float
        Mean number of false picks at a station in an hour, >= 0.
    error_s : float
        Standard deviation of a good pick's timing error [s], >= 0.
    outliers : float
        Share of the picks whose error is ten times as wide, 0 to 1.
    delay_s : float
        Standard deviation of the stations' delays [s]: one each, for all its picks.
    dead_time_s : float
        For so long [s] a station gives no other pick of the same phase, >= 0.
    """

    magnitude_50: Number = 1.5
    spread: Positive = 0.3
    s_harder: NotNegative = 0.2
    missed: Share = 0.05
    false_per_hour: NotNegative = 5.0
    error_s: NotNegative = 0.1
    outliers: Share = 0.05
    delay_s: NotNegative = 0.0
    dead_time_s: NotNegative = 0.5

    def __post_init__(self) -> None:
        """Refuse what is no picker."""
        check_fields(self)


class ObservedPicks(NamedTuple):
    """What an observer has.

    Attributes
    ----------
    stations : pandas.DataFrame
        ``station``, ``x_km``, ``y_km``.
    picks : pandas.DataFrame
        ``station``, ``phase`` ("P" or "S") and ``time_s``, sorted by time.
    """

    stations: pd.DataFrame
    picks: pd.DataFrame


class TrueArrivals(NamedTuple):
    """What no observer has.

    Attributes
    ----------
    events : pandas.DataFrame
        ``time_s``, ``x_km``, ``y_km``, ``depth_km``, ``magnitude``; sorted by time.
    event : ndarray of int, shape (n_picks,)
        Row of the event that made each pick; -1 for a false one.
    arrivals : pandas.DataFrame
        Every arrival, heard or not: ``station``, ``phase``, ``time_s``, ``event``,
        ``distance_km`` (to the epicentre) and ``probability`` of its detection.
    delay_s : ndarray, shape (n_stations,)
        Delay of each station [s].
    """

    events: pd.DataFrame
    event: np.ndarray
    arrivals: pd.DataFrame
    delay_s: np.ndarray
