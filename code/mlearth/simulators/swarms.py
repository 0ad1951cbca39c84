"""Swarms and injections: catalogues whose background comes and goes, and moves."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd

from .._arguments import (
    Accepted,
    CountOrZero,
    NotNegative,
    Number,
    Positive,
    check_room,
    checked,
    wrong,
)
from .._arguments.values import is_number
from .._geodesy import destination
from ..seismology.etas_laws import EtasParameters, SpaceTime
from .cascade import Generation
from .etas import Box, as_simulated, background_of, even_places, triggered
from .simulated import Simulated

__all__ = ["simulate_injection", "simulate_swarm"]

KM2_PER_DAY = 86400e-6
"""One m^2/s [km^2/day]."""

STANDS_IN_FOR = (
    "A catalogue in which a {} adds background earthquakes to a steady rate, each with "
    "its own aftershocks."
)
BREAKS_DOWN = {
    "swarm": (
        "The rate rises and falls as one bell, its places do not move, and sizes "
        "do not change with time."
    ),
    "injection": (
        "The rock is even and its diffusivity one number, earthquakes ignore pressure "
        "and stress, none but aftershocks follow after the pumps stop, and depth is "
        "left out."
    ),
}


def is_place(value: object) -> bool:
    """Tell whether a value is a latitude and a longitude [degree]."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        return False
    return (
        all(map(is_number, value)) and abs(value[0]) <= 90 and -180 <= value[1] <= 360
    )


Place = Annotated[
    tuple[float, float], Accepted("(latitude, longitude) in degrees", is_place)
]


@checked
def simulate_swarm(
    parameters: SpaceTime,
    duration_days: Positive,
    region: Box,
    *,
    centre: Place,
    mean_events: NotNegative,
    peak_days: Number,
    width_days: Positive,
    radius_km: Positive = 2.0,
    random_state: CountOrZero = 0,
) -> Simulated:
    """Simulate a catalogue with a swarm: the background rate swells and ebbs.

    Parameters
    ----------
    parameters : EtasParameters
        The laws, of the swarm's aftershocks too.
    duration_days : float
        Length of the catalogue [day], > 0; nothing came before it.
    region : tuple of float
        South, north, west and east edge [degree] of the steady background.
    centre : tuple of float
        Latitude and longitude of the swarm [degree].
    mean_events : float
        Earthquakes of the swarm to be expected, without their aftershocks, >= 0.
    peak_days, width_days : float
        Mean and standard deviation of their times [day]. What would fall outside of
        the catalogue is left out.
    radius_km : float
        Standard deviation of their places to the north and to the east [km], > 0.
    random_state : int
        Seed, >= 0.

    Returns
    -------
    Simulated
        As `simulate_etas` returns it; in its truth the source is "swarm" for the
        swarm and all that it triggers.

    Raises
    ------
    ValueError
        If an argument is no such value.

    Examples
    --------
    >>> from mlearth.seismology import EtasParameters
    >>> laws = EtasParameters.with_branching_ratio(
    ...     0.3, background_per_day=0.1, alpha=0.5, c_days=0.01, p=1.2)
    >>> found = simulate_swarm(laws, 100.0, (35.0, 37.0, -119.0, -116.0),
    ...     centre=(36.0, -117.5), mean_events=50.0, peak_days=60.0, width_days=4.0)
    >>> found.truth.events.source.value_counts().idxmax()
    'swarm'
    """
    rng = np.random.default_rng(random_state)
    check_expected(parameters, duration_days, mean_events)
    times = rng.normal(peak_days, width_days, rng.poisson(mean_events))
    times = times[(times >= 0) & (times < duration_days)]
    distance_km = radius_km * rng.rayleigh(size=times.size)
    swarm = around(parameters, centre, times, distance_km, "swarm", rng)
    events = with_steady(parameters, duration_days, region, swarm, rng)
    words = STANDS_IN_FOR.format("swarm"), BREAKS_DOWN["swarm"]
    return as_simulated(parameters, events, *words, random_state)


@checked
def simulate_injection(
    parameters: SpaceTime,
    duration_days: Positive,
    region: Box,
    *,
    well: Place,
    mean_events: NotNegative,
    start_days: NotNegative,
    stop_days: Positive,
    diffusivity_m2_s: Positive = 0.1,
    random_state: CountOrZero = 0,
) -> Simulated:
    """Simulate a catalogue with an injection, whose earthquakes follow a front.

    While fluid is pumped at a constant rate, earthquakes come at a constant rate,
    evenly over the disc that pore pressure has reached, r < sqrt(4 pi D t)
    ``shapiro2015fluid``.

    Parameters
    ----------
    parameters : EtasParameters
        The laws, of the induced earthquakes' aftershocks too.
    duration_days : float
        Length of the catalogue [day], > 0; nothing came before it.
    region : tuple of float
        South, north, west and east edge [degree] of the steady background.
    well : tuple of float
        Latitude and longitude of the well [degree].
    mean_events : float
        Induced earthquakes to be expected, without their aftershocks, >= 0.
    start_days, stop_days : float
        When the injection begins and ends [day], within the catalogue.
    diffusivity_m2_s : float
        Hydraulic diffusivity D of the rock [m^2/s], > 0.
    random_state : int
        Seed, >= 0.

    Returns
    -------
    Simulated
        As `simulate_etas` returns it; in its truth the source is "injection" for the
        induced earthquakes and all that they trigger.

    Raises
    ------
    ValueError
        If an argument is no such value, or the injection ends before it begins.

    Examples
    --------
    >>> from mlearth.seismology import EtasParameters
    >>> laws = EtasParameters.with_branching_ratio(
    ...     0.3, background_per_day=0.1, alpha=0.5, c_days=0.01, p=1.2)
    >>> found = simulate_injection(laws, 100.0, (35.0, 37.0, -119.0, -116.0),
    ...     well=(36.0, -117.5), mean_events=50.0, start_days=20.0, stop_days=50.0)
    >>> events = found.truth.events
    >>> events[events.source == "injection"].time_days.min() > 20
    np.True_
    """
    rng = np.random.default_rng(random_state)
    check_expected(parameters, duration_days, mean_events)
    if not start_days < stop_days <= duration_days:
        wanted = f"> start_days, {start_days:g}, and <= {duration_days:g}"
        raise wrong("stop_days", wanted, stop_days)
    times = rng.uniform(start_days, stop_days, rng.poisson(mean_events))
    front_km = diffusion_front_km(times - start_days, diffusivity_m2_s)
    distance_km = front_km * np.sqrt(rng.random(times.size))
    induced = around(parameters, well, times, distance_km, "injection", rng)
    events = with_steady(parameters, duration_days, region, induced, rng)
    words = STANDS_IN_FOR.format("injection"), BREAKS_DOWN["injection"]
    return as_simulated(parameters, events, *words, random_state)


def diffusion_front_km(elapsed_days: np.ndarray, diffusivity_m2_s: float) -> np.ndarray:
    """Return how far pore pressure has spread, sqrt(4 pi D t) [km]."""
    return np.sqrt(4 * np.pi * diffusivity_m2_s * KM2_PER_DAY * elapsed_days)


def check_expected(
    parameters: EtasParameters, duration_days: float, mean_events: float
) -> None:
    """Refuse more earthquakes than memory has room for."""
    more = mean_events / (1 - parameters.branching_ratio)
    check_room("mean_events", mean_events, 20 * more)
    check_room(
        "duration_days", duration_days, 20 * duration_days * parameters.rate_per_day
    )


def around(
    parameters: EtasParameters,
    centre: tuple[float, float],
    time_days: np.ndarray,
    distance_km: np.ndarray,
    source: str,
    rng: np.random.Generator,
) -> Generation:
    """Return earthquakes at distances from a centre, in any direction."""
    azimuth = rng.uniform(0, 2 * np.pi, time_days.size)
    latitude, longitude = np.full((time_days.size, 2), centre, dtype=float).T
    places = destination(latitude, longitude, distance_km, azimuth)
    return background_of(parameters, time_days, *places, source, rng)


def with_steady(
    parameters: EtasParameters,
    duration_days: float,
    region: tuple,
    added: Generation,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Add a steady background, and return all earthquakes with what they trigger."""
    n = rng.poisson(parameters.background_per_day * duration_days)
    times, places = rng.uniform(0, duration_days, n), even_places(region, n, rng)
    steady = background_of(parameters, times, *places, "background", rng)
    return triggered(parameters, [steady, added], duration_days, rng)
