"""The judge's side of the student's process: ask it, time it, end it."""

from __future__ import annotations

import contextlib
import inspect
import json
import os
import queue
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from .compare import call_in_words
from .expect import TRIAL, NotGiven, Waits
from .peer import Peer, RemoteFunction
from .process import GRACE_S, Ended, Process, frames
from .pupil import CLOCK
from .student import rows_of

POLL_S = 0.05
PATIENCE = 6
"""How many times its processor time an answer may take by the clock on the wall ..."""

WAIT_S = 10.0
"""... and seconds beside, for a busy machine and for imports of its own."""


class Answers:
    """The student's functions, answered by a process of their own.

    After that process has ended, the next request starts a new one.
    """

    def __init__(self) -> None:
        self._process: Process | None = None
        self.ended: Ended | None = None

    @property
    def alive(self) -> bool:
        """Whether there is a process that can be asked."""
        return self._process is not None

    def ask(self, do: str, deadline_s: float, **request: Any) -> Any:
        """Send a request; see `Peer.ask`.

        Raises
        ------
        Ended
            If the process used up its time, or came to its end.
        """
        if self._process is None:
            self._start()
        self.allow(deadline_s)
        return self.peer.ask(do, **request)

    def allow(self, seconds: float) -> None:
        """Allow so much processor time of the student's own code from now on."""
        self._allowed = seconds
        self._before, self._since = self._own_seconds(), time.monotonic()

    def _start(self) -> None:
        self.ended = None
        self._folder = tempfile.TemporaryDirectory(prefix="mlearth-check-")
        self._log, self._clock = (
            os.path.join(self._folder.name, name) for name in ("log", "clock")
        )
        Path(self._log).touch()
        Path(self._clock).write_bytes(CLOCK.pack(0.0, -1.0))
        self._process = Process("pupil", self._log, self._clock)
        self._watched = psutil.Process(self._process.popen.pid)
        self.peer = Peer(self._process.send, self._receive)

    def _receive(self) -> dict:
        """Wait for a message while the student's time lasts."""
        while self._process is not None:
            try:
                line = self._process.lines.get(timeout=POLL_S)
            except queue.Empty:
                self._watch()
                continue
            if line is None:
                raise self._end("gone", 0.0)
            if (message := understood(line)) is None:
                raise self._end("garbled", 0.0)
            return message
        raise self.ended  # it came to its end while it was asking something itself

    def _watch(self) -> None:
        if self._own_seconds() - self._before > self._allowed:
            raise self._end("slow", self._allowed)
        most = PATIENCE * self._allowed + WAIT_S
        if time.monotonic() - self._since > most:
            raise self._end("waiting", most)

    def _own_seconds(self) -> float:
        """Return the processor time of the process without that of its imports."""
        try:
            times = self._watched.cpu_times()
        except psutil.Error:
            return 0.0
        used = times.user + times.system
        took, began = CLOCK.unpack(Path(self._clock).read_bytes()[: CLOCK.size])
        return used - took - (used - began if began >= 0 else 0.0)

    def _end(self, why: str, seconds: float) -> Ended:
        """End the process and say how it ended."""
        code = self._process.exit_code() if why == "gone" else self._ask_where()
        log = Path(self._log).read_text(encoding="utf-8", errors="replace")
        self.close()
        self.ended = Ended(why, seconds, code, frames(log))
        return self.ended

    def _ask_where(self) -> None:
        """Let the process write down which line is running."""
        if not hasattr(signal, "SIGUSR1"):
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process.popen.pid, signal.SIGUSR1)
        until = time.monotonic() + GRACE_S
        while not os.path.getsize(self._log) and time.monotonic() < until:
            time.sleep(0.01)

    def close(self) -> None:
        """End the process and everything it started."""
        process, self._process = self._process, None
        if process is not None:
            process.close()
            self._folder.cleanup()


def understood(line: str) -> dict | None:
    """Return the message of a line; None if no process of ours has written it.

    >>> understood('{"value": 1}'), understood("holds"), understood('{"status": 0}')
    ({'value': 1}, None, None)
    """
    try:
        message = json.loads(line)
    except ValueError:
        return None
    known = isinstance(message, dict) and message.keys() & {"do", "raised", "value"}
    return message if known else None


class Asked:
    """The student's functions as a check sees them.

    Parameters
    ----------
    answers : Answers
    stopped : mapping of str to int
        Functions that came to no end, with the number of the claim that found it.
    given : collection of str or None
        Functions that a notebook handed over; None for a file.
    """

    def __init__(
        self, answers: Answers, stopped: dict[str, int], given: list[str] | None
    ):
        self._answers, self._stopped, self._given = answers, stopped, given
        self._called, self._returned, self._rows = None, None, 0
        self._given_last: tuple[tuple, dict] = (), {}

    @property
    def _call(self) -> str:
        """The last call, as one may write it."""
        return call_in_words(self._called, *self._given_last) if self._called else ""

    def __getattr__(self, name: str) -> Any:
        if self._given is not None and name not in self._given:
            raise NotGiven(f"for `{name}`, which was not given")
        value = self._answers.peer.ask("give", name=name)
        if not isinstance(value, RemoteFunction):
            return value

        def call(*args: Any, **kwargs: Any) -> Any:
            if name in self._stopped:
                raise Waits(f"for what stops claim {self._stopped[name]}")
            self._called, self._returned = name, None
            self._given_last = args, kwargs
            self._rows = max(map(rows_of, (*args, *kwargs.values())), default=0)
            if "calls" in TRIAL:
                TRIAL["calls"] += _looks(name, value, args, kwargs)
            self._returned = self._laid(value(*args, **kwargs), args)
            return self._returned

        call.__name__ = name
        if hasattr(value, "__signature__"):
            call.__signature__ = value.__signature__
        return call

    def _laid(self, value: Any, args: tuple) -> Any:
        """Lay an array into the memory of the argument that it is a view of."""
        import numpy as np

        if not isinstance(value, np.ndarray):
            return value
        if (seen := self._answers.peer.ask("view")) is None:
            return value
        position, offset, shape, strides = seen
        lies_in = args[position]
        if not isinstance(lies_in, np.ndarray) or not lies_in.flags.c_contiguous:
            return value
        try:
            return np.ndarray(shape, value.dtype, lies_in, offset, strides)
        except (TypeError, ValueError):
            return value


def _looks(name: str, function: Any, args: tuple, kwargs: dict) -> list[list]:
    """Tell an author what the arrays of a call look like."""
    from .inputs import features

    signature = getattr(function, "__signature__", None) or inspect.signature(function)
    given = signature.bind(*args, **kwargs).arguments
    told = [[name, key, features(value)] for key, value in given.items()]
    return [one for one in told if one[-1]]
