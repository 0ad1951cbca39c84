"""Maps of earthquakes."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from .._arguments import Column, Text, checked, wrong
from ._events import Looks, draw_events
from ._inputs import Canvas, Color
from .basemap import data_extent, map_axes, on_globe
from .palette import DATA


@checked
def catalog_map(
    ax: Canvas | None,
    longitude_deg: Column,
    latitude_deg: Column,
    *,
    magnitude: Column | None = None,
    color_by: Column | None = None,
    color_label: Text | None = None,
    color_limits: tuple[float, float] | None = None,
    color: Color = DATA,
    extent=None,
) -> Axes:
    """Draw epicentres on a map, the largest first so that none hides a smaller one.

    Parameters
    ----------
    ax : Axes or None
        Axes of `map_axes`, or plain axes for a flat sketch in degrees. With None,
        new map axes: around the data, or the whole Earth if they span it.
    longitude_deg, latitude_deg : array_like, shape (n,)
        Epicentres [degrees]; longitudes may run to 180 or to 360.
    magnitude : array_like, shape (n,), optional
        Diameter grows linearly with magnitude; a key stands above the map.
    color_by : array_like, shape (n,), optional
        Numbers (a colour bar) or strings (at most seven classes, each with its own
        colour and marker).
    color_label : str, optional
        Name and unit of the numbers, for example ``"depth [km]"``.
    color_limits : tuple of float, optional
        Ends of the colour bar; values beyond take the end colour.
    color : str
        Colour of all points when `color_by` is not given.
    extent : tuple of float, optional
        Region of the new map axes, see `map_axes`. Only without `ax`.

    Returns
    -------
    Axes
        The axes drawn on. Rows with NaN are left out, and a note counts them.

    Raises
    ------
    ValueError
        If lengths differ, the points are not on the globe, `color_by` has too many
        classes or lacks its label, or `extent` is given together with `ax`.
    """
    lon, lat = on_globe(longitude_deg, latitude_deg)
    if ax is None:
        ax = map_axes(extent if extent is not None else _whole_or_part(lon, lat))
    elif extent is not None:
        raise wrong("extent", "None unless ax is: it is for new axes", extent)
    looks = Looks(magnitude, color_by, color_label, color_limits, color)
    columns = {"longitude_deg": lon, "latitude_deg": lat}
    return draw_events(ax, columns, looks, transform=_transform(ax, lat))


def _whole_or_part(lon: np.ndarray, lat: np.ndarray):
    """Return None for data around the whole Earth, else their extent."""
    west, east, south, north = data_extent(lon, lat)
    return None if east - west > 180 else (west, east, south, north)


def _transform(ax: Axes, lat: np.ndarray):
    """Return the map's transform, or label plain axes in degrees and return None."""
    if hasattr(ax, "projection"):
        import cartopy.crs as ccrs

        return ccrs.PlateCarree()
    ax.set_xlabel("longitude [°E]")
    ax.set_ylabel("latitude [°N]")
    ax.set_aspect(1 / max(np.cos(np.radians(np.nanmean(lat))), 0.1))
    return None
