"""What every learner checks before it learns: parameters, shapes, labels, rank.

None of this is an algorithm. The chapters link here and show the learners themselves.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import wraps
from inspect import signature
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import Tags
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import check_array, check_is_fitted, validate_data

RandomState = int | np.random.Generator | None


def _is_positive(value: Any) -> bool:
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return is_number and 0 < value < np.inf


def _is_count(value: Any, least: int = 1) -> bool:
    is_whole = isinstance(value, Integral) and not isinstance(value, bool)
    return is_whole and value >= least


def _is_price(value: Any) -> bool:
    return _is_positive(value) or (isinstance(value, Real) and value == 0)


def _is_feature_count(value: Any) -> bool:
    if isinstance(value, str) or value is None:
        return value in ("sqrt", None)
    return _is_count(value) or (isinstance(value, float) and 0 < value <= 1)


def _is_seed(value: Any) -> bool:
    try:
        np.random.default_rng(value)
    except (TypeError, ValueError):
        return False
    return True


POSITIVE = ("a finite number > 0", _is_positive)
COUNT = ("a whole number >= 1", _is_count)
TRUE_OR_FALSE = ("True or False", lambda v: isinstance(v, bool | np.bool))
KERNELS = ("linear", "polynomial", "rbf")
ACCEPTED: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "eta": POSITIVE,
    "alpha": POSITIVE,
    "delta": POSITIVE,
    "tol": POSITIVE,
    "n_iter": COUNT,
    "batch_size": COUNT,
    "degree": ("a whole number >= 0", lambda v: _is_count(v, least=0)),
    "shuffle": TRUE_OR_FALSE,
    "random_state": ("a whole number >= 0, a numpy Generator", _is_seed),
    "order": ("a list of the labels", lambda v: np.ndim(v) == 1),
    "n_estimators": COUNT,
    "max_depth": COUNT,
    "min_samples_leaf": COUNT,
    "C": POSITIVE,
    "gamma": POSITIVE,
    "kernel": (f"one of {KERNELS}", lambda v: v in KERNELS),
    "ccp_alpha": ("a finite number >= 0", _is_price),
    "criterion": ("'gini' or 'entropy'", lambda v: v in ("gini", "entropy")),
    "max_features": (
        "a whole number >= 1, a share in (0, 1], 'sqrt' or None for all",
        _is_feature_count,
    ),
    "balanced": TRUE_OR_FALSE,
    "n_neighbors": COUNT,
    "metric": ("'euclidean' or 'haversine'", lambda v: v in ("euclidean", "haversine")),
    "weighted": TRUE_OR_FALSE,
}
"""What each parameter may be in every learner, and None where that is its default."""


def check_parameters(learner: BaseEstimator) -> None:
    """Raise a ValueError for a parameter that is neither its default nor accepted."""
    defaults = signature(type(learner)).parameters
    for name, value in learner.get_params(deep=False).items():
        accepted, accepts = ACCEPTED[name]
        or_none = " or None" if defaults[name].default is None else ""
        if not (accepts(value) or (value is None and or_none)):
            raise ValueError(f"{name} must be {accepted}{or_none}, got {value!r}")


class Learner(BaseEstimator):
    """Check the samples that a fitted learner is asked about."""

    def _check_new(self, X: ArrayLike) -> np.ndarray:
        """Return X as finite floats, with the features that the learner was given."""
        check_is_fitted(self)
        return validate_data(self, X, reset=False, dtype=np.float64)


class Regressor(RegressorMixin, Learner):
    """Check the data of a learner that predicts numbers."""

    def _check(self, X: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """Return X and y as finite floats."""
        check_parameters(self)
        options = {"dtype": np.float64, "y_numeric": True, "ensure_min_samples": 2}
        X, y = validate_data(self, X, y, **options)
        return X, y.astype(np.float64)


class Classifier(ClassifierMixin, Learner):
    """Check the data of a learner of two or more classes, and number the classes.

    It predicts the class that `predict_proba` of the learner finds most probable.
    """

    def _check(
        self, X: ArrayLike, y: ArrayLike, order: ArrayLike | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return X as finite floats, and the place of each label in ``classes_``."""
        check_parameters(self)
        X, y = validate_data(self, X, y, dtype=np.float64)
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
        check_parameters(self)
        X, y = validate_data(self, X, y, dtype=np.float64)
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


def check_positive(name: str, value: float) -> None:
    """Raise a ValueError unless `value` is a finite number > 0."""
    accepted, accepts = POSITIVE
    if not accepts(value):
        raise ValueError(f"{name} must be {accepted}, got {value!r}")


def check_count(name: str, value: int) -> None:
    """Raise a ValueError unless `value` is a whole number >= 1."""
    accepted, accepts = COUNT
    if not accepts(value):
        raise ValueError(f"{name} must be {accepted}, got {value!r}")


def check_matrix(name: str, values: ArrayLike) -> np.ndarray:
    """Return `values` as a finite float array with two dimensions."""
    return check_array(values, dtype=np.float64, input_name=name)


def check_targets(X: np.ndarray, y: ArrayLike) -> np.ndarray:
    """Return `y` as finite floats, one for each row of `X`."""
    y = check_array(y, dtype=np.float64, ensure_2d=False, input_name="y")
    if y.shape != (len(X),):
        raise ValueError(
            f"y must hold one value per row, shape ({len(X)},), got shape {y.shape}"
        )
    return y


def check_samples(X: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return `X` and `y` as finite floats with as many rows."""
    X = check_matrix("X", X)
    return X, check_targets(X, y)


def check_shapes(w: np.ndarray, X: np.ndarray, y: np.ndarray) -> None:
    """Check, without a copy, that X has a column per weight and a row per target."""
    if np.shape(X) != (np.size(y), np.size(w)) or np.ndim(y) != 1 or np.ndim(w) != 1:
        raise ValueError(
            "X must have the shape (n_samples, n_features), y (n_samples,) and w "
            f"(n_features,), got {np.shape(X)}, {np.shape(y)} and {np.shape(w)}"
        )


def check_system(A: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return `A` and `y` when ``A theta = y`` has one least-squares solution."""
    A = check_matrix("A", A)
    y = check_targets(A, y)
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


def check_coefficients(A: np.ndarray, theta: ArrayLike) -> np.ndarray:
    """Return `theta` as finite floats, one for each column of `A`."""
    theta = check_array(theta, dtype=np.float64, ensure_2d=False, input_name="theta")
    if theta.shape != (A.shape[1],):
        raise ValueError(
            f"theta must hold one coefficient per column of A, shape ({A.shape[1]},), "
            f"got shape {theta.shape}"
        )
    return theta


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
