"""What of an edition would give the solution of graded homework away."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from mlearth.checks import Exercise
from mlearth.checks.starters import starter

TELLING = 24
"""Characters, blanks not counted, from which on a line gives a solution away."""

IDIOM = re.compile(r"rng=np\.random\.default_rng\(\w*\)")
"""A line of the house style that stands everywhere and gives nothing away."""

DATA = {".gz", ".mseed", ".png"}
"""Endings of files that hold no text."""

PRIVATE = ("course/", ".github/", ".ci/")
"""Folders of which nothing is for students."""

PUBLIC = {"course/semester.toml", "course/papers.toml"}
"""What of them is: the dates, and the papers to choose from."""


def leaks(secret: list[Exercise], edition: Path) -> Iterator[str]:
    """Yield every place of an edition that gives something private away.

    These are files of private folders, and lines of a hidden solution. Blanks do not
    count, so neither indentation nor a changed spacing hides a leak.

    Parameters
    ----------
    secret : list of Exercise
        Graded exercises, in the instructor's tree.
    edition : Path
        Top of the edition.

    Yields
    ------
    str
        One place, in half a sentence.
    """
    heads: dict[str, list] = {}
    for one in secret:
        for line in telling_lines(one):
            heads.setdefault(line[:TELLING], []).append((line, one.name))
    private = (*PRIVATE, *(f"tests/solutions/{one.name}/" for one in secret))
    for path in sorted(edition.rglob("*")):
        if path.is_dir():
            continue
        near = path.relative_to(edition).as_posix()
        if near.startswith(private) and near not in PUBLIC:
            yield f"{near} is there"
        if path.suffix in DATA:
            continue
        text = path.read_bytes().decode("utf-8", errors="ignore")
        in_matlab = near.startswith("exercises/") and near.endswith(".m")
        if in_matlab and "error('not written yet')" not in text:
            yield f"{near} is written already"
        for line, name in sorted(_told(_squeezed(text), heads)):
            yield f"{near} holds a line of the solution of {name}: {line}"


def _told(text: str, heads: dict[str, list]) -> set[tuple[str, str]]:
    """Return the telling lines in a text: one walk, however many there are."""
    return {
        (line, name)
        for start in range(len(text) - TELLING + 1)
        for line, name in heads.get(text[start : start + TELLING], ())
        if text.startswith(line, start)
    }


def telling_lines(exercise: Exercise) -> set[str]:
    """Return the lines that give an exercise's solution away, blanks removed.

    They come from the solution, its alternatives, its wrong answers and its marking
    guide; what the starter shows anyway, imports and lines of fewer than 24 characters
    do not count.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    set of str
    """
    known = _squeezed(starter(exercise))
    squeezed = {
        _squeezed(line)
        for line in _lines(exercise)
        if not line.lstrip().startswith(("import ", "from ", '"""'))
    }
    return {
        line
        for line in squeezed
        if len(line) >= TELLING and line not in known and not IDIOM.fullmatch(line)
    }


def _lines(exercise: Exercise) -> Iterator[str]:
    for path in exercise.solutions.glob("*.py"):
        yield from path.read_text(encoding="utf-8").splitlines()
    for entry in _record(exercise).get("wrong", []):
        yield from f"{entry.get('replace')}\n{entry.get('with')}".splitlines()
    guide = exercise.root / "course" / "marking" / f"{exercise.name}.md"
    if guide.is_file():
        yield from guide.read_text(encoding="utf-8").splitlines()


def _record(exercise: Exercise) -> dict:
    """Return what wrong_answers.toml holds, nothing if there is none."""
    path = exercise.solutions / "wrong_answers.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _squeezed(text: str) -> str:
    return "".join(text.split())
