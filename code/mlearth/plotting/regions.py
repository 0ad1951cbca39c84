"""What a classifier says about every point of a plane of two features."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from .._arguments import (
    Function,
    Grid,
    Trials,
    check_count,
    check_labels,
    check_matrix,
    check_room,
    check_same_rows,
    check_vector,
    check_word,
    checked,
    wrong,
)
from ._inputs import RASTER_ABOVE, Canvas, Color
from .annotate import halo, note
from .palette import CYCLE, DATA, MARKERS, ORANGE, text_color, tint


@checked
def decision_regions(
    ax: Canvas,
    predict: Function,
    extent,
    *,
    X=None,
    y=None,
    labels: Trials | None = None,
    x_label: str,
    y_label: str,
    resolution: int = 250,
) -> Axes:
    """Draw which class a classifier gives to each point of a plane.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    predict : callable
        Takes features (m, 2), returns classes (m,).
    extent : tuple of float
        Left, right, bottom, top of the plane.
    X : array_like, shape (n, 2), optional
        Cases to draw.
    y : array_like, shape (n,), optional
        Their true classes.
    labels : sequence or mapping, optional
        All classes in the order of colours; a mapping gives each its name. Default:
        those that occur, sorted.
    x_label, y_label : str
        Names of the two features with their units.
    resolution : int
        Number of grid points along each axis.

    Returns
    -------
    Axes
        The same axes. Each class is named once, well inside its region. Borders are
        drawn to within one step of the grid; cases outside the plane are counted in
        a note.

    Raises
    ------
    ValueError
        If shapes do not fit, a class is unknown, or there are more than seven.
    """
    ax.set(xlabel=check_word("x_label", x_label), ylabel=check_word("y_label", y_label))
    gx, gy, grid = _grid(extent, resolution)
    guess = check_labels("predict", predict(grid), length=gx.size, of="the grid")
    cases, truth = _cases(X, y)
    names = _class_names(labels, guess, truth)
    region = np.array(guess.tolist(), dtype=object).reshape(gx.shape)
    for k, (key, name) in enumerate(names.items()):
        inside = (region == key).astype(bool)
        _fill(ax, gx, gy, inside, tint(CYCLE[k], 0.22))
        own = np.empty((0, 2)) if truth is None else cases[truth == key]
        _class_points(ax, own, k)
        _name_region(ax, gx, gy, inside, name, k, cases)
    ax.set(xlim=gx[0, [0, -1]], ylim=gy[[0, -1], 0])
    return note(ax, _outside(cases, gx, gy))


@checked
def region(ax: Canvas, x: Grid, y: Grid, score: Grid, *, color: Color = ORANGE) -> Axes:
    """Draw where a score on a grid is above zero: a pale area with a thin border.

    It is one line of a figure that many states share (`drive`); `decision_regions`
    names its regions and draws the cases, too.

    Parameters
    ----------
    ax : Axes
        Where to draw; its limits lie inside the grid.
    x, y : array_like, shape (n_rows, n_columns)
        The grid, as `numpy.meshgrid` makes it.
    score : array_like, shape (n_rows, n_columns)
        Above zero inside.
    color : str
        Colour of the area.

    Returns
    -------
    Axes
        The same axes.

    Raises
    ------
    ValueError
        If the three differ in shape, or are not finite.
    """
    face = to_rgba(color, 0.15)
    area = ax.contourf(x, y, score, levels=[0, np.inf], colors=[face], zorder=0)
    area.set(edgecolor=DATA, linewidth=0.8)
    return ax


def _grid(extent, resolution: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a grid over the plane, (m, m) twice and as rows of features (m * m, 2)."""
    left, right, bottom, top = _plane(extent)
    check_room("resolution", resolution, check_count("resolution", resolution, 2) ** 2)
    gx, gy = np.meshgrid(
        np.linspace(left, right, resolution), np.linspace(bottom, top, resolution)
    )
    return gx, gy, np.column_stack([gx.ravel(), gy.ravel()])


def _plane(extent) -> np.ndarray:
    """Return a validated left, right, bottom, top."""
    plane = check_vector("extent", extent, length=4, of="left, right, bottom, top")
    if not (plane[0] < plane[1] and plane[2] < plane[3]):
        accepted = "(left, right, bottom, top), left < right and bottom < top"
        raise wrong("extent", accepted, tuple(plane.tolist()))
    return plane


def _cases(X, y):
    """Return validated cases (n, 2) and their classes (n,), or None and None."""
    if X is None and y is None:
        return None, None
    if X is None or y is None:
        raise wrong("X and y", "given together", "one of them")
    check_same_rows(X=X, y=y)
    return check_matrix("X", X, columns=2), check_labels("y", y)


def _class_names(labels, guess, truth) -> dict:
    """Return the name of each class in the order of colours."""
    seen = set(guess.tolist()) | set([] if truth is None else truth.tolist())
    if labels is None:
        labels = sorted(seen)
    names = {
        key: str(labels[key] if hasattr(labels, "keys") else key) for key in labels
    }
    unknown = sorted(map(repr, seen - set(names)))
    if unknown:
        raise wrong("labels", "all classes", f"none for {', '.join(unknown)}")
    if len(names) > len(CYCLE):
        raise wrong("labels", f"at most {len(CYCLE)} classes", len(names))
    return names


def _outside(cases, gx, gy) -> str:
    """Say how many cases the plane does not show."""
    if cases is None:
        return ""
    low, high = (gx[0, 0], gy[0, 0]), (gx[0, -1], gy[-1, 0])
    hidden = int(((cases < low) | (cases > high)).any(axis=1).sum())
    return f"{hidden:,} of {len(cases):,} outside the plane" if hidden else ""


def _fill(ax: Axes, gx, gy, inside: np.ndarray, color: str) -> None:
    """Fill one region with a pale colour, its border smooth within a grid step."""
    from scipy.ndimage import gaussian_filter

    if inside.all():
        ax.set_facecolor(color)
    elif inside.any():
        height = gaussian_filter(inside.astype(float), sigma=0.8)
        ax.contourf(gx, gy, height, levels=[0.5, 1.5], colors=[color], zorder=0)
        ax.contour(gx, gy, height, levels=[0.5], colors=DATA, linewidths=0.7, zorder=1)


def _class_points(ax: Axes, cases: np.ndarray, k: int) -> None:
    """Draw the cases of one class."""
    raster = len(cases) > RASTER_ABOVE
    ax.scatter(
        *cases.T,
        s=10 if raster else 26,
        color=CYCLE[k],
        marker=MARKERS[k],
        edgecolors="white",
        linewidths=0 if raster else 0.5,
        rasterized=raster,
        zorder=3,
    )


def _name_region(ax: Axes, gx, gy, inside, name: str, k: int, cases) -> None:
    """Write a class where its region is widest and holds the fewest cases."""
    from scipy.ndimage import distance_transform_edt

    if not inside.any():
        return
    free = np.pad(inside, 1)
    if cases is not None:
        column = np.searchsorted(gx[0], cases[:, 0])
        row = np.searchsorted(gy[:, 0], cases[:, 1])
        seen = (row > 0) & (row < len(gy)) & (column > 0) & (column < len(gy))
        free[row[seen] + 1, column[seen] + 1] = False
    room = distance_transform_edt(free)[1:-1, 1:-1]
    spot = np.unravel_index(room.argmax(), room.shape)
    ax.text(
        gx[spot],
        gy[spot],
        name,
        ha="center",
        va="center",
        fontweight="bold",
        color=text_color(CYCLE[k]),
        path_effects=halo(),
        zorder=5,
    )
