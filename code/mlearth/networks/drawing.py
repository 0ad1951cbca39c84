"""What a Keras model is made of: as a table, and as a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import pandas as pd

from .._arguments import Accepted, checked

__all__ = ["draw_layers", "layer_table"]

Model = Annotated[
    Any,
    Accepted(
        "a Keras model, Sequential or functional, whose input has a shape",
        lambda value: (
            type(value).__name__ in ("Functional", "Sequential")
            and bool(getattr(value, "built", False))
            and bool(getattr(value, "layers", None))
        ),
    ),
]
Drawable = Annotated[
    Any, Accepted("an Axes of matplotlib", lambda value: hasattr(value, "annotate"))
]


def sources(config: Any) -> Iterator[str]:
    """Yield the names of the layers whose outputs a configuration asks for."""
    if isinstance(config, dict):
        if "keras_history" in config:
            yield config["keras_history"][0]
            return
        config = list(config.values())
    if isinstance(config, list | tuple):
        for part in config:
            yield from sources(part)


def inputs_of(model: Any) -> dict[str, tuple[str, ...]]:
    """Return for each layer, by name, the layers that feed it, in their order."""
    names = [layer.name for layer in model.layers]
    if type(model).__name__ == "Sequential":
        return dict(zip(names, [(), *((name,) for name in names)], strict=False))
    layers = model.get_config()["layers"]
    return {one["name"]: tuple(sources(one["inbound_nodes"])) for one in layers}


def shape_of(layer: Any) -> tuple[int | None, ...]:
    """Return the shape of what a layer puts out, without the samples."""
    shape = getattr(layer.output, "shape", None) or layer.output[0].shape
    return tuple(shape[1:])


@checked
def layer_table(model: Model) -> pd.DataFrame:
    """List the layers of a Keras model: kind, shape, parameters, and what feeds each.

    Parameters
    ----------
    model : keras.Model
        A Sequential or functional model that knows the shape of its input.

    Returns
    -------
    DataFrame
        One row per layer, in the order of the model, under its name: `kind`, the class
        of the layer; `shape`, of what it puts out, without the samples; `parameters`,
        their number; `inputs`, the names of the layers that feed it.

    Raises
    ------
    ValueError
        If this is no such model.

    Examples
    --------
    ::

        layer_table(model).parameters.sum() == model.count_params()
    """
    fed = inputs_of(model)
    rows = [
        (type(layer).__name__, shape_of(layer), layer.count_params(), fed[layer.name])
        for layer in model.layers
    ]
    names = [layer.name for layer in model.layers]
    columns = ["kind", "shape", "parameters", "inputs"]
    return pd.DataFrame(rows, index=names, columns=columns)


@checked
def draw_layers(model: Model, ax: Drawable) -> Any:
    """Draw the layers of a Keras model as boxes, and what feeds what as arrows.

    Every box holds the kind of a layer, the shape of what it puts out without the
    samples, and the number of its parameters if it has any. What passes over layers
    in between goes round them in an arc.

    Parameters
    ----------
    model : keras.Model
        As in `layer_table`.
    ax : matplotlib.axes.Axes
        Is drawn on; its axis is switched off.

    Returns
    -------
    matplotlib.axes.Axes
        The same.

    Raises
    ------
    ValueError
        If this is no such model, or `ax` no Axes.

    Examples
    --------
    ::

        draw_layers(model, plt.figure(figsize=(4, 6)).add_subplot())
    """
    table = layer_table(model)
    row = {name: k for k, name in enumerate(table.index)}
    box = {"boxstyle": "round,pad=0.3", "fc": "white", "ec": "0.5"}
    half = []
    for name, one in table.iterrows():
        words = f"{one.kind} {' x '.join(str(n or 'any') for n in one['shape'])}"
        words += f" ({one.parameters:,})" if one.parameters else ""
        ax.text(0, row[name], words, ha="center", va="center", size=8, bbox=box)
        half.append((len(words) * 2.3 + 6) * 2 / points_wide(ax))
    for name, one in table.iterrows():
        for below in one.inputs:
            arc(ax, row[below], row[name], half)
    ax.set(xlim=(-1, 1), ylim=(len(table) - 0.4, -0.6))
    ax.axis("off")
    return ax


def points_wide(ax: Any) -> float:
    """Return the width of axes [points]."""
    return 72 * ax.figure.get_figwidth() * ax.get_position().width


def arc(ax: Any, start: int, end: int, half: list[float]) -> None:
    """Draw an arrow from one row to another, straight to the next, else round."""
    style = {"arrowstyle": "->", "color": "0.4", "shrinkA": 0, "shrinkB": 0}
    if end == start + 1:
        ax.annotate("", (0, end - 0.27), (0, start + 0.27), arrowprops=style)
        return
    right = min(max(half[start : end + 1]) + 0.05 + 0.02 * (end - start), 0.98)
    # out to the right, down, and back in
    leave, back = start + 0.1, end - 0.1
    ax.plot([0, right, right], [leave, leave, back], "-", color="0.4", lw=1, zorder=0)
    ax.annotate("", (half[end], back), (right, back), arrowprops=style)
