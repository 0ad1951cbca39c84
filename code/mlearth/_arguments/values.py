"""Single values: numbers within bounds, counts, choices, flags, words and seeds."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Collection
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import numpy as np

ROOM = 2**28
"""Most numbers that one argument may ask for: 2 GiB of memory."""


def wrong(name: str, accepted: str, got: Any) -> ValueError:
    """Return the error of every check, to be raised: `got` is a value or a phrase.

    >>> wrong("k", "at most n_samples = 5", 7)
    ValueError('k must be at most n_samples = 5, got 7')
    """
    return ValueError(f"{name} must be {accepted}, got {got}")


def shown(value: Any) -> str:
    """Return the value as code, on one line and not too long for a message."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."


@dataclass(frozen=True)
class Accepted:
    """What a single value may be, in words and as a test.

    Attributes
    ----------
    words : str
        What is accepted: follows "must be".
    holds : callable
        Takes a value and tells whether it is accepted.
    """

    words: str
    holds: Callable[[Any], bool]

    def check(self, name: str, value: Any, *known: Any) -> Any:
        """Return the value, or raise a ValueError that names it."""
        if not self.holds(value):
            raise wrong(name, self.words, shown(value))
        return value


def is_number(value: Any) -> bool:
    """Tell whether a value is a finite real number: no bool, no text, no array."""
    real = isinstance(value, Real) and not isinstance(value, bool | np.bool)
    return real and math.isfinite(as_float(value))


def as_float(value: Real) -> float:
    """Return a real number as float, infinite where it is too large for one."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def is_whole(value: Any) -> bool:
    """Tell whether a value is a whole number by its type."""
    return isinstance(value, Integral) and not isinstance(value, bool | np.bool)


ENDS = {
    "above": (">", operator.gt),
    "least": (">=", operator.ge),
    "below": ("<", operator.lt),
    "most": ("<=", operator.le),
}


def number(*, above=None, least=None, below=None, most=None) -> Accepted:
    """Accept finite numbers within bounds, of which `above` and `below` are outside."""
    ends = {"above": above, "least": least, "below": below, "most": most}
    ends = {end: bound for end, bound in ends.items() if bound is not None}
    return Accepted(
        f"a finite number {phrase(ends)}".strip(),
        lambda v: is_number(v) and all(ENDS[e][1](v, b) for e, b in ends.items()),
    )


def phrase(bounds: dict[str, float]) -> str:
    return " and ".join(f"{ENDS[end][0]} {bound:g}" for end, bound in bounds.items())


def count(least: int = 1, most: float = np.inf) -> Accepted:
    """Accept whole numbers from `least` to `most`."""
    ends = f">= {least}" if most == np.inf else f"from {least} to {most}"
    return Accepted(
        f"a whole number {ends}", lambda v: is_whole(v) and least <= v <= most
    )


def choice(accepted: Collection) -> Accepted:
    """Accept some values, of their own type: 1 is not True."""
    kinds = {(type(value), value) for value in accepted}
    listed = ", ".join(map(repr, accepted))
    return Accepted(
        f"one of {listed}",
        lambda v: getattr(v, "__hash__", None) and (type(v), v) in kinds,
    )


def _is_seed(value: Any) -> bool:
    seed = value is None or (is_whole(value) and value >= 0)
    return seed or isinstance(value, np.random.Generator)


FUNCTION = Accepted("a function", callable)
FLAG = Accepted("True or False", lambda v: isinstance(v, bool | np.bool))
SEED = Accepted("a whole number >= 0, a numpy Generator or None", _is_seed)
WORD = Accepted(
    "text that is not empty", lambda v: isinstance(v, str) and bool(v.strip())
)

# Types of parameters that say themselves what is accepted; see `declared`.
Positive = Annotated[float, number(above=0)]
NotNegative = Annotated[float, number(least=0)]
Count = Annotated[int, count()]
CountOrZero = Annotated[int, count(least=0)]
Flag = Annotated[bool, FLAG]
RandomState = Annotated[int | np.random.Generator | None, SEED]
Generator = Annotated[
    np.random.Generator,
    Accepted("a numpy Generator", lambda v: isinstance(v, np.random.Generator)),
]


def declared(function: Callable) -> dict[str, Any]:
    """Read from its signature what each argument of a function may be.

    >>> def fit(eta: Positive, n_iter: Count | None, kernel: Literal["rbf", "linear"]):
    ...     pass
    >>> [accepted.words for accepted in declared(fit).values()]
    ['a finite number > 0', 'a whole number >= 1 or None', "one of 'rbf', 'linear'"]
    """
    hints = get_type_hints(function, include_extras=True)
    found = {name: _rule(hint) for name, hint in hints.items()}
    return {name: rule for name, rule in found.items() if rule}


def check_fields(record: Any) -> None:
    """Hold each field of a record, such as a frozen dataclass, to its annotation."""
    for name, rule in declared(type(record)).items():
        rule.check(name, getattr(record, name))


def check_kinds(**given: tuple[Any, type]) -> None:
    """Refuse arguments that are of another kind than the one beside them.

    >>> check_kinds(width=("wide", int))
    Traceback (most recent call last):
        ...
    ValueError: width must be a int, got 'wide'
    """
    for name, (value, kind) in given.items():
        if not isinstance(value, kind):
            raise wrong(name, f"a {kind.__name__}", shown(value))


def _rule(hint: Any) -> Any:
    """Return what one type hint declares, if it does: something with a `check`."""
    if get_origin(hint) is Literal:
        return choice(get_args(hint))
    if get_origin(hint) is Annotated:
        return next((m for m in hint.__metadata__ if hasattr(m, "check")), None)
    if type(None) not in get_args(hint):
        return None
    inner = next(filter(None, map(_rule, get_args(hint))), None)
    return OrNone(inner) if inner else None


@dataclass(frozen=True)
class OrNone:
    """Accept None beside what another rule accepts."""

    rule: Any

    @property
    def axes(self) -> tuple[str, ...] | None:
        """Names of the axes, where the rule has some."""
        return getattr(self.rule, "axes", None)

    @property
    def words(self) -> str:
        """What is accepted."""
        return f"{self.rule.words} or None"

    def check(self, name: str, value: Any, *known: Any) -> Any:
        """Return None, or what the rule returns; its error speaks of None too."""
        if value is None:
            return None
        if isinstance(self.rule, Accepted):
            return Accepted(self.words, self.rule.holds).check(name, value)
        return self.rule.check(name, value, *known)


def check_number(name: str, value: Any, **bounds: float) -> float:
    """Return `value` as float when it is a finite number within `bounds`.

    Parameters
    ----------
    name : str
        Name of the argument.
    value : number
        What came.
    **bounds : float
        Any of `above`, `least`, `below` and `most`; the first and the third are
        themselves refused.

    Examples
    --------
    >>> check_number("level", 1.0, above=0, below=1)
    Traceback (most recent call last):
        ...
    ValueError: level must be a finite number > 0 and < 1, got 1.0
    """
    return float(number(**bounds).check(name, value))


def check_positive(name: str, value: Any) -> float:
    """Return `value` as float when it is a finite number > 0."""
    return check_number(name, value, above=0)


def check_count(name: str, value: Any, least: int = 1, most: float = np.inf) -> int:
    """Return `value` as int when it is a whole number from `least` to `most`."""
    return int(count(least, most).check(name, value))


def check_choice(name: str, value: Any, accepted: Collection) -> Any:
    """Return `value` when it is one of those accepted."""
    return choice(accepted).check(name, value)


def check_word(name: str, value: Any) -> str:
    """Return `value` when it is text that is not empty."""
    return WORD.check(name, value)


def check_function(name: str, value: Any) -> Callable:
    """Return `value` when it can be called."""
    return FUNCTION.check(name, value)


def check_seed(name: str, value: Any) -> np.random.Generator:
    """Return the generator of a seed, or the generator that came."""
    return np.random.default_rng(SEED.check(name, value))


def check_room(name: str, value: Any, n_numbers: float) -> None:
    """Refuse a `value` that would need more than `ROOM` numbers in memory.

    >>> check_room("bin_width", 1e-9, n_numbers=8e9)
    Traceback (most recent call last):
        ...
    ValueError: bin_width must be such that 268435456 numbers are enough, got 1e-09:
    it needs 8e+09
    """
    if not n_numbers <= ROOM:
        asked = f"shape {np.shape(value)}" if np.ndim(value) else shown(value)
        got = f"{asked}: it needs {n_numbers:.2g}"
        raise wrong(name, f"such that {ROOM} numbers are enough", got)
