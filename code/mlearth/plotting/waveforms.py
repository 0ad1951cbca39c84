"""Seismograms with their phase picks."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from matplotlib.axes import Axes

from .._arguments import Accepted, Trials, Word, check_labels, checked
from ._inputs import ByPhase, Canvas
from ._traces import Traces, gather
from .annotate import note
from .palette import DATA
from .picks import pick_lines

Motion = Annotated[
    Any,
    Accepted(
        "a Trace or Stream of ObsPy, or an array",
        lambda value: hasattr(value, "stats") or hasattr(value, "__iter__"),
    ),
]

RASTER_SAMPLES = 30_000
"""Wiggles with more samples than this are drawn as an image inside the SVG."""


@checked
def seismogram(
    ax: Canvas,
    trace: Motion,
    sampling_rate_hz: float | None = None,
    *,
    picks: ByPhase | None = None,
    error_s: ByPhase | None = None,
    components: Trials | None = None,
    unit: Word = "counts",
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
        check_labels(
            "components", list(components), length=len(rows.values), of="trace"
        )
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
