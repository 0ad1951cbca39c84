"""Compare two models on the same test rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import permutation_test

from .._arguments import (
    Column,
    Labels,
    RandomState,
    check_codes,
    check_same_rows,
    check_vector,
    checked,
)
from .uncertainty import Interval, bootstrap_interval


@dataclass(frozen=True, eq=False, repr=False)
class PairedComparison:
    """Two models on the same test rows; see `paired_comparison`.

    Attributes
    ----------
    mean_a, mean_b : float
        Mean loss of each model.
    difference : Interval
        Mean loss of a minus mean loss of b; negative when a is better.
    p_value : float
        How often a difference as large would come up if the sign of every cluster's
        difference were a coin's.
    """

    mean_a: float
    mean_b: float
    difference: Interval
    p_value: float

    def __repr__(self) -> str:
        return (
            f"mean loss {self.mean_a:.3g} (a) and {self.mean_b:.3g} (b), difference "
            f"{self.difference!r}, sign-flip p = {self.p_value:.2g}"
        )


@checked
def paired_comparison(
    loss_a: Column,
    loss_b: Column,
    groups: Labels | None = None,
    *,
    level: float = 0.95,
    n_resamples: int = 1000,
    min_clusters: int = 10,
    random_state: RandomState = None,
) -> PairedComparison:
    """Compare the losses of two models row by row on the same test rows.

    Parameters
    ----------
    loss_a, loss_b : array_like, shape (n_rows,)
        Loss of each model on each row: squared errors, absolute errors, 0 and 1.
    groups : array_like, shape (n_rows,), optional
        The cluster of each row; without it every row counts as independent.
    level, n_resamples, min_clusters, random_state
        As in `bootstrap_interval`; `n_resamples` is also the number of sign flips.

    Returns
    -------
    PairedComparison

    Raises
    ------
    ValueError
        If lengths differ or there are too few clusters.

    Notes
    -----
    Without a difference between the models, a cluster's summed difference is as likely
    to be positive as negative. The test flips these signs at random (all combinations
    where they are no more than `n_resamples`) and counts how often the total is at
    least as far from zero as the one found.

    Examples
    --------
    >>> a = np.array([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) / 10
    >>> paired_comparison(a, a + 0.1 * (a > 0.1) + 0.05, random_state=0).p_value < 0.01
    True
    """
    check_same_rows(loss_a=loss_a, loss_b=loss_b, groups=groups)
    loss_a = check_vector("loss_a", loss_a, bools=True)
    loss_b = check_vector("loss_b", loss_b, bools=True)
    difference = loss_a - loss_b
    labels = np.arange(loss_a.size) if groups is None else groups
    rng = np.random.default_rng(random_state)
    interval = bootstrap_interval(
        np.mean,
        difference,
        groups=labels,
        level=level,
        n_resamples=n_resamples,
        min_clusters=min_clusters,
        random_state=rng,
    )
    p_value = _sign_flip(difference, labels, n_resamples, rng)
    return PairedComparison(
        float(loss_a.mean()), float(loss_b.mean()), interval, p_value
    )


def _sign_flip(
    difference: np.ndarray,
    labels: ArrayLike,
    n_resamples: int,
    rng: np.random.Generator,
) -> float:
    """Return the two-sided p-value of flipping the signs of whole clusters."""
    codes, names = check_codes("groups", labels)
    test = permutation_test(
        (np.bincount(codes, weights=difference),),
        np.sum,
        permutation_type="samples",
        vectorized=True,
        n_resamples=n_resamples,
        batch=max(1, 1_000_000 // names.size),
        random_state=rng,
    )
    return float(test.pvalue)
