"""Which models differ: differences of their scores from that of a reference."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from matplotlib.axes import Axes

from .._arguments import Accepted, Word, checked
from ._inputs import Canvas
from .palette import MODEL, TRUTH

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

    Each model has a thick bar, its interval for these data and folds, under a thin one,
    its interval about the procedure. The point is filled where both exclude zero, the
    line, and empty where no difference is shown.

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
        _bar(ax, y, difference, linewidth=7, alpha=0.35)
        _bar(ax, y - 0.12, procedure[name], linewidth=1.2)
        face = MODEL if comparison.shown(name) else "white"
        ax.plot(difference.estimate, y, "o", ms=6, mfc=face, mec=MODEL, color=MODEL)
    ax.axvline(0, color=TRUTH, linewidth=1.2, zorder=1)
    ax.set_yticks(place, list(differences))
    ax.set_ylim(place[-1] - 0.6, 0.6)
    ax.set_xlabel(x_label or f"score minus that of {comparison.reference} [1]")
    return ax


def _bar(ax: Axes, y: float, span: Any, **style: float) -> None:
    """Draw an interval as a bar from its low to its high end."""
    ax.plot([span.low, span.high], [y, y], color=MODEL, solid_capstyle="butt", **style)
