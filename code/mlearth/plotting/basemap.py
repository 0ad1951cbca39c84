"""A map of the Earth or a part of it, drawn without any download."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from .._arguments import check_places, check_vector, wrong
from ._inputs import present
from .annotate import SMALL
from .palette import COAST, GRID, LAND

MERCATOR_TO = 75.0
"""Latitude [degrees] up to which a region is drawn in Mercator's projection."""


def data_extent(longitude_deg, latitude_deg, *, pad: float = 0.08):
    """Find the smallest box around points on the globe.

    Parameters
    ----------
    longitude_deg, latitude_deg : array_like, shape (n,)
        Points; longitudes may run to 180 or to 360. NaN is left out of the box.
    pad : float
        Margin as a share of the wider side.

    Returns
    -------
    tuple of float
        West, east, south, north [degrees], west in [-180, 180) and west < east. Where
        the box crosses the antimeridian, east exceeds 180.

    Raises
    ------
    ValueError
        If the points are no longitudes and latitudes.

    Examples
    --------
    >>> data_extent([179, -179], [-20, -18], pad=0)
    (179.0, 181.0, -20.0, -18.0)
    """
    lon, lat = on_globe(longitude_deg, latitude_deg)
    keep, _ = present(longitude_deg=lon, latitude_deg=lat)
    ring = np.sort(lon[keep])
    gaps = np.diff(np.append(ring, ring[0] + 360))
    west = ring[(gaps.argmax() + 1) % ring.size]
    width = 360 - gaps.max()
    south, north = lat[keep].min(), lat[keep].max()
    margin = max(pad * max(width, north - south), 0.0 if pad == 0 else 0.05)
    west, width = west - margin, min(width + 2 * margin, 360.0)
    west = (west + 180) % 360 - 180
    south, north = max(south - margin, -90), min(north + margin, 90)
    return float(west), float(west + width), float(south), float(north)


def map_axes(extent=None, projection=None, *, figure=None, subplot=111) -> Axes:
    """Make map axes with land, coast and a light grid of longitude and latitude.

    The land is a file of the package (Natural Earth, 1:110 million): nothing is
    ever downloaded, and small islands are missing.

    Parameters
    ----------
    extent : tuple of float, optional
        West, east, south, north [degrees]. A box across the antimeridian is written
        (170, 190, ...) or (170, -170, ...). Without it, the whole Earth.
    projection : cartopy.crs.Projection, optional
        Default: Robinson with the Pacific in the middle for the whole Earth;
        Mercator for a region, stereographic around a pole and beyond 75 degrees.
    figure : Figure, optional
        Where to put the axes; default a new figure.
    subplot : int, tuple or SubplotSpec
        Place in the figure, as for ``figure.add_subplot``.

    Returns
    -------
    cartopy.mpl.geoaxes.GeoAxes
        The new axes.

    Raises
    ------
    ValueError
        If `extent` is no box on the globe.
    """
    import matplotlib.pyplot as plt

    box = None if extent is None else _box(extent)
    figure = plt.figure() if figure is None else figure
    place = subplot if isinstance(subplot, tuple) else (subplot,)
    ax = figure.add_subplot(*place, projection=projection or _projection(box))
    _draw_land(ax)
    _set_region(ax, box)
    ax.spines["geo"].set(edgecolor=COAST, linewidth=0.6)
    return ax


def _box(extent) -> tuple[float, float, float, float]:
    """Return a validated extent with west < east <= west + 360."""
    box = check_vector("extent", extent, length=4, of="west, east, south, north")
    west, east, south, north = box
    if not -90 <= south < north <= 90:
        accepted = "(west, east, south, north) with -90 <= south < north <= 90"
        raise wrong("extent", accepted, tuple(box.tolist()))
    width = (east - west) % 360 or 360.0
    return west, west + width, south, north


def _projection(box):
    """Choose a projection for a box, or for the whole Earth without one."""
    import cartopy.crs as ccrs

    if box is None:
        return ccrs.Robinson(central_longitude=150)
    longitude, latitude = _middle(box)
    if box[1] - box[0] > 180 and (box[2] >= 30 or box[3] <= -30):
        return ccrs.Stereographic(np.copysign(90, latitude), longitude)
    if box[1] - box[0] > 180:
        return ccrs.Robinson(central_longitude=longitude)
    if max(-box[2], box[3]) <= MERCATOR_TO:
        return ccrs.Mercator(central_longitude=longitude)
    return ccrs.Stereographic(latitude, longitude)


def _middle(box) -> tuple[float, float]:
    """Return longitude and latitude of the middle of a box."""
    return (box[0] + box[1]) / 2, (box[2] + box[3]) / 2


def _draw_land(ax: Axes) -> None:
    """Draw the package's land and its coasts; cartopy cuts them at the map's edge."""
    import cartopy.crs as ccrs

    from ..datasets import load_coastlines

    rings = load_coastlines()
    globe = ccrs.PlateCarree()
    ax.add_geometries(
        _land(rings), globe, facecolor=LAND, edgecolor=LAND, linewidth=0.3, zorder=0.5
    )
    ax.add_geometries(
        _coasts(rings),
        globe,
        facecolor="none",
        edgecolor=COAST,
        linewidth=0.4,
        zorder=0.6,
    )


def _land(rings: list[np.ndarray]) -> list:
    """Return polygons of land; a shore inside another one is that of a lake."""
    from shapely import Polygon, STRtree

    shores = [Polygon(ring) for ring in rings]
    outer, inner = STRtree(shores).query(shores, predicate="contains")
    outer, inner = outer[outer != inner], inner[outer != inner]
    return [
        Polygon(shore.exterior, [shores[k].exterior for k in inner[outer == i]])
        for i, shore in enumerate(shores)
        if i not in inner
    ]


def _coasts(rings: list[np.ndarray]) -> list:
    """Return coasts as lines, without the seams at the antimeridian and the pole."""
    from shapely import LineString

    lines = []
    for ring in rings:
        edge = (np.abs(ring[:, 0]) > 179.99) | (np.abs(ring[:, 1]) > 89.99)
        seam = np.flatnonzero(edge[1:] & edge[:-1])
        pieces = np.split(ring, seam + 1)
        lines += [LineString(piece) for piece in pieces if len(piece) > 1]
    return lines


def _set_region(ax: Axes, box) -> None:
    """Set the limits of a map and draw its grid, labelled if it is a region."""
    import cartopy.crs as ccrs

    style = {"color": GRID, "linewidth": 0.6, "zorder": 0.8}
    if box is None:
        ax.set_global()
        ax.gridlines(**style)
        return
    west, east, south, north = box
    middle, half = (west + east) / 2, (east - west) / 2
    local = ccrs.PlateCarree(central_longitude=middle)
    ax.set_extent((-half, half, south, north), crs=local)
    ticks = _ticks(west, east)
    ax.gridlines(
        draw_labels={"left": "y", "bottom": "x"},
        xlocs=np.unique((ticks + 180) % 360 - 180),
        ylocs=_ticks(south, north),
        xlabel_style={"size": SMALL},
        ylabel_style={"size": SMALL},
        dms=False,
        rotate_labels=False,
        **style,
    )


def _ticks(low: float, high: float) -> np.ndarray:
    """Return about five round degrees between two limits."""
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(5, steps=[1, 1.5, 2, 3, 5, 10]).tick_values(low, high)
    return ticks[(ticks >= low) & (ticks <= high)]


def on_globe(longitude_deg, latitude_deg) -> tuple[np.ndarray, np.ndarray]:
    """Return validated longitudes in [-180, 180) and latitudes, NaN kept."""
    lat, lon = check_places(latitude_deg, longitude_deg, missing=True, unit="_deg")
    return (lon + 180) % 360 - 180, lat
