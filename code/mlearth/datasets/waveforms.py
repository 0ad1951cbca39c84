"""Real waveforms: a local event, teleseisms, and one example seismogram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .register import (
    installed_file,
    provenance,
    read_extract,
    read_register,
    shipped_file,
)

if TYPE_CHECKING:
    from obspy import Stream

__all__ = [
    "LocalEvent",
    "Teleseisms",
    "load_example_seismogram",
    "load_local_event",
    "load_teleseisms",
    "load_three_shocks",
]


@dataclass(frozen=True)
class LocalEvent:
    """One local event: waveforms, picks, stations and the catalogue's origin.

    Attributes
    ----------
    stream : obspy.Stream
        21 traces: 7 stations with 3 components.
    picks : pandas.DataFrame
        8 rows.
    stations : pandas.DataFrame
        7 rows.
    event : dict
        ``time``, ``latitude_deg``, ``longitude_deg``, ``depth_km`` and
        ``rms_s``.
    provenance : dict
        Title, source, licence, credit, citation and ``rows_left_out``.
    """

    stream: Stream
    picks: pd.DataFrame
    stations: pd.DataFrame
    event: dict[str, Any]
    provenance: dict[str, Any]


@dataclass(frozen=True)
class Teleseisms:
    """Distant earthquakes recorded at one station.

    Attributes
    ----------
    stream : obspy.Stream
        39 traces: 13 events with 3 components, in the order of ``events`` and
        Z, N, E; ``trace.stats.event`` is the row of the event.
    events : pandas.DataFrame
        13 rows, sorted by time.
    station : dict
        ``network``, ``station``, ``latitude_deg``, ``longitude_deg``,
        ``elevation_m`` and ``sensitivity_counts_per_m_s``.
    provenance : dict
        Title, source, licence, credit, citation and ``rows_left_out``.
    """

    stream: Stream
    events: pd.DataFrame
    station: dict[str, Any]
    provenance: dict[str, Any]


def load_local_event() -> LocalEvent:
    """Load the waveforms and picks of one local event at seven stations.

    Returns
    -------
    LocalEvent
        ``stream``: 21 traces of 60 s at 100 Hz, in counts. ``picks``: 7 Pg and
        1 Sg with ``network``, ``station``, ``location``, ``channel``,
        ``phase``, ``time`` (UTC), ``residual_s`` and ``weight``. ``stations``:
        ``network``, ``station``, ``epicentral_distance_deg`` and
        ``azimuth_deg`` (from the event) as printed, and ``latitude_deg`` and
        ``longitude_deg`` worked out from them. ``event``: the catalogue's
        origin of 2017-09-30 in central China.

    Notes
    -----
    *Source*: seisclass 0.2.5, ``samples/test2.mseed`` and ``test2.phase``.
    *Licence*: MIT. No row is left out. The phase file keeps China Standard
    Time: 8 hours were subtracted from all its times.

    *Known flaws*:

    - Every trace starts exactly 3.00 s before its station's P pick. Shift
      windows at random, or a picker learns the position.
    - The signal of HA.NX BHE comes 17.0 s later than on the station's other two
      components: its start time is wrong in the source. Leave that trace out.
    - The station coordinates come from distances rounded to 0.01 degree and
      azimuths rounded to 1 degree, seen from the catalogue's epicentre: good
      to 0.6 km along the ray and, at 1.5 degrees, 1.5 km across it (worked out
      on a sphere, which adds up to 0.5 km). A location made with them is not
      independent of the catalogue's.
    - Only one S wave was picked. No magnitude and no response is given.

    Examples
    --------
    >>> local = load_local_event()
    >>> len(local.stream), local.picks.phase.value_counts().to_dict()
    (21, {'Pg': 7, 'Sg': 1})
    """
    from obspy import read

    event = read_extract("local_event", "local_event_origin.csv").iloc[0]
    text = {"location": "str"}
    picks = read_extract("local_event", "local_event_picks.csv", dtype=text)
    place = ["epicentral_distance_deg", "azimuth_deg"]
    stations = picks[["network", "station", *place]].drop_duplicates("station")
    latitude, longitude = _destination(
        event["latitude_deg"], event["longitude_deg"], *stations[place].to_numpy().T
    )
    stations = stations.assign(latitude_deg=latitude, longitude_deg=longitude)
    stream = read(str(shipped_file("local_event")), format="MSEED")
    return LocalEvent(
        stream,
        picks.drop(columns=place),
        stations.reset_index(drop=True),
        event.to_dict(),
        provenance("local_event"),
    )


def load_example_seismogram() -> Stream:
    """Load ObsPy's example: three components of station BW.RJOB, Germany.

    Returns
    -------
    obspy.Stream
        Three traces (EHZ, EHN, EHE) of 30 s at 100 Hz from 2009-08-24
        00:20:03 UTC, in counts, with a small local event. The instrument's
        response is attached to each trace as ``trace.stats.response``.

    Notes
    -----
    *Source*: ObsPy 1.5.1, ``obspy.read()`` without a file name. *Licence*:
    LGPL-3.0, not copied. *Cite*: ``beyreuther2010obspy``,
    ``krischer2015obspy``. *Known flaws*: no picks and no event come
    with it; the samples are not whole numbers, so these are no raw counts.

    Examples
    --------
    >>> load_example_seismogram()[0].id
    'BW.RJOB..EHZ'
    """
    from obspy import read

    return read()


def load_three_shocks() -> Stream:
    """Load three small shocks at four stations: UH1 to UH4 of network BW, Germany.

    Returns
    -------
    obspy.Stream
        Six traces of 230 s from 2010-05-27 16:24:04 UTC, in counts: vertical at every
        station (50 Hz, UH4 at 100 Hz), north and east at UH3 alone. The shocks arrive
        about 30, 178 and 207 s after the start.

    Notes
    -----
    *Source*: ObsPy 1.5.1, ``signal/tests/data/BW.UH*.cut.slist.gz``, the records of
    its tutorial on coincidence triggers. *Licence*: LGPL-3.0, not copied. *Cite*:
    ``beyreuther2010obspy``. *Known flaws*: no picks, no origins, no magnitudes, no
    coordinates and no response. The second shock is far smaller, begins slowly and is
    not seen at UH4; UH1 and UH3 see one more 83 s after the start. UH4 is another
    instrument, with an offset and a drift.

    Examples
    --------
    >>> stream = load_three_shocks()
    >>> len(stream), stream[0].id, stream[5].stats.sampling_rate
    (6, 'BW.UH1..SHZ', 100.0)
    """
    from obspy import Stream, read

    count = len(read_register()["three_shocks"]["sources"])
    files = [installed_file("three_shocks", index) for index in range(count)]
    return Stream([read(str(file), format="SLIST")[0] for file in files])


def load_teleseisms() -> Teleseisms:
    """Load thirteen teleseisms of 2011 at station CX.PB01 in northern Chile.

    Returns
    -------
    Teleseisms
        ``stream``: 39 traces of 540 s at 5 Hz, in counts, sorted by event and
        Z, N, E; each starts 300 s (to 0.03 s) after the origin time.
        ``events``: 13 rows with ``event_id``, ``time`` (UTC),
        ``latitude_deg``, ``longitude_deg``, ``depth_km``, ``magnitude`` (6.0
        to 6.7) and ``magnitude_type``. ``station``: coordinates and sensitivity.

    Notes
    -----
    *Source*: rf 1.1.2, ``rf/example/example_data.mseed``,
    ``example_events.xml`` and ``example_inventory.xml``. *Licence*: MIT. No row
    is left out. *Known flaws*: no picks; the response is known only as one
    factor, valid well inside the band; the data were decimated to 5 Hz.

    Examples
    --------
    >>> data = load_teleseisms()
    >>> len(data.events), data.stream[0].stats.event
    (13, 0)
    """
    from obspy import Stream, UTCDateTime, read

    events = read_extract("teleseisms", "teleseisms_events.csv")
    stations = read_extract("teleseisms", "teleseisms_station.csv")
    traces = read(str(shipped_file("teleseisms")), format="MSEED").traces
    starts = np.array([UTCDateTime(time).timestamp for time in events["time"]]) + 300
    for trace in traces:
        apart = np.abs(starts - trace.stats.starttime.timestamp)
        trace.stats.event = int(apart.argmin())
    traces.sort(key=lambda t: (t.stats.event, "ZNE".index(t.stats.channel[-1])))
    station = stations.iloc[0].to_dict()
    return Teleseisms(Stream(traces), events, station, provenance("teleseisms"))


def _destination(
    latitude_deg: float, longitude_deg: float, distance_deg: Any, azimuth_deg: Any
) -> tuple[Any, Any]:
    """Go a distance along an azimuth on a sphere."""
    phi, delta, alpha = np.radians(
        [np.full_like(distance_deg, latitude_deg), distance_deg, azimuth_deg]
    )
    sine = np.sin(phi) * np.cos(delta) + np.cos(phi) * np.sin(delta) * np.cos(alpha)
    east = np.sin(alpha) * np.sin(delta) * np.cos(phi)
    step = np.arctan2(east, np.cos(delta) - np.sin(phi) * sine)
    return np.degrees(np.arcsin(sine)), longitude_deg + np.degrees(step)
