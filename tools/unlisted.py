"""What nobody listed: slips of every kind, forms of right answers, dull inputs.

`prove` asks these of every exercise beside the answers that its authors wrote down.
What an exercise is excused from stands in ``wrong_answers.toml`` with its reason::

    [forms]                # forms of an answer that its text forbids
    integers = "a share is no whole number"

    [inputs]               # arguments that cannot be irregular
    "b_value.magnitude" = {integer = "magnitudes have a decimal"}

    [[equivalent]]         # slips that change nothing
    function = "leave_one_out"
    change   = "np.argsort(others, axis=1) -> np.argsort(others)"
    because  = "the last axis is the default"
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

from mutate import Mutant, mutants

from mlearth.checks import Exercise, Verdict
from mlearth.checks.inputs import FEATURES

Judge = Callable[..., list[Verdict]]

REJECTED = 0.95
"""The share of slips, equivalent ones apart, that checks have to notice."""

FORMS = {
    "float32": "value.astype(np.float32) if value.dtype.kind == 'f' else value",
    "integers": "value.astype(int) if is_whole(value) else value",
    "lists": "value.tolist()",
    "tuples": "as_tuple(value.tolist())",
    "pandas": "table(value)",
    "Fortran order, read only": "frozen(value)",
}
"""How an array of an answer is turned into another form of the same numbers."""

TURN = """

import functools as _functools
import types as _types


def _turned(function):
    import numpy as np
    import pandas as pd

    def is_whole(value):
        finite = value.dtype.kind == "f" and np.isfinite(value).all()
        return finite and np.array_equal(value, np.round(value))

    def as_tuple(value):
        return tuple(map(as_tuple, value)) if isinstance(value, list) else value

    def table(value):
        odd = [7 - 3 * k for k in range(len(value))] if value.ndim else None
        if value.ndim == 2:
            return pd.DataFrame(value, index=odd)
        return pd.Series(value, index=odd) if value.ndim == 1 else value

    def frozen(value):
        value = value.copy(order="F")
        value.setflags(write=False)
        return value

    def turned(value):
        if isinstance(value, tuple):
            return type(value)(turned(one) for one in value)
        if isinstance(value, float):
            value = np.float64(value)
        if isinstance(value, np.generic):
            value = np.asarray(value)
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf":
            return value
        value = FORM
        return value[()] if isinstance(value, np.ndarray) else value

    @_functools.wraps(function)
    def call(*args, **kwargs):
        return turned(function(*args, **kwargs))

    return call


_inner = dict(globals())
for _name, _function in list(_inner.items()):
    if isinstance(_function, _types.FunctionType) and _name[0] != "_":
        _inner[_name] = _types.FunctionType(
            _function.__code__, _inner, _name, _function.__defaults__
        )
        _inner[_name].__kwdefaults__ = _function.__kwdefaults__
        globals()[_name] = _turned(_functools.wraps(_function)(_inner[_name]))
"""
"""Appended to a solution: others get another form from it, its own calls do not."""


def in_other_forms(
    exercise: Exercise, text: str, record: dict, judge: Judge
) -> Iterator[str]:
    """Yield forms in which a right answer is refused, and excuses that none needs."""
    excused = record.get("forms", {})
    for form, expression in FORMS.items():
        verdicts = judge(text + TURN.replace("FORM", expression))
        refused = [one for one in verdicts if not one.passed]
        if refused and form not in excused:
            told = "\n".join(f"({one.check.name})\n{one}" for one in refused)
            yield f"the solution's numbers as {form} are refused:\n{told}"
        if not refused and form in excused:
            yield f"forms: {form} is excused and accepted"
    for form in set(excused) - set(FORMS):
        yield f"forms: {form} is none of {', '.join(FORMS)}"


def in_the_inputs(calls: list[list], record: dict) -> Iterator[str]:
    """Yield arguments that the checks never make irregular.

    Parameters
    ----------
    calls : list of [function, argument, list of feature]
        What the arguments of every call looked like.
    record : dict
    """
    excused = record.get("inputs", {})
    seen: dict[str, set[str]] = {}
    for function, argument, features in calls:
        seen.setdefault(f"{function}.{argument}", set()).update(features)
    for name, features in seen.items():
        missing = {one for one in FEATURES if one not in features}
        if "float" not in features:  # whole by nature: labels, groups, counts
            missing -= {"float"}
        reasons = excused.get(name, {})
        if lacking := sorted(missing - set(reasons)):
            may = "; ".join(FEATURES[feature] for feature in lacking)
            yield f"{name} is never {' or '.join(lacking)}: {may}"
        for feature in sorted(set(reasons) - missing):
            yield f"inputs: {name} is excused from {feature} in vain"
    for name in set(excused) - set(seen):
        yield f"inputs: {name} is no array that a check hands over"


def in_the_mutants(
    exercise: Exercise, text: str, record: dict, judge: Judge
) -> Iterator[str]:
    """Yield slips that no check notices, when they are too many."""
    recorded = {
        (one.get("function"), one.get("change")): one.get("because", "")
        for one in record.get("equivalent", [])
    }
    every = list(mutants(text))
    kept = [one for one in every if (one.function, one.change) not in recorded]
    survivors = [one for one in kept if _passes(one, judge)]
    if len(survivors) > (1 - REJECTED) * len(kept):
        listed = "\n".join(f"{one.function}: {one.change}" for one in survivors)
        share = 1 - len(survivors) / len(kept)
        yield (
            f"{len(kept) - len(survivors)} of {len(kept)} slips are noticed "
            f"({share:.0%}); these are not:\n{textwrap.indent(listed, '    ')}"
        )
    made = {(one.function, one.change) for one in every}
    for function, change in recorded:
        if (function, change) not in made:
            yield f"equivalent: no slip of {function} reads {change!r}"
        elif not recorded[function, change]:
            yield f"equivalent: {change!r} of {function} says no `because`"


def _passes(mutant: Mutant, judge: Judge) -> bool:
    return all(one.passed for one in judge(mutant.text, first_failure_ends=True))
