"""Twelve results to be judged, and the one question that a referee may ask of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

import numpy as np
import pandas as pd

from ..._arguments import Accepted, CountOrZero, checked, shown, wrong
from .ablations import after, reported
from .worlds import KINDS, World, draw_world

__all__ = [
    "Ablation",
    "RefereeCase",
    "ablate",
    "answer_key",
    "case_table",
    "referee_cases",
]

ASKED = {
    "space": "hold out whole squares of 100 km",
    "event": "hold out whole earthquakes",
    "clock": "train on the earlier, test on the later",
    "label": "leave out the column 'remark'",
    "tuning": "score rows that nobody has looked at",
}
SAID = {
    "space": "each knows its coordinates, in a region of 500 km",
    "event": "they come from 120 earthquakes, and each knows the depth and the stress "
    "drop of its own",
    "clock": "each knows its day, within three years",
    "label": "a column 'remark' comes from the bulletin that gave the labels",
    "tuning": "1000 settings were tried, and the best is reported",
}
TOPICS = (
    "false alarms of a picker",
    "quarry blasts",
    "induced earthquakes",
    "tremor",
    "records that saturate",
    "shaking beyond the design level",
    "slopes that failed",
    "events that others follow",
    "repeating earthquakes",
    "sites that amplify",
    "directive ruptures",
    "icequakes",
)


@dataclass(frozen=True, eq=False)
class RefereeCase:
    """A result, as a paper reports it.

    Attributes
    ----------
    number : int
        Of the case, from 1 on.
    topic : str
        What is recognised.
    suspicions : tuple of str
        Two ways in which it might leak; either ablation may be asked for.
    n_train, n_test : int
        Rows of training and test.
    score : float
        Share of test rows that the authors got right.
    """

    number: int
    topic: str
    suspicions: tuple[str, str]
    n_train: int
    n_test: int
    score: float
    world: World = field(repr=False)

    @property
    def claim(self) -> str:
        """The abstract of the paper."""
        told = "; ".join(SAID[name] for name in self.suspicions)
        return (
            f"We recognise {self.topic}. Of {self.n_test} records, drawn at random for "
            f"the test, {self.score:.0%} are right; {self.n_train} trained the model. "
            f"Of the records: {told}."
        )


@dataclass(frozen=True)
class Ablation:
    """What came of one question.

    Attributes
    ----------
    asked : str
        What was done otherwise.
    before, after : float
        Share of right answers as reported, and so.
    standard_error : float
        Of their difference, as if all rows were independent.
    """

    asked: str
    before: float
    after: float
    standard_error: float

    @property
    def falls(self) -> bool:
        """Whether the score falls by more than twice its standard error."""
        return self.before - self.after > 2 * self.standard_error


CASE = Accepted("a case of referee_cases", lambda v: isinstance(v, RefereeCase))
CASES = Accepted(
    "a list of cases of referee_cases",
    lambda v: (
        isinstance(v, list | tuple)
        and bool(v)
        and all(isinstance(one, RefereeCase) for one in v)
    ),
)
Case = Annotated[Any, CASE]
Cases = Annotated[Any, CASES]


@checked
def referee_cases(random_state: CountOrZero = 0) -> list[RefereeCase]:
    """Draw twelve results, six of which leak.

    Each kind of leak has one case that leaks and one that does not; a last pair is of
    kinds that are drawn. Beside what its kind makes suspicious, each has a decoy.

    Parameters
    ----------
    random_state : int
        Seed; another one makes another examination.

    Returns
    -------
    list of RefereeCase
        In an order that tells nothing.

    Raises
    ------
    ValueError
        If the seed is no whole number from 0 on.

    Examples
    --------
    >>> cases = referee_cases(3)
    >>> len(cases), cases[0].number
    (12, 1)
    """
    rng = np.random.default_rng(random_state)
    plan = [(kind, leaks) for kind in KINDS for leaks in (True, False)]
    plan += [(rng.choice(KINDS), leaks) for leaks in (True, False)]
    topics = rng.permutation(TOPICS)
    cases = []
    for k, place in enumerate(rng.permutation(len(plan))):
        main, leaks = str(plan[place][0]), plan[place][1]
        decoy = str(rng.choice([kind for kind in KINDS[:4] if kind != main]))
        world = draw_world(main, decoy, leaks, rng)
        pair = main, decoy
        pair = pair if rng.random() < 0.5 else pair[::-1]
        sizes = len(world.train), len(world.test)
        score = float(reported(world).mean())
        cases.append(RefereeCase(k + 1, str(topics[k]), pair, *sizes, score, world))
    return cases


def check_asked(case: RefereeCase, ablation: str) -> None:
    """Insist on a question that the case allows."""
    if ablation not in case.suspicions:
        names = " or ".join(repr(name) for name in case.suspicions)
        raise wrong("ablation", names, shown(ablation))


@checked(also=check_asked)
def ablate(case: Case, ablation: str) -> Ablation:
    """Do one thing otherwise, and score the result again.

    Parameters
    ----------
    case : RefereeCase
        One of `referee_cases`.
    ablation : str
        One of the two suspicions of the case.

    Returns
    -------
    Ablation
        The score before and after.

    Raises
    ------
    ValueError
        If the case does not allow the question.

    Examples
    --------
    >>> case = referee_cases(3)[0]
    >>> ablate(case, case.suspicions[0]).before == case.score
    True
    """
    now = after(case.world, ablation)
    shares = (case.score, case.n_test), (now.mean(), len(now))
    variance = sum(p * (1 - p) / n for p, n in shares)
    asked = ASKED[ablation]
    return Ablation(asked, case.score, float(now.mean()), float(np.sqrt(variance)))


@checked
def case_table(cases: Cases) -> pd.DataFrame:
    """Return the cases as a table to print and hand out, with room for an answer.

    Parameters
    ----------
    cases : list of RefereeCase
        Those of an examination.

    Returns
    -------
    DataFrame, one row for each case
        ``claim``; the two questions of which ``ask one``; and two empty columns,
        ``after`` and ``leaks [%]``.

    Raises
    ------
    ValueError
        If these are no cases.

    Examples
    --------
    >>> case_table(referee_cases(3)).shape
    (12, 4)
    """
    rows = [
        (one.claim, " / ".join(ASKED[name] for name in one.suspicions), "", "")
        for one in cases
    ]
    index = pd.Index([one.number for one in cases], name="case")
    columns = ["claim", "ask one", "after", "leaks [%]"]
    return pd.DataFrame(rows, index, columns)


@checked
def answer_key(cases: Cases) -> pd.Series:
    """Return what leaks in each case, for whoever holds the examination.

    Parameters
    ----------
    cases : list of RefereeCase
        Those of an examination.

    Returns
    -------
    Series of str
        By number of the case; "honest" where nothing leaks.

    Raises
    ------
    ValueError
        If these are no cases.

    Examples
    --------
    >>> int((answer_key(referee_cases(3)) == "honest").sum())
    6
    """
    leaks = [one.world.leak or "honest" for one in cases]
    index = pd.Index([one.number for one in cases], name="case")
    return pd.Series(leaks, index, name="leak")
