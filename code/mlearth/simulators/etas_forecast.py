"""Forecasts of the ETAS model: many possible continuations of a catalogue."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .._arguments import (
    Count,
    CountOrZero,
    Number,
    Positive,
    Vector,
    check_room,
    checked,
    wrong,
)
from ..seismology.etas_laws import EtasParameters, SpaceTime
from ..seismology.etas_likelihood import check_catalogue
from ..seismology.omori import OmoriTable
from .cascade import draw_aftershocks, draw_magnitudes
from .simulated import Simulated

__all__ = ["forecast_etas"]

STANDS_IN_FOR = (
    "The earthquakes that may follow a catalogue, as often in simulations as they are "
    "probable under the model."
)
BREAKS_DOWN = (
    "The parameters are taken to be known and the model to be true; what the catalogue "
    "lost triggers nothing."
)


def check_history(
    time_days: np.ndarray, magnitude: np.ndarray, start_days: float, **others: object
) -> None:
    """Refuse a history that is no catalogue, or that knows the future."""
    check_catalogue(time_days, magnitude, **others)
    if time_days[-1] > start_days:
        wanted = f"at most start_days, {start_days:g}"
        raise wrong("time_days", wanted, time_days[-1])


@checked(also=check_history)
def forecast_etas(
    parameters: SpaceTime,
    time_days: Vector,
    magnitude: Vector,
    *,
    start_days: Number,
    duration_days: Positive,
    n_simulations: Count = 1000,
    random_state: CountOrZero = 0,
) -> Simulated:
    """Simulate what may follow a catalogue, many times.

    Parameters
    ----------
    parameters : EtasParameters
        The model; its distances are not used.
    time_days : array_like, shape (n,)
        Times of the earthquakes that are known, in ascending order [day].
    magnitude : array_like, shape (n,)
        Their magnitudes, none below `min_magnitude`.
    start_days : float
        When the forecast begins [day], not before the last known earthquake.
    duration_days : float
        For how long it is made [day], > 0.
    n_simulations : int
        Number of continuations.
    random_state : int
        Seed, >= 0.

    Returns
    -------
    Simulated
        Its `data` is a table of all simulated earthquakes, with the columns
        simulation (from 0), time_days and magnitude; its `truth` the parameters.
        ``np.bincount(data.simulation, minlength=n_simulations)`` counts them.

    Raises
    ------
    ValueError
        If an argument is no such value, or more earthquakes are to be expected than
        memory holds.

    Examples
    --------
    >>> laws = EtasParameters.with_branching_ratio(
    ...     0.6, background_per_day=0.1, alpha=0.8, c_days=0.01, p=1.2)
    >>> found = forecast_etas(laws, [0.0], [6.0], start_days=1.0, duration_days=7.0)
    >>> round(len(found.data) / 1000) > round(7 * laws.rate_per_day)
    True
    """
    rng = np.random.default_rng(random_state)
    end_days = start_days + duration_days
    table = parameters.omori.table(end_days - time_days[0])
    span = table.integral(start_days - time_days), table.integral(end_days - time_days)
    mean = parameters.productivity(magnitude) * (span[1] - span[0])
    first = parameters.background_per_day * duration_days + mean.sum()
    each = first / (1 - parameters.branching_ratio)
    check_room("n_simulations", n_simulations, 20 * each * n_simulations)
    parent = np.repeat(np.arange(mean.size), rng.poisson(mean * n_simulations))
    reached = rng.uniform(span[0][parent], span[1][parent])
    n_background = rng.poisson(
        parameters.background_per_day * duration_days * n_simulations
    )
    times = np.concatenate(
        [
            time_days[parent] + table.inverse(reached),
            rng.uniform(start_days, end_days, n_background),
        ]
    )
    simulation = rng.integers(0, n_simulations, times.size)
    data = continued(parameters, table, simulation, times, end_days, rng)
    return Simulated(data, parameters, STANDS_IN_FOR, BREAKS_DOWN, int(random_state))


def continued(
    parameters: EtasParameters,
    table: OmoriTable,
    simulation: np.ndarray,
    time_days: np.ndarray,
    end_days: float,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return first earthquakes of simulations and all that follow them, in order."""
    found = []
    while time_days.size or not found:
        magnitude = draw_magnitudes(parameters, time_days.size, rng)
        found.append((simulation, time_days, magnitude))
        parent, time_days = draw_aftershocks(
            parameters, table, time_days, magnitude, end_days, rng
        )
        simulation = simulation[parent]
    columns = map(np.concatenate, zip(*found, strict=True))
    names = ("simulation", "time_days", "magnitude")
    data = pd.DataFrame(dict(zip(names, columns, strict=True)))
    return data.sort_values(["simulation", "time_days"], ignore_index=True)
