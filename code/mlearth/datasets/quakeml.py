"""From ObsPy's catalogue objects to tidy tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from obspy.core.event import Catalog, Event, Magnitude, Origin

__all__ = ["EVENT_COLUMNS", "catalog_to_table", "picks_to_table"]

EVENT_COLUMNS = [
    "event_id",
    "time",
    "latitude_deg",
    "longitude_deg",
    "depth_km",
    "magnitude",
    "magnitude_type",
]


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
        Columns ``event_id`` (the public identifier), ``time`` (datetime64,
        UTC), ``latitude_deg``, ``longitude_deg``, ``depth_km``, ``magnitude``
        and ``magnitude_type``, in the order of the catalogue. Events without
        an origin are left out and counted in ``attrs["rows_left_out"]``.

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
    placed = [(event, _origin(event)) for event in catalog]
    rows = [_event_row(event, origin) for event, origin in placed if origin]
    table = pd.DataFrame(rows, columns=EVENT_COLUMNS)
    types = dict.fromkeys(EVENT_COLUMNS[2:6], float)
    types |= {"event_id": "str", "magnitude_type": "str", "time": "datetime64[us]"}
    table = table.astype(types)
    lost = len(placed) - len(rows)
    table.attrs["rows_left_out"] = {"events without an origin": lost} if lost else {}
    return table


def picks_to_table(catalog: Catalog) -> pd.DataFrame:
    """Turn the picks of an ObsPy catalogue into a table, one pick per row.

    Parameters
    ----------
    catalog : obspy.core.event.Catalog
        Events with picks and, where known, the arrivals of their origins.

    Returns
    -------
    pandas.DataFrame
        Columns ``event`` (position in the catalogue), ``network``,
        ``station``, ``channel``, ``phase`` (the picker's hint), ``time``,
        ``status``, and from the preferred origin's arrival ``arrival_phase``,
        ``epicentral_distance_deg``, ``azimuth_deg``, ``residual_s`` and
        ``weight``: missing where that origin does not use the pick.
    """
    rows = []
    for index, event in enumerate(catalog):
        origin = _origin(event)
        arrivals = origin.arrivals if origin else []
        by_pick = {arrival.pick_id.id: arrival for arrival in arrivals}
        for pick in event.picks:
            arrival = by_pick.get(pick.resource_id.id)
            rows.append({"event": index} | _pick_row(pick) | _arrival_row(arrival))
    return pd.DataFrame(rows)


def _origin(event: Event) -> Origin | None:
    return event.preferred_origin() or next(iter(event.origins), None)


def _magnitude(event: Event) -> Magnitude | None:
    return event.preferred_magnitude() or next(iter(event.magnitudes), None)


def _event_row(event: Event, origin: Origin) -> dict[str, Any]:
    magnitude = _magnitude(event)
    return {
        "event_id": event.resource_id.id,
        "time": np.datetime64(origin.time.datetime, "us"),
        "latitude_deg": origin.latitude,
        "longitude_deg": origin.longitude,
        "depth_km": np.nan if origin.depth is None else origin.depth / 1000.0,
        "magnitude": magnitude.mag if magnitude else np.nan,
        "magnitude_type": (magnitude.magnitude_type or "") if magnitude else "",
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
