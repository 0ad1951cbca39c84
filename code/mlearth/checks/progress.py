"""How far one is: the last verdict of each exercise, kept on this machine alone.

It lies in ``exercises/.verdicts``, which git ignores, one small file an exercise.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .exercise import Exercise, known_exercises
from .report import Verdict

FOLDER = ".verdicts"
WAITING = {"waits", "unasked"}


@dataclass(frozen=True)
class Standing:
    """Where one stands with one exercise.

    Attributes
    ----------
    exercise : Exercise
    held, claims : int
        How many claims hold, of how many.
    checked_on : str
        Date of the last verdict, such as "2026-03-01"; empty if there is none.
    changed : bool
        Whether the file has changed since.
    begun : bool
        Whether any function was written when it was last checked.
    """

    exercise: Exercise
    held: int
    claims: int
    checked_on: str = ""
    changed: bool = False
    begun: bool = False

    def __str__(self) -> str:
        if not self.checked_on:
            return "not checked yet"
        said = f"{self.held} of {self.claims} claims hold"
        if self.held == self.claims:
            said = f"all {self.claims} claims hold" if self.claims > 1 else "it holds"
        elif not self.begun:
            said = "not written yet"
        since = ", changed since" if self.changed else ""
        return f"{said} ({self.checked_on}{since})"


@dataclass(frozen=True, repr=False)
class Progress:
    """Where one stands with every exercise; its text is shown in a notebook.

    Attributes
    ----------
    standings : tuple of Standing
        In the order of the book.
    """

    standings: tuple[Standing, ...]

    def __repr__(self) -> str:
        width = max((len(one.exercise.name) for one in self.standings), default=0)
        lines = [f"{one.exercise.name:<{width}}  {one}" for one in self.standings]
        done = sum(one.held == one.claims for one in self.standings)
        return "\n".join([*lines, "", f"{done} of {len(lines)} exercises done."])


def keep(exercise: Exercise, verdicts: Iterable[Verdict], of_file: bool = True) -> None:
    """Keep the verdicts of an exercise, in place of earlier ones on the same claims.

    What was said of another text of the file is forgotten. Where nothing can be
    written, nothing is kept.

    Parameters
    ----------
    exercise : Exercise
    verdicts : iterable of Verdict
    of_file : bool
        Whether the student's file was judged. Of functions from a notebook the claims
        that wait are not kept: they may hold in the file.
    """
    told = {one.check.name: one.status for one in verdicts}
    record, text = read(exercise), digest(exercise)
    known = record.get("claims", {}) if record.get("file") == text else {}
    if not of_file:
        known = record.get("claims", {})
        told = {name: status for name, status in told.items() if status not in WAITING}
    record = {"file": text, "on": f"{date.today()}", "claims": {**known, **told}}
    place = _place(exercise)
    with contextlib.suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        new = place.with_suffix(".new")
        new.write_text(json.dumps(record, indent=1), encoding="utf-8")
        new.replace(place)


def read(exercise: Exercise) -> dict:
    """The last verdict of an exercise; empty if there is none that can be read.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    dict
    """
    try:
        record = json.loads(_place(exercise).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def digest(exercise: Exercise) -> str:
    """What tells one text of the student's file from another.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    str
    """
    try:
        return hashlib.sha256(exercise.student_file.read_bytes()).hexdigest()[:16]
    except OSError:
        return ""


def _place(exercise: Exercise) -> Path:
    return exercise.folder.parent / FOLDER / f"{exercise.name}.json"


def standing(exercise: Exercise) -> Standing:
    """Where one stands with an exercise.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    Standing
    """
    record, checks = read(exercise), exercise.checks
    told = [record.get("claims", {}).get(check.name, "") for check in checks]
    return Standing(
        exercise,
        held=told.count("holds"),
        claims=len(checks),
        checked_on=str(record.get("on", "")),
        changed=record.get("file") != digest(exercise),
        begun=any(status not in {"", "unwritten", *WAITING} for status in told),
    )


def progress(start: Path | None = None) -> Progress:
    """List the exercises by the verdicts kept on this machine.

    Parameters
    ----------
    start : Path, optional
        Where to look for exercises; the working directory by default.

    Returns
    -------
    Progress
        Shows one line for each exercise, in the order of the book.
    """
    exercises = known_exercises(start).values()
    return Progress(tuple(standing(one) for one in sorted(exercises, key=_order)))


def _order(exercise: Exercise) -> tuple[int, str]:
    """The place of the exercise's page in the table of contents, then its name."""
    try:
        toc = (exercise.root / "_toc.yml").read_text("utf-8")
    except OSError:
        toc = ""
    page = re.search(rf"/{re.escape(exercise.name)}\s*$", toc, re.MULTILINE)
    return page.start() if page else len(toc), exercise.name
