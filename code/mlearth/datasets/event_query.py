"""What to ask a data centre: its address, the times and the box, checked first."""

from __future__ import annotations

import re
from datetime import date, datetime
from numbers import Real
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

__all__ = ["Range", "address", "box", "parts", "times"]

Range = tuple[float, float]

_LIMITS = {
    "magnitude": (-10.0, 10.0),
    "latitude_deg": (-90.0, 90.0),
    "longitude_deg": (-180.0, 180.0),
    "depth_km": (-100.0, 1000.0),
}


def address(provider: str) -> str:
    """Give the base address of a data centre by its short name or itself."""
    from obspy.clients.fdsn.header import URL_MAPPINGS

    name = provider if isinstance(provider, str) else ""
    if name.startswith(("http://", "https://")) and urlsplit(name).hostname:
        return name.rstrip("/")
    if name.upper() not in URL_MAPPINGS:
        raise ValueError(
            "provider must be an address that begins with http:// or https://, or "
            f"one of {', '.join(sorted(URL_MAPPINGS))}, got {provider!r}"
        )
    return URL_MAPPINGS[name.upper()]


def times(starttime: Any, endtime: Any) -> dict[str, str]:
    """Give start and end in UTC, as ISO 8601, in their order."""
    start, end = _time("starttime", starttime), _time("endtime", endtime)
    if end <= start:
        raise ValueError(
            f"endtime must be after starttime, {start.isoformat()}, got "
            f"{end.isoformat()}"
        )
    return {"starttime": start.isoformat(), "endtime": end.isoformat()}


def _time(name: str, value: Any) -> pd.Timestamp:
    moment = getattr(value, "datetime", value)  # ObsPy's UTCDateTime holds one
    if isinstance(moment, str):
        moment = _iso_time(moment)
    if not isinstance(moment, (date, np.datetime64)) or pd.isna(moment):
        raise ValueError(
            f"{name} must be a time such as '2019-07-04T17:33:49' (ISO 8601) or a "
            f"datetime, got {value!r}"
        )
    time = pd.Timestamp(moment).as_unit("us")
    return time.tz_convert("UTC").tz_localize(None) if time.tzinfo else time


def _iso_time(text: str) -> datetime | None:
    """Read ISO 8601, a year or a month alone too; nothing that can be misread."""
    if re.fullmatch(r"\d{4}(-\d\d)?", text):
        text = f"{text}-01-01"[:10]
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def box(**ranges: Range | None) -> dict[str, float]:
    """Give the limits of the ranges that are set, under their FDSN names."""
    limits: dict[str, float] = {}
    for name, given in ranges.items():
        if given is not None:
            low, high = _range(name, given)
            limits |= {f"min{name.split('_')[0]}": low}
            limits |= {f"max{name.split('_')[0]}": high}
    return limits


def _range(name: str, given: Range) -> tuple[float, float]:
    lowest, highest = _LIMITS[name]
    pair = list(given) if isinstance(given, (tuple, list, np.ndarray)) else []
    sound = len(pair) == 2 and all(
        isinstance(x, Real) and not isinstance(x, (bool, np.bool_)) for x in pair
    )
    sound = sound and all(lowest <= x <= highest for x in pair)
    if not sound or (pair[0] > pair[1] and name != "longitude_deg"):
        across = " (low > high: across the date line)" * (name == "longitude_deg")
        raise ValueError(
            f"{name} must be (low, high), both between {lowest:g} and {highest:g}, "
            f"low <= high{across}, got {given!r}"
        )
    return float(pair[0]), float(pair[1])


def parts(query: dict[str, Any]) -> list[dict[str, Any]]:
    """Split a box that crosses the date line into one on each side."""
    west, east = query.get("minlongitude"), query.get("maxlongitude")
    if west is None or west <= east:
        return [query]
    return [query | {"maxlongitude": 180.0}, query | {"minlongitude": -180.0}]
