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
from numpy.typing import ArrayLike
from sklearn.model_selection import GroupShuffleSplit, train_test_split

from ._checks import RandomState, as_codes, check_whole, seed_from
from ._space_time import (
    blocks_of,
    check_instants,
    check_places,
    clear_of_test,
    duration_like,
    instant_like,
)
from ._split import Split, Watch, declare, share_for_test, watched_groups


def split_by_record(
    n_rows: int,
    *,
    test_size: float = 0.2,
    random_state: RandomState = None,
    watch: Watch = None,
) -> Split:
    """Split single rows at random: the naive split, and the question it answers.

    Parameters
    ----------
    n_rows : int
        Number of rows of the data.
    test_size : float
        Share of the rows that go to the test, between 0 and 1.
    random_state : int, numpy.random.Generator or None
        Seed; the same seed gives the same split.
    watch : mapping of str to array_like of shape (n_rows,), or DataFrame
        Kinds of groups to count on both sides, such as ``data[["event", "station"]]``.

    Returns
    -------
    Split
        Its question: another record of the same earthquakes and stations.

    Raises
    ------
    ValueError
        If `n_rows` is below 2 or `test_size` is not between 0 and 1.

    Examples
    --------
    >>> event = ["a", "a", "a", "b", "b", "b", "c", "c", "c", "c"]
    >>> split_by_record(10, random_state=0, watch={"event": event})
    Split by record: How well do we predict another record of the same earthquakes
    and stations?
      train 8 rows, test 2 rows
      event: 2 of 2 in test are also in training
    """
    check_whole("n_rows", n_rows, least=2)
    n_test = share_for_test(n_rows, test_size)
    train, test = train_test_split(
        np.arange(n_rows), test_size=n_test, random_state=seed_from(random_state)
    )
    return declare("record", train, test, n_rows, watched_groups(watch))


def split_by_group(
    groups: ArrayLike,
    *,
    kind: str = "group",
    question: str | None = None,
    test_size: float = 0.2,
    random_state: RandomState = None,
    watch: Watch = None,
) -> Split:
    """Split whole groups: sequences, regions, simulations, days, or what you like.

    Parameters
    ----------
    groups : array_like, shape (n_rows,)
        The group of each row; no group is missing.
    kind : str
        What a group is, in one word; `split_by_event` and `split_by_station` are this
        function with the kind filled in.
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
    codes, names = as_codes("groups", groups)
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


def split_by_space(
    latitude: ArrayLike,
    longitude: ArrayLike,
    *,
    block_km: float,
    test_size: float = 0.2,
    buffer_km: float = 0.0,
    random_state: RandomState = None,
    watch: Watch = None,
) -> Split:
    """Split whole blocks of the globe, if you like with an empty strip between.

    Parameters
    ----------
    latitude, longitude : array_like, shape (n_rows,)
        Degrees.
    block_km : float
        Side of a block [km]; see `space_blocks`. Choose it well above the distance over
        which neighbours resemble one another.
    test_size : float
        Share of the occupied blocks that go to the test, between 0 and 1.
    buffer_km : float
        Training rows within this great-circle distance [km] of a test row are left out.
    random_state : int, numpy.random.Generator or None
        Seed; the same seed gives the same split.
    watch : mapping of str to array_like of shape (n_rows,), or DataFrame
        Further kinds of groups to count on both sides.

    Returns
    -------
    Split
        With every block on one side only; `left_out` holds the rows of the buffer.

    Raises
    ------
    ValueError
        If all rows lie in one block, or the buffer leaves no training row.

    Notes
    -----
    ``roberts2017cross``, ``valavi2019blockcv``

    Examples
    --------
    >>> split_by_space(
    ...     [46.2, 46.3, 47.5, 47.6], [7.1, 7.2, 9.4, 9.5], block_km=50, random_state=0
    ... )
    Split by block: How well do we predict a place where we have no training data?
      train 2 rows, test 2 rows
      block: 0 of 1 in test are also in training
    """
    latitude, longitude = check_places(latitude, longitude)
    blocks = blocks_of(latitude, longitude, block_km, least=2)
    split = split_by_group(
        blocks, kind="block", test_size=test_size, random_state=random_state
    )
    train = clear_of_test(split, latitude, longitude, buffer_km)
    watched = {"block": blocks} | watched_groups(watch)
    reason = f"within {buffer_km:g} km of a test row"
    return declare("block", train, split.test, blocks.size, watched, reason=reason)


def split_by_time(
    time: ArrayLike,
    cut: float | str | datetime | np.datetime64,
    *,
    gap: float | str | timedelta | np.timedelta64 = 0,
    watch: Watch = None,
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
