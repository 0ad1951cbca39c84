"""The direction of ground motion: principal axes of a three-component record."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .._arguments import Vector, checked, wrong

__all__ = ["Polarization", "polarization"]


def centred(vertical: np.ndarray, north: np.ndarray, east: np.ndarray) -> np.ndarray:
    """Return the motion about its mean, shape (n_samples, 3): up, north, east."""
    motion = np.column_stack([vertical, north, east])
    if len(motion) < 3:
        raise wrong("vertical", "at least three samples", f"{len(motion)}")
    if not np.ptp(motion, axis=0).any():
        raise wrong("vertical, north and east", "motion", "none")
    return motion - motion.mean(axis=0)


@dataclass(frozen=True)
class Polarization:
    """How the ground moved within a window, as if it had been a P wave from below.

    Attributes
    ----------
    back_azimuth_deg : float
        Direction from the station to the source, clockwise from north, 0 to 360. The
        line is measured; which of its ends is the source's follows from the assumption
        that the wave comes from below and pushes along its way.
    incidence_deg : float
        Angle of the motion from the vertical, 0 to 90.
    share : float
        Share of the power that lies along the line, 1/3 to 1.
    rectilinearity : float
        ``1 - (v2 + v3) / (2 v1)`` of the three variances: 1 on a line, 0 in no
        direction.
    """

    back_azimuth_deg: float
    incidence_deg: float
    share: float
    rectilinearity: float


@checked
def polarization(vertical: Vector, north: Vector, east: Vector) -> Polarization:
    """Return the direction of the ground's motion within a window.

    Parameters
    ----------
    vertical, north, east : array_like, shape (n_samples,)
        Ground motion, up, north and east positive, all in one unit; at least three
        samples around the first P wave.

    Returns
    -------
    Polarization
        Back azimuth, incidence, and how nearly the motion is one along a line.

    Raises
    ------
    ValueError
        If the components are not of one length of at least three samples, or do not
        move.

    Notes
    -----
    After ``flinn1965signal`` and ``jurkevics1988polarization``. The free surface adds
    reflected waves, so the incidence is an apparent one.

    *Breaks down* where the motion is nearly vertical (its azimuth is then noise), where
    it is nearly horizontal (its sign is), and in a window of few oscillations, in which
    noise lies on a line too: compare `share` with that of windows before the wave.

    Examples
    --------
    A push up and to the south, by a wave that came from the north:

    >>> push = [0.0, 1.0, 3.0, -2.0, -1.0]
    >>> found = polarization(push, [-0.5 * x for x in push], [0.0] * 5)
    >>> round(found.back_azimuth_deg, 6), round(found.incidence_deg, 2)
    (0.0, 26.57)
    """
    # Centre the data
    motion = centred(vertical, north, east)
    # Turn to the axes
    _, s, axes = np.linalg.svd(motion, full_matrices=False)
    variances = s**2
    # Point it up
    up, to_north, to_east = axes[0] * (1.0 if axes[0, 0] >= 0 else -1.0)
    # Read the angles
    back = np.degrees(np.arctan2(-to_east, -to_north)) % 360
    rest = variances[1:].sum() / variances[0]
    return Polarization(
        back_azimuth_deg=float(back),
        incidence_deg=float(np.degrees(np.arccos(min(up, 1.0)))),
        share=float(1 / (1 + rest)),
        rectilinearity=float(1 - rest / 2),
    )
