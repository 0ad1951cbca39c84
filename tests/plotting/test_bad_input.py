"""Bad input to a plot helper is named: which argument, what was wrong with it."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from mlearth import plotting


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


def above_diagonal(features):
    """Classify by the sign of the sum."""
    return np.where(features.sum(axis=1) > 0, "quake", "blast")


DISTANCE = np.array([5.0, 12.0, 30.0, 41.0])
WIGGLES = np.zeros((4, 400))
XY = {"x_label": "x [m]", "y_label": "y [m]"}

#: Bad calls: the message has to name the argument and tell what was wrong.
BAD_CALLS = [
    (lambda ax: plotting.catalog_map(ax, [1, 2], [1]), "latitude_deg has 1 values"),
    (lambda ax: plotting.catalog_map(ax, [], []), "longitude_deg is empty"),
    (lambda ax: plotting.catalog_map(ax, [1], [95]), "latitude_deg holds 1 values"),
    (lambda ax: plotting.catalog_map(ax, ["a"], [1]), "longitude_deg must hold"),
    (lambda ax: plotting.catalog_map(ax, [np.nan], [1]), "longitude_deg: NaN in every"),
    (lambda ax: plotting.catalog_map(ax, [1], [1], extent=(0, 1, 0, 1)), "extent is"),
    (
        lambda ax: plotting.catalog_map(ax, [1], [1], color_by=[2]),
        "color_label is missing",
    ),
    (
        lambda ax: plotting.catalog_map(
            ax, range(8), range(8), color_by=list("abcdefgh")
        ),
        "color_by has 8 classes",
    ),
    (
        lambda ax: plotting.catalog_map(ax, [1, 2], [1, 2], color_by=["a", None]),
        "color_by holds 1 missing",
    ),
    (lambda ax: plotting.station_map(ax, [1, 2], [1, 2], names=["A"]), "names has 1"),
    (lambda ax: plotting.map_axes((0, 1, 2)), "extent has 3 values"),
    (lambda ax: plotting.map_axes((0, 1, 5, 2)), "extent is"),
    (lambda ax: plotting.depth_section(ax, [1], [np.inf]), "depth_km holds 1 infinite"),
    (lambda ax: plotting.depth_section(ax, [[1]], [1]), "distance_km must be one-dim"),
    (
        lambda ax: plotting.depth_section(ax, [1], [1], depth_error_km=[-1]),
        "depth_error_km holds negative",
    ),
    (
        lambda ax: plotting.depth_section(ax, [1], [1], exaggeration=0),
        "exaggeration is 0",
    ),
    (lambda ax: plotting.magnitude_time(ax, [1], [1]), "time_label is missing"),
    (lambda ax: plotting.gutenberg_richter(ax, [1, 2], bin_width=0), "bin_width is 0"),
    (
        lambda ax: plotting.gutenberg_richter(ax, [1, 2], b_value=1),
        "completeness is missing",
    ),
    (
        lambda ax: plotting.gutenberg_richter(ax, [1, 2], a_value=1),
        "b_value is missing",
    ),
    (
        lambda ax: plotting.gutenberg_richter(ax, [1, 2], completeness=3),
        "completeness is 3",
    ),
    (lambda ax: plotting.seismogram(ax, [1, 2]), "sampling_rate_hz is None"),
    (
        lambda ax: plotting.seismogram(ax, [1, 2], 1, picks={"P": np.nan}),
        r"picks\['P'\] holds 1 NaN",
    ),
    (
        lambda ax: plotting.seismogram(ax, [1, 2], 1, picks={"P": 1}, error_s={"S": 1}),
        "error_s names 'S'",
    ),
    (
        lambda ax: plotting.seismogram(ax, [[1, 2]] * 2, 1, components="ZNE"),
        "components has 3",
    ),
    (
        lambda ax: plotting.record_section(ax, WIGGLES, [1, 2], sampling_rate_hz=1),
        "distance_km has 2 values, but traces has 4",
    ),
    (
        lambda ax: plotting.record_section(
            ax, WIGGLES, DISTANCE, sampling_rate_hz=1, picks={"P": [1]}
        ),
        r"picks\['P'\] has 1",
    ),
    (lambda ax: plotting.record_section(ax, [], []), "traces is empty"),
    (lambda ax: plotting.roc(ax, [1, 1], [0, 1]), "y_true holds"),
    (lambda ax: plotting.roc(ax, [0, 1], [0, np.nan]), "score holds 1 NaN"),
    (lambda ax: plotting.roc(ax, [0, 1], [0, 1], interval=(2, 1)), "interval is"),
    (lambda ax: plotting.confusion(ax, ["a"], ["b"], ["a"]), "y_pred holds 'b'"),
    (lambda ax: plotting.confusion(ax, ["a"], ["a"], ["a", "a"]), "labels repeats"),
    (lambda ax: plotting.reliability(ax, [0, 1], [0, 1.2]), "probability holds 1"),
    (lambda ax: plotting.reliability(ax, [0, 1], [0, 1], bins=0), "bins is 0"),
    (lambda ax: plotting.parity(ax, [1], [1], quantity=""), "quantity is ''"),
    (lambda ax: plotting.residuals(ax, [1], [1, 2], **XY), "residual has 2"),
    (lambda ax: plotting.residuals(ax, [1], [1], bins=[2, 1], **XY), "bins has no"),
    (
        lambda ax: plotting.residuals(ax, [1], [1], groups=[1, 2], **XY),
        "groups has 2",
    ),
    (
        lambda ax: plotting.coefficients(ax, ["a"], [1, 2], x_label="x [m]"),
        "names has 1",
    ),
    (
        lambda ax: plotting.coefficients(
            ax, ["a"], [1], [[1], [1], [1]], x_label="x [m]"
        ),
        "error has shape",
    ),
    (lambda ax: plotting.loss_curve(ax, [], y_label="loss [s]"), "loss is empty"),
    (
        lambda ax: plotting.loss_curve(ax, {"a": [1, np.nan]}, y_label="loss [s]"),
        r"loss\['a'\] holds 1 NaN",
    ),
    (
        lambda ax: plotting.loss_curve(ax, [1, 0], y_label="loss [s]", log=True),
        "loss is not positive",
    ),
    (
        lambda ax: plotting.decision_regions(ax, above_diagonal, (1, 0, 0, 1), **XY),
        "extent is",
    ),
    (
        lambda ax: plotting.decision_regions(
            ax, above_diagonal, (0, 1, 0, 1), X=[[1, 2, 3]], y=[1], **XY
        ),
        r"X has shape \(1, 3\)",
    ),
    (
        lambda ax: plotting.decision_regions(
            ax, above_diagonal, (0, 1, 0, 1), labels=["quake"], resolution=9, **XY
        ),
        "labels lacks",
    ),
    (
        lambda ax: plotting.score_lines(
            ax, lambda f: f[:, 0], (0, 1, 0, 1), levels=[7]
        ),
        "levels are outside",
    ),
    (lambda ax: plotting.band(ax, [1], [2], [1]), "lower exceeds upper"),
    (lambda ax: plotting.label_lines(ax, [], []), "texts has 0"),
    (lambda ax: plotting.text_color("red", 50), "contrast is 50"),
    (lambda ax: plotting.tint("red", 2), "strength is 2"),
]


@pytest.mark.parametrize(("call", "message"), BAD_CALLS)
def test_bad_input_is_named(ax, call, message):
    """A ValueError says which argument is wrong, and in what."""
    with pytest.raises(ValueError, match=message):
        call(ax)
