"""Take functions that were defined in a notebook along to the child process."""

from __future__ import annotations

import base64
import dis
import linecache
import os
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Luggage:
    """Functions of a notebook, ready to travel.

    Attributes
    ----------
    names : list of str
        The names of the functions.
    payload : str
        The pickled functions with the helpers and variables they use, in base64.
    sources : dict of str to str
        Text of the cells, so that a verdict can quote the line.
    path : list of str
        Folders from which the notebook imports.
    note : str
        Names the notebook variables that the functions read; empty if none.
    """

    names: list[str]
    payload: str
    sources: dict[str, str]
    path: list[str]
    note: str


def pack(functions: Mapping[str, Callable]) -> Luggage:
    """Pickle functions by value, with everything of the notebook that they use.

    Parameters
    ----------
    functions : mapping of str to callable
        The functions by the names that the checks use.

    Returns
    -------
    Luggage

    Raises
    ------
    ValueError
        If something a function uses cannot be copied, such as an open file; the
        message names it.
    """
    import cloudpickle

    try:
        payload = cloudpickle.dumps(dict(functions))
    except Exception as error:
        raise ValueError(_culprit(functions, error)) from None
    used = list(_used(functions.values()))
    return Luggage(
        names=list(functions),
        payload=base64.b64encode(payload).decode("ascii"),
        sources=_sources(used),
        path=[os.path.abspath(entry) for entry in sys.path],
        note=_note(functions),
    )


def globals_of(function: Callable) -> dict[str, Any]:
    """Return the global and enclosing variables that a function's code reads.

    >>> scale = 2.0
    >>> exec("def double(x): return scale * x", globals())
    >>> list(globals_of(double))
    ['scale']
    """
    if not isinstance(function, types.FunctionType):
        return {}
    names = dict.fromkeys(_global_names(function.__code__))
    found = {
        name: function.__globals__[name]
        for name in names
        if name in function.__globals__
    }
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    for name, cell in cells:
        try:
            found[name] = cell.cell_contents
        except ValueError:  # not filled yet
            continue
    return found


def _global_names(code: types.CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield step.argval
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _global_names(constant)


def _used(functions: Any) -> Iterator[types.FunctionType]:
    """Yield the notebook's functions that these functions need, themselves first."""
    seen, waiting = set(), list(functions)
    while waiting:
        function = waiting.pop(0)
        if id(function) in seen or not isinstance(function, types.FunctionType):
            continue
        seen.add(id(function))
        if function.__module__ == "__main__":
            waiting += globals_of(function).values()
        yield function


def _sources(functions: list[types.FunctionType]) -> dict[str, str]:
    files = {function.__code__.co_filename for function in functions}
    return {
        file: "".join(lines)
        for file in sorted(files)
        if (lines := linecache.getlines(file))
    }


def _culprit(functions: Mapping[str, Callable], error: Exception) -> str:
    """Name what cannot be copied."""
    import cloudpickle

    for name, function in functions.items():
        for helper in _used([function]):
            for variable, value in globals_of(helper).items():
                if isinstance(value, types.FunctionType):
                    continue
                try:
                    cloudpickle.dumps(value)
                except Exception:
                    return (
                        f"{name}: it uses the notebook's variable `{variable}`, a "
                        f"{type(value).__name__}, which cannot be copied to the check: "
                        "take what it needs as an argument"
                    )
    return (
        f"{', '.join(functions)}: cannot be copied to the check ({error}): write plain "
        "functions, or put them into the exercise's file"
    )


def _note(functions: Mapping[str, Callable]) -> str:
    """Name the variables of the notebook that were read but not passed."""
    read = {}
    for helper in _used(functions.values()):
        for variable, value in globals_of(helper).items():
            known = isinstance(value, types.ModuleType | type) or callable(value)
            if not known and not variable.isupper() and helper.__module__ == "__main__":
                read[variable] = helper.__name__
    if not read:
        return ""
    variable, name = next(iter(read.items()))
    return (
        f"`{name}` reads the notebook's variable `{variable}`: did you mean one of its "
        "arguments?"
    )
