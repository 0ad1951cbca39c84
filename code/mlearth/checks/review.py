"""After a pass: the reference solution beside one's own, and "what would break?"."""

from __future__ import annotations

import hashlib
import tempfile
import textwrap
from dataclasses import dataclass
from pathlib import Path

from .exercise import Exercise, find_exercise
from .lines import Edit, function_code, listed_edits
from .report import Verdict
from .session import Session, check


@dataclass(frozen=True, repr=False)
class Review:
    """One's own solution beside the reference, and a question; shows itself as text.

    Attributes
    ----------
    exercise : Exercise
        What was solved.
    own : str
        The student's file.
    edit : Edit
        The change of the question.
    """

    exercise: Exercise
    own: str
    edit: Edit

    def __repr__(self) -> str:
        reference = self.exercise.solution.read_text(encoding="utf-8")
        blocks = []
        for function in self.exercise.functions:
            blocks += [f"YOURS      {function}", _code(self.own, function)]
            blocks += [f"REFERENCE  {function}", _code(reference, function)]
        return "\n".join([*blocks, self.card()])

    def card(self) -> str:
        """Ask which claim would fail."""
        claims = [f"{one.number:>4}  {one.claim}" for one in self.exercise.checks]
        answer = f'mlearth.review("{self.exercise.name}", claim=...)'
        return "\n".join(
            [
                f"WHAT WOULD BREAK?  If in the reference, in {self.edit.function},\n",
                textwrap.indent(self.edit.before, "    "),
                "\nread\n",
                textwrap.indent(self.edit.after, "    "),
                "\nwhich claim would be the first to fail?\n",
                *claims,
                f"\n{answer} tells you.",
            ]
        )

    def answer(self, claim: int) -> str:
        """Say whether a claim is the first to fail, and what its verdict would be."""
        failing = _judge(self.exercise, self.edit.text)
        numbers = [one.check.number for one in failing]
        verdict = "Right" if claim == numbers[0] else "No"
        if claim in numbers[1:]:
            verdict = "It fails too, but it is not the first"
        told = textwrap.indent(str(failing[0]), "    ")
        return (
            f"{verdict}. The answer {self.edit.mistake}, and claim {numbers[0]} is the "
            f"first to fail:\n\n{told}"
        )


def _code(source: str, function: str) -> str:
    code = function_code(source, function) or "(not defined by `def` in this file)"
    return textwrap.indent(code, "    ") + "\n"


def _judge(exercise: Exercise, text: str) -> list[Verdict]:
    with tempfile.TemporaryDirectory(prefix="mlearth-review-") as folder:
        path = Path(folder) / f"{exercise.name}.py"
        path.write_text(text, encoding="utf-8")
        with Session(exercise, path, patient=False) as session:
            verdicts = [session.judge(one) for one in exercise.checks]
    return [one for one in verdicts if not one.passed and one.status != "waits"]


def review(name: str, claim: int = 0) -> Review | str:
    """Compare a passed exercise with its reference, and ask what would break.

    Parameters
    ----------
    name : str
        Name of a weekly exercise whose file passes.
    claim : int
        Your answer to the question; without it the review is shown.

    Returns
    -------
    Review or str
        The review, or whether the claim is the first to fail.

    Raises
    ------
    ValueError
        If there is no such exercise or claim, if it is homework, or if not all claims
        hold yet.
    """
    exercise = find_exercise(name)
    edits = listed_edits(exercise)
    if not edits:
        raise ValueError(
            f"name: {name} is homework, or has no solution in this edition"
        )
    if not check(name).passed:
        raise ValueError(f"name: not all claims of {name} hold yet: check it first")
    own = exercise.student_file.read_text(encoding="utf-8")
    drawn = int.from_bytes(hashlib.sha256(own.encode()).digest()[:8], "big")
    found = Review(exercise, own, edits[drawn % len(edits)])
    if not claim:
        return found
    numbers = [one.number for one in exercise.checks]
    if claim not in numbers:
        raise ValueError(f"claim must lie between 1 and {max(numbers)}, got {claim!r}")
    return found.answer(claim)
