"""From ObsPy's catalogue objects to tidy tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .event_table import preferred, to_table

if TYPE_CHECKING:
    from obspy.core.event import Catalog, Event, Origin

__all__ = ["catalog_to_table", "picks_to_table"]


def catalog_to_table(catalog: Catalog) -> pd.DataFrame:
    """Turn an ObsPy catalogue into a table, one event per row.

    The preferred origin and magnitude are taken, else the first ones.

    Parameters
    ----------
    catalog : obspy.core.event.Catalog
        Events; an event without a magnitude or a depth gets NaN there.

    Returns
    -------
    pandas.DataFrame
        See :func:`mlearth.datasets.event_table.to_table`.

    Examples
    --------
    >>> from obspy.core.event import Catalog, Event, Origin
    >>> from obspy import UTCDateTime
    >>> origin = Origin(time=UTCDateTime(0), latitude=1, longitude=2, depth=3000)
    >>> table = catalog_to_table(Catalog([Event(origins=[origin]), Event()]))
    >>> table[["latitude_deg", "depth_km"]].to_numpy()
    array([[1., 3.]])
    >>> table.attrs["rows_left_out"]
    {'events without an origin': 1}
    """
    return to_table([_unpacked(event) for event in catalog])


def picks_to_table(catalog: Catalog) -> pd.DataFrame:
    """Turn the picks of an ObsPy catalogue into a table, one pick per row.

    Parameters
    ----------
    catalog : obspy.core.event.Catalog
        Events with picks and, where known, the arrivals of their origins.

    Returns
    -------
    pandas.DataFrame
        Columns ``event_id`` (the public identifier), ``network``,
        ``station``, ``channel``, ``phase`` (the picker's hint), ``time``,
        ``status``, and from the preferred origin's arrival ``arrival_phase``,
        ``epicentral_distance_deg``, ``azimuth_deg``, ``residual_s`` and
        ``weight``: missing where that origin does not use the pick.
    """
    rows = []
    for event in catalog:
        arrivals = getattr(_origin(event), "arrivals", [])
        by_pick = {arrival.pick_id.id: arrival for arrival in arrivals}
        for pick in event.picks:
            arrival = by_pick.get(pick.resource_id.id)
            row = {"event_id": event.resource_id.id} | _pick_row(pick)
            rows.append(row | _arrival_row(arrival))
    return pd.DataFrame(rows)


def _origin(event: Event) -> Origin | None:
    by_id = {origin.resource_id.id: origin for origin in event.origins}
    wanted = getattr(event.preferred_origin_id, "id", None)
    return preferred({"origins": by_id, "preferred_origin": wanted}, "origins")


def _unpacked(event: Event) -> dict[str, Any]:
    origins = {
        origin.resource_id.id: {
            "time": getattr(origin.time, "datetime", None),
            "latitude": origin.latitude,
            "longitude": origin.longitude,
            "depth": origin.depth,
        }
        for origin in event.origins
    }
    magnitudes = {
        m.resource_id.id: (np.nan if m.mag is None else m.mag, m.magnitude_type or "")
        for m in event.magnitudes
    }
    return {
        "event_id": event.resource_id.id,
        "type": event.event_type,
        "preferred_origin": getattr(event.preferred_origin_id, "id", None),
        "preferred_magnitude": getattr(event.preferred_magnitude_id, "id", None),
        "origins": origins,
        "magnitudes": magnitudes,
    }


def _pick_row(pick: Any) -> dict[str, Any]:
    return {
        "network": pick.waveform_id.network_code or "",
        "station": pick.waveform_id.station_code or "",
        "channel": pick.waveform_id.channel_code or "",
        "phase": pick.phase_hint or "",
        "time": np.datetime64(pick.time.datetime, "us"),
        "status": pick.evaluation_status or pick.evaluation_mode or "",
    }


def _arrival_row(arrival: Any) -> dict[str, Any]:
    names = {
        "epicentral_distance_deg": "distance",
        "azimuth_deg": "azimuth",
        "residual_s": "time_residual",
        "weight": "time_weight",
    }
    values = {name: getattr(arrival, key, None) for name, key in names.items()}
    row = {name: np.nan if x is None else float(x) for name, x in values.items()}
    return {"arrival_phase": arrival.phase if arrival else ""} | row
