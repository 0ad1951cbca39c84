"""Planes in a stress: what it does on them, and which are nearest to failure.

Tensors are of shape (n, 3, 3), along east, north and up; tension is positive.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import check_number, check_vector, wrong
from .._arguments.arrays import as_floats

__all__ = ["optimal_planes", "resolve_stress"]

SYMMETRIC = 1e-9
"""How far a tensor may be from symmetric, as a share of its largest part: rounding."""


def resolve_stress(
    stress_mpa: ArrayLike,
    strike_deg: ArrayLike,
    dip_deg: ArrayLike,
    rake_deg: ArrayLike,
) -> tuple[np.ndarray, np.ndarray]:
    """Return what a stress does on planes: across them, and along their slip.

    Parameters
    ----------
    stress_mpa : array_like, shape (n, 3, 3)
        Symmetric tensors along east, north and up; tension is positive.
    strike_deg, dip_deg, rake_deg : float or array_like, shape (n,)
        Orientation of the planes and of the slip that is asked about; the plane dips
        to the right of its strike, by 0 to 90.

    Returns
    -------
    normal_mpa : ndarray, shape (n,)
        Positive where the plane is unclamped.
    shear_mpa : ndarray, shape (n,)
        Positive where the upper wall is pushed along the rake.

    Raises
    ------
    ValueError
        If a tensor is not symmetric, or angles are missing or as many as no stress.

    Examples
    --------
    >>> pull = [[[1, 0, 0], [0, 0, 0], [0, 0, 0]]]  # to the east
    >>> normal, shear = resolve_stress(pull, 45, 90, 0)
    >>> normal.round(3), shear.round(3)
    (array([0.5]), array([0.5]))
    """
    stress = check_stress("stress_mpa", stress_mpa)
    normal, slip = plane_vectors(
        *check_angles(len(stress), strike_deg, dip_deg, rake_deg)
    )
    return on_vectors(stress, normal, slip)


def optimal_planes(
    stress_mpa: ArrayLike, friction: float = 0.4
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the two planes through each point that are nearest to failure.

    They hold the middle axis of stress, and lie to either side of the axis of largest
    compression, by half the angle whose tangent is 1 / friction.

    Parameters
    ----------
    stress_mpa : array_like, shape (n, 3, 3)
        Symmetric tensors along east, north and up; tension is positive.
    friction : float
        Coefficient of friction, >= 0.

    Returns
    -------
    strike_deg, dip_deg, rake_deg : ndarray, shape (n, 2)
        Orientation of the planes and of their slip [degree].

    Raises
    ------
    ValueError
        If a tensor is not symmetric or has no shear, so that no plane is nearest.

    References
    ----------
    ``king1994static``

    Examples
    --------
    >>> push_north = [[[0, 0, 0], [0, -2, 0], [0, 0, -1]]]
    >>> strike, dip, rake = optimal_planes(push_north, friction=0)
    >>> np.sort(strike % 180).round(), dip.round()
    (array([[ 45., 135.]]), array([[90., 90.]]))
    """
    normal, slip = optimal_vectors(check_stress("stress_mpa", stress_mpa), friction)
    upward = np.where(normal[..., 2:] < 0, -1, 1)
    (east, north, up), slip = np.moveaxis(normal * upward, -1, 0), slip * upward
    strike = np.degrees(np.arctan2(-north, east))
    dip = np.degrees(np.arctan2(np.hypot(east, north), up))
    _, along = plane_vectors(strike, dip, np.zeros_like(dip))
    _, updip = plane_vectors(strike, dip, np.full_like(dip, 90))
    rake = np.arctan2((slip * updip).sum(-1), (slip * along).sum(-1))
    return strike % 360, dip, np.degrees(rake)


def optimal_vectors(
    stress: np.ndarray, friction: float, name: str = "stress_mpa"
) -> tuple[np.ndarray, np.ndarray]:
    """Return normals and slips of both planes that are nearest to failure."""
    friction = check_number("friction", friction, least=0)
    size, axis = np.linalg.eigh(stress)
    if np.any(size[:, 2] - size[:, 0] <= SYMMETRIC * np.abs(size).max(axis=1)):
        raise wrong(name, "such that there is shear everywhere", "a pressure alone")
    push, pull = axis[:, None, :, 0], axis[:, None, :, 2]
    side, turn = np.array([1, -1])[:, None], np.arctan2(1, friction) / 2
    normal = np.cos(turn) * pull + side * np.sin(turn) * push
    return normal, np.sin(turn) * pull - side * np.cos(turn) * push


def plane_vectors(strike_deg, dip_deg, rake_deg) -> tuple[np.ndarray, np.ndarray]:
    """Return the upward normal of planes, and the slip of what lies above them."""
    strike, dip, rake = np.radians([strike_deg, dip_deg, rake_deg])
    zero, one = np.zeros_like(dip), np.ones_like(dip)
    along = np.stack([np.sin(strike), np.cos(strike), zero], -1)
    left = np.stack([-np.cos(strike), np.sin(strike), zero], -1)
    up = np.stack([zero, zero, one], -1)
    sine, cosine = np.sin(dip)[..., None], np.cos(dip)[..., None]
    updip = left * cosine + up * sine
    slip = along * np.cos(rake)[..., None] + updip * np.sin(rake)[..., None]
    return up * cosine - left * sine, slip


def on_vectors(stress, normal, slip) -> tuple[np.ndarray, np.ndarray]:
    """Return the stress across and along planes."""
    traction = np.einsum("...ij,...j->...i", stress, normal)
    return (traction * normal).sum(-1), (traction * slip).sum(-1)


def check_stress(
    name: str, stress_mpa: ArrayLike, shape: tuple[int, ...] = (-1, 3, 3)
) -> np.ndarray:
    """Return tensors that are symmetric and have no gap."""
    stress = as_floats(name, stress_mpa)
    fits = stress.ndim == len(shape) and stress.shape[-2:] == (3, 3) and stress.size
    if not fits:
        accepted = "of shape (n, 3, 3)" if len(shape) == 3 else "of shape (3, 3)"
        raise wrong(name, accepted, f"shape {stress.shape}")
    turned = np.abs(stress - stress.swapaxes(-1, -2))
    if turned.max() > SYMMETRIC * np.abs(stress).max():
        raise wrong(name, "symmetric", f"parts that differ by {turned.max():g}")
    return stress


def check_angles(n: int, strike_deg, dip_deg, rake_deg) -> list[np.ndarray]:
    """Return strike, dip and rake of `n` planes, or of one for all of them."""
    given = {"strike_deg": strike_deg, "dip_deg": dip_deg, "rake_deg": rake_deg}
    bounds, found = {"dip_deg": {"least": 0, "most": 90}}, []
    for name, angle in given.items():
        end = bounds.get(name, {})
        if np.ndim(angle) == 0:
            found.append(np.full(n, check_number(name, angle, **end)))
        else:
            found.append(check_vector(name, angle, length=n, of="the tensors", **end))
    return found
