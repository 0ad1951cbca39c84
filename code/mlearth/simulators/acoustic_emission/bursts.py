"""Records of bursts: sources in a plate, their reflections, sensors that ring."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from ..._arguments import (
    Count,
    CountOrZero,
    Positive,
    check_kinds,
    check_room,
    check_table,
    checked,
    wrong,
)
from ..simulated import Simulated
from .plates import plate_rays
from .sensors import radiated, resonant_pulse
from .settings import BurstSources, Plate, ResonantSensor
from .sources import draw_sources

__all__ = ["BurstRecords", "TrueBursts", "record_bursts", "simulate_bursts"]

STANDS_IN_FOR = (
    "records of single acoustic emissions, 0.1 to 1 MHz, by the piezoelectric sensors "
    "on a plate of rock, as a trigger cuts them out"
)
BREAKS_DOWN = (
    "where waves convert from P to S or become plate waves, where rock attenuates, at "
    "the sides of a real sample, and for sources that radiate more in one direction"
)

PLACE = ("x_m", "y_m", "z_m")
BORN = (0.1, 0.3)
"""Sources begin in this part of their record, at random."""


class BurstRecords(NamedTuple):
    """What an observer has.

    Attributes
    ----------
    sensors : pandas.DataFrame
        ``sensor``, ``x_m``, ``y_m``, ``z_m``.
    time_us : ndarray, shape (n_samples,)
        Times from the beginning of each record [us].
    speed_m_s : ndarray, shape (n_bursts, n_sensors, n_samples)
        What the sensors give [m/s].
    """

    sensors: pd.DataFrame
    time_us: np.ndarray
    speed_m_s: np.ndarray


class TrueBursts(NamedTuple):
    """What no observer has.

    Attributes
    ----------
    bursts : pandas.DataFrame
        ``x_m``, ``y_m``, ``z_m``, ``moment_nm``, ``corner_hz``, ``origin_us`` and, of
        drawn ones, ``magnitude``; one row a record.
    arrivals : pandas.DataFrame
        Every arrival within the records: ``burst``, ``sensor``, ``bounces`` (0 for the
        direct wave), ``time_us`` and ``amplitude_m_s``, the peak of what it alone
        makes the sensor give, with its sign.
    plate : Plate
        The plate.
    sensor : ResonantSensor
        The sensor.
    """

    bursts: pd.DataFrame
    arrivals: pd.DataFrame
    plate: Plate
    sensor: ResonantSensor


@checked
def simulate_bursts(
    sensors: pd.DataFrame,
    n_bursts: Count = 16,
    sources: BurstSources = BurstSources(),  # noqa: B008 (frozen)
    plate: Plate = Plate(),  # noqa: B008
    sensor: ResonantSensor = ResonantSensor(),  # noqa: B008
    duration_us: Positive = 200.0,
    sampling_mhz: Positive = 10.0,
    random_state: CountOrZero = 0,
) -> Simulated:
    """Draw bursts in a plate, and record each by all sensors.

    Parameters
    ----------
    sensors : pandas.DataFrame
        ``sensor`` (names, each once), ``x_m``, ``y_m`` and ``z_m``, 0 or the plate's
        thickness on its surfaces.
    n_bursts : int
        How many.
    sources : BurstSources
        Where they lie, and how large they are.
    plate : Plate
        The rock.
    sensor : ResonantSensor
        What all sensors are like.
    duration_us : float
        Length of each record [us], > 0; its source begins within the first third.
    sampling_mhz : float
        Samples in a microsecond, > 0.
    random_state : int
        Seed.

    Returns
    -------
    Simulated
        ``data`` is a :class:`BurstRecords`, ``truth`` a :class:`TrueBursts`.

    Raises
    ------
    ValueError
        If an argument is none of these, a sensor lies outside of the plate, or the
        records would be too many samples.

    Notes
    -----
    It *stands in for* records of single acoustic emissions by piezoelectric sensors.
    It *breaks down* where waves convert from P to S or become plate waves, where rock
    attenuates, and at the sides of a real sample.

    Examples
    --------
    >>> import pandas as pd
    >>> above = pd.DataFrame({"sensor": ["A"], "x_m": 0.0, "y_m": 0.0, "z_m": 0.0})
    >>> made = simulate_bursts(above, 3, random_state=1)
    >>> made.data.speed_m_s.shape, len(made.truth.arrivals)
    ((3, 1, 2000), 53)
    """
    check_kinds(sources=(sources, BurstSources), plate=(plate, Plate))
    rng = np.random.default_rng(random_state)
    check_room("n_bursts", n_bursts, 10 * n_bursts)
    bursts = draw_sources(n_bursts, sources, plate, rng)
    window = duration_us, sampling_mhz
    return recorded(bursts, sensors, plate, sensor, *window, random_state, rng)


@checked
def record_bursts(
    bursts: pd.DataFrame,
    sensors: pd.DataFrame,
    plate: Plate = Plate(),  # noqa: B008 (frozen)
    sensor: ResonantSensor = ResonantSensor(),  # noqa: B008
    duration_us: Positive = 200.0,
    sampling_mhz: Positive = 10.0,
    random_state: CountOrZero = 0,
) -> Simulated:
    """Record given bursts, such as some of those that `simulate_stick_slip` drew.

    Parameters
    ----------
    bursts : pandas.DataFrame
        ``x_m``, ``y_m``, ``z_m``, ``moment_nm`` and ``corner_hz``, > 0; other columns
        are left out, but for ``magnitude``.
    sensors : pandas.DataFrame
        ``sensor``, ``x_m``, ``y_m`` and ``z_m``.
    plate : Plate
        The rock.
    sensor : ResonantSensor
        What all sensors are like.
    duration_us : float
        Length of each record [us], > 0; its source begins within the first third.
    sampling_mhz : float
        Samples in a microsecond, > 0.
    random_state : int
        Seed of origin times and noise.

    Returns
    -------
    Simulated
        As `simulate_bursts` returns it.

    Raises
    ------
    ValueError
        If an argument is none of these, or a burst or sensor is outside of the plate.

    Examples
    --------
    >>> import pandas as pd
    >>> above = pd.DataFrame({"sensor": ["A"], "x_m": 0.0, "y_m": 0.0, "z_m": 0.0})
    >>> one = {"x_m": 0.03, "y_m": 0.0, "z_m": 0.04, "moment_nm": 1.0, "corner_hz": 2e5}
    >>> made = record_bursts(pd.DataFrame([one]), above)
    >>> arrivals = made.truth.arrivals.head(2)
    >>> (arrivals.time_us - made.truth.bursts.origin_us[0]).round(3).to_list()
    [9.091, 12.197]
    """
    rng = np.random.default_rng(random_state)
    window = duration_us, sampling_mhz
    return recorded(bursts, sensors, plate, sensor, *window, random_state, rng)


def recorded(
    bursts, sensors, plate, sensor, duration_us, sampling_mhz, random_state, rng
) -> Simulated:
    """Check what is recorded by what, and record it."""
    check_kinds(plate=(plate, Plate), sensor=(sensor, ResonantSensor))
    bursts, sensors = check_bursts(bursts, plate), check_sensors(sensors, plate)
    n_samples = round(duration_us * sampling_mhz)
    size = len(bursts) * len(sensors) * n_samples
    check_room("duration_us", duration_us, size * (2 + duration_us / 50))
    if n_samples < 2:
        raise wrong("duration_us", "two samples or more", f"{n_samples}")
    time_us = np.arange(n_samples) / sampling_mhz
    bursts["origin_us"] = duration_us * rng.uniform(*BORN, len(bursts))
    speed = rng.normal(0, sensor.noise_m_s, (len(bursts), len(sensors), n_samples))
    rows = []
    for i, burst in enumerate(bursts.itertuples()):
        for j, at in enumerate(sensors.itertuples()):
            arrivals = waves_of(burst, at, plate, sensor, time_us, speed[i, j])
            rows.append(pd.DataFrame({"burst": i, "sensor": at.sensor, **arrivals}))
    truth = TrueBursts(bursts, pd.concat(rows, ignore_index=True), plate, sensor)
    data = BurstRecords(sensors, time_us, speed)
    return Simulated(data, truth, STANDS_IN_FOR, BREAKS_DOWN, int(random_state))


def waves_of(burst, at, plate, sensor, time_us, speed) -> dict[str, np.ndarray]:
    """Add every wave of one burst to the record of one sensor, and list them."""
    after_us = time_us[-1] - burst.origin_us
    offset_m = np.hypot(burst.x_m - at.x_m, burst.y_m - at.y_m)
    length_m, bounces, strength = plate_rays(
        offset_m, burst.z_m, at.z_m, 1e-6 * after_us * plate.speed_m_s, plate
    )
    arrival_us = burst.origin_us + 1e6 * length_m / plate.speed_m_s
    after_s = 1e-6 * (time_us - arrival_us[:, None])
    pulses = resonant_pulse(after_s, burst.corner_hz, sensor)
    scale = radiated(plate) * burst.moment_nm * strength
    speed += scale @ pulses
    longest_s = 3 / burst.corner_hz + 3 / sensor.frequency_hz
    whole = resonant_pulse(np.linspace(0, longest_s, 3000), burst.corner_hz, sensor)
    peak = whole[np.abs(whole).argmax()] if len(whole) else 0.0
    return {"bounces": bounces, "time_us": arrival_us, "amplitude_m_s": scale * peak}


def check_bursts(bursts: pd.DataFrame, plate: Plate) -> pd.DataFrame:
    """Return bursts that lie in the plate and have a moment and a corner."""
    known = ("magnitude",) if "magnitude" in getattr(bursts, "columns", ()) else ()
    columns = (*PLACE, *known, "moment_nm", "corner_hz")
    bursts = check_table("bursts", bursts, columns)
    if bursts.empty:
        raise wrong("bursts", "at least one burst", "none")
    for column in ("moment_nm", "corner_hz"):
        if bursts[column].min() <= 0:
            raise wrong(f"bursts[{column!r}]", "numbers > 0", bursts[column].min())
    return check_inside("bursts", bursts, plate)


def check_sensors(sensors: pd.DataFrame, plate: Plate) -> pd.DataFrame:
    """Return sensors of different names that lie in the plate."""
    sensors = check_table("sensors", sensors, PLACE, ("sensor",))
    if sensors.empty:
        raise wrong("sensors", "at least one sensor", "none")
    twice = sensors["sensor"][sensors["sensor"].duplicated()].unique()
    if twice.size:
        raise wrong("sensors", "sensors of different names", f"{twice[0]!r} twice")
    return check_inside("sensors", sensors, plate)


def check_inside(name: str, table: pd.DataFrame, plate: Plate) -> pd.DataFrame:
    """Refuse what lies above or below the plate."""
    out = table["z_m"][(table["z_m"] < 0) | (table["z_m"] > plate.thickness_m)]
    if len(out):
        accepted = f"depths from 0 to thickness_m = {plate.thickness_m:g}"
        raise wrong(f"{name}['z_m']", accepted, f"{out.iloc[0]:g}")
    return table
