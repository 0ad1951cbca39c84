"""One row for every sound event; the others are counted by what is odd."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["EVENT_COLUMNS", "preferred", "to_table"]

EVENT_COLUMNS = [
    "event_id",
    "time",
    "latitude_deg",
    "longitude_deg",
    "depth_km",
    "magnitude",
    "magnitude_type",
]


class _OddError(Exception):
    """An event that cannot be used; the message says what such events are."""


def to_table(events: list[dict[str, Any]]) -> pd.DataFrame:
    """Turn events into a table, one per row.

    The preferred origin and magnitude are taken, else the first ones.

    Parameters
    ----------
    events : list of dict
        Each with ``event_id`` and ``type``; ``origins``, by identifier, each
        with ``time`` (datetime in UTC), ``latitude``, ``longitude`` (degrees)
        and ``depth`` (m); ``magnitudes``, by identifier, each a value and a
        type; and the identifiers ``preferred_origin`` and
        ``preferred_magnitude``. None is what was not given, NaN a number that
        could not be read.

    Returns
    -------
    pandas.DataFrame
        Columns ``event_id`` (the public identifier), ``time`` (datetime64,
        UTC), ``latitude_deg``, ``longitude_deg``, ``depth_km``, ``magnitude``
        and ``magnitude_type``, in the order given; a depth or magnitude that
        was not given is NaN. Events without an origin, with a time, place,
        depth or magnitude that is none, of an unknown type, given twice, or
        whose preferred origin or magnitude is that of another event, are left
        out and counted in ``attrs["rows_left_out"]``.
    """
    lost: Counter[str] = Counter()
    rows: dict[Any, dict[str, Any]] = {}
    elsewhere = {
        kind: {key for event in events for key in event[kind]}
        for kind in ("origins", "magnitudes")
    }
    for number, event in enumerate(events):
        try:
            row = _row(event, elsewhere)
            if rows.setdefault(event["event_id"] or number, row) is not row:
                raise _OddError("events given twice")
        except _OddError as odd:
            lost[str(odd)] += 1
    types = dict.fromkeys(EVENT_COLUMNS[2:6], float)
    types |= {"event_id": "str", "magnitude_type": "str", "time": "datetime64[us]"}
    table = pd.DataFrame(list(rows.values()), columns=EVENT_COLUMNS).astype(types)
    table.attrs["rows_left_out"] = dict(lost)
    return table


def preferred(event: dict[str, Any], kind: str) -> Any:
    """Give an event's preferred origin or magnitude, else its first, else None."""
    own = event[kind]
    wanted = event[f"preferred_{kind[:-1]}"]
    return own[wanted] if wanted in own else next(iter(own.values()), None)


def _row(event: dict[str, Any], elsewhere: dict[str, set[str]]) -> dict[str, Any]:
    from obspy.core.event.header import EventType

    if event["type"] is not None and event["type"] not in EventType:
        raise _OddError("events of a type that QuakeML does not know")
    for kind, known in elsewhere.items():
        wanted = event[f"preferred_{kind[:-1]}"]
        if wanted in known and wanted not in event[kind]:
            raise _OddError(f"events whose preferred {kind[:-1]} is another event's")
    magnitude, magnitude_type = preferred(event, "magnitudes") or (None, "")
    if magnitude is not None and not np.isfinite(magnitude):
        raise _OddError("events whose magnitude is no number")
    place = _place(preferred(event, "origins"))
    size = {"magnitude": magnitude, "magnitude_type": magnitude_type}
    return {"event_id": event["event_id"]} | place | size


def _place(origin: dict[str, Any] | None) -> dict[str, Any]:
    if origin is None:
        raise _OddError("events without an origin")
    if origin["time"] is None:
        raise _OddError("events without a readable origin time")
    latitude, longitude, depth = (
        origin[key] for key in ("latitude", "longitude", "depth")
    )
    known = latitude is not None and longitude is not None
    if not (known and abs(latitude) <= 90 and abs(longitude) <= 360):
        raise _OddError("events without a place on the globe")
    if depth is not None and not np.isfinite(depth):
        raise _OddError("events whose depth is no number")
    turned = abs(longitude) > 180
    return {
        "time": np.datetime64(origin["time"], "us"),
        "latitude_deg": latitude,
        "longitude_deg": (longitude + 180) % 360 - 180 if turned else longitude,
        "depth_km": np.nan if depth is None else depth / 1000.0,
    }
