"""What a model has made of its features: coefficients and importances."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlearth.plotting._inputs import categories, complete, errors, words
from mlearth.plotting.palette import MODEL, TRUTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def coefficients(ax: Axes, names, values, error=None, *, x_label: str) -> Axes:
    """Draw coefficients or importances as dots with error bars about zero.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    names : sequence of str, shape (n,)
        Features, the first on top.
    values : array_like, shape (n,)
        Their coefficients.
    error : array_like, shape (n,) or (2, n), optional
        Length of the bars (left, right).
    x_label : str
        Name and unit, for example ``"coefficient [log10 units per std. dev.]"``.

    Returns
    -------
    Axes
        The same axes.

    Raises
    ------
    ValueError
        If lengths differ, values are missing, or errors are negative.
    """
    value = complete("values", values)
    name = categories("names", names, length=value.size, of="values")
    words(x_label=x_label)
    if error is not None:
        error = errors("error", error, length=value.size, of="values")
    rows = np.arange(value.size)
    ax.axvline(0, color=TRUTH, linewidth=1)
    ax.errorbar(
        value,
        rows,
        xerr=error,
        color=MODEL,
        marker="o",
        ms=6,
        linestyle="none",
        elinewidth=1.8,
        capsize=3,
    )
    ax.set_yticks(rows, [str(one) for one in name])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_ylim(value.size - 0.5, -0.5)
    ax.grid(axis="y")
    ax.set_xlabel(x_label)
    return ax
