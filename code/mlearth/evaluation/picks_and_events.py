"""How good are picks, and how good are the events made of them?"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from .._arguments import (
    Count,
    Positive,
    check_same_rows,
    check_table,
    check_vector,
    checked,
    wrong,
)

__all__ = ["EventScore", "PickScore", "score_events", "score_picks"]

ORIGIN = ("time_s", "x_km", "y_km", "depth_km")


class PickScore(NamedTuple):
    """How well picks match the true ones.

    Attributes
    ----------
    precision, recall, f1 : float
        Shares of the found and of the true picks that match, and their harmonic mean;
        NaN where there are none to share.
    n_true, n_found, n_matched : int
        Counts.
    residual_s : ndarray, shape (n_matched,)
        Found minus true time of the matched picks [s].
    """

    precision: float
    recall: float
    f1: float
    n_true: int
    n_found: int
    n_matched: int
    residual_s: np.ndarray


class EventScore(NamedTuple):
    """How well events match the true ones.

    Attributes
    ----------
    precision, recall, f1 : float
        Shares of the found and of the true events that match, and their harmonic
        mean; NaN where there are none to share.
    n_true, n_found, n_matched : int
        Counts.
    purity : float
        Share of a matched event's picks that are its true event's, averaged.
    completeness : float
        Share of the true event's picks that the matched event has, averaged.
    error : pandas.DataFrame
        Of each match ``true`` and ``found`` (rows), ``time_s``, ``epicentre_km`` and
        ``depth_km``: found minus true, the second a distance.
    """

    precision: float
    recall: float
    f1: float
    n_true: int
    n_found: int
    n_matched: int
    purity: float
    completeness: float
    error: pd.DataFrame


@checked
def score_picks(
    true_picks: pd.DataFrame, found_picks: pd.DataFrame, tolerance_s: Positive = 0.5
) -> PickScore:
    """Match found picks with true ones, one to one, and count.

    A pick matches one of its own station and phase that is at most `tolerance_s`
    away. There are as many matches as can be: a true pick is found once, and a
    second pick of it is a false one.

    Parameters
    ----------
    true_picks, found_picks : pandas.DataFrame
        ``station``, ``phase`` and ``time_s``, in any order.
    tolerance_s : float
        Largest time between a pick and its match [s].

    Returns
    -------
    PickScore

    Raises
    ------
    ValueError
        If a table lacks a column, or a time is missing.

    Examples
    --------
    >>> true = pd.DataFrame({"station": ["A", "A"], "phase": "P", "time_s": [1.0, 9.0]})
    >>> found = true.assign(time_s=[1.25, 1.0])
    >>> score_picks(true, found).f1
    0.5
    """
    names = ("station", "phase")
    true = check_table("true_picks", true_picks, ("time_s",), names)
    found = check_table("found_picks", found_picks, ("time_s",), names)
    theirs = {key: part["time_s"] for key, part in found.groupby([*names])}
    residuals = [np.empty(0)]
    for key, part in true.groupby([*names]):
        if key in theirs:
            a, b = np.sort(part["time_s"]), np.sort(theirs[key])
            i, j = match_picks(a, b, tolerance_s).T
            residuals.append(b[j] - a[i])
    residual_s = np.concatenate(residuals)
    n = len(residual_s)
    return PickScore(*shares(len(true), len(found), n), n, residual_s)


def match_picks(true_s: np.ndarray, found_s: np.ndarray, tolerance_s: float):
    """Pair two ascending lists of times one to one, as often as can be.

    Whichever list is behind moves on; the earliest partner is taken. No other pairing
    has more pairs: giving the earliest pick its earliest partner leaves the most.

    Parameters
    ----------
    true_s, found_s : ndarray, shapes (n,) and (m,)
        Times [s], ascending.
    tolerance_s : float
        Largest time between partners [s].

    Returns
    -------
    ndarray of int, shape (n_pairs, 2)
        Places of the partners in the two lists.
    """
    pairs, i, j = [], 0, 0
    # Match: whichever list is behind moves on, after a pair both
    while i < len(true_s) and j < len(found_s):
        late = found_s[j] - true_s[i]
        if abs(late) <= tolerance_s:
            pairs.append((i, j))
        i, j = i + (late >= -tolerance_s), j + (late <= tolerance_s)
    return np.array(pairs, dtype=int).reshape(-1, 2)


@checked
def score_events(
    true_events: pd.DataFrame,
    true_event: np.ndarray,
    found_events: pd.DataFrame,
    found_event: np.ndarray,
    min_picks: Count = 1,
) -> EventScore:
    """Match found events with true ones by the picks that they share, and count.

    A found event matches the true event that made more than half of its picks, and
    each true event matches once: pairs are chosen so that they share most picks.

    Parameters
    ----------
    true_events : pandas.DataFrame
        ``time_s``, ``x_km``, ``y_km`` and ``depth_km``.
    true_event : array_like of int, shape (n_picks,)
        Row of the event to which each pick belongs, -1 for none.
    found_events : pandas.DataFrame
        The same columns.
    found_event : array_like of int, shape (n_picks,)
        The same of the same picks, in the same order.
    min_picks : int
        True events with fewer picks, >= 1, could not be found and do not count; nor
        does a found event that is one of them.

    Returns
    -------
    EventScore

    Raises
    ------
    ValueError
        If a pick belongs to no row, the picks differ in number, or a table lacks a
        column.

    Examples
    --------
    >>> one = pd.DataFrame({"time_s": [0.0], "x_km": 0.0, "y_km": 0.0, "depth_km": 5.0})
    >>> score = score_events(one, [0, 0, 0, -1], one, [0, 0, -1, 0])
    >>> score.f1, round(score.purity, 2)
    (1.0, 0.67)
    """
    check_same_rows(true_event=true_event, found_event=found_event)
    truth = check_table("true_events", true_events, ORIGIN)
    found = check_table("found_events", found_events, ORIGIN)
    owner = check_owner("true_event", true_event, len(truth))
    claim = check_owner("found_event", found_event, len(found))
    common = shared_picks(owner, claim, len(truth), len(found))
    of_true = np.bincount(owner[owner >= 0], minlength=len(truth))
    of_found = np.bincount(claim[claim >= 0], minlength=len(found))
    counted = of_true >= min_picks
    mostly = 2 * common > of_found
    allowed = common * (mostly & counted[:, None])
    n_found = int(np.sum(~mostly[~counted].any(axis=0)))
    rows, columns = linear_sum_assignment(-allowed)
    pair = allowed[rows, columns] > 0
    i, j = rows[pair], columns[pair]
    both = common[i, j]
    return EventScore(
        *shares(int(counted.sum()), n_found, len(i)),
        len(i),
        mean(both / of_found[j]),
        mean(both / of_true[i]),
        origin_errors(truth, found, i, j),
    )


def shared_picks(owner, claim, n_true: int, n_found: int) -> np.ndarray:
    """Count the picks that each true and each found event share."""
    both = (owner >= 0) & (claim >= 0)
    common = np.zeros((n_true, n_found), dtype=int)
    np.add.at(common, (owner[both], claim[both]), 1)
    return common


def origin_errors(truth, found, i: np.ndarray, j: np.ndarray) -> pd.DataFrame:
    """Return how far the origins of matched events are apart."""
    a, b = truth.iloc[i].to_numpy(), found.iloc[j].to_numpy()
    time_s, x, y, depth = (b - a).T if len(i) else np.empty((4, 0))
    error = {"time_s": time_s, "epicentre_km": np.hypot(x, y), "depth_km": depth}
    return pd.DataFrame({"true": i, "found": j} | error)


def shares(n_true: int, n_found: int, n_matched: int) -> tuple:
    """Return precision, recall and F1 with the two counts they are shares of."""
    precision = n_matched / n_found if n_found else float("nan")
    recall = n_matched / n_true if n_true else float("nan")
    f1 = 2 * n_matched / (n_true + n_found) if n_true + n_found else float("nan")
    return precision, recall, f1, n_true, n_found


def mean(values: np.ndarray) -> float:
    """Return the mean, NaN of nothing."""
    return float(values.mean()) if len(values) else float("nan")


def check_owner(name: str, values: Any, n_events: int) -> np.ndarray:
    """Return the rows of events as integers, each -1 or a row that there is."""
    if np.shape(values) == (0,) and not isinstance(values, str):
        return np.empty(0, dtype=int)  # no picks at all
    array = check_vector(name, values)
    bad = array[(array < -1) | (array >= n_events) | (array % 1 != 0)]
    if bad.size:
        accepted = f"rows of {n_events} events, from 0, or -1"
        raise wrong(name, accepted, f"{bad[0]:g}")
    return array.astype(int)
