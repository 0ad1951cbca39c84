"""Baselines from nothing to a network, each tuned on the validation recordings."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from ...seismology.pyocto_peer import has_pyocto
from ..kit import Baseline, KitData, Predictions
from .pickers import load_picker
from .pipeline import (
    MIN_PICKS,
    Trigger,
    catalogue_of,
    network_curves,
    network_picks,
    nothing,
    trigger_picks,
    with_world,
)
from .recordings import WORLDS
from .scores import EVENTS, P, S, f1_of, recording_counts

__all__ = ["baselines", "tuned_heights", "tuned_min_picks", "tuned_trigger"]

HEIGHTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)


def pick_f1(data: KitData, picks: pd.DataFrame, phase: str) -> float:
    """Return the F1 of picks of a phase."""
    number = picks.groupby("recording").cumcount()
    tables = nothing() | {"picks": picks.assign(event=-1, pick=number)}
    return f1_of(P if phase == "P" else S)(recording_counts(tables, data))


def tuned_trigger(validation: KitData) -> dict[str, Trigger]:
    """Find the settings that pick best in each world, within 0.5 s.

    Parameters
    ----------
    validation : KitData
        With its truth.

    Returns
    -------
    dict of str to Trigger
    """
    return {
        world: best_trigger(with_world(validation, world), world) for world in WORLDS
    }


def best_trigger(data: KitData, world: str) -> Trigger:
    """Search lengths and ratio first, then the share that makes an S."""
    phases = "PS" if world == "natural" else "P"

    def score(one: Trigger) -> float:
        picks = trigger_picks(data, {world: one})
        return float(np.mean([pick_f1(data, picks, phase) for phase in phases]))

    first = max(
        (Trigger(short, 5.0, on)
         for short, on in product((0.2, 0.5), (2.0, 3.0, 5.0))),
        key=score,
    )  # fmt: skip
    shares = (1.0, 2.0, 4.0) if world == "natural" else (first.share,)
    return max((first._replace(share=share) for share in shares), key=score)


def tuned_heights(
    validation: KitData, curves: list[np.ndarray]
) -> dict[str, dict[str, float]]:
    """Find the heights that pick best in each world, within 0.5 s.

    Parameters
    ----------
    validation : KitData
        With its truth.
    curves : list of ndarray
        Of :func:`network_curves` along its records.

    Returns
    -------
    dict of str to dict
        For each world the height of "P" and of "S". The laboratory has no S: there it
        is the one that makes fewest.
    """
    n_stations = validation.inputs["waveforms"].shape[1]
    is_own = np.repeat(validation.inputs["recordings"]["world"], n_stations)
    found = {}
    for world in WORLDS:
        data = with_world(validation, world)
        own = [c for c, w in zip(curves, is_own, strict=True) if w == world]
        found[world] = best_heights(data, own, world)
    return found


def best_heights(data: KitData, curves: list, world: str) -> dict[str, float]:
    """Return the heights of P and of S in one world."""
    scores = {}
    for height in HEIGHTS:
        both = {world: {"P": height, "S": height}}
        picks = network_picks(data, curves, both)
        for phase in "PS":
            scores[phase, height] = pick_f1(data, picks, phase)
    s_known = (data.truth["picks"]["phase"] == "S").any()
    best = {p: max(HEIGHTS, key=lambda h, p=p: scores[p, h]) for p in "PS"}
    return best if s_known else best | {"S": max(HEIGHTS)}


def tuned_min_picks(validation: KitData, picks: pd.DataFrame, associator: str) -> dict:
    """Find the fewest picks of an event with which events are found best.

    Parameters
    ----------
    validation : KitData
        With its truth.
    picks : pandas.DataFrame
        Of its records.
    associator : {"back_projection", "pyocto"}

    Returns
    -------
    dict of str to int
        For each world.
    """
    found = {}
    for world in WORLDS:
        data = with_world(validation, world)
        names = data.inputs["recordings"]["recording"]
        own = picks[picks["recording"].isin(names)]
        tries = (MIN_PICKS[world], MIN_PICKS[world] + 1)

        def score(least: int, data=data, own=own, world=world) -> float:
            said = catalogue_of(data, own, associator, {world: least})
            return f1_of(EVENTS)(recording_counts(said, data))

        found[world] = max(tries, key=score)
    return found


def baselines() -> dict[str, Baseline]:
    """Return the rivals, from naive to strong.

    Returns
    -------
    dict of Baseline
        PyOcto's only where it is installed.
    """
    tuned = "heights and fewest picks of an event tuned on validation"
    found = {
        "nothing": Baseline(lambda *_: nothing(), "no pick and no event"),
        "sta_lta": Baseline(
            with_trigger,
            "STA/LTA and AIC, S by the direction of motion, back-projection; "
            "averages, ratio, share and fewest picks tuned on validation",
        ),
        "u_net": Baseline(
            with_network("back_projection"),
            f"the shipped U-Net, trained on both worlds, back-projection; {tuned}",
        ),
    }
    if has_pyocto():
        found["u_net_pyocto"] = Baseline(
            with_network("pyocto"), f"the same U-Net, PyOcto; {tuned}"
        )
    return found


def with_trigger(training: KitData, validation: KitData, data: KitData) -> Predictions:
    """Pick with the tuned trigger, then associate."""
    settings = tuned_trigger(validation)
    least = tuned_min_picks(
        validation, trigger_picks(validation, settings), "back_projection"
    )
    return catalogue_of(data, trigger_picks(data, settings), min_picks=least)


def with_network(associator: str) -> Callable[..., Predictions]:
    """Return a baseline that picks with the shipped U-Net."""

    def predict(training: KitData, validation: KitData, data: KitData) -> Predictions:
        return picked_by(load_picker(), validation, data, associator)

    return predict


def picked_by(
    network: Any, validation: KitData, data: KitData, associator="back_projection"
) -> Predictions:
    """Pick with a network, associate and locate; all heights from validation."""
    own = network_curves(validation, network)
    heights = tuned_heights(validation, own)
    picks = network_picks(validation, own, heights)
    least = tuned_min_picks(validation, picks, associator)
    said = network_picks(data, network_curves(data, network), heights)
    return catalogue_of(data, said, associator, least)
