"""What every learner checks before it learns: parameters, shapes, labels, rank.

None of this is an algorithm. The chapters link here and show the learners themselves.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import Tags
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import check_is_fitted, validate_data

from .._arguments import (
    LARGEST,
    Accepted,
    check_count,
    check_matrix,
    check_positive,
    check_same_rows,
    check_vector,
    declared,
    wrong,
)

__all__ = [
    "BinaryClassifier",
    "Classifier",
    "Learner",
    "Regressor",
    "check_count",
    "check_matrix",
    "check_pair",
    "check_positive",
    "check_samples",
    "check_shapes",
    "check_system",
    "check_vector",
    "refuse_overflow",
    "warn_unfinished",
]


def is_pandas(values: Any) -> bool:
    """Tell whether values have an index to be matched by."""
    return hasattr(values, "iloc")


def refuse_disguised(X: ArrayLike) -> None:
    """Refuse features that scikit-learn would read as numbers: masked ones, text."""
    rows = X.to_numpy() if is_pandas(X) else X
    if np.ma.is_masked(rows):
        raise wrong("X", "numbers without a mask", f"{np.ma.count_masked(rows)} masked")
    if isinstance(rows, list | tuple) or (isinstance(rows, np.ndarray) and rows.ndim):
        first = np.asarray(rows[:1], dtype=object).ravel()
        if any(isinstance(value, str) for value in first):
            raise wrong("X", "numbers", "text")


def refuse_large(X: np.ndarray) -> np.ndarray:
    """Return X, unless sums of its squares would overflow."""
    largest = np.abs(X).max(initial=0.0)
    if largest > LARGEST:
        raise wrong("X", f"features up to {LARGEST:g} in size", f"{largest:g}")
    return X


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

    def check_parameters(self) -> None:
        """Raise a ValueError for a parameter that is not what the class accepts."""
        for name, value in self.get_params(deep=False).items():
            if name in self.accepts:
                self.accepts[name].check(name, value)

    def _check_new(self, X: ArrayLike) -> np.ndarray:
        """Return X as finite floats, with the features that the learner was given."""
        check_is_fitted(self)
        refuse_disguised(X)
        X = validate_data(self, X, reset=False, dtype=np.float64)
        return refuse_large(X)

    def _check_pairs(
        self, X: ArrayLike, y: ArrayLike, **options: Any
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return X as finite floats, and y as scikit-learn's `options` have it."""
        self.check_parameters()
        if is_pandas(X) and is_pandas(y):
            check_same_rows(X=X, y=y)
        refuse_disguised(X)
        X, y = validate_data(self, X, y, dtype=np.float64, **options)
        return refuse_large(X), y


class Regressor(RegressorMixin, Learner):
    """Check the data of a learner that predicts numbers."""

    def _check(self, X: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """Return X and y as finite floats."""
        X, y = self._check_pairs(X, y, y_numeric=True, ensure_min_samples=2)
        return X, y.astype(np.float64)


class Classifier(ClassifierMixin, Learner):
    """Check the data of a learner of two or more classes, and number the classes.

    It predicts the class that `predict_proba` of the learner finds most probable.
    """

    def _check(
        self, X: ArrayLike, y: ArrayLike, order: ArrayLike | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return X as finite floats, and the place of each label in ``classes_``."""
        X, y = self._check_pairs(X, y)
        check_classification_targets(y)
        self.classes_, codes = np.unique(y, return_inverse=True)
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
        X, y = self._check_pairs(X, y)
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


def check_samples(X: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return `X` and `y` as finite floats with as many rows."""
    check_same_rows(X=X, y=y)
    return check_matrix("X", X), check_vector("y", y)


def check_pair(**tables: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return two tables, by their names, as finite floats with the same columns."""
    (first, A), (second, B) = tables.items()
    A = check_matrix(first, A)
    columns = {"columns": A.shape[1], "of": f"the columns of {first}"}
    return A, check_matrix(second, B, **columns)


def check_shapes(w: np.ndarray, X: np.ndarray, y: np.ndarray) -> None:
    """Check, without a copy, that X has a column per weight and a row per target."""
    if np.shape(X) != (np.size(y), np.size(w)) or np.ndim(y) != 1 or np.ndim(w) != 1:
        raise ValueError(
            "X must have the shape (n_samples, n_features), y (n_samples,) and w "
            f"(n_features,), got {np.shape(X)}, {np.shape(y)} and {np.shape(w)}"
        )


def check_system(A: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return `A` and `y` when ``A theta = y`` has one least-squares solution."""
    A, y = check_matrix("A", A), check_vector("y", y, length=len(A), of="the rows of A")
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
    return A, y


def refuse_overflow(fit: Callable[..., Any]) -> Callable[..., Any]:
    """Let `fit` run to its end, then raise a ValueError if its loss overflowed."""

    @wraps(fit)
    def checked_fit(self: Any, X: ArrayLike, y: ArrayLike) -> Any:
        with np.errstate(over="ignore", invalid="ignore"):
            fit(self, X, y)
        lost = np.flatnonzero(~np.isfinite(self.losses_))
        if lost.size:
            raise ValueError(
                f"eta={self.eta_!r} is too large for this X: the loss overflowed in "
                f"epoch {lost[0]}. Standardise X, or take a smaller eta (for full "
                "batches largest_eta(X) is the limit)"
            )
        return self

    return checked_fit


def warn_unfinished(learner: BaseEstimator) -> None:
    """Warn that the steps had not become smaller than the tolerance."""
    warnings.warn(
        f"{type(learner).__name__} took n_iter={learner.n_iter} iterations, and the "
        f"last still moved more than tol={learner.tol} allows: raise n_iter or tol",
        ConvergenceWarning,
        stacklevel=3,
    )
