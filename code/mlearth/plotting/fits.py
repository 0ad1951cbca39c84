"""How well a regression fits: parity and residuals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlearth.plotting._inputs import (
    RASTER_ABOVE,
    categories,
    complete,
    errors,
    numbers,
    present,
    words,
)
from mlearth.plotting.annotate import SMALL, halo, note
from mlearth.plotting.palette import DATA, MODEL, TRUTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def parity(ax: Axes, observed, predicted, *, quantity: str, error=None) -> Axes:
    """Draw predictions against observations about the line where they agree.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    observed, predicted : array_like, shape (n,)
        What was measured and what was predicted, same unit.
    quantity : str
        Name and unit, for example ``"log10 PGA [%g]"``.
    error : array_like, shape (n,) or (2, n), optional
        Length of the error bars of the predictions (down, up).

    Returns
    -------
    Axes
        The same axes. Rows with NaN are left out, and a note counts them.

    Raises
    ------
    ValueError
        If lengths differ, errors are negative or `quantity` is empty.
    """
    x = numbers("observed", observed)
    y = numbers("predicted", predicted, length=x.size, of="observed")
    words(quantity=quantity)
    keep, sentence = present(observed=x, predicted=y)
    raster = keep.sum() > RASTER_ABOVE
    if error is not None:
        bars = errors("error", error, length=x.size, of="observed")
        drawn = ax.errorbar(
            x[keep],
            y[keep],
            bars[..., keep],
            fmt="none",
            ecolor=TRUTH,
            elinewidth=0.7,
            capsize=0,
            zorder=1,
        )
        for lines in drawn.lines[2]:
            lines.set_rasterized(raster)
    _points(ax, x[keep], y[keep], raster)
    low, high = min(x[keep].min(), y[keep].min()), max(x[keep].max(), y[keep].max())
    ax.plot(
        [low, high],
        [low, high],
        color=TRUTH,
        linewidth=1.2,
        linestyle="-",
        path_effects=halo(3),
        zorder=3,
    )
    ax.annotate(
        "1:1",
        (high, high),
        xytext=(-8, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        fontsize=SMALL,
        color=TRUTH,
        path_effects=halo(),
    )
    ax.set(
        aspect="equal", xlabel=f"observed {quantity}", ylabel=f"predicted {quantity}"
    )
    return note(ax, sentence)


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


def residuals(
    ax: Axes,
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
    x = numbers("x", x)
    r = numbers("residual", residual, length=x.size, of="x")
    words(x_label=x_label, y_label=y_label)
    keep, sentence = present(x=x, residual=r)
    owner = np.arange(x.size) if groups is None else _codes(groups, x.size)
    edges = _edges(bins, x[keep])
    raster = keep.sum() > RASTER_ABOVE
    _points(ax, x[keep], r[keep], raster)
    ax.axhline(0, color=TRUTH, linewidth=1.2, path_effects=halo(3), zorder=3)
    middle, mean, error = binned_mean(x[keep], r[keep], owner[keep], edges)
    ax.errorbar(
        middle,
        mean,
        error,
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
    ax.set(xlabel=x_label, ylabel=y_label)
    outside = int(((x[keep] < edges[0]) | (x[keep] > edges[-1])).sum())
    note(ax, f"{outside:,} of {keep.sum():,} outside the bins" if outside else "")
    return note(ax, sentence)


def _codes(groups, length: int) -> np.ndarray:
    """Return group numbers 0, 1, ... of any labels."""
    owner = categories("groups", groups, length=length, of="x")
    return np.unique(owner.astype(str), return_inverse=True)[1]


def _edges(bins, x: np.ndarray) -> np.ndarray:
    """Return validated bin edges."""
    if np.ndim(bins) == 0:
        if int(bins) != bins or bins < 1:
            raise ValueError(f"bins is {bins}; accepted: a whole number from 1")
        return np.linspace(x.min(), x.max(), int(bins) + 1)
    edges = complete("bins", bins)
    if edges.size < 2 or (np.diff(edges) <= 0).any():
        raise ValueError("bins has no two growing edges; accepted: at least two")
    return edges


def binned_mean(x, y, owner, edges) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean of y in bins of x, with standard errors that respect groups.

    Parameters
    ----------
    x, y : ndarray of float, shape (n,)
        Abscissa and values.
    owner : ndarray, shape (n,)
        Group of each value; values of different groups are independent.
    edges : ndarray of float, shape (m + 1,)
        Growing edges; the last one belongs to its bin.

    Returns
    -------
    middle, mean, error : ndarray of float, shape (k,)
        Of the bins that hold a value; error is NaN with fewer than two groups.

    Examples
    --------
    >>> x, y = np.array([0.0, 1.0]), np.array([1.0, 3.0])
    >>> [v.tolist() for v in binned_mean(x, y, np.array([0, 1]), np.array([0, 1]))]
    [[0.5], [2.0], [1.0]]
    """
    place = np.searchsorted(edges, x, side="right") - 1
    place[x == edges[-1]] = len(edges) - 2
    rows = []
    for k in np.unique(place[(x >= edges[0]) & (x <= edges[-1])]):
        own = place == k
        mean = y[own].mean()
        _, group = np.unique(owner[own], return_inverse=True)
        sums = np.bincount(group, y[own] - mean)
        g = sums.size
        error = np.sqrt(g / (g - 1) * (sums**2).sum()) / own.sum() if g > 1 else np.nan
        rows.append(((edges[k] + edges[k + 1]) / 2, mean, error))
    return tuple(np.array(rows).reshape(-1, 3).T)
