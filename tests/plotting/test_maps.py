"""Maps: no download, no tear at the antimeridian, the right projection."""

import socket

import numpy as np
import pytest
from plotted import scattered

from mlearth import plotting
from mlearth.plotting.basemap import _coasts, _land, data_extent

PACIFIC = ([170, -175, 179], [-20, -18, -25])


@pytest.fixture
def no_network(monkeypatch):
    """Make every attempt to reach the network, or to fetch map data, an error."""

    def refuse(*args, **kwargs):
        raise AssertionError("a map must not download anything")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr("cartopy.io.Downloader.acquire_resource", refuse)
    monkeypatch.setattr("cartopy.io.Downloader.path", refuse)


def test_map_needs_no_download(no_network):
    """The land is the package's own: a map is saved with the network refused."""
    ax = plotting.catalog_map(None, *PACIFIC, magnitude=[5, 6, 7])
    ax.figure.canvas.draw()
    assert ax.projection.__class__.__name__ == "Mercator"


def test_global_data_make_a_global_map(no_network):
    """Events around the Earth get the whole Earth."""
    ax = plotting.catalog_map(None, [-120, 0, 120], [0, 10, -10])
    assert ax.projection.__class__.__name__ == "Robinson"
    ax.figure.canvas.draw()


@pytest.mark.parametrize(
    ("extent", "projection"),
    [
        ((6, 11, 45, 48), "Mercator"),
        ((170, -170, -30, -10), "Mercator"),
        ((0, 40, 70, 85), "Stereographic"),
        ((-180, 180, 70, 90), "Stereographic"),
        ((-170, 170, -60, 60), "Robinson"),
    ],
)
def test_projection_suits_the_region(extent, projection):
    """A region, a region at high latitude and a pole are each drawn undistorted."""
    ax = plotting.map_axes(extent)
    assert ax.projection.__class__.__name__ == projection
    ax.figure.canvas.draw()


def test_extent_crosses_the_antimeridian_the_short_way():
    """Points on both sides of 180 degrees make a narrow box."""
    box = data_extent([179, -179, 178.5], [-20, -18, -19], pad=0)
    assert box == (178.5, 181, -20, -18)


@pytest.mark.parametrize("shift", [0, 17.0, 180.0, 300.0])
def test_extent_turns_with_the_points(shift):
    """Turning the Earth turns the box and changes neither width nor height."""
    lon = (np.array([10.0, 12, 15]) + shift + 180) % 360 - 180
    west, east, south, north = data_extent(lon, [1, 2, 3], pad=0)
    # floating-point remainder of degrees
    assert (east - west, south, north) == pytest.approx((5, 1, 3), abs=1e-9)
    assert (west - 10 - shift) % 360 == pytest.approx(0, abs=1e-9)


def test_neighbours_across_the_antimeridian_are_neighbours_on_the_map():
    """Two events 1 degree apart are drawn close together, 180 and 360 alike."""
    ax = plotting.catalog_map(None, [179.5, 180.5, -179.5], [-20, -20, -20.5])
    ax.figure.canvas.draw()
    (points,) = scattered(ax)
    to_pixels = points.get_offset_transform()
    pixels = to_pixels.transform(np.asarray(points.get_offsets()))
    assert np.ptp(pixels[:, 0]) < ax.bbox.width
    assert pixels[1, 0] == pytest.approx(pixels[2, 0], abs=0.5)


def test_lakes_are_no_land():
    """The ring inside another one, the Caspian Sea, is left out of the land."""
    from shapely import Point

    from mlearth.datasets import load_coastlines

    land = _land(load_coastlines())
    inside = [any(p.covers(Point(*q)) for p in land) for q in [(51, 42), (60, 50)]]
    assert inside == [False, True]


def test_coast_has_no_seam_at_the_antimeridian():
    """The cuts of the file at 180 degrees and at the pole are drawn as no coast."""
    from mlearth.datasets import load_coastlines

    for line in _coasts(load_coastlines()):
        lon, lat = np.asarray(line.coords).T
        along_cut = (np.abs(lon) > 179.99) & (np.abs(np.roll(lon, -1)) > 179.99)
        along_pole = (lat < -89.99) & (np.roll(lat, -1) < -89.99)
        assert not (along_cut | along_pole)[:-1].any()
