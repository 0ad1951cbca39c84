"""The two groups of seismology that a split has to keep whole, by name."""

from __future__ import annotations

from .._arguments import Labels, RandomState, Watch, checked
from ._folds import Folds
from ._split import Split
from .folds import folds_by_group
from .splits import split_by_group


@checked
def split_by_event(
    events: Labels,
    *,
    test_size: float = 0.2,
    random_state: RandomState = None,
    watch: Watch | None = None,
) -> Split:
    """Split whole earthquakes, as `split_by_group` does.

    Parameters
    ----------
    events : array_like, shape (n_rows,)
        The earthquake of each row.
    test_size, random_state, watch
        As in `split_by_group`.

    Returns
    -------
    Split

    Examples
    --------
    >>> event = ["a", "a", "a", "b", "b", "c", "d", "e", "e", "e"]
    >>> split_by_event(event, random_state=0)
    Split by event: How well do we predict records of an earthquake we have never seen?
      train 7 rows, test 3 rows
      event: 0 of 1 in test are also in training
    """
    return split_by_group(
        events,
        kind="event",
        test_size=test_size,
        random_state=random_state,
        watch=watch,
    )


@checked
def folds_by_event(
    events: Labels,
    n_folds: int = 5,
    *,
    stratify: Labels | None = None,
    random_state: RandomState = None,
    watch: Watch | None = None,
) -> Folds:
    """Deal whole earthquakes into folds, as `folds_by_group` does.

    Parameters
    ----------
    events : array_like, shape (n_rows,)
        The earthquake of each row.
    n_folds : int
        Number of folds, from 2 to the number of groups.
    stratify, random_state, watch
        As in `folds_by_group`.

    Returns
    -------
    Folds

    Examples
    --------
    >>> folds = folds_by_event(["a", "a", "b", "c"], n_folds=3)
    >>> [split.test.tolist() for split in folds]
    [[0, 1], [3], [2]]
    """
    options = {"stratify": stratify, "random_state": random_state, "watch": watch}
    return folds_by_group(events, n_folds, kind="event", **options)


@checked
def folds_by_station(
    stations: Labels,
    n_folds: int = 5,
    *,
    stratify: Labels | None = None,
    random_state: RandomState = None,
    watch: Watch | None = None,
) -> Folds:
    """Deal whole stations into folds, as `folds_by_group` does.

    Parameters
    ----------
    stations : array_like, shape (n_rows,)
        The station of each row.
    n_folds : int
        Number of folds, from 2 to the number of groups.
    stratify, random_state, watch
        As in `folds_by_group`.

    Returns
    -------
    Folds

    Examples
    --------
    >>> folds_by_station(["ANMO", "TLY", "TLY"], n_folds=2).question
    'How well do we predict records of a station we have never seen?'
    """
    options = {"stratify": stratify, "random_state": random_state, "watch": watch}
    return folds_by_group(stations, n_folds, kind="station", **options)
