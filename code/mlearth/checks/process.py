"""Start a process of this package, listen to it, and end it with all it started."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from .peer import Gone

_HOME = str(Path(__file__).resolve().parents[2])
_COMMAND = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from mlearth.checks.{} import main; main(*sys.argv[2:])"
)
GRACE_S = 1.0


class Ended(Gone):
    """A process is gone, or had to be ended.

    Attributes
    ----------
    why : {"slow", "waiting", "gone", "garbled"}
        Whether it used up its processor time, waited too long, ended by itself, or
        wrote something else than answers.
    seconds : float
        How long it was let run.
    code : int or None
        Its exit code; negative for a signal; None when it had to be killed.
    frames : list of (str, int, str)
        File, line and function that were running, innermost first.
    """

    def __init__(
        self, why: str, seconds: float = 0.0, code: int | None = None, frames: Any = ()
    ):
        super().__init__(why, seconds, code, frames)
        self.why, self.seconds, self.code = why, seconds, code
        self.frames = [tuple(frame) for frame in frames]


class Process:
    """A Python that runs the ``main`` of a module of this package.

    Parameters
    ----------
    module : str
        Name of the module in `mlearth.checks`.
    *arguments : str
        What its ``main`` is given.
    wrap : sequence of str
        A command that stands before Python's, such as one that shuts it into a box.
    """

    def __init__(self, module: str, *arguments: str, wrap: Sequence[str] = ()):
        command = [sys.executable, "-P", "-c", _COMMAND.format(module), _HOME]
        self.popen = subprocess.Popen(
            [*wrap, *command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=_environment(),
            **_own_group(),
        )
        self._job = None
        if os.name == "nt":
            from .windows_job import Job

            self._job = Job(self.popen)
        self.lines: queue.Queue = queue.Queue()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _listen(self) -> None:
        with contextlib.suppress(ValueError, OSError):
            for line in self.popen.stdout:
                self.lines.put(line)
        self.lines.put(None)

    def send(self, line: str) -> None:
        """Write one line to its standard input."""
        with contextlib.suppress(OSError):  # it is gone: no reply will say so
            self.popen.stdin.write(line + "\n")
            self.popen.stdin.flush()

    def exit_code(self) -> int | None:
        """Let it end by itself, so that its exit code is true."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.popen.wait(GRACE_S)
        return None

    def close(self) -> None:
        """End it and everything it started."""
        end_tree(self.popen)
        if self._job:
            self._job.close()
        self._reader.join(GRACE_S)
        with contextlib.suppress(OSError):
            self.popen.stdin.close()
        if not self._reader.is_alive():
            self.popen.stdout.close()


def end_tree(process: subprocess.Popen) -> None:
    """End a process, its group, and its descendants in whatever session they are."""
    with contextlib.suppress(psutil.Error):
        family = psutil.Process(process.pid).children(recursive=True)
        for one in family:
            with contextlib.suppress(psutil.Error):
                one.kill()
    if os.name != "nt":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _environment() -> dict[str, str]:
    """Return the environment: no windows, no threads, no encoding surprises."""
    quiet = {"MPLBACKEND": "Agg", "PYTHONIOENCODING": "utf-8:replace"}
    thrifty = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"], "1")
    return {**thrifty, "TF_CPP_MIN_LOG_LEVEL": "3", **os.environ, **quiet}


def _own_group() -> dict[str, Any]:
    """Return the arguments that give a process a group of its own."""
    if os.name == "nt":
        return {
            "creationflags": subprocess.CREATE_NEW_PROCESS_GROUP
            | subprocess.CREATE_NO_WINDOW
        }
    return {"start_new_session": True}


def frames(log: str) -> list[tuple[str, int, str]]:
    """Read the frames that were running from what faulthandler wrote.

    >>> frames('Timeout (0:00:05)!\\n  File "a.py", line 3 in loop\\n')
    [('a.py', 3, 'loop')]
    """
    found = re.findall(r'  File "(.*)", line (\d+) in (.*)', log)
    return [(file, int(line), function) for file, line, function in found]
