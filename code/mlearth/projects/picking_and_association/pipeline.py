"""Pick, associate, locate: from recordings to a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import signal

from ..._arguments import check_choice
from ...learners import peaks_above
from ...networks.annotate import curve_of
from ...networks.records import Record
from ...seismology import StraightRays, associate, pick_onsets
from ..kit import KitData, Predictions
from .scores import TABLES

__all__ = [
    "Trigger",
    "catalogue_of",
    "network_curves",
    "network_picks",
    "nothing",
    "trigger_picks",
    "with_world",
]

BAND_HZ = {"natural": (2.0, 20.0), "laboratory": (0.5, 10.0)}
SEARCH = {
    "natural": {"spacing_km": 10.0, "tolerance_s": 1.0, "margin_km": 5.0},
    "laboratory": {"spacing_km": 2.5, "tolerance_s": 0.25, "margin_km": 2.0},
}
"""How the origins are looked for: the laboratory is four times as small."""
MIN_PICKS = {"natural": 5, "laboratory": 5}
"""One more than an origin has unknowns."""


class Trigger(NamedTuple):
    """Settings of STA/LTA and of the rule that tells S from P.

    Attributes
    ----------
    short_s, long_s : float
        Lengths of the two averages [s].
    on : float
        Their ratio where an onset is.
    share : float
        An onset is S if the horizontal power of the half second after it is larger
        than this times the vertical one.
    """

    short_s: float = 0.5
    long_s: float = 5.0
    on: float = 4.0
    share: float = 2.0


def nothing() -> Predictions:
    """Return tables without a row."""
    return {
        name: pd.DataFrame(
            {c.name: pd.Series(dtype=str if c.choices else float)
             for c in table.columns}
        )
        for name, table in TABLES.items()
    }  # fmt: skip


def with_world(data: KitData, world: str) -> KitData:
    """Return the recordings of one world, under the numbers that they have.

    Parameters
    ----------
    data : KitData
    world : {"natural", "laboratory"}

    Returns
    -------
    KitData
    """
    check_choice("world", world, tuple(SEARCH))
    recordings = data.inputs["recordings"]
    own = (recordings["world"] == world).to_numpy()
    names = recordings["recording"][own]
    inputs = {
        "recordings": recordings[own].reset_index(drop=True),
        "stations": of(data.inputs["stations"], names),
        "waveforms": data.inputs["waveforms"][own],
    }
    truth = {name: of(table, names) for name, table in (data.truth or {}).items()}
    return KitData(inputs, truth, data.sheet)


def of(table: pd.DataFrame, names) -> pd.DataFrame:
    """Return the rows of some recordings."""
    return table[table["recording"].isin(names)].reset_index(drop=True)


def traces(data: KitData) -> Iterable[tuple[Any, str, np.ndarray]]:
    """Yield recording (a row), station and motion (n_samples, 3) of every record."""
    stations = dict([*data.inputs["stations"].groupby("recording")])
    waveforms = data.inputs["waveforms"]
    for k, row in enumerate(data.inputs["recordings"].itertuples()):
        for j, name in enumerate(stations[row.recording]["station"]):
            yield row, name, waveforms[k, j].T


def table_of(rows: list[tuple]) -> pd.DataFrame:
    """Return picks by recording and time."""
    picks = pd.DataFrame(rows, columns=["recording", "station", "phase", "time_s"])
    picks["time_s"] = picks["time_s"].astype(float)
    return picks.sort_values(["recording", "time_s"], kind="stable", ignore_index=True)


def trigger_picks(data: KitData, settings: Mapping[str, Trigger]) -> pd.DataFrame:
    """Pick with STA/LTA, Akaike's criterion and the direction of motion.

    Parameters
    ----------
    data : KitData
    settings : mapping of str to Trigger
        For each world.

    Returns
    -------
    pandas.DataFrame
        ``recording``, ``station``, ``phase`` and ``time_s``.
    """
    rows = []
    for row, station, motion in traces(data):
        for phase, times in onsets_of(row, motion, settings[row.world]).items():
            rows += [(row.recording, station, phase, t) for t in times]
    return table_of(rows)


def onsets_of(row, motion: np.ndarray, trigger: Trigger) -> dict[str, list[float]]:
    """Return the onsets of P and S of one record [s]."""
    rate = row.sampling_hz
    band = signal.butter(2, BAND_HZ[row.world], "bandpass", fs=rate, output="sos")
    x = signal.sosfilt(band, motion.astype(float), axis=0)
    alive = np.ptp(x, axis=0) > 0
    power = np.cumsum(np.pad(x**2, ((1, 0), (0, 0))), axis=0)
    upright = 0 if alive[0] else 1
    level = 1 + int(x[:, 1:].std(axis=0).argmax())
    found: dict[str, list[float]] = {"P": [], "S": []}
    for phase, column in (("P", upright), ("S", level)):
        if not alive[column]:
            continue
        times = pick_onsets(x[:, column], rate, *trigger[:3], off=1.2, refine_s=0.6)
        for t in times:
            k = round(t * rate)
            up, north, east = power[min(k + 25, len(x))] - power[k]
            is_s = bool(alive[1:].any()) and (north + east) > trigger.share * up
            if is_s == (phase == "S"):
                found[phase].append(float(t))
    return found


def network_curves(
    data: KitData, network: Any, overlap: float = 0.5
) -> list[np.ndarray]:
    """Slide a picker along every record.

    Parameters
    ----------
    data : KitData
    network : keras.Model
        As :func:`mlearth.networks.picker` makes it.
    overlap : float
        Share of a window that the next one sees again, 0 to 0.9.

    Returns
    -------
    list of ndarray, each of shape (n_samples, 3)
        Probabilities of noise, P and S, in the order of recordings and stations.
    """
    curves = []
    for _, station, motion in traces(data):
        record = Record(station, None, motion.astype(float), motion != 0)
        curves.append(curve_of(record, network, overlap))
    return curves


def network_picks(
    data: KitData, curves: list[np.ndarray], heights: Mapping[str, Mapping[str, float]]
) -> pd.DataFrame:
    """Read picks off the curves.

    Parameters
    ----------
    data : KitData
    curves : list of ndarray
        Of :func:`network_curves`.
    heights : mapping
        For each world the height of "P" and of "S"; above 1 gives no pick.

    Returns
    -------
    pandas.DataFrame
        ``recording``, ``station``, ``phase`` and ``time_s``.
    """
    rows = []
    for (row, station, _), curve in zip(traces(data), curves, strict=True):
        for k, phase in enumerate("PS", start=1):
            height = heights[row.world][phase]
            apart = round(row.sampling_hz / 2)
            at = peaks_above(np.nan_to_num(curve[:, k]), height, apart)
            rows += [(row.recording, station, phase, t) for t in at / row.sampling_hz]
    return table_of(rows)


def catalogue_of(
    data: KitData,
    picks: pd.DataFrame,
    associator: str = "back_projection",
    min_picks: Mapping[str, int] = MIN_PICKS,
) -> Predictions:
    """Associate picks and locate the events.

    Parameters
    ----------
    data : KitData
    picks : pandas.DataFrame
        ``recording``, ``station``, ``phase`` and ``time_s``.
    associator : {"back_projection", "pyocto"}
        See :func:`mlearth.seismology.associate`, which also refines each origin. An
        origin that runs out of the bounds of a submission is no event.
    min_picks : mapping of str to int
        Fewest picks of an event in each world.

    Returns
    -------
    dict of pandas.DataFrame
        ``events`` and ``picks``, a submission.
    """
    stations = dict([*data.inputs["stations"].groupby("recording")])
    events, owned = [], []
    for row in data.inputs["recordings"].itertuples():
        own = picks[picks["recording"] == row.recording].reset_index(drop=True)
        found = associate(
            own,
            stations[row.recording],
            associator,
            StraightRays(row.p_km_s, row.s_km_s),
            row.deepest_km,
            min_picks=min_picks[row.world],
            **SEARCH[row.world],
        )
        number = np.arange(len(found.events))
        there = plausible(found.events)
        made = found.events.assign(recording=row.recording, event=number)
        events.append(made[there])
        event = np.where(np.isin(found.event, number[there]), found.event, -1)
        own = own.assign(event=event, pick=range(len(own)))
        owned.append(own)
    tables = {"events": pd.concat(events), "picks": pd.concat(owned)}
    return {
        name: table[[c.name for c in TABLES[name].columns]].reset_index(drop=True)
        for name, table in tables.items()
    }


def plausible(events: pd.DataFrame) -> np.ndarray:
    """Tell which origins lie within the bounds of a submission."""
    columns = [c for c in TABLES["events"].columns if c.name in events]
    inside = [events[c.name].between(c.low, c.high) for c in columns]
    return np.logical_and.reduce(inside) if inside else np.ones(len(events), bool)
