"""The child process: imports the student's code and runs one check at a time.

It reads requests from what was its standard input and writes replies to what was its
standard output, one JSON object per line. The student's code sees neither: what it
prints goes nowhere and what it asks for is never typed. While a request is served a
watchdog counts; at the deadline it writes down which line was running and ends the
process, even if the parent has died meanwhile.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import faulthandler
import importlib
import json
import linecache
import os
import random
import sys
import types
from functools import cache
from pathlib import Path
from typing import Any, TextIO

from .blame import blame
from .student import Student, load_file, load_functions

PRELOADED = {
    "keras",
    "matplotlib",
    "mlearth",
    "numpy",
    "obspy",
    "pandas",
    "scipy",
    "sklearn",
    "tensorflow",
}
"""Packages whose first import may be slow: not counted against the student."""

MEMORY_BYTES = 8 * 2**30


class Worker:
    """Serves the requests "prepare", "enter" and "run", in this order.

    Parameters
    ----------
    log : file
        Where the watchdog writes the line that was running.
    """

    def __init__(self, log: TextIO):
        self._log = log
        self._path = list(sys.path)
        self._check_file = Path()
        self._checks: dict[str, Any] = {}
        self._student: Student | None = None

    def serve(self, request: dict) -> dict:
        """Do what a request asks, under its deadline, and return the reply."""
        self._log.seek(0)
        self._log.truncate()
        faulthandler.dump_traceback_later(
            request["deadline_s"], exit=True, file=self._log
        )
        try:
            return getattr(self, f"do_{request['do']}")(request)
        finally:
            faulthandler.cancel_dump_traceback_later()

    def do_prepare(self, request: dict) -> dict:
        """Import the check file, and the packages that the student's file imports."""
        self._check_file, self._student = Path(request["check_file"]), None
        sys.path[:] = self._path
        source = self._check_file.read_bytes()
        for name in imports(source) | imports(request["source"].encode()):
            _preload(name)
        sys.dont_write_bytecode = True  # nothing appears beside a student's file
        module = types.ModuleType(self._check_file.stem)
        module.__file__ = str(self._check_file)
        sys.modules[module.__name__] = module
        try:
            exec(_compiled(source, str(self._check_file)), vars(module))
        except Exception as error:
            return blame(error, None, self._check_file)
        self._checks = vars(module)
        return {"status": "holds"}

    def do_enter(self, request: dict) -> dict:
        """Import the student's file, or rebuild the functions from a notebook."""
        _forget(request["folder"])
        os.chdir(request["cwd"])
        sys.path[:] = [*self._path, *request["path"]]
        linecache.clearcache()
        for file, text in request["sources"].items():
            linecache.cache[file] = len(text), None, text.splitlines(True), file
        try:
            if request["functions"] is None:
                path = Path(request["student_file"])
                self._student = Student(load_file(path), path.name)
            else:
                payload = base64.b64decode(request["functions"])
                self._student = Student(load_functions(payload), None)
        except BaseException as error:
            return blame(error, None, self._check_file)
        return {"status": "holds"}

    def do_run(self, request: dict) -> dict:
        """Run one check."""
        student = self._student
        student._called = student._returned = None
        random.seed(0)
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed(0)
        try:
            self._checks[request["check"]](student)
        except BaseException as error:
            return blame(error, student, self._check_file)
        return {"status": "holds"}


@cache
def _compiled(source: bytes, file: str) -> types.CodeType:
    return compile(source, file, "exec", dont_inherit=True)


@cache
def _preload(name: str) -> None:
    with contextlib.suppress(Exception):
        importlib.import_module(name)


@cache
def imports(source: bytes) -> set[str]:
    """Return the modules of well-known packages that a source imports anywhere.

    >>> sorted(imports(b"import numpy as np; from scipy import stats; import helper"))
    ['numpy', 'scipy', 'scipy.stats']
    """
    names: set[str] = set()
    with contextlib.suppress(SyntaxError, ValueError):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names |= {f"{node.module}.{alias.name}" for alias in node.names}
                names.add(node.module)
    return {name for name in names if name.split(".")[0] in PRELOADED}


def _forget(folder: str) -> None:
    """Drop modules that an earlier student's file imported from its own folder."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and os.path.dirname(file) == folder and not name.startswith("check_"):
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


def main(log_file: str) -> None:
    """Serve requests until the parent closes the pipe."""
    requests, replies = take_over_streams()
    limit_memory()
    with open(log_file, "w", encoding="utf-8") as log:
        faulthandler.enable(log)
        worker = Worker(log)
        for line in requests:
            reply = worker.serve(json.loads(line))
            replies.write(json.dumps(reply) + "\n")
            replies.flush()
    os._exit(0)  # without waiting for threads that a student may have started
