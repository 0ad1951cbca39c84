"""Living sources: earthquake catalogues from the data centres of the world.

Nothing here runs unless you call it: the book itself needs no network.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .quakeml import catalog_to_table

if TYPE_CHECKING:
    from obspy.core.event import Catalog

__all__ = ["NoDataError", "cache_folder", "fetch_catalog"]

Range = tuple[float, float]

_LIMITS = {
    "latitude": (-90.0, 90.0),
    "longitude": (-180.0, 180.0),
    "depth": (-100.0, 1000.0),
    "magnitude": (-10.0, 10.0),
}


class NoDataError(LookupError):
    """The data centre answered, and has no event that fits the query."""


def cache_folder() -> Path:
    """Give the folder where downloaded catalogues are kept.

    Returns
    -------
    pathlib.Path
        The environment variable ``MLEARTH_CACHE`` if it is set, else ``mlearth``
        in the platform's cache folder. It need not exist yet.
    """
    if chosen := os.environ.get("MLEARTH_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mlearth"


def fetch_catalog(
    provider: str,
    starttime: Any,
    endtime: Any,
    *,
    magnitude: Range | None = None,
    latitude_deg: Range | None = None,
    longitude_deg: Range | None = None,
    depth_km: Range | None = None,
    timeout_s: float = 60.0,
    cache_dir: str | Path | None = None,
    refresh: bool = False,
) -> pd.DataFrame:
    """Fetch an earthquake catalogue from a data centre, once.

    The answer is kept in a local cache: the same query reads it from there.

    Parameters
    ----------
    provider : str
        Short name of an FDSN data centre that ObsPy knows ("USGS", "INGV",
        "ISC", "GEONET", ...) or the base address of one ("http://...").
    starttime, endtime : str, datetime or numpy.datetime64
        Origin times from ``starttime`` (included) to ``endtime``, UTC if
        without a zone.
    magnitude, latitude_deg, longitude_deg, depth_km : (low, high), optional
        Ranges; the default is no limit.
    timeout_s : float, default 60
        Longest wait in seconds for the connection and for each piece of data.
    cache_dir : path, optional
        Where answers are kept. The default is :func:`cache_folder`.
    refresh : bool, default False
        Ask again even if the answer is in the cache (catalogues change).

    Returns
    -------
    pandas.DataFrame
        Sorted by time, with the columns ``time`` (datetime64, UTC),
        ``latitude_deg``, ``longitude_deg``, ``depth_km``, ``magnitude``,
        ``magnitude_type`` and ``event_id``. Events keep a missing depth or
        magnitude; those without an origin are left out and counted in
        ``attrs["rows_left_out"]``. ``attrs`` also holds ``source``, ``query``
        and ``retrieved`` (UTC).

    Raises
    ------
    ValueError
        If an argument is wrong, or the data centre says so (a query may also
        ask for too many events: split it).
    NoDataError
        If no event fits.
    TimeoutError
        If the data centre does not answer in time.
    ConnectionError
        If it cannot be reached or fails.

    Notes
    -----
    Licence and citation are those of the data centre and its networks. Uses
    ObsPy's FDSN client (``krischer2015obspy``) and one request per query.

    Examples
    --------
    >>> fetch_catalog("USGS", "2019-07-06", "2019-07-04")
    Traceback (most recent call last):
    ...
    ValueError: endtime is 2019-07-04T00:00:00; it must be after starttime, ...
    """
    if not np.isscalar(timeout_s) or not 0 < float(timeout_s) < np.inf:
        raise ValueError(f"timeout_s is {timeout_s!r}; it must be a positive number")
    ranges = {
        "magnitude": magnitude,
        "latitude": latitude_deg,
        "longitude": longitude_deg,
        "depth": depth_km,
    }
    query = {"provider": _address(provider)} | _times(starttime, endtime)
    for name, limits in ranges.items():
        query |= _range(name, limits)
    paths = _cache_paths(query, Path(cache_dir) if cache_dir else cache_folder())
    if refresh or not all(path.is_file() for path in paths):
        _store(_download(query, float(timeout_s)), query, *paths)
    return _read(*paths)


def _address(provider: str) -> str:
    from obspy.clients.fdsn.header import URL_MAPPINGS

    if str(provider).startswith(("http://", "https://")):
        return str(provider).rstrip("/")
    if str(provider).upper() not in URL_MAPPINGS:
        raise ValueError(
            f"provider is {provider!r}; accepted are an address that begins with "
            f"http:// or https://, or one of {', '.join(sorted(URL_MAPPINGS))}"
        )
    return URL_MAPPINGS[str(provider).upper()]


def _times(starttime: Any, endtime: Any) -> dict[str, str]:
    times = {}
    for name, value in (("starttime", starttime), ("endtime", endtime)):
        try:
            time = pd.Timestamp(getattr(value, "datetime", value))
        except (TypeError, ValueError):
            time = pd.NaT
        if time is pd.NaT:
            raise ValueError(
                f"{name} is {value!r}; accepted is a time such as '2019-07-04T17:33:49'"
            )
        utc = time.tz_convert("UTC").tz_localize(None) if time.tzinfo else time
        times[name] = utc.isoformat()
    if pd.Timestamp(times["endtime"]) <= pd.Timestamp(times["starttime"]):
        raise ValueError(
            f"endtime is {times['endtime']}; it must be after starttime, "
            f"{times['starttime']}"
        )
    return times


def _range(name: str, limits: Range | None) -> dict[str, float]:
    if limits is None:
        return {}
    lowest, highest = _LIMITS[name]
    try:
        low, high = (float(value) for value in limits)
    except (TypeError, ValueError):
        low, high = np.nan, np.nan
    if not lowest <= low <= high <= highest:
        raise ValueError(
            f"the range of {name} is {limits!r}; accepted is (low, high) with "
            f"low <= high, both between {lowest:g} and {highest:g}"
        )
    return {f"min{name}": low, f"max{name}": high}


def _cache_paths(query: dict[str, Any], folder: Path) -> tuple[Path, Path]:
    text = json.dumps(query, sort_keys=True)
    key = hashlib.sha256(text.encode()).hexdigest()[:24]
    return folder / f"catalog-{key}.csv", folder / f"catalog-{key}.json"


def _download(query: dict[str, Any], timeout_s: float) -> Catalog:
    from obspy import UTCDateTime
    from obspy.clients.fdsn import Client, header

    options = {key: value for key, value in query.items() if key != "provider"}
    options |= {key: UTCDateTime(query[key]) for key in ("starttime", "endtime")}
    address = query["provider"]
    try:
        client = Client(address, timeout=timeout_s, _discover_services=False)
        return client.get_events(**options)
    except header.FDSNNoDataException:
        raise NoDataError(f"{address} has no event that fits {options}") from None
    except header.FDSNTimeoutException:
        raise TimeoutError(
            f"{address} did not answer within timeout_s = {timeout_s:g} s"
        ) from None
    except (
        header.FDSNBadRequestException,
        header.FDSNRequestTooLargeException,
    ) as error:
        raise ValueError(f"{address} refused the query {options}: {error}") from None
    except header.FDSNException as error:
        raise ConnectionError(f"{address} could not be asked: {error}") from None


def _store(catalog: Catalog, query: dict[str, Any], table: Path, note: Path) -> None:
    """Write table and note, each in one move, so that no half file is read."""
    events = catalog_to_table(catalog)
    columns = [name for name in events.columns if name != "event_id"]
    events = events[[*columns, "event_id"]].sort_values("time", ignore_index=True)
    attrs = {
        "title": "Earthquake catalogue from an FDSN data centre",
        "source": query["provider"],
        "query": query,
        "licence": "see the terms of the data centre",
        "retrieved": pd.Timestamp.now("UTC").isoformat(timespec="seconds"),
        "rows_left_out": events.attrs["rows_left_out"],
    }
    table.parent.mkdir(parents=True, exist_ok=True)
    text = events.to_csv(index=False, lineterminator="\n", date_format=_DATE_FORMAT)
    for path, content in ((table, text), (note, json.dumps(attrs, indent=1))):
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_text(content, encoding="utf-8", newline="\n")
        part.replace(path)


_DATE_FORMAT = "%Y-%m-%dT%H:%M:%S.%f"


def _read(table: Path, note: Path) -> pd.DataFrame:
    types = {"magnitude_type": "str", "event_id": "str"}
    numbers = ["latitude_deg", "longitude_deg", "depth_km", "magnitude"]
    types |= dict.fromkeys(numbers, float)
    blank = {name: [""] for name in numbers}
    events = pd.read_csv(table, dtype=types, keep_default_na=False, na_values=blank)
    events["time"] = pd.to_datetime(events["time"], format=_DATE_FORMAT)
    events.attrs.update(json.loads(note.read_text(encoding="utf-8")))
    return events
