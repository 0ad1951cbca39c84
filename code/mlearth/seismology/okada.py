"""What a rectangular fault that slips does to an elastic half-space."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import check_matrix, check_number, shown, wrong
from .okada_terms import VERTICAL, at_corners, deepening, from_surface, whole_space

__all__ = ["RectangularFault", "dislocation", "distance_to_fault"]

STEP_KM = 1e-20
"""Imaginary step: so small that its square is lost, while nothing is subtracted."""

TOUCH_KM = 1e-9
"""Nearer than this to a plane or an edge is taken as on it."""

BOUNDS = {
    "dip_deg": {"least": 0, "most": 90},
    "length_km": {"above": 0},
    "width_km": {"above": 0},
    "depth_km": {"least": 0},
}


@dataclass(frozen=True)
class RectangularFault:
    """A rectangle of constant slip.

    Attributes
    ----------
    strike_deg : float
        Direction along the fault [degree east of north]; it dips to the right of it.
    dip_deg : float
        Dip below the horizontal [degree], 0 to 90.
    rake_deg : float
        Direction in which the upper wall slips [degree], up from the strike: 0 is
        left-lateral, 90 a thrust, 180 right-lateral, -90 normal.
    length_km, width_km : float
        Along strike and along dip, > 0.
    depth_km : float
        Depth of the centre. The upper edge must not be above the surface.
    slip_m : float
        Slip along the rake.
    opening_m : float
        How far the walls moved apart.
    east_km, north_km : float
        Where the centre is.

    Raises
    ------
    ValueError
        If a number is missing or out of bounds, or the fault leaves the ground.
    """

    strike_deg: float
    dip_deg: float
    rake_deg: float
    length_km: float
    width_km: float
    depth_km: float
    slip_m: float
    opening_m: float = 0.0
    east_km: float = 0.0
    north_km: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no fault."""
        for name in (field.name for field in fields(self)):
            check_number(name, getattr(self, name), **BOUNDS.get(name, {}))
        reach_km = self.width_km / 2 * self.sine_cosine()[0]
        if self.depth_km < reach_km - TOUCH_KM:
            what = f">= {reach_km:g} to keep the upper edge below the surface"
            raise wrong("depth_km", what, f"{self.depth_km:g}")

    def sine_cosine(self) -> tuple[float, float]:
        """Return sine and cosine of the dip, of a vertical one exactly 1 and 0."""
        dip = np.radians(self.dip_deg)
        upright = np.cos(dip) < VERTICAL
        return (1.0, 0.0) if upright else (float(np.sin(dip)), float(np.cos(dip)))

    def axes(self) -> np.ndarray:
        """Return, as rows, along strike, to its left, and up, in east, north and up."""
        strike = np.radians(self.strike_deg)
        sine, cosine = np.sin(strike), np.cos(strike)
        return np.array([[sine, cosine, 0], [-cosine, sine, 0], [0, 0, 1]])

    def place_km(self, points_km: np.ndarray) -> np.ndarray:
        """Return points along strike, to its left and up, from above the centre."""
        above = [self.east_km, self.north_km, 0]
        return (points_km - above) * [1, 1, -1] @ self.axes().T

    def beyond_km(self, points_km: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return how far points lie beyond the sides and the edges, and off the plane.

        The first is of shape (n, 2), negative within the length and within the width.
        """
        sine, cosine = self.sine_cosine()
        x, y, z = self.place_km(points_km).T
        rise = z + self.depth_km
        inside = np.abs([x, y * cosine + rise * sine]).T
        beyond = inside - [self.length_km / 2, self.width_km / 2]
        return beyond, y * sine - rise * cosine

    def slip_vector_m(self) -> np.ndarray:
        """Return the slip along strike, up dip, and the opening [m]."""
        rake = np.radians(self.rake_deg)
        along, up = self.slip_m * np.cos(rake), self.slip_m * np.sin(rake)
        return np.array([along, up, self.opening_m])


def dislocation(
    fault: RectangularFault, points_km: ArrayLike, poisson: float = 0.25
) -> tuple[np.ndarray, np.ndarray]:
    """Return the displacement around a fault that slipped, and its gradient.

    The displacement has a closed form. Its gradient is the imaginary part after an
    imaginary step of the place, divided by the step: exact to rounding.

    Parameters
    ----------
    fault : RectangularFault
        What slipped.
    points_km : array_like, shape (n, 3)
        East, north and depth, >= 0, of the points.
    poisson : float
        Poisson's ratio of the half-space, above -1 and below 0.5.

    Returns
    -------
    displacement_m : ndarray, shape (n, 3)
        To the east, to the north and up. On the fault, the mean of its two walls.
    gradient : ndarray, shape (n, 3, 3)
        ``gradient[:, i, j]`` [1]: component i along j, each east, north or up.

    Raises
    ------
    ValueError
        If a point is above the surface, or on an edge of the fault, where the
        gradient is infinite.

    References
    ----------
    ``okada1992internal``

    Examples
    --------
    >>> fault = RectangularFault(0, 90, 0, 20, 10, depth_km=5, slip_m=1)
    >>> displacement_m, gradient = dislocation(fault, [[3, 0, 0], [-3, 0, 0]])
    >>> displacement_m.round(2) + 0.0
    array([[ 0.  ,  0.33,  0.  ],
           [ 0.  , -0.33,  0.  ]])
    """
    fault, points = check_fault("fault", fault), check_points("points_km", points_km)
    alpha = 0.5 / (1 - check_number("poisson", poisson, above=-1, below=0.5))
    touches = on_edge(fault, points)
    if touches.any():
        got = f"{touches.sum()} on it, the first in row {np.argmax(touches)}"
        raise wrong(
            "points_km", "off the edge of the fault, where strain is infinite", got
        )
    axes = fault.axes()
    stepped = fault.place_km(points).T[:, None] + 1j * STEP_KM * np.eye(3)[..., None]
    u = displacement(fault, *stepped, alpha)
    gradient = np.einsum("ia,ijn,jb->nab", axes, u.imag / STEP_KM / 1000, axes)
    return u[:, 0].real.T @ axes, gradient


def displacement(
    fault: RectangularFault, x: np.ndarray, y: np.ndarray, z: np.ndarray, alpha: float
) -> np.ndarray:
    """Return the displacement along strike, to its left and up [m].

    Places are from the centre of the fault, but z from the surface. Above it the fault
    has an image: together they and what is added leave the surface free.
    """
    real, image = (at_fault(fault, x, y, z_seen) for z_seen in (-z, z))
    terms = whole_space(image, alpha) - whole_space(real, alpha)
    terms += from_surface(image, alpha)
    deep = z * deepening(image, alpha)
    slip, signs = fault.slip_vector_m(), np.array([[1, -1], [-1, 1]])
    u, v = (np.einsum("s,scij...,ij->c...", slip, t, signs) for t in (terms, deep))
    sine, cosine = fault.sine_cosine()
    left = (u + v)[1] * cosine - (u + v)[2] * sine
    up = (u - v)[1] * sine + (u - v)[2] * cosine
    return np.array([u[0] + v[0], left, up]) / (2 * np.pi)


def at_fault(fault: RectangularFault, x: np.ndarray, y: np.ndarray, z: np.ndarray):
    """Return what the formulas need of each of the fault's four corners."""
    sine, cosine = fault.sine_cosine()
    y, depth = y + fault.width_km / 2 * cosine, fault.width_km / 2 * sine
    depth = fault.depth_km + depth - z
    p, q = y * cosine + depth * sine, y * sine - depth * cosine
    xi = snapped(np.array([x + fault.length_km / 2, x - fault.length_km / 2]))
    eta = snapped(np.array([p, p - fault.width_km]))
    return at_corners(xi[:, None], eta[None], snapped(q), z, sine, cosine)


def snapped(value: np.ndarray) -> np.ndarray:
    """Return numbers whose real part is 0 where it is within a touch of it."""
    return np.where(np.abs(value.real) < TOUCH_KM, 1j * value.imag, value)


def check_fault(name: str, fault: RectangularFault) -> RectangularFault:
    """Return `fault` when it is one."""
    if not isinstance(fault, RectangularFault):
        raise wrong(name, "a RectangularFault", f"a {type(fault).__name__}")
    return fault


def check_faults(name: str, faults) -> list[RectangularFault]:
    """Return one or several faults as a list that is not empty."""
    if isinstance(faults, RectangularFault):
        return [faults]
    accepted = "a RectangularFault, or a list of them"
    if not isinstance(faults, list | tuple) or not faults:
        raise wrong(name, accepted, shown(faults))
    return [check_fault(name, fault) for fault in faults]


def check_points(name: str, points_km: ArrayLike) -> np.ndarray:
    """Return places as east, north and depth, none above the surface."""
    points = check_matrix(name, points_km, columns=3, of="east, north and depth")
    above = points[:, 2] < 0
    if above.any():
        got = f"{above.sum()} above it, the first in row {np.argmax(above)}"
        raise wrong(name, "at or below the surface, depth >= 0", got)
    return points


def on_edge(fault: RectangularFault, points_km: np.ndarray) -> np.ndarray:
    """Tell which points touch an edge of the fault."""
    beyond, off = fault.beyond_km(points_km)
    return np.maximum(np.abs(beyond.max(axis=1)), np.abs(off)) < TOUCH_KM


def distance_to_fault(fault: RectangularFault, points_km: ArrayLike) -> np.ndarray:
    """Return how far points are from the nearest point of a fault.

    Parameters
    ----------
    fault : RectangularFault
        The rectangle.
    points_km : array_like, shape (n, 3)
        East, north and depth, >= 0, of the points.

    Returns
    -------
    ndarray, shape (n,)
        Distances [km].

    Raises
    ------
    ValueError
        If a point is above the surface.

    Examples
    --------
    >>> fault = RectangularFault(0, 90, 0, 20, 10, depth_km=5, slip_m=1)
    >>> distance_to_fault(fault, [[3, 0, 5], [0, 14, 13]])
    array([3., 5.])
    """
    fault, points = check_fault("fault", fault), check_points("points_km", points_km)
    beyond, off = fault.beyond_km(points)
    return np.linalg.norm(np.c_[np.maximum(beyond, 0), off], axis=1)
