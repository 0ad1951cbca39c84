"""Splits of the kit: several regions each, with a datasheet."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd

from ..._arguments import check_choice, check_count, wrong
from ...simulators import generate
from ...simulators.plan import seed_of
from ..kit import KitData, digest
from .worlds import WORLDS, simulate_region

__all__ = ["make_data", "make_world"]

SPLITS = {
    "training": ("home", 24),
    "validation": ("home", 12),
    "public": ("away", 20),
    "private": ("away", 20),
}
"""The world of each split, and how many regions it has when it is small."""

TIMES_LARGE = 10
KIT_SEED = 2026

UNITS = {
    "catalogue": "number of the region",
    "event": "number within its catalogue, in the order of time",
    "time_days": "day since the catalogue began",
    "latitude_deg": "degree, north positive",
    "longitude_deg": "degree, east positive",
    "magnitude": "moment magnitude",
    "duration_days": "day",
    "magnitude_of_completeness": "smallest magnitude in the catalogue",
    "location_error_km": "standard deviation to the north and to the east, km",
}
STANDS_IN_FOR = (
    "The catalogues of independent regions, each with a steady background, its own "
    "laws of triggering and its own network; parents that no catalogue shows are known."
)
BREAKS_DOWN = (
    "Background is even in space and steady in time, aftershocks surround their "
    "parents in circles instead of along faults, there is no depth, no swarm, no "
    "blast, and errors of location are the same everywhere in a region."
)
TRAPS = (
    "The test is another world: its laws, its share of parents that no network saw, "
    "and its errors of location lie outside of what training and validation show.",
    "Two events of one catalogue are no independent evidence: split by catalogue.",
    "An event whose parent is missing is triggered all the same; its parent is the "
    "nearest ancestor in the catalogue, or -1.",
)


def make_data(
    split: Literal["training", "validation", "public", "private"],
    size: Literal["small", "large"] = "small",
    seed: int | None = None,
) -> KitData:
    """Make one split: catalogues, and which event triggered which.

    Parameters
    ----------
    split : {"training", "validation", "public", "private"}
        Training and validation come from home, the tests from away.
    size : {"small", "large"}
        24, 12, 20 and 20 catalogues, made in memory within seconds, or ten times as
        many from a store; these on a Dask cluster if a client is there.
    seed : int, optional
        Seed, >= 0; without it the kit's own. The private test has none of its own.

    Returns
    -------
    KitData
        ``inputs`` and ``truth`` hold ``events`` and ``catalogues``, whose first column
        is the number of the catalogue.

    Raises
    ------
    ValueError
        If an argument is none of these, or the private test has no seed.

    Examples
    --------
    >>> data = make_data("validation")
    >>> data.inputs["catalogues"].shape[0], int(data.truth["events"].triggered.max())
    (12, 1)
    """
    check_choice("split", split, SPLITS)
    check_choice("size", size, ("small", "large"))
    if seed is None and split == "private":
        got = "None: it is the instructor's, and lies outside of the tree"
        raise wrong("seed", "given for the private test", got)
    world, n = SPLITS[split]
    own = KIT_SEED if seed is None else check_count("seed", seed, least=0)
    made = regions(world, n, stream(split, own), size)
    inputs, truth = gathered(made, "data"), gathered(made, "truth")
    return KitData(inputs, truth, sheet_of(split, size, world, own, inputs))


def make_world(world: str, n_catalogues: int, seed: int) -> KitData:
    """Make catalogues of any world, for ablations; they are no split of the kit.

    Parameters
    ----------
    world : {"home", "away", "other laws", "fewer parents", "worse places", "dice"}
        Two whole worlds; three that differ from home in one thing; and one in which
        nothing triggers anything.
    n_catalogues : int
        How many, from 1 on.
    seed : int
        Seed, >= 0.

    Returns
    -------
    KitData

    Raises
    ------
    ValueError
        If an argument is none of these.
    """
    check_choice("world", world, WORLDS)
    check_count("n_catalogues", n_catalogues)
    check_count("seed", seed, least=0)
    made = regions(world, n_catalogues, stream("world", seed), "small")
    inputs, truth = gathered(made, "data"), gathered(made, "truth")
    return KitData(inputs, truth, sheet_of("world", "small", world, seed, inputs))


def stream(split: str, seed: int) -> int:
    """Return the seed of a split's regions: no two splits share one."""
    sequence = np.random.SeedSequence([[*SPLITS, "world"].index(split), seed])
    return int(sequence.generate_state(1, np.uint64)[0] >> np.uint64(1))


def regions(world: str, n: int, seed: int, size: str) -> list[dict[str, Any]]:
    """Simulate regions, in memory or, if there are many, in a store."""
    if size == "large":
        parameters = {"world": world}
        client = running_client()
        return list(
            generate(simulate_region, n * TIMES_LARGE, seed, parameters, client=client)
        )
    made = [simulate_region(world, seed_of(seed, row)) for row in range(n)]
    return [{"data": one.data, "truth": one.truth} for one in made]


def running_client() -> Any | None:
    """Return the client of a Dask cluster, if this process has one."""
    distributed = sys.modules.get("distributed")
    if distributed is None:
        return None
    try:
        return distributed.get_client()
    except ValueError:
        return None


def gathered(made: Iterable[Mapping], part: str) -> dict[str, pd.DataFrame]:
    """Return the tables of all regions as two, with the number of the catalogue."""
    names = {"events": "events", "catalogues": "catalogue"}
    tables = {}
    for name, own in names.items():
        each = [one[part][own] for one in made]
        table = pd.concat(each, keys=range(len(each)), names=["catalogue", None])
        tables[name] = table.reset_index(level=0).reset_index(drop=True)
    return tables


def sheet_of(
    split: str, size: str, world: str, seed: int, inputs: Mapping[str, pd.DataFrame]
) -> dict[str, Any]:
    """Return the datasheet of a split; that of the private test tells no seed."""
    made_by = {"simulator": "simulate_etas, then observe_catalogue", "world": world}
    if split != "private":
        made_by["seed"] = seed
    return {
        "kit": "earthquake_sequences",
        "split": split,
        "size": size,
        "data": digest(inputs),
        "rows": {name: len(table) for name, table in inputs.items()},
        "units": UNITS,
        "made_by": made_by,
        "stands_in_for": STANDS_IN_FOR,
        "breaks_down": BREAKS_DOWN,
        "traps": TRAPS,
        "licence": "MIT, as the code that makes them",
    }
