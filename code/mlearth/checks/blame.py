"""Turn whatever a student's code raised into one sentence; runs in the child."""

from __future__ import annotations

import linecache
import re
import sysconfig
import traceback
from pathlib import Path
from typing import Any

from .compare import kind
from .expect import NotHeld, Waits, sentence
from .student import Student, Unreadable

ASK = "please tell your instructor."
"""What a student can do about a check that is broken."""

SEVERAL_ROWS = 1000
"""From so many records on, what is slow or large may be so for their number."""

_PACKAGE = Path(__file__).resolve().parents[1]
_FOLDERS = ("stdlib", "platstdlib", "purelib", "platlib")
_LIBRARIES = (
    _PACKAGE,
    *(Path(sysconfig.get_path(name)).resolve() for name in _FOLDERS),
)

_INSTALLED = {"site-packages", "dist-packages"}
"""Names of folders of packages: a student may have those of another environment too."""


def is_library(file: str) -> bool:
    """Say whether a frame's file is Python's, a package's or ours: nobody's to mend."""
    if file.startswith("<"):
        return not file.startswith(("<stdin", "<ipython-input"))
    folders = Path(file).resolve().parents
    if _INSTALLED & {folder.name for folder in folders}:
        return True
    return any(library in folders for library in _LIBRARIES)


def blame(error: BaseException, student: Student | None, check_file: Path) -> dict:
    """Word an exception as the outcome of a check.

    Parameters
    ----------
    error : BaseException
        What came out of the check or of the import of the student's file.
    student : Student or None
        Knows what was called last; None while the file is imported.
    check_file : Path
        Frames of this file are the check's, not the student's.

    Returns
    -------
    dict
        ``status``, ``found`` and perhaps ``label``.
    """
    if getattr(error, "outcome", None):  # worded where it was raised
        asked = "".join(f"; {note}" for note in getattr(error, "__notes__", []))
        found = error.outcome["found"].removesuffix(".") + asked + "."
        return {**error.outcome, "found": found} if asked else error.outcome
    if isinstance(error, NotHeld):
        return {"status": "fails", "found": str(error), "label": error.label}
    if isinstance(error, Waits):
        return {"status": error.status, "found": str(error)}
    if isinstance(error, Unreadable):
        return {"status": "fails", "found": str(error)}
    if isinstance(error, SyntaxError) and student is None and error.filename:
        return {"status": "fails", "found": _syntax(error)}
    frame = _student_frame(error, check_file)
    if frame is None:
        return _in_check(error, student, check_file)
    if isinstance(error, NotImplementedError):
        return {"status": "unwritten", "found": "not written yet"}
    return {"status": "fails", "found": _stopped(error, frame, student)}


def _student_frame(
    error: BaseException, check_file: Path
) -> traceback.FrameSummary | None:
    """Return the innermost frame of the student's own code."""
    frames = traceback.StackSummary.extract(
        traceback.walk_tb(error.__traceback__), lookup_lines=False
    )
    own = [
        frame
        for frame in frames
        if frame.filename != str(check_file) and not is_library(frame.filename)
    ]
    return own[-1] if own else None


def _syntax(error: SyntaxError) -> str:
    name = Path(error.filename).name
    text = (error.text or "").strip()
    if text[:1] in ("%", "!", "?"):
        return sentence(
            f"Line {error.lineno} of {name} is a command of notebooks, `{text:.60}`, "
            "and no Python: leave it out of the file."
        )
    return sentence(
        f"Line {error.lineno} of {name} is not Python ({error.msg})"
        + (f", `{text:.60}`" if text else "")
    )


def place(file: str, line: int, text: str = "") -> str:
    """Name a line of the student's code.

    >>> place("/home/me/location.py", 7, "x = 1 / 0")
    'at line 7 of location.py, `x = 1 / 0`'
    """
    linecache.checkcache(file)
    text = (text or linecache.getline(file, line)).strip()
    code = f", `{text:.70}`" if text else ""
    if "ipykernel" in file or file.startswith("<"):
        return f"at line {line} of your cell{code}"
    return f"at line {line} of {Path(file).name}{code}"


def _stopped(
    error: BaseException, frame: traceback.FrameSummary, student: Student | None
) -> str:
    where = place(frame.filename, frame.lineno)
    who = f"`{student._called}`" if student and student._called else "The file"
    if isinstance(error, SystemExit):
        advice = "return a value instead" if student else "take the call out"
        return f"{who} calls exit() {where}, which ends Python: {advice}."
    if isinstance(error, EOFError) and "input" in linecache.getline(
        frame.filename, frame.lineno
    ):
        return (
            f"{who} calls input() {where}, but nobody types during a check: use the "
            "arguments instead."
        )
    if isinstance(error, RecursionError):
        return f"{who} calls itself without end {where}."
    rows = student._rows if student else 0
    if isinstance(error, MemoryError) and rows >= SEVERAL_ROWS:
        hint = f"is what it makes too large for {rows:,} records?"
        return sentence(f"{who} stops {where}, with {_message(error)}", hint)
    return sentence(f"{who} stops {where}, with {_message(error)}")


def _message(error: BaseException) -> str:
    """Write an exception on one line, in at most 160 characters."""
    text = re.sub(r"\s+", " ", str(error)).strip()
    if len(text) > 160:
        text = text[:157] + "..."
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _in_check(error: BaseException, student: Student | None, check_file: Path) -> dict:
    """Word an exception that came up in the check's own lines."""
    if student is None or student._called is None:
        return _broken(error, check_file)
    name, value = student._called, student._returned
    if isinstance(error, AssertionError):
        return {"status": "fails", "found": sentence(str(error) or "An assert failed")}
    if isinstance(error, AttributeError) and error.obj is value:
        found = f"`{name}` returns {kind(value)} without `{error.name}`"
    elif isinstance(value, type):
        found = f"The check cannot go on with your `{name}` ({_message(error)})"
    else:
        found = (
            f"`{name}` returns {_summary(value)}, and the check cannot go on with it "
            f"({_message(error)})"
        )
    return {"status": "fails", "found": sentence(found)}


def _summary(value: Any) -> str:
    shape = getattr(value, "shape", None)
    size = f" of shape {shape}" if isinstance(shape, tuple) else ""
    return kind(value) + size


def _broken(error: BaseException, check_file: Path) -> dict:
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(check_file)
    ]
    where = f" at line {lines[-1]}" if lines else ""
    return {
        "status": "broken",
        "found": sentence(
            f"The check itself stopped{where} of {check_file.name}, before it called "
            f"your code, with {_message(error)}",
            ASK,
        ),
    }
