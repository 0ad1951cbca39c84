"""Which picks belong to one earthquake? Project them back and see where they meet."""

from __future__ import annotations

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
    placed = picks.merge(stations, on="station", how="left")
    grid = search_grid(stations, deepest_km, spacing_km, margin_km)
    check_room("spacing_km", spacing_km, len(grid) * max(len(picks), 1))
    width_s = tolerance_s + half_cell_s(spacing_km, travel_time)
    return back_project(placed, grid, travel_time, tolerance_s, width_s, min_picks)


def back_project(
    picks, grid, travel_time: Callable, tolerance_s, width_s, min_picks
) -> Association:
    """Take out one earthquake after the other, the one with most picks first."""
    event = np.full(len(picks), -1)
    found = []
    origin_s = origin_times(picks, grid, travel_time)
    free = np.arange(len(picks))  # picks that no earthquake has
    while len(free) >= min_picks:
        node, time_s, count = stack_origin_times(origin_s[:, free], width_s)
        if count < min_picks:
            break
        start = [time_s, *grid[node]]
        origin, own = gather(picks.iloc[free], start, travel_time, tolerance_s, width_s)
        if len(own) >= min_picks:
            event[free[own]] = len(found)
            found.append([*origin, len(own)])
            free = np.delete(free, own)
        else:  # they agreed by chance: the one nearest in time may not try again
            free = np.delete(free, np.argmin(np.abs(origin_s[node, free] - time_s)))
    return in_order(found, event)


def origin_times(picks, grid: np.ndarray, travel_time: Callable) -> np.ndarray:
    """Return when each pick's earthquake began from a node: (nodes, picks)."""
    x, y, depth = grid.T[..., None]
    origin_s = np.empty((len(grid), len(picks)))
    for phase in ("P", "S"):
        of = (picks["phase"] == phase).to_numpy()
        at = picks[of]
        distance = np.hypot(x - at["x_km"].to_numpy(), y - at["y_km"].to_numpy())
        depths = np.broadcast_to(depth, distance.shape)
        origin_s[:, of] = at["time_s"].to_numpy() - travel_time(distance, depths, phase)
    return origin_s


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
    best = (0, 0.0, 0)
    for node, times in enumerate(np.sort(origin_s, axis=1)):
        last = np.searchsorted(times, times + 2 * width_s, side="right")
        counts = last - np.arange(len(times))
        first = int(np.argmax(counts))
        if counts[first] > best[2]:
            agree = times[first : last[first]]
            best = (node, float(agree.mean()), int(counts[first]))
    return best


def gather(picks, start, travel_time, tolerance_s, width_s) -> tuple[np.ndarray, list]:
    """Refine an origin with the picks that fit it, each time within less."""
    origin, own = np.array(start), []
    for allowed_s in (width_s, (width_s + tolerance_s) / 2, tolerance_s, tolerance_s):
        own = fitting(picks, origin, travel_time, allowed_s)
        if len(own) >= 4:  # as many as an origin has unknowns
            origin = refine_origin(picks.iloc[own], origin, travel_time, tolerance_s)
    return origin, fitting(picks, origin, travel_time, tolerance_s)


def fitting(picks, origin, travel_time: Callable, allowed_s: float) -> list[int]:
    """Return the picks that fit an origin, of each station and phase the nearest."""
    own = origin_times(picks, origin[None, 1:], travel_time)[0]
    names = picks[["station", "phase"]].reset_index(drop=True)
    by_misfit = names.assign(misfit=np.abs(own - origin[0])).sort_values("misfit")
    fit = by_misfit[by_misfit["misfit"] <= allowed_s]
    return sorted(fit.drop_duplicates(["station", "phase"]).index)


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
