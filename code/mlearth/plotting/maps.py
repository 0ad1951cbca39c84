"""Maps of earthquakes and stations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlearth.plotting._events import Looks, draw_events
from mlearth.plotting._inputs import categories, present
from mlearth.plotting.annotate import SMALL, halo, note
from mlearth.plotting.basemap import data_extent, map_axes, on_globe
from mlearth.plotting.palette import BLUE, DATA

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def catalog_map(
    ax: Axes | None,
    longitude_deg,
    latitude_deg,
    *,
    magnitude=None,
    color_by=None,
    color_label: str | None = None,
    color_limits: tuple[float, float] | None = None,
    color: str = DATA,
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
        raise ValueError("extent is for new axes; accepted: ax=None, or no extent")
    looks = Looks(magnitude, color_by, color_label, color_limits, color)
    columns = {"longitude_deg": lon, "latitude_deg": lat}
    return draw_events(ax, columns, looks, transform=_transform(ax, lat))


def station_map(
    ax: Axes | None, longitude_deg, latitude_deg, *, names=None, extent=None
) -> Axes:
    """Draw seismic stations as triangles, with their codes.

    Parameters
    ----------
    ax : Axes or None
        Axes of `map_axes` or plain axes; with None, new map axes around the stations.
    longitude_deg, latitude_deg : array_like, shape (n,)
        Stations [degrees].
    names : sequence of str, shape (n,), optional
        Codes to write beside the triangles.
    extent : tuple of float, optional
        Region of the new map axes. Only without `ax`.

    Returns
    -------
    Axes
        The axes drawn on. Stations with NaN are left out, and a note counts them.

    Raises
    ------
    ValueError
        If lengths differ or the points are not on the globe.
    """
    lon, lat = on_globe(longitude_deg, latitude_deg)
    if ax is None:
        ax = map_axes(extent if extent is not None else _whole_or_part(lon, lat, 0.15))
    elif extent is not None:
        raise ValueError("extent is for new axes; accepted: ax=None, or no extent")
    keep, sentence = present(longitude_deg=lon, latitude_deg=lat)
    transform = _transform(ax, lat)
    style = {"transform": transform} if transform is not None else {}
    ax.scatter(
        lon[keep],
        lat[keep],
        s=48,
        marker="^",
        color=BLUE,
        edgecolors="white",
        linewidths=0.6,
        zorder=4,
        **style,
    )
    if names is not None:
        codes = categories("names", names, length=lon.size, of="longitude_deg")
        for x, y, code in zip(lon[keep], lat[keep], codes[keep], strict=True):
            _beside(ax, x, y, str(code), transform)
    return note(ax, sentence)


def _beside(ax: Axes, x: float, y: float, text: str, transform) -> None:
    """Write a word to the right of a point."""
    where = ax.transData if transform is None else transform._as_mpl_transform(ax)
    ax.annotate(
        text,
        (x, y),
        xycoords=where,
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        fontsize=SMALL,
        path_effects=halo(),
        zorder=5,
    )


def _whole_or_part(lon: np.ndarray, lat: np.ndarray, pad: float = 0.08):
    """Return None for data around the whole Earth, else their extent."""
    west, east, south, north = data_extent(lon, lat, pad=pad)
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
