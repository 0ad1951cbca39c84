"""The search behind `nearest_event`: blocks of time, a tree in each, bounds for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .._geodesy import EARTH_RADIUS_KM
from ._events import arc_km

BLOCK = 128
"""Events of the smallest block; each event is compared with so many before it."""

FAN = 8
"""Children of a node, and events of a leaf."""

AT_ONCE = 2**16
"""Pairs of an event and a node that are looked at together."""

SLACK = 1e-3
"""By how much bounds of ln(eta) are loosened: single precision errs by 1e-4 at most."""

SLACK_CHORD = 5e-7
"""The same for a straight line between two points of the unit sphere (3 m)."""


@dataclass(frozen=True)
class Events:
    """Events in the order of time, and the law of their proximity.

    Attributes
    ----------
    time : ndarray, shape (n,)
        Times [day].
    place : ndarray, shape (n, 3)
        Points of the unit sphere.
    penalty : ndarray, shape (n,)
        ``10 ** (-b * magnitude)``.
    dimension : float
        Power of the distance.
    shortest_km : float
        Distances below this one [km] count as this one.
    """

    time: np.ndarray
    place: np.ndarray
    penalty: np.ndarray
    dimension: float
    shortest_km: float

    @cached_property
    def n_before(self) -> np.ndarray:
        """How many events are truly earlier than each."""
        return np.searchsorted(self.time, self.time)

    @cached_property
    def log_penalty(self) -> np.ndarray:
        """Natural logarithms of the penalties, in single precision."""
        return np.log(self.penalty).astype(np.float32)

    @cached_property
    def since_last(self) -> np.ndarray:
        """Time since the last earlier event [day], 0 where none is earlier."""
        return self.time - self.time[np.maximum(self.n_before - 1, 0)]

    def distance_km(self, child: np.ndarray, parent: np.ndarray) -> np.ndarray:
        """Return distances along the surface [km], the shortest allowed at least."""
        surface = arc_km(self.place[child], self.place[parent])
        return np.maximum(surface, self.shortest_km)

    def proximity(self, child: np.ndarray, parent: np.ndarray) -> np.ndarray:
        """Return eta of pairs; a parent that is not earlier has an infinite one."""
        lag = self.time[child] - self.time[parent]
        near = self.distance_km(child, parent) ** self.dimension
        return np.where(lag > 0, lag * near * self.penalty[parent], np.inf)


class Best:
    """The nearest earlier event of each event, as far as it is known."""

    def __init__(self, events: Events):
        """Begin with the last earlier event, where there is one."""
        n = len(events.time)
        self.events = events
        self.eta, self.parent = np.full(n, np.inf), np.full(n, -1)
        self.bound = np.full(n, np.inf, dtype=np.float32)
        later = np.flatnonzero(events.n_before)
        self.offer(later, events.n_before[later] - 1)

    def offer(self, child: np.ndarray, parent: np.ndarray) -> None:
        """Keep the nearer of what is known and offered, the first row if equal."""
        eta = self.events.proximity(child, parent)
        fit = (eta <= self.eta[child]) & (eta < np.inf)
        child, parent, eta = child[fit], parent[fit], eta[fit]
        order = np.lexsort((parent, eta, child))
        first = order[np.diff(child[order], prepend=-1) > 0]
        child, parent, eta = child[first], parent[first], eta[first]
        won = (eta < self.eta[child]) | (parent < self.parent[child])
        child = child[won]
        self.eta[child], self.parent[child] = eta[won], parent[won]
        with np.errstate(divide="ignore"):
            level = np.log(eta[won]) - self.events.dimension * np.log(EARTH_RADIUS_KM)
        self.bound[child] = level + SLACK


@dataclass(frozen=True)
class Layer:
    """Nodes of one depth in rows of siblings: boxes, newest times, least penalties."""

    centre: list[np.ndarray]
    half: list[np.ndarray]
    newest: np.ndarray
    log_penalty: np.ndarray

    @classmethod
    def of(cls, events: Events, order: np.ndarray, fan: int) -> Layer:
        """Describe nodes whose events are the rows of `order`."""
        centre, half = [], []
        for axis in events.place.T:
            values = axis[order]
            low, high = values.min(1), values.max(1)
            centre.append(((low + high) / 2).astype(np.float32).reshape(-1, fan))
            wide = (high - low) / 2 + SLACK_CHORD
            half.append(wide.astype(np.float32).reshape(-1, fan))
        least = events.log_penalty[order].min(1)
        newest = events.time[order].max(1)
        return cls(centre, half, newest.reshape(-1, fan), least.reshape(-1, fan))


def grow(events: Events, order: np.ndarray) -> tuple[list[Layer], np.ndarray]:
    """Grow a tree in each block, a row of `order`; return layers and their leaves."""
    layers, n_splits = [], int(np.log2(order.shape[1] // FAN))
    fans = [2 ** (n_splits % 3)] * (n_splits % 3 > 0) + [FAN] * (n_splits // 3)
    for fan in fans:
        for split in range(int(np.log2(fan))):
            order = halves(events, order, by_size=split == 0)
        layers.append(Layer.of(events, order, fan))
    return [*layers, Layer.of(events, order.reshape(-1, 1), FAN)], order.ravel()


def halves(events: Events, order: np.ndarray, by_size: bool) -> np.ndarray:
    """Split each row at its median, of magnitude or along its widest axis."""
    if by_size:
        keys = events.penalty[order]
    else:
        values = events.place[order]
        axis = np.ptp(values, axis=1).argmax(1)
        keys = np.take_along_axis(values, axis[:, None, None], 2)[..., 0]
    middle = order.shape[1] // 2
    ranked = np.argpartition(keys, middle, axis=1)
    return np.take_along_axis(order, ranked, 1).reshape(-1, middle)


def pairs_of_blocks(n: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return first blocks, one a row, and the events of the second blocks."""
    starts = np.arange(0, n - size, 2 * size)
    first = starts[:, None] + np.arange(size)
    return first, np.flatnonzero(np.arange(n) // size % 2)


def search_blocks(best: Best, size: int) -> None:
    """Let every second block of `size` events search the block before it."""
    events = best.events
    first, child = pairs_of_blocks(len(events.time), size)
    child = child[(events.n_before[child] > 0) & (best.eta[child] > 0)]
    layers, leaves = grow(events, first)
    place = [axis.astype(np.float32) for axis in events.place.T]
    step = AT_ONCE // FAN
    todo = [
        (0, c, c // size // 2) for c in np.split(child, range(step, len(child), step))
    ]
    while todo:
        depth, child, node = todo.pop()
        if depth == len(layers):
            best.offer(child, leaves[node])
        elif len(child) > step:
            todo += [(depth, *part) for part in cut(child, node)]
        elif len(child):
            todo.append((depth + 1, *opened(best, place, layers[depth], child, node)))


def cut(child: np.ndarray, node: np.ndarray) -> Iterator[tuple]:
    """Yield the two halves of a list of pairs."""
    middle = len(child) // 2
    yield child[middle:], node[middle:]
    yield child[:middle], node[:middle]


def opened(best: Best, place: list, layer: Layer, child: np.ndarray, node: np.ndarray):
    """Return children of the nodes that may hold something as near as is known."""
    events = best.events
    square = 0.0
    for axis, centre, half in zip(place, layer.centre, layer.half, strict=True):
        gap = np.abs(centre[node] - axis[child][:, None]) - half[node]
        square = square + np.maximum(gap, 0) ** 2
    square = np.maximum(square, (events.shortest_km / EARTH_RADIUS_KM) ** 2)
    lag = np.maximum(
        events.time[child][:, None] - layer.newest[node],
        events.since_last[child][:, None],
    ).astype(np.float32)
    with np.errstate(divide="ignore"):
        log_eta = np.log(lag) + events.dimension / 2 * np.log(square)
    row, sibling = np.nonzero(
        log_eta + layer.log_penalty[node] <= best.bound[child][:, None]
    )
    return child[row], node[row] * layer.newest.shape[1] + sibling


def search_window(best: Best) -> None:
    """Compare each event with the events before it, as far back as a block."""
    events = best.events
    for start in range(0, len(events.time), AT_ONCE // FAN):
        stop = min(start + AT_ONCE // FAN, len(events.time))
        for lag in range(1, min(BLOCK, stop)):
            child = np.arange(max(start, lag), stop)
            near = within_bound(best, slice(max(start, lag), stop), lag)
            best.offer(child[near], child[near] - lag)


def within_bound(best: Best, child: slice, lag: int) -> np.ndarray:
    """Tell which events may have their nearest so many events earlier."""
    events = best.events
    parent = slice(child.start - lag, child.stop - lag)
    gap = events.place[child] - events.place[parent]
    square = (gap[:, 0] ** 2 + gap[:, 1] ** 2 + gap[:, 2] ** 2).astype(np.float32)
    square = np.maximum(square, (events.shortest_km / EARTH_RADIUS_KM) ** 2)
    days = (events.time[child] - events.time[parent]).astype(np.float32)
    with np.errstate(divide="ignore"):
        log_eta = np.log(days) + events.dimension / 2 * np.log(square)
        log_eta += events.log_penalty[parent]
    return np.flatnonzero(log_eta <= best.bound[child])
