"""The parent's side of the judge: start it, ask it, end it with its tree."""

from __future__ import annotations

import hmac
import json
import queue
import secrets
import time
from collections.abc import Sequence
from typing import Any

from .judge import signed
from .process import GRACE_S, Ended, Process

START_S = 120.0
"""Seconds for the judge's own imports: not the student's code."""


class Child:
    """A judge that serves requests, started when first asked.

    After it has ended, the next request starts a new one; `born` counts them.

    Parameters
    ----------
    wrap : sequence of str
        A command that stands before that of the judge, see `process.Process`.
    """

    def __init__(self, wrap: Sequence[str] = ()) -> None:
        self.born = 0
        self._wrap = wrap
        self._process: Process | None = None

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The number of the judge's process, or that of the box around it."""
        return self._process and self._process.popen.pid

    @property
    def alive(self) -> bool:
        """Whether there is a judge that can be asked."""
        return self._process is not None

    def ask(self, request: dict[str, Any], wait_s: float) -> dict[str, Any]:
        """Send a request and wait for its reply.

        Parameters
        ----------
        request : dict
            What to do, see `judge.Judge`.
        wait_s : float
            Seconds by the clock on the wall after which the judge is ended.

        Returns
        -------
        dict

        Raises
        ------
        Ended
            If the judge came to its end instead of replying.
        """
        if self._process is None:
            self._start()
            wait_s += START_S
        self._process.send(json.dumps(request))
        until = time.monotonic() + wait_s + GRACE_S
        while True:
            try:
                line = self._process.lines.get(timeout=max(0, until - time.monotonic()))
            except queue.Empty:
                raise self._end("waiting", wait_s) from None
            if line is None:
                raise self._end("gone", 0.0)
            code, _, reply = line.rstrip("\n").partition(" ")
            if hmac.compare_digest(code, signed(self._key, self._replies, reply)):
                self._replies += 1
                return json.loads(reply)

    def _start(self) -> None:
        self.born += 1
        self._key, self._replies = secrets.token_bytes(32), 0
        self._process = Process("judge", wrap=self._wrap)
        self._process.send(self._key.hex())

    def _end(self, why: str, seconds: float) -> Ended:
        code = self._process.exit_code() if why == "gone" else None
        self.close()
        return Ended(why, seconds, code)

    def close(self) -> None:
        """End the judge and everything it started."""
        process, self._process = self._process, None
        if process is not None:
            process.close()
