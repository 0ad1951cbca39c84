"""The colours of the book: one meaning each, safe for colour-blind readers.

The hues are those of Okabe and Ito without yellow, which vanishes on white paper.
A colour never stands alone: pair it with a line style, a marker or a label.

>>> from mlearth.plotting import MODEL, S, contrast_ratio, text_color
>>> round(contrast_ratio(MODEL), 1)          # blue on white, fit for text
5.2
>>> text_color(MODEL) == MODEL
True
>>> text_color(S)                            # orange is too pale for letters
'#9d6c00'
"""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

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

#: Every named colour once.
PALETTE = {
    "data": DATA,
    "truth": TRUTH,
    "blue": BLUE,
    "orange": ORANGE,
    "vermilion": VERMILION,
    "green": GREEN,
    "purple": PURPLE,
    "sky": SKY,
}

#: Sequences use viridis; tables of shares run from white to a dark blue.
SEQUENTIAL = "viridis"
SHARES = LinearSegmentedColormap.from_list("mlearth_shares", ["#FFFFFF", "#00507D"])


def _linear(color: str) -> np.ndarray:
    """Return linear-light RGB (3,) of an sRGB colour."""
    rgb = np.asarray(to_rgb(color))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _gamma(linear: np.ndarray) -> np.ndarray:
    """Return sRGB (3,) of linear-light RGB, the inverse of `_linear`."""
    low = linear <= 0.0031308
    return np.where(low, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def relative_luminance(color: str) -> float:
    """Relative luminance of a colour, 0 for black and 1 for white.

    Parameters
    ----------
    color : str
        Any colour Matplotlib knows.

    Returns
    -------
    float
        Luminance as the Web Content Accessibility Guidelines define it.
    """
    return float(_linear(color) @ (0.2126, 0.7152, 0.0722))


def contrast_ratio(color: str, background: str = "#FFFFFF") -> float:
    """Contrast of two colours, 1 (none) to 21 (black on white).

    Letters need 4.5 to be read by most people, lines and symbols 3.

    Parameters
    ----------
    color, background : str
        Any colours Matplotlib knows.

    Returns
    -------
    float
        The contrast ratio of the Web Content Accessibility Guidelines.
    """
    low, high = sorted([relative_luminance(color), relative_luminance(background)])
    return (high + 0.05) / (low + 0.05)


def text_color(color: str, contrast: float = 4.6) -> str:
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
    if not 1 <= contrast <= 21:
        raise ValueError(f"contrast is {contrast}; accepted: a number from 1 to 21")
    if contrast_ratio(color) >= contrast:
        return color
    wanted = 1.05 / contrast - 0.05
    scale = wanted / relative_luminance(color)
    return to_hex(np.clip(_gamma(_linear(color) * scale), 0, 1))


def tint(color: str, strength: float = 0.25) -> str:
    """Mix a colour with white, for areas behind data.

    Parameters
    ----------
    color : str
        Any colour Matplotlib knows.
    strength : float
        Share of the colour, 0 (white) to 1 (the colour itself).

    Returns
    -------
    str
        The mixed colour, ``#rrggbb``.

    Raises
    ------
    ValueError
        If `strength` is not between 0 and 1.
    """
    if not 0 <= strength <= 1:
        raise ValueError(f"strength is {strength}; accepted: a number from 0 to 1")
    return to_hex(1 - strength * (1 - np.asarray(to_rgb(color))))
