"""How well a regression fits: its residuals."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from .._arguments import (
    check_labels,
    check_same_rows,
    check_vector,
    check_word,
    checked,
)
from ._inputs import RASTER_ABOVE, Canvas, present
from .annotate import halo, note
from .palette import DATA, MODEL, TRUTH


def _points(ax: Axes, x: np.ndarray, y: np.ndarray, raster: bool) -> None:
    """Draw data points; where there are many, small, pale and as an image."""
    size, alpha = (3, 0.25) if raster else (14, 0.7)
    ax.scatter(
        x,
        y,
        s=size,
        color=DATA,
        linewidths=0,
        alpha=alpha,
        rasterized=raster,
        zorder=2,
    )


@checked
def residuals(
    ax: Canvas,
    x,
    residual,
    *,
    x_label: str,
    y_label: str,
    groups=None,
    bins: int | list | np.ndarray = 10,
) -> Axes:
    """Draw residuals about zero, with their mean and standard error in bins.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    x : array_like, shape (n,)
        What the residuals may depend on.
    residual : array_like, shape (n,)
        Observed minus predicted.
    x_label, y_label : str
        Names with units, for example ``"distance [km]"``.
    groups : array_like, shape (n,), optional
        What residuals share, such as the event: standard errors then let residuals
        of one group depend on one another. Without it they take all as independent,
        which makes the bars too short for several records of one earthquake.
    bins : int or array_like
        Number of bins of equal width, or their edges.

    Returns
    -------
    Axes
        The same axes. Rows with NaN are left out, and a note counts them. A bin with
        a single independent value has a mean but no bar.

    Raises
    ------
    ValueError
        If lengths differ, a label is empty or `bins` is no binning.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> fig, ax = plt.subplots()
    >>> words = {"x_label": "distance [km]", "y_label": "residual [s]"}
    >>> residuals(ax, [1, 2, 3, 4], [0.1, -0.1, 0.2, 0.0], bins=2, **words) is ax
    True
    >>> plt.close(fig)
    """
    from ..evaluation import binned_mean  # imported late, as it brings pandas

    check_same_rows(x=x, residual=residual, groups=groups)
    x = check_vector("x", x, missing=True)
    r = check_vector("residual", residual, missing=True)
    owner = np.arange(x.size) if groups is None else check_labels("groups", groups)
    ax.set(xlabel=check_word("x_label", x_label), ylabel=check_word("y_label", y_label))
    keep, sentence = present(x=x, residual=r)
    means = binned_mean(x[keep], r[keep], groups=owner[keep], bins=bins)
    raster = keep.sum() > RASTER_ABOVE
    _points(ax, x[keep], r[keep], raster)
    ax.axhline(0, color=TRUTH, linewidth=1.2, path_effects=halo(3), zorder=3)
    ax.errorbar(
        (means.bin_low + means.bin_high) / 2,
        means["mean"],
        means.standard_error,
        color=MODEL,
        marker="o",
        ms=7,
        linestyle="none",
        mec="white",
        mew=0.8,
        elinewidth=1.8,
        capsize=3,
        zorder=4,
    )
    outside = int(keep.sum() - means.n_rows.sum())
    note(ax, f"{outside:,} of {keep.sum():,} outside the bins" if outside else "")
    return note(ax, sentence)
