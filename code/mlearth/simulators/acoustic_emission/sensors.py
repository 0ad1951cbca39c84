"""What a resonant sensor gives for the wave of a source: two exact formulas."""

from __future__ import annotations

import numpy as np

from ..._arguments import Vector, check_kinds, checked, wrong
from .settings import Plate, ResonantSensor

__all__ = ["pulse_size", "radiated", "resonant_pulse", "sensor_response"]

RADIATION = np.sqrt(4 / 15)
"""Root mean square of a double couple's P waves over all directions."""


@checked
def sensor_response(
    frequency_hz: Vector,
    sensor: ResonantSensor = ResonantSensor(),  # noqa: B008 (frozen)
) -> np.ndarray:
    """Return what a resonant sensor makes of a tone: amplitude and phase.

    With f the tone and f0 the resonance, the response of a damped resonator to the
    speed of its surface is (i f f0 / Q) / (f0^2 - f^2 + i f f0 / Q).

    Parameters
    ----------
    frequency_hz : array_like, shape (n,)
        Frequencies [Hz].
    sensor : ResonantSensor
        The sensor.

    Returns
    -------
    ndarray of complex, shape (n,)
        Responses; 1 at the resonance.

    Raises
    ------
    ValueError
        If a frequency is no number, or `sensor` no ResonantSensor.

    Examples
    --------
    >>> abs(sensor_response([1e5, 3e5, 9e5], ResonantSensor(3e5, 3.0))).round(3)
    array([0.124, 1.   , 0.124])
    """
    check_kinds(sensor=(sensor, ResonantSensor))
    frequency_hz = np.asarray(frequency_hz, dtype=float)
    if np.min(frequency_hz, initial=0) < 0:
        raise wrong("frequency_hz", "numbers >= 0", f"{np.min(frequency_hz):g}")
    loss = 1j * frequency_hz * sensor.frequency_hz / sensor.quality
    return loss / (sensor.frequency_hz**2 - frequency_hz**2 + loss)


def radiated(plate: Plate) -> float:
    """Return the displacement at 1 m of a moment rate of 1 N m/s [s/N]."""
    return RADIATION / (4 * np.pi * plate.density_kg_m3 * plate.speed_m_s**3)


def resonant_pulse(
    after_s: np.ndarray, corner_hz: np.ndarray, sensor: ResonantSensor
) -> np.ndarray:
    """Return what the sensor gives for the pulse of a source of moment 1 N m [1/s^2].

    The moment rate w^2 t exp(-w t), w = 2 pi corner_hz, has Brune's spectrum
    1 / (1 + (f / corner_hz)^2) ``brune1970tectonic``. Its derivative drives the
    resonator. Both together have the Laplace transform

        g w^2 s^2 / ((s + w)^2 (s^2 + g s + w0^2)),    g = w0 / Q,

    whose poles give three decaying terms: exact at any time, and nothing before 0.
    """
    after_s, w = np.asarray(after_s), 2 * np.pi * np.asarray(corner_hz)
    w0 = 2 * np.pi * sensor.frequency_hz
    g = w0 / sensor.quality
    pole = -g / 2 + 1j * np.sqrt(w0**2 - g**2 / 4)
    below = w**2 - g * w + w0**2
    linear = g * w**4 / below
    constant = -g * w**3 * (2 * below - w * (2 * w - g)) / below**2
    ringing = g * w**2 * pole**2 / ((pole + w) ** 2 * 1j * pole.imag)
    t = np.maximum(after_s, 0)
    pulse = (constant + linear * t) * np.exp(-w * t)
    pulse = pulse + (ringing * np.exp(pole * t)).real
    return np.where(after_s < 0, 0.0, pulse)


def pulse_size(
    corner_hz: np.ndarray, sensor: ResonantSensor
) -> tuple[np.ndarray, np.ndarray]:
    """Return peak [1/s^2] and energy [1/s^3] of such pulses, from a table.

    The logarithms are interpolated between 200 corner frequencies, over two units of
    magnitude a two-hundredth of a decade apart.
    """
    if not len(corner_hz):
        return np.zeros(0), np.zeros(0)
    low, high = np.log(np.min(corner_hz)) - 1e-9, np.log(np.max(corner_hz)) + 1e-9
    corners = np.exp(np.linspace(low, high, 200))
    slowest_hz = min(corners[0], sensor.frequency_hz / sensor.quality)
    fastest_hz = max(corners[-1], sensor.frequency_hz)
    n = int(min(400 * fastest_hz / slowest_hz, 40_000))
    t = np.linspace(0, 5 / slowest_hz, n)
    found = np.array([resonant_pulse(t, corner, sensor) for corner in corners])
    peak, energy = np.abs(found).max(axis=1), np.trapezoid(found**2, t, axis=1)
    at = np.log(corner_hz), np.log(corners)
    return np.exp(np.interp(*at, np.log(peak))), np.exp(np.interp(*at, np.log(energy)))
