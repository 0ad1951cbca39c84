"""What a majority is worth, when its voters err together."""

from __future__ import annotations

from typing import Annotated

from scipy.special import bdtrc

from ..._arguments import Accepted, checked, count, number

__all__ = ["majority_error"]

Share = Annotated[float, number(least=0, most=1)]
OddCount = Annotated[
    int,
    Accepted(
        "an odd whole number >= 1, so that no vote ties",
        lambda value: count().holds(value) and value % 2 == 1,
    ),
]


@checked
def majority_error(
    p_wrong: Share, n_voters: OddCount, correlation: Share = 0.0
) -> float:
    """Return how often a majority errs whose voters err equally often.

    With the probability `correlation` all repeat what one of them says, otherwise each
    answers for itself. Any two votes then have this correlation.

    Parameters
    ----------
    p_wrong : float
        Probability that a voter errs, from 0 to 1.
    n_voters : int
        Number of voters, odd.
    correlation : float
        Correlation of the mistakes of any two voters, from 0 to 1.

    Returns
    -------
    float
        Probability that more than half of them err [1].

    Examples
    --------
    >>> round(majority_error(0.3, 21), 3), round(majority_error(0.3, 21, 0.5), 3)
    (0.026, 0.163)
    """
    alone = bdtrc(n_voters // 2, n_voters, p_wrong)  # more than half, by the binomial
    return float(correlation * p_wrong + (1 - correlation) * alone)
