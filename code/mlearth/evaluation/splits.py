"""Splits of the rows into training and test that declare the question they answer.

A score answers a question only when the split asks it. A random split asks how well
we predict another record of earthquakes and stations that we already know; the same
model may fare much worse on an earthquake, a station, a place or a year that it has
never seen (``roberts2017cross``, ``kapoor2023leakage``). So every split here carries
its question, and prints how many groups its two sides share.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from sklearn.model_selection import GroupShuffleSplit

from .._arguments import Column, Labels, RandomState, Watch, Word, check_codes, checked
from ._space_time import (
    check_instants,
    duration_like,
    instant_like,
)
from ._split import Split, declare, seed_from, share_for_test, watched_groups


@checked
def split_by_group(
    groups: Labels,
    *,
    kind: Word = "group",
    question: Word | None = None,
    test_size: float = 0.2,
    random_state: RandomState = None,
    watch: Watch | None = None,
) -> Split:
    """Split whole groups: sequences, regions, simulations, days, or what you like.

    Parameters
    ----------
    groups : array_like, shape (n_rows,)
        The group of each row; no group is missing.
    kind : str
        What a group is, in one word; `split_by_event` is this function with
        the kind filled in.
    question : str, optional
        The question that the split asks, if the usual one of its kind does not fit.
    test_size : float
        Share of the groups (not of the rows) that go to the test, between 0 and 1.
    random_state : int, numpy.random.Generator or None
        Seed; the same seed gives the same split.
    watch : mapping of str to array_like of shape (n_rows,), or DataFrame
        Further kinds of groups to count on both sides.

    Returns
    -------
    Split
        With every group on one side only.

    Raises
    ------
    ValueError
        If there are fewer than two groups, or a row has none.

    Examples
    --------
    >>> split_by_group([1, 1, 2, 2, 3, 3], kind="sequence", random_state=0)
    Split by sequence: How well do we predict rows of a sequence we have never seen?
      train 4 rows, test 2 rows
      sequence: 0 of 1 in test are also in training
    """
    codes, names = check_codes("groups", groups)
    if names.size < 2:
        raise ValueError(
            f"groups has one {kind} only, {names[0]!r}: at least two are "
            "needed, one of them for the test"
        )
    n_test = share_for_test(names.size, test_size)
    splitter = GroupShuffleSplit(
        1, test_size=n_test, random_state=seed_from(random_state)
    )
    train, test = next(splitter.split(codes, groups=codes))
    watched = {kind: codes} | watched_groups(watch)
    return declare(kind, train, test, codes.size, watched, question=question)


@checked
def split_by_time(
    time: Column,
    cut: float | str | datetime | np.datetime64,
    *,
    gap: float | str | timedelta | np.timedelta64 = 0,
    watch: Watch | None = None,
) -> Split:
    """Split at an instant: train on what came before, test on what came later.

    Parameters
    ----------
    time : array_like of dates or numbers, shape (n_rows,)
        The instant of each row, in any order.
    cut : date or number
        Start of the test: rows at `cut` or later are test rows, whatever the gap.
    gap : duration or number
        Rows this long before `cut` are left out of the training: "30 days", or a
        number in the unit of `time` when the times are numbers.
    watch : mapping of str to array_like of shape (n_rows,), or DataFrame
        Kinds of groups to count on both sides, such as sequences that span the cut.

    Returns
    -------
    Split
        With no training row later than any test row.

    Raises
    ------
    ValueError
        If a side is empty, or `cut` or `gap` do not fit `time`.

    Examples
    --------
    >>> day = np.arange("2019-07-01", "2019-07-11", dtype="datetime64[D]")
    >>> split_by_time(day, "2019-07-08", gap="2 days")
    Split by time: How well do we predict what comes later from what came before?
      train 5 rows, test 3 rows, left out 2 (in the gap before the cut)
    """
    instants = check_instants(time)
    cut = instant_like(instants, cut)
    test = np.flatnonzero(instants >= cut)
    train = np.flatnonzero(instants < cut - duration_like(instants, gap))
    if train.size == 0 or test.size == 0:
        raise ValueError(
            f"cut={cut} with gap={gap} leaves {train.size} training and {test.size} "
            f"test rows: time runs from {instants.min()} to {instants.max()}"
        )
    reason = "in the gap before the cut"
    return declare(
        "time", train, test, len(instants), watched_groups(watch), reason=reason
    )
