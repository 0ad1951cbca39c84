"""The figures of the book keep its style, its colours and its promises."""

import functools
import io
import itertools
import re
import subprocess
import sys

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.text import Text
from plotted import above_diagonal
from valid_arguments import COMPARED

from mlearth import plotting
from mlearth.evaluation import compare_models
from mlearth.plotting.annotate import note
from mlearth.plotting.palette import COAST, GRID, LAND, MARKERS, contrast_ratio, tint
from mlearth.plotting.picks import pick_lines

RNG = np.random.default_rng(0)
DISTANCE = np.array([5.0, 12.0, 30.0, 41.0])
WIGGLES = RNG.normal(size=(3, 400))
TRUE = RNG.random(300) < 0.3
SCORE = TRUE + RNG.normal(size=300)
CHANCE = 1 / (1 + np.exp(-SCORE))
MAGNITUDES = np.round(2 + RNG.exponential(1 / np.log(10), 400), 1)


#: Every named colour once.
PALETTE = dict(
    zip(
        ("blue", "orange", "green", "purple", "sky", "vermilion", "data", "truth"),
        (*plotting.CYCLE, plotting.TRUTH),
        strict=True,
    )
)

#: Every helper that draws on given axes, called with small known data.
HELPERS = {
    "catalog_map": lambda ax: plotting.catalog_map(
        ax, [170, -175, 179], [-20, -18, -25], magnitude=[5, 6.5, 7.2]
    ),
    "gutenberg_richter": lambda ax: plotting.gutenberg_richter(
        ax, MAGNITUDES, b_value=1.0, b_error=0.05, completeness=2.0
    ),
    "seismogram": lambda ax: plotting.seismogram(
        ax, WIGGLES[0], 100, picks={"P": 1.0, "S": 2.5}, error_s={"P": 0.1}
    ),
    "components": lambda ax: plotting.seismogram(ax, WIGGLES, 100, components="ZNE"),
    "pick_lines": lambda ax: pick_lines(ax, {"P": 1.0}, truth=True),
    "roc": lambda ax: plotting.roc(ax, TRUE, SCORE, label="tree", interval=(0.7, 0.8)),
    "precision_recall": lambda ax: plotting.precision_recall(ax, TRUE, SCORE),
    "reliability": lambda ax: plotting.reliability(ax, TRUE, CHANCE, label="tree"),
    "residuals": lambda ax: plotting.residuals(
        ax,
        np.arange(300),
        SCORE,
        x_label="distance [km]",
        y_label="residual [s]",
        groups=np.arange(300) // 10,
    ),
    "loss_curve": lambda ax: plotting.loss_curve(
        ax,
        {"training": [[3, 2, 1], [4, 2, 1]], "validation": [3, 3, 2]},
        y_label="mean squared error [s²]",
    ),
    "decision_regions": lambda ax: plotting.decision_regions(
        ax,
        above_diagonal,
        (-1, 1, -1, 1),
        X=[[0.5, 0.5], [-0.5, -0.5]],
        y=["quake", "blast"],
        x_label="first [Hz]",
        y_label="second [Hz]",
        resolution=60,
    ),
    "comparison": lambda ax: plotting.comparison(ax, compare_models(**COMPARED)),
    "band": lambda ax: plotting.band(ax, DISTANCE, DISTANCE - 1, DISTANCE + 1),
    "note": lambda ax: note(ax, "3 of 200 not drawn: no depth_km"),
}

#: Helpers that add to a figure whose axes are labelled by somebody else.
ADDITIONS = ("pick_lines", "band", "note")

#: Quantities without a unit: counts of epochs, magnitudes, names of components.
UNITLESS = ("magnitude", "epoch", "")


@functools.cache
def once(name):
    """Return the axes given to a helper and what it returned, drawn only once."""
    ax = plt.subplots()[1]
    return ax, HELPERS[name](ax)


@pytest.fixture(params=HELPERS)
def drawn(request):
    """Return the name of each helper, the axes given to it, and what it returned."""
    return request.param, *once(request.param)


# ---------------------------------------------------------------- every helper


def test_helper_returns_the_axes_it_was_given(drawn):
    """A helper takes and returns ``ax``."""
    _, ax, returned = drawn
    assert returned is ax


def test_labels_carry_units_in_brackets(drawn):
    """Both axes are labelled, with units wherever the quantity has one."""
    name, ax, _ = drawn
    if name in ADDITIONS:
        return
    labels = [ax.get_xlabel(), ax.get_ylabel()]
    assert any("[" in label for label in labels)
    for label in labels:
        assert re.search(r"\[.+\]$", label) or label in UNITLESS


def test_no_title_inside_the_figure(drawn):
    """The caption says the conclusion: neither axes nor figure have a title."""
    _, ax, _ = drawn
    titles = [ax.get_title(loc) for loc in ("left", "center", "right")]
    assert [*titles, ax.figure.get_suptitle()] == [""] * 4


def test_text_can_be_read_on_white(drawn):
    """Every word has a contrast of 4.5 on white."""
    _, ax, _ = drawn
    for text in filter(Text.get_text, ax.findobj(Text)):
        assert contrast_ratio(text.get_color()) >= 4.5, text.get_text()


def test_words_of_a_figure_are_at_least_9_points(drawn):
    """Labels can still be read where a phone shrinks the figure."""
    _, ax, _ = drawn
    words = [text for text in ax.findobj(Text) if text.get_text()]
    assert min((text.get_fontsize() for text in words), default=9) >= 9


def allowed_colors():
    """Return every colour a helper may use, as ``#rrggbb``."""
    palette = set(PALETTE.values()) | {"#FFFFFF"}
    palette |= {LAND, COAST, GRID}
    darker = {plotting.text_color(color) for color in palette}
    paler = {tint(color, 0.22) for color in palette}
    return {to_hex(color) for color in palette | darker | paler}


def used_colors(ax):
    """Collect the colours of all that a helper has drawn in data space."""
    for line in ax.lines:
        yield line.get_color()
    for text in ax.texts:
        yield text.get_color()
    for collection in ax.collections:
        if collection.get_array() is None:
            yield from collection.get_facecolor()
            yield from collection.get_edgecolor()
    for patch in ax.patches:
        yield patch.get_facecolor()


def test_colors_come_from_the_palette(drawn):
    """Nothing is drawn in a colour without a meaning in the book."""
    _, ax, _ = drawn
    assert {to_hex(color) for color in used_colors(ax)} <= allowed_colors()


@pytest.mark.parametrize("name", ["catalog_map", "components", "roc"])
def test_two_drawings_are_the_same_file(name):
    """With a hash salt and no date, two SVG files agree to the byte."""
    files = []
    for _ in range(2):
        ax = HELPERS[name](None if name == "catalog_map" else plt.subplots()[1])
        file = io.StringIO()
        with mpl.rc_context({"svg.hashsalt": "mlearth"}):
            ax.figure.savefig(file, format="svg", metadata={"Date": None})
        files.append(file.getvalue())
    assert files[0] == files[1]
    assert "<text" not in files[0]


# ------------------------------------------------------------- style and colour


def test_style_loads_from_anywhere(tmp_path):
    """The style is a file of the package, found from any working directory."""
    code = (
        "import matplotlib.pyplot as plt; plt.style.use('mlearth.book');"
        "r = plt.rcParams; print(r['svg.fonttype'], *r['figure.figsize'],"
        "r['font.size'], r['axes.spines.top'], r['image.cmap'])"
    )
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.stdout.split() == ["path", "6.4", "3.8", "10.0", "False", "viridis"], (
        run.stderr
    )


def test_import_brings_neither_maps_nor_seismology():
    """``import mlearth.plotting`` stays light: cartopy, ObsPy, sklearn are lazy."""
    code = (
        "import sys, mlearth.plotting;"
        "heavy = {'cartopy', 'obspy', 'sklearn', 'pandas', 'tensorflow'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stderr


def test_cycle_of_the_style_is_that_of_the_code():
    """The style sheet and the constants tell the same colours and line styles."""
    cycle = list(plt.rcParams["axes.prop_cycle"])
    assert tuple(entry["color"] for entry in cycle) == plotting.CYCLE
    assert tuple(entry["linestyle"] for entry in cycle) == plotting.LINE_STYLES
    assert len({repr(style) for style in plotting.LINE_STYLES}) == len(plotting.CYCLE)
    assert len(set(MARKERS)) == len(plotting.CYCLE)


#: Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
DEUTERANOPIA = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)
PROTANOPIA = np.array(
    [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]
)
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def lab(color, vision):
    """Return CIE L*a*b* (D65) of a colour as seen with a kind of vision."""
    rgb = np.asarray(to_rgb(color))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(vision @ linear, 0, 1) / TO_XYZ.sum(axis=1)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", [DEUTERANOPIA, PROTANOPIA])
def test_simulated_vision_is_what_it_should_be(vision):
    """Greys stay, and red and green of equal lightness become one."""
    # the published matrices are rounded to six decimals
    np.testing.assert_allclose(vision.sum(axis=1), 1, atol=2e-6)
    red, green = "#C8503C", "#7D7D3C"
    normal = np.linalg.norm(lab(red, np.eye(3)) - lab(green, np.eye(3)))
    assert np.linalg.norm(lab(red, vision) - lab(green, vision)) < normal / 2


@pytest.mark.parametrize("vision", [np.eye(3), DEUTERANOPIA, PROTANOPIA])
def test_palette_is_safe_for_color_blind_readers(vision):
    """Any two named colours stay far apart for the common kinds of vision."""
    seen = {name: lab(color, vision) for name, color in PALETTE.items()}
    distance = {
        (a, b): np.linalg.norm(seen[a] - seen[b])
        for a, b in itertools.combinations(seen, 2)
    }
    # a difference of 2 to 3 is just seen side by side; 15 is plain across a figure
    assert min(distance.values()) > 15, min(distance, key=distance.get)


@pytest.mark.parametrize("name", PALETTE)
def test_text_color_is_dark_enough_and_keeps_its_hue(name):
    """Letters reach a contrast of 4.5 on white; dark colours stay as they are."""
    color = PALETTE[name]
    ink = plotting.text_color(color)
    assert contrast_ratio(ink) >= 4.5
    if contrast_ratio(color) >= 4.6:
        assert ink == color
    # scaling linear light keeps the order of the channels
    assert np.argsort(to_rgb(ink))[-1] == np.argsort(to_rgb(color))[-1]


def test_contrast_of_black_and_white_is_21():
    """The scale of contrast ends where the guidelines say, whatever the order."""
    assert contrast_ratio("black") == pytest.approx(21)
    assert contrast_ratio("white", "black") == pytest.approx(21)
    assert contrast_ratio("white") == 1


def test_tint_runs_from_white_to_the_color():
    """Strength 0 is white, strength 1 the colour."""
    assert tint("#0072B2", 0) == "#ffffff"
    assert tint("#0072B2", 1) == "#0072b2"
