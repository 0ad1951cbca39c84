"""The verdicts of an exercise, and how they are worded."""

from __future__ import annotations

import os
import textwrap
from dataclasses import dataclass
from pathlib import Path

from .exercise import Check, Exercise
from .reading import where_to_read

STATUS = {
    "holds": "holds",
    "fails": "does not hold",
    "unwritten": "not written yet",
    "waits": "waits",
    "unasked": "not asked",
    "broken": "the check itself is broken",
}
WIDTH = 88


@dataclass(frozen=True)
class Verdict:
    """What came of one check.

    Attributes
    ----------
    check : Check
        The claim.
    status : {"holds", "fails", "unwritten", "waits", "unasked", "broken"}
        Only "holds" counts as passed; "unasked" is about a function not given.
    found : str
        What was found; empty if the claim holds.
    read : str
        Chapter, section and link; empty if the check names none.
    seconds : float
        How long it took.
    called : str
        The student's function that was called last; empty if none was.
    call : str
        That call, as one may write it.
    """

    check: Check
    status: str
    found: str = ""
    read: str = ""
    seconds: float = 0.0
    called: str = ""
    call: str = ""

    @property
    def passed(self) -> bool:
        """Whether the claim holds."""
        return self.status == "holds"

    def __str__(self) -> str:
        lines = [("CLAIM", self.check.claim), ("FOUND", self.found)]
        if self.read:
            lines.append(("READ", self.read))
        return "\n".join(_wrapped(f"{word:<8}", text) for word, text in lines)


def _wrapped(head: str, text: str) -> str:
    """Fold a line at blanks, never inside a word or a path."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    )


@dataclass(frozen=True, repr=False)
class Report:
    """All verdicts of an exercise; its text is shown in a notebook.

    Attributes
    ----------
    exercise : Exercise
        What was checked.
    verdicts : tuple of Verdict
        In the order of the checks; without those about functions that were not given.
    subject : str
        The file or the functions that were checked.
    note : str
        A remark on functions from a notebook; often empty.
    n_unasked : int
        How many claims are about functions that were not given.
    """

    exercise: Exercise
    verdicts: tuple[Verdict, ...]
    subject: str
    note: str = ""
    n_unasked: int = 0

    @property
    def passed(self) -> bool:
        """Whether every claim that was asked holds: one that waits does not."""
        return bool(self.verdicts) and all(one.passed for one in self.verdicts)

    def __repr__(self) -> str:
        blocks = [f"Checked: {self.subject}", ""]
        for one in self.verdicts:
            blocks += _told(one)
        blocks += ["", summary(self.verdicts)]
        if more := next_step(self.exercise, self.verdicts, self.n_unasked):
            blocks.append(_wrapped("", more))
        if self.n_unasked:
            blocks.append(f"Not asked: {_others(self.n_unasked)}.")
        if self.note and not self.passed:
            blocks.append(_wrapped("NOTE    ", self.note))
        return "\n".join(blocks)


def _others(n: int) -> str:
    return "1 claim about another function" if n == 1 else f"{n} claims about others"


def _told(one: Verdict) -> list[str]:
    head = f"{one.check.number or '-':>2}  {STATUS[one.status]}"
    if one.status == "holds":
        return [_wrapped(f"{head:<22}", one.check.claim)]
    if one.status == "waits":
        return [f"{head:<22}{one.found}".rstrip()]
    return [head, "", textwrap.indent(str(one), "    "), ""]


def next_step(
    exercise: Exercise, verdicts: tuple[Verdict, ...], n_unasked: int = 0
) -> str:
    """Say where more help is, or what comes after a pass; often nothing.

    Parameters
    ----------
    exercise : Exercise
    verdicts : tuple of Verdict
    n_unasked : int
        How many claims are about functions that were not given.

    Returns
    -------
    str
        One sentence, or nothing.
    """
    name, weekly = exercise.name, not exercise.graded and exercise.solution.is_file()
    if any(one.status == "fails" for one in verdicts):
        steps = "3 hints (what, where, how)" if weekly else "2 hints (what, where)"
        return (
            f"Stuck? There are {steps}: make hint EXERCISE={name} STEP=2, or "
            f'mlearth.hint("{name}", step=2).'
        )
    if weekly and verdicts and not n_unasked and all(one.passed for one in verdicts):
        return (
            f"The reference solution beside yours, and what would break: make review "
            f'EXERCISE={name}, or mlearth.review("{name}").'
        )
    return ""


def summary(verdicts: tuple[Verdict, ...]) -> str:
    """Count the verdicts in one sentence.

    Parameters
    ----------
    verdicts : tuple of Verdict

    Returns
    -------
    str
        Such as "5 of 7 claims hold, 1 does not, 1 waits."
    """
    n_held = sum(one.passed for one in verdicts)
    if n_held == len(verdicts) and verdicts:
        return f"All {n_held} claims hold." if n_held > 1 else "The claim holds."
    parts = [f"{n_held} of {len(verdicts)} claims {'hold' if n_held != 1 else 'holds'}"]
    counts = {
        ("fails", "broken"): ("does not", "do not"),
        ("unwritten",): ("is not written yet", "are not written yet"),
        ("waits",): ("waits", "wait"),
    }
    for statuses, (one, many) in counts.items():
        n = sum(verdict.status in statuses for verdict in verdicts)
        if n:
            parts.append(f"{n} {one if n == 1 else many}")
    return ", ".join(parts) + "."


def shown(path: Path) -> str:
    """Write a path relative to the working directory unless that is far away.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
    """
    try:
        near = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if near.split(os.sep).count("..") > 3 else near


def reading_for(check: Check, label: str | None, exercise: Exercise) -> str:
    """Word the READ line of a check, or nothing if it names no section.

    Parameters
    ----------
    check : Check
    label : str or None
        Label of the failing expectation, in place of the check's own; "" for none.
    exercise : Exercise

    Returns
    -------
    str
    """
    label = check.label if label is None else label
    return where_to_read(label, exercise.root) if label else ""
