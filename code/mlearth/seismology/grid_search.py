"""Locating by trying every node of a grid: slow, robust, and it sees all minima."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import check_choice, check_room, check_vector, wrong
from .location import Location, summary
from .picks import NORMS, Picks, TravelTimes, check_problem, predicted_s

__all__ = ["GridLocation", "locate_by_grid"]


@dataclass(frozen=True, eq=False)
class GridLocation(Location):
    """The best node of a grid, and the probability of all nodes.

    Attributes
    ----------
    density : ndarray, shape (n_x, n_y, n_depths)
        Probability of each node; all add up to 1.
    """

    density: np.ndarray


def locate_by_grid(
    picks: Picks,
    travel_time: TravelTimes,
    x_km: ArrayLike,
    y_km: ArrayLike,
    depth_km: ArrayLike,
    norm: Literal["L2", "L1", "EDT"] = "L2",
) -> GridLocation:
    """Try every node of a grid, and keep how probable each is.

    At each node the best origin time follows from the residuals. A node that lies in
    the shadow of a station that has a pick is impossible.

    Parameters
    ----------
    picks : Picks
        At least as many as there are unknowns: the origin time, and each axis that has
        more than one node.
    travel_time : mapping of str to callable
        For each phase a function of distance and depth [km] that returns times [s]:
        ``{"P": model.time_s}``.
    x_km, y_km, depth_km : array_like
        Nodes along each axis [km], evenly spaced and sorted; depths >= 0.
    norm : {"L2", "L1", "EDT"}
        Least squares, least absolute values, or equal differential times, of which
        one wrong pick disturbs the last two little.

    Returns
    -------
    GridLocation
        Its covariance is that of the density, which the grid must hold and resolve.

    Raises
    ------
    ValueError
        If the picks are too few, a phase has no times, or all nodes are in shadow.

    Examples
    --------
    >>> from mlearth.seismology import HomogeneousModel
    >>> rock = {"P": HomogeneousModel(6.0).time_s}
    >>> picks = Picks([0, 12, 0, -9], [9, 0, -12, 0], ["P"] * 4, [1.5, 2, 2, 1.5], 0.1)
    >>> axis = np.arange(-3.0, 3.1, 0.5)
    >>> found = locate_by_grid(picks, rock, axis, axis, 0.0)
    >>> found.x_km, found.y_km, round(found.origin_time_s, 2)
    (0.0, 0.0, 0.0)
    """
    axes = [
        check_vector(name, np.atleast_1d(values), **bounds)
        for name, values, bounds in (
            ("x_km", x_km, {}),
            ("y_km", y_km, {}),
            ("depth_km", depth_km, {"least": 0}),
        )
    ]
    score = NORMS[check_choice("norm", norm, tuple(NORMS))]
    check_problem(picks, travel_time, 1 + sum(axis.size > 1 for axis in axes))
    sizes = [axis.size for axis in axes]
    check_room("x_km", x_km, np.prod(sizes[:2], dtype=float) * len(picks) ** 2)
    origin, misfit = np.empty(sizes), np.empty(sizes)
    for k, depth in enumerate(axes[2]):
        layer = np.stack(np.meshgrid(*axes[:2], [depth], indexing="ij"), -1)[:, :, 0]
        residual = picks.time_s - predicted_s(picks, travel_time, layer)
        origin[..., k], misfit[..., k] = score(residual, picks.sigma_s)
    return from_density(picks, travel_time, axes, origin, misfit)


def from_density(
    picks: Picks,
    travel_time: TravelTimes,
    axes: list[np.ndarray],
    origin: np.ndarray,
    misfit: np.ndarray,
) -> GridLocation:
    """Return the best node of a grid of misfits, and the moments of its density."""
    misfit = np.where(np.isnan(misfit), np.inf, misfit)
    if not np.isfinite(misfit.min()):
        raise wrong("travel_time", "finite somewhere on the grid", "NaN everywhere")
    density = np.exp(misfit.min() - misfit)
    density /= density.sum()
    best = np.unravel_index(misfit.argmin(), misfit.shape)
    nodes = [*np.meshgrid(*axes, indexing="ij"), np.nan_to_num(origin)]
    covariance = np.cov(np.reshape(nodes, (4, -1)), aweights=density.ravel(), ddof=0)
    covariance[3, 3] += 1 / (picks.sigma_s**-2.0).sum()
    place = np.array([axis[i] for axis, i in zip(axes, best, strict=True)])
    n_unknowns = 1 + sum(axis.size > 1 for axis in axes)
    found = summary(picks, travel_time, place, origin[best], n_unknowns)
    return GridLocation(**found, covariance=covariance, density=density)
