"""Which earthquakes belong together: windows, and growing zones of interaction."""

from __future__ import annotations

import numpy as np

from .._arguments import Number, Positive, Vector, checked, number, wrong
from ._events import arc_km, check_events, places

__all__ = ["gardner_knopoff", "gardner_knopoff_window", "reasenberg"]


@checked
def gardner_knopoff_window(magnitude: Vector) -> tuple[np.ndarray, np.ndarray]:
    """Return how far and how long aftershocks of a magnitude are expected.

    The curves are those through the table of Gardner and Knopoff
    (``gardner1974sequence``), as ``vanstiphout2012seismicity`` gives them.

    Parameters
    ----------
    magnitude : array_like, shape (n_samples,)
        Magnitudes.

    Returns
    -------
    distance_km : ndarray, shape (n_samples,)
        Radius of the window [km].
    time_days : ndarray, shape (n_samples,)
        Its length [day].

    Raises
    ------
    ValueError
        If a magnitude is missing.

    Examples
    --------
    >>> [window.round(1).tolist() for window in gardner_knopoff_window([4.0, 7.0])]
    [[30.1, 70.7], [41.4, 918.1]]
    """
    distance_km = 10 ** (0.1238 * magnitude + 0.983)
    small, large = 0.5409 * magnitude - 0.547, 0.032 * magnitude + 2.7389
    return distance_km, 10 ** np.where(magnitude < 6.5, small, large)


@checked(also=check_events)
def gardner_knopoff(
    time_days: Vector,
    latitude_deg: Vector,
    longitude_deg: Vector,
    magnitude: Vector,
    foreshock_share: Number = 0.0,
) -> np.ndarray:
    """Let large earthquakes claim all smaller ones in a window of space and time.

    The largest earthquake comes first (of equal ones the earlier row). It claims what
    nobody has claimed within its window; what is claimed claims nothing.

    Parameters
    ----------
    time_days : array_like, shape (n_samples,)
        Origin times [day], in ascending order.
    latitude_deg, longitude_deg : array_like, shape (n_samples,)
        Epicentres [degree].
    magnitude : array_like, shape (n_samples,)
        Magnitudes.
    foreshock_share : float
        Length of the window before a mainshock, as a share of the one after it, from 0
        to 1.

    Returns
    -------
    ndarray of int, shape (n_samples,)
        Row of each earthquake's mainshock, its own row for a mainshock.

    Raises
    ------
    ValueError
        If the times are not in ascending order, a place is none on the globe, or a
        magnitude is missing or beyond 12.

    Examples
    --------
    >>> gardner_knopoff([0, 1, 2], [35, 35.1, -20], [140, 140, 50], [6, 4, 5]).tolist()
    [0, 0, 2]
    """
    number(least=0, most=1).check("foreshock_share", foreshock_share)
    where = places(latitude_deg, longitude_deg)
    reach_km, lasts = gardner_knopoff_window(magnitude)
    first = np.searchsorted(time_days, time_days - foreshock_share * lasts)
    last = np.searchsorted(time_days, time_days + lasts, side="right")
    mainshock = np.full(len(time_days), -1)
    for row in np.argsort(-magnitude, kind="stable"):
        if mainshock[row] < 0:
            near = np.arange(first[row], last[row])
            near = near[mainshock[near] < 0]
            near = near[arc_km(where[near], where[row]) <= reach_km[row]]
            mainshock[near] = mainshock[row] = row
    return mainshock


def check_look_ahead(shortest_days=1.0, longest_days=10.0, **events) -> None:
    """Refuse events out of order, and a longest look-ahead below the shortest."""
    check_events(**events)
    if longest_days < shortest_days:
        accepted = f"no less than shortest_days = {shortest_days:g}"
        raise wrong("longest_days", accepted, f"{longest_days:g}")


@checked(also=check_look_ahead)
def reasenberg(
    time_days: Vector,
    latitude_deg: Vector,
    longitude_deg: Vector,
    magnitude: Vector,
    effective_magnitude: Number = 1.5,
    n_radii: Positive = 10.0,
    shortest_days: Positive = 1.0,
    longest_days: Positive = 10.0,
    probability: Number = 0.95,
    raised_by: Number = 0.5,
) -> np.ndarray:
    """Link earthquakes that fall into each other's zone of interaction.

    An earthquake looks ahead: for `shortest_days` if it is alone or the largest of its
    cluster so far, else for as long as the next aftershock is awaited with the given
    probability (``reasenberg1985second``). What comes within `n_radii` crack radii of
    it, or within one of the cluster's largest, is linked. Distances are those of
    epicentres; errors of location are not allowed for.

    Parameters
    ----------
    time_days : array_like, shape (n_samples,)
        Origin times [day], in ascending order.
    latitude_deg, longitude_deg : array_like, shape (n_samples,)
        Epicentres [degree].
    magnitude : array_like, shape (n_samples,)
        Magnitudes.
    effective_magnitude : float
        Smallest magnitude of which the catalogue is complete.
    n_radii : float
        Radius of the zone in crack radii of ``0.011 * 10 ** (0.4 m)`` km.
    shortest_days, longest_days : float
        Limits of the look-ahead [day].
    probability : float
        Confidence that the next aftershock is awaited, between 0 and 1.
    raised_by : float
        Share of the largest magnitude by which `effective_magnitude` is raised in a
        cluster, from 0 to 1.

    Returns
    -------
    ndarray of int, shape (n_samples,)
        Row of the largest earthquake of each one's cluster (of equal ones the earlier),
        its own row where it is alone.

    Raises
    ------
    ValueError
        If the times are not in ascending order, a place is none on the globe, a
        magnitude is missing or beyond 12, or a parameter is out of its range.

    Examples
    --------
    >>> reasenberg([0, 0.5, 2], [35, 35.01, -20], [140, 140, 50], [6, 4, 5]).tolist()
    [0, 0, 2]
    """
    number(above=0, below=1).check("probability", probability)
    number(least=0, most=1).check("raised_by", raised_by)
    where = places(latitude_deg, longitude_deg)
    crack_km = 0.011 * 10 ** (0.4 * magnitude)
    clusters = Clusters(magnitude)
    wait = -np.log(1 - probability)
    for row in range(len(time_days)):
        top = clusters.largest(row)
        ahead = shortest_days
        if top != row:
            above = (1 - raised_by) * magnitude[top] - effective_magnitude
            rate = 10 ** (2 / 3 * (max(above, 0) - 1))
            ahead = wait * (time_days[row] - time_days[top]) / rate
            ahead = min(max(ahead, shortest_days), longest_days)
        stop = np.searchsorted(time_days, time_days[row] + ahead)
        later = where[row + 1 : stop]
        near = arc_km(later, where[row]) <= n_radii * crack_km[row]
        if ahead > shortest_days:
            near |= arc_km(later, where[top]) <= crack_km[top]
        for other in np.flatnonzero(near):
            clusters.link(row, row + 1 + other)
    return np.array([clusters.largest(row) for row in range(len(time_days))])


class Clusters:
    """Clusters that grow together; the largest event of each stands for it."""

    def __init__(self, magnitude: np.ndarray):
        """Begin with every event alone."""
        self.magnitude = magnitude.tolist()
        self.above = list(range(len(self.magnitude)))

    def largest(self, row: int) -> int:
        """Return the largest event of the cluster of an event."""
        while self.above[row] != row:
            self.above[row] = self.above[self.above[row]]
            row = self.above[row]
        return row

    def link(self, one: int, other: int) -> None:
        """Join two clusters under the larger of their largest events."""
        one, other = sorted((self.largest(one), self.largest(other)))
        if self.magnitude[other] > self.magnitude[one]:
            one, other = other, one
        self.above[other] = one
