"""Whether the probabilities of a classifier can be believed."""

from __future__ import annotations

from typing import Literal

import numpy as np
from matplotlib.axes import Axes

from .._arguments import Count, Text, check_room, checked
from ._inputs import Canvas, Color
from .annotate import SMALL, corner_label, named_lines
from .palette import CYCLE, LINE_STYLES, MARKERS, TRUTH


@checked
def reliability(
    ax: Canvas,
    y_true,
    probability,
    *,
    label: Text = "model",
    bins: Count = 10,
    strategy: Literal["uniform", "quantile"] = "uniform",
    color: Color | None = None,
) -> Axes:
    """Draw how often what was given a probability came true.

    Bars are 95 % Wilson score intervals of the observed fraction. They take cases
    as independent: with several cases from one event they are too short.

    Parameters
    ----------
    ax : Axes
        Where to draw; call it again for another classifier.
    y_true : array_like of bool or {0, 1}, shape (n,)
        The truth.
    probability : array_like, shape (n,)
        Predicted probability that it is true, 0 to 1.
    label : str
        Name of the classifier.
    bins : int
        Number of bins; empty ones are not drawn.
    strategy : {"uniform", "quantile"}
        Bins of equal width, or with about equal numbers of cases.
    color : str, optional
        Colour; default the next of the palette.

    Returns
    -------
    Axes
        The same axes. Points stand at the mean probability of their bin: they are the
        rows of `mlearth.evaluation.reliability_table`.

    Raises
    ------
    ValueError
        If lengths differ, `y_true` is not 0 or 1, or a probability is outside [0, 1].
    """
    from ..evaluation import proportion_interval, reliability_table  # brings pandas

    check_room("bins", bins, bins)
    table = reliability_table(y_true, probability, n_bins=bins, strategy=strategy)
    table = table[table.n_rows > 0]
    hits = (table.observed_frequency * table.n_rows).round().astype(int)
    spans = [
        proportion_interval(hit, n, method="wilson")
        for hit, n in zip(hits, table.n_rows, strict=True)
    ]
    reach = [(span.estimate - span.low, span.high - span.estimate) for span in spans]
    k = len(named_lines(ax)) % len(CYCLE)
    if not named_lines(ax):
        _ideal(ax)
    bars = ax.errorbar(
        table.mean_probability,
        table.observed_frequency,
        np.maximum(np.transpose(reach), 0),
        color=color or CYCLE[k],
        marker=MARKERS[k],
        linestyle=LINE_STYLES[k],
        linewidth=1.2,
    )
    corner_label(ax, bars.lines[0], label, corner="right")
    ax.set_xlabel("predicted probability [fraction]")
    ax.set_ylabel("observed frequency [fraction]")
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
    return ax


def _ideal(ax: Axes) -> None:
    """Draw the diagonal on which frequency equals probability."""
    ax.plot([0, 1], [0, 1], color=TRUTH, linewidth=1, linestyle=(0, (2, 2)))
    ax.annotate(
        "perfect",
        (1, 1),
        xytext=(7, 0),
        textcoords="offset points",
        va="center",
        fontsize=SMALL,
        color=TRUTH,
        annotation_clip=False,
    )
