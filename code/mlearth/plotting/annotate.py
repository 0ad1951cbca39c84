"""Words inside a figure: labels at the end of lines, bands, and what was left out."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from .._arguments import Text, Vector, check_choice, checked, wrong
from ._inputs import Canvas, Color, Line, Lines, Texts
from .palette import MODEL, TRUTH, text_color

SMALL = 9
"""Font size of labels inside a figure [points]."""

_NOTE = "mlearth-note"


def halo(width: float = 2.5) -> list:
    """Return path effects that put a white rim around letters over data.

    Parameters
    ----------
    width : float
        Width of the rim [points].

    Returns
    -------
    list of matplotlib.patheffects.AbstractPathEffect
    """
    return [withStroke(linewidth=width, foreground="white")]


@checked
def label_lines(ax: Canvas, lines: Lines, texts: Texts) -> Axes:
    """Write each line's name at its last visible point, in its colour, without overlap.

    Call it last: places are found with the limits the axes have now.

    Parameters
    ----------
    ax : Axes
        Where the lines are drawn.
    lines : sequence of Line2D
        The lines to name.
    texts : sequence of str
        One name for each line.

    Returns
    -------
    Axes
        The same axes.

    Raises
    ------
    ValueError
        If there is not one text for each line, or a line holds no finite point.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> fig, ax = plt.subplots()
    >>> lines = ax.plot([0, 1], [[0, 1], [1, 3]])
    >>> label_lines(ax, lines, ["slow", "fast"]) is ax
    True
    >>> plt.close(fig)
    """
    if len(lines) != len(texts) or not lines:
        accepted = f"one text for each of the lines, {len(lines)}, at least one"
        raise wrong("texts", accepted, len(texts))
    ax.autoscale_view()
    ends = [_last_point(ax, line) for line in lines]
    points_per_pixel = 72 / ax.figure.dpi
    heights = ax.transData.transform(ends)[:, 1] * points_per_pixel
    lifts = spread(heights, gap=1.25 * SMALL) - heights
    for line, text, end, lift in zip(lines, texts, ends, lifts, strict=True):
        ax.annotate(
            text,
            end,
            xytext=(5, lift),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
            color=text_color(to_hex(line.get_color())),
            path_effects=halo(),
            annotation_clip=False,
        )
    return ax


def _last_point(ax: Axes, line: Line2D) -> tuple[float, float]:
    """Return the last point of a line that the axes show, in data coordinates."""
    data = [np.ma.array(v, dtype=float) for v in line.get_data(orig=False)]
    x, y = (np.ma.filled(values, np.nan) for values in data)
    finite = np.isfinite(x) & np.isfinite(y)
    if not finite.any():
        raise wrong("lines", "lines with a finite point each", "one without")
    (left, right), (low, high) = sorted(ax.get_xlim()), sorted(ax.get_ylim())
    shown = finite & (x >= left) & (x <= right) & (y >= low) & (y <= high)
    last = np.flatnonzero(shown if shown.any() else finite)[-1]
    return x[last], y[last]


def spread(heights: np.ndarray, gap: float) -> np.ndarray:
    """Move heights apart until neighbours are at least `gap` apart, order kept.

    Parameters
    ----------
    heights : ndarray of float, shape (n,)
        Wished-for heights.
    gap : float
        Least distance between neighbours, same unit.

    Returns
    -------
    ndarray of float, shape (n,)
        New heights: each cluster of crowded ones stays centred where it was.

    Examples
    --------
    >>> spread(np.array([0.0, 1.0, 50.0]), gap=10).tolist()
    [-4.5, 5.5, 50.0]
    """
    order = np.argsort(heights, kind="stable")
    groups = [[height] for height in np.asarray(heights, dtype=float)[order]]
    centre = [group[0] for group in groups]
    k = 0
    while k < len(groups) - 1:
        need = gap * (len(groups[k]) + len(groups[k + 1])) / 2
        if centre[k + 1] - centre[k] >= need:
            k += 1
            continue
        groups[k] += groups.pop(k + 1)
        centre[k : k + 2] = [np.mean(groups[k])]
        k = max(k - 1, 0)
    placed = [
        middle + gap * (np.arange(len(group)) - (len(group) - 1) / 2)
        for middle, group in zip(centre, groups, strict=True)
    ]
    result = np.empty(len(order))
    result[order] = np.concatenate(placed)
    return result


@checked
def band(
    ax: Canvas, x: Vector, lower: Vector, upper: Vector, *, color: Color = MODEL
) -> Axes:
    """Shade an uncertainty between two curves.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    x, lower, upper : array_like, shape (n,)
        Abscissa and the two edges of the band, without NaN.
    color : str
        Colour of the curve that the band belongs to.

    Returns
    -------
    Axes
        The same axes.

    Raises
    ------
    ValueError
        If lengths differ, values are missing, or `lower` exceeds `upper`.
    """
    above = int((lower > upper).sum())
    if above:
        raise wrong("lower", "at most upper", f"{above} of {x.size} above it")
    ax.fill_between(x, lower, upper, color=color, alpha=0.2, linewidth=0, zorder=1)
    return ax


def note(ax: Axes, text: str) -> Axes:
    """State below the axes what a figure does not show, e.g. missing values.

    Parameters
    ----------
    ax : Axes
        Where to write; a second note goes under the first.
    text : str
        The sentence. Nothing is written for an empty one.

    Returns
    -------
    Axes
        The same axes.
    """
    if not text:
        return ax
    for old in ax.texts:
        if old.get_label() == _NOTE:
            old.set_text(f"{old.get_text()}\n{text}")
            return ax
    below = 18 if hasattr(ax, "projection") else 35
    written = ax.annotate(
        text,
        (1, 0),
        xycoords="axes fraction",
        xytext=(0, -below),
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=SMALL,
        color=TRUTH,
        annotation_clip=False,
    )
    written.set_label(_NOTE)
    return ax


def named_lines(ax: Axes) -> list[Line2D]:
    """Return the lines of some axes that carry a label of their own."""
    return [line for line in ax.lines if not str(line.get_label()).startswith("_")]


@checked
def corner_label(
    ax: Canvas, line: Line, text: Text, *, corner: str, heading: Text | None = None
) -> Axes:
    """Name a line in a lower corner of the axes, below earlier names.

    For curves that are known to leave that corner free. A short piece of the line
    stands beside the text, and the text has its colour. Where the axes are too narrow
    the names stand above them.

    Parameters
    ----------
    ax : Axes
        Where to write.
    line : Line2D
        The line to name.
    text : str
        Its name.
    corner : {"left", "right"}
        The lower corner to use.
    heading : str, optional
        What the names have in common, above them.

    Returns
    -------
    Axes
        The same axes.

    Raises
    ------
    ValueError
        If `corner` is neither of the two.
    """
    check_choice("corner", corner, ("left", "right"))
    line.set_label(text)
    named = named_lines(ax)
    width = min(ax.bbox.width, ax.bbox.height) * 72 / ax.figure.dpi
    longest = max(len(drawn.get_label()) for drawn in named)
    if 40 + 0.55 * SMALL * longest > 0.85 * width:
        place = {"loc": "lower left", "bbox_to_anchor": (0, 1.02)}
    else:
        place = {"loc": f"lower {corner}"}
    legend = ax.legend(
        handles=named,
        title=heading,
        title_fontsize=SMALL,
        alignment="left",
        labelcolor=[text_color(to_hex(drawn.get_color())) for drawn in named],
        fontsize=SMALL,
        labelspacing=0.35,
        frameon=True,
        facecolor="white",
        edgecolor="none",
        framealpha=0.85,
        borderpad=0.2,
        **place,
    )
    legend.get_title().set_color(TRUTH)
    return ax
