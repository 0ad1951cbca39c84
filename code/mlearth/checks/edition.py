"""Write the tree that students get: without the solutions of graded homework."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

from .exercise import Exercise
from .starters import KEPT_STARTERS, solution_lines, starter, with_solutions

MARKER = "STUDENT_EDITION"
TELLING = 24
"""Characters, blanks not counted, from which on a line gives a solution away."""

IDIOM = re.compile(r"rng=np\.random\.default_rng\(\w*\)")
"""A line of the house style that stands everywhere and gives nothing away."""

FOR_INSTRUCTORS = {".github", "test_publishing.py"}
"""Files and folders about publishing the book, which the edition's reader does not."""

_UNTRACKED = {".git", ".venv", "_build", "__pycache__", ".pytest_cache", ".ruff_cache"}


def is_graded(exercise: Exercise) -> bool:
    """Say whether an exercise is graded homework.

    It is if its wrong_answers.toml says ``graded = true`` or if the book has a page of
    its name in book/homework/.

    Parameters
    ----------
    exercise : Exercise
    """
    record = exercise.solutions / "wrong_answers.toml"
    said = record.is_file() and tomllib.loads(record.read_text(encoding="utf-8"))
    page = exercise.root / "book" / "homework" / f"{exercise.name}.md"
    return bool(said and said.get("graded")) or page.is_file()


def left_out(root: Path) -> list[str]:
    """Return the names of exercises whose solutions this student edition leaves out.

    Parameters
    ----------
    root : Path
        Top of the tree.

    Returns
    -------
    list of str
        Empty in the full tree.
    """
    marker = root / MARKER
    lines = marker.read_text(encoding="utf-8").splitlines() if marker.exists() else []
    return [line[2:].strip() for line in lines if line.startswith("- ")]


def write_edition(root: Path, target: Path) -> str:
    """Write the student edition and make sure that it gives no solution away.

    Files that git tracks are copied (all files where there is no git). Every student's
    file is a fresh starter, whatever the instructor's tree holds.

    Parameters
    ----------
    root : Path
        Top of the instructor's tree.
    target : Path
        Folder to write; an older edition there is replaced.

    Returns
    -------
    str
        What was written, in one sentence.

    Raises
    ------
    ValueError
        If `target` is something else than an edition, or if a line of a solution would
        reach students; nothing is left at `target` then.
    """
    if target.exists() and not (target / MARKER).exists():
        raise ValueError(f"target: {target} is not a student edition: not replaced")
    shutil.rmtree(target, ignore_errors=True)
    exercises = with_solutions(root)
    secret = [one for one in exercises if is_graded(one)]
    hidden = {one.solutions.relative_to(root) for one in secret}
    n_files = 0
    for path in tree_files(root):
        kept = hidden.isdisjoint(path.parents) and FOR_INSTRUCTORS.isdisjoint(
            path.parts
        )
        if kept and path.suffixes[-2:] != [".backup", ".py"]:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / path, target / path)
            n_files += 1
    _write_starters(exercises, secret, target)
    _write_marker(target, [one.name for one in secret])
    found = list(leaks(secret, target))
    if found:
        shutil.rmtree(target)
        raise ValueError("the edition would give solutions away: " + "; ".join(found))
    return (
        f"{target}: {n_files} files, without the solutions of "
        f"{', '.join(one.name for one in secret) or 'nothing (no homework is graded)'}."
    )


def tree_files(root: Path) -> Iterator[Path]:
    """Yield the files of a tree, relative to its top: those that git tracks.

    Parameters
    ----------
    root : Path
        Top of the tree.
    """
    if (root / ".git").exists():
        listed = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z"], capture_output=True, check=True
        )
        names = sorted(filter(None, listed.stdout.decode("utf-8").split("\0")))
        yield from (Path(name) for name in names if (root / name).is_file())
        return
    for path in sorted(root.rglob("*")):
        near = path.relative_to(root)
        skipped = _UNTRACKED.intersection(near.parts) or ".egg-info" in str(near)
        if path.is_file() and not skipped:
            yield near


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


def leaks(secret: list[Exercise], edition: Path) -> Iterator[str]:
    """Yield every place of an edition where a line of a hidden solution stands.

    Blanks do not count, so neither indentation nor a changed spacing hides a leak.

    Parameters
    ----------
    secret : list of Exercise
        Graded exercises, in the instructor's tree.
    edition : Path
        Top of the edition.
    """
    telling = {line: one.name for one in secret for line in telling_lines(one)}
    for path in sorted(edition.rglob("*")):
        if path.is_dir():
            continue
        near = path.relative_to(edition).as_posix()
        for one in secret:
            if near.startswith(f"tests/solutions/{one.name}/"):
                yield f"{near} is there"
        text = _squeezed(path.read_bytes().decode("utf-8", errors="ignore"))
        for line, name in telling.items():
            if line in text:
                yield f"{near} holds a line of the solution of {name}: {line}"


def telling_lines(exercise: Exercise) -> set[str]:
    """Return the lines that give an exercise's solution away, blanks removed.

    They come from the solution, its alternatives and its wrong answers; what the
    starter shows anyway, imports and lines of fewer than 24 characters do not count.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    set of str
    """
    lines: list[str] = []
    for path in exercise.solutions.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        main = path.stem == exercise.name
        lines += solution_lines(text) if main else text.splitlines()
    record = exercise.solutions / "wrong_answers.toml"
    if record.is_file():
        for entry in tomllib.loads(record.read_text(encoding="utf-8")).get("wrong", []):
            lines += f"{entry.get('replace')}\n{entry.get('with')}".splitlines()
    known = _squeezed(starter(exercise))
    squeezed = {
        _squeezed(line)
        for line in lines
        if not line.lstrip().startswith(("import ", "from ", '"""'))
    }
    return {
        line
        for line in squeezed
        if len(line) >= TELLING and line not in known and not IDIOM.fullmatch(line)
    }


def _squeezed(text: str) -> str:
    return "".join(text.split())
