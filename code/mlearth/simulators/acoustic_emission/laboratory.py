"""Cycles of stick and slip, the bursts that precede each slip, and what is heard."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
import pandas as pd

from ..._arguments import Count, CountOrZero, check_kinds, check_room, checked, number
from ..simulated import Simulated
from .sensors import pulse_size, radiated
from .settings import (
    BurstSources,
    Foreshocks,
    Plate,
    ResonantSensor,
    StickSlip,
)
from .sources import draw_sources

__all__ = ["LaboratoryRecord", "LaboratoryTruth", "simulate_stick_slip"]

STANDS_IN_FOR = (
    "hours of a sheared laboratory fault that sticks and slips: the load cell, and the "
    "emission that one sensor hears, summed over windows of some tenths of a second"
)
BREAKS_DOWN = (
    "where emission comes without single bursts, where bursts trigger one another or "
    "grow as failure nears (the b-value is constant), where slip begins slowly, and "
    "where the fault changes with the number of its cycles"
)

MEGAHERTZ = 1e6
"""Samples in a second of the record whose windows are summed."""

HEARD = 5.0
"""A burst is counted if its peak is so many times the noise."""

Window = Annotated[float, number(least=1e-3, most=1e4)]


class LaboratoryRecord(NamedTuple):
    """What an observer has.

    Attributes
    ----------
    windows : pandas.DataFrame
        One row a window, without overlap: ``end_s``, its last moment; ``since_slip_s``,
        from the last slip until then; ``stress_mpa``, the load at that moment;
        ``slipped``, whether a slip lies within it; ``n_bursts``, bursts heard in it;
        ``log10_energy``, of the squared speed [m^2/s]; ``log10_peak``, of the largest
        speed [m/s]. Slips themselves are cut out of energies and peaks.
    slips : pandas.DataFrame
        ``time_s`` and ``drop_mpa``, by how much the load fell; ``duration_s``, for
        how long the fault had stuck before it.
    """

    windows: pd.DataFrame
    slips: pd.DataFrame


class LaboratoryTruth(NamedTuple):
    """What no observer has.

    Attributes
    ----------
    time_to_failure_s : ndarray, shape (n_windows,)
        From the end of each window to the next slip [s], > 0.
    cycle : ndarray of int, shape (n_windows,)
        Row of `cycles` in which each window ends.
    rate_per_s : ndarray, shape (n_windows,)
        Rate of bursts at the end of each window [1/s].
    cycles : pandas.DataFrame
        ``start_s``, ``slip_s``, ``start_mpa`` and ``strength_mpa``.
    bursts : pandas.DataFrame
        ``time_s``, ``cycle``, ``foreshock`` (whether it followed failure), ``x_m``,
        ``y_m``, ``z_m``, ``magnitude``, ``moment_nm``, ``corner_hz``, ``peak_m_s`` of
        its direct wave and ``heard``; sorted by time.
    fault : StickSlip
        The fault.
    foreshocks : Foreshocks
        The law of the bursts.
    """

    time_to_failure_s: np.ndarray
    cycle: np.ndarray
    rate_per_s: np.ndarray
    cycles: pd.DataFrame
    bursts: pd.DataFrame
    fault: StickSlip
    foreshocks: Foreshocks


@checked
def simulate_stick_slip(
    n_cycles: Count = 240,
    fault: StickSlip = StickSlip(),  # noqa: B008 (frozen)
    foreshocks: Foreshocks = Foreshocks(),  # noqa: B008
    sources: BurstSources = BurstSources(),  # noqa: B008
    plate: Plate = Plate(),  # noqa: B008
    sensor: ResonantSensor = ResonantSensor(),  # noqa: B008
    window_s: Window = 0.2,
    random_state: CountOrZero = 0,
) -> Simulated:
    """Simulate a laboratory fault, its bursts, and windows of what is heard of them.

    The sensor sits on the middle of the plate's surface and hears direct waves. For
    the whole record of some burst, reflections and all, hand its row of
    ``truth.bursts`` to `record_bursts`.

    Parameters
    ----------
    n_cycles : int
        How many times the fault slips.
    fault : StickSlip
        Load and strength.
    foreshocks : Foreshocks
        When bursts come, and how much they know of failure.
    sources : BurstSources
        Where bursts lie, and how large they are.
    plate : Plate
        The rock.
    sensor : ResonantSensor
        The sensor.
    window_s : float
        Length of a window [s], from 0.001 to 10,000.
    random_state : int
        Seed.

    Returns
    -------
    Simulated
        ``data`` is a :class:`LaboratoryRecord`, ``truth`` a :class:`LaboratoryTruth`.

    Raises
    ------
    ValueError
        If an argument is none of these, or there would be too many windows or bursts.

    Notes
    -----
    It *stands in for* hours of a sheared laboratory fault. It *breaks down* where
    emission comes without single bursts, where bursts grow as failure nears, where
    slip begins slowly, and where the fault changes with its cycles.

    Examples
    --------
    >>> made = simulate_stick_slip(3, random_state=1)
    >>> made.data.slips.round(2)
       time_s  drop_mpa  duration_s
    0    5.62      0.28        5.62
    1   23.26      0.88       17.64
    2   29.28      0.30        6.02
    """
    check_kinds(
        fault=(fault, StickSlip),
        foreshocks=(foreshocks, Foreshocks),
        sources=(sources, BurstSources),
        plate=(plate, Plate),
        sensor=(sensor, ResonantSensor),
    )
    check_room("n_cycles", n_cycles, 100 * n_cycles)
    length_s = n_cycles * fault.mean_recurrence_s
    check_room("window_s", window_s, 10 * length_s / window_s)
    n_bursts = n_cycles * foreshocks.expected(fault.mean_recurrence_s)
    check_room("foreshocks", foreshocks, 20 * n_bursts)
    rng = np.random.default_rng(random_state)
    cycles = draw_cycles(n_cycles, fault, rng)
    bursts = draw_bursts(cycles, fault, foreshocks, rng)
    drawn = draw_sources(len(bursts), sources, plate, rng)
    bursts = pd.concat([bursts, drawn], axis=1)
    peak, energy = heard_at_centre(bursts, sources, plate, sensor)
    bursts["peak_m_s"] = peak
    bursts["heard"] = peak >= HEARD * sensor.noise_m_s
    windows, cycle = load_in_windows(cycles, fault, window_s)
    listen(windows, bursts, energy, sensor, window_s, rng)
    left_s = cycles["slip_s"].to_numpy()[cycle] - windows["end_s"].to_numpy()
    rate = foreshocks.rate(left_s, fault.mean_recurrence_s)
    truth = LaboratoryTruth(left_s, cycle, rate, cycles, bursts, fault, foreshocks)
    data = LaboratoryRecord(windows, slips_of(cycles, fault))
    return Simulated(data, truth, STANDS_IN_FOR, BREAKS_DOWN, int(random_state))


def draw_cycles(n_cycles: int, fault: StickSlip, rng) -> pd.DataFrame:
    """Draw strengths, and load the fault to each of them in turn."""
    excess = fault.excess_mpa * rng.weibull(fault.modulus, n_cycles + 1)
    start_mpa = fault.friction_mpa - fault.overshoot * excess[:-1]
    strength_mpa = fault.friction_mpa + excess[1:]
    slip_s = np.cumsum((strength_mpa - start_mpa) / fault.loading_mpa_s)
    return pd.DataFrame(
        {
            "start_s": np.concatenate([[0], slip_s[:-1]]),
            "slip_s": slip_s,
            "start_mpa": start_mpa,
            "strength_mpa": strength_mpa,
        }
    )


def slips_of(cycles: pd.DataFrame, fault: StickSlip) -> pd.DataFrame:
    """Return what the load cell saw of the slips."""
    excess = cycles["strength_mpa"] - fault.friction_mpa
    return pd.DataFrame(
        {
            "time_s": cycles["slip_s"],
            "drop_mpa": (1 + fault.overshoot) * excess,
            "duration_s": cycles["slip_s"] - cycles["start_s"],
        }
    )


def draw_bursts(cycles, fault: StickSlip, law: Foreshocks, rng) -> pd.DataFrame:
    """Draw foreshocks back from each failure, and bursts that know nothing of it."""
    start, slip = cycles["start_s"].to_numpy(), cycles["slip_s"].to_numpy()
    expected = law.expected(slip - start)
    n_after = rng.poisson(law.information * expected)
    whose = np.repeat(np.arange(len(cycles)), n_after)
    before = law.before(rng.uniform(size=len(whose)) * expected[whose])
    steady = law.steady_rate(fault.mean_recurrence_s)
    at_random = rng.uniform(0, slip[-1], rng.poisson(steady * slip[-1]))
    time_s = np.concatenate([slip[whose] - before, at_random])
    order = np.argsort(time_s, kind="stable")
    time_s = np.clip(time_s[order], 0, np.nextafter(slip[-1], 0))
    return pd.DataFrame(
        {
            "time_s": time_s,
            "cycle": np.searchsorted(slip, time_s, side="right"),
            "foreshock": order < len(whose),
        }
    )


def heard_at_centre(bursts, sources, plate: Plate, sensor) -> tuple:
    """Return peak [m/s] and energy [m^2/s] of each direct wave, above the middle."""
    middle = sources.extent_m / 2
    offset = np.hypot(bursts["x_m"] - middle, bursts["y_m"] - middle)
    distance = np.hypot(offset, bursts["z_m"]).to_numpy()
    surface = 1 + plate.reflection  # the wave and its own reflection there
    scale = surface * radiated(plate) * bursts["moment_nm"].to_numpy() / distance
    peak, energy = pulse_size(bursts["corner_hz"].to_numpy(), sensor)
    return scale * peak, scale**2 * energy


def load_in_windows(cycles, fault: StickSlip, window_s: float) -> tuple:
    """Return windows that end before the last slip, and the cycle of their ends."""
    slip, start = cycles["slip_s"].to_numpy(), cycles["start_s"].to_numpy()
    end_s = window_s * np.arange(1, max(int(np.ceil(slip[-1] / window_s)), 1))
    end_s = end_s[end_s < slip[-1]]
    cycle = np.searchsorted(slip, end_s, side="right")
    since_s = end_s - start[cycle]
    windows = pd.DataFrame(
        {
            "end_s": end_s,
            "since_slip_s": since_s,
            "stress_mpa": cycles["start_mpa"].to_numpy()[cycle]
            + fault.loading_mpa_s * since_s,
            "slipped": np.diff(cycle, prepend=0) > 0,
        }
    )
    return windows, cycle


def listen(windows, bursts, energy, sensor, window_s: float, rng) -> None:
    """Add to the windows what the sensor hears in each: bursts, energy, peak."""
    n, end_s = len(windows), windows["end_s"].to_numpy()
    row = np.searchsorted(end_s, bursts["time_s"].to_numpy(), side="left")
    inside, heard = row < n, bursts["heard"].to_numpy()
    counted = np.bincount(row[inside & heard], minlength=n)
    loud = np.bincount(row[inside], energy[inside], minlength=n)
    n_samples = max(window_s * MEGAHERTZ, 2.0)
    noise = sensor.noise_m_s**2 * window_s * rng.chisquare(n_samples, n) / n_samples
    largest = sensor.noise_m_s * np.sqrt(2 * np.log(n_samples)) * np.ones(n)
    np.maximum.at(largest, row[inside], bursts["peak_m_s"].to_numpy()[inside])
    tiny = np.finfo(float).tiny  # a window without noise or burst
    windows["n_bursts"] = counted
    windows["log10_energy"] = np.log10(np.maximum(loud + noise, tiny))
    windows["log10_peak"] = np.log10(np.maximum(largest, tiny))
