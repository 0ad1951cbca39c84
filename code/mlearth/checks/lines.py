"""Choose the line: a solution with one line open, and what students write there.

Nothing is authored for it: the right line stands in the reference solution, the wrong
ones in ``wrong_answers.toml``, each with its mistake.
"""

from __future__ import annotations

import ast
import hashlib
import textwrap
import tomllib
from collections import defaultdict
from dataclasses import dataclass

from .exercise import Exercise

MOST_WRONG = 3
"""So many wrong lines stand beside the right one."""

OPEN = "____"
LETTERS = "ABCD"


@dataclass(frozen=True)
class Option:
    """One line that may stand in the open place.

    Attributes
    ----------
    code : str
        The line, or the few lines.
    right : bool
        Whether it is the one of the reference solution.
    because : str
        What it does, in one sentence.
    """

    code: str
    right: bool
    because: str


@dataclass(frozen=True, repr=False)
class OpenLine:
    """A function of the reference solution with one place open; shows itself as text.

    Attributes
    ----------
    function : str
        Its name.
    code : str
        The function without its docstring, ``____`` in the open place.
    options : tuple of Option
        The right line among wrong ones, in an order that tells nothing.
    """

    function: str
    code: str
    options: tuple[Option, ...]

    def __repr__(self) -> str:
        lines = [self.code, "", f"Which line stands at {OPEN}?", ""]
        for letter, option in zip(LETTERS, self.options, strict=False):
            lines.append(f"  {letter}  " + option.code.replace("\n", "\n     "))
        return "\n".join(lines)

    def answer(self, letter: str) -> str:
        """Say what the line of a letter does."""
        place = LETTERS.find(str(letter).strip().upper() or "?")
        if not 0 <= place < len(self.options):
            known = ", ".join(LETTERS[: len(self.options)])
            raise ValueError(f"letter must be one of {known}, got {letter!r}")
        option = self.options[place]
        return f"{'Right' if option.right else 'No'}. {option.because}"


@dataclass(frozen=True)
class Edit:
    """A listed mistake as a change of whole lines of the solution.

    Attributes
    ----------
    function : str
        The function that it changes.
    lines : tuple of (int, int)
        First and last line, counted from 1.
    before, after : str
        The lines of the solution and of the mistake, without their common indent.
    mistake : str
        What the student does, as "leaves the angles in degrees".
    must_say : str
        What a failing check tells them.
    text : str
        The whole solution with the mistake.
    """

    function: str
    lines: tuple[int, int]
    before: str
    after: str
    mistake: str
    must_say: str
    text: str

    @property
    def of_one_line(self) -> bool:
        """Whether one line of the solution becomes one other."""
        return "\n" not in self.before + self.after


def listed_edits(exercise: Exercise) -> list[Edit]:
    """Return the listed mistakes of a weekly exercise, none of graded homework."""
    if exercise.graded or not exercise.wrong_answers.is_file():
        return []
    solution = exercise.solution.read_text(encoding="utf-8")
    record = tomllib.loads(exercise.wrong_answers.read_text(encoding="utf-8"))
    found = [_edit(solution, entry) for entry in record.get("wrong", [])]
    return [edit for edit in found if edit is not None]


def _edit(solution: str, entry: dict) -> Edit | None:
    begin = solution.find(entry["replace"])
    if begin < 0:
        return None
    text = solution.replace(entry["replace"], entry["with"])
    # whole lines, without blank ones that the entry's text begins or ends with
    end = begin + len(entry["replace"])
    first = solution.rfind("\n", 0, begin + _blanks(entry["replace"])) + 1
    last = solution.find("\n", end - 1 if entry["replace"][-1:] == "\n" else end)
    before = solution[first:last]
    after = text[first : len(text) - len(solution) + last]
    top, bottom = (solution.count("\n", 0, place) + 1 for place in (first, last))
    function = _function_at(solution, top)
    if function is None:
        return None
    return Edit(
        function,
        (top, bottom),
        textwrap.dedent(before).strip("\n"),
        textwrap.dedent(after).strip("\n"),
        entry["mistake"],
        entry["must_say"],
        text,
    )


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip("\n"))


def _function_at(solution: str, line: int) -> str | None:
    for node in ast.parse(solution).body:
        if isinstance(node, ast.FunctionDef) and node.lineno < line <= node.end_lineno:
            return node.name
    return None


def open_line(exercise: Exercise, function: str, found: str = "") -> OpenLine:
    """Open a line of a function: the one for which most mistakes are listed.

    Parameters
    ----------
    exercise : Exercise
        A weekly one.
    function : str
        A function that it asks for.
    found : str
        What a verdict found: if it tells a listed mistake, the line of that is opened.

    Returns
    -------
    OpenLine

    Raises
    ------
    ValueError
        If the exercise is graded, or too few mistakes of the function are listed.
    """
    if exercise.graded:
        raise ValueError(f"name: {exercise.name} is homework, its lines stay closed")
    places = _places(exercise, function)
    told = {
        lines: edits
        for lines, edits in places.items()
        if any(edit.must_say in found for edit in edits)
    }
    several = told or {
        lines: edits for lines, edits in places.items() if len(edits) > 1
    }
    if not several:
        raise ValueError(
            f"function: {exercise.name} has no line to choose in {function!r}, only in "
            + (", ".join(functions_with_lines(exercise)) or "no function")
        )
    lines = max(several, key=lambda one: (len(several[one]), one))
    told_first = sorted(several[lines], key=lambda edit: edit.must_say not in found)
    return _opened(exercise, function, lines, told_first[:MOST_WRONG])


def _places(exercise: Exercise, function: str) -> dict[tuple[int, int], list[Edit]]:
    """Return the mistakes of one line of a function, by the line."""
    places: dict[tuple[int, int], list[Edit]] = defaultdict(list)
    for edit in listed_edits(exercise):
        others = [other.after for other in places[edit.lines]]
        if edit.function == function and edit.of_one_line and edit.after not in others:
            places[edit.lines].append(edit)
    return places


def functions_with_lines(exercise: Exercise) -> list[str]:
    """Return the functions of which a line can be chosen, in the exercise's order."""
    return [
        function
        for function in exercise.functions
        if any(len(edits) > 1 for edits in _places(exercise, function).values())
    ]


def _opened(
    exercise: Exercise, function: str, lines: tuple[int, int], edits: list[Edit]
) -> OpenLine:
    wrong = [Option(one.after, False, _sentence(one.mistake)) for one in edits]
    right = Option(edits[0].before, True, "With it every claim holds.")
    options = sorted([right, *wrong], key=lambda one: _shuffle(one.code))
    code = function_code(exercise.solution.read_text(encoding="utf-8"), function, lines)
    return OpenLine(function, code, tuple(options))


def _sentence(mistake: str) -> str:
    return mistake[0].upper() + mistake[1:] + "."


def _shuffle(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()


def function_code(source: str, function: str, opened: tuple[int, int] = (0, -1)) -> str:
    """Return the code of a function without docstring and marks, lines opened.

    >>> source = "def f(x):\\n    '''Add.'''\\n    return x + 1"
    >>> print(function_code(source, "f", (3, 3)))
    def f(x):
        ____
    """
    tree, lines = ast.parse(source), source.splitlines()
    node = next(
        (one for one in tree.body if getattr(one, "name", None) == function), None
    )
    if node is None:
        return ""
    documented = ast.get_docstring(node) is not None
    skipped = range(0)
    if documented:
        skipped = range(node.body[0].lineno, node.body[0].end_lineno + 1)
    kept = []
    for number in range(node.lineno, node.end_lineno + 1):
        line = lines[number - 1]
        if number in skipped or line.strip() in ("# BEGIN SOLUTION", "# END SOLUTION"):
            continue
        if opened[0] <= number <= opened[1]:
            line = line[: len(line) - len(line.lstrip())] + OPEN
        kept.append(line)
    return "\n".join(kept)
