"""Splits that are new in two ways at once: a new earthquake at a new station.

A record belongs to an earthquake and to a station. A model that is to serve a new
earthquake at a new station may be trained on neither, so the records that share just
one of the two with the test stand on no side. The split says how many there are.
"""

from __future__ import annotations

from itertools import product
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import (
    Accepted,
    Count,
    Labels,
    RandomState,
    Watch,
    check_codes,
    check_same_rows,
    checked,
    wrong,
)
from ._folds import Folds, Pair, check_folds, declare_all
from ._split import Split, declare, seed_from, watched_groups
from .folds import folds_by_group
from .splits import split_by_group

Kinds = Annotated[
    tuple[str, str],
    Accepted(
        "two different words, such as ('event', 'station')",
        lambda value: (
            isinstance(value, tuple | list)
            and len(value) == 2
            and all(isinstance(word, str) and word.strip() for word in value)
            and value[0] != value[1]
        ),
    ),
]


@checked
def split_two_way(
    first: Labels,
    second: Labels,
    *,
    kinds: Kinds = ("event", "station"),
    test_size: float = 0.3,
    random_state: RandomState = None,
    watch: Watch | None = None,
) -> Split:
    """Split so that both groups of a test row are new: its earthquake and its station.

    Parameters
    ----------
    first, second : array_like, shape (n_rows,)
        The two groups of each row; no group is missing.
    kinds : tuple of two str
        What the groups are, in one word each.
    test_size : float
        Share of the groups of either kind that go to the test, between 0 and 1. Of the
        rows about its square is tested.
    random_state : int, numpy.random.Generator or None
        Seed; the same seed gives the same split.
    watch : mapping of str to array_like of shape (n_rows,), or DataFrame
        Further kinds of groups to count on both sides.

    Returns
    -------
    Split
        No test row shares a group with a training row. Rows of a test group of one kind
        and a training group of the other are left out, and counted.

    Raises
    ------
    ValueError
        If there are fewer than two groups of a kind, or a side is empty.

    Examples
    --------
    >>> event, station = np.divmod(np.arange(30), 6)
    >>> split_two_way(event, station, random_state=0)  # doctest: +ELLIPSIS
    Split by event and station: How well do we predict a new event at a new station?
      train 12 rows, test 4 rows, left out 14 (they share one of both with the test)
      event: 0 of 2 in test are also in training
      station: 0 of 2 in test are also in training
    """
    labels = _two_kinds(first, second, kinds)
    n_rows = next(iter(labels.values())).size
    rng = np.random.default_rng(seed_from(random_state))
    sides = [
        split_by_group(codes, kind=kind, test_size=test_size, random_state=rng)
        for kind, codes in labels.items()
    ]
    train, test = _both(*(tuple(side) for side in sides))
    if not train.size or not test.size:
        raise ValueError(
            f"first and second leave {train.size} training and {test.size} test rows: "
            "try another seed or test_size"
        )
    watched = labels | watched_groups(watch)
    return declare(
        " and ".join(kinds),
        train,
        test,
        n_rows,
        watched,
        question=_question(kinds),
        reason=REASON,
    )


REASON = "they share one of both with the test"


@checked
def folds_two_way(
    first: Labels,
    second: Labels,
    n_folds: Count = 3,
    *,
    kinds: Kinds = ("event", "station"),
    random_state: RandomState = None,
    watch: Watch | None = None,
) -> Folds:
    """Deal both kinds of groups into folds, and test each pair of parts by itself.

    Parameters
    ----------
    first, second : array_like, shape (n_rows,)
        The two groups of each row; no group is missing.
    n_folds : int
        Parts of each kind, from 2 to the number of groups. There are ``n_folds**2``
        pairs of parts, and as many folds but for pairs without a row.
    kinds : tuple of two str
        What the groups are, in one word each.
    random_state : int, numpy.random.Generator or None
        With None the parts are about equal in rows and always the same; otherwise the
        seed that shuffles the groups.
    watch : mapping of str to array_like of shape (n_rows,), or DataFrame
        Further kinds of groups to count on both sides.

    Returns
    -------
    Folds
        Every row is tested exactly once, by a model that knew neither of its groups.
        A fold trains on about ``(1 - 1 / n_folds)**2`` of the rows.

    Raises
    ------
    ValueError
        If there are fewer groups than parts, or a fold has no training row.

    Examples
    --------
    >>> event, station = np.divmod(np.arange(30), 6)
    >>> folds_two_way(event, station, n_folds=2)[0].sizes
    'train 6 rows, test 9 rows, left out 15 (they share one of both with the test)'
    """
    labels = _two_kinds(first, second, kinds)
    n_rows = next(iter(labels.values())).size
    seed = None if random_state is None else seed_from(random_state)
    rng = None if seed is None else np.random.default_rng(seed)
    for kind, codes in labels.items():
        check_folds(n_folds, int(codes.max()) + 1, f"groups of kind {kind}")
    deals = [
        [tuple(fold) for fold in folds_by_group(codes, n_folds, random_state=rng)]
        for codes in labels.values()
    ]
    pairs = [_both(one, other) for one, other in product(*deals)]
    tested = [(train, test) for train, test in pairs if test.size]
    if not all(train.size for train, _ in tested):
        raise wrong("n_folds", "such that every fold has training rows", n_folds)
    name, watched = " and ".join(kinds), labels | watched_groups(watch)
    return declare_all(name, tested, n_rows, watched, _question(kinds), REASON)


@checked
def folds_by_event_and_station(
    events: Labels,
    stations: Labels,
    n_folds: Count = 3,
    *,
    random_state: RandomState = None,
    watch: Watch | None = None,
) -> Folds:
    """Test every record on models that knew neither its earthquake nor its station.

    Parameters
    ----------
    events, stations : array_like, shape (n_rows,)
        The earthquake and the station of each row.
    n_folds, random_state, watch
        As in `folds_two_way`: ``n_folds**2`` folds.

    Returns
    -------
    Folds
        Which say how many rows each fold leaves out.

    Examples
    --------
    >>> event, station = np.divmod(np.arange(30), 6)
    >>> folds = folds_by_event_and_station(event, station, random_state=0)
    >>> len(folds), folds.question
    (9, 'How well do we predict a new event at a new station?')
    """
    return folds_two_way(
        events, stations, n_folds, random_state=random_state, watch=watch
    )


def _two_kinds(
    first: ArrayLike, second: ArrayLike, kinds: tuple[str, str]
) -> dict[str, np.ndarray]:
    """Return the codes of both kinds of groups, by kind."""
    check_same_rows(first=first, second=second)
    codes = [check_codes("first", first)[0], check_codes("second", second)[0]]
    return dict(zip(kinds, codes, strict=True))


def _both(one: Pair, other: Pair) -> Pair:
    """Return rows in training both ways, and rows in the test both ways."""
    return np.intersect1d(one[0], other[0]), np.intersect1d(one[1], other[1])


def _question(kinds: tuple[str, str]) -> str:
    return f"How well do we predict a new {kinds[0]} at a new {kinds[1]}?"
