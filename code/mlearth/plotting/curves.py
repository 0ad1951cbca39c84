"""How well a score ranks two classes: curves with their chance lines."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from .._arguments import (
    Text,
    check_same_rows,
    check_truth,
    check_vector,
    checked,
    wrong,
)
from ._inputs import Canvas, Color
from .annotate import SMALL, corner_label, named_lines
from .palette import CYCLE, LINE_STYLES, TRUTH


@checked
def roc(
    ax: Canvas,
    y_true,
    score,
    *,
    label: Text = "",
    interval: tuple[float, float] | None = None,
    color: Color | None = None,
) -> Axes:
    """Draw a receiver operating characteristic and write its area.

    Call it again on the same axes for another classifier.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    y_true : array_like of bool or {0, 1}, shape (n,)
        The truth.
    score : array_like, shape (n,)
        Larger means more probably true.
    label : str
        Name of the classifier.
    interval : tuple of float, optional
        Interval of the area, computed by the caller, written after it.
    color : str, optional
        Colour of the curve; default the next of the palette.

    Returns
    -------
    Axes
        The same axes.

    Raises
    ------
    ValueError
        If there are not both classes, lengths differ, or scores are missing.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> fig, ax = plt.subplots()
    >>> roc(ax, [0, 1, 0, 1], [0.1, 0.9, 0.3, 0.8], label="tree") is ax
    True
    >>> plt.close(fig)
    """
    from sklearn.metrics import auc, roc_curve

    truth, score = _binary(y_true, score)
    false_rate, true_rate, _ = roc_curve(truth, score)
    name = _with_area(label, auc(false_rate, true_rate), interval)
    if not named_lines(ax):
        ax.plot([0, 1], [0, 1], color=TRUTH, linewidth=1, linestyle=(0, (2, 2)))
        ax.annotate(
            "chance",
            (0.3, 0.3),
            xytext=(6, -2),
            textcoords="offset points",
            va="top",
            fontsize=SMALL,
            color=TRUTH,
        )
    _draw_curve(ax, false_rate, true_rate, name, color, "right")
    ax.set_xlabel("false positive rate [fraction]")
    ax.set_ylabel("true positive rate [fraction]")
    return _unit_square(ax)


@checked
def precision_recall(
    ax: Canvas,
    y_true,
    score,
    *,
    label: Text = "",
    interval: tuple[float, float] | None = None,
    color: Color | None = None,
) -> Axes:
    """Draw precision against recall and write the average precision.

    Parameters
    ----------
    ax, y_true, score, label, interval, color
        As for `roc`; `interval` is that of the average precision.

    Returns
    -------
    Axes
        The same axes. The grey line is the share of true cases: the precision of
        guessing.

    Raises
    ------
    ValueError
        If there are not both classes, lengths differ, or scores are missing.
    """
    from sklearn.metrics import average_precision_score, precision_recall_curve

    truth, score = _binary(y_true, score)
    precision, recall, _ = precision_recall_curve(truth, score)
    name = _with_area(label, average_precision_score(truth, score), interval)
    if not named_lines(ax):
        share = truth.mean()
        ax.plot([0, 1], [share, share], color=TRUTH, linewidth=1, linestyle=(0, (2, 2)))
        ax.annotate(
            f"guessing\n{share:.2g}",
            (1, share),
            xytext=(7, 0),
            va="center",
            textcoords="offset points",
            fontsize=SMALL,
            color=TRUTH,
            annotation_clip=False,
        )
    _draw_curve(ax, recall, precision, name, color, "left")
    ax.set_xlabel("recall [fraction]")
    ax.set_ylabel("precision [fraction]")
    return _unit_square(ax)


def _binary(y_true, score) -> tuple[np.ndarray, np.ndarray]:
    """Return a validated truth of zeros and ones, and its scores."""
    check_same_rows(y_true=y_true, score=score)
    truth, score = check_truth("y_true", y_true), check_vector("score", score)
    if truth.min() == truth.max():
        raise wrong("y_true", "0 and 1, at least one of each", f"{truth[0]:g} only")
    return truth.astype(int), score


def _with_area(label: str, area: float, interval) -> str:
    """Return for example ``"tree 0.91 (0.88–0.94)"``."""
    if interval is None:
        return f"{label} {area:.2f}".strip()
    low, high = check_vector("interval", interval, length=2, of="lower, upper")
    if not low <= high:
        raise wrong("interval", "(lower, upper)", interval)
    return f"{label} {area:.2f} ({low:.2f}–{high:.2f})".strip()


def _draw_curve(ax: Axes, x, y, name: str, color, corner: str) -> None:
    """Draw a curve in the next colour and name it in a free corner."""
    k = len(named_lines(ax)) % len(CYCLE)
    style = {"color": color or CYCLE[k], "linestyle": LINE_STYLES[k]}
    style["drawstyle"] = "steps-post" if corner == "left" else "default"
    (line,) = ax.plot(x, y, **style, zorder=3)
    heading = "area under the curve" if corner == "right" else "average precision"
    corner_label(ax, line, name, corner=corner, heading=heading)


def _unit_square(ax: Axes) -> Axes:
    """Show both axes from 0 to 1 at equal scale."""
    ticks = np.linspace(0, 1, 6)
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), xticks=ticks, yticks=ticks)
    ax.set_aspect("equal")
    return ax
