"""Earthquakes as points: size by magnitude, colour by a number or a class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from .._arguments import check_labels, check_vector, wrong
from ._inputs import RASTER_ABOVE, present
from .annotate import SMALL, note
from .palette import CYCLE, DATA, MARKERS, SEQUENTIAL, TRUTH

_KEY = "mlearth-key"

DIAMETERS = (2.2, 11.0)
"""Diameters of the smallest and the largest magnitude [points]."""

CROWD = 500
CROWDED = (1.0, 8.0)
"""The same where there are more points than `CROWD`."""


@dataclass(frozen=True)
class Looks:
    """How events are to look, as the public helpers were asked.

    Attributes
    ----------
    magnitude : array_like, shape (n,), optional
        Diameter grows linearly with magnitude.
    color_by : array_like, shape (n,), optional
        Numbers (colour bar) or strings (one colour and marker for each class, in
        alphabetical order or in that of a pandas categorical).
    color_label : str, optional
        Name and unit of the numbers, for the colour bar.
    color_limits : tuple of float, optional
        Ends of the colour bar.
    color : str
        Colour of all points when `color_by` is not given.
    """

    magnitude: object = None
    color_by: object = None
    color_label: str | None = None
    color_limits: tuple[float, float] | None = None
    color: str = DATA


def draw_events(ax: Axes, columns: dict, looks: Looks, transform=None) -> Axes:
    """Draw events at two named columns, e.g. ``{"distance_km": x, "depth_km": y}``."""
    (x_name, x), (y_name, y) = columns.items()
    table = {x_name: x, y_name: y}
    if looks.magnitude is not None:
        table["magnitude"] = check_vector(
            "magnitude", looks.magnitude, length=x.size, of=x_name, missing=True
        )
    shade = _shade(looks, length=x.size, of=x_name)
    if shade is not None and shade.dtype.kind == "f":
        table["color_by"] = shade
    keep, sentence = present(**table)
    diameter = _diameters(table.get("magnitude"), keep)
    style = {"zorder": 3, "edgecolors": "white"}
    if transform is not None:
        style["transform"] = transform
    _layers(ax, x, y, np.where(keep, diameter, 0), shade, looks, style)
    if "magnitude" in table:
        _magnitude_key(ax, table["magnitude"][keep], diameter[keep])
    return note(ax, sentence)


def _shade(looks: Looks, length: int, of: str) -> np.ndarray | None:
    """Return the validated numbers or classes that colour the points."""
    if looks.color_by is None:
        return None
    if np.asarray(looks.color_by).dtype.kind in "OUSb":
        classes = check_labels("color_by", looks.color_by, length=length, of=of)
        return classes.astype(str)
    if not looks.color_label:
        accepted = "what color_by is and its unit, such as 'depth [km]'"
        raise wrong("color_label", accepted, looks.color_label)
    return check_vector("color_by", looks.color_by, length=length, of=of, missing=True)


def _diameters(magnitude: np.ndarray | None, keep: np.ndarray) -> np.ndarray:
    """Return diameters [points], linear in magnitude."""
    small, large = CROWDED if keep.sum() > CROWD else DIAMETERS
    if magnitude is None:
        return np.full(keep.size, 0.35 * large)
    low, high = magnitude[keep].min(), magnitude[keep].max()
    share = (magnitude - low) / (high - low) if high > low else 0 * magnitude + 0.4
    return small + (large - small) * share


def _layers(ax: Axes, x, y, diameter, shade, looks: Looks, style: dict) -> None:
    """Draw the points from large to small, and say what their colours mean."""
    raster = (diameter > 0).sum() > RASTER_ABOVE
    style |= {"rasterized": raster, "linewidths": 0 if raster else 0.3}
    if shade is None:
        style["color"] = looks.color
    elif shade.dtype.kind == "f":
        norm = _norm(shade[diameter > 0], looks.color_limits)
        style |= {"cmap": SEQUENTIAL, "norm": norm}
        _color_bar(ax, norm, shade[diameter > 0], looks.color_label)
    layers = _classes(ax, shade, looks.color_by) if _named(shade) else {None: {}}
    step = np.ceil(2 * diameter) / 2
    for size in np.unique(step[step > 0])[::-1]:
        for name, own_style in layers.items():
            own = (step == size) & (True if name is None else shade == name)
            values = {"c": shade[own]} if "cmap" in style else {}
            if own.any():
                ax.scatter(x[own], y[own], s=size**2, **values, **style, **own_style)


def _named(shade: np.ndarray | None) -> bool:
    """Tell whether points are coloured by class."""
    return shade is not None and shade.dtype.kind != "f"


def _norm(values: np.ndarray, limits) -> Normalize:
    """Return the range of a colour bar: the one asked for, or that of the values."""
    if limits is None:
        return Normalize(values.min(), values.max())
    low, high = check_vector("color_limits", limits, length=2, of="lower, upper")
    if not low < high:
        raise wrong("color_limits", "(lower, upper)", limits)
    return Normalize(low, high)


def _classes(ax: Axes, shade: np.ndarray, given) -> dict[str, dict]:
    """Return colour and marker of each class, and name them above the axes."""
    order = getattr(getattr(given, "cat", given), "categories", np.unique(shade))
    names = [str(name) for name in order if str(name) in set(shade.tolist())]
    if len(names) > len(MARKERS):
        accepted = f"at most {len(MARKERS)} classes, or numbers"
        raise wrong("color_by", accepted, f"{len(names)} classes")
    styles = [
        {"color": color, "marker": marker}
        for color, marker in zip(CYCLE, MARKERS, strict=True)
    ]
    layers = dict(zip(names, styles, strict=False))
    keys = [Line2D([], [], ls="none", label=name, **layers[name]) for name in names]
    _key_above(ax, keys)
    return layers


def _color_bar(ax: Axes, norm: Normalize, shade: np.ndarray, label: str) -> None:
    """Add a colour bar: below a map, to the right of other axes."""
    below, above = (shade < norm.vmin).any(), (shade > norm.vmax).any()
    extend = {(0, 0): "neither", (1, 0): "min", (0, 1): "max", (1, 1): "both"}
    if hasattr(ax, "projection"):
        place = {"location": "bottom", "shrink": 0.6, "aspect": 35, "pad": 0.02}
    else:
        place = {"location": "right", "aspect": 30, "pad": 0.02}
    place["extend"] = extend[int(below), int(above)]
    bar = ax.figure.colorbar(ScalarMappable(norm, SEQUENTIAL), ax=ax, **place)
    bar.set_label(label)
    bar.outline.set_visible(False)
    if "depth" in label and place["location"] == "right":
        bar.ax.invert_yaxis()


def _magnitude_key(ax: Axes, magnitude: np.ndarray, diameter: np.ndarray) -> None:
    """Show the size of up to four whole magnitudes above the axes."""
    low, high = int(np.ceil(magnitude.min())), int(np.floor(magnitude.max()))
    if high <= low:
        return
    step = -(-(high - low) // 3)
    shown = np.arange(high, low - 1, -step)[::-1]
    sizes = np.interp(shown, *np.sort([magnitude, diameter], axis=1))
    style = {"marker": "o", "markeredgecolor": "white", "markeredgewidth": 0.3}
    keys = [
        Line2D([], [], color=TRUTH, ls="none", label=f"M {m}", markersize=d, **style)
        for m, d in zip(shown, sizes, strict=True)
    ]
    _key_above(ax, keys)


def _key_above(ax: Axes, keys: list[Line2D]) -> None:
    """Put a one-row key above the axes and above earlier keys, each only once."""
    names = [key.get_label() for key in keys]
    old = [child for child in ax.get_children() if child.get_label() == _KEY]
    if any([text.get_text() for text in key.get_texts()] == names for key in old):
        return
    lift = ScaledTranslation(0, 15 * len(old) / 72, ax.figure.dpi_scale_trans)
    legend = Legend(
        ax,
        keys,
        names,
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
        bbox_transform=ax.transAxes + lift,
        ncols=len(keys),
        fontsize=SMALL,
        handletextpad=0.2,
        columnspacing=1.0,
        handlelength=1.2,
        borderaxespad=0.2,
        frameon=False,
    )
    legend.set_label(_KEY)
    ax.add_artist(legend)
    legend.set_clip_on(False)
