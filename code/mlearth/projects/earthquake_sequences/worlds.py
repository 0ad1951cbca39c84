"""One simulated region: its laws drawn from a world, its catalogue as a network has it.

Two worlds. *Home* is where labels are bought: dense stations, nearly all parents seen.
*Away* is where the answer is wanted: other laws, fewer parents, places off by
kilometres.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..._arguments import check_choice, check_count
from ...seismology import EtasParameters
from ...simulators import Simulated, observe_catalogue, simulate_etas

__all__ = ["DURATION_DAYS", "WORLDS", "seen_ancestors", "simulate_region"]

DURATION_DAYS = 1500.0
MAX_MAGNITUDE = 7.0
MAGNITUDE_ERROR = 0.1
HEIGHT_DEG, WIDTH_DEG = 3.0, 3.6

LAWS = ("branching_ratio", "alpha", "log10_c", "p", "distance_km")
NETWORK = ("unseen_magnitudes", "location_error_km")

HOME = {
    "branching_ratio": (0.45, 0.65),
    "alpha": (0.75, 0.9),
    "log10_c": (-2.3, -1.7),
    "p": (1.1, 1.25),
    "distance_km": (0.2, 0.5),
    "unseen_magnitudes": (0.0, 0.2),
    "location_error_km": (0.3, 1.0),
}
AWAY = {
    "branching_ratio": (0.35, 0.75),
    "alpha": (0.6, 0.95),
    "log10_c": (-3.0, -1.0),
    "p": (1.0, 1.35),
    "distance_km": (0.5, 2.0),
    "unseen_magnitudes": (0.5, 0.8),
    "location_error_km": (3.0, 8.0),
}
WORLDS = {
    "home": HOME,
    "away": AWAY,
    "other laws": HOME | {name: AWAY[name] for name in LAWS},
    "fewer parents": HOME | {"unseen_magnitudes": AWAY["unseen_magnitudes"]},
    "worse places": HOME | {"location_error_km": AWAY["location_error_km"]},
    "dice": HOME | {"branching_ratio": (0.0, 0.0)},
}
"""Ranges from which each region's numbers are drawn evenly. Three worlds shift one
thing each; in the last nobody follows anybody."""


def simulate_region(world: str, seed: int) -> Simulated:
    """Simulate one region and what its network made of it.

    Parameters
    ----------
    world : {"home", "away", "other laws", "fewer parents", "worse places", "dice"}
        Where its numbers are drawn.
    seed : int
        Seed, >= 0.

    Returns
    -------
    Simulated
        ``data`` holds two tables: ``events`` (event, time_days, latitude_deg,
        longitude_deg, magnitude), in the order of time and numbered from 0, and
        ``catalogue``, of one row (duration_days, the edges of the region [degree],
        magnitude_of_completeness, location_error_km). ``truth`` holds ``events``
        (event, triggered, 0 or 1, and parent, the event that is the nearest ancestor
        in the catalogue, -1 if there is none) and ``catalogue`` (the laws).

    Raises
    ------
    ValueError
        If the world is none of these, or the seed no seed.
    """
    check_choice("world", world, WORLDS)
    rng = np.random.default_rng(check_count("seed", seed, least=0))
    drawn = {name: rng.uniform(*ends) for name, ends in WORLDS[world].items()}
    complete = round(rng.uniform(2.5, 3.3), 1)
    laws = laws_of(drawn, complete, rng.uniform(200, 350) / DURATION_DAYS)
    box = drawn_box(rng)
    whole = simulate_etas(laws, DURATION_DAYS, box, random_state=new_seed(rng))
    seen = observe_catalogue(
        whole,
        magnitude_of_completeness=complete,
        location_error_km=drawn["location_error_km"],
        magnitude_error=MAGNITUDE_ERROR,
        random_state=new_seed(rng),
    )
    kept = rounded(within(seen.data, box))
    catalogue = pd.DataFrame([dict(zip(EDGES, box, strict=True))])
    catalogue.insert(0, "duration_days", DURATION_DAYS)
    catalogue["magnitude_of_completeness"] = complete
    catalogue["location_error_km"] = round(drawn["location_error_km"], 1)
    data = {"events": numbered(kept), "catalogue": catalogue}
    truth = {"events": labels(whole.truth.events, kept), "catalogue": law_table(laws)}
    return Simulated(data, truth, whole.stands_in_for, whole.breaks_down, seed)


EDGES = ("south_deg", "north_deg", "west_deg", "east_deg")


def new_seed(rng: np.random.Generator) -> int:
    """Draw a seed."""
    return int(rng.integers(2**31))


def laws_of(drawn: dict, complete: float, seen_per_day: float) -> EtasParameters:
    """Return laws whose background above the completeness has the rate [1/day]."""
    unseen = drawn["unseen_magnitudes"]
    return EtasParameters.with_branching_ratio(
        drawn["branching_ratio"],
        background_per_day=seen_per_day * 10**unseen,
        alpha=drawn["alpha"],
        c_days=10 ** drawn["log10_c"],
        p=drawn["p"],
        taper_days=DURATION_DAYS,
        min_magnitude=complete - unseen,
        max_magnitude=MAX_MAGNITUDE,
        distance_km=drawn["distance_km"],
    )


def law_table(laws: EtasParameters) -> pd.DataFrame:
    """Return laws as a table of one row."""
    return pd.DataFrame([vars(laws)])


def drawn_box(rng: np.random.Generator) -> tuple[float, float, float, float]:
    """Draw where on Earth the region lies: its edges [degree]."""
    south, west = np.round([rng.uniform(-45, 42), rng.uniform(-170, 160)], 1)
    north, east = np.round([south + HEIGHT_DEG, west + WIDTH_DEG], 1)
    return float(south), float(north), float(west), float(east)


def within(events: pd.DataFrame, box: tuple) -> pd.DataFrame:
    """Return the earthquakes whose places, as found, lie in the region."""
    south, north, west, east = box
    inside = events["latitude_deg"].between(south, north)
    return events[inside & events["longitude_deg"].between(west, east)]


def rounded(events: pd.DataFrame) -> pd.DataFrame:
    """Return events as a bulletin prints them: seconds, some metres, hundredths."""
    digits = {"latitude_deg": 4, "longitude_deg": 4, "magnitude": 2}
    return events.round({"time_days": 6} | digits)


def numbered(events: pd.DataFrame) -> pd.DataFrame:
    """Return events with their numbers as a column."""
    table = events.reset_index(drop=True)
    table.insert(0, "event", np.arange(len(table)))
    return table


def labels(every: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """Return what is true of the events of a catalogue, by their numbers in it."""
    parent = every["parent_id"].to_numpy()
    shown = np.zeros(len(every), dtype=bool)
    shown[kept.index] = True
    number = np.append(np.cumsum(shown) - 1, -1)  # the parent -1 stays -1
    ancestor = seen_ancestors(parent, shown)[kept.index]
    return pd.DataFrame(
        {
            "event": np.arange(len(kept)),
            "triggered": (parent[kept.index] >= 0).astype(int),
            "parent": number[ancestor],
        }
    )


def seen_ancestors(parent: np.ndarray, shown: np.ndarray) -> np.ndarray:
    """Return the nearest ancestor that is shown, -1 where there is none.

    Parameters
    ----------
    parent : ndarray of int, shape (n,)
        Row of the parent, -1 for none.
    shown : ndarray of bool, shape (n,)
        Which rows are in the catalogue.

    Returns
    -------
    ndarray of int, shape (n,)

    Examples
    --------
    A child whose parent was missed is linked to its grandparent:

    >>> seen_ancestors(np.array([-1, 0, 1]), np.array([True, False, True])).tolist()
    [-1, 0, 0]
    """
    ancestor = parent.copy()
    while (lost := (ancestor >= 0) & ~shown[ancestor]).any():
        ancestor[lost] = parent[ancestor[lost]]
    return ancestor
