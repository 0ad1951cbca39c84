"""The package behind the book *Machine Learning with Python for Earth Science*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from .checks import Progress, Report
    from .checks.hints import choose, hint
    from .checks.review import review
    from .pins import pin

__version__ = "0.1.0"

__all__ = ["check", "choose", "hint", "pin", "progress", "review"]

_OF_THE_CHECKS = {"choose": "hints", "hint": "hints", "review": "review"}


def check(name: str, /, *unnamed: Any, **functions: Callable[..., Any]) -> Report:
    """Check an exercise: the student's file, or functions of a notebook.

    Parameters
    ----------
    name : str
        Name of the exercise, such as "linear_regression".
    *unnamed
        Refused, with a sentence that shows how a function is given.
    **functions : callable
        Functions to check in place of the file, by the names that the exercise uses:
        ``mlearth.check("linear_regression", design_matrix=design_matrix)``.

    Returns
    -------
    mlearth.checks.Report
        Shows its verdicts; `passed` is true if every claim that was asked holds.

    Raises
    ------
    ValueError
        If there is no exercise of that name, if a function comes without its name or
        is none that the exercise asks for, or if it cannot be copied to the check.
    """
    from .checks import check as run  # imported late: most who import mlearth read

    return run(name, *unnamed, **functions)


def progress() -> Progress:
    """List the exercises by the verdicts that `check` has kept on this machine.

    Returns
    -------
    mlearth.checks.Progress
        Shows one line for each exercise: how many claims hold, when it was checked,
        and whether the file has changed since. Nothing is sent anywhere.
    """
    from .checks import progress as run

    return run()


def __getattr__(name: str) -> Any:
    """Import when it is asked for what only some need: most who import mlearth read."""
    from importlib import import_module

    if name == "pin":
        return import_module(".pins", __name__).pin
    if name in _OF_THE_CHECKS:
        return getattr(import_module(f".checks.{_OF_THE_CHECKS[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
