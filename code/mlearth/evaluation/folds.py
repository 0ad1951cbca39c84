"""Cross-validation folds that declare the question they answer.

Each function wraps a splitter of scikit-learn and returns `Folds`: a sequence of
`Split`, one per fold, that is also a ``cv=`` for ``cross_val_score`` and its kin. Take
the first, ``folds_by_event(...)[0]``, for a single split that keeps class shares.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    StratifiedGroupKFold,
    StratifiedKFold,
    TimeSeriesSplit,
)

from .._arguments import (
    Column,
    Count,
    Labels,
    RandomState,
    Watch,
    Word,
    check_codes,
    check_count,
    check_room,
    check_same_rows,
    checked,
)
from ._folds import Folds, check_classes, check_folds, declare_all
from ._space_time import (
    blocks_of,
    check_instants,
    check_places,
    clear_of_test,
    duration_like,
)
from ._split import seed_from, watched_groups


@checked
def folds_by_record(
    n_rows: Count,
    n_folds: Count = 5,
    *,
    stratify: Labels | None = None,
    random_state: RandomState = None,
    watch: Watch | None = None,
) -> Folds:
    """Deal single rows into folds at random: the naive cross-validation.

    Parameters
    ----------
    n_rows : int
        Number of rows of the data.
    n_folds : int
        Number of folds, at least 2.
    stratify : array_like, shape (n_rows,), optional
        Classes whose shares every fold should keep.
    random_state : int, numpy.random.Generator or None
        Seed; the same seed gives the same folds.
    watch : mapping of str to array_like of shape (n_rows,), or DataFrame
        Kinds of groups to count on both sides.

    Returns
    -------
    Folds

    Raises
    ------
    ValueError
        If there are fewer rows than folds, or a test fold lacks a class.
    """
    check_room("n_rows", n_rows, check_count("n_rows", n_rows, least=2))
    check_folds(n_folds, n_rows, "rows")
    options = {"shuffle": True, "random_state": seed_from(random_state)}
    rows = np.arange(n_rows)
    if stratify is None:
        pairs = list(KFold(n_folds, **options).split(rows))
    else:
        classes = check_codes("stratify", stratify, length=n_rows, of="the rows")[0]
        pairs = list(StratifiedKFold(n_folds, **options).split(rows, classes))
        check_classes(pairs, stratify)
    return declare_all("record", pairs, n_rows, watched_groups(watch))


@checked
def folds_by_group(
    groups: Labels,
    n_folds: Count = 5,
    *,
    kind: Word = "group",
    question: Word | None = None,
    stratify: Labels | None = None,
    random_state: RandomState = None,
    watch: Watch | None = None,
) -> Folds:
    """Deal whole groups into folds.

    Parameters
    ----------
    groups : array_like, shape (n_rows,)
        The group of each row; no group is missing.
    n_folds : int
        Number of folds, at least 2 and at most the number of groups.
    kind : str
        What a group is, in one word.
    question : str, optional
        The question that the folds ask, if the usual one of the kind does not fit.
    stratify : array_like, shape (n_rows,), optional
        Classes whose shares every fold should keep, as far as whole groups allow.
    random_state : int, numpy.random.Generator or None
        With None, folds of about equal numbers of rows, always the same. Otherwise the
        seed that shuffles the groups.
    watch : mapping of str to array_like of shape (n_rows,), or DataFrame
        Further kinds of groups to count on both sides.

    Returns
    -------
    Folds
        Every group is in the test exactly once.

    Raises
    ------
    ValueError
        If there are fewer groups than folds, or a test fold lacks a class.

    Examples
    --------
    >>> folds_by_group([1, 1, 1, 2, 2, 3, 4], n_folds=2, kind="sequence")
    2 folds by sequence: How well do we predict rows of a sequence we have never seen?
      fold 0: train 3 rows, test 4 rows
      fold 1: train 4 rows, test 3 rows
      sequence: 0 of 2, 0 of 2 in test are also in training
    """
    check_same_rows(groups=groups, stratify=stratify)
    codes, names = check_codes("groups", groups)
    check_folds(n_folds, names.size, f"groups of kind {kind}")
    seed = None if random_state is None else seed_from(random_state)
    options = {"shuffle": seed is not None, "random_state": seed}
    if stratify is None:
        pairs = list(GroupKFold(n_folds, **options).split(codes, groups=codes))
    else:
        classes = check_codes("stratify", stratify)[0]
        splitter = StratifiedGroupKFold(n_folds, **options)
        pairs = list(splitter.split(codes, classes, codes))
        check_classes(pairs, stratify)
    watched = {kind: codes} | watched_groups(watch)
    return declare_all(kind, pairs, codes.size, watched, question=question)


@checked
def folds_by_space(
    latitude: Column,
    longitude: Column,
    n_folds: Count = 5,
    *,
    block_km: float,
    buffer_km: float = 0.0,
    stratify: Labels | None = None,
    random_state: RandomState = None,
    watch: Watch | None = None,
) -> Folds:
    """Deal whole blocks of the globe into folds.

    Parameters
    ----------
    latitude, longitude : array_like, shape (n_rows,)
        Degrees.
    n_folds : int
        Number of folds, at least 2 and at most the number of occupied blocks.
    block_km : float
        Side of a block [km]; see `space_blocks`.
    buffer_km : float
        In each fold, training rows this near [km] to a test row are left out.
    stratify, random_state, watch
        As in `folds_by_group`.

    Returns
    -------
    Folds

    Raises
    ------
    ValueError
        If there are fewer blocks than folds, or the buffer leaves no training row.

    Examples
    --------
    >>> folds = folds_by_space([46.2, 46.2, 47.5], [7.3, 7.4, 9.4], 2, block_km=50)
    >>> [split.test.tolist() for split in folds]
    [[0, 1], [2]]
    """
    latitude, longitude = check_places(latitude, longitude)
    check_folds(n_folds, latitude.size, "rows")
    blocks = blocks_of(latitude, longitude, block_km, least=n_folds)
    folds = folds_by_group(
        blocks, n_folds, kind="block", stratify=stratify, random_state=random_state
    )
    pairs = [
        (clear_of_test(split, latitude, longitude, buffer_km), split.test)
        for split in folds
    ]
    watched = {"block": blocks} | watched_groups(watch)
    reason = f"within {buffer_km:g} km of a test row"
    return declare_all("block", pairs, blocks.size, watched, reason=reason)


@checked
def folds_by_time(
    time: Column,
    n_folds: int = 5,
    *,
    gap: float | str | timedelta | np.timedelta64 = 0,
    watch: Watch | None = None,
) -> Folds:
    """Test on each stretch of time in turn, trained on what came before it alone.

    Parameters
    ----------
    time : array_like of dates or numbers, shape (n_rows,)
        The instant of each row, in any order. Rows of the same instant, such as the
        records of one earthquake, stay together.
    n_folds : int
        Number of test stretches. The time is cut into ``n_folds + 1`` stretches with
        equal numbers of instants, of which the first is for training only.
    gap : duration or number
        Rows this long before a test stretch are left out of its training.
    watch : mapping of str to array_like of shape (n_rows,), or DataFrame
        Kinds of groups to count on both sides.

    Returns
    -------
    Folds
        In each, every training row is earlier than every test row.

    Raises
    ------
    ValueError
        If there are too few instants, or the gap leaves no training row.

    Examples
    --------
    >>> folds_by_time([2001, 2002, 2003, 2004, 2005, 2006], n_folds=2)
    2 folds by time: How well do we predict what comes later from what came before?
      fold 0: train 2 rows, test 2 rows, left out 2 (in the gap or after the test)
      fold 1: train 4 rows, test 2 rows
    """
    instants = check_instants(time)
    ordered = instants.unique().sort_values()
    check_folds(n_folds, len(ordered) - 1, "cuts between instants of time")
    wait = duration_like(instants, gap)
    pairs = []
    for _, later in TimeSeriesSplit(n_folds).split(ordered):
        start, end = ordered[later[0]], ordered[later[-1]]
        train = np.flatnonzero(instants < start - wait)
        if train.size == 0:
            raise ValueError(
                f"gap={gap} leaves no training rows before {start}: shorten the gap"
            )
        pairs.append((train, np.flatnonzero((instants >= start) & (instants <= end))))
    reason = "in the gap or after the test"
    watched = watched_groups(watch)
    return declare_all("time", pairs, len(instants), watched, reason=reason)
