"""A trained recurrent network that links picks, run forward in NumPy.

It looks at a pick, the *root*, and at the picks that follow, and says of each how
likely the earthquake of the root made it too. Its weights lie beside this file;
``tools/train_linker.py`` made them, with Keras.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from .._arguments import (
    Count,
    Positive,
    Vector,
    check_matrix,
    check_room,
    check_table,
    checked,
    wrong,
)
from ..learners import sigmoid, unroll

__all__ = ["link_probability", "pick_windows", "window_features"]

WEIGHTS = Path(__file__).with_name("pick_linker.npz")
AT_ONCE = 512
"""Windows that are run together: the states of more would fill the memory."""


def _room(time_s, length=96, **_: object) -> None:
    check_room("length", length, len(time_s) * length)


@checked(also=_room)
def pick_windows(
    time_s: Vector, length: Count = 96, longest_s: Positive = 30.0
) -> np.ndarray:
    """Return for each pick the pick itself and those that follow it.

    Parameters
    ----------
    time_s : array_like, shape (n_picks,)
        Times of the picks [s], ascending.
    length : int
        Most picks of a window, the root among them.
    longest_s : float
        Latest pick of a window, after its root [s].

    Returns
    -------
    ndarray of int, shape (n_picks, length)
        Rows of the picks, the root first; -1 where a window has no more.

    Raises
    ------
    ValueError
        If the times do not ascend, or an argument is not as described.

    Examples
    --------
    >>> pick_windows([0.0, 1.0, 5.0], length=2, longest_s=3.0).tolist()
    [[0, 1], [1, -1], [2, -1]]
    """
    if np.any(np.diff(time_s) < 0):
        raise wrong("time_s", "times that ascend", "others")
    n_picks = len(time_s)
    row = np.arange(n_picks)[:, None] + np.arange(length)
    inside = row < n_picks
    row = np.minimum(row, n_picks - 1)
    inside &= time_s[row] <= time_s[:, None] + longest_s
    return np.where(inside, row, -1)


def window_features(
    picks: pd.DataFrame, stations: pd.DataFrame, windows: np.ndarray
) -> np.ndarray:
    """Return what the network sees of each pick of a window.

    Parameters
    ----------
    picks : pandas.DataFrame
        ``station``, ``phase`` ("P" or "S") and ``time_s``, sorted by time.
    stations : pandas.DataFrame
        ``station`` (names, each once), ``x_km`` and ``y_km``.
    windows : ndarray of int, shape (n_windows, length)
        Of :func:`pick_windows`.

    Returns
    -------
    ndarray of float, shape (n_windows, length, 6)
        Seconds after the root, over 15; the way from its station to this one, east,
        north and straight, over 50 km; 1 where the pick is an S; 1 where the root is.
        Zeros where a window has no pick.

    Raises
    ------
    ValueError
        If a pick's station or phase is unknown, or the times do not ascend.

    Examples
    --------
    >>> net = pd.DataFrame({"station": ["A", "B"], "x_km": [0.0, 30.0], "y_km": 0.0})
    >>> picks = pd.DataFrame({"station": ["A", "B"], "phase": "P", "time_s": [0, 3]})
    >>> window_features(picks, net, pick_windows(picks.time_s, 2))[0, 1].tolist()
    [0.2, 0.6, 0.0, 0.6, 0.0, 0.0]
    """
    times, x, y, is_s = located(picks, stations)
    windows = check_windows(windows, len(times))
    root = windows[:, :1]
    late = (times[windows] - times[root]) / 15
    east, north = (x[windows] - x[root]) / 50, (y[windows] - y[root]) / 50
    from_root = np.broadcast_to(is_s[root], late.shape)
    parts = [late, east, north, np.hypot(east, north), is_s[windows], from_root]
    return np.where((windows >= 0)[..., None], np.stack(parts, axis=-1), 0.0)


def link_probability(
    picks: pd.DataFrame, stations: pd.DataFrame, windows: np.ndarray
) -> np.ndarray:
    """Ask the trained network which picks the earthquake of the root made.

    Parameters
    ----------
    picks, stations, windows
        As in :func:`window_features`.

    Returns
    -------
    ndarray of float, shape (n_windows, length)
        How likely each pick of a window is one of the root's earthquake; 0 where the
        window has none.

    Raises
    ------
    ValueError
        If a pick's station or phase is unknown, or the times do not ascend.

    Notes
    -----
    The idea is that of ``ross2019phaselink``. It was trained with networks of 20
    stations in a square of 100 km, with speeds of 6 and 3.5 km/s.

    Examples
    --------
    >>> net = pd.DataFrame({"station": ["A", "B"], "x_km": [0.0, 30.0], "y_km": 0.0})
    >>> picks = pd.DataFrame({"station": ["A", "B"], "phase": "P", "time_s": [0, 3]})
    >>> link_probability(picks, net, pick_windows(picks.time_s, 2)).shape
    (2, 2)
    """
    features = window_features(picks, stations, windows)
    inside = np.asarray(windows) >= 0
    said = np.zeros(inside.shape)
    longest = int(inside.sum(axis=1).max(initial=0))
    for first in range(0, len(features), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        if longest:
            there = inside[some, :longest]
            said[some, :longest] = run_linker(features[some, :longest], there)
    return np.where(inside, said, 0.0)


def run_linker(features: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Run the two recurrent layers, each both ways, and the last unit."""
    weights = linker_weights()
    state = features
    for layer in ("first", "second"):
        ahead, back = (weights[f"{layer}_{way}"] for way in ("ahead", "back"))
        forth = unroll(ahead, state, "gru", there)
        reverse = unroll(back, state[:, ::-1], "gru", there[:, ::-1])[:, ::-1]
        state = np.concatenate([forth, reverse], axis=2)
    W, b = weights["last"]
    return sigmoid(state @ W[:, 0] + b[0])


@cache
def linker_weights() -> dict[str, tuple[np.ndarray, ...]]:
    """Read the weights: of each layer and way W, U and b."""
    with np.load(WEIGHTS) as file:
        names = sorted({name.rsplit("_", 1)[0] for name in file.files})
        return {
            name: tuple(
                file[f"{name}_{part}"].astype(float)
                for part in "WUb"
                if f"{name}_{part}" in file.files
            )
            for name in names
        }


def check_windows(windows, n_picks: int) -> np.ndarray:
    """Return windows as integers, each -1 or a row that there is."""
    array = check_matrix("windows", windows)
    if np.asarray(windows).dtype.kind == "b":
        raise wrong("windows", "rows of picks", "truth values")
    bad = array[(array < -1) | (array >= n_picks) | (array % 1 != 0)]
    if bad.size:
        raise wrong("windows", f"rows of {n_picks} picks, from 0, or -1", f"{bad[0]:g}")
    return array.astype(int)


def located(picks: pd.DataFrame, stations: pd.DataFrame) -> tuple[np.ndarray, ...]:
    """Return times, places and a 1 for S, of picks that are sorted."""
    stations = check_table("stations", stations, ("x_km", "y_km"), ("station",))
    picks = check_table("picks", picks, ("time_s",), ("station", "phase"))
    if stations["station"].duplicated().any():
        raise wrong("stations", "stations of different names", "one twice")
    unknown = set(picks["station"]) - set(stations["station"])
    if unknown:
        raise wrong("picks", "of stations that are in stations", str(min(unknown)))
    if set(picks["phase"]) - {"P", "S"}:
        raise wrong("picks", "of the phases P and S", "others")
    times = picks["time_s"].to_numpy(float)
    if np.any(np.diff(times) < 0):
        raise wrong("picks", "sorted by time_s", "another order")
    at = stations.set_index("station").loc[picks["station"]]
    is_s = (picks["phase"] == "S").to_numpy(float)
    return times, at["x_km"].to_numpy(float), at["y_km"].to_numpy(float), is_s
