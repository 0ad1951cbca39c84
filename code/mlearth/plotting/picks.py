"""Phase picks on a time axis: P blue and solid, S orange and dashed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from .._arguments import check_choice, check_number, check_vector
from .annotate import SMALL, halo
from .palette import GREEN, TRUTH, P, S, text_color


def phase_style(phase: str) -> dict:
    """Return colour and line style of a phase: P blue solid, S orange dashed.

    Parameters
    ----------
    phase : str
        Name such as ``"P"``, ``"Pg"`` or ``"Sn"``; what begins with neither P nor S
        is green and dash-dotted.

    Returns
    -------
    dict
        Keyword arguments of a Matplotlib line.
    """
    color, line = {"P": (P, "-"), "S": (S, "--")}.get(phase[:1].upper(), (GREEN, "-."))
    return {"color": color, "linestyle": line}


def casing(color: str, width: float) -> list:
    """Return a darker rim that lets a pale line stand out on white."""
    return [withStroke(linewidth=width + 0.9, foreground=text_color(color))]


def pick_lines(ax: Axes, picks: Mapping, *, error_s=None, truth: bool = False) -> Axes:
    """Mark picks as vertical lines on a time axis, named above it.

    Parameters
    ----------
    ax : Axes
        Axes with time in seconds along x.
    picks : mapping of str to float or sequence of float
        Times [s] by phase, for example ``{"P": 4.2, "S": [9.1, 31.0]}``.
    error_s : mapping of str to float, optional
        Half width [s] of the uncertainty to shade, by phase.
    truth : bool
        Draw them as the truth to compare with: grey, dotted, named below.

    Returns
    -------
    Axes
        The same axes.

    Raises
    ------
    ValueError
        If a time is missing, or an error is negative or belongs to no pick.
    """
    errors = dict(error_s or {})
    _check_errors(errors, picks)
    for phase, when in picks.items():
        times = check_vector(f"picks[{phase!r}]", np.atleast_1d(when))
        style = phase_style(phase)
        if truth:
            style = {"color": TRUTH, "linestyle": ":"}
        for time in times:
            ax.axvline(
                time,
                linewidth=1.4,
                zorder=4,
                path_effects=casing(style["color"], 1.4),
                **style,
            )
            if phase in errors:
                ax.axvspan(
                    time - errors[phase],
                    time + errors[phase],
                    alpha=0.25,
                    facecolor=style["color"],
                    linewidth=0,
                    zorder=1,
                )
            _name_pick(ax, time, phase, style["color"], truth)
    return ax


def _check_errors(errors: dict, picks: Mapping) -> None:
    """Raise unless every error is a non-negative number and belongs to a pick."""
    for phase, value in errors.items():
        check_choice("a phase of error_s", phase, list(picks))
        check_number(f"error_s[{phase!r}]", value, least=0)


def _name_pick(ax: Axes, time: float, phase: str, color: str, truth: bool) -> None:
    """Write a phase above its line, or inside at the bottom for the truth."""
    ax.annotate(
        f"true {phase}" if truth else phase,
        (time, 0 if truth else 1),
        xycoords=("data", "axes fraction"),
        xytext=(3, 3) if truth else (0, 1),
        textcoords="offset points",
        ha="left" if truth else "center",
        va="bottom",
        fontsize=SMALL if truth else None,
        fontweight="normal" if truth else "bold",
        color=text_color(color),
        path_effects=halo() if truth else None,
        zorder=6,
    )
