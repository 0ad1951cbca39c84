"""The figures of the book: helpers that take and return ``ax``.

Use them with the book's style, ``plt.style.use("mlearth.book")``. They compute
nothing but what a display is (bins of a histogram, a curve of a score): models are
fitted by the chapter, and results are handed over to be drawn. Values that are
missing are counted in a note below the axes.

>>> import matplotlib.pyplot as plt
>>> from mlearth import plotting
>>> plt.style.use("mlearth.book")
>>> fig, ax = plt.subplots()
>>> plotting.depth_section(ax, [0, 5, 9], [2, 8, 4]).get_ylabel()
'depth [km]'
>>> plt.close(fig)
"""

from mlearth.plotting.annotate import band, corner_label, halo, label_lines, note
from mlearth.plotting.basemap import data_extent, map_axes
from mlearth.plotting.catalogs import depth_section, magnitude_time
from mlearth.plotting.curves import precision_recall, roc
from mlearth.plotting.features import coefficients
from mlearth.plotting.fits import parity, residuals
from mlearth.plotting.magnitudes import gutenberg_richter
from mlearth.plotting.maps import catalog_map, station_map
from mlearth.plotting.palette import (
    BLUE,
    COAST,
    CYCLE,
    DATA,
    ERROR,
    GREEN,
    GRID,
    LAND,
    LINE_STYLES,
    MARKERS,
    MODEL,
    ORANGE,
    PALETTE,
    PURPLE,
    SEQUENTIAL,
    SHARES,
    SKY,
    TRUTH,
    VERMILION,
    P,
    S,
    contrast_ratio,
    relative_luminance,
    text_color,
    tint,
)
from mlearth.plotting.picks import phase_style, pick_lines
from mlearth.plotting.regions import decision_regions, score_lines
from mlearth.plotting.scores import confusion, reliability
from mlearth.plotting.training import loss_curve
from mlearth.plotting.waveforms import record_section, seismogram

__all__ = [
    "BLUE",
    "COAST",
    "CYCLE",
    "DATA",
    "ERROR",
    "GREEN",
    "GRID",
    "LAND",
    "LINE_STYLES",
    "MARKERS",
    "MODEL",
    "ORANGE",
    "PALETTE",
    "PURPLE",
    "SEQUENTIAL",
    "SHARES",
    "SKY",
    "TRUTH",
    "VERMILION",
    "P",
    "S",
    "band",
    "catalog_map",
    "coefficients",
    "confusion",
    "contrast_ratio",
    "corner_label",
    "data_extent",
    "decision_regions",
    "depth_section",
    "gutenberg_richter",
    "halo",
    "label_lines",
    "loss_curve",
    "magnitude_time",
    "map_axes",
    "note",
    "parity",
    "phase_style",
    "pick_lines",
    "precision_recall",
    "record_section",
    "relative_luminance",
    "reliability",
    "residuals",
    "roc",
    "score_lines",
    "seismogram",
    "station_map",
    "text_color",
    "tint",
]
