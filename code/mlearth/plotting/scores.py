"""Where a classifier errs, and whether its probabilities can be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mlearth.plotting._inputs import categories, complete
from mlearth.plotting.annotate import SMALL, corner_label, named_lines
from mlearth.plotting.palette import (
    CYCLE,
    DATA,
    GRID,
    LINE_STYLES,
    MARKERS,
    SHARES,
    TRUTH,
    contrast_ratio,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def confusion(ax: Axes, y_true, y_pred, labels) -> Axes:
    """Draw a confusion table: counts, and their share of the true class.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    y_true, y_pred : array_like, shape (n,)
        True and predicted classes.
    labels : sequence or mapping
        All classes in the order of the rows; a mapping gives each its name.

    Returns
    -------
    Axes
        The same axes. Rows are true classes with their number of cases, columns
        predictions; a row without cases shows counts only.

    Raises
    ------
    ValueError
        If lengths differ, labels repeat, or a class is not among them.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> fig, ax = plt.subplots()
    >>> confusion(ax, [0, 0, 1], [0, 1, 1], {0: "blast", 1: "quake"}) is ax
    True
    >>> plt.close(fig)
    """
    classes = categories("labels", list(labels))
    if len(set(classes.tolist())) < classes.size:
        raise ValueError(f"labels repeats a class: {classes.tolist()}")
    names = [str(labels[key] if hasattr(labels, "keys") else key) for key in labels]
    truth = categories("y_true", y_true)
    guess = categories("y_pred", y_pred, length=truth.size, of="y_true")
    rows, columns = _index("y_true", truth, classes), _index("y_pred", guess, classes)
    counts = np.zeros((classes.size, classes.size), dtype=int)
    np.add.at(counts, (rows, columns), 1)
    totals = counts.sum(axis=1)
    shares = 100 * counts / np.maximum(totals, 1)[:, None]
    ax.pcolormesh(shares, cmap=SHARES, vmin=0, vmax=100, edgecolors=GRID, lw=1)
    for i, j in np.ndindex(*counts.shape):
        _cell(ax, i, j, counts[i, j], shares[i, j] if totals[i] else None)
    return _frame(ax, names, totals)


def _index(name: str, values: np.ndarray, classes: np.ndarray) -> list[int]:
    """Return the row of each value in the list of classes."""
    place = {key: k for k, key in enumerate(classes.tolist())}
    unknown = {value for value in values.tolist() if value not in place}
    if unknown:
        listed = ", ".join(sorted(map(repr, unknown))[:5])
        raise ValueError(
            f"{name} holds {listed}; accepted: the labels {classes.tolist()}"
        )
    return [place[value] for value in values.tolist()]


def _cell(ax: Axes, row: int, column: int, count: int, share: float | None) -> None:
    """Write a count and its share in ink that can be read on the cell."""
    background = SHARES((share or 0) / 100)
    ink = max(DATA, "#FFFFFF", key=lambda color: contrast_ratio(color, background))
    text = f"{count:,}" if share is None else f"{count:,}\n{_percent(share)}"
    ax.text(column + 0.5, row + 0.5, text, ha="center", va="center", color=ink)


def _percent(share: float) -> str:
    """Write a share so that few is not none, and nearly all is not all."""
    if 0 < share < 0.5:
        return "<1 %"
    return ">99 %" if 99.5 <= share < 100 else f"{share:.0f} %"


def _frame(ax: Axes, names: list[str], totals: np.ndarray) -> Axes:
    """Name rows and columns of a confusion table."""
    middle = np.arange(len(names)) + 0.5
    rows = [f"{name}\n({n:,})" for name, n in zip(names, totals, strict=True)]
    ax.set_xticks(middle, names)
    ax.set_yticks(middle, rows)
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.set(aspect="equal", xlim=(0, len(names)), ylim=(len(names), 0))
    ax.set_xlabel("predicted class [cases, % of true class]")
    ax.set_ylabel("true class [cases]")
    return ax


def reliability(
    ax: Axes,
    y_true,
    probability,
    *,
    label: str = "model",
    bins: int = 10,
    color: str | None = None,
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
        Number of bins of equal width; empty ones are not drawn.
    color : str, optional
        Colour; default the next of the palette.

    Returns
    -------
    Axes
        The same axes. Points stand at the mean probability of their bin.

    Raises
    ------
    ValueError
        If lengths differ, `y_true` is not 0 or 1, or a probability is outside [0, 1].
    """
    truth = complete("y_true", y_true)
    chance = complete("probability", probability, length=truth.size, of="y_true")
    _check_chances(truth, chance, bins)
    place = np.minimum((chance * bins).astype(int), bins - 1)
    n = np.bincount(place, minlength=bins)
    used = n > 0
    expected = np.bincount(place, chance, bins)[used] / n[used]
    hits = np.bincount(place, truth, bins)[used]
    observed, lengths = hits / n[used], _wilson(hits, n[used])
    k = len(named_lines(ax)) % len(CYCLE)
    if not named_lines(ax):
        _ideal(ax)
    bars = ax.errorbar(
        expected,
        observed,
        lengths,
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


def _check_chances(truth: np.ndarray, chance: np.ndarray, bins: int) -> None:
    """Raise unless there are zeros and ones, probabilities and bins."""
    if not set(np.unique(truth)) <= {0.0, 1.0}:
        raise ValueError("y_true holds other values; accepted: zeros and ones")
    outside = int(((chance < 0) | (chance > 1)).sum())
    if outside:
        raise ValueError(
            f"probability holds {outside} values outside 0 to 1; accepted: none"
        )
    if int(bins) != bins or bins < 1:
        raise ValueError(f"bins is {bins}; accepted: a whole number from 1")


def _wilson(hits: np.ndarray, n: np.ndarray, z: float = 1.959964) -> np.ndarray:
    """Return lengths (2, n) of 95 % Wilson bars below and above hits / n."""
    share = hits / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.maximum([share - (centre - half), centre + half - share], 0)


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
