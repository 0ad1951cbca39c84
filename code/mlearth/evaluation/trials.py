"""Comparisons of two models whose true difference is known, by simulation."""

from __future__ import annotations

import numpy as np

from .._arguments import RandomState, check_count, check_seed

N_UNITS, N_ROWS, N_FOLDS, N_SEEDS = 40, 10, 5, 5


def simulate_comparisons(
    n_runs: int, *, heavy_tails: bool = False, random_state: RandomState = None
) -> tuple[np.ndarray, np.ndarray]:
    """Compare two straight lines on made-up units, many times.

    Each run draws 40 units of 10 rows, with an offset and a slope of their own, and
    compares a line in one feature with a plane in two, by five seeds of five folds of
    whole units. It stands in for earthquakes with their records; it breaks down where
    units differ in size or resemble one another.

    Parameters
    ----------
    n_runs : int
        How many comparisons.
    heavy_tails : bool
        Draw the terms of units from Student's t with 3 degrees of freedom, so that a
        few units are far from the others, instead of from a normal distribution.
    random_state : int, numpy.random.Generator or None
        Seed.

    Returns
    -------
    by_fold : ndarray, shape (n_runs, 25)
        Squared error of the plane minus that of the line, by fold.
    by_unit : ndarray, shape (n_runs, 40)
        The same by unit, averaged over the seeds. Its mean over all runs is the truth
        that an interval is to hold.

    Raises
    ------
    ValueError
        If `n_runs` is not a whole number from 1 on.

    Examples
    --------
    >>> by_fold, by_unit = simulate_comparisons(3, random_state=0)
    >>> by_fold.shape, by_unit.shape, bool(np.isclose(by_fold.mean(), by_unit.mean()))
    ((3, 25), (3, 40), True)
    """
    check_count("n_runs", n_runs, least=1)
    rng = check_seed("random_state", random_state)
    runs = [_one_run(rng, heavy_tails) for _ in range(n_runs)]
    by_fold, by_unit = (np.array(part) for part in zip(*runs, strict=True))
    return by_fold, by_unit


def _one_run(
    rng: np.random.Generator, heavy_tails: bool
) -> tuple[np.ndarray, np.ndarray]:
    unit = np.repeat(np.arange(N_UNITS), N_ROWS)
    X = np.c_[np.ones(unit.size), rng.normal(size=(unit.size, 2))]
    shape = (2, N_UNITS)
    offset, slope = rng.standard_t(3, shape) if heavy_tails else rng.normal(size=shape)
    y = X @ [0, 1, 0.3] + offset[unit] + slope[unit] * X[:, 2] / 2
    y = y + rng.normal(size=unit.size)
    by_fold, by_unit = [], np.zeros(N_UNITS)
    for _ in range(N_SEEDS):
        fold = rng.permutation(np.arange(N_UNITS) % N_FOLDS)[unit]
        gap = _squares(X, y, fold) - _squares(X[:, :2], y, fold)
        by_fold += [gap[fold == k].mean() for k in range(N_FOLDS)]
        by_unit += np.bincount(unit, gap) / (N_ROWS * N_SEEDS)
    return np.array(by_fold), by_unit


def _squares(X: np.ndarray, y: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """Return squared errors of least squares, each fold predicted from the others."""
    errors = np.empty(y.size)
    for k in range(N_FOLDS):
        test = fold == k
        w = np.linalg.lstsq(X[~test], y[~test])[0]
        errors[test] = (y[test] - X[test] @ w) ** 2
    return errors
