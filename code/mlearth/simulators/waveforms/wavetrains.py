"""Spectra of P, S and Rg of many paths at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import fft

from .law import plateau, seismic_moment_nm, spreading_per_m
from .radiation import ray_axes
from .settings import Ground

__all__ = ["Band", "Wave", "add_body_wave", "add_rg", "ripple"]

ELLIPSE = 0.68
"""Horizontal over vertical motion of Rayleigh waves on a Poisson solid."""

DEPTH_DECAY = 0.8475
"""Decay with depth of their pressure, in wavenumbers, on the same solid."""

TELESEISM_LOSS_S = 1.0
"""Attenuation of teleseismic P on its way: exp(-pi f times this)."""

TELESEISM_DIRECT = 0.9
"""Share of their power in the direct pulse, which is alike across a network."""

TELESEISM_KM = 10_000.0
"""Distance along which teleseismic P would have spread in a homogeneous Earth."""


class Band(NamedTuple):
    """The frequencies of a transform, and how its waves lose amplitude.

    Attributes
    ----------
    f : ndarray, shape (n_f,)
        Frequencies [Hz].
    lag, q_loss, kappa_loss : ndarray, shape (n_f,)
        Complex exponents of a second of delay, of a second of travel time over Q, and
        of a second of kappa. Losses are causal: their phases make low frequencies late.
    t : ndarray, shape (n_samples,)
        Times [s] after an onset.
    n_fft : int
        Length of the transform.
    sampling_hz : float
        Sampling rate [Hz].
    """

    f: np.ndarray
    lag: np.ndarray
    q_loss: np.ndarray
    kappa_loss: np.ndarray
    t: np.ndarray
    n_fft: int
    sampling_hz: float


def make_band(n: int, sampling_hz: float, lowest_hz: float, q_power: float) -> Band:
    """Return the band of traces of n samples, padded so that no pulse wraps around."""
    n_fft = fft.next_fast_len(n + int(sampling_hz * (1 + 2 / lowest_hz)), real=True)
    f = fft.rfftfreq(n_fft, 1 / sampling_hz)
    f[0] = f[1] * 1e-3  # nothing moves there, but its logarithm is taken
    return Band(
        f,
        -2j * np.pi * f,
        -np.pi * causal_power(f, 1 - q_power, sampling_hz / 2),
        -np.pi * causal_power(f, 1.0, sampling_hz / 2),
        (np.arange(n) / sampling_hz).astype(np.float32),
        n_fft,
        sampling_hz,
    )


def causal_power(f: np.ndarray, power: float, fastest_hz: float) -> np.ndarray:
    """Return f**power with the phase that keeps its pulse after the onset.

    ``exp(-(i f)**power)`` belongs to a pulse that begins at zero for powers between 0
    and 1. It is moved so that the highest frequency is not late.
    """
    power = np.clip(power, 1e-3, 1 - 1e-4)
    tangent = np.tan(np.pi / 2 * power)
    late = power * fastest_hz ** (power - 1) * f
    return f**power + 1j * tangent * (f**power - late)


class Wave(NamedTuple):
    """One wave of each path.

    Attributes
    ----------
    flat : ndarray, shape (n,)
        Flat part of the spectrum of displacement [m s].
    corner_hz : ndarray, shape (n,)
        Corner frequencies.
    direction : ndarray, shape (n, 3)
        Unit vectors of the direct motion: up, north, east.
    onset_s : ndarray, shape (n,)
        When it arrives, after the trace's begin.
    travel_s : ndarray, shape (n,)
        Travel time.
    loss_s : ndarray, shape (n,)
        Travel time over Q at 1 Hz.
    direct : ndarray, shape (n,)
        Share of the power in the direct pulse.
    decay_s : ndarray, shape (n,)
        Time constant of what follows it.
    coda_per_s : ndarray, shape (n,)
        Power of the coda at the onset, relative to the wave's.
    """

    flat: np.ndarray
    corner_hz: np.ndarray
    direction: np.ndarray
    onset_s: np.ndarray
    travel_s: np.ndarray
    loss_s: np.ndarray
    direct: np.ndarray
    decay_s: np.ndarray
    coda_per_s: np.ndarray


def pulse(band: Band, wave: Wave, kappa_s, site_factor, site_hz) -> np.ndarray:
    """Return the spectrum of velocity of the direct pulse, at its arrival."""
    parts = np.stack([wave.onset_s, wave.loss_s, kappa_s], axis=1)
    exponents = np.stack([band.lag, band.q_loss, band.kappa_loss])
    real = (parts @ exponents.real).astype(np.float32)
    turn = (parts @ exponents.imag).astype(np.float32)
    steps = 2 * np.pi * band.f * band.sampling_hz  # a sum over samples, not an integral
    size = np.exp(real) * (wave.flat[:, None] * steps).astype("f4")
    found = np.empty(size.shape, np.complex64)
    found.real, found.imag = -size * np.sin(turn), size * np.cos(turn)
    x = (1j * band.f).astype(np.complex64)
    corner = wave.corner_hz[:, None].astype(np.float32)
    source = 1 + x / corner
    factor = site_factor[:, None].astype(np.float32)
    x = x / np.float32(site_hz)
    found *= (1 + factor * x) / ((1 + x) * source * source)
    return found


def envelopes(
    band: Band, wave: Wave, coda_q: float, forward: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the spread of the samples that follow the onset.

    The first is that of each component; the second comes on top along the wave's own
    motion, where the share `forward` of what is scattered soon still goes.
    """
    t, dt = band.t, np.float32(1 / band.sampling_hz)
    decay = np.maximum(wave.decay_s, 2 / band.sampling_hz)[:, None].astype("f4")
    x = t / decay
    soon = x * np.exp(-x) * ((1 - wave.direct[:, None]).astype("f4") / decay * dt)
    travel = wave.travel_s[:, None].astype("f4")
    coda = (dt * wave.coda_per_s[:, None]).astype("f4") / (1 + t / travel) ** 2
    coda *= np.exp(np.float32(-2 * np.pi / coda_q) * t)
    late = t > (band.t[-1] - wave.onset_s)[:, None]
    soon[late] = coda[late] = 0  # what comes after the end does not wrap around
    each = (coda + np.float32(1 - forward) * soon) / 3
    along = np.sqrt(each + np.float32(forward) * soon) - np.sqrt(each)
    return np.sqrt(each), along


def add_body_wave(
    spectra: np.ndarray, band: Band, wave: Wave, site, ground: Ground, rng
) -> None:
    """Add P or S to spectra of shape (n, 3, n_f), in place."""
    kappa_s, site_factor = site
    spread, along = envelopes(band, wave, ground.coda_q, ground.forward)
    motion = wave.direction[:, :, None].astype(np.float32)
    drawn = rng.standard_normal((len(spread), 3, len(band.t)), np.float32)
    ahead = (drawn * motion).sum(axis=1)
    drawn *= spread[:, None, :]
    drawn += motion * (along * ahead)[:, None, :]
    follows = fft.rfft(drawn, band.n_fft, axis=-1, overwrite_x=True)
    follows += np.sqrt(wave.direct).astype("f4")[:, None, None] * motion
    shape = pulse(band, wave, kappa_s, site_factor, ground.site_corner_hz)
    follows *= shape[:, None, :]
    spectra += follows


def add_rg(
    spectra, band: Band, wave: Wave, site, depth_km, azimuth, ground: Ground, rng
) -> None:
    """Add Rg, whose motion is a backward ellipse, to spectra, in place."""
    spread, _ = envelopes(band, wave, ground.coda_q, 0.0)
    spread *= np.float32(np.sqrt(3))
    drawn = rng.standard_normal(spread.shape, np.float32) * spread
    up = fft.rfft(drawn, band.n_fft, axis=-1)
    up *= pulse(band, wave, *site, ground.site_corner_hz)
    wavenumber = 2 * np.pi * band.f / ground.rg_km_s
    up *= np.exp(-DEPTH_DECAY * depth_km[:, None] * wavenumber).astype(np.float32)
    spectra[:, 0] += up
    along = np.complex64(1j * ELLIPSE) * up
    spectra[:, 1] += np.cos(azimuth)[:, None].astype("f4") * along
    spectra[:, 2] += np.sin(azimuth)[:, None].astype("f4") * along


def ripple(f: np.ndarray, shots_s: np.ndarray) -> np.ndarray:
    """Return the spectrum of equal shots at these times, 1 at frequency 0."""
    return np.exp(-2j * np.pi * np.outer(f, shots_s)).mean(axis=1)


def p_wave(part, ground: Ground) -> Wave:
    """Return P of a table's rows; their columns are arrays."""
    ray, _, _ = ray_axes(part["azimuth"], part["tilt"])
    sign = np.where(part["radiation_p"] < 0, -1.0, 1.0)
    strength = np.abs(part["radiation_p"])
    return body_wave(part, ground, "p", strength, (sign * ray).T, part["onset_s"])


def s_wave(part, ground: Ground) -> Wave:
    """Return S of a table's rows."""
    _, across, aside = ray_axes(part["azimuth"], part["tilt"])
    motion = (part["radiation_sv"] * across + part["radiation_sh"] * aside).T
    strength = np.linalg.norm(motion, axis=1)
    motion = motion / np.maximum(strength, 1e-30)[:, None]
    later = part["onset_s"] + part["s_minus_p_s"]
    strength = np.where(part["far"], 0.0, strength)
    return body_wave(part, ground, "s", strength, motion, later)


def body_wave(part, ground: Ground, phase, strength, direction, onset_s) -> Wave:
    """Return the wave of one phase."""
    speed, q = getattr(ground, f"{phase}_km_s"), getattr(ground, f"q_{phase}")
    ray_km, far = part["ray_km"], part["far"]
    moment = seismic_moment_nm(part["magnitude"])
    spread_km = np.where(far, TELESEISM_KM, ray_km)
    flat_ground = plateau(moment, ray_km, speed, ground)
    thinner = 1e-3 / spread_km / spreading_per_m(ray_km, ground.hinge_km)
    flat = strength * np.where(far, thinner, 1.0) * flat_ground
    present = part["sounds"] & (onset_s < part["end_s"])
    travel_s = ray_km / speed
    higher = ground.p_corner_ratio if phase == "p" else 1.0
    direct = getattr(ground, f"direct_{phase}") * np.exp(-ray_km / ground.direct_km)
    return Wave(
        np.where(present, flat, 0.0),
        part["corner_hz"] * higher,
        direction,
        np.where(present, onset_s, 0.0),
        travel_s,
        np.where(far, TELESEISM_LOSS_S, travel_s / q),
        np.where(far, TELESEISM_DIRECT, direct),
        np.where(far, 1.0, ground.scatter_s_per_km * ray_km),
        np.where(far, 0.0, ground.turbidity_per_km * speed),
    )


def rg_wave(part, ground: Ground) -> Wave:
    """Return Rg of a table's rows, before its loss with depth."""
    distance = np.maximum(part["distance_km"], 1.0)
    travel_s = distance / ground.rg_km_s
    onset_s = part["onset_s"] + travel_s - part["ray_km"] / ground.p_km_s
    one_km = plateau(seismic_moment_nm(part["magnitude"]), 1.0, ground.s_km_s, ground)
    shear = np.hypot(part["radiation_sv"], part["radiation_sh"])
    flat = ground.rg_strength * shear * one_km / np.sqrt(distance)
    present = part["sounds"] & ~part["far"] & (onset_s < part["end_s"])
    return Wave(
        np.where(present, flat, 0.0),
        part["corner_hz"],
        np.zeros((len(distance), 3)),
        np.where(present, onset_s, 0.0),
        travel_s,
        travel_s / ground.rg_q,
        np.zeros(len(distance)),
        0.02 * distance,
        np.zeros(len(distance)),
    )
