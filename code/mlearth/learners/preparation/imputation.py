"""Missing values from scratch: fill a column from the others, often, and pool.

A value that a regression finds most probable is good to predict with and too smooth to
measure a coefficient with. For that, draw what it might have been, several times.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import solve_triangular

from ..._arguments import (
    Count,
    Gappy,
    Generator,
    Matrix,
    RandomState,
    Vector,
    check_matrix,
    check_room,
    check_vector,
    checked,
    wrong,
)

__all__ = [
    "chained_equations",
    "fill_column",
    "multiple_imputation",
    "pool_estimates",
]


def check_column(column: np.ndarray, others: np.ndarray, **unused: object) -> None:
    """Raise a ValueError unless the values that are there fix a plane in the others."""
    seen = ~np.isnan(column)
    A = np.column_stack([np.ones(len(others)), others])[seen]
    least = A.shape[1] + 1
    if seen.sum() < least:
        words = f"a column of which {least} values or more are there"
        raise wrong("column", words, seen.sum())
    if np.linalg.matrix_rank(A) < A.shape[1]:
        words = "columns of which none is a combination of the rest where column is"
        raise wrong("others", f"{words} there", "one that is")


@checked(also=check_column)
def fill_column(
    column: Gappy, others: Matrix, rng: Generator | None = None
) -> np.ndarray:
    """Fill the gaps of a column by regression on the others.

    Parameters
    ----------
    column : array_like, shape (n_samples,)
        The values [any unit], NaN where they are missing.
    others : array_like, shape (n_samples, n_features)
        Complete columns that are to tell something about it, the target of a later
        regression among them.
    rng : numpy.random.Generator, optional
        Draw what each value might have been: a plane of those that the data allow, and
        a residual about it. Without it each gap gets the value on the best plane.

    Returns
    -------
    ndarray, shape (n_samples,)
        The column without gaps; what was there is untouched.

    Raises
    ------
    ValueError
        If too few values are there, others has gaps or dependent columns, or the
        shapes disagree.

    Notes
    -----
    Errors of the column are taken as normal and of one variance. Gaps may depend on
    the others, not on what is missing (``rubin1976inference``).

    Examples
    --------
    >>> fill_column([1.0, 2.0, np.nan, 4.0], [[2.0], [4.0], [6.0], [8.0]]).round(9)
    array([1., 2., 3., 4.])
    """
    column = np.array(column, dtype=float)
    missing = np.isnan(column)
    A = np.column_stack([np.ones(len(column)), others])
    # Learn the column from the others
    Q, R = np.linalg.qr(A[~missing])
    theta = solve_triangular(R, Q.T @ column[~missing])
    if rng is None:
        column[missing] = A[missing] @ theta
        return column
    # Draw a plane that the data allow
    residual = column[~missing] - A[~missing] @ theta
    n_left_over = residual.size - theta.size
    sigma = np.sqrt(residual @ residual / rng.chisquare(n_left_over))
    theta = theta + sigma * solve_triangular(R, rng.normal(size=theta.size))
    # Scatter the values about it
    scatter = sigma * rng.normal(size=missing.sum())
    column[missing] = A[missing] @ theta + scatter
    return column


def check_gaps(X: ArrayLike, **unused: object) -> np.ndarray:
    """Return a table of floats with gaps, of which no column is empty."""
    X = check_matrix("X", X, missing=True)
    empty = np.flatnonzero(np.isnan(X).all(axis=0))
    if empty.size:
        raise wrong("X", "columns with a value or more", f"none in column {empty[0]}")
    if X.shape[1] < 2:
        raise wrong("X", "a table of two columns or more", f"shape {X.shape}")
    return X


def chained_equations(
    X: np.ndarray, n_iter: int, rng: np.random.Generator | None = None
) -> np.ndarray:
    """Fill the columns of a table in turn, each from the others, in several rounds."""
    missing = np.isnan(X)
    filled = np.where(missing, np.nanmean(X, axis=0), X)
    for _ in range(n_iter):
        for j in np.flatnonzero(missing.any(axis=0)):
            gaps = np.where(missing[:, j], np.nan, X[:, j])
            filled[:, j] = fill_column(gaps, np.delete(filled, j, axis=1), rng)
    return filled


def multiple_imputation(
    X: ArrayLike,
    n_imputations: Count = 20,
    n_iter: Count = 10,
    random_state: RandomState = None,
) -> Iterator[np.ndarray]:
    """Make several complete copies of a table, whose gaps hold different draws.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        The table, NaN where a value is missing. Give it all columns that the later
        analysis uses, its target too.
    n_imputations : int, optional
        How many copies.
    n_iter : int, optional
        Rounds through the columns (chained equations, ``vanbuuren2011mice``). With one
        incomplete column the first round is the last that changes anything but draws.
    random_state : int, numpy.random.Generator or None, optional
        Seed of the draws.

    Returns
    -------
    iterator of ndarray, shape (n_samples, n_features)
        The copies, one after the other.

    Raises
    ------
    ValueError
        If X is no table of numbers, has a column without values, or its columns depend
        on one another; if a count or the seed is none.

    Examples
    --------
    >>> X = [[0.0, 1.0], [1.0, 3.2], [2.0, 4.9], [3.0, np.nan]]
    >>> copies = list(multiple_imputation(X, 3, random_state=0))
    >>> [copy[3, 1].round(1).item() for copy in copies]
    [7.1, 7.1, 8.1]
    """
    return _copies(*_request(X, n_imputations, n_iter, random_state))


@checked(also=check_gaps)
def _request(
    X: ArrayLike, n_imputations: Count, n_iter: Count, random_state: RandomState
) -> tuple:
    X = check_gaps(X)
    check_room("n_imputations", n_imputations, n_imputations * X.size)
    check_room("n_iter", n_iter, n_iter * X.size)  # no need of room, but of a life
    return X, n_imputations, n_iter, np.random.default_rng(random_state)


def _copies(X, n_imputations, n_iter, rng) -> Iterator[np.ndarray]:
    for _ in range(n_imputations):
        yield chained_equations(X, n_iter, rng)


def check_copies(estimates: np.ndarray, errors: np.ndarray) -> None:
    """Raise a ValueError unless there are two copies, and errors are no less than 0."""
    if len(estimates) < 2:
        raise wrong("estimates", "those of two copies or more", len(estimates))
    check_vector("errors", errors, least=0)


@checked(also=check_copies)
def pool_estimates(estimates: Vector, errors: Vector) -> tuple[float, float, float]:
    """Pool what was found in each copy, by Rubin's rules.

    Parameters
    ----------
    estimates : array_like, shape (n_imputations,)
        The quantity as each complete copy gives it [its unit].
    errors : array_like, shape (n_imputations,)
        Its standard error in each copy [the same unit].

    Returns
    -------
    estimate : float
        Their mean.
    error : float
        Its standard error: within the copies and between them.
    degrees_of_freedom : float
        Of Student's t, for an interval; infinite where the copies agree.

    Raises
    ------
    ValueError
        If the arrays differ in length, hold fewer than two values, or an error is
        below zero.

    References
    ----------
    ``vanbuuren2018flexible``, section 2.3.

    Examples
    --------
    >>> estimate, error, dof = pool_estimates([1.0, 3.0], [1.0, 1.0])
    >>> estimate, error, round(dof, 3)
    (2.0, 2.0, 1.778)
    """
    # Pool the copies
    m = len(estimates)
    within = np.mean(np.square(errors))
    between = (1 + 1 / m) * np.var(estimates, ddof=1)
    total = within + between
    dof = (m - 1) * (total / between) ** 2 if between > 0 else np.inf
    return float(np.mean(estimates)), float(np.sqrt(total)), float(dof)
