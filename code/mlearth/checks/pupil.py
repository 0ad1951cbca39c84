"""The student's process: holds the student's code and answers the judge's questions.

Nothing that is decided here is trusted: it returns values, and the judge compares them.
The student's code sees neither pipe: what it prints goes nowhere and what it asks for
is never typed.
"""

from __future__ import annotations

import base64
import builtins
import contextlib
import faulthandler
import importlib
import json
import linecache
import mmap
import os
import random
import signal
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from .blame import blame
from .peer import Gone, Peer
from .student import Student, load_file, load_functions

MEMORY_BYTES = 8 * 2**30
CLOCK = struct.Struct("dd")
"""Processor seconds that imports took, and when the one under way began (or -1)."""


class ImportClock:
    """Counts the processor time of imports, where the judge can read it.

    What a student's own folder holds is not counted as an import but as their code.

    Parameters
    ----------
    file : str
        A file of `CLOCK.size` bytes, shared with the judge.
    """

    def __init__(self, file: str):
        with open(file, "r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), CLOCK.size)
        self._took, self._depth, self.folder = 0.0, 0, ""
        self._tell(-1.0)
        builtins.__import__ = self._timed(builtins.__import__, self._is_new)
        importlib.import_module = self._timed(importlib.import_module, self._is_new)

    def _is_new(self, name: str) -> bool:
        if not name or name in sys.modules:
            return False
        own = os.path.join(self.folder, name.partition(".")[0])
        return not (os.path.exists(own + ".py") or os.path.isdir(own))

    def _timed(self, imports: Callable, counts: Callable[[str], bool]) -> Callable:
        def timed(name: str, *args: Any, **kwargs: Any) -> Any:
            if self._depth or not counts(name):
                return imports(name, *args, **kwargs)
            began, self._depth = time.process_time(), 1
            self._tell(began)
            try:
                return imports(name, *args, **kwargs)
            finally:
                self._depth = 0
                self._took += time.process_time() - began
                self._tell(-1.0)

        return timed

    def _tell(self, began: float) -> None:
        self._shared[:] = CLOCK.pack(self._took, began)


class Pupil:
    """Serves the judge.

    Parameters
    ----------
    clock : ImportClock
    """

    def __init__(self, clock: ImportClock):
        self._clock, self._path = clock, list(sys.path)
        self._student: Student | None = None
        self.serve = {
            "enter": self.enter,
            "begin": self.begin,
            "give": self.give,
            "view": lambda request: self._student._view,
        }

    def enter(self, request: dict) -> Any:
        """Import the student's file, or rebuild the functions from a notebook."""
        folder = request["folder"]
        _forget(folder)
        os.chdir(request["cwd"])
        sys.path[:] = [*self._path, *request["path"]]
        sys.dont_write_bytecode = True  # nothing appears beside a student's file
        self._student, self._clock.folder = None, folder
        linecache.clearcache()
        for file, text in request["sources"].items():
            linecache.cache[file] = len(text), None, text.splitlines(True), file
        if request["functions"] is None:
            path = Path(request["student_file"])
            self._student = Student(load_file(path), path.name)
        else:
            payload = base64.b64decode(request["functions"])
            self._student = Student(load_functions(payload), None)
        return None

    def begin(self, request: dict) -> Any:
        """Get ready for a check: the same chance for each."""
        self._student._called = self._student._returned = None
        random.seed(0)
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed(0)
        return None

    def give(self, request: dict) -> Any:
        """Return a name of the student's."""
        return getattr(self._student, request["name"])

    def word(self, error: BaseException) -> dict | None:
        """Word an exception that came up in the student's own lines."""
        outcome = blame(error, self._student, Path())
        return None if outcome["status"] == "broken" else outcome


def _forget(folder: str) -> None:
    """Drop modules that an earlier student's file imported from its own folder."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and os.path.dirname(file) == folder:
            del sys.modules[name]


def take_over_streams() -> tuple[TextIO, TextIO]:
    """Keep the two pipes for ourselves and leave the student's code nothing."""
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8")
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return requests, replies


def limit_memory() -> None:
    """Let a runaway array end in a MemoryError instead of a frozen machine."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = MEMORY_BYTES if hard < 0 else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def main(log_file: str, clock_file: str) -> None:
    """Serve the judge until it is gone."""
    requests, replies = take_over_streams()
    limit_memory()

    def send(line: str) -> None:
        replies.write(line + "\n")
        replies.flush()

    def receive() -> dict:
        line = requests.readline()
        if not line:
            raise Gone
        return json.loads(line)

    with open(log_file, "w", encoding="utf-8") as log:
        faulthandler.enable(log)
        if hasattr(signal, "SIGUSR1"):  # the judge asks which line is running
            faulthandler.register(signal.SIGUSR1, log, all_threads=True)
        pupil = Pupil(ImportClock(clock_file))
        with contextlib.suppress(Gone, OSError):
            Peer(send, receive, pupil.word, pupil.serve).listen()
    os._exit(0)  # without waiting for threads that a student may have started
