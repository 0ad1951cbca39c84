"""Which models differ: differences of their scores from that of a reference."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from matplotlib.axes import Axes

from .._arguments import Accepted, Word, checked
from ._inputs import Canvas
from .annotate import SMALL, halo
from .palette import MODEL, TRUTH, text_color

Compared = Annotated[
    Any,
    Accepted(
        "what compare_models returns", lambda value: hasattr(value, "differences")
    ),
]


@checked
def comparison(
    ax: Canvas, comparison: Compared, *, x_label: Word | None = None
) -> Axes:
    """Draw how the scores of models differ from that of the reference.

    Each model has a thick bar, its interval for these data and folds, and a thin one,
    its interval about the procedure. The point is filled where both exclude zero, and
    empty where no difference is shown.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    comparison : ModelComparison
        What `mlearth.evaluation.compare_models` found.
    x_label : str, optional
        Name and unit of the difference; default names the reference, with unit 1.

    Returns
    -------
    Axes
        The same axes, the first model on top.

    Raises
    ------
    ValueError
        If `comparison` is something else, or `x_label` is empty.
    """
    differences, procedure = comparison.differences, comparison.procedure
    place = -np.arange(len(differences), dtype=float)
    for y, (name, difference) in zip(place, differences.items(), strict=True):
        _bar(ax, y, difference, linewidth=8, alpha=0.35)
        _bar(ax, y, procedure[name], linewidth=1.2)
        face = MODEL if comparison.shown(name) else "white"
        ax.plot(difference.estimate, y, "o", ms=6, mfc=face, mec=MODEL, color=MODEL)
    _name_bars(ax, *(next(iter(spans.values())) for spans in (differences, procedure)))
    ax.axvline(0, color=TRUTH, linewidth=1.2, zorder=1)
    ax.set_yticks(place, list(differences))
    ax.set_ylim(place[-1] - 0.6, 0.6)
    ax.set_xlabel(x_label or f"score minus that of {comparison.reference} [1]")
    return ax


def _bar(ax: Axes, y: float, span: Any, **style: float) -> None:
    """Draw an interval as a bar from its low to its high end."""
    style = {"color": MODEL, "linestyle": "-", "solid_capstyle": "butt", **style}
    ax.plot([span.low, span.high], [y, y], marker="", **style)


def _name_bars(ax: Axes, data: Any, procedure: Any) -> None:
    """Write what the two bars of the topmost model are, above and below them."""
    style = {"color": text_color(MODEL), "fontsize": SMALL, "path_effects": halo()}
    for word, span, up in (("these data", data, 7), ("the procedure", procedure, -7)):
        place = {"xytext": (0, up), "textcoords": "offset points", "ha": "left"}
        place["va"] = "bottom" if up > 0 else "top"
        ax.annotate(word, (span.low, 0), **place, **style)
