"""Scores, fits and training: what the figures of models claim is true."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex
from plotted import above_diagonal, offsets, scattered
from sklearn.dummy import DummyRegressor

from mlearth import plotting
from mlearth.evaluation import compare_models, folds_by_group, reliability_table
from mlearth.plotting.annotate import spread
from mlearth.plotting.palette import tint

RNG = np.random.default_rng(0)
TRUE = RNG.random(300) < 0.3
SCORE = TRUE + RNG.normal(size=300)


def test_roc_writes_the_area_of_a_known_case(ax):
    """Three of four pairs are in order: the area is 0.75, and the line says so."""
    plotting.roc(ax, [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], label="tree")
    legend = ax.get_legend()
    assert legend.get_title().get_text() == "area under the curve"
    assert [text.get_text() for text in legend.get_texts()] == ["tree 0.75"]


def test_second_curve_looks_different_and_chance_is_drawn_once(ax):
    """Two classifiers differ in colour and in line style."""
    for label in ("tree", "forest"):
        plotting.roc(ax, TRUE, SCORE, label=label)
    chance, first, second = ax.lines
    assert chance.get_xydata().tolist() == [[0, 0], [1, 1]]
    assert first.get_color() != second.get_color()
    assert first.get_linestyle() != second.get_linestyle()


def test_precision_of_guessing_is_the_share_of_true_cases(ax):
    """The reference line of precision and recall lies at the prevalence."""
    plotting.precision_recall(ax, [0, 0, 0, 1], [1, 2, 3, 4])
    assert ax.lines[0].get_ydata().tolist() == [0.25, 0.25]
    assert ax.get_legend().get_texts()[0].get_text() == "1.00"


def test_names_stand_above_axes_that_are_too_narrow():
    """A long name beside a small square does not hide the curve."""
    wide = plt.figure(figsize=(6.4, 6)).add_subplot()
    narrow = plt.figure(figsize=(2.5, 2.5)).add_subplot()
    bottoms = []
    for ax in (wide, narrow):
        plotting.roc(ax, TRUE, SCORE, label="logistic regression")
        ax.figure.canvas.draw()
        box = ax.get_legend().get_window_extent().transformed(ax.transAxes.inverted())
        bottoms.append(box.y0)
    assert bottoms[0] < 0.1
    assert bottoms[1] > 1


def test_reliability_of_a_calibrated_model_covers_the_diagonal(ax):
    """Probabilities that are true lie within most of their own 95 % bars."""
    rng = np.random.default_rng(3)
    chance = rng.random(5000)
    plotting.reliability(ax, rng.random(5000) < chance, chance, bins=10)
    bars = ax.collections[0].get_segments()
    held = sum(low <= x <= high for (x, low), (_, high) in bars)
    # ten bars of 95 %: fewer than 8 happens once in a hundred
    assert held >= 8


@pytest.mark.parametrize("strategy", ["uniform", "quantile"])
def test_reliability_draws_the_rows_of_the_table(ax, strategy):
    """Also for promises in round tenths, which stand on the edges of bins."""
    promised = np.round(RNG.random(300), 1)
    plotting.reliability(ax, TRUE, promised, bins=10, strategy=strategy)
    table = reliability_table(TRUE, promised, n_bins=10, strategy=strategy)
    table = table[table.n_rows > 0]
    x, y = ax.lines[1].get_data()
    np.testing.assert_array_equal(x, table.mean_probability)
    np.testing.assert_array_equal(y, table.observed_frequency)


# ------------------------------------------------------------- fits and training


def test_residuals_outside_the_bins_are_stated(ax):
    """Points beyond the edges given are drawn, and a note counts them."""
    labels = {"x_label": "x [m]", "y_label": "y [m]"}
    plotting.residuals(ax, [0, 1, 5], [0, 1, 0], bins=[0, 2], **labels)
    assert len(offsets(ax)) == 3
    assert "1 of 3 outside the bins" in [text.get_text() for text in ax.texts]


def test_several_runs_make_a_band_about_their_median(ax):
    """The band of a loss runs from the least to the largest of the runs."""
    plotting.loss_curve(ax, [[4, 2], [5, 3], [9, 1]], y_label="loss [s²]")
    assert ax.lines[0].get_ydata().tolist() == [5, 2]
    assert ax.lines[0].get_xdata().tolist() == [1, 2]
    vertices = ax.collections[0].get_paths()[0].vertices
    assert (vertices[:, 1].min(), vertices[:, 1].max()) == (1, 9)


def test_labels_at_line_ends_do_not_overlap(ax):
    """Curves that end together have names one above the other, in their order."""
    curves = {"a": [1, 0.100], "b": [1, 0.101], "c": [1, 0.102]}
    plotting.loss_curve(ax, curves, y_label="loss [s²]")
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    for lower, upper in itertools.pairwise(boxes):
        assert lower.y1 <= upper.y0


def test_label_stands_where_a_line_leaves_the_axes(ax):
    """A curve that runs out of the figure is named at its last visible point."""
    lines = ax.plot([0, 1, 2, 3], [[0, 0], [1, 1], [2, 50], [3, 900]])
    ax.set(ylim=(0, 4))
    plotting.label_lines(ax, lines, ["slow", "fast"])
    assert [text.xy for text in ax.texts] == [(3, 3), (1, 1)]


def test_spread_keeps_order_centre_and_what_is_free():
    """Crowded labels move as little as needed, others not at all."""
    placed = spread(np.array([10.0, 0.0, 11.0, 100.0]), gap=12)
    assert placed[3] == 100
    assert placed[[1, 0, 2]] == pytest.approx([-5, 7, 19])


def test_regions_are_those_of_the_classifier(ax):
    """The pale colour of a class lies where the classifier says so."""
    labels = {"x_label": "first [Hz]", "y_label": "second [Hz]"}
    plotting.decision_regions(
        ax,
        above_diagonal,
        (-1, 1, -1, 1),
        X=[[0.5, 0.5], [-0.5, -0.5]],
        y=["quake", "blast"],
        **labels,
    )
    fills = [c for c in ax.collections if c not in scattered(ax)][::2]
    colors = [to_hex(c.get_facecolor()[0]) for c in fills]
    assert colors == [tint(color, 0.22) for color in plotting.CYCLE[:2]]
    for fill, inside in zip(fills, [(-0.5, -0.6), (0.5, 0.6)], strict=True):
        hit = [path.contains_point(inside) for path in fill.get_paths()]
        miss = [path.contains_point(np.negative(inside)) for path in fill.get_paths()]
        assert (any(hit), any(miss)) == (True, False)
    places = {text.get_text(): sum(text.get_position()) for text in ax.texts}
    assert places["blast"] < 0 < places["quake"]


def test_class_that_wins_everywhere_fills_the_plane(ax):
    """One class alone makes no border and no error."""
    labels = {"x_label": "x [m]", "y_label": "y [m]"}
    plotting.decision_regions(ax, lambda f: np.ones(len(f)), (0, 1, 0, 1), **labels)
    assert to_hex(ax.get_facecolor()) == tint(plotting.CYCLE[0], 0.22)


def test_cases_outside_the_plane_are_stated(ax):
    """Cases that the plane does not show are counted."""
    plotting.decision_regions(
        ax,
        above_diagonal,
        (-1, 1, -1, 1),
        X=[[0, 0.5], [3, 3]],
        y=["quake", "quake"],
        x_label="x [m]",
        y_label="y [m]",
        resolution=20,
    )
    assert "1 of 2 outside the plane" in [text.get_text() for text in ax.texts]


def test_bars_of_a_comparison_are_its_intervals(ax):
    """A thick and a thin bar for each model; a point is empty where none is shown."""
    names = np.repeat(np.arange(12), 3)
    folds = [folds_by_group(names, 4, random_state=seed) for seed in range(5)]
    y, X = RNG.normal(size=36), np.zeros((36, 1))
    models = {
        name: (DummyRegressor(strategy="constant", constant=value), X)
        for name, value in {"zero": 0.0, "near": 0.01, "far": 9.0}.items()
    }
    found = compare_models(models, y, folds, groups=names)
    plotting.comparison(ax, found, x_label="difference in error [1]")
    bars = [line.get_xdata() for line in ax.lines if line.get_marker() == ""]
    spans = [
        spans[n]
        for n in ("near", "far")
        for spans in (found.differences, found.procedure)
    ]
    assert [bar.tolist() for bar in map(np.asarray, bars)] == [
        [span.low, span.high] for span in spans
    ]
    faces = [line.get_mfc() for line in ax.lines if line.get_marker() == "o"]
    assert faces == ["white", plotting.BLUE]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["near", "far"]
    assert ax.lines[-1].get_xdata() == [0, 0]
