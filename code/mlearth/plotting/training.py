"""What happens while a model learns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from .._arguments import Flag, Trials, check_vector, check_word, checked, shown, wrong
from ._inputs import Canvas
from .annotate import band, label_lines
from .palette import CYCLE, LINE_STYLES


@checked
def loss_curve(
    ax: Canvas,
    loss: Trials,
    *,
    y_label: str,
    x_label: str = "epoch",
    log: Flag = False,
) -> Axes:
    """Draw how a loss falls during training, each curve named at its end.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    loss : array_like or mapping of str to array_like, (n_epochs,) or (n_runs, n_epochs)
        Loss after each epoch, counted from 1. Several runs, for example from several
        seeds, are drawn as their median within the band from the least to the largest.
    y_label : str
        Name and unit of the loss, for example ``"mean squared error [s²]"``.
    x_label : str
        What is counted.
    log : bool
        Logarithmic loss axis.

    Returns
    -------
    Axes
        The same axes.

    Raises
    ------
    ValueError
        If a curve is empty, holds NaN (training has diverged: say so in the text), or
        is not positive on a log axis.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> fig, ax = plt.subplots()
    >>> loss = {"training": [3, 2, 1], "validation": [3, 2.5, 2]}
    >>> loss_curve(ax, loss, y_label="loss [s²]") is ax
    True
    >>> plt.close(fig)
    """
    curves = loss if isinstance(loss, Mapping) else {"": loss}
    if not curves:
        raise wrong("loss", "at least one curve", "none")
    ax.set(xlabel=check_word("x_label", x_label), ylabel=check_word("y_label", y_label))
    if log:
        ax.set_yscale("log")
    lines = []
    for k, (name, values) in enumerate(curves.items()):
        runs = _runs(name, values, log)
        epoch = np.arange(1, runs.shape[1] + 1)
        color, style = CYCLE[k % len(CYCLE)], LINE_STYLES[k % len(CYCLE)]
        lines += ax.plot(epoch, np.median(runs, axis=0), color=color, linestyle=style)
        if len(runs) > 1:
            band(ax, epoch, runs.min(axis=0), runs.max(axis=0), color=color)
    ax.xaxis.get_major_locator().set_params(integer=True)
    return label_lines(ax, lines, list(curves))


def _runs(name: str, values, log: bool) -> np.ndarray:
    """Return a validated loss as (n_runs, n_epochs)."""
    label = f"loss[{name!r}]" if name else "loss"
    if not (hasattr(values, "__len__") and hasattr(values, "__getitem__")):
        raise wrong(label, "a sequence of losses", shown(values))
    one_run = not len(values) or np.ndim(next(iter(values))) == 0
    rows = [values] if one_run else list(values)
    bounds = {"above": 0} if log else {}
    runs = [check_vector(label, row, **bounds) for row in rows]
    if len({run.size for run in runs}) > 1:
        raise wrong(label, "runs of one length", [run.size for run in runs])
    return np.array(runs)
