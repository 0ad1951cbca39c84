"""Recordings of a split, their truth, and what a team has to know about them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from ..._arguments import check_choice, check_count, wrong
from ...simulators import generate
from ..kit import KitData, digest
from .recordings import (
    BREAKS_DOWN,
    BURSTS,
    DURATION_S,
    EVENTS_PER_MINUTE,
    GROUND,
    PLATE,
    SAMPLING_HZ,
    SCALE,
    SOURCES,
    STANDS_IN_FOR,
    WORLDS,
    simulate_recording,
)

__all__ = ["TITLE", "TOPIC", "make_data"]

TITLE = "Picking and association, laboratory and natural"
TOPIC = 6
KIT = "picking_and_association"
SPLITS = {"training": 20, "validation": 12, "public": 12, "private": 12}
"""Recordings of each world in a small split."""
TIMES = {"small": 1, "large": 10}
SEEDS = {"training": 611, "validation": 612, "public": 613}

SHEET = {
    "units": {
        "time_s": "s after the first sample",
        "x_km": "km east",
        "y_km": "km north",
        "depth_km": "km",
        "waveforms": "m/s: recording, station, component (Z, N, E), sample",
        "sampling_hz": "Hz",
    },
    "stands_in_for": STANDS_IN_FOR,
    "breaks_down": BREAKS_DOWN,
    "traps": (
        "a laboratory recording is told 200,000 times longer and larger: 5 us as 1 s",
        "a laboratory sensor has one component; the other two are zeros",
        "no S reaches a sensor of the laboratory: what comes second is a reflection",
        "every direct arrival is a true pick, also one below the noise",
        "in one trace of twenty a component is dead; some have spikes and bursts",
        "most windows hold no event: train with some that do not",
    ),
    "licence": "CC BY 4.0",
}


def make_data(split: str, size: str = "small", seed: int | None = None) -> KitData:
    """Make the recordings of a split.

    Parameters
    ----------
    split : {"training", "validation", "public", "private"}
        20 recordings of each world in training, 12 in the others.
    size : {"small", "large"}
        Large is ten times as many, in a store of :func:`mlearth.simulators.generate`;
        where this program has a Dask client, its workers make them.
    seed : int, optional
        By default the kit's own. The private test has none: the instructor keeps it.

    Returns
    -------
    KitData
        ``inputs``: ``recordings`` (``recording``, ``world``, ``sampling_hz``,
        ``p_km_s``, ``s_km_s``, ``deepest_km``), ``stations`` (``recording``,
        ``station``, ``x_km``, ``y_km``) and ``waveforms``, shape (n_recordings, 8, 3,
        9000) [m/s]. ``truth``: ``events`` and ``picks``, as in a submission.

    Raises
    ------
    ValueError
        If a word is none of these, or the private test is asked for without a seed.
    """
    number = [*SPLITS].index(check_choice("split", split, tuple(SPLITS)))
    check_choice("size", size, tuple(TIMES))
    if seed is None and split == "private":
        raise wrong(
            "seed", "the instructor's, which lies outside the tree, for private", "None"
        )
    own = SEEDS[split] if seed is None else check_count("seed", seed, least=0)
    n = SPLITS[split] * TIMES[size]
    parts = [
        pair
        for k, world in enumerate(WORLDS)
        for pair in examples(world, n, mixed(own, number, k), size)
    ]
    inputs, truth = tables(parts, n)
    told = {} if split == "private" else {"seed": own}
    return KitData(inputs, truth, sheet_of(split, size, inputs, told))


def mixed(seed: int, *numbers: int) -> int:
    """Return one seed of several numbers: no split has another's recordings."""
    return int(np.random.SeedSequence([seed, *numbers]).generate_state(1)[0])


def examples(world: str, n: int, seed: int, size: str) -> Iterable[tuple]:
    """Yield motion and catalogue of each recording, as mappings of tables."""
    if size == "small":
        for k in range(n):
            made = simulate_recording(world, mixed(seed, k))
            yield made.data._asdict(), made.truth._asdict()
    else:
        store = generate(
            simulate_recording, n, seed, {"world": world}, client=dask_client()
        )
        for one in store:
            yield one["data"], one["truth"]


def dask_client() -> Any:
    """Return the Dask client that this program has, or None."""
    distributed = sys.modules.get("distributed")
    if distributed is None:
        return None
    try:
        return distributed.default_client()
    except ValueError:
        return None


def tables(parts: list[tuple], n: int) -> tuple[dict, dict]:
    """Return inputs and truth of all recordings."""
    waveforms = np.stack([motion["waveforms"] for motion, _ in parts])
    recordings = pd.DataFrame(
        {
            "recording": np.arange(2 * n),
            "world": np.repeat(WORLDS, n),
            "sampling_hz": SAMPLING_HZ,
            "p_km_s": np.repeat([GROUND.p_km_s, PLATE.speed_m_s / 1e3], n),
            "s_km_s": np.repeat([GROUND.s_km_s, PLATE.shear_m_s / 1e3], n),
            "deepest_km": np.repeat(
                [SOURCES.deepest_km, PLATE.thickness_m * SCALE / 1e3], n
            ),
        }
    )
    inputs = {
        "recordings": recordings,
        "stations": stacked(motion["stations"] for motion, _ in parts),
        "waveforms": waveforms,
    }
    picks = stacked(made["picks"] for _, made in parts)
    picks.insert(1, "pick", picks.groupby("recording").cumcount())
    truth = {"events": stacked(made["events"] for _, made in parts), "picks": picks}
    return inputs, truth


def stacked(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return one table that says of each row which recording it is of."""
    named = [part.assign(recording=k) for k, part in enumerate(parts)]
    whole = pd.concat(named, ignore_index=True)
    return whole[["recording", *whole.columns.drop("recording")]]


def sheet_of(split: str, size: str, inputs: dict, told: dict) -> dict[str, Any]:
    """Return the datasheet."""
    made_by = {
        "simulator": f"mlearth.projects.{KIT}.recordings.simulate_recording",
        "parameters": {
            "duration_s": DURATION_S,
            "events_per_minute": EVENTS_PER_MINUTE,
            "magnitudes": [SOURCES.magnitude_min, SOURCES.magnitude_max],
            "magnitudes_laboratory": [BURSTS.magnitude_min, BURSTS.magnitude_max],
        },
        **told,
    }
    head = {"kit": KIT, "split": split, "size": size, "data": digest(inputs)}
    rows = {name: len(values) for name, values in inputs.items()}
    return head | {"rows": rows, "made_by": made_by} | SHEET
