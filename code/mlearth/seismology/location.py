"""Where an earthquake was and when, from its picks, and how well that is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .._arguments import check_count, check_number, check_vector, wrong
from .picks import Picks, TravelTimes, check_problem, predicted_s, squares

__all__ = ["Location", "geiger_step", "locate_by_geiger"]

STEP_KM = 1e-3
"""Half the width of the differences that stand for derivatives."""
ARRIVED_KM = 1e-6
"""A step that is shorter ends the iteration."""
LARGEST_CONDITION = 1e6
"""Two unknowns that differ less than this cannot be told apart."""


@dataclass(frozen=True, eq=False)
class Location:
    """A source, its origin time, and their covariance.

    Attributes
    ----------
    x_km, y_km, depth_km : float
        The hypocentre [km], in the plane of the stations.
    origin_time_s : float
        When it began [s], counted as the picks are.
    covariance : ndarray, shape (4, 4)
        Of x, y, depth and origin time [km and s]. A depth that was held has none.
    residual_s : ndarray, shape (n,)
        Picked minus predicted times [s].
    reduced_chi2 : float
        Squared residuals over their variances, per degree of freedom; near 1 if the
        picks' standard deviations are right, NaN if no freedom is left.
    """

    x_km: float
    y_km: float
    depth_km: float
    origin_time_s: float
    covariance: np.ndarray
    residual_s: np.ndarray
    reduced_chi2: float

    def ellipse(self, level: float = 0.95) -> tuple[float, float, float]:
        """Return the half axes [km] of the epicentre's ellipse and its azimuth.

        Parameters
        ----------
        level : float
            Share of repetitions in which the ellipse is to hold the epicentre.

        Returns
        -------
        major_km, minor_km : float
            The half axes [km].
        azimuth_deg : float
            Direction of the longer one [degree from north to east], 0 to 180.
        """
        level = check_number("level", level, above=0, below=1)
        variance, axes = np.linalg.eigh(self.covariance[:2, :2])
        # the chi-square quantile of two degrees of freedom
        half = np.sqrt(-2 * np.log1p(-level) * np.maximum(variance, 0))
        east, north = axes[:, 1]
        azimuth = np.degrees(np.arctan2(east, north)) % 180
        return float(half[1]), float(half[0]), float(azimuth)

    def holds(self, x_km: float, y_km: float, level: float = 0.95) -> bool:
        """Tell whether the ellipse of a level holds a point [km]."""
        level = check_number("level", level, above=0, below=1)
        off = np.array([x_km - self.x_km, y_km - self.y_km])
        square = off @ np.linalg.solve(self.covariance[:2, :2], off)
        return bool(square <= -2 * np.log1p(-level))


def locate_by_geiger(
    picks: Picks,
    travel_time: TravelTimes,
    start_km: tuple[float, float, float] | None = None,
    depth_km: float | None = None,
    n_iter: int = 100,
) -> Location:
    """Walk from a first guess to the least squares, by linear steps.

    A step that would raise the misfit is shortened and turned downhill
    (Levenberg-Marquardt); a source above the surface is held at the surface.

    Parameters
    ----------
    picks : Picks
        At least four, or three with a known depth.
    travel_time : mapping of str to callable
        For each phase a function of distance and depth [km] that returns times [s]:
        ``{"P": model.time_s}``.
    start_km : (float, float, float), optional
        First guess: x, y and depth [km]. The default is 10 km beneath the station with
        the earliest pick.
    depth_km : float, optional
        A depth that is known and held [km], >= 0.
    n_iter : int
        Most steps.

    Returns
    -------
    Location
        Its covariance takes the picks' errors as independent and the model as right,
        and is linear about the best place. A depth that ends at the surface counts as
        held.

    Raises
    ------
    ValueError
        If the picks are too few or cannot tell the unknowns apart, the walk meets a
        shadow zone, or it has not arrived after `n_iter` steps.

    Notes
    -----
    The method is described in ``havskov2011seismic``. It finds the minimum that is
    downhill from the first guess; `locate_by_grid` sees all.

    Examples
    --------
    >>> from mlearth.seismology import HomogeneousModel
    >>> rock = {"P": HomogeneousModel(5.0).time_s}
    >>> time_s = [13, 14, 13, 12.6]
    >>> picks = Picks([10, 17, 1, -4], [2, 2, -7, 2], ["P"] * 4, time_s, 0.1)
    >>> found = locate_by_geiger(picks, rock, depth_km=12.0)
    >>> round(found.x_km, 1), round(found.y_km, 1), round(found.origin_time_s, 1)
    (1.0, 2.0, 10.0)
    """
    check_problem(picks, travel_time, 4 if depth_km is None else 3)
    check_count("n_iter", n_iter)
    place = first_guess(picks, start_km, depth_km)
    free = np.array([True, True, depth_km is None])
    damping, (origin, misfit) = 1e-3, misfit_at(picks, travel_time, place)
    if not np.isfinite(misfit):
        raise wrong("start_km", "where every pick has a travel time", place.tolist())
    for _ in range(n_iter):
        slopes = derivatives(picks, travel_time, place)
        residual = picks.time_s - origin - predicted_s(picks, travel_time, place)
        step = bounded_step(residual, slopes, picks.sigma_s, place, free, damping)
        there = np.maximum(place + step, [-np.inf, -np.inf, 0])
        new_origin, new_misfit = misfit_at(picks, travel_time, there)
        hoped = misfit - squares(residual - slopes @ step, picks.sigma_s)[1]
        gained = misfit - new_misfit
        if gained >= 0:
            place, origin, misfit = there, new_origin, new_misfit
        if gained < hoped / 4:
            damping *= 10
        elif gained > hoped / 2:
            damping /= 10
        if np.abs(step).max() < ARRIVED_KM:
            return located(picks, travel_time, place, float(origin), free)
    raise wrong("n_iter", "enough steps to arrive", n_iter)


def first_guess(picks: Picks, start_km, depth_km: float | None) -> np.ndarray:
    """Return the place [km] from which the walk begins."""
    first = picks.time_s.argmin()
    start = np.array([picks.x_km[first], picks.y_km[first], 10.0])
    if start_km is not None:
        start = check_vector("start_km", start_km, length=3, of="x, y and depth")
        check_number("start_km", float(start[2]), least=0)
    if depth_km is not None:
        start[2] = check_number("depth_km", depth_km, least=0)
    return start


def misfit_at(
    picks: Picks, travel_time: TravelTimes, place: np.ndarray
) -> tuple[np.ndarray, float]:
    """Return the best origin time [s] at a place, and half the squared misfit."""
    residual = picks.time_s - predicted_s(picks, travel_time, place)
    origin, misfit = squares(residual, picks.sigma_s)
    return origin, float(misfit) if np.isfinite(misfit) else np.inf


def derivatives(
    picks: Picks, travel_time: TravelTimes, place: np.ndarray
) -> np.ndarray:
    """Return how times change with x, y and depth [s/km], shape (n, 3)."""
    ahead, behind = place + STEP_KM * np.eye(3), place - STEP_KM * np.eye(3)
    behind[2, 2] = max(behind[2, 2], 0)  # no source above the surface
    change = predicted_s(picks, travel_time, ahead)
    change = change - predicted_s(picks, travel_time, behind)
    slopes = change.T / np.diag(ahead - behind)
    if not np.isfinite(slopes).all():
        at = f"NaN near {place.tolist()}"
        raise wrong("travel_time", "finite along the walk", at)
    return slopes


def geiger_step(
    residual: np.ndarray, slopes: np.ndarray, sigma: np.ndarray, damping: float
) -> np.ndarray:
    """Return the step in place and origin time that best explains the residuals."""
    A = np.column_stack([slopes, np.ones(len(slopes))]) / sigma[:, None]
    normal = A.T @ A
    size = np.diag(normal).copy()
    size[:-1] = size[:-1].mean()  # no kilometre is longer than another
    b = A.T @ (residual / sigma)
    return np.linalg.lstsq(normal + damping * np.diag(size), b)[0]


def bounded_step(residual, slopes, sigma, place, free, damping) -> np.ndarray:
    """Return the step [km] of the free coordinates that ends below the surface."""
    step = np.zeros(3)
    step[free] = geiger_step(residual, slopes[:, free], sigma, damping)[:-1]
    if place[2] + step[2] < 0 and place[2] > 0:
        step *= place[2] / -step[2]
    elif place[2] + step[2] < 0:
        level = free & [True, True, False]
        step = np.zeros(3)
        step[level] = geiger_step(residual, slopes[:, level], sigma, damping)[:-1]
    return step


def located(
    picks: Picks, travel_time: TravelTimes, place, origin: float, free: np.ndarray
) -> Location:
    """Return the location at a place, with the covariance of what is free there."""
    free = free & [True, True, place[2] > 0]
    slopes = derivatives(picks, travel_time, place)[:, free]
    A = np.column_stack([slopes, np.ones(len(slopes))]) / picks.sigma_s[:, None]
    scale = np.linalg.norm(A, axis=0)
    if scale.min() == 0 or np.linalg.cond(A / scale) > LARGEST_CONDITION:
        accepted = "such that they tell the unknowns apart"
        raise wrong("picks", accepted, "a singular system: hold depth_km, or add some")
    which = np.flatnonzero([*free, True])
    covariance = np.zeros((4, 4))
    covariance[np.ix_(which, which)] = np.linalg.inv(A.T @ A)
    found = summary(picks, travel_time, place, origin, len(which))
    return Location(**found, covariance=covariance)


def summary(
    picks: Picks, travel_time: TravelTimes, place, origin: float, n_unknowns: int
) -> dict:
    """Return what a location says beside its covariance."""
    residual = picks.time_s - origin - predicted_s(picks, travel_time, place)
    freedom = len(picks) - n_unknowns
    chi2 = ((residual / picks.sigma_s) ** 2).sum()
    return {
        **dict(zip(("x_km", "y_km", "depth_km"), map(float, place), strict=True)),
        "origin_time_s": float(origin),
        "residual_s": residual,
        "reduced_chi2": float(chi2 / freedom) if freedom else np.nan,
    }
