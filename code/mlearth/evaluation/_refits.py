"""Models fitted again on every fold, and the folds that a comparison accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.base import clone

from .._arguments import check_codes, check_same_rows, shown, wrong
from .._arguments.types import Features, is_estimator
from ._folds import Folds
from ._split import assert_no_leak

LEAST_SEEDS = 5
"""Fold seeds below which the luck of one deal of the folds is not seen."""

Pieces = list[list[np.ndarray]]
"""Predictions by seed and fold."""


def check_models(models: Any, y: Any) -> dict[str, tuple[Any, Any]]:
    """Return models with their features, both as they came."""
    accepted = "a mapping of two or more names to pairs (model, X)"
    if not isinstance(models, Mapping) or len(models) < 2:
        raise wrong("models", accepted, shown(models))
    for name, pair in models.items():
        if not isinstance(pair, tuple) or len(pair) != 2 or not is_estimator(pair[0]):
            raise wrong("models", accepted, f"{name!r}: {shown(pair)}")
        check_same_rows(**{"y": y, f"models[{name!r}]": pair[1]})
        Features().check(f"models[{name!r}]", pair[1], {})
    return dict(models)


def plan(
    folds: Any, n_rows: int, groups: Any
) -> tuple[list[Folds], np.ndarray, np.ndarray]:
    """Return the folds of each seed, the rows they test and the unit of each of these.

    Refused are folds that do not fit the rows, that are too few, or that leak a unit.
    """
    units = np.arange(n_rows) if groups is None else groups
    codes = check_codes("groups", units, length=n_rows, of="the rows of y")[0]
    deals = _check_deals(folds, n_rows)
    _check_seeds(deals, codes)
    for fold in (fold for deal in deals for fold in deal):
        assert_no_leak(fold, units, "unit")
    tested = [np.sort(np.concatenate([fold.test for fold in deal])) for deal in deals]
    if any(np.unique(rows).size < rows.size for rows in tested):
        raise wrong("folds", "such that each row is tested once", "a row tested twice")
    if not all(np.array_equal(rows, tested[0]) for rows in tested):
        raise wrong("folds", "of the same tested rows under every seed", "other rows")
    return deals, tested[0], np.unique(codes[tested[0]], return_inverse=True)[1]


def _check_deals(folds: Any, n_rows: int) -> list[Folds]:
    """Return the sets of folds, all made for the rows."""
    deals = [folds] if isinstance(folds, Folds) else folds
    one_by_one = isinstance(deals, Sequence) and len(deals)
    if not one_by_one or not all(isinstance(deal, Folds) for deal in deals):
        accepted = "a list of folds, such as [folds_by_event(...) for seed in range(5)]"
        raise wrong("folds", accepted, shown(folds))
    for split in (deal[0] for deal in deals):
        of = split.train.size + split.test.size + split.left_out.size
        if of != n_rows:
            raise wrong("folds", f"made for the {n_rows} rows of y", f"{of} rows")
    return list(deals)


def _check_seeds(deals: list[Folds], codes: np.ndarray) -> None:
    """Insist on enough deals, and on different ones, where there is a choice."""
    single = all(np.ptp(codes[fold.test]) == 0 for fold in deals[0])
    if deals[0][0].groups == "time" or single:  # no seed can deal them otherwise
        if len(deals) > 1:
            raise wrong("folds", "one set, as no seed changes it", f"{len(deals)} sets")
    elif len(deals) < LEAST_SEEDS:
        accepted = f"dealt with at least {LEAST_SEEDS} seeds (random_state)"
        raise wrong("folds", accepted, f"{len(deals)}: one deal may be a lucky one")
    elif len({_deal_of(deal) for deal in deals}) < len(deals):
        raise wrong("folds", "dealt with different seeds", "the same folds twice")


def _deal_of(deal: Folds) -> frozenset[bytes]:
    """Return what tells one deal of the rows from another."""
    return frozenset(fold.test.tobytes() for fold in deal)


def refit(name: str, model: Any, X: Any, y, deals: list[Folds], response) -> Pieces:
    """Fit a clone on the training rows of every fold, and ask it for the test rows."""
    take = X.iloc if hasattr(X, "iloc") else np.asarray(X)
    asked = []
    for deal in deals:
        fitted = (clone(model).fit(take[fold.train], y[fold.train]) for fold in deal)
        asked.append(
            [
                answer(name, one, take[fold.test], response, np.unique(y)[-1])
                for one, fold in zip(fitted, deal, strict=True)
            ]
        )
    return asked


def answer(name: str, fitted: Any, X: Any, response: str, last: Any) -> np.ndarray:
    """Return one number or label for each row."""
    if not hasattr(fitted, response):
        raise wrong("response", f"one that models[{name!r}] has", repr(response))
    found = np.asarray(getattr(fitted, response)(X))
    if response == "predict_proba":
        if fitted.classes_[-1] != last:
            raise wrong("folds", f"such that {last!r} is in every training", "none")
        found = found[:, -1]
    if found.shape != (len(X),):
        accepted = f"one that gives one value a row for models[{name!r}]"
        raise wrong("response", accepted, f"shape {found.shape}")
    return found


def joined(pieces: list[np.ndarray], deal: Folds) -> np.ndarray:
    """Return predictions of all tested rows of one seed, in the order of the rows."""
    rows = np.concatenate([fold.test for fold in deal])
    return np.concatenate(pieces)[np.argsort(rows)]
