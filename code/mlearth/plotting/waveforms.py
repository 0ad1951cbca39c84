"""Seismograms and record sections with their phase picks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from mlearth.plotting._inputs import categories, complete, numbers
from mlearth.plotting._traces import Traces, gather
from mlearth.plotting.annotate import SMALL, halo, note
from mlearth.plotting.palette import DATA, text_color
from mlearth.plotting.picks import casing, phase_style, pick_lines

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RASTER_SAMPLES = 30_000
"""Wiggles with more samples than this are drawn as an image inside the SVG."""


def seismogram(
    ax: Axes,
    trace,
    sampling_rate_hz: float | None = None,
    *,
    picks: Mapping | None = None,
    error_s: Mapping | None = None,
    components=None,
    unit: str = "counts",
    start_time_s: float = 0.0,
) -> Axes:
    """Draw one seismogram, or its components one above the other on one scale.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    trace : obspy.Trace, obspy.Stream or array_like, (n_samples,) or (n_comp, n_samples)
        Ground motion. NaN and masked samples leave a gap.
    sampling_rate_hz : float, optional
        Needed for arrays; ObsPy's objects bring their own.
    picks : mapping of str to time, optional
        Times by phase as for `pick_lines`: seconds on this time axis, or
        ``UTCDateTime`` with ObsPy's objects.
    error_s : mapping of str to float, optional
        Half width [s] of the uncertainty of each pick.
    components : sequence of str, optional
        Names of the rows; ObsPy's objects bring their own.
    unit : str
        Unit of the ground motion.
    start_time_s : float
        Time [s] of the first sample of an array.

    Returns
    -------
    Axes
        The same axes.

    Raises
    ------
    ValueError
        If the sampling rate is missing or lengths differ.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> fig, ax = plt.subplots()
    >>> seismogram(ax, np.sin(np.arange(200)), 100, picks={"P": 0.4}).get_xlabel()
    'time [s]'
    >>> plt.close(fig)
    """
    rows = gather(trace, sampling_rate_hz, start_time_s)
    if components is not None:
        categories("components", list(components), length=len(rows.values), of="trace")
    if len(rows.values) == 1:
        _wiggle(ax, rows, 0, 0.0, 1.0)
        ax.set_ylabel(f"ground motion [{unit}]")
    else:
        _stack(ax, rows, components, unit)
    ax.margins(x=0)
    ax.set_xlabel(rows.time_label)
    pick_lines(ax, rows.seconds(picks or {}), error_s=error_s)
    return note(ax, rows.missing)


def _wiggle(ax: Axes, rows: Traces, k: int, offset: float, scale: float) -> None:
    """Draw trace k, divided by a scale and moved to an offset."""
    ax.plot(
        rows.times[k],
        offset + rows.values[k] / scale,
        color=DATA,
        linestyle="-",
        linewidth=0.7,
        rasterized=rows.samples > RASTER_SAMPLES,
    )


def _stack(ax: Axes, rows: Traces, components, unit: str) -> None:
    """Draw components one above the other, the first on top, on one scale."""
    count = len(rows.values)
    names = rows.channels if components is None else list(components)
    peak = max(_peak(row) for row in rows.values)
    offsets = -1.6 * np.arange(count)
    for k in range(count):
        _wiggle(ax, rows, k, offsets[k], peak)
    ax.set_yticks(offsets, names)
    size = f"{peak:,.0f}" if peak >= 100 else f"{peak:.3g}"
    ax.set_ylabel(f"ground motion [{unit}, largest {size}]")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _peak(values: np.ndarray) -> float:
    """Return the largest amplitude, or 1 for a trace that is dead or empty."""
    size = np.abs(values[np.isfinite(values)])
    return float(size.max()) if size.size and size.max() > 0 else 1.0


def record_section(
    ax: Axes,
    traces,
    distance_km,
    *,
    sampling_rate_hz: float | None = None,
    picks: Mapping | None = None,
    names=None,
    origin_time=None,
    reduction_km_s: float | None = None,
    gain: float = 1.0,
    start_time_s: float = 0.0,
) -> Axes:
    """Draw seismograms at their distances, with their picks.

    Each trace is divided by its own largest amplitude: shapes and times can be
    compared from trace to trace, amplitudes cannot.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    traces : obspy.Stream, array_like (n, n_samples), or list of n vectors
        Ground motion. NaN and masked samples leave a gap.
    distance_km : array_like, shape (n,)
        Distance of each trace.
    sampling_rate_hz : float, optional
        Needed for arrays; ObsPy's traces bring their own.
    picks : mapping of str to sequence of time, shape (n,), optional
        For each phase one time per trace [s, or ``UTCDateTime`` with ObsPy's
        traces]; NaN or None where a trace has no such pick.
    names : sequence of str, shape (n,), optional
        Codes written at the right end of the traces.
    origin_time : obspy.UTCDateTime, optional
        Zero of the time axis with ObsPy's traces; default the earliest sample.
    reduction_km_s : float, optional
        Draw time minus distance divided by this speed.
    gain : float
        Amplitude as a multiple of the typical spacing of traces.
    start_time_s : float
        Time [s] of the first sample of arrays.

    Returns
    -------
    Axes
        The same axes.

    Raises
    ------
    ValueError
        If lengths differ, a distance is missing, or a number is not positive.
    """
    rows = gather(traces, sampling_rate_hz, start_time_s, origin_time)
    count = len(rows.values)
    offset = complete("distance_km", distance_km, length=count, of="traces")
    for label, value in [("gain", gain), ("reduction_km_s", reduction_km_s)]:
        if value is not None and not value > 0:
            raise ValueError(f"{label} is {value}; accepted: above zero")
    delay = offset / reduction_km_s if reduction_km_s else np.zeros(count)
    half = 0.45 * gain * _spacing(offset)
    moved = [when - late for when, late in zip(rows.times, delay, strict=True)]
    rows = replace(rows, times=moved)
    for k in range(count):
        _wiggle(ax, rows, k, offset[k], _peak(rows.values[k]) / half)
    for phase, when in rows.seconds(picks or {}).items():
        times = numbers(f"picks[{phase!r}]", when, length=count, of="traces") - delay
        _pick_ticks(ax, phase, times, offset, half)
    if names is not None:
        _name_rows(ax, rows, offset, names)
    ax.margins(x=0)
    reduced = f" - distance / ({reduction_km_s:g} km/s)" if reduction_km_s else ""
    ax.set_xlabel(rows.time_label.replace(" [s]", f"{reduced} [s]"))
    ax.set_ylabel("distance [km]")
    return note(ax, rows.missing)


def _spacing(distance: np.ndarray) -> float:
    """Return the mean spacing of traces [km], 1 when all are at one distance."""
    width = float(np.ptp(distance))
    return width / (distance.size - 1) if width > 0 else 1.0


def _pick_ticks(ax: Axes, phase: str, times, distance, half: float) -> None:
    """Mark one phase on every trace that has it, and name it at the farthest."""
    has = np.isfinite(times)
    if not has.any():
        return
    style = phase_style(phase)
    color = style["color"]
    x, low, high = times[has], distance[has] - half, distance[has] + half
    ax.vlines(
        x, low, high, color=color, linewidth=2, zorder=4, path_effects=casing(color, 2)
    )
    far = high.argmax()
    ax.annotate(
        phase,
        (x[far], high[far]),
        xytext=(0, 1),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontweight="bold",
        color=text_color(color),
        path_effects=halo(),
        zorder=5,
    )


def _name_rows(ax: Axes, rows: Traces, offset: np.ndarray, names) -> None:
    """Write the code of each trace to the right of its last sample."""
    codes = categories("names", names, length=offset.size, of="traces")
    for when, height, code in zip(rows.times, offset, codes, strict=True):
        ax.annotate(
            str(code),
            (when[-1], height),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
            annotation_clip=False,
        )
