"""The sequence of splits that every cross-validation function returns."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import check_count, wrong
from ._split import Split, declare

Pair = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False, repr=False)
class Folds(Sequence):
    """The folds of a cross-validation: a sequence of `Split` and a ``cv=`` in one.

    Attributes
    ----------
    splits : tuple of Split
        One per fold; all ask the same question.

    Examples
    --------
    >>> from sklearn.dummy import DummyRegressor
    >>> from sklearn.model_selection import cross_val_score
    >>> from mlearth.evaluation import folds_by_event
    >>> folds = folds_by_event(["a", "a", "b", "b", "c", "c"], n_folds=3)
    >>> X, y = np.zeros((6, 1)), [1.0, 1.0, 2.0, 2.0, 4.0, 4.0]
    >>> scoring = "neg_mean_absolute_error"
    >>> cross_val_score(DummyRegressor(), X, y, cv=folds, scoring=scoring).tolist()
    [-2.5, -0.5, -2.0]
    """

    splits: tuple[Split, ...]

    @property
    def question(self) -> str:
        """The question that a score over these folds answers."""
        return self.splits[0].question

    def __len__(self) -> int:
        return len(self.splits)

    def __getitem__(self, index: Any) -> Any:
        return self.splits[index]

    def __repr__(self) -> str:
        folds = [f"  fold {i}: {fold.sizes}" for i, fold in enumerate(self)]
        links = [
            f"  {kind}: {', '.join(self._shared(kind))} in test are also in training"
            for kind in self.splits[0].shared
        ]
        kind = self.splits[0].groups
        return "\n".join(
            [f"{len(self)} folds by {kind}: {self.question}", *folds, *links]
        )

    def _shared(self, kind: str) -> list[str]:
        return ["{} of {}".format(*split.shared[kind]) for split in self]

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """Return the number of folds, for scikit-learn."""
        return len(self)

    def split(self, X: Any = None, y: Any = None, groups: Any = None) -> Iterator[Pair]:
        """Yield training and test rows fold by fold, for scikit-learn.

        Parameters
        ----------
        X : array_like or DataFrame, shape (n_rows, ...), optional
            Only its length is used: it must have the rows the folds were made for.
        y : ignored
        groups : ignored
            With a warning: the folds carry their own groups.

        Raises
        ------
        ValueError
            If `X` has another number of rows.
        """
        first = self.splits[0]
        n_rows = first.train.size + first.test.size + first.left_out.size
        given = getattr(X, "shape", None) or (n_rows if X is None else len(X),)
        if given[0] != n_rows:
            raise ValueError(
                f"X has {given[0]} rows, but these folds were made for {n_rows}: "
                "inside another split, make the folds from the training rows"
            )
        if groups is not None:
            warnings.warn(
                "groups is ignored: these folds carry their own", UserWarning, 2
            )
        yield from ((fold.train, fold.test) for fold in self)


def check_folds(n_folds: int, most: int, what: str) -> None:
    """Insist on a whole number of folds from 2 to `most`."""
    if check_count("n_folds", n_folds, least=2) > most:
        raise wrong("n_folds", f"at most {most}, the number of {what}", n_folds)


def check_classes(pairs: list[Pair], stratify: ArrayLike) -> None:
    """Insist on rows of every class in every test fold."""
    labels = np.asarray(stratify)
    for fold, (_, test) in enumerate(pairs):
        missing = set(labels.tolist()) - set(labels[test].tolist())
        if missing:
            raise ValueError(
                f"stratify: the test of fold {fold} has no row of class "
                f"{missing.pop()!r}: use fewer folds, or leave stratify out"
            )


def declare_all(
    kind: str,
    pairs: list[Pair],
    n_rows: int,
    watched: dict[str, ArrayLike],
    question: str | None = None,
    reason: str = "",
) -> Folds:
    """Make the folds from pairs of training and test rows."""
    return Folds(
        tuple(
            declare(
                kind,
                train,
                test,
                n_rows,
                watched,
                name=f"fold {fold} by {kind}",
                question=question,
                reason=reason,
            )
            for fold, (train, test) in enumerate(pairs)
        )
    )
