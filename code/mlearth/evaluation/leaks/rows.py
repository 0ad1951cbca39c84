"""Look for leaks in the rows of a split: groups, times, places, copies, features."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from ..._arguments import (
    Accepted,
    Column,
    Number,
    Positive,
    Table,
    Target,
    TrainTest,
    Watch,
    check_codes,
    check_places,
    checked,
    wrong,
)
from .._space_time import check_instants, within_km
from .fitted import what_fitting_saw
from .report import Leak, LeakReport
from .single import single_scores

Fitted = Annotated[
    Sequence,
    Accepted("a sequence of fitted estimators", lambda v: isinstance(v, list | tuple)),
]
ALWAYS = (
    "copies that differ in a digit, or in a column that is not in X",
    "what happened before X was made: a mean, a label or a choice from all data",
)


@checked
def find_leaks(
    X: Table,
    y: Target,
    split: TrainTest,
    *,
    groups: Watch | None = None,
    time: Column | None = None,
    latitude: Column | None = None,
    longitude: Column | None = None,
    near_km: Positive = 10.0,
    fitted: Fitted = (),
    suspicious: Number = 0.95,
) -> LeakReport:
    """Look for ways by which test rows reached the training.

    A finding is a question, not a verdict: stations on both sides are right where the
    question is a new earthquake at known stations.

    Parameters
    ----------
    X : array_like or DataFrame, shape (n_rows, n_features)
        Features of all rows, as they were before anything was fitted.
    y : array_like, shape (n_rows,)
        What is predicted: numbers or labels.
    split : Split or pair of int arrays
        Training rows and test rows.
    groups : dict of str to array_like, shape (n_rows,), optional
        What may not stand on both sides, by its kind: ``{"event": event_id}``.
    time : array_like, shape (n_rows,), optional
        Date or number of each row. Training rows later than the first test row are a
        leak if the model is to predict what comes.
    latitude, longitude : array_like, shape (n_rows,), optional
        Degrees. Test rows with a training row within `near_km` are a leak if the model
        is to predict new places.
    near_km : float
        Distance [km] below which places count as one.
    fitted : sequence of estimators
        Scalers, selectors, models or pipelines that were fitted to some rows of X. Each
        is fitted anew to the training rows, and must not change.
    suspicious : float
        From which skill on, 0 for chance and 1 for perfect, a feature is too good to
        be true alone; the skill is that of a small tree on the test rows.

    Returns
    -------
    LeakReport
        The leaks found, and what was not looked at.

    Raises
    ------
    ValueError
        If rows disagree, only one coordinate is given or an argument is out of range.

    Notes
    -----
    Leakage, its kinds and its damage: ``kaufman2012leakage``, ``kapoor2023leakage``.

    Examples
    --------
    >>> X = np.array([[0.0], [1.0], [2.0], [1.0]])
    >>> find_leaks(X, [3.0, 5.0, 4.0, 5.0], ([0, 1], [2, 3])).kinds
    ['duplicate']
    """
    n_rows = len(y)
    train, test = _rows(split, n_rows)
    if (latitude is None) != (longitude is None):
        raise wrong("longitude", "given together with latitude", "one of them")
    leaks, unseen = [], []
    leaks += _groups(groups or {}, train, test, n_rows)
    if not groups:
        unseen.append("groups that cross the split: no groups were given")
    if time is None:
        unseen.append("times that cross the split: no time was given")
    else:
        leaks += _times(_instants(time, n_rows), train, test)
    if latitude is None:
        unseen.append("neighbours across the split: no places were given")
    else:
        places = check_places(latitude, longitude)
        leaks += _places(*places, train, test, near_km)
    leaks += _copies(X, train, test)
    leaks += _features(X, y, train, test, suspicious)
    found, unknown = what_fitting_saw(fitted, X, y, train)
    if not fitted:
        unknown = ["what scalers and models were fitted to: none were given"]
    return LeakReport((*leaks, *found), (*unseen, *unknown, *ALWAYS))


def _rows(split: Any, n_rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the two sides, and insist that the rows exist and stand on one side."""
    train, test = (np.asarray(rows, dtype=int) for rows in split)
    if max(train.max(), test.max()) >= n_rows:
        raise wrong("split", f"rows of the {n_rows} of y", "a later row")
    if both := np.intersect1d(train, test).size:
        raise wrong("split", "two sides without a common row", f"{both} on both")
    return train, test


def _groups(
    groups: Mapping[str, ArrayLike], train: np.ndarray, test: np.ndarray, n_rows: int
) -> Iterator[Leak]:
    for kind, labels in groups.items():
        name = f"groups[{kind!r}]"
        codes, _ = check_codes(name, labels, length=n_rows, of="the rows")
        in_test = np.unique(codes[test])
        shared = int(np.isin(in_test, codes[train]).sum())
        if shared:
            said = f"{shared:,} of {in_test.size:,} in the test are in training too"
            yield Leak("group", kind, said)


def _instants(time: ArrayLike, n_rows: int) -> pd.Index:
    instants = check_instants(time)
    if len(instants) != n_rows:
        raise wrong("time", f"one value for each of the {n_rows} rows", len(instants))
    return instants


def _times(time: pd.Index, train: np.ndarray, test: np.ndarray) -> Iterator[Leak]:
    first = time[test].min()
    late = int((time[train] > first).sum())
    if late:
        day = f"{first:%Y-%m-%d}" if hasattr(first, "year") else f"{first:g}"
        said = f"{late:,} of {train.size:,} training rows come after the first of the "
        yield Leak("time", "time", f"{said}test ({day})")


def _places(
    latitude: np.ndarray,
    longitude: np.ndarray,
    train: np.ndarray,
    test: np.ndarray,
    near_km: float,
) -> Iterator[Leak]:
    near = int(within_km(latitude, longitude, test, train, near_km).sum())
    if near:
        said = f"{near:,} of {test.size:,} test rows have a training row within "
        yield Leak("place", "places", f"{said}{near_km:g} km")


def _copies(X: Any, train: np.ndarray, test: np.ndarray) -> Iterator[Leak]:
    hashes = pd.util.hash_pandas_object(pd.DataFrame(X), index=False).to_numpy()
    copies = int(np.isin(hashes[test], hashes[train]).sum())
    if copies:
        said = f"{copies:,} of {test.size:,} test rows have a training row with equal "
        yield Leak("duplicate", "X", f"{said}features")


def _features(
    X: Any, y: np.ndarray, train: np.ndarray, test: np.ndarray, suspicious: float
) -> Iterator[Leak]:
    for name, skill in single_scores(X, y, train, test):
        if skill >= suspicious:
            said = f"alone it has a skill of {skill:.2f} on the test (1 is perfect)"
            yield Leak("feature", name, said)
