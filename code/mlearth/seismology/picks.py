"""Picks of one event, what a place predicts for them, and how badly it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import check_labels, check_vector, shown, wrong

__all__ = ["NORMS", "Picks", "TravelTimes", "check_problem", "predicted_s"]

TravelTimes = Mapping[str, Callable[[np.ndarray, np.ndarray], np.ndarray]]
"""For each phase a function of distance and depth [km] that returns times [s]."""


@dataclass(frozen=True, eq=False)
class Picks:
    """When the waves of one event came to which station.

    Parameters
    ----------
    x_km, y_km : array_like, shape (n,)
        Stations, east and north of a point [km]; see `to_local_plane`.
    phase : array_like of str, shape (n,)
        Names of the phases, such as "P" and "S".
    time_s : array_like, shape (n,)
        Arrival times [s] after any moment.
    sigma_s : array_like, shape (n,), or float
        Standard deviation of each time, the model's error included [s], > 0.

    Attributes
    ----------
    x_km, y_km, phase, time_s, sigma_s : ndarray, shape (n,)
        As given.

    Examples
    --------
    >>> Picks([0.0, 3.0], [0.0, 4.0], ["P", "P"], [1.2, 2.0], 0.1).sigma_s
    array([0.1, 0.1])
    """

    x_km: ArrayLike
    y_km: ArrayLike
    phase: ArrayLike
    time_s: ArrayLike
    sigma_s: ArrayLike

    def __post_init__(self) -> None:
        x = check_vector("x_km", self.x_km)
        same = {"length": x.size, "of": "x_km"}
        sigma = self.sigma_s
        sigma = np.full(x.size, sigma) if np.ndim(sigma) == 0 else sigma
        values = {
            "x_km": x,
            "y_km": check_vector("y_km", self.y_km, **same),
            "phase": check_labels("phase", self.phase, **same).astype(str),
            "time_s": check_vector("time_s", self.time_s, **same),
            "sigma_s": check_vector("sigma_s", sigma, above=0, **same),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return self.x_km.size

    def __getitem__(self, rows: np.ndarray) -> Picks:
        """Return some of the picks."""
        names = ("x_km", "y_km", "phase", "time_s", "sigma_s")
        return Picks(*(getattr(self, name)[rows] for name in names))


def check_problem(picks: Picks, travel_time: TravelTimes, n_unknowns: int) -> None:
    """Refuse what cannot be located: no picks, too few, or a phase without times."""
    if not isinstance(picks, Picks):
        raise wrong("picks", "a record of Picks", shown(picks))
    if len(picks) < n_unknowns:
        raise wrong("picks", f"{n_unknowns} or more, one per unknown", len(picks))
    known = travel_time if isinstance(travel_time, Mapping) else {}
    for phase in np.unique(picks.phase).tolist():
        if not callable(known.get(phase)):
            accepted = f"a mapping with a function for the phase {phase!r}"
            raise wrong("travel_time", accepted, shown(travel_time))


def predicted_s(
    picks: Picks, travel_time: TravelTimes, place_km: np.ndarray
) -> np.ndarray:
    """Return travel times [s] from places (..., 3) to the picks' stations, (..., n)."""
    x, y, depth = np.moveaxis(np.asarray(place_km, dtype=float)[..., None], -2, 0)
    distance = np.hypot(x - picks.x_km, y - picks.y_km)
    depth = np.broadcast_to(depth, distance.shape)
    times = np.empty(distance.shape)
    for phase in np.unique(picks.phase):
        own = picks.phase == phase
        times[..., own] = travel_time[phase](distance[..., own], depth[..., own])
    return times


def squares(residual: np.ndarray, sigma: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return origin time and misfit of least squares: errors are normal."""
    weight = sigma**-2.0
    origin = (residual * weight).sum(-1) / weight.sum()
    return origin, 0.5 * (((residual - origin[..., None]) / sigma) ** 2).sum(-1)


def median(residual: np.ndarray, sigma: np.ndarray) -> np.ndarray:
    """Return the median of the residuals, each weighted by 1/sigma."""
    order = np.argsort(residual, axis=-1)
    weight = np.cumsum((1 / sigma)[order], axis=-1)
    middle = (weight < weight[..., -1:] / 2).sum(-1, keepdims=True)
    at = np.take_along_axis(order, middle, axis=-1)
    return np.take_along_axis(residual, at, axis=-1)[..., 0]


def absolutes(residual: np.ndarray, sigma: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return origin time and misfit of least absolute values, for long tails."""
    origin = median(residual, sigma)
    return origin, np.sqrt(2) * (np.abs(residual - origin[..., None]) / sigma).sum(-1)


def differences(
    residual: np.ndarray, sigma: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return origin time and misfit of equal differential times.

    Each pair of picks votes for the places that explain its difference. A pick that is
    far off agrees with no other, and its pairs add nothing anywhere.
    """
    i, j = np.triu_indices(sigma.size, 1)
    variance = sigma[i] ** 2 + sigma[j] ** 2
    vote = np.exp(-0.5 * (residual[..., i] - residual[..., j]) ** 2 / variance)
    share = (vote / np.sqrt(variance)).sum(-1) / (1 / np.sqrt(variance)).sum()
    misfit = -sigma.size * np.log(np.maximum(share, 1e-300))
    return median(residual, sigma), misfit


NORMS = {"L2": squares, "L1": absolutes, "EDT": differences}
"""For each norm, what takes residuals to origin times and minus log likelihoods."""
