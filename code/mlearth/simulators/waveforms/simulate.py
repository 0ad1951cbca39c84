"""Three-component seismograms by the thousand, with everything that made them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import fft

from ..._arguments import Count, CountOrZero, check_kinds, check_room, checked
from ..simulated import Simulated
from .faults import spoil
from .noise import noise_spectra, velocity_spread
from .paths import KM_PER_DEGREE, corners_hz, draw_paths, slowness_s_km
from .radiation import incidence_rad
from .records import ObservedWaveforms, TrueWaveforms
from .settings import Ground, Recording, WaveformSources
from .table import check_paths, check_smallest, complete_paths
from .wavetrains import (
    Band,
    add_body_wave,
    add_rg,
    make_band,
    p_wave,
    rg_wave,
    ripple,
    s_wave,
)

__all__ = ["simulate_records", "simulate_waveforms"]

STANDS_IN_FOR = (
    "velocities of local earthquakes, explosions and mine blasts, and of first P waves "
    "of teleseisms, at the stations of a local or regional network"
)
BREAKS_DOWN = (
    "where a fault is no point, where layers send head waves, reflections and Lg, "
    "where the ground reverberates, and where noise has a direction or changes with "
    "the hour"
)
CHUNK = 32
"""Traces whose spectra stay in the processor's cache."""


@checked
def simulate_waveforms(
    n_traces: Count = 100,
    sources: WaveformSources = WaveformSources(),  # noqa: B008 (frozen)
    ground: Ground = Ground(),  # noqa: B008
    recording: Recording = Recording(),  # noqa: B008
    random_state: CountOrZero = 0,
) -> Simulated:
    """Simulate three-component records of events that are drawn at random.

    Parameters
    ----------
    n_traces : int
        How many records.
    sources : WaveformSources
        What strikes where.
    ground : Ground
        What the waves meet; :func:`draw_ground` gives another domain.
    recording : Recording
        How it is recorded.
    random_state : int
        Seed.

    Returns
    -------
    Simulated
        ``data`` is an :class:`ObservedWaveforms`, ``truth`` a :class:`TrueWaveforms`.

    Raises
    ------
    ValueError
        If an argument is none of these, or the smallest event's corner frequency may
        lie above half of the sampling rate.

    Notes
    -----
    The stochastic method of ``boore2003simulation``: noise in a window is given the
    spectrum of Brune's source after its way through the ground. Here a share of the
    power is a direct pulse instead, and coda is added as single scattering has it,
    ``aki1975origin``.

    It *stands in for* velocities of local events and first P waves of teleseisms at
    the stations of a local or regional network. It *breaks down* where a fault is no
    point, where layers send head waves, reflections and Lg, where the ground
    reverberates, and where noise has a direction or changes with the hour. A source
    that is drawn within 1 km of a station is put 1 km away.

    Examples
    --------
    >>> made = simulate_waveforms(6, random_state=1)
    >>> made.data.waveforms.shape, made.truth.traces["event"].tolist()
    ((6, 3, 3000), [0, 0, 0, 0, 1, 1])
    """
    check_kinds(
        sources=(sources, WaveformSources),
        ground=(ground, Ground),
        recording=(recording, Recording),
    )
    check_room("n_traces", n_traces, 3 * n_traces * recording.n_samples)
    check_smallest(sources, ground, recording)
    paths = draw_paths(n_traces, sources, ground, recording, random_state)
    return made_of(paths, ground, recording, random_state)


@checked
def simulate_records(
    paths: pd.DataFrame,
    ground: Ground = Ground(),  # noqa: B008
    recording: Recording = Recording(),  # noqa: B008
    random_state: CountOrZero = 0,
) -> Simulated:
    """Simulate three-component records of sources and distances that are given.

    Parameters
    ----------
    paths : pandas.DataFrame
        One row per record, or per event and record, as :func:`draw_paths` makes it.
        Needed are ``magnitude`` (0 to 7), ``distance_km`` (to the epicentre, up to 500;
        of teleseisms 3,300 to 10,100) and ``depth_km`` (0 to 100; the source is at
        least 1 km away). Whatever else is missing is ordinary: an earthquake with the
        mean stress drop and radiation, due south of a rock site of its own.
    ground : Ground
        What the waves meet.
    recording : Recording
        How it is recorded.
    random_state : int
        Seed.

    Returns
    -------
    Simulated
        As of :func:`simulate_waveforms`.

    Raises
    ------
    ValueError
        If an argument is none of these, or a corner frequency lies above half of the
        sampling rate.

    Notes
    -----
    As of :func:`simulate_waveforms`.

    Examples
    --------
    >>> one = {"magnitude": [3.0], "distance_km": [40.0], "depth_km": [9.0]}
    >>> made = simulate_records(pd.DataFrame(one))
    >>> row = made.truth.traces.iloc[0]
    >>> print(((row["s_sample"] - row["p_sample"]) / 100).round(2))  # 41 km: 4.88 s
    4.88
    """
    check_kinds(ground=(ground, Ground), recording=(recording, Recording))
    paths = complete_paths(
        paths, ground, recording, np.random.default_rng(random_state)
    )
    check_room("paths", paths, 3 * len(paths) * recording.n_samples)
    return made_of(paths, ground, recording, random_state)


def made_of(paths, ground: Ground, recording: Recording, seed: int) -> Simulated:
    """Return the records of complete paths."""
    check_paths(paths, ground, recording)
    part = columns_of(paths, ground, recording, seed)
    rng = np.random.default_rng([seed, 1])
    waveforms = all_traces(part, ground, recording, rng)
    faults = spoil(waveforms, recording.sampling_hz, recording.faults, rng)
    paths, traces = truth_of(paths, part, faults, recording)
    data = ObservedWaveforms(
        waveforms, traces["station"].to_numpy(str), float(recording.sampling_hz)
    )
    return Simulated(
        data, TrueWaveforms(traces, paths), STANDS_IN_FOR, BREAKS_DOWN, int(seed)
    )


def all_traces(part, ground: Ground, recording: Recording, rng) -> np.ndarray:
    """Return the ground's velocity at every trace, a chunk after another."""
    n, rate = recording.n_samples, recording.sampling_hz
    trace = part["trace"]
    n_traces = trace[-1] + 1
    found = np.empty((n_traces, 3, n), np.float32)
    band = make_band(n, rate, part["corner_hz"][part["sounds"]].min(initial=1.0),
                     ground.q_power)  # fmt: skip
    spread = velocity_spread(fft.rfftfreq(band.n_fft, 1 / rate), rate, band.n_fft)
    for first in range(0, n_traces, CHUNK):
        rows = slice(*np.searchsorted(trace, [first, first + CHUNK]))
        here = {name: values[rows] for name, values in part.items()}
        spectra = path_spectra(here, band, ground, rng)
        starts = np.flatnonzero(np.diff(here["trace"], prepend=-1))
        if len(starts) < len(spectra):
            spectra = np.add.reduceat(spectra, starts, axis=0)
        spectra += noise_spectra(spread, here["noise_level"][starts], rng)
        moved = fft.irfft(spectra, band.n_fft, axis=-1, overwrite_x=True)
        found[first : first + CHUNK] = moved[..., :n]
    return found


def path_spectra(part, band: Band, ground: Ground, rng) -> np.ndarray:
    """Return the spectra of all waves of these paths, shape (n, 3, n_f)."""
    spectra = np.zeros((len(part["trace"]), 3, len(band.f)), np.complex64)
    site = part["kappa_s"], part["site_factor"]
    add_body_wave(spectra, band, p_wave(part, ground), site, ground, rng)
    add_body_wave(spectra, band, s_wave(part, ground), site, ground, rng)
    if ground.rg_strength > 0:
        wave = rg_wave(part, ground)
        add_rg(
            spectra, band, wave, site, part["depth_km"], part["azimuth"], ground, rng
        )
    for i in np.flatnonzero(part["n_holes"] > 1):
        spectra[i] *= ripple(band.f, part["shots_s"][i]).astype(np.complex64)
    return spectra


def columns_of(
    paths, ground: Ground, recording: Recording, seed: int
) -> dict[str, np.ndarray]:
    """Return what the waves of each path are made from, as arrays."""
    part = {name: paths[name].to_numpy() for name in paths}
    ray_km = np.hypot(part["distance_km"], part["depth_km"])
    far = part["kind"] == "teleseism"
    slow = slowness_s_km(part["distance_km"] / KM_PER_DEGREE) * ground.surface_p_km_s
    near = incidence_rad(part["distance_km"], part["depth_km"], ground)
    return part | {
        "azimuth": np.radians(part["azimuth_deg"]),
        "tilt": np.where(far, np.arcsin(np.clip(slow, 0, 1)), near),
        "ray_km": ray_km,
        "s_minus_p_s": np.where(
            far, np.nan, ray_km / ground.s_km_s - ray_km / ground.p_km_s
        ),
        "corner_hz": corners_hz(paths, ground),
        "far": far,
        "sounds": part["kind"] != "noise",
        "end_s": np.full(len(paths), recording.n_samples / recording.sampling_hz),
        "shots_s": shot_times(part, seed),
    }


def shot_times(part, seed: int) -> np.ndarray:
    """Draw when the holes of each blast go off: the same for all who hear it."""
    found = np.empty(len(part["event"]), object)
    for i in np.flatnonzero(part["n_holes"] > 1):
        rng = np.random.default_rng([seed, 2, int(part["event"][i])])
        gaps = 1 + part["delay_error"][i] * rng.standard_normal(part["n_holes"][i] - 1)
        found[i] = part["delay_s"][i] * np.r_[0, np.cumsum(np.maximum(gaps, 0))]
    return found


def truth_of(paths, part, faults, recording: Recording):
    """Return the tables of paths and of traces."""
    rate, end = recording.sampling_hz, recording.n_samples
    p = np.where(part["sounds"], part["onset_s"] * rate, np.nan)
    s = p + part["s_minus_p_s"] * rate
    paths = paths.assign(p_sample=np.where(p < end, p, np.nan),
                         s_sample=np.where(s < end, s, np.nan))  # fmt: skip
    sign = np.where(part["radiation_p"] < 0, -1, 1)
    told = paths.assign(
        polarity=np.where(np.isnan(paths["p_sample"]), 0, sign),
        moment_nm=10 ** (1.5 * part["magnitude"] + 9.1),
        corner_hz=part["corner_hz"],
        back_azimuth_deg=(part["azimuth_deg"] + 180) % 360,
        incidence_deg=np.degrees(part["tilt"]),
    )
    traces = told.drop_duplicates("trace", ignore_index=True)
    silent = (traces["kind"] == "noise").to_numpy()
    traces.loc[silent, SOURCE] = np.nan
    n_events = pd.Series(part["sounds"]).groupby(part["trace"]).sum().to_numpy(int)
    columns = ["trace", "event", "station", "kind", "p_sample", "s_sample", "polarity",
               *SOURCE, "kappa_s", "site_factor", "noise_level"]  # fmt: skip
    return paths, pd.concat([traces[columns].assign(n_events=n_events), faults], axis=1)


SOURCE = [
    "magnitude",
    "moment_nm",
    "corner_hz",
    "stress_drop_mpa",
    "distance_km",
    "depth_km",
    "back_azimuth_deg",
    "incidence_deg",
]
