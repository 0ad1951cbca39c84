"""How long a wave takes from a source to a receiver at the surface, in closed form.

Three Earths so simple that the answer is a formula: one speed, a speed that grows
with depth, and flat layers. Each is a frozen record with one method,
``time_s(distance_km, depth_km)``, which is all that a locator asks of a model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import check_number, check_positive, check_vector, wrong
from .._arguments.arrays import as_floats

__all__ = ["GradientModel", "HomogeneousModel", "LayeredModel", "check_path"]

N_NEWTON = 60
"""Most steps that the search for a ray takes; ten are usual."""
THIN_KM = 1e-9
"""Less of a layer than this is none."""


def check_path(
    distance_km: ArrayLike, depth_km: ArrayLike, deepest_km: float = np.inf
) -> tuple[np.ndarray, np.ndarray]:
    """Return distances and depths as floats of one shape.

    Parameters
    ----------
    distance_km, depth_km : array_like, shapes that broadcast
        Epicentral distance and depth of the source [km], both >= 0.
    deepest_km : float
        Where the model ends [km].

    Returns
    -------
    distance_km, depth_km : ndarray
        Of one shape.

    Raises
    ------
    ValueError
        If one is missing, below 0 or deeper than the model, or the shapes differ.
    """
    distance = as_floats("distance_km", distance_km)
    depth = as_floats("depth_km", depth_km)
    for name, values in (("distance_km", distance), ("depth_km", depth)):
        if values.size and values.min() < 0:
            raise wrong(name, "numbers >= 0", f"{values.min():g}")
    if depth.size and depth.max() > deepest_km:
        reach = f"within the model, which ends at {deepest_km:g} km"
        raise wrong("depth_km", reach, f"{depth.max():g}")
    try:
        return np.broadcast_arrays(distance, depth)
    except ValueError:
        shapes = f"{distance.shape} and {depth.shape}"
        raise wrong("distance_km", "of the shape of depth_km", shapes) from None


@dataclass(frozen=True)
class HomogeneousModel:
    """One speed everywhere: rays are straight.

    Parameters
    ----------
    velocity_km_s : float
        Speed of the wave [km/s], > 0.

    Attributes
    ----------
    velocity_km_s : float
        Speed of the wave [km/s].

    Examples
    --------
    >>> HomogeneousModel(6.0).time_s([0, 40], [12, 30])
    array([2.        , 8.33333333])
    """

    velocity_km_s: float

    def __post_init__(self) -> None:
        check_positive("velocity_km_s", self.velocity_km_s)

    def time_s(self, distance_km: ArrayLike, depth_km: ArrayLike) -> np.ndarray:
        """Return travel times [s] to the surface; shapes broadcast."""
        distance, depth = check_path(distance_km, depth_km)
        return np.hypot(distance, depth) / self.velocity_km_s


@dataclass(frozen=True)
class GradientModel:
    """A speed that changes linearly with depth: rays are arcs of circles.

    Where the speed falls with depth, rays bend down and leave a *shadow zone* at the
    surface, beyond the ray that grazes it. No ray arrives there: the time is NaN.

    Parameters
    ----------
    velocity_km_s : float
        Speed at the surface [km/s], > 0.
    gradient_per_s : float
        Growth of the speed with depth [km/s per km]; may be 0 or negative.

    Attributes
    ----------
    velocity_km_s : float
        Speed at the surface [km/s].
    gradient_per_s : float
        Growth of the speed with depth [km/s per km].

    Examples
    --------
    >>> GradientModel(5.0, 0.05).time_s(100, [0.0, 10.0]).round(3)
    array([19.248, 18.498])
    >>> falling = GradientModel(5.0, -0.05)
    >>> falling.shadow_km(10.0).round(1), falling.time_s([43, 44], 10.0).round(2)
    (np.float64(43.6), array([9.23,  nan]))
    """

    velocity_km_s: float
    gradient_per_s: float

    def __post_init__(self) -> None:
        check_positive("velocity_km_s", self.velocity_km_s)
        check_number("gradient_per_s", self.gradient_per_s)

    @property
    def deepest_km(self) -> float:
        """Depth [km] at which a falling speed reaches zero; sources lie above."""
        falls = self.gradient_per_s < 0
        return -self.velocity_km_s / self.gradient_per_s if falls else np.inf

    def time_s(self, distance_km: ArrayLike, depth_km: ArrayLike) -> np.ndarray:
        """Return travel times [s] to the surface, NaN in the shadow zone."""
        distance, depth = check_path(distance_km, depth_km, self.deepest_km)
        v_top, growth = self.velocity_km_s, self.gradient_per_s
        v_source = v_top + growth * depth
        if np.any(v_source <= 0):
            accepted = f"< {self.deepest_km:g}, where the speed is 0"
            raise wrong("depth_km", accepted, f"{depth.max():g}")
        straight = np.hypot(distance, depth) / np.sqrt(v_top * v_source)
        # the arcosh of 1 + (growth straight)^2 / 2, without loss where growth is small
        half = np.abs(growth) * straight / 2
        bent = 2 * np.arcsinh(half) / (np.abs(growth) or 1)
        time = np.where(half < 1e-8, straight, bent)
        return np.where(distance <= self.shadow_km(depth), time, np.nan)

    def shadow_km(self, depth_km: ArrayLike) -> np.ndarray:
        """Return the distance [km] at which the shadow zone begins; inf without one."""
        _, depth = check_path(0.0, depth_km, self.deepest_km)
        if self.gradient_per_s >= 0:
            return np.full(depth.shape, np.inf)
        return np.sqrt(depth * (2 * self.deepest_km - depth))


@dataclass(frozen=True)
class LayeredModel:
    """Flat layers over a half-space, each of one speed: the first arrival.

    The direct wave reaches every distance. A *head wave* runs along the top of a layer
    below the source if that layer is faster than all above it, from its critical
    distance on. A layer slower than one above it makes no head wave: at the surface it
    cannot be seen by first arrivals, and all that lies in its shadow comes late.

    Parameters
    ----------
    thickness_km : array_like, shape (n_layers - 1,)
        Thickness of each layer but the half-space [km], > 0; may be empty.
    velocity_km_s : array_like, shape (n_layers,)
        Speed of each layer, from the top [km/s], > 0.

    Attributes
    ----------
    thickness_km, velocity_km_s : tuple of float
        As given.

    Examples
    --------
    >>> crust = LayeredModel([30.0], [6.0, 8.0])
    >>> crust.time_s([60, 300], 10.0).round(3)
    array([10.138, 43.012])
    """

    thickness_km: tuple[float, ...]
    velocity_km_s: tuple[float, ...]

    def __post_init__(self) -> None:
        velocity = check_vector("velocity_km_s", self.velocity_km_s, above=0)
        n = velocity.size - 1
        if n == 0 and np.size(self.thickness_km) == 0:
            thickness = np.array([])
        else:
            same = {"length": n, "of": "the upper layers", "above": 0}
            thickness = check_vector("thickness_km", self.thickness_km, **same)
        object.__setattr__(self, "thickness_km", tuple(thickness.tolist()))
        object.__setattr__(self, "velocity_km_s", tuple(velocity.tolist()))

    @property
    def top_km(self) -> np.ndarray:
        """Depth [km] of the top of each layer, shape (n_layers,)."""
        return np.append(0.0, np.cumsum(self.thickness_km))

    def time_s(self, distance_km: ArrayLike, depth_km: ArrayLike) -> np.ndarray:
        """Return times [s] of the first arrival at the surface; shapes broadcast."""
        distance, depth = check_path(distance_km, depth_km)
        first = self.direct_s(distance, depth)
        for layer in range(1, len(self.velocity_km_s)):
            first = np.fmin(first, self.head_s(distance, depth, layer))
        return first

    def above_km(self, depth: np.ndarray) -> np.ndarray:
        """Return how much of each layer lies above a depth [km], layers last."""
        bottom = np.append(self.top_km[1:], np.inf)
        return np.clip(depth[..., None], self.top_km, bottom) - self.top_km

    def direct_s(self, distance_km: ArrayLike, depth_km: ArrayLike) -> np.ndarray:
        """Return times [s] of the direct wave, up from the source."""
        distance, depth = check_path(distance_km, depth_km)
        thickness = self.above_km(depth)
        velocity = np.array(self.velocity_km_s)
        crossed = thickness > THIN_KM
        fastest = np.max(np.where(crossed, velocity, 0), -1, initial=velocity[0])
        share = np.where(crossed, velocity / fastest[..., None], 0)
        steep = shoot(distance, thickness, share)[..., None]
        cosine = np.sqrt((1 + steep**2 * (1 - share**2)) / (1 + steep**2))
        time = (thickness / velocity / cosine).sum(-1)
        return np.where(depth > THIN_KM, time, distance / velocity[0])

    def head_s(
        self, distance_km: ArrayLike, depth_km: ArrayLike, layer: int
    ) -> np.ndarray:
        """Return times [s] of the head wave along the top of a layer, NaN without."""
        distance, depth = check_path(distance_km, depth_km)
        v, top = np.array(self.velocity_km_s), self.top_km[layer]
        if v[layer] <= v[:layer].max():
            return np.full(distance.shape, np.nan)
        up = np.append(self.thickness_km, 0.0)[:layer]
        crossed = up + np.maximum(up - self.above_km(depth)[..., :layer], 0)
        sine = v[:layer] / v[layer]
        cosine = np.sqrt(1 - sine**2)
        time = distance / v[layer] + (crossed * cosine / v[:layer]).sum(-1)
        critical = (crossed * sine / cosine).sum(-1)
        return np.where((depth <= top) & (distance >= critical), time, np.nan)


def shoot(distance: np.ndarray, thickness: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Return the tangent of the ray's angle in its fastest layer, by Newton's method.

    The distance that a ray covers grows with the tangent, ever more slowly: each step
    from below falls short of the ray, and none can jump past it.
    """
    tangent = np.zeros(distance.shape)
    for _ in range(N_NEWTON):
        root = np.sqrt(1 + tangent[..., None] ** 2 * (1 - share**2))
        reached = (thickness * share / root).sum(-1) * tangent
        slope = (thickness * share / root**3).sum(-1)
        step = (distance - reached) / np.where(slope > 0, slope, np.inf)
        tangent = tangent + np.maximum(step, 0)
        if np.all(np.abs(step) <= 1e-13 * (1 + tangent)):
            break
    return tangent
