"""Minutes of eight stations: earthquakes below a network, bursts in a plate of rock."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..._arguments import check_choice
from ...seismology import StraightRays
from ...simulators import (
    BurstSources,
    Faults,
    Ground,
    Plate,
    Recording,
    ResonantSensor,
    Simulated,
    WaveformSources,
    make_network,
    record_bursts,
    simulate_records,
)
from ...simulators.acoustic_emission.sources import draw_sources
from ...simulators.waveforms.paths import draw_events, draw_stations, finish_paths

__all__ = ["DURATION_S", "SAMPLING_HZ", "SCALE", "WORLDS", "simulate_recording"]

WORLDS = ("natural", "laboratory")
SAMPLING_HZ = 50.0
DURATION_S = 180.0
N_STATIONS = 8
EVENTS_PER_MINUTE = 2.0
SCALE = 200_000
"""How many times longer and larger the laboratory is told: 5 us as 1 s, 5 mm as 1 km.

Both by one factor, so that speeds stay what they are.
"""
LAST_S = 30.0
"""No event begins so late that its waves would not reach the stations."""
RECORD_US = 200.0
"""Length of the record of one burst, its reflections with it [us]."""

SOURCES = WaveformSources(
    magnitude_min=2.6,
    magnitude_max=4.5,
    b_value=0.7,
    extent_km=80.0,
    n_stations=N_STATIONS,
)
RECORDING = Recording(
    sampling_hz=SAMPLING_HZ,
    duration_s=DURATION_S,
    noise_low=0.6,
    noise_high=1.0,
    faults=Faults(dead=0.05, burst=0.1, spike=0.1),
)
GROUND = Ground()
PLATE = Plate()
SENSOR = ResonantSensor()
BURSTS = BurstSources()


class Motion(NamedTuple):
    """What an observer has of one recording.

    Attributes
    ----------
    stations : pandas.DataFrame
        ``station``, ``x_km`` and ``y_km``.
    waveforms : ndarray of float32, shape (n_stations, 3, n_samples)
        Up, north and east; zeros where a sensor has one component alone.
    """

    stations: pd.DataFrame
    waveforms: np.ndarray


class Catalogue(NamedTuple):
    """What made it.

    Attributes
    ----------
    events : pandas.DataFrame
        ``event``, ``time_s``, ``x_km``, ``y_km``, ``depth_km`` and ``magnitude``.
    picks : pandas.DataFrame
        ``station``, ``phase``, ``time_s`` and ``event``: every direct arrival.
    """

    events: pd.DataFrame
    picks: pd.DataFrame


STANDS_IN_FOR = (
    "three minutes of a local network during a sequence, and 0.9 ms of sensors on a "
    "plate of rock under load"
)
BREAKS_DOWN = (
    "where the ground has layers, a fault is no point, noise comes from somewhere, and "
    "where waves in a plate convert from P to S"
)


def simulate_recording(world: str = "natural", random_state: int = 0) -> Simulated:
    """Simulate one recording with several events in it.

    Parameters
    ----------
    world : {"natural", "laboratory"}
        Earthquakes below a network of 80 km, or bursts in a plate of 10 cm that is
        told 200,000 times longer and larger.
    random_state : int
        Seed.

    Returns
    -------
    Simulated
        ``data`` is a :class:`Motion`, ``truth`` a :class:`Catalogue`.

    Raises
    ------
    ValueError
        If `world` is neither.

    Examples
    --------
    >>> made = simulate_recording("laboratory", 1)
    >>> made.data.waveforms.shape, set(made.truth.picks["phase"])
    ((8, 3, 9000), {'P'})
    """
    check_choice("world", world, WORLDS)
    rng = np.random.default_rng(random_state)
    n_events = max(int(rng.poisson(EVENTS_PER_MINUTE * DURATION_S / 60)), 1)
    begin_s = np.sort(rng.uniform(2.0, DURATION_S - LAST_S, n_events))
    make = natural if world == "natural" else laboratory
    data, truth = make(begin_s, int(rng.integers(2**31)), rng)
    return Simulated(data, truth, STANDS_IN_FOR, BREAKS_DOWN, int(random_state))


def natural(begin_s: np.ndarray, seed: int, rng) -> tuple[Motion, Catalogue]:
    """Let all stations record all earthquakes, each in its own noise."""
    stations = draw_stations(SOURCES, GROUND, RECORDING, rng)
    stations["trace"] = np.arange(len(stations))
    events = draw_events(len(begin_s), SOURCES, GROUND, rng)
    events = events.assign(event=np.arange(len(events)), time_s=begin_s)
    paths = stations.merge(events, how="cross").assign(onset_s=0.0)
    paths = finish_paths(paths, SOURCES, GROUND, rng)
    rays = StraightRays(GROUND.p_km_s, GROUND.s_km_s)
    travel_s = rays(paths["distance_km"], paths["depth_km"], "P")
    paths["onset_s"] = paths["time_s"] + travel_s
    made = simulate_records(paths.drop(columns="time_s"), GROUND, RECORDING, seed)
    told = {"station_x_km": "x_km", "station_y_km": "y_km"}
    places = stations.rename(columns=told)[["station", "x_km", "y_km"]]
    return (
        Motion(places, made.data.waveforms),
        Catalogue(events[EVENT], arrivals(made.truth.paths)),
    )


EVENT = ["event", "time_s", "x_km", "y_km", "depth_km", "magnitude"]


def arrivals(paths: pd.DataFrame) -> pd.DataFrame:
    """Return P and S of every earthquake at every station."""
    parts = [
        pd.DataFrame(
            {
                "station": paths["station"],
                "phase": phase,
                "time_s": paths[f"{phase.lower()}_sample"] / SAMPLING_HZ,
                "event": paths["event"],
            }
        )
        for phase in "PS"
    ]
    picks = pd.concat(parts).dropna()
    return picks.sort_values("time_s", kind="stable", ignore_index=True)


def laboratory(begin_s: np.ndarray, seed: int, rng) -> tuple[Motion, Catalogue]:
    """Add the records of single bursts, and one noise."""
    sensors = make_network("random", N_STATIONS, BURSTS.extent_m, seed)
    sensors.columns = ["sensor", "x_m", "y_m"]
    bursts = draw_sources(len(begin_s), BURSTS, PLATE, rng)
    silent = replace(SENSOR, noise_m_s=0.0)
    made = record_bursts(
        bursts, sensors.assign(z_m=0.0), PLATE, silent, RECORD_US, random_state=seed
    )
    per_us = SCALE / 1e6 * SAMPLING_HZ
    origin = made.truth.bursts["origin_us"].to_numpy() * per_us
    first = np.round(begin_s * SAMPLING_HZ - origin)
    first = np.maximum(first, 0).astype(int)
    n_samples = round(DURATION_S * SAMPLING_HZ)
    waveforms = np.zeros((N_STATIONS, 3, n_samples), np.float32)
    waveforms[:, 0] = rng.normal(0, SENSOR.noise_m_s, (N_STATIONS, n_samples))
    for begin, speed in zip(first, made.data.speed_m_s, strict=True):
        part = waveforms[:, 0, begin : begin + speed.shape[1]]
        part += speed[:, : part.shape[1]]
    places = sensors.rename(columns={"sensor": "station", "x_m": "x_km", "y_m": "y_km"})
    places[["x_km", "y_km"]] *= SCALE / 1e3
    return Motion(places, waveforms), told(made.truth, first, per_us)


def told(truth, first: np.ndarray, per_us: float) -> Catalogue:
    """Return bursts and direct arrivals in the units of the network."""
    late_s = np.asarray(first) / SAMPLING_HZ
    per_s = per_us / SAMPLING_HZ
    km = truth.bursts[["x_m", "y_m", "z_m"]] * SCALE / 1e3
    events = km.set_axis(["x_km", "y_km", "depth_km"], axis=1).assign(
        event=np.arange(len(km)),
        time_s=late_s + truth.bursts["origin_us"] * per_s,
        magnitude=truth.bursts["magnitude"],
    )
    direct = truth.arrivals[truth.arrivals["bounces"] == 0]
    picks = pd.DataFrame(
        {
            "station": direct["sensor"],
            "phase": "P",
            "time_s": late_s[direct["burst"].to_numpy()] + direct["time_us"] * per_s,
            "event": direct["burst"],
        }
    )
    return Catalogue(
        events[EVENT], picks.sort_values("time_s", kind="stable", ignore_index=True)
    )
