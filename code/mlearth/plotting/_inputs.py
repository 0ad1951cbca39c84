"""What the plot helpers share: rows that can be drawn, and when to draw pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import is_color_like
from matplotlib.lines import Line2D

from .._arguments import Accepted, wrong

Canvas = Annotated[
    Axes, Accepted("axes of Matplotlib", lambda value: isinstance(value, Axes))
]
Color = Annotated[str, Accepted("a colour that Matplotlib knows", is_color_like)]
Line = Annotated[
    Line2D, Accepted("a line of Matplotlib", lambda value: isinstance(value, Line2D))
]
Lines = Annotated[
    Sequence[Line2D],
    Accepted(
        "a sequence of lines of Matplotlib",
        lambda value: is_sequence(value) and all(isinstance(v, Line2D) for v in value),
    ),
]
Texts = Annotated[
    Sequence[str],
    Accepted(
        "a sequence of texts",
        lambda value: is_sequence(value) and all(isinstance(v, str) for v in value),
    ),
]
ByPhase = Annotated[
    Mapping,
    Accepted("a mapping by phase", lambda value: isinstance(value, Mapping)),
]


def is_sequence(value: Any) -> bool:
    """Tell whether a value holds others, one after another, and is no text."""
    return hasattr(value, "__len__") and hasattr(value, "__iter__")


RASTER_ABOVE = 2000
"""Scatters with more points than this are drawn as an image inside the SVG."""


def present(**columns: np.ndarray) -> tuple[np.ndarray, str]:
    """Find rows without NaN, and say in words what the others lack.

    Parameters
    ----------
    **columns : ndarray of float, shape (n,)
        Columns of one table, by the name of the argument.

    Returns
    -------
    keep : ndarray of bool, shape (n,)
        True where every column has a value.
    note : str
        Empty, or for example ``"3 of 200 not drawn: no depth_km"``.

    Raises
    ------
    ValueError
        If no row is complete.
    """
    gaps = {name: np.isnan(column) for name, column in columns.items()}
    keep = ~np.logical_or.reduce(list(gaps.values()))
    if keep.all():
        return keep, ""
    lacking = " or ".join(name for name, gap in gaps.items() if gap.any())
    if not keep.any():
        raise wrong(lacking, "there in at least one row", "NaN in every row")
    return keep, f"{(~keep).sum():,} of {keep.size:,} not drawn: no {lacking}"
