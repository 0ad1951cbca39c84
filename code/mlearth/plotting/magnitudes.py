"""How many earthquakes of which size: magnitude counts and their law."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from .._arguments import check_number, check_positive, check_vector, checked, wrong
from ._inputs import Canvas, present
from .annotate import SMALL, band, halo, note
from .palette import DATA, MODEL, TRUTH, text_color


@checked
def gutenberg_richter(
    ax: Canvas,
    magnitude,
    *,
    bin_width: float = 0.1,
    b_value: float | None = None,
    a_value: float | None = None,
    b_error: float | None = None,
    completeness: float | None = None,
) -> Axes:
    """Count earthquakes by magnitude, each bin and cumulative, on a log axis.

    Magnitudes that are whole multiples of `bin_width` are taken as rounded: bins are
    centred on them. Others are continuous: bins begin at the multiples. Cumulative
    counts stand at the lower edge of their bin, so that they meet the law in both
    cases. Nothing is fitted here: a law is drawn only if it is given.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    magnitude : array_like, shape (n,)
        Magnitudes.
    bin_width : float
        Width of the bins.
    b_value : float, optional
        Slope of the law ``log10 N(>= M) = a - b M``.
    a_value : float, optional
        Its intercept. Without it the line starts at the count above `completeness`.
    b_error : float, optional
        Standard error of `b_value`, drawn as a band.
    completeness : float, optional
        Magnitude above which the catalogue is complete; the law starts there.

    Returns
    -------
    Axes
        The same axes. NaN magnitudes are left out, and a note counts them.

    Raises
    ------
    ValueError
        If a number is out of range, or the law is only half given.

    References
    ----------
    ``gutenberg1944frequency``
    """
    values = check_vector("magnitude", magnitude, missing=True)
    keep, sentence = present(magnitude=values)
    values = values[keep]
    _check_law(b_value, a_value, b_error, completeness, values)
    from ..seismology.magnitudes import magnitude_counts  # late: it is heavy

    edges, each = magnitude_counts(values, bin_width)
    above = each[::-1].cumsum()[::-1]
    seen = each > 0
    centres = (edges[:-1] + edges[1:]) / 2
    ax.semilogy(
        centres[seen],
        each[seen],
        ls="none",
        marker="s",
        ms=3.5,
        color=TRUTH,
        mfc="white",
        mew=0.9,
    )
    ax.semilogy(edges[:-1], above, ls="none", marker="o", ms=3.5, color=DATA)
    _label_counts(ax, centres, edges, each, above, bin_width)
    if completeness is not None:
        _mark_completeness(ax, completeness)
    if b_value is not None:
        start = values.min() if completeness is None else completeness
        from ..seismology.magnitudes import are_rounded

        start -= bin_width / 2 if are_rounded(values, bin_width) else 0.0
        level = (
            (values >= start - 1e-9).sum()
            if a_value is None
            else 10 ** (a_value - b_value * start)
        )
        _draw_law(ax, start, values.max(), level, b_value, b_error)
    ax.set_xlabel("magnitude")
    ax.set_ylabel("number [earthquakes]")
    return note(ax, sentence)


def _check_law(b_value, a_value, b_error, completeness, values) -> None:
    """Raise unless the arguments of `gutenberg_richter` make sense together."""
    if b_value is None and (a_value is not None or b_error is not None):
        raise wrong("b_value", "given when a_value or b_error is", None)
    if b_value is not None:
        check_positive("b_value", b_value)
        if a_value is None and completeness is None:
            raise wrong("completeness", "given with b_value, or a_value be", None)
    if a_value is not None:
        check_number("a_value", a_value)
    if b_error is not None:
        check_number("b_error", b_error, least=0)
    if completeness is not None:
        check_number("completeness", completeness, most=values.max())


def _label_counts(ax: Axes, centres, edges, each, above, bin_width: float) -> None:
    """Name the two kinds of counts beside their points."""
    near = len(above) // 3
    style = {"textcoords": "offset points", "fontsize": SMALL, "path_effects": halo()}
    ax.annotate("cumulative", (edges[near], above[near]), xytext=(7, 5), **style)
    low = min(near, len(each) - 1)
    ax.annotate(
        f"in each {bin_width:g}",
        (centres[low], max(each[low], 1)),
        xytext=(-7, -7),
        ha="right",
        va="top",
        color=TRUTH,
        **style,
    )


def _mark_completeness(ax: Axes, completeness: float) -> None:
    """Draw a thin line where the catalogue becomes complete."""
    ax.axvline(completeness, color=TRUTH, linewidth=0.9, linestyle=":")
    ax.annotate(
        f"complete from {completeness:g}",
        (completeness, 1),
        xycoords=("data", "axes fraction"),
        xytext=(4, 0),
        textcoords="offset points",
        va="top",
        fontsize=SMALL,
        color=TRUTH,
        path_effects=halo(),
    )


def _draw_law(ax: Axes, start, stop, level, b_value, b_error) -> None:
    """Draw N = level * 10 ** (-b (M - start)) with its band and its name."""
    m = np.linspace(start, stop, 50)
    law = level * 10 ** (-b_value * (m - start))
    ax.semilogy(m, law, color=MODEL, linestyle="-")
    name = f"b = {b_value:.2f}"
    if b_error is not None:
        spread = 10 ** (b_error * (m - start))
        band(ax, m, law / spread, law * spread, color=MODEL)
        name += f" ± {b_error:.2f}"
    ax.annotate(
        name,
        (m[30], law[30]),
        xytext=(10, 6),
        textcoords="offset points",
        color=text_color(MODEL),
        path_effects=halo(),
    )
