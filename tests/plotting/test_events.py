"""Catalogues and waveforms: events, magnitude counts, wiggles and picks."""

import numpy as np
from matplotlib.colors import to_hex
from plotted import offsets

from mlearth import plotting
from mlearth.plotting.palette import contrast_ratio
from mlearth.plotting.picks import pick_lines


def test_missing_values_are_counted_in_the_figure(ax):
    """Rows that cannot be drawn are stated with what they lack."""
    plotting.catalog_map(ax, [7, np.nan, 8], [46, 47, 46], magnitude=[1, 2, 3])
    plotting.catalog_map(ax, [1, 2], [3, np.nan])
    text = next(t.get_text() for t in ax.texts if "not drawn" in t.get_text())
    assert text.split("\n") == [
        "1 of 3 not drawn: no longitude_deg",
        "1 of 2 not drawn: no latitude_deg",
    ]


def test_large_events_do_not_hide_small_ones(ax):
    """Events are drawn from large to small, each once."""
    magnitude = np.array([3.0, 6.0, 1.0, 4.0])
    plotting.catalog_map(ax, magnitude, [1, 2, 3, 4], magnitude=magnitude)
    assert offsets(ax)[:, 0].tolist() == [6, 4, 3, 1]


def test_classes_have_color_and_marker_each(ax):
    """Strings become classes, in the order of a pandas categorical."""
    import pandas as pd

    kinds = pd.Series(["b", "a", "b"], dtype=pd.CategoricalDtype(["b", "a"]))
    plotting.catalog_map(ax, [1, 2, 3], [4, 5, 6], color_by=kinds)
    colors = [to_hex(c.get_facecolor()[0]) for c in ax.collections]
    assert colors == [to_hex(color) for color in plotting.CYCLE[:2]]
    shapes = [c.get_paths()[0].vertices.shape for c in ax.collections]
    assert shapes[0] != shapes[1]


def test_color_bar_says_what_it_shows(ax):
    """Numbers get a colour bar with their name and unit; beyond its ends, arrows."""
    plotting.catalog_map(
        ax,
        [1, 2, 3],
        [1, 2, 3],
        color_by=[0, 10, 900],
        color_label="depth [km]",
        color_limits=(0, 600),
    )
    bar = ax.figure.axes[-1]
    assert bar.get_ylabel() == "depth [km]"
    assert bar.yaxis_inverted()


def test_gap_stays_a_gap_and_is_counted(ax):
    """Masked and missing samples are not bridged, and their number is stated."""
    data = np.ma.masked_greater(np.arange(10.0), 6)
    plotting.seismogram(ax, data, 1)
    assert np.isnan(ax.lines[0].get_ydata()).sum() == 3
    assert [text.get_text() for text in ax.texts] == ["3 of 10 samples missing"]


def test_dead_trace_is_drawn_flat(ax):
    """A trace of zeros does not divide by zero."""
    plotting.seismogram(ax, np.zeros((2, 10)), 1)
    assert ax.lines[0].get_ydata().tolist() == [0] * 10


def test_pale_pick_has_a_rim_that_can_be_seen_on_white(ax):
    """S is orange, 2.2 to 1 on white: a darker rim makes its line 3 to 1."""
    pick_lines(ax, {"S": 1})
    rim = ax.lines[0].get_path_effects()[0]._gc["foreground"]
    assert contrast_ratio(plotting.S) < 3 <= contrast_ratio(rim)


def test_longitudes_to_360_are_those_to_180(ax):
    """One event written at 200 and at -160 degrees stands at one place."""
    plotting.catalog_map(ax, [200, -160], [3, 3])
    assert offsets(ax).tolist() == [[-160, 3], [-160, 3]]
