"""The object that every split returns, and the check that no group leaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import (
    Labels,
    RandomState,
    TrainTest,
    Watch,
    Word,
    check_codes,
    check_number,
    check_seed,
    checked,
)
from ._extrapolation import Extrapolation, extrapolation

QUESTIONS = {
    "record": "How well do we predict another record of the same earthquakes and "
    "stations?",
    "event": "How well do we predict records of an earthquake we have never seen?",
    "station": "How well do we predict records of a station we have never seen?",
    "block": "How well do we predict a place where we have no training data?",
    "time": "How well do we predict what comes later from what came before?",
}
_NO_ROWS = np.empty(0, dtype=int)


class Overlap(NamedTuple):
    """How many groups of the test rows also have rows in the training set.

    Attributes
    ----------
    shared : int
        Groups on both sides.
    in_test : int
        Groups of the test rows.
    """

    shared: int
    in_test: int


@dataclass(frozen=True, eq=False, repr=False)
class Split:
    """Training and test rows, with the question that a score on them answers.

    Unpack it, ``train, test = split``, or let it cut arrays with `take`. In a notebook
    it shows its question, its sizes and what the two sides share.

    Attributes
    ----------
    name : str
        Short name, such as "split by event".
    question : str
        The question that a score on the test rows answers.
    train, test : ndarray of int, shape (n_train,) and (n_test,)
        Row numbers, counted from 0; read-only, disjoint and not empty.
    groups : str
        What is kept whole: "event", "station", "block", "time", or "record".
    left_out : ndarray of int, shape (n_left_out,)
        Rows on neither side.
    reason : str
        Why they are on neither side.
    shared : dict of str to Overlap
        For each watched kind of group, how many of the test groups are in training.

    Raises
    ------
    ValueError
        If a side is empty or a row stands on both sides.
    """

    name: str
    question: str
    train: np.ndarray
    test: np.ndarray
    groups: str
    left_out: np.ndarray = field(default_factory=_NO_ROWS.copy)
    reason: str = ""
    shared: Mapping[str, Overlap] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for side in ("train", "test", "left_out"):
            rows = np.array(getattr(self, side), dtype=int)
            rows.flags.writeable = False
            object.__setattr__(self, side, rows)
            if rows.size == 0 and side != "left_out":
                raise ValueError(f"{side} has no rows: a {self.name} needs both sides")
        both = np.intersect1d(self.train, self.test)
        if both.size:
            raise ValueError(f"train and test share {both.size} rows, first {both[0]}")

    def __iter__(self) -> Iterator[np.ndarray]:
        return iter((self.train, self.test))

    def __repr__(self) -> str:
        heading = f"{self.name[:1].upper()}{self.name[1:]}: {self.question}"
        return "\n".join(
            [heading, f"  {self.sizes}", *map("  ".__add__, self._links())]
        )

    @property
    def sizes(self) -> str:
        """The number of rows on each side and left out, in words."""
        text = f"train {self.train.size} rows, test {self.test.size} rows"
        if self.left_out.size:
            text += f", left out {self.left_out.size} ({self.reason})"
        return text

    def _links(self) -> list[str]:
        return [
            f"{kind}: {shared} of {in_test} in test are also in training"
            for kind, (shared, in_test) in self.shared.items()
        ]

    def take(self, *arrays: Any) -> list[Any]:
        """Cut each array into its training and its test rows.

        Parameters
        ----------
        *arrays : array_like, DataFrame or Series
            Each with the rows of the split as its first dimension.

        Returns
        -------
        list
            ``[a_train, a_test, b_train, b_test, ...]``, the order of scikit-learn's
            ``train_test_split``.

        Raises
        ------
        ValueError
            If an array has another number of rows than the split.

        Examples
        --------
        >>> split = Split("split by hand", "Does it work?", [0, 2], [1], "record")
        >>> split.take([10, 11, 12])
        [array([10, 12]), array([11])]
        """
        n_rows = self.train.size + self.test.size + self.left_out.size
        pieces = []
        for position, array in enumerate(arrays):
            rows = array.iloc if hasattr(array, "iloc") else np.asarray(array)
            if len(array) != n_rows:
                raise ValueError(
                    f"arrays[{position}] has {len(array)} rows, the split has {n_rows}"
                )
            pieces += [rows[self.train], rows[self.test]]
        return pieces

    def extrapolation(
        self, X: Any, largest: Any = None, units: Any = None, n_largest: int = 5
    ) -> Extrapolation:
        """Say what the test asks beyond the training.

        Parameters
        ----------
        X : array_like or DataFrame, shape (n_rows, n_features)
            Features of all rows.
        largest : array_like, shape (n_rows,), optional
            A size of each row, such as the magnitude.
        units : array_like, shape (n_rows,), optional
            The unit of each row, such as its earthquake; without it rows are ranked.
        n_largest : int
            How many of the largest units are looked up.

        Returns
        -------
        Extrapolation
            Which prints how many test rows lie outside the range of training, by
            column, and which of the largest units are in the test.
        """
        return extrapolation(self, X, largest, units, n_largest)

    def check(self, groups: ArrayLike, kind: str = "group") -> Split:
        """Return the split itself if no group leaks; see `assert_no_leak`."""
        assert_no_leak(self, groups, kind)
        return self


@checked
def assert_no_leak(split: TrainTest, groups: Labels, kind: Word = "group") -> None:
    """Raise when a group has rows both in training and in the test.

    Parameters
    ----------
    split : Split or pair of int arrays
        Training rows and test rows.
    groups : array_like, shape (n_rows,)
        The group of every row of the data.
    kind : str
        What a group is, for the message: "event", "station", ...

    Raises
    ------
    ValueError
        Naming the groups that leak (``kaufman2012leakage``).

    Examples
    --------
    >>> assert_no_leak(([0, 1], [2, 3]), ["a", "a", "b", "b"], "event")
    >>> assert_no_leak(([0, 2], [1, 3]), ["a", "a", "b", "c"], "event")
    Traceback (most recent call last):
        ...
    ValueError: groups leak: 1 of 2 of kind event in test are also in training: 'a'
    """
    codes, names = check_codes("groups", groups)
    train, test = (np.asarray(rows, dtype=int) for rows in split)
    last = max(train.max(), test.max())
    if last >= codes.size:
        raise ValueError(f"groups has {codes.size} rows, but the split uses row {last}")
    leaked = names[np.intersect1d(codes[train], codes[test])].tolist()
    if leaked:
        shown = ", ".join(map(repr, leaked[:5]))
        more = f" and {len(leaked) - 5} more" if len(leaked) > 5 else ""
        raise ValueError(
            f"groups leak: {len(leaked)} of {np.unique(codes[test]).size} of kind "
            f"{kind} in test are also in training: {shown}{more}"
        )


def declare(
    kind: str,
    train: np.ndarray,
    test: np.ndarray,
    n_rows: int,
    watch: Mapping[str, ArrayLike],
    *,
    name: str = "",
    question: str | None = None,
    reason: str = "",
) -> Split:
    """Make a Split: sorted rows, the rows left out, and what the two sides share."""
    used = np.zeros(n_rows, dtype=bool)
    used[train] = used[test] = True
    generic = f"How well do we predict rows of a {kind} we have never seen?"
    return Split(
        name=name or f"split by {kind}",
        question=question or QUESTIONS.get(kind, generic),
        train=np.sort(train),
        test=np.sort(test),
        groups=kind,
        left_out=np.flatnonzero(~used),
        reason=reason,
        shared={
            watched: _overlap(train, test, watched, labels, n_rows)
            for watched, labels in watch.items()
        },
    )


def _overlap(
    train: np.ndarray, test: np.ndarray, kind: str, labels: ArrayLike, n_rows: int
) -> Overlap:
    codes, _ = check_codes(f"watch[{kind!r}]", labels, length=n_rows, of="the rows")
    in_test = np.unique(codes[test])
    return Overlap(int(np.isin(in_test, codes[train]).sum()), in_test.size)


def share_for_test(n_groups: int, test_size: float) -> int:
    """Return the number of groups for the test: at least one, and never all."""
    wanted = round(check_number("test_size", test_size, above=0, below=1) * n_groups)
    return min(max(wanted, 1), n_groups - 1)


def seed_from(random_state: RandomState) -> int:
    """Draw a seed that scikit-learn accepts from any NumPy random state."""
    return int(check_seed("random_state", random_state).integers(2**32 - 1))


def watched_groups(watch: Watch) -> dict[str, ArrayLike]:
    """Return the watched kinds of groups as a dictionary, empty for None."""
    return {} if watch is None else dict(watch.items())
