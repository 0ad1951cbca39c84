"""Figures that the reader drives: the run draws every state, the page shows one."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from .._arguments import Accepted, Function, check_word, checked, wrong
from ._inputs import is_sequence
from ._svg import slim


def are_controls(value: Any) -> bool:
    """Tell whether each name has a sequence of values."""
    return isinstance(value, Mapping) and all(map(is_sequence, value.values()))


Drawing = Annotated[
    Figure, Accepted("a figure of Matplotlib", lambda value: isinstance(value, Figure))
]
Controls = Annotated[
    Mapping[str, Sequence],
    Accepted("a mapping of names to sequences of values", are_controls),
]

SAVED = {
    "svg.hashsalt": "mlearth",
    "image.composite_image": False,
    "path.simplify_threshold": 0.25,
}
"""Each image for itself, and of a curve what is seen: a quarter of a point."""


@dataclass(frozen=True, repr=False)
class Driven:
    """A figure of many states, of which one is shown.

    In a notebook it is an ordinary figure. The page of the book lays it open, with a
    control for each name, and the words of the state that is shown.

    Attributes
    ----------
    words : dict of tuple to str
        What is said of each state, by its values.
    svg : str
        All states as one SVG, all but one of them hidden.
    """

    words: dict[tuple, str]
    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<a figure of {len(self.words)} states>"


@checked
def drive(
    fig: Drawing,
    draw: Function,
    controls: Controls,
    start: Any,
) -> Driven:
    """Draw every state of a figure, for the reader to choose one.

    What is on the figure already belongs to all states. Axes keep their limits and
    ticks, so set what `draw` must not change.

    Parameters
    ----------
    fig : Figure
        Where to draw; it is closed.
    draw : callable
        Takes one value of each control, draws what belongs to that state and returns
        its words: a sentence with its numbers and units. A marker drawn with
        ``picker=True`` is a grip: of two controls, the first says which grip it is,
        and dragging it turns the second.
    controls : mapping of str to sequence
        Name, with its unit, and values of each control. Up to three values become
        radio buttons, more a range.
    start : value or tuple
        The state that is shown first, on paper, and without a script.

    Returns
    -------
    Driven
        The last expression of a cell.

    Raises
    ------
    ValueError
        If a control has fewer than two values, if `start` is no state, or if two
        states have the same words.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> fig, ax = plt.subplots()
    >>> def draw(k):
    ...     ax.plot([0, k])
    ...     return f"A line that climbs to {k}."
    >>> line = drive(fig, draw, {"height [m]": [1, 2, 3]}, start=2)
    >>> line, line.words[2,]
    (<a figure of 3 states>, 'A line that climbs to 2.')
    """
    import matplotlib.pyplot as plt

    values = {check_word("a control", k): list(v) for k, v in controls.items()}
    if not values or min(map(len, values.values())) < 2:
        raise wrong("controls", "two values or more each", controls)
    states = list(itertools.product(*values.values()))
    start = start if isinstance(start, tuple) else (start,)
    if start not in states:
        raise wrong("start", "a value of each control", start)
    words = {}
    for number, state in enumerate(states):
        there = _artists(fig)
        words[state] = check_word("what draw returns", draw(*state))
        for artist in _artists(fig) - there:
            artist.set_gid(f"{'grip' if artist.pickable() else 'state'}-{number}")
    if len({*words.values()}) < len(states):
        raise wrong("what draw returns", "other words for each state", "some twice")
    told = {
        "controls": [[k, [_label(one) for one in v]] for k, v in values.items()],
        "start": states.index(start),
        "words": list(words.values()),
    }
    svg = slim(_drawn(fig), states.index(start), json.dumps(told, ensure_ascii=False))
    plt.close(fig)
    return Driven(words, svg)


def _artists(fig: Figure) -> set[Artist]:
    """What can be drawn on the figure and its axes, arrows of annotations included."""
    children = {one for part in (fig, *fig.axes) for one in part.get_children()}
    arrows = {getattr(one, "arrow_patch", None) for one in children}
    return (children | arrows) - {None}


def _label(value: Any) -> str:
    """A value as its control shows it."""
    return value if isinstance(value, str) else f"{value:g}"


def _drawn(fig: Figure) -> str:
    """The figure as Matplotlib's SVG, the same bytes on every run."""
    file = io.StringIO()
    with rc_context(SAVED):
        fig.savefig(file, format="svg", bbox_inches="tight", metadata={"Date": None})
    return file.getvalue()
