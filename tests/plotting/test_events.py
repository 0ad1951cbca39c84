"""Catalogues and waveforms: events, magnitude counts, wiggles and picks."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from mlearth import plotting

DISTANCE = np.array([5.0, 12.0, 30.0, 41.0])
WIGGLES = np.random.default_rng(0).normal(size=(4, 400))


@pytest.fixture(autouse=True)
def book_style():
    """Draw every test's figure in the book's style, and close it."""
    with plt.style.context("mlearth.book"):
        yield
    plt.close("all")


@pytest.fixture
def ax():
    """Return fresh axes."""
    return plt.subplots()[1]


def offsets(ax):
    """Return all scattered points, in drawing order."""
    drawn = [c for c in ax.collections if isinstance(c, PathCollection)]
    return np.vstack([np.asarray(c.get_offsets()) for c in drawn])


def test_missing_values_are_counted_in_the_figure(ax):
    """Rows that cannot be drawn are stated with what they lack."""
    plotting.catalog_map(ax, [7, np.nan, 8], [46, 47, 46], magnitude=[1, 2, 3])
    plotting.depth_section(ax, [1, 2], [3, np.nan])
    text = next(t.get_text() for t in ax.texts if "not drawn" in t.get_text())
    assert text.split("\n") == [
        "1 of 3 not drawn: no longitude_deg",
        "1 of 2 not drawn: no depth_km",
    ]


def test_large_events_do_not_hide_small_ones(ax):
    """Events are drawn from large to small, each once."""
    magnitude = np.array([3.0, 6.0, 1.0, 4.0])
    plotting.depth_section(ax, magnitude, [1, 2, 3, 4], magnitude=magnitude)
    assert offsets(ax)[:, 0].tolist() == [6, 4, 3, 1]


def test_classes_have_color_and_marker_each(ax):
    """Strings become classes, in the order of a pandas categorical."""
    import pandas as pd

    kinds = pd.Series(["b", "a", "b"], dtype=pd.CategoricalDtype(["b", "a"]))
    plotting.depth_section(ax, [1, 2, 3], [4, 5, 6], color_by=kinds)
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


def test_depth_grows_downward_however_often_it_is_drawn(ax):
    """A second set of events on the same section does not turn it over."""
    for _ in range(2):
        plotting.depth_section(ax, [0, 1], [2, 9])
    low, high = ax.get_ylim()
    assert low > high


@pytest.mark.parametrize(("count", "raster"), [(2000, False), (2001, True)])
def test_many_points_are_rasterised(ax, count, raster):
    """Above 2,000 points a scatter is an image inside the SVG."""
    x = np.linspace(0, 1, count)
    for draw in (
        lambda ax: plotting.catalog_map(ax, x, x, magnitude=x),
        lambda ax: plotting.depth_section(ax, x, x),
        lambda ax: plotting.magnitude_time(ax, x, x, time_label="time [s]"),
        lambda ax: plotting.parity(ax, x, x, quantity="x [m]"),
        lambda ax: plotting.residuals(ax, x, x, x_label="x [m]", y_label="y [m]"),
    ):
        ax = draw(plt.subplots()[1])
        points = [c for c in ax.collections if isinstance(c, PathCollection)]
        assert {bool(c.get_rasterized()) for c in points} == {raster}
        assert sum(len(c.get_offsets()) for c in points) == count


def cumulative(ax):
    """Return magnitudes and counts of the filled circles of a count diagram."""
    line = next(line for line in ax.lines if line.get_marker() == "o")
    return line.get_xdata(), line.get_ydata()


def test_rounded_magnitudes_are_counted_around_their_value(ax):
    """A catalogue rounded to 0.1 gets bins centred on its values."""
    plotting.gutenberg_richter(ax, [2.0, 2.0, 2.1, 2.3])
    edge, count = cumulative(ax)
    assert edge == pytest.approx([1.95, 2.05, 2.15, 2.25])
    assert count.tolist() == [4, 2, 1, 1]


def test_continuous_magnitudes_are_counted_from_their_lower_edge(ax):
    """Other magnitudes get bins that begin at the multiples, 5.80 in 5.8."""
    plotting.gutenberg_richter(ax, [5.80, 5.87, 5.93])
    edge, count = cumulative(ax)
    assert edge == pytest.approx([5.8, 5.9])
    assert count.tolist() == [3, 1]


def test_a_given_law_meets_the_counts_it_was_drawn_from(ax):
    """Counts made from a law lie on it, rounded or not: no half-bin shift."""
    quantile = (np.arange(20000) + 0.5) / 20000
    exact = 1.95 - np.log10(quantile)
    for magnitude, start in [(exact, 2.0), (np.round(exact, 1), 2.0)]:
        ax = plt.subplots()[1]
        plotting.gutenberg_richter(ax, magnitude, b_value=1.0, completeness=start)
        edge, count = cumulative(ax)
        law = next(line for line in ax.lines if line.get_color() == plotting.MODEL)
        m, number = law.get_data()
        expected = 10 ** np.interp(edge, m, np.log10(number))
        well = (edge >= m[0] - 1e-9) & (count >= 200)
        # counts are whole: half an event in 200 is 0.25 %
        np.testing.assert_allclose(count[well], expected[well], rtol=0.005)


@pytest.fixture(scope="module")
def stream():
    """Return ObsPy's example: three components, 30 s at 100 Hz."""
    import obspy

    return obspy.read()


def test_obspy_trace_brings_rate_and_time(ax, stream):
    """A trace needs no rate; the time axis names its zero; absolute picks are met."""
    start = stream[0].stats.starttime
    plotting.seismogram(ax, stream[0], picks={"P": start + 4.5, "S": 9.0})
    assert ax.get_xlabel() == "time after 2009-08-24 00:20:03 UTC [s]"
    wiggle, p, s = ax.lines
    assert wiggle.get_xdata()[[0, -1]] == pytest.approx([0, 29.99])
    assert (p.get_xdata()[0], s.get_xdata()[0]) == pytest.approx((4.5, 9.0))
    assert (p.get_color(), s.get_color()) == (plotting.P, plotting.S)
    assert p.get_linestyle() != s.get_linestyle()


def test_components_share_one_scale(ax, stream):
    """Rows are in order from above, and their amplitudes can be compared."""
    plotting.seismogram(ax, stream)
    assert [text.get_text() for text in ax.get_yticklabels()] == ["EHZ", "EHN", "EHE"]
    assert np.all(np.diff(ax.get_yticks()) < 0)
    heights = [np.ptp(line.get_ydata()) for line in ax.lines]
    peaks = [np.ptp(trace.data) for trace in stream]
    # float rounding of the common scale
    np.testing.assert_allclose(np.divide(heights, heights[0]), peaks / peaks[0])


def test_record_section_from_a_stream_starts_at_the_origin(ax, stream):
    """With an origin time, the time axis counts from it."""
    start = stream[0].stats.starttime
    plotting.record_section(ax, stream, [1, 2, 3], origin_time=start - 5)
    assert ax.lines[0].get_xdata()[0] == pytest.approx(5)


def test_record_section_puts_traces_and_picks_at_their_distance(ax):
    """Offsets are distances; a missing pick is drawn nowhere."""
    picks = {"P": DISTANCE / 60, "S": [0.2, np.nan, 1.0, 1.2]}
    plotting.record_section(ax, WIGGLES, DISTANCE, sampling_rate_hz=100, picks=picks)
    middle = [np.median(line.get_ydata()) for line in ax.lines]
    # the median of normal noise, scaled to a few kilometres
    np.testing.assert_allclose(middle, DISTANCE, atol=0.5)
    counts = [len(c.get_segments()) for c in ax.collections]
    assert counts == [4, 3]


def test_reduced_times_line_up_a_phase(ax):
    """Reduced with its own speed, a phase stands at one time on every trace."""
    plotting.record_section(
        ax,
        WIGGLES,
        DISTANCE,
        sampling_rate_hz=100,
        picks={"P": 1 + DISTANCE / 6},
        reduction_km_s=6,
    )
    times = [segment[0, 0] for segment in ax.collections[0].get_segments()]
    np.testing.assert_allclose(times, 1)
    assert ax.get_xlabel() == "time - distance / (6 km/s) [s]"


def test_gap_stays_a_gap_and_is_counted(ax):
    """Masked and missing samples are not bridged, and their number is stated."""
    data = np.ma.masked_greater(np.arange(10.0), 6)
    plotting.seismogram(ax, data, 1)
    assert np.isnan(ax.lines[0].get_ydata()).sum() == 3
    assert [text.get_text() for text in ax.texts] == ["3 of 10 samples missing"]


def test_dead_trace_is_drawn_flat(ax):
    """A trace of zeros does not divide by zero."""
    plotting.record_section(ax, np.zeros((2, 10)), [1, 2], sampling_rate_hz=1)
    assert ax.lines[1].get_ydata().tolist() == [2] * 10


def test_pale_pick_has_a_rim_that_can_be_seen_on_white(ax):
    """S is orange, 2.2 to 1 on white: a darker rim makes its line 3 to 1."""
    plotting.pick_lines(ax, {"S": 1})
    rim = ax.lines[0].get_path_effects()[0]._gc["foreground"]
    assert plotting.contrast_ratio(plotting.S) < 3 <= plotting.contrast_ratio(rim)


def test_longitudes_to_360_are_those_to_180(ax):
    """One event written at 200 and at -160 degrees stands at one place."""
    plotting.catalog_map(ax, [200, -160], [3, 3])
    assert offsets(ax).tolist() == [[-160, 3], [-160, 3]]
