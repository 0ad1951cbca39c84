"""Tell whether what was fitted saw more than the training rows: fit it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import check_is_fitted

from ..._arguments import wrong
from .report import Leak


def what_fitting_saw(
    fitted: Sequence[Any], X: Any, y: np.ndarray, train: np.ndarray
) -> tuple[list[Leak], list[str]]:
    """Return the leaks of what was fitted, and what cannot be told.

    A clone that is fitted to the training rows alone must hold the same numbers. If
    one that is fitted to all rows does, the estimator has seen the test.
    """
    leaks, unknown = [], []
    for estimator in fitted:
        name = type(estimator).__name__
        if not hasattr(estimator, "get_params") or not hasattr(estimator, "fit"):
            raise wrong("fitted", "fitted estimators of scikit-learn", name)
        try:
            check_is_fitted(estimator)
        except NotFittedError:
            raise wrong("fitted", "estimators that were fitted", name) from None
        held, alone = _numbers(estimator), _refit(estimator, X, y, train)
        from_all = _refit(estimator, X, y, np.arange(len(y)))
        if _equal(alone, from_all):
            unknown.append(f"what {name} was fitted to: its numbers would not tell")
        elif _equal(held, alone):
            continue
        elif _equal(held, from_all):
            step = _first_difference(held, alone)
            said = f"fitted to all rows: `{step}` is another from the training alone"
            leaks.append(Leak("fitted", name, said))
        else:
            unknown.append(f"what {name} was fitted to: neither to the training of X")
    return leaks, unknown


def _refit(estimator: Any, X: Any, y: np.ndarray, rows: np.ndarray) -> dict:
    """Return the numbers of a clone that is fitted to some rows."""
    some = X.iloc[rows] if hasattr(X, "iloc") else np.asarray(X)[rows]
    try:
        return _numbers(clone(estimator).fit(some, y[rows]))
    except (TypeError, ValueError) as error:
        got = f"{type(estimator).__name__}, which refuses them ({error})"
        raise wrong("fitted", "estimators that can be fitted to X and y", got) from None


def _numbers(estimator: Any) -> dict[str, np.ndarray]:
    """Return all numbers that fitting left, by their names, of every step."""
    return dict(_walk(estimator, ""))


def _walk(estimator: Any, path: str) -> Iterator[tuple[str, np.ndarray]]:
    for name, step in getattr(estimator, "steps", ()):
        yield from _walk(step, f"{path}{name}.")
    for name, step, _ in getattr(estimator, "transformers_", ()):
        yield from _walk(step, f"{path}{name}.")
    for name, value in (
        vars(estimator).items() if hasattr(estimator, "__dict__") else ()
    ):
        if not name.endswith("_") or name.startswith("_"):
            continue
        try:
            array = np.asarray(value)
        except ValueError:
            continue  # arrays of several lengths
        if array.dtype.kind in "biuf":
            yield f"{path}{name}", array


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    # sums in another order differ in their last digits
    return one.shape == other.shape and np.allclose(
        one.astype(float), other.astype(float), rtol=1e-6, atol=1e-12, equal_nan=True
    )


def _equal(one: dict, other: dict) -> bool:
    return one.keys() == other.keys() and all(_same(one[k], other[k]) for k in one)


def _first_difference(one: dict, other: dict) -> str:
    both = [name for name in one if name in other and not _same(one[name], other[name])]
    telling = [name for name in both if not name.split(".")[-1].startswith("n_")]
    return (telling or both or [*one])[0]
