"""Run a function that a student wrote in MATLAB, in GNU Octave."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .expect import NotGiven, Waits, expect, expect_close

SECONDS = 8
"""Processor seconds that all calls together may take, Octave's own start included."""

WALL_S = 90
"""Seconds by the clock on the wall, for a busy machine and for one that only waits."""

UNWRITTEN = re.compile(r"^\s*error\(['\"]not written yet", re.MULTILINE)
INSTALL = "apt install octave, brew install octave, or octave.org"
STOPPED = {-9, -24}
"""Exit codes of a process that was ended for its processor time (Unix)."""

_KEPT: dict[tuple[str, ...], str] = {}
"""What solutions printed: a prover judges the same text many times."""


def octave_numbers(
    student: Any,
    check_file: str,
    function: str,
    calls: Sequence[str],
    n_outputs: int = 1,
) -> list[float]:
    """Return the numbers that a student's MATLAB function gives.

    The function stands in a file of its name beside the checks. A solution that is
    being proved holds it as a text, ``NEWTON_STEP_M`` for ``newton_step.m``.

    Parameters
    ----------
    student : Student
        What the check was given.
    check_file : str
        The check's own ``__file__``.
    function : str
        Name of the function.
    calls : sequence of str
        The arguments of each call, as MATLAB writes them: ``"[1; 2], 0.5"``.
    n_outputs : int
        How many outputs of each call are asked for.

    Returns
    -------
    list of float
        The numbers of the outputs, call by call, each column by column.

    Raises
    ------
    Waits
        If there is no ``octave-cli``, or if only functions of a notebook are checked.
    NotHeld
        If the file is missing, stops or does not end.
    NotImplementedError
        If the file says that it is not written yet.
    """
    if getattr(student, "_given", None) is not None:  # functions of a notebook
        raise NotGiven(f"for {function}.m, which is checked with the file")
    file = Path(check_file).parent / f"{function}.m"
    try:
        text = getattr(student, f"{function.upper()}_M")
    except Exception:
        expect(file.is_file(), f"There is no file {file.name} in {file.parent.name}")
        text = ""
    said = text or file.read_text(encoding="utf-8", errors="replace")
    if UNWRITTEN.search(said):  # raised as if by the file itself
        exec(compile("raise NotImplementedError", str(file), "exec"))
    if shutil.which("octave-cli") is None:
        raise Waits(f"for GNU Octave ({INSTALL})")
    if text:
        printed = _printed_by(text, function, calls, n_outputs)
    else:
        printed = _printed(file.parent, function, calls, n_outputs)
    problem = printed.partition("PROBLEM ")[2].strip()
    expect(not problem, f"{file.name} stops: {problem.partition(chr(10))[0]}")
    lines = [line[8:] for line in printed.splitlines() if line[:8] == "NUMBERS "]
    return [float(number) for line in lines for number in line.split()]


def expect_in_octave(
    student: Any,
    check_file: str,
    function: str,
    calls: Sequence[str],
    answer: Callable[..., Any],
    slips: Mapping[str, dict],
    what: str,
) -> None:
    """Expect the numbers of `answer` from a student's MATLAB function.

    Parameters
    ----------
    student, check_file, function, calls
        As `octave_numbers` takes them.
    answer : callable
        Called without arguments it returns all numbers, in the order of the calls;
        with those of a slip, what that slip makes of them.
    slips : mapping of str to dict
        The arguments of each likely mistake, by the question that names it. One that
        changes nothing, or gives other numbers of numbers or none, is not asked.
    what : str
        What the numbers are, as a sentence begins.

    Raises
    ------
    NotHeld, Waits, NotImplementedError
        As `octave_numbers` and `expect_close` do.
    """
    import numpy as np

    right = answer()
    with np.errstate(all="ignore"):
        made = {f"in MATLAB, {q}": answer(**slip) for q, slip in slips.items()}
    mistakes = {
        q: v
        for q, v in made.items()
        if v.shape == right.shape and np.isfinite(v).all() and not np.allclose(v, right)
    }
    found = octave_numbers(student, check_file, function, calls)
    expect_close(found, right, what, mistakes=mistakes)


def _printed_by(text: str, function: str, calls: Sequence[str], n: int) -> str:
    key = (text, function, *calls)
    if key not in _KEPT:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{function}.m"
            file.write_text(text.lstrip(), encoding="utf-8")
            _KEPT[key] = _printed(Path(folder), function, calls, n)
    return _KEPT[key]


def _printed(folder: Path, function: str, calls: Sequence[str], n: int) -> str:
    """Make the calls in one process and return what it printed."""
    found = [f"found{k}" for k in range(n)]
    columns = "; ".join(f"{name}(:)" for name in found)
    lines = [
        f"try; [{', '.join(found)}] = {function}({arguments}); "
        f"printf('\\nNUMBERS %s\\n', sprintf('%.17g ', [{columns}])); "
        "catch problem; printf('\\nPROBLEM %s\\n', problem.message); end"
        for arguments in calls
    ]
    place = str(folder).replace("'", "''")
    script = "\n".join([f"addpath('{place}');", *lines])
    options = ["--quiet", "--no-init-file", "--no-history", "--eval", script]
    try:
        done = subprocess.run(
            _limited("octave-cli", *options),
            capture_output=True,
            text=True,
            timeout=WALL_S,
            stdin=subprocess.DEVNULL,
        )
        in_time = done.returncode not in STOPPED
    except subprocess.TimeoutExpired:
        in_time = False
    late = f"{function}.m is not done after {SECONDS} s"
    expect(in_time, late, "is a loop without end?")
    return done.stdout or f"PROBLEM {done.stderr}"


def _limited(*command: str) -> list[str]:
    """Return a command whose processor time has an end (Unix)."""
    if os.name == "nt":
        return list(command)
    return ["sh", "-c", f'ulimit -t {SECONDS}; exec "$@"', "sh", *command]
