"""Living sources: earthquake catalogues from the data centres of the world.

Nothing here runs unless you call it: the book itself needs no network.
"""

from __future__ import annotations

import warnings
from collections import Counter
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .answers import cache_path, keep, kept, to_answer, to_events
from .data_centre import NoDataError, ask
from .event_query import Range, address, box, parts, times

__all__ = ["fetch_catalog"]


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
        "ISC", "GEONET", ...) or the base address of one (``"http://..."``).
    starttime, endtime : str, datetime, pandas.Timestamp or numpy.datetime64
        Origin times from ``starttime`` (included) to ``endtime``, UTC if
        without a zone; text in ISO 8601 ("2019-07-04T17:33:49"). Numbers and
        dates that can be read in two ways ("01/02/2019") are refused.
    magnitude, latitude_deg, longitude_deg, depth_km : (low, high), optional
        Ranges; the default is no limit. A box across the date line has its
        western edge first: ``longitude_deg=(170, -170)``; it takes two
        requests.
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
        magnitude; odd ones (without an origin or a readable time, with a
        magnitude that is no number, ...) are left out, counted by kind in
        ``attrs["rows_left_out"]`` and told in a warning. ``attrs`` also holds
        ``source``, ``query`` and ``retrieved`` (UTC).

    Raises
    ------
    ValueError
        If an argument is wrong, or the data centre says so (a query may also
        ask for too many events: split it).
    NoDataError
        If no event fits, or none that fits can be used. This is not kept.
    TimeoutError
        If the data centre does not answer in time.
    ConnectionError
        If it cannot be reached, fails, or sends something else than a
        catalogue: a web page, text, nothing, half of one.

    Warns
    -----
    UserWarning
        If events were left out; if the cache cannot be written (the table is
        returned all the same), or what it holds is damaged (the data centre is
        asked again).

    Notes
    -----
    Licence and citation are those of the data centre and its networks. The
    short names are ObsPy's (``krischer2015obspy``). A long download shows its
    progress.

    Examples
    --------
    >>> fetch_catalog("USGS", "2019-07-06", "2019-07-04")
    Traceback (most recent call last):
    ...
    ValueError: endtime must be after starttime, 2019-07-06T00:00:00, got ...
    """
    timeout_s, refresh = _seconds(timeout_s), _choice(refresh)
    query = {"provider": address(provider)} | times(starttime, endtime)
    query |= box(
        magnitude=magnitude,
        latitude_deg=latitude_deg,
        longitude_deg=longitude_deg,
        depth_km=depth_km,
    )
    path = cache_path(query, cache_dir)
    events = None if refresh else kept(path)
    if events is None:
        answer = to_answer(_fresh(query, timeout_s))
        keep(path, answer)
        events = to_events(answer)
    _tell(events.attrs["rows_left_out"])
    return events


def _seconds(timeout_s: float) -> float:
    number = isinstance(timeout_s, Real) and not isinstance(timeout_s, (bool, np.bool_))
    if not number or not 0 < timeout_s < np.inf:
        raise ValueError(f"timeout_s must be a positive number, got {timeout_s!r}")
    return float(timeout_s)


def _choice(refresh: bool) -> bool:
    if not isinstance(refresh, (bool, np.bool_)):
        raise ValueError(f"refresh must be True or False, got {refresh!r}")
    return bool(refresh)


def _fresh(query: dict[str, Any], timeout_s: float) -> pd.DataFrame:
    """Ask the data centre, and say in attrs what came from where and when."""
    tables = [ask(part, timeout_s) for part in parts(query)]
    lost = sum((Counter(t.attrs["rows_left_out"]) for t in tables), Counter())
    events = pd.concat(tables, ignore_index=True).drop_duplicates(ignore_index=True)
    if events.empty:
        none_left = f": {_count(lost)} left out" if lost else ""
        raise NoDataError(
            f"{query['provider']} has no event that fits {query}{none_left}"
        )
    events = events[[*events.columns[1:], "event_id"]]
    events = events.sort_values("time", kind="stable", ignore_index=True)
    events.attrs = {
        "title": "Earthquake catalogue from an FDSN data centre",
        "source": query["provider"],
        "query": query,
        "licence": "see the terms of the data centre",
        "retrieved": pd.Timestamp.now("UTC").isoformat(timespec="seconds"),
        "rows_left_out": dict(lost),
    }
    return events


def _count(lost: dict[str, int]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in lost.items())


def _tell(lost: dict[str, int]) -> None:
    if lost:
        warnings.warn(
            f'left out of the catalogue: {_count(lost)}; see attrs["rows_left_out"]',
            stacklevel=3,
        )
