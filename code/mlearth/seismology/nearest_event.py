"""Which earlier earthquake is nearest in time, space and magnitude."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .._arguments import NotNegative, Vector, checked
from ._events import Dimension, Slope, check_events, places
from ._time_blocks import BLOCK, Best, Events, search_blocks, search_window

__all__ = ["NearestEvent", "nearest_event"]


class NearestEvent(NamedTuple):
    """The nearest earlier event of each event of a catalogue.

    Attributes
    ----------
    parent : ndarray of int, shape (n_samples,)
        Row of the nearest earlier event, -1 where none is earlier.
    proximity : ndarray, shape (n_samples,)
        The proximity eta to it [day km^d], infinite where there is none.
    rescaled_time : ndarray, shape (n_samples,)
        ``(t_j - t_i) * 10 ** (-b m_i / 2)`` [day].
    rescaled_distance : ndarray, shape (n_samples,)
        ``r ** d * 10 ** (-b m_i / 2)`` [km^d]; the product of both is the proximity.
    """

    parent: np.ndarray
    proximity: np.ndarray
    rescaled_time: np.ndarray
    rescaled_distance: np.ndarray


@checked(also=check_events)
def nearest_event(
    time_days: Vector,
    latitude_deg: Vector,
    longitude_deg: Vector,
    magnitude: Vector,
    b_value: Slope = 1.0,
    fractal_dimension: Dimension = 1.6,
    shortest_km: NotNegative = 0.0,
) -> NearestEvent:
    """Find the nearest earlier event of each event, exactly.

    The proximity of an event j and an earlier one i is ``eta = (t_j - t_i) * r ** d *
    10 ** (-b m_i)``, in which r is the distance of their epicentres and d the fractal
    dimension (``zaliapin2008clustering``, ``zaliapin2013earthquakea``). Earlier means
    truly earlier: of two events at one time none is the other's parent. If several
    earlier events are equally near, the first row of them wins.

    Every pair is either measured or proven to be farther than what is known. Each event
    is compared with the last hundred before it, which gives a bound. What is older lies
    in blocks of time, each twice as long as the one after it, and in each block a tree
    of boxes in space and magnitude is opened only where its bound is lower. Memory
    grows with the number of events, work little faster.

    Parameters
    ----------
    time_days : array_like, shape (n_samples,)
        Origin times [day] from any epoch, in ascending order.
    latitude_deg, longitude_deg : array_like, shape (n_samples,)
        Epicentres [degree].
    magnitude : array_like, shape (n_samples,)
        Magnitudes.
    b_value : float
        The b of the penalty, from 0 to 10.
    fractal_dimension : float
        Dimension d of the epicentres, above 0 and at most 10.
    shortest_km : float
        Distances below this one [km] count as this one, such as the error of a
        location. With 0, the default, two events at one place have proximity 0.

    Returns
    -------
    NearestEvent

    Raises
    ------
    ValueError
        If the times are not in ascending order, a place is none on the globe, or a
        magnitude is missing or beyond 12.

    Examples
    --------
    An aftershock 11 km beside an earlier earthquake, and another one far away:

    >>> found = nearest_event([0, 1, 2], [35, 35.1, -20], [140, 140, 50], [6, 4, 5])
    >>> found.parent.tolist(), np.log10(found.proximity).round(1).tolist()
    ([-1, 0, 0], [inf, -4.3, 0.8])
    """
    penalty = 10.0 ** (-b_value * magnitude)
    where = places(latitude_deg, longitude_deg)
    events = Events(time_days, where, penalty, fractal_dimension, shortest_km)
    best = first_of_place(events) if shortest_km == 0 else Best(events)
    search_window(best)
    size = BLOCK
    while size < len(time_days):
        search_blocks(best, size)
        size *= 2
    return rescaled(events, best)


def first_of_place(events: Events) -> Best:
    """Begin with proximity 0 wherever an earlier event has the very same place."""
    best = Best(events)
    names = events.place + 0.0  # no negative zeros
    _, first, place = np.unique(names, axis=0, return_index=True, return_inverse=True)
    first = first[place.ravel()]
    child = np.flatnonzero(events.time[first] < events.time)
    best.offer(child, first[child])
    return best


def rescaled(events: Events, best: Best) -> NearestEvent:
    """Return what was found with its proximity split into time and distance."""
    n = len(events.time)
    time, distance = np.full(n, np.inf), np.full(n, np.inf)
    child = np.flatnonzero(best.parent >= 0)
    parent = best.parent[child]
    half = np.sqrt(events.penalty[parent])
    time[child] = (events.time[child] - events.time[parent]) * half
    distance[child] = events.distance_km(child, parent) ** events.dimension * half
    return NearestEvent(best.parent, best.eta, time, distance)
