"""Functions whose signatures say what they accept, and are held to it.

@checked
def cross_entropy(w: Weights, b: Number, X: Matrix, y: Truth) -> float: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial, wraps
from types import FunctionType
from typing import Any

from numpy.linalg import LinAlgError

from .columns import check_same_rows
from .types import OTHERS, SAMPLES, Sizes
from .values import check_room, declared, wrong

TRUSTED: ContextVar[bool] = ContextVar("TRUSTED", default=False)
"""Whether a caller has checked the arguments already."""


def checked(
    function: Callable | None = None,
    *,
    also: Callable[..., None] | None = None,
    singular: str = "",
) -> Callable:
    """Hold a function to its annotations before it begins.

    It must not edit what it is given: arrays of floats reach it without a copy.

    Parameters
    ----------
    function : callable
        What to check.
    also : callable
        Takes the checked arguments, by name, and raises if they do not fit together.
    singular : str
        The argument to blame where a system of equations turns out to be singular.

    Returns
    -------
    callable
        The function with its checks.

    Examples
    --------
    >>> import numpy as np
    >>> from mlearth._arguments import Shares
    >>> @checked
    ... def gini(shares: Shares) -> np.ndarray:
    ...     return 1 - np.sum(np.square(shares), axis=-1)
    >>> gini([3, 5])
    Traceback (most recent call last):
        ...
    ValueError: shares must be shares >= 0 that add up to 1, got 3, 5
    """
    if function is None:
        return partial(checked, also=also, singular=singular)
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    rules, read, check, is_trusted = {}, declared, check_all, TRUSTED.get
    singular_error, wrong_system = (LinAlgError if singular else ()), no_solution

    def call(*positional, **given):
        twice = given and {*given} & {*names[: len(positional)]}
        if not (is_trusted() or twice or len(positional) > len(names)):
            rules or rules.update(read(function))
            given.update(zip(names, positional, strict=False))
            positional, given = (), check(rules, given)
            if also is not None:
                also(**given)
        try:
            return function(*positional, **given)
        except singular_error:
            raise wrong_system(singular) from None

    # with the globals of the function, doctest takes it for one of its module
    own = function.__globals__, function.__name__, None, call.__closure__
    return wraps(function)(FunctionType(call.__code__, *own))


@contextmanager
def trust() -> Iterator[None]:
    """Let checked functions be called as they are, by who has checked the arguments.

    A loop that checks the same arrays in every round takes five times as long.
    """
    before = TRUSTED.set(True)
    try:
        yield
    finally:
        TRUSTED.reset(before)


def trusting(method: Callable) -> Callable:
    """Let a method that has checked its data call checked functions as they are."""

    @wraps(method)
    def trusted(*positional: Any, **given: Any) -> Any:
        with trust():
            return method(*positional, **given)

    return trusted


def no_solution(name: str) -> ValueError:
    """Return the error of a system of equations that is singular."""
    accepted = "such that the equations have one solution"
    helps = "bring the features to one scale, or add a larger penalty"
    return wrong(name, accepted, f"a singular system: {helps}")


def check_all(rules: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of one call, each as its rule has it."""
    columns: dict[str, dict[str, Any]] = {}
    for name, rule in rules.items():
        value, axes = given.get(name), getattr(rule, "axes", None)
        parts = (
            {f"{name}[{key!r}]": part for key, part in value.items()}
            if (isinstance(value, Mapping))
            else {name: value}
        )
        indexed = {key: part for key, part in parts.items() if hasattr(part, "iloc")}
        if indexed and axes:
            columns.setdefault(axes[0], {}).update(indexed)
    for rows in columns.values():
        check_same_rows(**rows)
    sizes: Sizes = {}
    for name, rule in rules.items():
        if name in given:
            given[name] = rule.check(name, given[name], sizes)
    if OTHERS in sizes and SAMPLES in sizes:  # each sample meets each other one
        (n, one), (m, other) = sizes[SAMPLES], sizes[OTHERS]
        check_room(f"{one} and {other}", n * m, n * m)
    return given
