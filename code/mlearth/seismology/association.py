"""Which picks belong to one earthquake? Project them back and see where they meet."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from .._arguments import (
    Count,
    Function,
    Matrix,
    NotNegative,
    Positive,
    check_room,
    check_table,
    checked,
    wrong,
)
from .arrivals import Arrivals
from .refine import refine_origin
from .straight_rays import StraightRays

__all__ = ["Association", "associate", "stack_origin_times"]


class Association(NamedTuple):
    """Events, and which picks make each of them.

    Attributes
    ----------
    events : pandas.DataFrame
        ``time_s``, ``x_km``, ``y_km``, ``depth_km`` and ``n_picks``, sorted by time.
    event : ndarray of int, shape (n_picks,)
        Row of the event to which each pick belongs, in the order of the picks that
        were given; -1 for none.
    """

    events: pd.DataFrame
    event: np.ndarray


@checked
def associate(
    picks: pd.DataFrame,
    stations: pd.DataFrame,
    associator: Literal["back_projection", "pyocto"] = "back_projection",
    travel_time: Function = StraightRays(),  # noqa: B008 (frozen)
    deepest_km: Positive = 20.0,
    spacing_km: Positive = 10.0,
    tolerance_s: Positive = 1.0,
    min_picks: Count = 6,
    margin_km: NotNegative = 10.0,
) -> Association:
    """Find earthquakes among picks.

    Back-projection subtracts from each pick the travel time from a node of a grid.
    Where and when most of these origin times agree, an earthquake is; its picks are
    taken away, and the next one is looked for. PyOcto, ``munchmeyer2024pyocto``,
    splits space and time instead of filling a grid.

    Parameters
    ----------
    picks : pandas.DataFrame
        ``station``, ``phase`` ("P" or "S") and ``time_s``, in any order.
    stations : pandas.DataFrame
        ``station`` (names, each once), ``x_km`` and ``y_km``.
    associator : {"back_projection", "pyocto"}
        Ours, or PyOcto where it is installed.
    travel_time : callable
        Takes epicentral distances [km], depths [km] and "P" or "S", gives times [s];
        for PyOcto a :class:`StraightRays`.
    deepest_km : float
        Earthquakes are looked for from the surface to here [km].
    spacing_km : float
        Of the grid's nodes, and PyOcto's smallest node [km].
    tolerance_s : float
        How far a pick may be from its predicted time [s].
    min_picks : int
        Fewest picks of an earthquake.
    margin_km : float
        How far about the stations earthquakes are looked for [km].

    Returns
    -------
    Association

    Raises
    ------
    ValueError
        If a pick's station or phase is unknown, or an argument is none of these.
    ModuleNotFoundError
        If PyOcto is asked for and not installed.

    Examples
    --------
    >>> from mlearth.simulators import Picker, make_network, simulate_picks
    >>> data, truth, *_ = vars(simulate_picks(make_network("ring", 8))).values()
    >>> found = associate(data.picks, data.stations)
    >>> len(found.event) == len(data.picks)
    True
    """
    stations = check_table("stations", stations, ("x_km", "y_km"), ("station",))
    picks = check_table("picks", picks, ("time_s",), ("station", "phase"))
    check_network(picks, stations)
    if associator == "pyocto":
        from .pyocto_peer import associate_with_pyocto

        return associate_with_pyocto(
            picks,
            stations,
            travel_time,
            deepest_km,
            spacing_km,
            tolerance_s,
            min_picks,
            margin_km,
        )
    arrivals = arrivals_of(picks, stations)
    grid = search_grid(stations, deepest_km, spacing_km, margin_km)
    check_room("spacing_km", spacing_km, len(grid) * max(len(picks), 1))
    width_s = tolerance_s + half_cell_s(spacing_km, travel_time)
    return back_project(arrivals, grid, travel_time, tolerance_s, width_s, min_picks)


def arrivals_of(picks: pd.DataFrame, stations: pd.DataFrame) -> Arrivals:
    """Put picks at the places of their stations."""
    placed = picks.merge(stations, on="station", how="left")
    who = placed.groupby(["station", "phase"]).ngroup().to_numpy()
    columns = placed[["time_s", "x_km", "y_km"]].to_numpy().T
    return Arrivals(who, (placed["phase"] == "P").to_numpy(), *columns)


def back_project(
    arrivals: Arrivals, grid, travel_time: Callable, tolerance_s, width_s, min_picks
) -> Association:
    """Take out one earthquake after the other, the one with most picks first."""
    n_picks = len(arrivals.time_s)
    event = np.full(n_picks, -1)
    found = []
    origin_s = origin_times(arrivals, grid, travel_time)
    free = np.arange(n_picks)  # picks that no earthquake has
    while len(free) >= min_picks:
        node, time_s, count = stack_origin_times(origin_s[:, free], width_s)
        if count < min_picks:
            break
        start = [time_s, *grid[node]]
        left = arrivals.take(free)
        origin, own = gather(left, start, travel_time, tolerance_s, width_s)
        if len(own) >= min_picks:
            event[free[own]] = len(found)
            found.append([*origin, len(own)])
            free = np.delete(free, own)
        else:  # they agreed by chance: the one nearest in time may not try again
            free = np.delete(free, np.argmin(np.abs(origin_s[node, free] - time_s)))
    return in_order(found, event)


def origin_times(arrivals: Arrivals, grid: np.ndarray, travel_time: Callable):
    """Return when each pick's earthquake began from a node: (nodes, picks)."""
    x, y, depth = grid.T[..., None]
    distance = np.hypot(x - arrivals.x_km, y - arrivals.y_km)
    depths = np.broadcast_to(depth, distance.shape)
    return arrivals.time_s - arrivals.travel_times(distance, depths, travel_time)


@checked
def stack_origin_times(
    origin_s: Matrix, width_s: NotNegative
) -> tuple[int, float, int]:
    """Find the node and the moment where most origin times agree.

    Parameters
    ----------
    origin_s : ndarray, shape (n_nodes, n_picks)
        When each pick's earthquake began if it struck at a node [s].
    width_s : float
        Origin times agree if they lie within twice this [s].

    Returns
    -------
    node : int
        The first of the best nodes.
    time_s : float
        Mean of the origin times that agree there [s].
    count : int
        How many they are.

    Raises
    ------
    ValueError
        If an origin time is missing, or `width_s` is below 0.

    Examples
    --------
    >>> stack_origin_times([[0.0, 3.0, 6.0], [5.5, 9.0, 5.0]], width_s=0.25)
    (1, 5.25, 2)
    """
    times = np.sort(origin_s, axis=1)
    n = times.shape[1]

    def agree(count: int) -> np.ndarray:
        return times[:, count - 1 :] <= times[:, : n - count + 1] + 2 * width_s

    # where many agree, fewer do: halve what the largest count may be
    count = bisect(range(2, n + 1), False, key=lambda many: not agree(many).any()) + 1
    node, first = np.argwhere(agree(count))[0]
    return int(node), float(times[node, first : first + count].mean()), count


def gather(
    arrivals: Arrivals, start, travel_time, tolerance_s, width_s
) -> tuple[np.ndarray, np.ndarray]:
    """Refine an origin with the picks that fit it, each time within less."""
    origin = np.array(start)
    for allowed_s in (width_s, (width_s + tolerance_s) / 2, tolerance_s, tolerance_s):
        own = fitting(arrivals, origin, travel_time, allowed_s)
        if len(own) >= 4:  # as many as an origin has unknowns
            origin = refine_origin(arrivals.take(own), origin, travel_time, tolerance_s)
    return origin, fitting(arrivals, origin, travel_time, tolerance_s)


def fitting(
    arrivals: Arrivals, origin, travel_time: Callable, allowed_s: float
) -> np.ndarray:
    """Return the picks that fit an origin, of each station and phase the nearest."""
    own = origin_times(arrivals, origin[None, 1:], travel_time)[0]
    misfit = np.abs(own - origin[0])
    nearest_first = np.argsort(misfit, kind="stable")
    fit = nearest_first[misfit[nearest_first] <= allowed_s]
    _, first = np.unique(arrivals.who[fit], return_index=True)
    return np.sort(fit[first])


def in_order(found: list, event: np.ndarray) -> Association:
    """Number the events by their times."""
    columns = ["time_s", "x_km", "y_km", "depth_km", "n_picks"]
    events = pd.DataFrame(found, columns=columns, dtype=float)
    events = events.astype({"n_picks": int}).sort_values("time_s", kind="stable")
    rank = np.full(len(found) + 1, -1)  # the last stands for none
    rank[events.index] = np.arange(len(found))
    return Association(events.reset_index(drop=True), rank[event])


def search_grid(stations, deepest_km, spacing_km, margin_km) -> np.ndarray:
    """Return the nodes of a grid about the stations: (nodes, 3) of x, y and depth."""
    ends = [(0, deepest_km)]
    for column in ("y_km", "x_km"):
        values = stations[column]
        ends.append((values.min() - margin_km, values.max() + margin_km))
    sides = [np.ceil((high - low) / spacing_km) + 1 for low, high in reversed(ends)]
    check_room("spacing_km", spacing_km, np.prod(sides))
    x, y, depth = (
        np.linspace(low, high, int(side))
        for (low, high), side in zip(reversed(ends), sides, strict=True)
    )
    return np.stack(np.meshgrid(x, y, depth, indexing="ij"), axis=-1).reshape(-1, 3)


def half_cell_s(spacing_km: float, travel_time: Callable) -> float:
    """Return how late an S wave is that began half a cell from its node [s]."""
    return float(travel_time(np.array([spacing_km / 2]), np.zeros(1), "S")[0])


def check_network(picks: pd.DataFrame, stations: pd.DataFrame) -> None:
    """Refuse no stations, names that stand twice, and picks of unknown names."""
    if stations.empty:
        raise wrong("stations", "at least one station", "none")
    twice = stations["station"][stations["station"].duplicated()].unique()
    if twice.size:
        raise wrong("stations", "stations of different names", f"{twice[0]!r} twice")
    unknown = set(picks["station"]) - set(stations["station"])
    if unknown:
        got = f"{len(unknown)} others, such as {min(map(str, unknown))!r}"
        raise wrong("picks", "of stations that are in stations", got)
    other = set(picks["phase"]) - {"P", "S"}
    if other:
        raise wrong("picks", "of the phases P and S", repr(min(map(str, other))))
