"""Give a student a fresh starter, and keep what was there."""

from __future__ import annotations

import os
import re
import shutil
import textwrap
from datetime import datetime
from pathlib import Path

from .exercise import Exercise

UNWRITTEN = 'raise NotImplementedError("not written yet")'
KEPT_STARTERS = Path("exercises") / ".starters"
"""Where the student edition keeps the starters of homework, for `reset`."""

_BEGIN = re.compile(r"^(\s*)# BEGIN SOLUTION\s*$")
_END = re.compile(r"^\s*# END SOLUTION\s*$")


def strip_solution(source: str) -> str:
    """Turn a reference solution into its starter.

    What stands between ``# BEGIN SOLUTION`` and ``# END SOLUTION`` becomes one line
    that says "not written yet"; outside of functions it is left out.

    Parameters
    ----------
    source : str
        Text of the solution.

    Returns
    -------
    str
        Text of the starter.

    Raises
    ------
    ValueError
        If the marks do not come in pairs.

    Examples
    --------
    >>> print(strip_solution('''def f(x):
    ...     # BEGIN SOLUTION
    ...     return x + 1
    ...     # END SOLUTION
    ... '''))
    def f(x):
        raise NotImplementedError("not written yet")
    """
    kept, inside = [], False
    for number, line in enumerate(source.splitlines(), 1):
        begin = _BEGIN.match(line)
        if (begin and inside) or (_END.match(line) and not inside):
            raise ValueError(f"source: line {number} is a mark without its partner")
        if begin:
            inside = True
            kept += [begin[1] + UNWRITTEN] if begin[1] else []
        elif _END.match(line):
            inside = False
        elif not inside:
            kept.append(line)
    if inside:
        raise ValueError("source: the last # BEGIN SOLUTION has no # END SOLUTION")
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(kept)) + "\n"


def starter(exercise: Exercise) -> str:
    """Return the text of an exercise's starter.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If neither the solution nor a kept starter is there.
    """
    solution = exercise.solutions / f"{exercise.name}.py"
    if solution.is_file():
        text = strip_solution(solution.read_text(encoding="utf-8"))
        return text.rstrip() + "\n"
    kept = exercise.root / KEPT_STARTERS / f"{exercise.name}.py"
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    raise ValueError(f"exercise: {exercise.name} has no starter in this edition")


def write_starter(exercise: Exercise) -> str:
    """Write the starter; a file that differs is kept beside it under a dated name.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    str
        What was done, in one sentence.
    """
    text, path = starter(exercise), exercise.student_file
    if path.is_file() and path.read_bytes() == text.encode("utf-8"):
        return f"{path.name} is the starter already."
    kept = _back_up(path) if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(text.encode("utf-8"))
    os.replace(fresh, path)
    if kept is None:
        return f"{path.name} is a fresh starter now."
    return textwrap.dedent(
        f"""\
        {path.name} is a fresh starter now.
        What it held before is kept in {kept.name}, in the same folder."""
    )


def _back_up(path: Path) -> Path:
    """Copy a file to a dated name that is not taken yet, and make sure it is whole."""
    stamp = datetime.now().strftime("%Y-%m-%d_%H%M%S")
    for extra in ("", *(f"_{n}" for n in range(2, 1000))):
        kept = path.with_name(f"{path.stem}.{stamp}{extra}.backup.py")
        try:
            with kept.open("xb") as copy:
                copy.write(path.read_bytes())
        except FileExistsError:
            continue
        shutil.copystat(path, kept)
        if kept.read_bytes() != path.read_bytes():
            raise OSError(f"the backup {kept} is not complete: nothing was changed")
        return kept
    raise OSError(f"no free name for a backup of {path}: nothing was changed")
