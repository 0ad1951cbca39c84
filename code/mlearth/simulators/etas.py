"""Catalogues of the ETAS model, in space and time, with every parent known."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated

import numpy as np
import pandas as pd

from .._arguments import (
    Accepted,
    CountOrZero,
    Matrix,
    NotNegative,
    Positive,
    check_places,
    check_room,
    checked,
    wrong,
)
from .._arguments.values import is_number
from .._geodesy import wrapped
from ..seismology.etas_laws import EtasParameters, SpaceTime
from .cascade import Generation, cascade, draw_magnitudes
from .simulated import Simulated

__all__ = ["EtasTruth", "simulate_etas"]

SOURCES = ("background", "swarm", "injection")
"""What begins a cascade."""

STANDS_IN_FOR = (
    "The catalogue of a region whose earthquakes come at a steady rate and trigger "
    "aftershocks, with the parent of each known."
)
BREAKS_DOWN = (
    "Aftershocks surround their parents in circles instead of along faults, there is "
    "no depth, nothing recharges, and sizes are independent of all that "
    "came before."
)


@dataclass(frozen=True, eq=False)
class EtasTruth:
    """What made a catalogue.

    Attributes
    ----------
    parameters : EtasParameters
        The laws.
    events : pandas.DataFrame
        Every earthquake, those of the burn-in included (their times are negative),
        sorted by time. The index, ``event_id``, is that of the catalogue. Columns:
        time_days, latitude_deg, longitude_deg, magnitude; parent_id, -1 where there
        is none; generation, 0 for the background; source, what began the cascade:
        background, swarm or injection.
    """

    parameters: EtasParameters
    events: pd.DataFrame


def is_box(value: object) -> bool:
    """Tell whether a value is a south, north, west and east edge [degree]."""
    if not isinstance(value, tuple | list) or len(value) != 4:
        return False
    if not all(map(is_number, value)):
        return False
    south, north, west, east = value
    sides = [-180 <= side <= 360 for side in (west, east)]
    return -90 <= south < north <= 90 and all(sides) and west != east


Box = Annotated[
    tuple[float, float, float, float],
    Accepted(
        "(south, north, west, east) in degrees, south < north, west first also across "
        "the antimeridian",
        is_box,
    ),
]


@checked
def simulate_etas(
    parameters: SpaceTime,
    duration_days: Positive,
    region: Box,
    *,
    background_map: Matrix | None = None,
    cell_deg: Positive = 0.1,
    burn_in_days: NotNegative | None = None,
    random_state: CountOrZero = 0,
) -> Simulated:
    """Simulate a catalogue of the space-time ETAS model.

    Background earthquakes come at a steady rate. Each triggers a random number of
    aftershocks, which trigger theirs; a generation is drawn at once
    ``ogata1998space``.

    Parameters
    ----------
    parameters : EtasParameters
        The laws; `background_per_day` is the rate of the whole region.
    duration_days : float
        Length of the catalogue [day], > 0.
    region : tuple of float
        South, north, west and east edge [degree] of the region of the background,
        which is even in it. Aftershocks may fall outside.
    background_map : array_like, shape (n_cells, 3), optional
        Latitude and longitude [degree] of the centres of cells, and the relative rate
        of each, >= 0: the background instead of an even one.
    cell_deg : float
        Side of these cells [degree], > 0.
    burn_in_days : float, optional
        Time before the catalogue in which earthquakes may become its parents [day],
        >= 0. The default is `duration_days`. A rate is stationary only after many
        times the longest time over which earthquakes trigger.
    random_state : int
        Seed, >= 0.

    Returns
    -------
    Simulated
        Its `data` is a table of the catalogue, sorted by time, with ``event_id`` as
        index and the columns time_days, latitude_deg, longitude_deg and magnitude;
        its `truth` an `EtasTruth`.

    Raises
    ------
    ValueError
        If an argument is no such value, or so many earthquakes are to be expected
        that memory would not hold them.

    Examples
    --------
    >>> from mlearth.seismology import EtasParameters
    >>> laws = EtasParameters.with_branching_ratio(
    ...     0.5, background_per_day=2.0, alpha=0.8, c_days=0.01, p=1.2)
    >>> found = simulate_etas(laws, 100.0, (35.0, 37.0, -119.0, -116.0))
    >>> found.data.columns.tolist()
    ['time_days', 'latitude_deg', 'longitude_deg', 'magnitude']
    >>> found.truth.events.generation.min()
    np.int64(0)
    """
    rng = np.random.default_rng(random_state)
    burn_in_days = duration_days if burn_in_days is None else burn_in_days
    span_days = duration_days + burn_in_days
    check_room("duration_days", duration_days, 20 * span_days * parameters.rate_per_day)
    n = rng.poisson(parameters.background_per_day * span_days)
    if background_map is None:
        places = even_places(region, n, rng)
    else:
        places = mapped_places(background_map, cell_deg, n, rng)
    times = rng.uniform(-burn_in_days, duration_days, n)
    background = background_of(parameters, times, *places, "background", rng)
    events = triggered(parameters, [background], duration_days, rng)
    return as_simulated(parameters, events, STANDS_IN_FOR, BREAKS_DOWN, random_state)


def even_places(
    region: tuple, n: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw places that are even over the surface of a box."""
    south, north, west, east = region
    sine = rng.uniform(np.sin(np.radians(south)), np.sin(np.radians(north)), n)
    width = (east - west) % 360 or 360.0
    return np.degrees(np.arcsin(sine)), wrapped(west + width * rng.random(n))


def mapped_places(
    background_map: np.ndarray, cell_deg: float, n: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw places of cells by their rates, even within each."""
    if background_map.shape[1] != 3:
        wanted = "a table of latitude, longitude and rate"
        raise wrong("background_map", wanted, f"shape {background_map.shape}")
    latitude, longitude, rate = background_map.T
    check_places(latitude, longitude, unit=" of background_map")
    if rate.min() < 0 or rate.sum() <= 0:
        raise wrong("background_map", "rates >= 0, some of them > 0", rate.min())
    cell = rng.choice(rate.size, n, p=rate / rate.sum())
    moved = cell_deg * rng.uniform(-0.5, 0.5, (2, n))
    return np.clip(latitude[cell] + moved[0], -90, 90), wrapped(
        longitude[cell] + moved[1]
    )


def background_of(
    parameters: EtasParameters,
    time_days: np.ndarray,
    latitude_deg: np.ndarray,
    longitude_deg: np.ndarray,
    source: str,
    rng: np.random.Generator,
) -> Generation:
    """Return earthquakes without a parent, with magnitudes drawn for them."""
    n = time_days.size
    magnitude = draw_magnitudes(parameters, n, rng)
    code = np.full(n, SOURCES.index(source), dtype=np.int8)
    nobody = np.full(n, -1)
    return Generation(time_days, latitude_deg, longitude_deg, magnitude, nobody, code)


def triggered(
    parameters: EtasParameters,
    backgrounds: list[Generation],
    end_days: float,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return backgrounds and all that follows from them, sorted by time."""
    generations = cascade(parameters, joined(backgrounds), end_days, rng)
    every = joined(generations)
    sizes = [generation.time_days.size for generation in generations]
    order = np.argsort(every.time_days, kind="stable")
    rank = np.empty(order.size + 1, dtype=int)
    rank[order], rank[-1] = np.arange(order.size), -1  # the parent -1 stays -1
    columns = {name: getattr(every, name)[order] for name in FIELDS[:4]}
    columns["parent_id"] = rank[every.parent_id[order]]
    columns["generation"] = np.repeat(np.arange(len(sizes)), sizes)[order]
    columns["source"] = pd.Categorical.from_codes(every.source[order], SOURCES)
    events = pd.DataFrame(columns)
    events.index.name = "event_id"
    return events


FIELDS = [field.name for field in fields(Generation)]


def joined(parts: list[Generation]) -> Generation:
    """Return several generations as one."""
    return Generation(*[np.concatenate([getattr(p, f) for p in parts]) for f in FIELDS])


def as_simulated(
    parameters: EtasParameters,
    events: pd.DataFrame,
    stands_in_for: str,
    breaks_down: str,
    random_state: int,
) -> Simulated:
    """Return events as data, those of the burn-in left out, and as truth."""
    first = np.searchsorted(events["time_days"], 0)
    data = events.iloc[first:, :4].copy()
    truth = EtasTruth(parameters, events)
    return Simulated(data, truth, stands_in_for, breaks_down, int(random_state))
