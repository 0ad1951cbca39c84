"""The judge: a process that runs the checks, and asks another for the answers.

What decides is here, out of reach of the student's code: the check file, its inputs,
and what should come out. Every reply to the parent carries a code that only the two
know, so that nobody else can write one.
"""

from __future__ import annotations

import ctypes
import hashlib
import hmac
import json
import linecache
import os
import random
import sys
import types
from functools import cache
from pathlib import Path
from typing import Any

from .answers import Answers, Asked
from .blame import blame
from .expect import TRIAL
from .process import Ended
from .pupil import take_over_streams

HOLDS = {"status": "holds"}


class Judge:
    """Serves the requests "prepare", "enter" and "run", in this order."""

    def __init__(self) -> None:
        self._path = list(sys.path)
        self._check_file = Path()
        self._checks: dict[str, Any] = {}
        self._answers = Answers()

    def serve(self, request: dict) -> dict:
        """Do what a request asks and return the outcome."""
        return getattr(self, f"do_{request['do']}")(request)

    def do_prepare(self, request: dict) -> dict:
        """Import the check file."""
        self._check_file = Path(request["check_file"])
        sys.path[:] = self._path
        source = self._check_file.read_bytes()
        sys.dont_write_bytecode = True
        module = types.ModuleType(self._check_file.stem)
        module.__file__ = str(self._check_file)
        sys.modules[module.__name__] = module
        try:
            exec(_compiled(source, str(self._check_file)), vars(module))
        except Exception as error:
            return blame(error, None, self._check_file)
        self._checks = vars(module)
        return HOLDS

    def do_enter(self, request: dict) -> dict:
        """Let the student's process import their code."""
        self._entry = request
        os.chdir(request["cwd"])
        linecache.clearcache()
        for file, text in request["sources"].items():
            linecache.cache[file] = len(text), None, text.splitlines(True), file
        return self._enter()

    def _enter(self) -> dict:
        asked = {key: value for key, value in self._entry.items() if key != "do"}
        try:
            self._answers.ask("enter", **asked)
        except Ended as end:
            return ended(end)
        except BaseException as error:
            return blame(error, None, self._check_file)
        return HOLDS

    def do_run(self, request: dict) -> dict:
        """Run one check."""
        if not self._answers.alive and (refused := self._enter()) != HOLDS:
            return refused
        deadline_s = request["deadline_s"]
        student = Asked(self._answers, request["stopped"], self._entry["given"])
        random.seed(0)
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed(0)
        TRIAL.clear()
        if request.get("trial"):
            TRIAL["alike"], TRIAL["calls"] = [], []
        try:
            self._answers.ask("begin", deadline_s)
            self._checks[request["check"]](student)
        except BaseException as error:
            if self._answers.ended is None:
                told = {"called": student._called, "call": student._call}
                return told | blame(error, student, self._check_file)
        if self._answers.ended is not None:
            end, self._answers.ended = self._answers.ended, None
            return ended(end) | {"called": student._called, "rows": student._rows}
        return HOLDS | TRIAL

    def close(self) -> None:
        """End the student's process."""
        self._answers.close()


def ended(end: Ended) -> dict:
    """Return the end of the student's process as an outcome for the parent to word."""
    told = {key: getattr(end, key) for key in ("why", "seconds", "code", "frames")}
    return {"status": "ended", "end": told}


@cache
def _compiled(source: bytes, file: str) -> types.CodeType:
    return compile(source, file, "exec", dont_inherit=True)


def signed(key: bytes, number: int, reply: str) -> str:
    """Return the code of a reply: of its text, and of its number among all replies."""
    return hmac.new(key, f"{number}:{reply}".encode(), hashlib.sha256).hexdigest()


def withdraw() -> None:
    """Keep others out of this process's memory and pipes, and adopt orphans (Linux).

    Orphans of the student's process, in whatever session, are ended with this one.
    """
    if sys.platform.startswith("linux"):
        set_dumpable, set_child_subreaper = 4, 36
        libc = ctypes.CDLL(None)
        libc.prctl(set_dumpable, 0, 0, 0, 0)
        libc.prctl(set_child_subreaper, 1, 0, 0, 0)


def main() -> None:
    """Serve requests until the parent closes the pipe."""
    requests, replies = take_over_streams()
    withdraw()
    key = bytes.fromhex(requests.readline().strip())
    judge = Judge()
    for number, line in enumerate(requests):
        reply = json.dumps(judge.serve(json.loads(line)))
        replies.write(f"{signed(key, number, reply)} {reply}\n")
        replies.flush()
    judge.close()
    os._exit(0)
