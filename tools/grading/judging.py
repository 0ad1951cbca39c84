"""Judge one submission in its box, with the instructor's copy of the checks."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from mlearth.checks.child import Child
from mlearth.checks.exercise import Exercise
from mlearth.checks.session import Session

from .collect import Submission, shelf
from .sandbox import ROOT, Sandbox

MOST_S = 300.0
"""Seconds by the clock on the wall for one submission; what is left then fails."""

MOST_BYTES = 6 * 2**30
"""Memory of all processes of one submission together."""


def judged(
    one: Submission, homework: str, place: Path, box: Sandbox | None
) -> list[dict]:
    """Return what came of each claim, in the order of the checks.

    Parameters
    ----------
    one : Submission
    homework : str
        Name of the exercise.
    place : Path
        A folder outside of this tree that is written anew.
    box : Sandbox or None
        None runs the submission unprotected.

    Returns
    -------
    list of dict
        Claim, status, and what was found.
    """
    exercise = laid_out(one, homework, place)
    child = Child(box.wrap(exercise.folder) if box else ())
    until, found = time.monotonic() + MOST_S, []
    with watched(child), Session(exercise, child=child) as session:
        for check in exercise.checks:
            if time.monotonic() > until:
                said = f"the submission took more than {MOST_S:.0f} s in all"
                found.append(claim(check, "waits", said))
                continue
            verdict = session.judge(check)
            found.append(claim(check, verdict.status, verdict.found))
    child.close()
    return found


def claim(check, status: str, found: str) -> dict:
    """Return the record of one claim."""
    return {
        "number": check.number,
        "claim": check.claim,
        "status": status,
        "found": found,
    }


def laid_out(one: Submission, homework: str, place: Path) -> Exercise:
    """Lay a submission beside the instructor's checks, and nothing else."""
    source = ROOT / "exercises" / homework
    folder = shelf(place / "exercises" / homework)
    one.write(folder)
    shutil.copy(source / f"check_{homework}.py", folder)
    book = place / "book"  # read by the grader alone, to name sections
    book.unlink(missing_ok=True)
    book.symlink_to(ROOT / "book")
    return Exercise(folder)


@contextmanager
def watched(child: Child):
    """End what takes more memory than there is for one submission."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            if (pid := child.pid) and memory(pid) > MOST_BYTES:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def memory(pid: int) -> int:
    """Return the resident bytes of a process and all below it."""
    total = 0
    try:
        for one in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
            total += one.memory_info().rss
    except psutil.Error:
        pass
    return total


def fingerprint(one: Submission, homework: str) -> str:
    """Return what a verdict depends on: the files, the checks, the package."""
    digest = hashlib.sha256()
    for name, data in sorted(one.files.items()):
        digest.update(name.encode() + b"\0" + data + b"\0")
    paths = [ROOT / f"exercises/{homework}/check_{homework}.py"]
    paths += sorted((ROOT / "code/mlearth").rglob("*.py"))
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
