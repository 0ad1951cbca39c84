"""The error of a map, known, and what two designs of validation say of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.spatial import KDTree

from .folds import folds_by_group, folds_by_record

SIDE, N_SAMPLES = 64, 150
GRID = np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE)), -1).reshape(-1, 2)
SQUARE = GRID[:, 0] // 16 * 4 + GRID[:, 1] // 16


def sampled_field(
    clustered: bool, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw a smooth field on a grid, and 150 of its points.

    Parameters
    ----------
    clustered : bool
        Sample in eight clumps instead of everywhere alike.
    rng : numpy.random.Generator
        Where the numbers come from.

    Returns
    -------
    field : ndarray, shape (4096,)
        Values on the 64 by 64 points of `GRID`, of standard deviation 1.
    rows : ndarray of int, shape (150,)
        The points that are sampled.

    Examples
    --------
    >>> field, rows = sampled_field(True, np.random.default_rng(0))
    >>> field.shape, rows.shape
    ((4096,), (150,))
    """
    noise = rng.normal(size=(SIDE, SIDE))
    field = gaussian_filter(noise, 6, mode="wrap").ravel()
    odds = np.ones(SIDE**2)
    if clustered:
        near = KDTree(rng.uniform(0, SIDE, (8, 2))).query(GRID)[0]
        odds = np.exp(-(near**2) / 18)
    rows = rng.choice(SIDE**2, N_SAMPLES, replace=False, p=odds / odds.sum())
    return field / field.std(), rows


def errors_by_design(
    model: Any, clustered: bool, rng: np.random.Generator
) -> list[float]:
    """Return the error of a map, and what folds by record and by block make of it.

    Parameters
    ----------
    model : regressor
        Draws the map from the samples.
    clustered : bool
        As in `sampled_field`.
    rng : numpy.random.Generator
        Where the numbers come from.

    Returns
    -------
    list of float
        Root-mean-square errors: at all points that were not sampled, and of the
        samples by five folds of records and of blocks of 16 by 16 points.

    Examples
    --------
    >>> from sklearn.neighbors import KNeighborsRegressor
    >>> rng = np.random.default_rng(0)
    >>> found = errors_by_design(KNeighborsRegressor(5), False, rng)
    >>> found[1] < 1.5 * found[0] < found[2]
    True
    """
    field, rows = sampled_field(clustered, rng)
    rest = np.setdiff1d(np.arange(field.size), rows)
    by_record = folds_by_record(rows.size, random_state=rng)
    by_block = folds_by_group(SQUARE[rows], random_state=rng)
    deals = [[(rows, rest)]]
    deals += [[(rows[a], rows[b]) for a, b in deal] for deal in (by_record, by_block)]
    errors = []
    for deal in deals:
        misses = [
            model.fit(GRID[a], field[a]).predict(GRID[b]) - field[b] for a, b in deal
        ]
        errors.append(float(np.sqrt(np.mean(np.concatenate(misses) ** 2))))
    return errors
