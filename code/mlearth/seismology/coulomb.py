"""Stress that a slipped fault leaves behind, and where it brings others to failure.

Tensors are of shape (n, 3, 3), along east, north and up; tension is positive.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import check_number, check_positive
from .okada import RectangularFault, check_faults, dislocation
from .planes import check_stress, on_vectors, optimal_vectors, resolve_stress

__all__ = [
    "coulomb_stress",
    "coulomb_stress_on_optimal_planes",
    "max_shear",
    "stress_change",
]


def stress_change(
    faults: RectangularFault | Sequence[RectangularFault],
    points_km: ArrayLike,
    rigidity_gpa: float = 30.0,
    poisson: float = 0.25,
) -> np.ndarray:
    """Return the change of stress around faults that slipped, by Hooke's law.

    Parameters
    ----------
    faults : RectangularFault or sequence of them
        What slipped. Pieces of one fault may slip by different amounts.
    points_km : array_like, shape (n, 3)
        East, north and depth, >= 0, of the points; on no fault's edge.
    rigidity_gpa : float
        Rigidity [GPa], > 0.
    poisson : float
        Poisson's ratio, above -1 and below 0.5.

    Returns
    -------
    ndarray, shape (n, 3, 3)
        Change of stress [MPa] along east, north and up; tension is positive.

    Raises
    ------
    ValueError
        If there is no fault, a constant is out of bounds or a point has no stress.

    References
    ----------
    ``okada1992internal``

    Examples
    --------
    >>> fault = RectangularFault(0, 90, 0, 20, 10, depth_km=5, slip_m=1)
    >>> stress_change(fault, [[0.01, 0, 5]])[0, 0, 1].round(1)  # shear dropped
    np.float64(-1.8)
    """
    rigidity_mpa = 1000 * check_positive("rigidity_gpa", rigidity_gpa)
    pieces = check_faults("faults", faults)
    gradient = sum(dislocation(piece, points_km, poisson)[1] for piece in pieces)
    strain = (gradient + gradient.swapaxes(1, 2)) / 2
    volume = np.trace(strain, axis1=1, axis2=2)[:, None, None] * np.eye(3)
    return 2 * rigidity_mpa * (strain + poisson / (1 - 2 * poisson) * volume)


def coulomb_stress(
    stress_mpa: ArrayLike,
    strike_deg: ArrayLike,
    dip_deg: ArrayLike,
    rake_deg: ArrayLike,
    friction: float = 0.4,
) -> np.ndarray:
    """Return the Coulomb stress on given planes: shear plus friction times normal.

    Parameters
    ----------
    stress_mpa : array_like, shape (n, 3, 3)
        Symmetric tensors along east, north and up; tension is positive.
    strike_deg, dip_deg, rake_deg : float or array_like, shape (n,)
        Orientation of the planes and of their slip, as for `resolve_stress`.
    friction : float
        Effective coefficient of friction, >= 0.

    Returns
    -------
    ndarray, shape (n,)
        Positive where the planes are brought nearer to failure [MPa].

    Raises
    ------
    ValueError
        As `resolve_stress`, or if the friction is negative.

    References
    ----------
    ``king1994static``

    Examples
    --------
    >>> coulomb_stress([[[1, 0, 0], [0, 0, 0], [0, 0, 0]]], 45, 90, 0).round(3)
    array([0.7])
    """
    friction = check_number("friction", friction, least=0)
    normal, shear = resolve_stress(stress_mpa, strike_deg, dip_deg, rake_deg)
    return shear + friction * normal


def max_shear(stress_mpa: ArrayLike) -> np.ndarray:
    """Return the largest shear stress on any plane: half the principal difference.

    Parameters
    ----------
    stress_mpa : array_like, shape (n, 3, 3)
        Symmetric tensors.

    Returns
    -------
    ndarray, shape (n,)
        In the unit of the stress, >= 0.

    Raises
    ------
    ValueError
        If a tensor is not symmetric or has a missing part.

    Examples
    --------
    >>> max_shear([[[1, 0, 0], [0, 0, 0], [0, 0, -3]]])
    array([2.])
    """
    principal = np.linalg.eigvalsh(check_stress("stress_mpa", stress_mpa))
    return (principal[:, 2] - principal[:, 0]) / 2


def coulomb_stress_on_optimal_planes(
    change_mpa: ArrayLike, regional_mpa: ArrayLike, friction: float = 0.4
) -> np.ndarray:
    """Return the change of Coulomb stress on the planes that are nearest to failure.

    The planes are those of the regional stress and its change together; of the two
    through each point, the one with the larger change counts.

    Parameters
    ----------
    change_mpa : array_like, shape (n, 3, 3)
        Changes of stress along east, north and up; tension is positive.
    regional_mpa : array_like, shape (3, 3)
        Stress that was there before.
    friction : float
        Effective coefficient of friction, >= 0.

    Returns
    -------
    ndarray, shape (n,)
        Change of Coulomb stress [MPa].

    Raises
    ------
    ValueError
        As `optimal_planes`.

    References
    ----------
    ``king1994static``
    """
    change = check_stress("change_mpa", change_mpa)
    regional = check_stress("regional_mpa", regional_mpa, (3, 3))
    normal, slip = optimal_vectors(change + regional, friction, "regional_mpa")
    across, along = on_vectors(change[:, None], normal, slip)
    return (along + friction * across).max(axis=1)
