"""The colours of the book: one meaning each, safe for colour-blind readers.

The hues are those of Okabe and Ito without yellow, which vanishes on white paper.
A colour never stands alone: pair it with a line style, a marker or a label.

>>> text_color(MODEL) == MODEL
True
>>> text_color(S)                            # orange is too pale for letters
'#9d6c00'
"""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

from .._arguments import check_number, checked
from ._inputs import Color

DATA = "#000000"
TRUTH = "#606060"
MODEL = P = BLUE = "#0072B2"
S = ORANGE = "#E69F00"
ERROR = VERMILION = "#D55E00"
GREEN = "#009E73"
PURPLE = "#CC79A7"
SKY = "#56B4E9"

LAND = "#E6E6E6"
COAST = "#8C8C8C"
GRID = "#D9D9D9"

#: Colours, line styles and markers for the first, second, ... unnamed thing.
CYCLE = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION, DATA)
LINE_STYLES = (
    "-",
    "--",
    "-.",
    ":",
    (0, (8, 2)),
    (0, (4, 1, 1, 1, 1, 1)),
    (0, (1, 3)),
)
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

#: Sequences use viridis; tables of shares run from white to a dark blue.
SEQUENTIAL = "viridis"
SHARES = LinearSegmentedColormap.from_list("mlearth_shares", ["#FFFFFF", "#00507D"])


#: Weights of linear-light red, green and blue in the luminance of a colour.
LUMINANCE = (0.2126, 0.7152, 0.0722)


def _linear(color: str) -> np.ndarray:
    """Return linear-light RGB (3,) of an sRGB colour."""
    rgb = np.asarray(to_rgb(color))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _gamma(linear: np.ndarray) -> np.ndarray:
    """Return sRGB (3,) of linear-light RGB, the inverse of `_linear`."""
    low = linear <= 0.0031308
    return np.where(low, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def contrast_ratio(color: str, background: str = "#FFFFFF") -> float:
    """Contrast of two colours, from 1 to 21 (black on white), as WCAG defines it."""
    low, high = sorted(_linear(c) @ LUMINANCE for c in (color, background))
    return float((high + 0.05) / (low + 0.05))


@checked
def text_color(color: Color, contrast: float = 4.6) -> str:
    """Darken a colour, hue kept, until letters in it can be read on white.

    Parameters
    ----------
    color : str
        Any colour Matplotlib knows.
    contrast : float
        Contrast wanted on white, from 1 to 21.

    Returns
    -------
    str
        The colour itself when it is dark enough, else a darker one, ``#rrggbb``.

    Raises
    ------
    ValueError
        If `contrast` is not between 1 and 21.
    """
    check_number("contrast", contrast, least=1, most=21)
    if contrast_ratio(color) >= contrast:
        return color
    wanted = 1.05 / contrast - 0.05
    scale = wanted / (_linear(color) @ LUMINANCE)
    return to_hex(np.clip(_gamma(_linear(color) * scale), 0, 1))


def tint(color: str, strength: float) -> str:
    """Mix a colour with white, for areas behind data: 0 is white, 1 the colour."""
    return to_hex(1 - strength * (1 - np.asarray(to_rgb(color))))
