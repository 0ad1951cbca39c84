"""Points: of the parts of a homework, of late days, of the whole course."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROW = re.compile(r"^\| \((\w)\) \| (\d+), over claims (\d+)-(\d+) \|([^|]*)\|", re.M)
QUESTION = re.compile(r"([A-Z]\d?) (\d+)")
ALOUD = re.compile(r"^\| aloud \|[^|]*\| (\d+) \|", re.M)


@dataclass(frozen=True)
class Part:
    """One part of a homework.

    Attributes
    ----------
    name : str
        Its letter.
    points : int
        What its checks are worth.
    first, last : int
        Its claims.
    questions : dict of str to int
        Its questions and what each is worth.
    """

    name: str
    points: int
    first: int
    last: int
    questions: dict[str, int]

    def earned(self, held: set[int]) -> float:
        """Return the points for the claims that hold, to half a point.

        >>> Part("a", 11, 1, 7, {}).earned({1, 2, 3})
        4.5
        """
        claims = range(self.first, self.last + 1)
        share = sum(k in held for k in claims) / len(claims)
        return math.floor(2 * self.points * share + 0.5) / 2


def scheme(guide: Path) -> tuple[list[Part], int]:
    """Read the parts of a homework, and the points aloud, from its marking guide.

    Raises
    ------
    ValueError
        If the guide has no table of parts.
    """
    text = guide.read_text("utf-8") if guide.is_file() else ""
    parts = [
        Part(
            name, int(n), int(a), int(b), {q: int(p) for q, p in QUESTION.findall(rest)}
        )
        for name, n, a, b, rest in ROW.findall(text)
    ]
    if not parts:
        raise ValueError(f"--homework: {guide} has no table of parts and claims")
    aloud = ALOUD.search(text)
    return parts, int(aloud[1]) if aloud else 0


def days_late(received: datetime, due: datetime) -> int:
    """Return the days that have begun since a homework was due."""
    seconds = (received - due).total_seconds()
    return max(0, math.ceil(seconds / 86400))


def late_share(late: int, left: int) -> float:
    """Return what a homework counts: whole, half within a week, nothing after.

    >>> late_share(2, 3), late_share(2, 1), late_share(9, 1)
    (1.0, 0.5, 0.0)
    """
    over = late - left
    return 1.0 if over <= 0 else 0.5 if over <= 7 else 0.0


def course_grade(marks: dict[str, float], weights: dict[str, int]) -> float:
    """Return the weighted grade [%] of marks in per cent.

    Parameters
    ----------
    marks : dict of str to float
        Mark of each part of the course [%]; that of the homework is the mean of all.
    weights : dict of str to int
        Weight of each part [%]; they add up to 100.

    Raises
    ------
    ValueError
        If a mark is missing or is none between 0 and 100.

    Examples
    --------
    >>> course_grade({"homework": 80, "project": 100}, {"homework": 30, "project": 70})
    94.0
    """
    for name in weights:
        mark = marks.get(name)
        if mark is None or not 0 <= mark <= 100:
            raise ValueError(f"{name}: a mark from 0 to 100 %, got {mark}")
    return sum(weights[name] * marks[name] for name in weights) / 100
