"""Hints in steps: what is wrong, where to look, and how a right line looks."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from .exercise import Exercise, find_exercise
from .lines import functions_with_lines, open_line
from .report import Verdict, shown
from .session import check

STEPS = ("what", "where", "how")


@dataclass(frozen=True, repr=False)
class Hint:
    """One step of help with one claim; its text is shown in a notebook.

    Attributes
    ----------
    step : int
        Which step, counted from 1.
    of : int
        How many there are.
    text : str
        What it says.
    """

    step: int
    of: int
    text: str

    def __repr__(self) -> str:
        head = f"Hint {self.step} of {self.of} ({STEPS[self.step - 1]})"
        return f"{head}\n\n{self.text}"


def hint(
    name: str, /, step: int = 1, claim: int = 0, **functions: Callable[..., object]
) -> Hint:
    """Give one step of help with the first claim that does not hold.

    Parameters
    ----------
    name : str
        Name of the exercise.
    step : int
        1 for what is wrong, 2 for where to look, 3 for how a right line looks; homework
        has two steps.
    claim : int
        Number of the claim; the first that does not hold by default.
    **functions : callable
        Functions of a notebook, as for `check`.

    Returns
    -------
    Hint

    Raises
    ------
    ValueError
        If there is no such exercise, step or claim, or if the claim holds.
    """
    exercise, report = find_exercise(name), check(name, **functions)
    stuck = [one for one in report.verdicts if one.status in ("fails", "unwritten")]
    if claim:
        stuck = [one for one in stuck if one.check.number == claim]
    if not stuck:
        which = f"claim {claim} is not among those that fail" if claim else "all hold"
        raise ValueError(f"claim: {which}, so there is nothing to hint at")
    texts = hints_for(exercise, stuck[0], from_file=not functions)
    if step not in range(1, len(texts) + 1):
        raise ValueError(f"step must lie between 1 and {len(texts)}, got {step!r}")
    return Hint(step, len(texts), texts[step - 1])


def hints_for(exercise: Exercise, verdict: Verdict, from_file: bool) -> list[str]:
    """Return all steps for a verdict: what, where and, of a weekly exercise, how."""
    function = verdict.called or _function_of(exercise, verdict)
    texts = [str(verdict), _where(exercise, verdict, function, from_file)]
    if not exercise.graded:
        texts.append(_how(exercise, verdict, function))
    return texts


def _function_of(exercise: Exercise, verdict: Verdict) -> str:
    """Return the function that a claim is about, if it was not even called."""
    return next(iter(exercise.asked_by(verdict.check)), "")


def _where(exercise: Exercise, verdict: Verdict, function: str, from_file: bool) -> str:
    line = _line_of(exercise, function) if from_file else 0
    place = f", line {line} of {shown(exercise.student_file)}" if line else ""
    lines = [f"Look at `{function}`{place}."]
    if verdict.call:
        lines.append(f"The claim called it last as\n\n    {verdict.call}\n")
        lines.append("Call it so yourself, and look at each value on the way.")
    if verdict.read:
        lines.append(f"Read {verdict.read}.")
    return "\n".join(lines)


def _line_of(exercise: Exercise, function: str) -> int:
    try:
        tree = ast.parse(exercise.student_file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return 0
    defined = (node for node in tree.body if getattr(node, "name", "") == function)
    return next((node.lineno for node in defined), 0)


def _how(exercise: Exercise, verdict: Verdict, function: str) -> str:
    if function not in functions_with_lines(exercise):
        return f"Compare each step with the section.\nRead {verdict.read}."
    answer = f'mlearth.choose("{exercise.name}", "{function}", "A")'
    return (
        f"The reference solution, with one line open:\n\n"
        f"{open_line(exercise, function, verdict.found)!r}\n\n"
        f"{answer} says what the line A does."
    )


def choose(name: str, function: str = "", letter: str = "") -> object:
    """Show a function of the reference solution with one line open, and its choices.

    Parameters
    ----------
    name : str
        Name of a weekly exercise.
    function : str
        One of its functions; the first by default.
    letter : str
        Your choice; without it the choices are shown.

    Returns
    -------
    OpenLine or str
        The choices, or what your choice does.

    Raises
    ------
    ValueError
        If there is no such exercise, function or letter, or if it is homework.
    """
    exercise = find_exercise(name)
    function = function or next(iter(functions_with_lines(exercise)), "")
    opened = open_line(exercise, function)
    return opened.answer(letter) if letter else opened
