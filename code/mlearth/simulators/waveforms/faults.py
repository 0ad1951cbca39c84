"""What instruments do that the ground did not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .settings import Faults

__all__ = ["spoil"]

MAINS_HZ = 50.0


def spoil(
    waveforms: np.ndarray, sampling_hz: float, faults: Faults, rng
) -> pd.DataFrame:
    """Spoil traces in place, and return what was done to each.

    Parameters
    ----------
    waveforms : ndarray, shape (n, 3, n_samples)
        Velocities [m/s], changed in place.
    sampling_hz : float
        Sampling rate [Hz].
    faults : Faults
        How often.
    rng : numpy.random.Generator
        What draws.

    Returns
    -------
    pandas.DataFrame
        One row per trace; see :class:`TrueWaveforms`.
    """
    n = len(waveforms)
    done = {name: np.full(n, np.nan) for name in COLUMNS}
    done["dead_component"] = np.full(n, -1)
    for name, act in ACTS.items():  # the order in which signals pass an instrument
        for i in np.flatnonzero(rng.uniform(size=n) < getattr(faults, name)):
            for column, value in act(waveforms[i], sampling_hz, rng).items():
                done[column][i] = value
    return pd.DataFrame(done)


def largest(trace: np.ndarray) -> float:
    """Return the largest amplitude of a trace, or a nanometre per second."""
    return max(float(np.abs(trace).max()), 1e-9)


def step(trace, sampling_hz, rng) -> dict[str, float]:
    """Move the base line of one component from a sample on."""
    at = rng.integers(trace.shape[1])
    size = largest(trace) * rng.uniform(0.3, 3) * rng.choice([-1, 1])
    trace[rng.integers(3), at:] += size
    return {"step_sample": at}


def burst(trace, sampling_hz, rng) -> dict[str, float]:
    """Add half a second to two of mains hum to all components."""
    n = trace.shape[1]
    at = rng.integers(n)
    until = min(at + int(rng.uniform(0.5, 2) * sampling_hz) + 1, n)
    hum_hz = min(MAINS_HZ, 0.4 * sampling_hz)
    wave = np.sin(2 * np.pi * hum_hz / sampling_hz * np.arange(until - at))
    trace[:, at:until] += (largest(trace) * rng.uniform(0.3, 3) * wave).astype("f4")
    return {"burst_sample": at}


def spike(trace, sampling_hz, rng) -> dict[str, float]:
    """Set one sample of one component far off."""
    at = rng.integers(trace.shape[1])
    size = largest(trace) * rng.uniform(1, 10) * rng.choice([-1, 1])
    trace[rng.integers(3), at] += size
    return {"spike_sample": at}


def clip(trace, sampling_hz, rng) -> dict[str, float]:
    """Cut off what is larger than a share of the largest amplitude."""
    most = np.float32(largest(trace) * rng.uniform(0.1, 0.7))
    np.clip(trace, -most, most, out=trace)
    return {"clip_m_s": most}


def gap(trace, sampling_hz, rng) -> dict[str, float]:
    """Fill up to a fifth of the trace with zeros."""
    n = trace.shape[1]
    length = max(int(n * rng.uniform(0.02, 0.2)), 1)
    at = rng.integers(n - length + 1)
    trace[:, at : at + length] = 0
    return {"gap_sample": at, "gap_end_sample": at + length}


def dead(trace, sampling_hz, rng) -> dict[str, float]:
    """Silence one component."""
    which = rng.integers(3)
    trace[which] = 0
    return {"dead_component": which}


ACTS = {
    "step": step,
    "burst": burst,
    "spike": spike,
    "clip": clip,
    "gap": gap,
    "dead": dead,
}
COLUMNS = (
    "spike_sample",
    "burst_sample",
    "step_sample",
    "gap_sample",
    "gap_end_sample",
    "clip_m_s",
)
