"""How well a referee judged."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import checked, wrong
from ..._arguments.types import Array
from .cases import Cases

__all__ = ["Grade", "grade_referee"]

Probabilities = Annotated[
    ArrayLike,
    Array(("n_cases",), "numbers from 0 to 1", lambda a: (a >= 0) & (a <= 1)),
]


class Grade(NamedTuple):
    """How well a referee judged.

    Attributes
    ----------
    brier : float
        Mean square of probability minus truth; 0 is perfect.
    always_half : float
        What 50 % for every case would have, 0.25.
    """

    brier: float
    always_half: float


def check_each(cases, leaks) -> None:
    """Insist on one probability for each case."""
    if leaks.size != len(cases):
        raise wrong("leaks", f"{len(cases)} numbers, one for each case", leaks.size)


@checked(also=check_each)
def grade_referee(cases: Cases, leaks: Probabilities) -> Grade:
    """Score a referee's probabilities that cases leak.

    Parameters
    ----------
    cases : list of RefereeCase
        Those of an examination.
    leaks : array_like, shape (n_cases,)
        The probability, from 0 to 1, with which each is said to leak.

    Returns
    -------
    Grade
        The Brier score, beside that of always saying 50 %.

    Raises
    ------
    ValueError
        If there is not one probability for each case.

    Examples
    --------
    >>> from mlearth.evaluation import referee_cases
    >>> grade_referee(referee_cases(3), [0.5] * 12)
    Grade(brier=0.25, always_half=0.25)
    """
    truth = np.array([one.world.leak is not None for one in cases], dtype=float)
    return Grade(float(np.mean((leaks - truth) ** 2)), 0.25)
