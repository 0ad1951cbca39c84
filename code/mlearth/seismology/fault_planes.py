"""The plane through a cluster of hypocentres, and the axes of its mechanisms."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import Matrix, Vector, checked, wrong
from .._arguments.types import FEATURES, Array

__all__ = ["FaultPlane", "StressAxes", "fault_plane", "stress_axes"]

Covariance = Annotated[
    ArrayLike,
    Array((FEATURES, FEATURES), "a symmetric matrix", lambda a: np.allclose(a, a.T)),
]


class FaultPlane(NamedTuple):
    """A plane by the direction and the angle of its dip.

    Attributes
    ----------
    azimuth_deg : float
        Where it dips to, from the north by the east [degree].
    dip_deg : float
        Angle between the plane and the horizontal [degree].
    """

    azimuth_deg: float
    dip_deg: float


class StressAxes(NamedTuple):
    """Axes of pressure and of tension, read downwards.

    Attributes
    ----------
    pressure_azimuth_deg, tension_azimuth_deg : float
        Where the axis points to, from the north by the east [degree].
    pressure_plunge_deg, tension_plunge_deg : float
        Angle between the axis and the horizontal [degree].
    """

    pressure_azimuth_deg: float
    pressure_plunge_deg: float
    tension_azimuth_deg: float
    tension_plunge_deg: float


def azimuth(east: float, north: float) -> float:
    """Return the direction of a vector, from the north by the east [degree]."""
    return float(np.degrees(np.arctan2(east, north)) % 360)


def check_space(points_km: np.ndarray, **others: Any) -> None:
    """Raise a ValueError unless the points fill three dimensions."""
    if points_km.shape[1] != 3 or len(points_km) < 3:
        accepted = "three or more hypocentres: columns east, north and depth"
        raise wrong("points_km", accepted, f"shape {points_km.shape}")


@checked(also=check_space)
def fault_plane(
    points_km: Matrix, error_covariance: Covariance | None = None
) -> FaultPlane:
    """Lay a plane through hypocentres, freed of the covariance of their errors.

    Its normal is the direction in which the places spread least.

    Parameters
    ----------
    points_km : ndarray, shape (n_samples, 3)
        Hypocentres: east, north and depth [km].
    error_covariance : ndarray, shape (3, 3), optional
        Covariance of the errors of location [km^2], subtracted from that of the
        hypocentres. By default none.

    Returns
    -------
    FaultPlane

    Raises
    ------
    ValueError
        If there are not three columns and rows at least, or a number is not finite.

    Examples
    --------
    >>> x, y = np.meshgrid([0.0, 1.0, 2.0], [0.0, 1.0])
    >>> fault_plane(np.c_[x.ravel(), y.ravel(), 5 + x.ravel()])
    FaultPlane(azimuth_deg=90.0, dip_deg=45.0)
    """
    errors = 0.0 if error_covariance is None else error_covariance
    normal = np.linalg.eigh(np.cov(points_km.T) - errors)[1][:, 0]
    east, north, up = -normal if normal[2] > 0 else normal  # up has depth < 0
    dip = np.degrees(np.arccos(min(1.0, abs(up))))
    return FaultPlane(round(azimuth(east, north), 9), round(float(dip), 9))


@checked
def stress_axes(
    mrr_nm: Vector,
    mtt_nm: Vector,
    mpp_nm: Vector,
    mrt_nm: Vector,
    mrp_nm: Vector,
    mtp_nm: Vector,
) -> StressAxes:
    """Return the axes of the sum of moment tensors, each of which counts alike.

    Parameters
    ----------
    mrr_nm, mtt_nm, mpp_nm, mrt_nm, mrp_nm, mtp_nm : array_like, shape (n_samples,)
        Components of the moment tensors [N m]: r up, t south, p east.

    Returns
    -------
    StressAxes
        The axes of the smallest eigenvalue (pressure) and of the largest (tension).

    Raises
    ------
    ValueError
        If a component is not finite, or a tensor is zero.

    Examples
    --------
    A reverse mechanism, pressed from the east and the west:

    >>> stress_axes([1.0], [0.0], [-1.0], [0.0], [0.0], [0.0]).tension_plunge_deg
    90.0
    """
    tensors = np.array(
        [
            [mpp_nm, -mtp_nm, mrp_nm],
            [-mtp_nm, mtt_nm, -mrt_nm],
            [mrp_nm, -mrt_nm, mrr_nm],
        ]
    )  # east, north, up
    size = np.sqrt(np.sum(tensors**2, axis=(0, 1)))
    if not size.all():
        raise wrong("mrr_nm", "a component of tensors that are not zero", "a zero one")
    axes = np.linalg.eigh(np.mean(tensors / size, axis=2))[1]
    found = []
    for axis in (axes[:, 0], axes[:, 2]):
        east, north, up = -axis if axis[2] > 0 else axis
        plunge = np.degrees(np.arcsin(min(1.0, -up)))
        found += [azimuth(east, north), float(plunge)]
    return StressAxes(*found)
