"""Where an exercise lies and which claims its check file makes."""

from __future__ import annotations

import ast
import difflib
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

DEADLINE_S = 5.0
"""Seconds that a check, or the import of a student's file, may take."""

_HOME = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Check:
    """One claim of a check file, read without running the file.

    Attributes
    ----------
    name : str
        Name of the function, such as "test_1_weights_start_at_zero".
    claim : str
        First paragraph of its docstring, on one line.
    label : str or None
        Label of the section of the book to read, set by ``@read``.
    deadline_s : float
        Seconds the check may take, set by ``@deadline``.
    line : int
        Line of the check file, counted from 1.
    """

    name: str
    claim: str
    label: str | None
    deadline_s: float
    line: int

    @property
    def number(self) -> int:
        """Place in the order of checks, from the name; 0 if the name has none."""
        found = re.match(r"test_(\d+)_", self.name)
        return int(found[1]) if found else 0


@dataclass(frozen=True)
class Exercise:
    """One folder of exercises/: the student's file and the checks beside it.

    Attributes
    ----------
    folder : Path
        The folder; its name is the exercise's name and the stem of both files.
    """

    folder: Path

    @property
    def name(self) -> str:
        """Name of the exercise."""
        return self.folder.name

    @property
    def student_file(self) -> Path:
        """The file that students edit."""
        return self.folder / f"{self.name}.py"

    @property
    def check_file(self) -> Path:
        """The file that holds the claims."""
        return self.folder / f"check_{self.name}.py"

    @property
    def root(self) -> Path:
        """The folder that holds exercises/, book/ and tests/."""
        return self.folder.parent.parent

    @property
    def solutions(self) -> Path:
        """Where the reference solution lies, if this edition has it."""
        return self.root / "tests" / "solutions" / self.name

    @property
    def solution(self) -> Path:
        """The reference solution."""
        return self.solutions / f"{self.name}.py"

    @property
    def wrong_answers(self) -> Path:
        """The mistakes that its authors listed."""
        return self.solutions / "wrong_answers.toml"

    @property
    def graded(self) -> bool:
        """Whether it is homework, whose solution no student sees.

        It is if its wrong_answers.toml says ``graded = true`` or if the book has a page
        of its name in book/homework/.
        """
        page = self.root / "book" / "homework" / f"{self.name}.md"
        if page.is_file() or not self.wrong_answers.is_file():
            return page.is_file()
        record = tomllib.loads(self.wrong_answers.read_text(encoding="utf-8"))
        return bool(record.get("graded"))

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The claims, in the order of the file."""
        return read_checks(self.check_file)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Labels of the sections that the check file points to, sorted."""
        found = {check.label for check in self.checks if check.label}
        for node in ast.walk(_tree(self.check_file)):
            if isinstance(node, ast.keyword) and node.arg == "read":
                found.add(ast.literal_eval(node.value))
        return tuple(sorted(found))

    def asked_by(self, check: Check) -> list[str]:
        """Return the functions that a claim asks for, itself or through a helper."""
        source = self.check_file.read_bytes()
        reached = {check.name} | calls(source, check.name)
        found = {}
        for node in _tree(self.check_file).body:
            if getattr(node, "name", "") in reached:
                found |= dict.fromkeys(_of_student(node))
        return [one for one in self.functions if one in found]

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """Names that the check file asks the student for, in order of appearance."""
        names = _of_student(_tree(self.check_file))
        return tuple(sorted(names, key=names.__getitem__))


def _of_student(tree: ast.AST) -> dict[str, int]:
    """Return the names that code asks of `student`, each with its first line."""
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (
            isinstance(node.value, ast.Name) and node.value.id == "student"
        ):
            found[node.attr] = min(node.lineno, found.get(node.attr, node.lineno))
    return found


def calls(source: str | bytes, function: str) -> set[str]:
    r"""Return the names that a function's code leads to, itself apart.

    >>> sorted(calls("def f(): return g()\ndef g(): return h()", "f"))
    ['g', 'h']
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    used = {
        node.name: {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    found, waiting = set(), {function}
    while waiting:
        fresh = used.get(waiting.pop(), set()) - found
        found |= fresh
        waiting |= fresh
    return found - {function}


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes(), filename=str(path))


def read_checks(check_file: Path) -> tuple[Check, ...]:
    """Read the claims of a check file from its syntax tree, without running it.

    Parameters
    ----------
    check_file : Path
        A file of functions ``test_<number>_<claim>(student)``.

    Returns
    -------
    tuple of Check
        In the order of the file.
    """
    tree = _tree(check_file)
    tests = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    return tuple(_check(node) for node in tests)


def _check(node: ast.FunctionDef) -> Check:
    docstring = ast.get_docstring(node) or node.name.replace("_", " ")
    marks = {}
    for mark in node.decorator_list:
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.args:
            marks[mark.func.id] = ast.literal_eval(mark.args[0])
    return Check(
        name=node.name,
        claim=" ".join(docstring.split("\n\n")[0].split()),
        label=marks.get("read"),
        deadline_s=float(marks.get("deadline", DEADLINE_S)),
        line=node.lineno,
    )


def find_exercise(name: str, start: Path | None = None) -> Exercise:
    """Find an exercise by its name, from any working directory.

    The nearest ``exercises/<name>`` above the working directory is taken; if there is
    none, the one of the book that this package belongs to.

    Parameters
    ----------
    name : str
        Name of the exercise, such as "linear_regression".
    start : Path, optional
        Where to begin; the working directory by default.

    Returns
    -------
    Exercise

    Raises
    ------
    ValueError
        If there is no exercise of that name.
    """
    known = known_exercises(start)
    if name in known:
        return known[name]
    near = difflib.get_close_matches(str(name), known, n=1)
    raise ValueError(
        f"name: there is no exercise {name!r}"
        + (f"; did you mean {near[0]!r}?" if near else "")
        + f" The exercises are: {', '.join(sorted(known)) or 'none'}."
    )


def known_exercises(start: Path | None = None) -> dict[str, Exercise]:
    """Find every exercise that can be named from a working directory.

    Parameters
    ----------
    start : Path, optional
        Where to begin; the working directory by default.

    Returns
    -------
    dict of str to Exercise
        The nearest of each name, and of the book that this package belongs to.
    """
    known = {}
    here = Path(start or Path.cwd()).resolve()
    for root in (here, *here.parents, _HOME):
        for path in sorted(root.glob("exercises/*/check_*.py")):
            if path.stem == f"check_{path.parent.name}":
                known.setdefault(path.parent.name, Exercise(path.parent))
    return known
