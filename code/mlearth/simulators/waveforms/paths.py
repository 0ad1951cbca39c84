"""Which source is heard by which station: the table that waveforms are made from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ..._arguments import (
    Count,
    CountOrZero,
    check_kinds,
    check_room,
    checked,
)
from ...seismology import StraightRays
from ..stations import make_network
from .law import MEAN_P, MEAN_S, corner_frequency_hz
from .radiation import Radiation, radiation_pattern, smeared
from .settings import KINDS, NEAREST_KM, Ground, Recording, WaveformSources

__all__ = ["draw_ground", "draw_paths"]

KM_PER_DEGREE = 111.195
EXPLOSION_KM = 0.05
"""Depth of what explodes."""

TELESEISM = {"degrees": (30.0, 90.0), "magnitude": (5.5, 7.0), "depth_km": 30.0}

VARIED = {
    "q_p": 2.0,
    "q_s": 2.0,
    "kappa_s": 1.8,
    "site_factor": 1.5,
    "site_corner_hz": 2.0,
    "stress_drop_low_mpa": 1.5,
    "surface_p_km_s": 1.4,
    "direct_km": 1.5,
    "scatter_s_per_km": 2.0,
    "turbidity_per_km": 2.5,
    "coda_q": 1.6,
    "rg_strength": 2.0,
    "explosion_p_over_s": 1.5,
}
"""Each of these is multiplied or divided by up to so much in another ground."""


@checked
def draw_ground(random_state: CountOrZero = 0) -> Ground:
    """Draw another ground: other Q, kappa, site, scattering, coda and stress drops.

    Parameters
    ----------
    random_state : int
        Seed; each gives a ground of its own.

    Returns
    -------
    Ground
        A second domain, for what was trained in the first.

    Raises
    ------
    ValueError
        If `random_state` is no whole number >= 0.

    Examples
    --------
    >>> usual, other = Ground(), draw_ground(1)
    >>> usual.q_s == other.q_s, other == draw_ground(1)
    (False, True)
    """
    rng = np.random.default_rng(random_state)
    usual = Ground()
    drawn = {
        name: getattr(usual, name) * float(factor ** rng.uniform(-1, 1))
        for name, factor in VARIED.items()
    }
    drawn["q_power"] = float(rng.uniform(0.2, 0.8))
    shares = {"smear": (0.1, 0.6), "direct_p": (0.1, 0.5), "direct_s": (0.05, 0.3)}
    for name, (low, high) in shares.items():
        drawn[name] = float(rng.uniform(low, high))
    return replace(usual, **drawn)


@checked
def draw_paths(
    n_traces: Count = 100,
    sources: WaveformSources = WaveformSources(),  # noqa: B008 (frozen)
    ground: Ground = Ground(),  # noqa: B008
    recording: Recording = Recording(),  # noqa: B008
    random_state: CountOrZero = 0,
) -> pd.DataFrame:
    """Draw events and stations, and which hear each other.

    Parameters
    ----------
    n_traces : int
        How many three-component records there are to be.
    sources : WaveformSources
        What strikes where.
    ground : Ground
        What decides stress drops, sites and the radiation that is left.
    recording : Recording
        When P arrives, and how loud it is.
    random_state : int
        Seed.

    Returns
    -------
    pandas.DataFrame
        Takes :func:`simulate_records`. Sorted by trace; a second row of a trace is a
        second event in its window.

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> paths = draw_paths(8, WaveformSources(traces_per_event=4))
    >>> paths["event"].tolist(), paths["station"].nunique() > 3
    ([0, 0, 0, 0, 1, 1, 1, 1], True)
    """
    check_kinds(
        sources=(sources, WaveformSources),
        ground=(ground, Ground),
        recording=(recording, Recording),
    )
    check_room("n_traces", n_traces, 100 * n_traces)
    rng = np.random.default_rng(random_state)
    stations = draw_stations(sources, ground, recording, rng)
    events = draw_events(-(-n_traces // sources.traces_per_event), sources, ground, rng)
    chosen = [
        rng.choice(sources.n_stations, sources.traces_per_event, replace=False)
        for _ in range(len(events))
    ]
    heard = events.loc[events.index.repeat(sources.traces_per_event)].reset_index()
    heard = heard.rename(columns={"index": "event"})
    at = stations.iloc[np.concatenate(chosen)].reset_index(drop=True)
    main = pd.concat([heard, at], axis=1).iloc[:n_traces]
    main["trace"] = np.arange(n_traces)
    main["onset_s"] = rng.uniform(
        recording.onset_earliest_s, recording.onset_latest_s, n_traces
    )
    second = draw_second(main, stations, sources, ground, recording, rng)
    paths = pd.concat([main, second], ignore_index=True) if len(second) else main
    paths = finish_paths(paths, sources, ground, rng)
    return paths.sort_values("trace", kind="stable", ignore_index=True)


def draw_stations(sources, ground, recording, rng) -> pd.DataFrame:
    """Draw a network: places, sites, kappas and how noisy each station is."""
    seed = int(rng.integers(2**31))
    net = make_network("random", sources.n_stations, sources.extent_km, seed)
    net = net.rename(columns={"x_km": "station_x_km", "y_km": "station_y_km"})
    n = len(net)
    net["site_factor"] = ground.site_factor * np.exp(
        ground.site_spread * rng.standard_normal(n)
    )
    net["kappa_s"] = ground.kappa_s * np.exp(
        ground.kappa_spread * rng.standard_normal(n)
    )
    net["noise_level"] = rng.uniform(recording.noise_low, recording.noise_high, n)
    return net


def draw_events(n: int, sources, ground, rng) -> pd.DataFrame:
    """Draw events: kind, size, place, stress drop and fault."""
    weights = sources.weights()
    share = np.array(list(weights.values())) / sum(weights.values())
    kind = rng.choice(KINDS, n, p=share)
    explodes, far = np.isin(kind, ("explosion", "mine_blast")), kind == "teleseism"
    depth = rng.uniform(sources.shallowest_km, sources.deepest_km, n)
    depth = np.where(
        far, TELESEISM["depth_km"], np.where(explodes, EXPLOSION_KM, depth)
    )
    magnitude = np.where(
        far, rng.uniform(*TELESEISM["magnitude"], n), draw_magnitudes(n, sources, rng)
    )
    low, high = np.log([ground.stress_drop_low_mpa, ground.stress_drop_high_mpa])
    return pd.DataFrame(
        {
            "kind": kind,
            "magnitude": magnitude,
            "depth_km": depth,
            "x_km": rng.uniform(0, sources.extent_km, n),
            "y_km": rng.uniform(0, sources.extent_km, n),
            "stress_drop_mpa": np.exp(rng.uniform(low, high, n)),
            "strike_deg": rng.uniform(0, 360, n),
            "dip_deg": np.degrees(np.arccos(rng.uniform(0, 1, n))),
            "rake_deg": rng.uniform(-180, 180, n),
            "far_degrees": rng.uniform(*TELESEISM["degrees"], n),
            "far_azimuth_deg": rng.uniform(0, 360, n),
            "n_holes": np.where(kind == "mine_blast", sources.n_holes, 1),
        }
    )


def draw_magnitudes(n: int, sources, rng) -> np.ndarray:
    """Draw from the Gutenberg-Richter law between two magnitudes; b = 0 is uniform."""
    low, high, u = sources.magnitude_min, sources.magnitude_max, rng.uniform(size=n)
    beta = sources.b_value * np.log(10) * (high - low)
    if beta < 1e-6:
        return low + (high - low) * u
    return low - (high - low) * np.log1p(u * np.expm1(-beta)) / beta


def draw_second(main, stations, sources, ground, recording, rng) -> pd.DataFrame:
    """Draw the events that fall into the window of another, one earthquake each."""
    drawn = rng.uniform(size=len(main)) < sources.overlap
    hit = np.flatnonzero(drawn & (main["kind"] != "noise"))
    local = replace(sources, earthquake=1, explosion=0, mine_blast=0, teleseism=0)
    events = draw_events(len(hit), replace(local, noise=0), ground, rng)
    own = stations.columns.tolist()
    second = main.loc[hit, [*own, "trace"]].reset_index(drop=True)
    first = main["event"].max() + 1
    second["event"] = first + np.arange(len(hit))
    second["onset_s"] = rng.uniform(0, recording.duration_s, len(hit))
    return pd.concat([events, second], axis=1)


def finish_paths(paths, sources, ground, rng) -> pd.DataFrame:
    """Add distances, azimuths, radiation and when waves arrive."""
    east = paths["station_x_km"] - paths["x_km"]
    north = paths["station_y_km"] - paths["y_km"]
    far = (paths["kind"] == "teleseism").to_numpy()
    nearest = NEAREST_KM * (1 + 1e-9)  # of whatever is drawn nearer, for rounding
    least = np.sqrt(np.maximum(nearest**2 - paths["depth_km"] ** 2, 0))
    paths["distance_km"] = np.maximum(np.hypot(east, north), least).where(
        ~far, paths["far_degrees"] * KM_PER_DEGREE
    )
    paths["azimuth_deg"] = np.degrees(np.arctan2(east, north)).where(
        ~far, paths["far_azimuth_deg"]
    )
    paths["azimuth_deg"] %= 360
    coefficients = draw_radiation(paths, ground, rng)
    for name, values in coefficients._asdict().items():
        paths[f"radiation_{name}"] = values
    paths["delay_s"] = sources.delay_s
    paths["delay_error"] = sources.delay_error
    if sources.common_window:
        paths["onset_s"] = common_onsets(paths, ground)
    return paths.drop(columns=["far_degrees", "far_azimuth_deg"])


def draw_radiation(paths, ground, rng) -> Radiation:
    """Return the radiation of faults, and that of explosions to all sides."""
    tilt = np.degrees(np.arctan2(paths["distance_km"], paths["depth_km"]))
    angles = (paths[f"{name}_deg"] for name in ("strike", "dip", "rake", "azimuth"))
    fault = smeared(
        radiation_pattern(*angles, tilt), ground.smear, (MEAN_P, MEAN_S), rng
    )
    explodes = paths["kind"].isin(("explosion", "mine_blast")).to_numpy()
    shear = MEAN_S / MEAN_P / ground.explosion_p_over_s
    angle = rng.uniform(0, 2 * np.pi, len(paths))
    return Radiation(
        np.where(explodes, 1.0, fault.p),
        np.where(explodes, shear * np.cos(angle), fault.sv),
        np.where(explodes, shear * np.sin(angle), fault.sh),
    )


def slowness_s_km(degrees: np.ndarray) -> np.ndarray:
    """Return the slowness of teleseismic P along the surface, to five per cent."""
    return np.interp(degrees, [30, 60, 90], [8.85, 6.88, 4.65]) / KM_PER_DEGREE


def common_onsets(paths: pd.DataFrame, ground: Ground) -> np.ndarray:
    """Let the traces of an event begin together: P comes later to farther stations."""
    rays = StraightRays(ground.p_km_s, ground.s_km_s)
    azimuth = np.radians(paths["azimuth_deg"])
    along = paths["station_x_km"] * np.sin(azimuth)
    along += paths["station_y_km"] * np.cos(azimuth)
    later = along * slowness_s_km(paths["distance_km"] / KM_PER_DEGREE)
    later = later.where(
        paths["kind"] == "teleseism", rays(paths["distance_km"], paths["depth_km"], "P")
    )
    event = paths["event"]
    first = paths["onset_s"].groupby(event).transform("first")
    return first + later - later.groupby(event).transform("min")


def corners_hz(paths: pd.DataFrame, ground: Ground) -> np.ndarray:
    """Return the corner frequency of S of every path [Hz]."""
    return corner_frequency_hz(
        paths["magnitude"], paths["stress_drop_mpa"], ground.s_km_s
    )
