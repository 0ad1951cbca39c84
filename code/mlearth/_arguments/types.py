"""Types of parameters that say what an argument may be; `checked` holds to them.

The type of an array names its axes and says what its numbers mean. Axes of one name
have one length, and pandas columns that share their rows share their index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike

from .arrays import LARGEST, as_floats
from .columns import check_labels
from .values import FUNCTION, WORD, Accepted, number, shown, wrong

ROUNDING = 1e-8
"""How far shares and moments may be off, since they are differences of sums."""

SAMPLES, FEATURES, OTHERS = "n_samples", "n_features", "n_others"

Sizes = dict[str, tuple[int, str]]
"""Length of each axis that was met, and whose it was."""


@dataclass(frozen=True)
class Array:
    """What an array of numbers may be.

    Attributes
    ----------
    axes : tuple of str or None
        Names of its axes, or None for any number of axes.
    words : str
        Which numbers it holds.
    holds : callable
        Takes an array of floats and tells which, or whether all of them, are accepted.
    bools : bool
        Accept True and False, as 1 and 0.
    missing : bool
        Accept missing values: NaN, None and masked ones become NaN.
    """

    axes: tuple[str, ...] | None = None
    words: str = "numbers"
    holds: Callable[[np.ndarray], Any] | None = None
    bools: bool = False
    missing: bool = False

    def check(self, name: str, values: Any, sizes: Sizes) -> np.ndarray:
        """Return `values` as floats, or raise a ValueError that names them."""
        array = plain_floats(values)
        if array is None:
            array = as_floats(name, values, missing=self.missing, bools=self.bools)
        if array.size == 0:
            raise wrong(name, "at least one value", f"shape {array.shape}")
        if self.axes is not None:
            self._check_axes(name, array, sizes)
        if self.holds is not None and not np.all(self.holds(array)):
            kinds = np.unique(array)
            few = ", ".join(f"{value:.4g}" for value in kinds[:5])
            raise wrong(name, self.words, few + ", ..." * (kinds.size > 5))
        return array

    def _check_axes(self, name: str, array: np.ndarray, sizes: Sizes) -> None:
        """Insist on as many axes as are named, each as long as those of its name."""
        if array.ndim != len(self.axes):
            form = "a table, 2D" if len(self.axes) == 2 else "one-dimensional"
            shape = ", ".join(self.axes) + "," * (len(self.axes) == 1)
            raise wrong(name, f"{form}, shape ({shape})", f"shape {array.shape}")
        for axis, length in zip(self.axes, array.shape, strict=True):
            expected, owner = sizes.setdefault(axis, (length, name))
            if length != expected and owner == name:
                raise wrong(name, "square", f"shape {array.shape}")
            if length != expected:
                what = f"such that {axis} = {expected}, as in {owner}"
                raise wrong(name, what, f"shape {array.shape}")


@dataclass(frozen=True)
class Names:
    """Labels of one kind, numbers or text, one for each row."""

    axes: tuple[str, ...] = ("n_rows",)

    def check(self, name: str, values: Any, sizes: Sizes) -> Any:
        """Return the labels as they came, or raise a ValueError that names them."""
        found = len(check_labels(name, values))
        expected, owner = sizes.setdefault(self.axes[0], (found, name))
        if found != expected:
            raise wrong(name, f"{expected} rows, as many as {owner}", found)
        return values


@dataclass(frozen=True)
class Aligned:
    """A column that the function checks itself, but for its index."""

    axes: tuple[str, ...] = ("n_rows",)

    def check(self, name: str, values: Any, sizes: Sizes) -> Any:
        """Return the values as they came."""
        return values


@dataclass(frozen=True)
class Watched:
    """Columns by their kinds, each a label for every row."""

    axes: tuple[str, ...] = ("n_rows",)

    def check(self, name: str, values: Any, sizes: Sizes) -> Any:
        """Return the columns as they came, or raise a ValueError that names them."""
        if not hasattr(values, "items"):
            raise wrong(name, "a mapping of kinds to labels, or a DataFrame", values)
        return values


def plain_floats(values: Any) -> np.ndarray | None:
    """Return what is an array of moderate floats already, without a copy."""
    if type(values) is not np.ndarray or values.dtype != float or not values.size:
        return None
    return values if np.abs(values).max() <= LARGEST else None


@dataclass(frozen=True)
class Rows:
    """A pair of rows, those of training and those of the test or validation."""

    def check(self, name: str, value: Any, sizes: Sizes) -> Any:
        """Return the pair as it came, or raise a ValueError that names it."""
        accepted = "two sequences of row numbers, >= 0 and not empty"
        try:
            parts = [np.asarray(part) for part in value]
        except (TypeError, ValueError):
            raise wrong(name, accepted, shown(value)) from None
        sound = [
            part.ndim == 1 and part.size and part.dtype.kind in "iu" and part.min() >= 0
            for part in parts
        ]
        if len(parts) != 2 or not all(sound):
            raise wrong(name, accepted, shown(value))
        last = max(part.max() for part in parts)
        most, owner = sizes.get(SAMPLES, (last + 1, ""))
        if last >= most:
            raise wrong(name, f"rows below {most}, as {owner} has", last)
        return value


@dataclass(frozen=True)
class Features:
    """A table of features for an estimator: a DataFrame stays one, with its columns."""

    axes: tuple[str, ...] = ("n_rows", "n_columns")

    def check(self, name: str, values: Any, sizes: Sizes) -> Any:
        """Return the table, or raise a ValueError that names it."""
        if not (hasattr(values, "iloc") and hasattr(values, "columns")):
            return Array(self.axes, bools=True).check(name, values, sizes)
        if 0 in values.shape:
            raise wrong(name, "at least one row and column", f"shape {values.shape}")
        expected, owner = sizes.setdefault(self.axes[0], (len(values), name))
        if len(values) != expected:
            raise wrong(name, f"{expected} rows, as many as {owner}", len(values))
        return values


@dataclass(frozen=True)
class Targets:
    """What an estimator is to predict: finite numbers, or labels; True counts as 1."""

    axes: tuple[str, ...] = ("n_rows",)

    def check(self, name: str, values: Any, sizes: Sizes) -> np.ndarray:
        """Return numbers or labels as an array, or raise a ValueError that names it."""
        labels = check_labels(name, values)
        if labels.dtype.kind in "US":
            Names(self.axes).check(name, labels, sizes)
            return labels
        return Array(self.axes, bools=True).check(name, values, sizes)


def are_shares(array: np.ndarray) -> bool:
    """Tell whether rows are shares, to the rounding of differences of sums."""
    return array.min() >= -ROUNDING and np.allclose(array.sum(-1), 1, 0, ROUNDING)


def are_moments(array: np.ndarray) -> bool:
    """Tell whether the last axis is a mean and a mean square that is no smaller."""
    if array.shape[-1] != 2:
        return False
    square, mean_square = array[..., 0] ** 2, array[..., 1]
    return np.all(mean_square >= square - ROUNDING * np.maximum(square, 1))


def is_kernel(array: np.ndarray) -> bool:
    """Tell whether a matrix is symmetric and, to rounding, positive semidefinite."""
    if not np.array_equal(array, array.T) and not np.allclose(array, array.T):
        return False
    try:
        np.linalg.cholesky(array + ROUNDING * np.trace(array) * np.eye(len(array)))
    except LinAlgError:
        return False
    return True


def is_estimator(value: Any) -> bool:
    """Tell whether a value is an instance that can be cloned, fitted and asked."""
    wanted = ("fit", "predict", "get_params")
    return not isinstance(value, type) and all(hasattr(value, n) for n in wanted)


Numbers = Annotated[ArrayLike, Array()]
Vector = Annotated[ArrayLike, Array((SAMPLES,))]
Gappy = Annotated[ArrayLike, Array((SAMPLES,), missing=True)]
Matrix = Annotated[ArrayLike, Array((SAMPLES, FEATURES), bools=True)]
Others = Annotated[ArrayLike, Array((OTHERS, FEATURES), bools=True)]
OtherVector = Annotated[ArrayLike, Array((OTHERS,))]
Weights = Annotated[ArrayLike, Array((FEATURES,))]
Outputs = Annotated[ArrayLike, Array((SAMPLES, "n_outputs"), bools=True)]
Signs = Annotated[
    ArrayLike, Array((SAMPLES,), "labels -1 and +1", lambda a: np.abs(a) == 1)
]
Truth = Annotated[
    ArrayLike, Array((SAMPLES,), "0 and 1", lambda a: (a == 0) | (a == 1), bools=True)
]
Positives = Annotated[ArrayLike, Array((SAMPLES,), "numbers > 0", lambda a: a > 0)]
Distances = Annotated[
    ArrayLike, Array((SAMPLES, OTHERS), "numbers >= 0", lambda a: a >= 0)
]
Shares = Annotated[ArrayLike, Array(None, "shares >= 0 that add up to 1", are_shares)]
Moments = Annotated[
    ArrayLike, Array(None, "means beside mean squares that are no smaller", are_moments)
]
BothSigns = Annotated[
    ArrayLike,
    Array(
        (SAMPLES,),
        "labels -1 and +1, both of them",
        lambda a: set(np.unique(a)) == {-1, 1},
    ),
]
Grid = Annotated[ArrayLike, Array(("n_rows", "n_columns"))]
Square = Annotated[ArrayLike, Array((SAMPLES, SAMPLES))]
Kernels = Annotated[
    ArrayLike,
    Array(
        (SAMPLES, SAMPLES),
        "a kernel matrix: symmetric, and without an eigenvalue below 0",
        is_kernel,
    ),
]
Labels = Annotated[ArrayLike, Names()]
Table = Annotated[ArrayLike, Features()]
Target = Annotated[ArrayLike, Targets()]
Column = Annotated[ArrayLike, Aligned()]
Watch = Annotated[Mapping[str, ArrayLike], Watched()]
TrainTest = Annotated[Any, Rows()]
Trials = Annotated[Iterable, Accepted("a sequence", lambda v: hasattr(v, "__iter__"))]
Number = Annotated[float, number()]
Word = Annotated[str, WORD]
Text = Annotated[str, Accepted("text", lambda value: isinstance(value, str))]
Function = Annotated[Callable, FUNCTION]
Estimator = Annotated[Any, Accepted("an estimator with fit and predict", is_estimator)]
