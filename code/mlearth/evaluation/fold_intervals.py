"""The interval of a mean difference over folds whose training sets overlap."""

from __future__ import annotations

import numpy as np
from scipy.stats import t as student

from .._arguments import (
    Column,
    check_number,
    check_same_rows,
    check_vector,
    checked,
    wrong,
)
from .uncertainty import Interval


@checked
def corrected_interval(
    scores: Column, others: Column, test_share: float, level: float = 0.95
) -> Interval:
    """Put an interval on the mean difference of two models, from their folds.

    Parameters
    ----------
    scores, others : array_like, shape (n_folds,)
        Score of each of the two models on each fold, in the same order; folds of
        several seeds stand one after the other.
    test_share : float
        Test rows for each training row of a fold: 0.25 for five folds. With 0 the
        folds are taken as independent, which they are not.
    level : float
        Level of the interval, between 0 and 1.

    Returns
    -------
    Interval
        About the procedure: other training sets of this size would have been as likely.

    Raises
    ------
    ValueError
        If there are fewer than two folds, or `test_share` is below 0.

    Notes
    -----
    The corrected resampled t of ``nadeau2003inference``: it takes two folds to be
    correlated by the share of rows that a fold tests.

    Examples
    --------
    >>> line, forest = [1.0, 1.2, 0.9, 1.1, 1.0], [0.9, 1.0, 0.9, 0.9, 0.9]
    >>> corrected_interval(forest, line, 0.25)
    -0.12 (-0.28 to 0.04), 95 % interval, n = 5
    """
    scores, others = check_scores(scores, others, test_share, level)
    # Pair the folds
    gaps = scores - others
    # Widen for shared training
    error = np.sqrt((1 / gaps.size + test_share) * gaps.var(ddof=1))
    reach = float(student.ppf((1 + level) / 2, gaps.size - 1) * error)
    mean = float(gaps.mean())
    return Interval(mean, mean - reach, mean + reach, level, gaps.size)


def check_scores(
    scores: Column, others: Column, test_share: float, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the scores of two models on the same folds, two or more."""
    check_number("test_share", test_share, least=0)
    check_number("level", level, above=0, below=1)
    check_same_rows(scores=scores, others=others)
    scores, others = check_vector("scores", scores), check_vector("others", others)
    if scores.size < 2:
        raise wrong("scores", "of two or more folds", f"{scores.size}")
    return scores, others
