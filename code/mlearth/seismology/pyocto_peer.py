"""PyOcto through the interface of our own associator."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd

from .._arguments import shown, wrong
from .straight_rays import StraightRays

__all__ = ["associate_with_pyocto", "has_pyocto"]


def has_pyocto() -> bool:
    """Tell whether PyOcto is installed."""
    return find_spec("pyocto") is not None


def associate_with_pyocto(
    picks: pd.DataFrame,
    stations: pd.DataFrame,
    travel_time: Any,
    deepest_km: float,
    spacing_km: float,
    tolerance_s: float,
    min_picks: int,
    margin_km: float,
) -> Any:
    """Associate with PyOcto; see :func:`mlearth.seismology.associate`."""
    from .association import in_order

    if not has_pyocto():
        raise ModuleNotFoundError(
            "associator 'pyocto' needs PyOcto: pip install 'mlearth[association]'"
        )
    if not isinstance(travel_time, StraightRays):
        raise wrong("travel_time", "a StraightRays for PyOcto", shown(travel_time))
    if len(picks) < min_picks:
        return in_order([], np.full(len(picks), -1))
    peer = _configured(
        stations, travel_time, deepest_km, spacing_km, tolerance_s, min_picks, margin_km
    )
    names = {"station": "id", "x_km": "x", "y_km": "y"}
    places = stations.rename(columns=names).assign(z=0.0)
    times = picks.rename(columns={"time_s": "time"})
    with warnings.catch_warnings():  # it calls pandas in an older way
        warnings.simplefilter("ignore", DeprecationWarning)
        events, assigned = peer.associate(times, places)
    return _in_our_form(events, assigned, len(picks), in_order)


def _configured(
    stations, travel_time, deepest_km, spacing_km, tolerance_s, min_picks, margin_km
) -> Any:
    """Return PyOcto's associator, set to the same task as ours."""
    import pyocto

    sides = [
        (stations[c].min() - margin_km, stations[c].max() + margin_km)
        for c in ("x_km", "y_km")
    ]
    longest_km = np.hypot(*(high - low for low, high in sides))
    model = pyocto.VelocityModel0D(
        travel_time.p_km_s, travel_time.s_km_s, tolerance=tolerance_s
    )
    return pyocto.OctoAssociator(
        *sides,
        (0.0, deepest_km),
        model,
        time_before=float(longest_km / travel_time.s_km_s) + tolerance_s,
        min_node_size=spacing_km,
        pick_match_tolerance=tolerance_s,
        n_picks=min_picks,
        n_p_picks=0,
        n_s_picks=0,
        n_p_and_s_picks=0,
        min_pick_fraction=0.0,
        n_threads=1,
    )


def _in_our_form(events, assigned, n_picks: int, in_order: Any) -> Any:
    """Return PyOcto's tables as an Association."""
    if events.empty:
        return in_order([], np.full(n_picks, -1))
    row = {number: i for i, number in enumerate(events["idx"])}
    event = np.full(n_picks, -1)
    event[assigned["pick_idx"].to_numpy(int)] = assigned["event_idx"].map(row)
    found = events[["time", "x", "y", "z", "picks"]].to_numpy().tolist()
    return in_order(found, event)
