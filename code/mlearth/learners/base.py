"""What every learner checks before it learns: parameters, shapes, labels, rank.

None of this is an algorithm. The chapters link here and show the learners themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import (
    BaseEstimator,
    ClassifierMixin,
    ClusterMixin,
    RegressorMixin,
)
from sklearn.utils import Tags
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import check_is_fitted, validate_data

from .._arguments import (
    KINDS,
    LARGEST,
    Accepted,
    check_labels,
    check_room,
    check_same_rows,
    declared,
    trusting,
    wrong,
)

__all__ = [
    "BinaryClassifier",
    "Classifier",
    "Clusterer",
    "Learner",
    "Regressor",
    "check_system",
]


def kind(values: Any) -> str:
    """Return the kind of an array's type, that of objects for anything else."""
    return getattr(getattr(values, "dtype", None), "kind", "O")


def refuse_disguised(name: str, values: ArrayLike) -> None:
    """Refuse what scikit-learn would read as numbers: masks, text and times."""
    values = values.to_numpy() if hasattr(values, "to_numpy") else values
    if np.ma.is_masked(values):
        count = np.ma.count_masked(values)
        raise wrong(name, "numbers without a mask", f"{count} masked")
    if isinstance(values, list | tuple | np.ndarray) and np.ndim(values):
        rows = values if np.ndim(values) == 1 else values[:1]
        parts = np.asarray(rows, dtype=object).ravel()
        if kind(values) in "USMm" or any(isinstance(v, str | bytes) for v in parts):
            raise wrong(name, "numbers", KINDS.get(kind(values), "text"))


def refuse_large(name: str, values: np.ndarray) -> np.ndarray:
    """Return the values, unless sums of their squares would overflow."""
    largest = np.abs(values).max(initial=0.0)
    if largest > LARGEST:
        raise wrong(name, f"numbers up to {LARGEST:g} in size", f"{largest:g}")
    return values


def labelled(y: ArrayLike) -> ArrayLike:
    """Return `y` as it came, unless its labels have gaps or are of two kinds."""
    given = y if isinstance(y, list | np.ma.MaskedArray) else np.asarray(y)
    if np.ndim(given) and (np.ma.is_masked(given) or kind(given) in "OU"):
        check_labels("y", given if np.ndim(given) == 1 else given.ravel())
    return y


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Name the argument in an error of scikit-learn that names none."""
    try:
        yield
    except (TypeError, ValueError) as error:
        said = str(error)
        if re.search(r"\b[Xy]\b", said):
            raise
        both = "X and y" if "inconsistent" in said else name
        raise type(error)(f"{both}: {said}") from None


class Learner(BaseEstimator):
    """Check the parameters of a learner, and the samples that it is asked about.

    Attributes
    ----------
    accepts : dict of str to Accepted
        What each parameter may be, as the signature of the class declares it.
    """

    accepts: ClassVar[dict[str, Accepted]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.accepts = declared(cls.__init__)
        if "fit" in vars(cls):  # it begins with `_check`
            cls.fit = trusting(cls.fit)

    def check_parameters(self) -> None:
        """Raise a ValueError for a parameter that is not what the class accepts."""
        for name, value in self.get_params(deep=False).items():
            if name in self.accepts:
                self.accepts[name].check(name, value)

    def _check_new(self, X: ArrayLike) -> np.ndarray:
        """Return X as finite floats, with the features that the learner was given."""
        check_is_fitted(self)
        refuse_disguised("X", X)
        with naming("X"):
            X = validate_data(self, X, reset=False, dtype=np.float64)
        return refuse_large("X", X)

    def _check_pairs(
        self, X: ArrayLike, y: ArrayLike, **options: Any
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return X as finite floats, and y as scikit-learn's `options` have it."""
        self.check_parameters()
        if hasattr(X, "iloc") and hasattr(y, "iloc"):
            check_same_rows(X=X, y=y)
        refuse_disguised("X", X)
        with naming("y" if kind(y) == "c" != kind(X) else "X"):
            X, y = validate_data(self, X, y, dtype=np.float64, **options)
        return refuse_large("X", X), y

    def _check_alone(self, X: ArrayLike) -> np.ndarray:
        """Return X as finite floats, for a learner that is given no labels."""
        self.check_parameters()
        refuse_disguised("X", X)
        with naming("X"):
            X = validate_data(self, X, dtype=np.float64)
        return refuse_large("X", X)


class Clusterer(ClusterMixin, Learner):
    """Check the data of a learner that groups samples, by `_check_alone`."""


class Regressor(RegressorMixin, Learner):
    """Check the data of a learner that predicts numbers."""

    def _check(self, X: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """Return X and y as finite floats."""
        refuse_disguised("y", y)
        X, y = self._check_pairs(X, y, y_numeric=True, ensure_min_samples=2)
        return X, refuse_large("y", y.astype(np.float64))


class Classifier(ClassifierMixin, Learner):
    """Check the data of a learner of two or more classes, and number the classes.

    It predicts the class that `predict_proba` of the learner finds most probable.
    """

    def _check(
        self, X: ArrayLike, y: ArrayLike, order: ArrayLike | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return X as finite floats, and the place of each label in ``classes_``."""
        X, y = self._check_pairs(X, labelled(y))
        check_classification_targets(y)
        self.classes_, codes = np.unique(y, return_inverse=True)
        check_room("y", f"{len(self.classes_)} classes", y.size * len(self.classes_))
        if len(self.classes_) == 1:
            only = self.classes_.tolist()[0]
            raise ValueError(f"y has one class only, {only!r}: at least two are needed")
        if order is not None:
            codes = self._reorder(order)[codes]
        return X, codes

    def _reorder(self, order: ArrayLike) -> np.ndarray:
        """Put ``classes_`` into this order; return the new place of each."""
        ordered = np.asarray(order)
        if np.sort(ordered).tolist() != self.classes_.tolist():
            raise ValueError(
                f"order must list each of the labels {self.classes_.tolist()} once, "
                f"got {ordered.tolist()}"
            )
        self.classes_ = ordered
        return np.argsort(ordered)  # where the first of the sorted labels stands, ...

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Return the most probable class of each sample.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_features)
            Samples, in the units of the training data.

        Returns
        -------
        ndarray, shape (n_samples,)
            Labels, as they were given to `fit`.
        """
        probability = self.predict_proba(X)
        return self.classes_[probability.argmax(axis=1)]


class BinaryClassifier(ClassifierMixin, Learner):
    """Check the data of a learner of two classes, and code them as -1 and +1."""

    def _check(self, X: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """Return X as finite floats, and y coded as -1 and +1 (``classes_[1]``)."""
        X, y = self._check_pairs(X, labelled(y))
        check_classification_targets(y)
        self.classes_, codes = np.unique(y, return_inverse=True)
        if len(self.classes_) > 2:
            kind = type_of_target(y, input_name="y")
            raise ValueError(
                "Only binary classification is supported. The type of the target is "
                f"{kind}: y has {len(self.classes_)} classes, two are accepted"
            )
        if len(self.classes_) == 1:
            only = self.classes_.tolist()[0]
            raise ValueError(f"y has one class only, {only!r}: two are needed")
        return X, 2.0 * codes - 1.0

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags


def check_system(A: np.ndarray) -> None:
    """Raise a ValueError unless ``A theta = y`` has one least-squares solution."""
    n_rows, n_columns = A.shape
    if n_rows < n_columns:
        raise ValueError(
            f"A has {n_rows} rows for {n_columns} columns: one solution needs at least "
            "as many rows as columns"
        )
    # |R_jj| is the part of column j that the columns before it do not explain
    own = np.abs(np.diag(np.linalg.qr(A, mode="r")))
    rounding = n_rows * np.finfo(float).eps
    dependent = np.flatnonzero(own <= rounding * np.linalg.norm(A, axis=0))
    if dependent.size:
        j = dependent[0]
        raise ValueError(
            f"A must have independent columns: column {j} is a combination of those "
            f"before it (feature {j - 1} of X when column 0 is the ones); leave it out"
        )
