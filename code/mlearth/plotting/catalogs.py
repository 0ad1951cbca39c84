"""Catalogues without a map: depth sections and time lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlearth.plotting._events import Looks, draw_events
from mlearth.plotting._inputs import RASTER_ABOVE, errors, numbers, present
from mlearth.plotting.annotate import note
from mlearth.plotting.palette import DATA, TRUTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def depth_section(
    ax: Axes,
    distance_km,
    depth_km,
    *,
    magnitude=None,
    depth_error_km=None,
    color_by=None,
    color_label: str | None = None,
    color_limits: tuple[float, float] | None = None,
    color: str = DATA,
    exaggeration: float | None = None,
) -> Axes:
    """Draw hypocentres in a vertical section; depth grows downward.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    distance_km : array_like, shape (n,)
        Distance along the section.
    depth_km : array_like, shape (n,)
        Depth below sea level; negative above it.
    magnitude : array_like, shape (n,), optional
        Diameter grows linearly with magnitude; a key stands above.
    depth_error_km : array_like, shape (n,) or (2, n), optional
        Length of the error bars (up, down).
    color_by, color_label, color_limits, color
        As for `catalog_map`.
    exaggeration : float, optional
        Vertical exaggeration, 1 for true scale. Without it the axes are filled.

    Returns
    -------
    Axes
        The same axes. Rows with NaN are left out, and a note counts them.

    Raises
    ------
    ValueError
        If lengths differ, errors are negative, or `exaggeration` is not positive.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> fig, ax = plt.subplots()
    >>> bool(depth_section(ax, [0, 40], [10, 30]).yaxis_inverted())
    True
    >>> plt.close(fig)
    """
    x = numbers("distance_km", distance_km)
    depth = numbers("depth_km", depth_km, length=x.size, of="distance_km")
    if exaggeration is not None and not exaggeration > 0:
        raise ValueError(f"exaggeration is {exaggeration}; accepted: above zero")
    if depth_error_km is not None:
        bars = errors("depth_error_km", depth_error_km, length=x.size, of="distance_km")
        style = {"ecolor": TRUTH, "elinewidth": 0.7, "capsize": 0, "zorder": 2}
        drawn = ax.errorbar(x, depth, bars, fmt="none", **style)
        drawn.lines[2][0].set_rasterized(x.size > RASTER_ABOVE)
    looks = Looks(magnitude, color_by, color_label, color_limits, color)
    draw_events(ax, {"distance_km": x, "depth_km": depth}, looks)
    ax.set_xlabel("distance [km]")
    ax.set_ylabel("depth [km]")
    if not ax.yaxis_inverted():
        ax.invert_yaxis()
    if exaggeration is not None:
        ax.set_aspect(exaggeration)
        note(
            ax,
            "true scale"
            if exaggeration == 1
            else f"depth stretched {exaggeration:g} times",
        )
    return ax


def magnitude_time(
    ax: Axes, time, magnitude, *, time_label: str = "", color: str = DATA
) -> Axes:
    """Draw magnitudes against time.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    time : array_like, shape (n,)
        Origin times: ``datetime64`` (UTC) or numbers.
    magnitude : array_like, shape (n,)
        Magnitudes.
    time_label : str
        Label of the time axis, with its unit; needed when times are numbers.
    color : str
        Colour of the points.

    Returns
    -------
    Axes
        The same axes. Rows with NaN or NaT are left out, and a note counts them.

    Raises
    ------
    ValueError
        If lengths differ, or times are numbers and `time_label` is missing.
    """
    raw = np.asarray(time)
    dated = raw.dtype.kind == "M"
    if not dated and not time_label:
        raise ValueError(
            "time_label is missing; accepted: name and unit, for example 'time [days]'"
        )
    gaps = np.isnat(raw) if dated else np.zeros(raw.shape, bool)
    when = numbers("time", np.where(gaps, np.nan, 0.0) if dated else time)
    size = numbers("magnitude", magnitude, length=when.size, of="time")
    keep, sentence = present(time=when, magnitude=size)
    ax.scatter(
        raw[keep] if dated else when[keep],
        size[keep],
        s=2 if keep.sum() > RASTER_ABOVE else 8,
        alpha=0.4 if keep.sum() > RASTER_ABOVE else 0.8,
        color=color,
        linewidths=0,
        rasterized=keep.sum() > RASTER_ABOVE,
    )
    ax.set_xlabel(time_label or "time [UTC]")
    ax.set_ylabel("magnitude")
    return note(ax, sentence)
