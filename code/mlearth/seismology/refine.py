"""An origin that fits its picks better: robust least squares."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.optimize import least_squares

__all__ = ["refine_origin"]


def refine_origin(
    picks: pd.DataFrame, origin: np.ndarray, travel_time: Callable, scale_s: float
) -> np.ndarray:
    """Move an origin to where its picks' residuals are smallest.

    Residuals beyond `scale_s` count by their size and not by their square, so that
    one outlier does not drag the earthquake to its station.

    Parameters
    ----------
    picks : pandas.DataFrame
        ``phase``, ``time_s``, and ``x_km`` and ``y_km`` of the station.
    origin : ndarray, shape (4,)
        Where to begin: time [s], x, y and depth [km].
    travel_time : callable
        Takes epicentral distances [km], depths [km] and "P" or "S", gives times [s].
    scale_s : float
        Where residuals begin to count less [s].

    Returns
    -------
    ndarray, shape (4,)
        The better origin; its depth is not above the surface.
    """
    time_s, x, y = picks[["time_s", "x_km", "y_km"]].to_numpy().T
    is_p = (picks["phase"] == "P").to_numpy()

    def residuals(guess: np.ndarray) -> np.ndarray:
        distance = np.hypot(guess[1] - x, guess[2] - y)
        depth = np.full(len(x), guess[3])
        p, s = (travel_time(distance, depth, phase) for phase in ("P", "S"))
        return time_s - guess[0] - np.where(is_p, p, s)

    shallow = np.array([-np.inf, -np.inf, -np.inf, 0.0])
    start = np.maximum(origin, [-np.inf, -np.inf, -np.inf, 0.1])
    fit = least_squares(
        residuals, start, bounds=(shallow, np.inf), loss="soft_l1", f_scale=scale_s
    )
    return fit.x
