"""An origin that fits its picks better: robust least squares."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import least_squares

from .arrivals import Arrivals

__all__ = ["refine_origin"]

STEP_KM = 1e-4  # over which travel times are compared for their slopes


def refine_origin(
    arrivals: Arrivals, origin: np.ndarray, travel_time: Callable, scale_s: float
) -> np.ndarray:
    """Move an origin to where its picks' residuals are smallest.

    Residuals beyond `scale_s` count by their size and not by their square, so that
    one outlier does not drag the earthquake to its station.

    Parameters
    ----------
    arrivals : Arrivals
        Picks of one earthquake.
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

    def seen_from(guess: np.ndarray) -> tuple[np.ndarray, ...]:
        east, north = guess[1] - arrivals.x_km, guess[2] - arrivals.y_km
        return east, north, np.hypot(east, north)

    def residuals(guess: np.ndarray) -> np.ndarray:
        *_, distance = seen_from(guess)
        depth = np.full(len(distance), guess[3])
        times = arrivals.travel_times(distance, depth, travel_time)
        return arrivals.time_s - guess[0] - times

    def slopes(guess: np.ndarray) -> np.ndarray:
        east, north, distance = seen_from(guess)
        farther = distance + np.array([[0.0], [STEP_KM], [0.0]])
        deeper = np.broadcast_to(guess[3] + [[0.0], [0.0], [STEP_KM]], farther.shape)
        here, *moved = arrivals.travel_times(farther, deeper, travel_time)
        by_distance, by_depth = (np.array(moved) - here) / STEP_KM
        outwards = by_distance / np.maximum(distance, STEP_KM)
        columns = np.ones(len(here)), outwards * east, outwards * north, by_depth
        return -np.column_stack(columns)

    shallow = np.array([-np.inf, -np.inf, -np.inf, 0.0])
    start = np.maximum(origin, [-np.inf, -np.inf, -np.inf, 0.1])
    fit = least_squares(
        residuals,
        start,
        slopes,
        bounds=(shallow, np.inf),
        loss="soft_l1",
        f_scale=scale_s,
    )
    return fit.x
