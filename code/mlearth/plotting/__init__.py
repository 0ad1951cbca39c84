"""The figures of the book: helpers that take and return ``ax``.

Use them with the book's style, ``plt.style.use("mlearth.book")``. They draw only:
models are fitted by the chapter, and what a display counts or averages is computed in
`mlearth.evaluation` and `mlearth.seismology`. Values that are missing are counted in a
note below the axes.

>>> import matplotlib.pyplot as plt
>>> from mlearth import plotting
>>> plt.style.use("mlearth.book")
>>> fig, ax = plt.subplots()
>>> plotting.gutenberg_richter(ax, [4.1, 4.1, 4.3, 5.0]).get_xlabel()
'magnitude'
>>> plt.close(fig)
"""

from .annotate import band, corner_label, label_lines
from .basemap import map_axes
from .comparison import comparison
from .curves import precision_recall, roc
from .driven import drive
from .fits import residuals
from .magnitudes import gutenberg_richter
from .maps import catalog_map
from .palette import (
    BLUE,
    COAST,
    CYCLE,
    DATA,
    ERROR,
    GREEN,
    LINE_STYLES,
    MODEL,
    ORANGE,
    SEQUENTIAL,
    SHARES,
    TRUTH,
    P,
    S,
    text_color,
)
from .regions import decision_regions, region
from .scores import reliability
from .training import loss_curve
from .waveforms import seismogram

__all__ = [
    "BLUE",
    "COAST",
    "CYCLE",
    "DATA",
    "ERROR",
    "GREEN",
    "LINE_STYLES",
    "MODEL",
    "ORANGE",
    "SEQUENTIAL",
    "SHARES",
    "TRUTH",
    "P",
    "S",
    "band",
    "catalog_map",
    "comparison",
    "corner_label",
    "decision_regions",
    "drive",
    "gutenberg_richter",
    "label_lines",
    "loss_curve",
    "map_axes",
    "precision_recall",
    "region",
    "reliability",
    "residuals",
    "roc",
    "seismogram",
    "text_color",
]
