"""The student's functions as a check sees them; runs in the child process."""

from __future__ import annotations

import difflib
import functools
import inspect
import sys
import types
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .expect import NotHeld


class Unreadable(Exception):
    """The student's file is missing or is not text that Python can read."""


class Student:
    """The functions of a student, by name.

    Parameters
    ----------
    names : mapping of str to object
        The student's definitions: a module's dictionary or functions of a notebook.
    file_name : str or None
        Name of the student's file; None for functions of a notebook.
    """

    def __init__(self, names: Mapping[str, Any], file_name: str | None):
        self._names = names
        self._file_name = file_name
        self._called = None
        self._returned = None
        self._rows = 0
        self._view = None

    def __getattr__(self, name: str) -> Any:
        if name not in self._names:
            raise self._missing(name)
        value = self._names[name]
        if isinstance(value, type):
            self._called, self._returned = name, value
        if isinstance(value, type) or not callable(value):
            return value

        @functools.wraps(value)
        def call(*args: Any, **kwargs: Any) -> Any:
            return self._call(name, value, args, kwargs)

        return call

    def _missing(self, name: str) -> Exception:
        near = difflib.get_close_matches(name, self._names, n=1, cutoff=0.8)
        return NotHeld(
            f"{self._file_name} has no `{name}`",
            f"is it spelt `{near[0]}` there?" if near else "has it been renamed?",
        )

    def _call(self, name: str, function: Callable, args: tuple, kwargs: dict) -> Any:
        """Call the student's function; fail in one sentence if the call goes wrong."""
        self._called, self._returned = name, None
        self._rows = max(map(rows_of, (*args, *kwargs.values())), default=0)
        _check_signature(name, function, args, kwargs)
        before = [_snapshot(value) for value in (*args, *kwargs.values())]
        value = function(*args, **kwargs)
        self._returned, self._view = value, view_of(value, args)
        names = _argument_names(function, args, kwargs)
        for argument, old, now in zip(
            names, before, (*args, *kwargs.values()), strict=True
        ):
            if _changed(old, now):
                raise NotHeld(
                    f"`{name}` changes its argument `{argument}` in place",
                    "does it work on a copy?",
                )
        if value is None:
            raise NotHeld(
                f"`{name}` returns nothing (None)", "is its `return` line missing?"
            )
        if inspect.isgenerator(value):
            raise NotHeld(f"`{name}` returns a generator", "is `yield` meant?")
        return value


def rows_of(value: Any) -> int:
    """Return how many rows an argument has; none for what is no collection."""
    try:
        return len(value)
    except TypeError:
        return 0


def view_of(value: Any, args: tuple) -> list | None:
    """Say where an array lies in the memory of an argument, if it does.

    Returns
    -------
    list or None
        Position of the argument, offset [bytes], shape and strides [bytes].
    """
    for position, argument in enumerate(args):
        if not (_is_numbers(value) and _is_numbers(argument) and value.size):
            continue
        if argument.flags.c_contiguous and argument.dtype == value.dtype:
            start = argument.__array_interface__["data"][0]
            offset = value.__array_interface__["data"][0] - start
            if 0 <= offset < argument.nbytes:
                return [position, offset, list(value.shape), list(value.strides)]
    return None


def _check_signature(name: str, function: Callable, args: tuple, kwargs: dict) -> None:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some compiled functions tell no signature
        return
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        n = len(args) + len(kwargs)
        raise NotHeld(
            f"`{name}{signature}` is called with {n} argument{'s' * (n != 1)} and "
            f"Python says: {error}",
            "has its `def` line been changed?",
        ) from None


def _argument_names(function: Callable, args: tuple, kwargs: dict) -> list[str]:
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        names = []
    names += [f"number {i + 1}" for i in range(len(names), len(args))]
    return [*names[: len(args)], *kwargs]


def _snapshot(value: Any) -> Any:
    """Copy what a function could change in place; all else stands for itself."""
    if _is_numbers(value) or _is_table(value):
        return value.copy()
    if isinstance(value, dict):
        return {key: _snapshot(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_snapshot(one) for one in value]
    return value


def _is_numbers(value: Any) -> bool:
    return _package(value) == "numpy" and hasattr(value, "tobytes")


def _is_table(value: Any) -> bool:
    return _package(value) == "pandas" and hasattr(value, "equals")


def _package(value: Any) -> str:
    return type(value).__module__.split(".")[0]


def _changed(old: Any, now: Any) -> bool:
    """Say whether a value is another one than its snapshot."""
    if isinstance(old, dict):
        return not isinstance(now, dict) or _changed(_flat(old), _flat(now))
    if isinstance(old, list):
        return (
            not isinstance(now, (list, tuple))
            or len(old) != len(now)
            or any(map(_changed, old, now))
        )
    if _is_table(old):
        return not (_is_table(now) and old.equals(now))
    if _is_numbers(old):
        return not _is_numbers(now) or (
            (old.shape, old.tobytes()) != (now.shape, now.tobytes())
        )
    return old is not now


def _flat(mapping: dict) -> list:
    return [part for item in mapping.items() for part in item]


def load_file(path: Path) -> dict[str, Any]:
    """Run a student's file as a module and return its names.

    Nothing is written beside the file, and its folder comes last on the path: a helper
    module beside it can be imported, a file called numpy.py there harms nothing.

    Parameters
    ----------
    path : Path
        The student's file.

    Raises
    ------
    Unreadable
        If the file is missing or is not UTF-8 text, with a sentence that says so.
    """
    module = types.ModuleType(f"student_{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module  # dataclasses and pickles look it up
    exec(compile(_source(path), str(path), "exec", dont_inherit=True), module.__dict__)
    return vars(module)


def _source(path: Path) -> bytes:
    if not path.is_file():
        raise Unreadable(
            f"There is no file {path.name}: `make reset EXERCISE={path.stem}` writes "
            "the starter."
        )
    source = path.read_bytes()
    if source.lstrip()[:1] == b"{" and b'"cells"' in source:
        raise Unreadable(
            f"{path.name} holds a whole notebook (.ipynb), not Python: copy the code of"
            f' its cells, or check there, with mlearth.check("{path.stem}", ...).'
        )
    head = source.split(b"\n", 2)[:2]
    if b"\0" in source:
        raise Unreadable(
            f"{path.name} is not saved as UTF-8 text: save it again with the encoding "
            "UTF-8."
        )
    if not any(b"coding" in line and line.lstrip()[:1] == b"#" for line in head):
        _check_utf8(path.name, source)
    return source


def _check_utf8(name: str, source: bytes) -> None:
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise Unreadable(
            f"Line {line} of {name} holds a character that is not UTF-8 (byte "
            f"0x{source[error.start]:02x}): save the file with the encoding UTF-8."
        ) from None


def load_functions(payload: bytes) -> dict[str, Any]:
    """Rebuild functions that were pickled in a notebook."""
    import cloudpickle

    return cloudpickle.loads(payload)
