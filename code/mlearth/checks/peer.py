"""Two processes that ask each other: the judge for the student's answers, and back.

Either side sends a request and serves those of the other until its reply arrives, so
that a function of one may call a function of the other. Requests are JSON lines; values
cross as data (`wire`).
"""

from __future__ import annotations

import builtins
import inspect
import json
from collections.abc import Callable
from typing import Any

from .expect import NotHeld
from .wire import Wire

FAILURES = ("fails", "unwritten")

KINDS = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.VAR_POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY,
    inspect.Parameter.VAR_KEYWORD,
)


class Peer:
    """One end of the line.

    Parameters
    ----------
    send : callable
        Sends one line of text.
    receive : callable
        Returns the next message, and raises where there is none.
    word : callable
        Makes what is told of an exception, beside its type and text.
    serve : mapping of str to callable
        Further requests that are served, by name; each takes the request.
    """

    def __init__(
        self,
        send: Callable[[str], None],
        receive: Callable[[], dict],
        word: Callable[[BaseException], dict | None] = lambda error: None,
        serve: dict[str, Callable[[dict], Any]] | None = None,
    ):
        self._send, self._receive, self._word = send, receive, word
        self._serve = {**self._own(), **(serve or {})}
        self._lent: list[Any] = []
        self._raised: list[BaseException] = []
        self._wire = Wire(self._lend, self._find)

    def _own(self) -> dict[str, Callable[[dict], Any]]:
        return {
            "call": lambda r: self._value(r["of"])(
                *self._wire.read(r["args"]), **self._wire.read(r["kwargs"])
            ),
            "attribute": lambda r: self._attribute(r["of"], r["name"]),
            "item": lambda r: self._value(r["of"])[self._wire.read(r["key"])],
            "length": lambda r: len(self._value(r["of"])),
            "list": lambda r: list(self._value(r["of"])),
            "copy": lambda r: _copy(self._value(r["of"]), r["how"]),
        }

    def ask(self, do: str, **request: Any) -> Any:
        """Send a request, serve the other side until it replies, return the reply."""
        self._send(json.dumps({"do": do, **request}))
        while True:
            message = self._receive()
            if "do" in message:
                self._answer(message)
            elif "raised" in message:
                raise self._error(message["raised"])
            else:
                return self._wire.read(message["value"])

    def listen(self) -> None:
        """Serve the other side until it is gone."""
        while True:
            self._answer(self._receive())

    def write(self, value: Any) -> Any:
        """Write a value out for a request."""
        return self._wire.write(value)

    def lend(self, value: Any) -> Any:
        """Let the other side ask for a value that stays here."""
        return self._lend(value)

    def _answer(self, request: dict) -> None:
        try:
            value = self._serve[request["do"]](request)
            reply = {"value": self._wire.write(value)}
        except Gone:
            raise
        except BaseException as error:
            self._raised.append(error)
            reply = {"raised": told(error, self._word(error), len(self._raised) - 1)}
        self._send(json.dumps(reply))

    def _error(self, written: dict) -> BaseException:
        """Return what was raised there: our own verdict, if it has come back."""
        if written["yours"] is not None:
            own = self._raised[written["yours"]]
            if isinstance(own, NotHeld):
                return own
        return raised_there(written)

    def _lend(self, value: Any) -> dict:
        if isinstance(value, Remote):
            return {"yours": object.__getattribute__(value, "_place")}
        place = next((k for k, one in enumerate(self._lent) if one is value), None)
        if place is None:
            place = len(self._lent)
            self._lent.append(value)
        name = getattr(value, "__name__", type(value).__name__)
        takes = _parameters(value) if callable(value) else None
        return {"mine": place, "name": name, "calls": callable(value), "takes": takes}

    def _find(self, written: dict) -> Any:
        if "yours" in written:
            return self._lent[written["yours"]]
        return remote(self, written)

    def _value(self, place: int) -> Any:
        return self._lent[place]

    def _attribute(self, place: int, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{name} is private")
        return getattr(self._lent[place], name)


class Gone(Exception):
    """The other side is gone."""


class Remote:
    """Something that lives in the other process."""

    def __init__(self, peer: Peer, place: int, name: str):
        for key, value in {"_peer": peer, "_place": place, "_name": name}.items():
            object.__setattr__(self, key, value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "shape":
            raise AttributeError(name)
        return self._peer.ask("attribute", of=self._place, name=name)

    def __getitem__(self, key: Any) -> Any:
        key = self._peer.write(key)
        return self._peer.ask("item", of=self._place, key=key)

    def __len__(self) -> int:
        return self._peer.ask("length", of=self._place)

    def __iter__(self) -> Any:
        return iter(self._peer.ask("list", of=self._place))

    def __copy__(self) -> Remote:
        return self._peer.ask("copy", of=self._place, how="shallow")

    def __deepcopy__(self, memo: dict) -> Remote:
        return self._peer.ask("copy", of=self._place, how="deep")

    def __sklearn_clone__(self) -> Remote:
        return self._peer.ask("copy", of=self._place, how="clone")

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"<{self._name}>"


class RemoteFunction(Remote):
    """Something in the other process that can be called."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        written = {"args": self._peer.write(args), "kwargs": self._peer.write(kwargs)}
        return self._peer.ask("call", of=self._place, **written)


def remote(peer: Peer, written: dict) -> Remote:
    """Make what asks for a value of the other side, in a class of its name."""
    base = RemoteFunction if written["calls"] else Remote
    name = str(written["name"])
    made = base(peer, written["mine"], name)
    if written["calls"]:
        object.__setattr__(made, "__name__", name)
    if written["takes"] is not None:
        parameters = [
            inspect.Parameter(
                one, KINDS[kind], default=None if optional else inspect.Parameter.empty
            )
            for one, kind, optional in written["takes"]
        ]
        object.__setattr__(made, "__signature__", inspect.Signature(parameters))
    return made


def _parameters(function: Callable) -> list | None:
    """Return name, kind and whether it is optional of each parameter, if known."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    return [
        [p.name, KINDS.index(p.kind), p.default is not inspect.Parameter.empty]
        for p in parameters
    ]


def _copy(value: Any, how: str) -> Any:
    import copy

    if how == "clone":
        from sklearn.base import clone

        return clone(value) if hasattr(value, "get_params") else copy.deepcopy(value)
    return copy.deepcopy(value) if how == "deep" else copy.copy(value)


def told(error: BaseException, outcome: dict | None, place: int) -> dict:
    """Write an exception out."""
    return {
        "kinds": [kind.__name__ for kind in type(error).__mro__],
        "text": str(error),
        "notes": getattr(error, "__notes__", []),
        "outcome": outcome,
        "mine": place,
        "yours": getattr(error, "place_there", None),
    }


def raised_there(written: dict) -> BaseException:
    """Make an exception of the other side anew, as the nearest of Python's own kinds.

    It carries the ``outcome`` that the other side made of it.
    """
    for name in written["kinds"]:
        kind = getattr(builtins, str(name), None)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            break
    made = type(str(written["kinds"][0]), (_Plain, kind), {})
    error = made.__new__(made)
    error.args = (written["text"],)
    error.outcome, error.place_there = _sound(written["outcome"]), written["mine"]
    for note in written["notes"]:
        error.add_note(note)
    return error


def _sound(outcome: Any) -> dict | None:
    """Return an outcome if it is a failure: nothing else is the other side's to say."""
    if not isinstance(outcome, dict) or outcome.get("status") not in FAILURES:
        return None
    return {"status": outcome["status"], "found": str(outcome.get("found"))}


class _Plain:
    """Tells the text of an exception as it was, whatever its kind makes of it."""

    def __str__(self) -> str:
        return str(self.args[0])
