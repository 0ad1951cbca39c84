"""Cascades of earthquakes that trigger earthquakes, generation by generation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .._geodesy import EARTH_RADIUS_KM, destination
from ..seismology.etas_laws import LN10, EtasParameters
from ..seismology.omori import OmoriTable

ANTIPODE_KM = np.pi * EARTH_RADIUS_KM
"""Largest distance along the surface [km]: the density of distances ends there."""


@dataclass(frozen=True)
class Generation:
    """Earthquakes of one generation, as arrays of shape (n,).

    Attributes
    ----------
    time_days, latitude_deg, longitude_deg, magnitude : ndarray of float
        When, where, how large.
    parent_id : ndarray of int
        Number of the earthquake that triggered each, -1 for none.
    source : ndarray of int
        What began its cascade, handed down.
    """

    time_days: np.ndarray
    latitude_deg: np.ndarray
    longitude_deg: np.ndarray
    magnitude: np.ndarray
    parent_id: np.ndarray
    source: np.ndarray


def draw_magnitudes(
    parameters: EtasParameters, n: int, rng: np.random.Generator
) -> np.ndarray:
    """Draw magnitudes of the truncated Gutenberg-Richter law, shape (n,)."""
    beta = LN10 * parameters.b_value
    width = parameters.max_magnitude - parameters.min_magnitude
    chance = -np.expm1(-beta * width)
    return parameters.min_magnitude - np.log1p(-chance * rng.random(n)) / beta


def draw_distances(
    parameters: EtasParameters, magnitude: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw distances of aftershocks from parents of these magnitudes [km]."""
    excess = magnitude - parameters.min_magnitude
    scale = parameters.distance_km * np.exp(LN10 * parameters.gamma * excess)
    slope = parameters.q - 1
    beyond = (1 + (ANTIPODE_KM / scale) ** 2) ** -slope
    share = beyond + (1 - beyond) * (1 - rng.random(magnitude.size))
    return scale * np.sqrt(np.expm1(-np.log(share) / slope))


def draw_aftershocks(
    parameters: EtasParameters,
    table: OmoriTable,
    time_days: np.ndarray,
    magnitude: np.ndarray,
    end_days: float,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw the direct aftershocks of earthquakes: whose they are, and their times."""
    reach = table.integral(end_days - time_days)
    count = rng.poisson(parameters.productivity(magnitude) * reach)
    parent = np.repeat(np.arange(count.size), count)
    elapsed = table.inverse(rng.random(parent.size) * reach[parent])
    return parent, time_days[parent] + elapsed


def next_generation(
    parameters: EtasParameters,
    table: OmoriTable,
    parents: Generation,
    first_id: int,
    end_days: float,
    rng: np.random.Generator,
) -> Generation:
    """Draw all direct aftershocks of a generation, whose ids begin at `first_id`."""
    parent, time_days = draw_aftershocks(
        parameters, table, parents.time_days, parents.magnitude, end_days, rng
    )
    latitude_deg, longitude_deg = destination(
        parents.latitude_deg[parent],
        parents.longitude_deg[parent],
        draw_distances(parameters, parents.magnitude[parent], rng),
        rng.uniform(0, 2 * np.pi, parent.size),
    )
    magnitude = draw_magnitudes(parameters, parent.size, rng)
    source = parents.source[parent]
    return Generation(
        time_days, latitude_deg, longitude_deg, magnitude, first_id + parent, source
    )


def cascade(
    parameters: EtasParameters,
    background: Generation,
    end_days: float,
    rng: np.random.Generator,
) -> list[Generation]:
    """Return the background and all generations that follow it before the end."""
    first = background.time_days.min(initial=end_days)
    table = parameters.omori.table(end_days - first)
    generations, n_before = [background], 0
    while generations[-1].time_days.size:
        parents = generations[-1]
        generations.append(
            next_generation(parameters, table, parents, n_before, end_days, rng)
        )
        n_before += parents.time_days.size
    return generations[:-1] or generations
