"""Bulletins: located events together with the picks that located them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .obspy_tables import catalog_to_table, picks_to_table
from .register import installed_file, provenance

__all__ = ["Bulletin", "load_bulletin"]

_FORMATS = {"new_zealand": "NORDIC", "crandall": "QUAKEML"}
_SEISMIC_PHASES = {"new_zealand": {"P", "S"}}


@dataclass(frozen=True)
class Bulletin:
    """Events and their picks.

    Attributes
    ----------
    name : str
        Which bulletin this is.
    events : pandas.DataFrame
        One event per row, sorted by time.
    picks : pandas.DataFrame
        One pick per row, sorted by time; ``event_id`` points to the event.
    provenance : dict
        Title, source, licence, credit, citation and ``rows_left_out``.
    """

    name: str
    events: pd.DataFrame
    picks: pd.DataFrame
    provenance: dict[str, Any]


def load_bulletin(name: str) -> Bulletin:
    """Load a small real bulletin: events with their phase picks.

    Parameters
    ----------
    name : {"new_zealand", "crandall"}
        ``"new_zealand"``: 50 solutions for 39 local events of September 2013
        in the Southern Alps, 443 picks (230 P, 213 S) at 21 stations.
        ``"crandall"``: 8 events at the Crandall Canyon mine, Utah, 6 and 7
        August 2007, 614 picks at 135 stations; the largest (mb 4.2) is the
        collapse of the mine.

    Returns
    -------
    Bulletin
        ``events`` has the columns ``event_id``, ``time`` (UTC),
        ``latitude_deg``, ``longitude_deg``, ``depth_km``, ``magnitude``,
        ``magnitude_type`` and ``earthquake``: rows that share this number
        begin within 1 s of each other and are one shock, located twice.

        ``picks`` has ``event_id``, ``network`` (empty for New Zealand),
        ``station``, ``channel``, ``phase`` (the picker's name for it),
        ``time`` (UTC), ``status``, and from the preferred location
        ``arrival_phase``, ``epicentral_distance_deg``, ``azimuth_deg`` (from
        the event), ``residual_s`` and ``weight``. They are empty or missing
        where that location did not use the pick.

    Raises
    ------
    ValueError
        If ``name`` is not one of the two.
    FileNotFoundError
        If the package that holds the file is not installed.

    Notes
    -----
    *Source*: ``new_zealand`` from ObsPy 1.5.1, ``io/nordic/tests/data/
    select.out``; ``crandall`` from ObsPlus 0.3.5, ``datasets/crandall_test/
    events.xml``; both read where they are installed. *Licence*: LGPL-3.0 (the
    packages), not copied. *Cite*: ``beyreuther2010obspy``.

    *Left out*: from ``new_zealand`` 265 amplitude readings (IAML), which are
    not phase arrivals. Nothing from ``crandall``.

    *Known flaws*:

    - ``new_zealand``: eleven of the solutions repeat a shock with slightly
      other picks, so that a random split leaks; split by ``earthquake``.
      Station coordinates are not given, only distance and azimuth, which 9
      picks lack. Channel codes are those of the analyst.
    - ``crandall``: the preferred locations use 402 picks (211 "rejected", 191
      without a status). The other 212, with the status "reviewed", belong to a
      second location of three of the events and repeat most of their picks:
      choose one of the two sets. Every weight is -1, which means "not given".
      The magnitude types are mixed.

    Examples
    --------
    >>> load_bulletin("nowhere")
    Traceback (most recent call last):
    ...
    ValueError: name must be 'new_zealand' or 'crandall', got 'nowhere'
    """
    if name not in list(_FORMATS):
        accepted = " or ".join(repr(key) for key in _FORMATS)
        raise ValueError(f"name must be {accepted}, got {name!r}")
    from obspy import read_events

    path = installed_file(f"bulletin_{name}")
    catalog = read_events(str(path), format=_FORMATS[name])
    events = catalog_to_table(catalog)
    picks = picks_to_table(catalog)
    keep = picks["phase"].isin(_SEISMIC_PHASES.get(name, set(picks["phase"])))
    lost = int((~keep).sum())
    left_out = dict(events.attrs["rows_left_out"])
    left_out |= {"amplitude readings (IAML)": lost} if lost else {}
    events, picks = _link(name, events, picks[keep])
    origin = provenance(f"bulletin_{name}") | {"rows_left_out": left_out}
    events.attrs, picks.attrs = dict(origin), dict(origin)
    return Bulletin(name, events, picks, origin)


def _link(
    name: str, events: pd.DataFrame, picks: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sort by time and give events readable names, the same on every reading."""
    rank = events["time"].rank(method="first").astype(int) - 1
    names = [f"{name}-{number:02d}" for number in rank]
    known = dict(zip(events["event_id"], names, strict=True))
    events = events.assign(event_id=names)
    events = events.sort_values("time", ignore_index=True)
    apart = events["time"].diff() > np.timedelta64(1, "s")
    events = events.assign(earthquake=apart.cumsum())
    picks = picks.assign(event_id=picks["event_id"].map(known))
    picks = picks.sort_values("time", kind="stable", ignore_index=True)
    return events, picks
