"""Picks of a seismic network with known truth: what it hears, misses and invents."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtr

from .._arguments import (
    CountOrZero,
    Function,
    Number,
    Positive,
    Vector,
    check_kinds,
    check_room,
    check_table,
    checked,
    wrong,
)
from ..seismology import StraightRays
from .pick_records import ObservedPicks, Picker, Seismicity, TrueArrivals
from .simulated import Simulated

__all__ = ["detection_probability", "simulate_picks"]

PHASES = ("P", "S")
OUTLIER = 10
"""How many times wider the errors of outliers are."""

STANDS_IN_FOR = (
    "the P and S picks that a local network's automatic picker hands to an associator"
)
BREAKS_DOWN = (
    "where rays bend, where a station's noise changes with the hour, and where "
    "earthquakes trigger one another: epicentres and times are drawn independently"
)


@checked
def detection_probability(
    distance_km: Vector,
    magnitude: Vector,
    magnitude_50: Number = 1.5,
    spread: Positive = 0.3,
) -> np.ndarray:
    r"""Return the chance that a station detects an arrival.

    Amplitudes decay by the distance correction of the local magnitude scale,
    ``hutton1987scale``. The logarithm of the noise scatters by `spread`, so the
    chance is a normal distribution function of the magnitude.

    Parameters
    ----------
    distance_km : array_like, shape (n,)
        Distance from the source to the station along the ray [km], >= 0. Below 1 km
        an arrival is taken as strong as at 1 km.
    magnitude : array_like, shape (n,)
        Local magnitudes.
    magnitude_50 : float
        The magnitude that half of the stations detect at 100 km.
    spread : float
        Standard deviation of the threshold, in magnitudes, > 0.

    Returns
    -------
    ndarray, shape (n,)
        Probabilities from 0 to 1.

    Raises
    ------
    ValueError
        If a distance is below 0, or an argument is no such number.

    Examples
    --------
    >>> detection_probability([10.0, 100.0], [1.5, 1.5]).round(3)
    array([1. , 0.5])
    """
    if np.min(distance_km) < 0:
        raise wrong("distance_km", "numbers >= 0", f"{np.min(distance_km):g}")
    r = np.maximum(distance_km, 1.0)
    correction = 1.110 * np.log10(r / 100) + 0.00189 * (r - 100)
    return ndtr((magnitude - magnitude_50 - correction) / spread)


@checked
def simulate_picks(
    stations: pd.DataFrame,
    seismicity: Seismicity = Seismicity(),  # noqa: B008 (frozen)
    picker: Picker = Picker(),  # noqa: B008
    travel_time: Function = StraightRays(),  # noqa: B008
    random_state: CountOrZero = 0,
) -> Simulated:
    """Simulate the picks of a network, and keep what made each of them.

    Earthquakes strike at random and may overlap. Every arrival is detected by
    distance and magnitude, perhaps missed, and timed with an error. False picks and
    dead times are the picker's.

    Parameters
    ----------
    stations : pandas.DataFrame
        ``station`` (names, each once), ``x_km`` and ``y_km``.
    seismicity : Seismicity
        How many earthquakes of which size strike where.
    picker : Picker
        What is heard, and what is done wrong.
    travel_time : callable
        Takes epicentral distances [km], depths [km] and "P" or "S", gives times [s].
    random_state : int
        Seed.

    Returns
    -------
    Simulated
        ``data`` is an :class:`ObservedPicks`, ``truth`` a :class:`TrueArrivals`.

    Raises
    ------
    ValueError
        If an argument is none of these, or two stations share a name.

    Notes
    -----
    It *stands in for* the picks that a local network's automatic picker hands to an
    associator. It *breaks down* where rays bend, where noise changes with the hour,
    and where earthquakes trigger one another.

    Examples
    --------
    >>> from mlearth.simulators import make_network
    >>> simulated = simulate_picks(make_network("ring", 8), random_state=1)
    >>> list(simulated.data.picks), len(simulated.truth.events)
    (['station', 'phase', 'time_s'], 17)
    """
    stations = check_table("stations", stations, ("x_km", "y_km"), ("station",))
    _check_settings(stations, seismicity, picker)
    rng = np.random.default_rng(random_state)
    events = draw_events(seismicity, rng)
    check_room("stations", stations, 2 * len(events) * len(stations))
    arrivals = all_arrivals(events, stations, travel_time, picker)
    delay_s = rng.normal(0, picker.delay_s, len(stations))
    heard = hear(arrivals, stations, picker, delay_s, rng)
    false = false_picks(stations, seismicity.duration_s, picker.false_per_hour, rng)
    picks = keep_awake(pd.concat([heard, false]), picker.dead_time_s)
    event = picks.pop("event").to_numpy(int)
    return Simulated(
        ObservedPicks(stations, picks),
        TrueArrivals(events, event, arrivals, delay_s),
        STANDS_IN_FOR,
        BREAKS_DOWN,
        int(random_state),
    )


def draw_events(seismicity: Seismicity, rng: np.random.Generator) -> pd.DataFrame:
    """Draw earthquakes: a Poisson process whose sizes are Gutenberg-Richter's."""
    where = seismicity
    n = rng.poisson(where.rate_per_hour * where.duration_s / 3600)
    mean_excess = np.log10(np.e) / where.b_value
    return pd.DataFrame(
        {
            "time_s": np.sort(rng.uniform(0, where.duration_s, n)),
            "x_km": rng.uniform(0, where.extent_km, n),
            "y_km": rng.uniform(0, where.extent_km, n),
            "depth_km": rng.uniform(where.shallowest_km, where.deepest_km, n),
            "magnitude": where.magnitude_min + rng.exponential(mean_excess, n),
        }
    )


def all_arrivals(events, stations, travel_time, picker: Picker) -> pd.DataFrame:
    """Return P and S of every event at every station, and the chance of each."""
    pairs = events.assign(event=events.index).merge(
        stations, how="cross", suffixes=("", "_station")
    )
    distance = np.hypot(
        pairs["x_km"] - pairs["x_km_station"], pairs["y_km"] - pairs["y_km_station"]
    ).to_numpy()
    depth, magnitude = pairs["depth_km"].to_numpy(), pairs["magnitude"].to_numpy()
    parts = []
    for phase, harder in zip(PHASES, (0.0, picker.s_harder), strict=True):
        part = pairs[["station", "event"]].assign(phase=phase, distance_km=distance)
        part["time_s"] = pairs["time_s"] + travel_time(distance, depth, phase)
        part["probability"] = _chance(distance, depth, magnitude - harder, picker)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def hear(arrivals, stations, picker: Picker, delay_s, rng) -> pd.DataFrame:
    """Return the arrivals that are picked, with the times that the picker gives."""
    late = dict(zip(stations["station"], delay_s, strict=True))
    chance = arrivals["probability"] * (1 - picker.missed)
    heard = arrivals[rng.uniform(size=len(arrivals)) < chance]
    delay = heard["station"].map(late)
    error = timing_errors(len(heard), picker.error_s, picker.outliers, rng)
    time_s = heard["time_s"] + delay.astype(float) + error
    return heard[["station", "phase", "event"]].assign(time_s=time_s)


def timing_errors(n: int, error_s: float, outliers: float, rng) -> np.ndarray:
    """Draw errors [s]: normal, and for a share of the picks ten times as wide."""
    wide = np.where(rng.uniform(size=n) < outliers, OUTLIER, 1)
    return error_s * wide * rng.normal(size=n)


def false_picks(stations, duration_s, per_hour, rng) -> pd.DataFrame:
    """Draw picks that no earthquake made, each P or S by chance."""
    counts = rng.poisson(per_hour * duration_s / 3600, len(stations))
    n = counts.sum()
    return pd.DataFrame(
        {
            "station": np.repeat(stations["station"].to_numpy(), counts),
            "phase": rng.choice(PHASES, n),
            "event": np.full(n, -1),
            "time_s": rng.uniform(0, duration_s, n),
        }
    )


def keep_awake(picks: pd.DataFrame, dead_time_s: float) -> pd.DataFrame:
    """Drop picks that follow a kept one of their station and phase too soon."""
    picks = picks.sort_values("time_s", kind="stable", ignore_index=True)
    keep, last = np.ones(len(picks), bool), {}
    names = zip(picks["station"], picks["phase"], picks["time_s"], strict=True)
    for i, (station, phase, time_s) in enumerate(names):
        if time_s - last.get((station, phase), -np.inf) < dead_time_s:
            keep[i] = False
        else:
            last[station, phase] = time_s
    columns = ["station", "phase", "time_s", "event"]
    return picks.loc[keep, columns].reset_index(drop=True)


def _chance(distance, depth, magnitude, picker: Picker) -> np.ndarray:
    """Return the chances of detection; an empty array where nothing struck."""
    if not len(distance):
        return np.zeros(0)
    ray = np.hypot(distance, depth)
    return detection_probability(ray, magnitude, picker.magnitude_50, picker.spread)


def _check_settings(stations: pd.DataFrame, seismicity, picker) -> None:
    """Refuse no stations, stations of one name, and settings of another kind."""
    if stations.empty:
        raise wrong("stations", "at least one station", "none")
    twice = stations["station"][stations["station"].duplicated()].unique()
    if twice.size:
        raise wrong("stations", "stations of different names", f"{twice[0]!r} twice")
    check_kinds(seismicity=(seismicity, Seismicity), picker=(picker, Picker))
