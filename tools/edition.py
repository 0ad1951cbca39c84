"""Write what students get: ``python tools/edition.py _build/student-edition``.

One list decides, course/student_edition.toml. A file that it does not name stays with
the authors, and so does one that git does not track.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from leaks import leaks
from stubs import with_solutions
from tree import tracked_files

from mlearth.checks import Exercise
from mlearth.checks.starters import KEPT_STARTERS, starter

ROOT = Path(__file__).resolve().parents[1]
LIST = Path("course") / "student_edition.toml"
MARKER = "STUDENT_EDITION"
"""Stands at the top of an edition: a folder without it is never replaced."""

_WILD = {"**/": "(?:[^/]+/)*", "*": "[^/]*"}


def write_edition(root: Path, target: Path, files: Iterable[Path] | None = None) -> str:
    """Write the students' edition and make sure that it gives no solution away.

    Every student's file is a fresh starter, whatever the instructor's tree holds.

    Parameters
    ----------
    root : Path
        Top of the instructor's tree.
    target : Path
        Folder to write; an older edition there is replaced.
    files : iterable of Path, optional
        The files to choose from, relative to `root`; by default those git tracks.

    Returns
    -------
    str
        What was written, in one sentence.

    Raises
    ------
    ValueError
        If git cannot list the files, if `target` is something else than an edition, or
        if a line of a solution would reach students; nothing is left at `target` then.
    """
    given = list(given_files(root, tracked_files(root) if files is None else files))
    if target.exists() and not (target / MARKER).exists():
        raise ValueError(f"target: {target} is not a student edition: not replaced")
    shutil.rmtree(target, ignore_errors=True)
    for path in given:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / path, target / path)
    exercises = with_solutions(root)
    secret = [one for one in exercises if one.graded]
    _write_starters(exercises, secret, target)
    names = [one.name for one in secret]
    _write_marker(target, names)
    found = list(leaks(secret, target))
    if found:
        shutil.rmtree(target)
        raise ValueError("the edition would give solutions away: " + "; ".join(found))
    without = ", ".join(names) or "nothing (no homework is graded)"
    return f"{target}: {len(given)} files, without the solutions of {without}."


def given_files(root: Path, files: Iterable[Path]) -> Iterator[Path]:
    """Yield those files that the list of course/student_edition.toml names.

    Parameters
    ----------
    root : Path
        Top of the instructor's tree.
    files : iterable of Path
        The files to choose from, relative to `root`.
    """
    patterns = [re.compile(text) for text in _patterns(root)]
    for path in files:
        if any(pattern.fullmatch(path.as_posix()) for pattern in patterns):
            yield path


def _patterns(root: Path) -> Iterator[str]:
    """Turn the names of the list into regular expressions."""
    exercises = with_solutions(root)
    toc = (root / "_toc.yml").read_text(encoding="utf-8")
    meant = {
        "{page}": re.findall(r"\b(?:root|file): *(\S+)", toc),
        "{exercise}": [one.name for one in exercises],
        "{weekly}": [one.name for one in exercises if not one.graded],
    }
    for name in tomllib.loads((root / LIST).read_text(encoding="utf-8")):
        word = next((word for word in meant if word in name), "")
        for one in meant.get(word, [""]):
            filled = name.replace(word, one) if word else name
            parts = re.split(r"(\*\*/|\*)", filled)
            yield "".join(_WILD.get(part, re.escape(part)) for part in parts)


def _write_starters(
    exercises: list[Exercise], secret: list[Exercise], target: Path
) -> None:
    for one in exercises:
        text = starter(one).encode("utf-8")
        paths = [target / "exercises" / one.name / f"{one.name}.py"]
        if one in secret:
            paths.append(target / KEPT_STARTERS / f"{one.name}.py")
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)


def _write_marker(target: Path, names: list[str]) -> None:
    text = "The student edition: the solutions of graded homework are left out.\n\n"
    text += "".join(f"- {name}\n" for name in names)
    target.mkdir(parents=True, exist_ok=True)
    (target / MARKER).write_text(text, encoding="utf-8")


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Write the edition to the folder that is named, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", type=Path, help="the folder to write")
    try:
        print(write_edition(root, parser.parse_args(arguments).target))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
