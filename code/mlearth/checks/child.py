"""The parent's side of the child process: start it, ask it, end it with its tree."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

START_S = 120.0
"""Seconds for the child's own imports: not the student's code."""

GRACE_S = 1.0
"""How much later than the child's own watchdog the parent ends it."""

_HOME = str(Path(__file__).resolve().parents[2])
_COMMAND = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from mlearth.checks.worker import main; main(sys.argv[2])"
)


class Ended(Exception):
    """The child process is gone.

    Attributes
    ----------
    late : bool
        Whether it ran into its deadline.
    code : int or None
        Its exit code; negative for a signal; None when it had to be killed.
    frames : list of (str, int, str)
        File, line and function that were running, innermost first.
    """

    def __init__(self, late: bool, code: int | None, frames: list):
        super().__init__(late, code, frames)
        self.late, self.code, self.frames = late, code, frames


class Child:
    """A child process that serves requests, started when first asked.

    After it has ended, the next request starts a new one; `born` counts them.
    """

    def __init__(self) -> None:
        self.born = 0
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether there is a process that can be asked."""
        return self._process is not None

    def ask(self, request: dict[str, Any], deadline_s: float) -> dict[str, Any]:
        """Send a request and wait for its reply.

        Parameters
        ----------
        request : dict
            What to do, see `worker.Worker`.
        deadline_s : float
            Seconds after which the child is ended.

        Returns
        -------
        dict

        Raises
        ------
        Ended
            If the child came to its end instead of replying.
        """
        wait_s = deadline_s + GRACE_S
        if self._process is None:
            self._start()
            wait_s += START_S
        line = json.dumps({**request, "deadline_s": deadline_s}) + "\n"
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
            reply = self._replies.get(timeout=wait_s)
        except queue.Empty:
            raise self._end(late=True) from None
        except OSError:
            reply = None
        if reply is None:
            raise self._end(late=False)
        return reply

    def _start(self) -> None:
        self.born += 1
        handle, self._log = tempfile.mkstemp(prefix="mlearth-check-", suffix=".log")
        os.close(handle)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _COMMAND, _HOME, self._log],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=_environment(),
            **_own_group(),
        )
        self._replies: queue.Queue = queue.Queue()
        self._reader = threading.Thread(
            target=_listen, args=(self._process.stdout, self._replies), daemon=True
        )
        self._reader.start()

    def _end(self, late: bool) -> Ended:
        """End the process and say how it ended."""
        code = None
        if not late:  # it is ending by itself: let it, so that its exit code is true
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = self._process.wait(GRACE_S)
        log = Path(self._log).read_text(encoding="utf-8", errors="replace")
        self.close()
        return Ended(late or log.startswith("Timeout"), code, _frames(log))

    def close(self) -> None:
        """End the process and everything it started."""
        process, self._process = self._process, None
        if process is None:
            return
        _kill_tree(process)
        process.wait()
        self._reader.join(GRACE_S)
        with contextlib.suppress(OSError):
            process.stdin.close()
        if not self._reader.is_alive():
            process.stdout.close()
        with contextlib.suppress(OSError):
            os.unlink(self._log)


def _environment() -> dict[str, str]:
    """Return the child's environment: no windows, no threads, no encoding surprises."""
    quiet = {"MPLBACKEND": "Agg", "PYTHONIOENCODING": "utf-8:replace"}
    thrifty = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"], "1")
    return {**thrifty, "TF_CPP_MIN_LOG_LEVEL": "3", **os.environ, **quiet}


def _own_group() -> dict[str, Any]:
    """Return the arguments that give the child a process group of its own."""
    if os.name == "nt":
        return {
            "creationflags": subprocess.CREATE_NEW_PROCESS_GROUP
            | subprocess.CREATE_NO_WINDOW
        }
    return {"start_new_session": True}


def _listen(stream: Any, replies: queue.Queue) -> None:
    with contextlib.suppress(ValueError, OSError):
        for line in stream:
            with contextlib.suppress(json.JSONDecodeError):
                replies.put(json.loads(line))
    replies.put(None)


def _kill_tree(process: subprocess.Popen) -> None:
    """End the process and all that it started, even when it has gone before them."""
    if os.name == "nt":
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(process.pid)],
            capture_output=True,
            check=False,
        )
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _frames(log: str) -> list[tuple[str, int, str]]:
    """Read the frames that were running from what faulthandler wrote.

    >>> _frames('Timeout (0:00:05)!\\n  File "a.py", line 3 in loop\\n')
    [('a.py', 3, 'loop')]
    """
    found = re.findall(r'  File "(.*)", line (\d+) in (.*)', log)
    return [(file, int(line), function) for file, line, function in found]
