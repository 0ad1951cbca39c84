"""Compare what a student's function returned with what is right, and word it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations
from typing import Any

from .describe import describe

Mistakes = Mapping[str, Any] | None

FEW_IN_CALL = 12
"""Arrays of up to so many values are written out where a call is repeated."""

SHOWN_WHOLE = 6
"""Arrays of up to so many values are shown in full."""


def as_numbers(value: Any) -> Any:
    """Return the value as a float or complex array, None if it is not numbers."""
    import numpy as np

    try:
        array = np.asarray(value)
        if array.dtype.kind == "c":
            return array
        return array.astype(float) if array.dtype.kind in "biufO" else None
    except (TypeError, ValueError):
        return None


def same(numbers: Any, right: Any, rtol: float, atol: float) -> bool:
    """Say whether two arrays agree in shape and, within tolerance, in value."""
    import numpy as np

    return numbers.shape == right.shape and bool(
        np.isclose(numbers, right, rtol=rtol, atol=atol, equal_nan=True).all()
    )


def loosened(value: Any, right: Any, rtol: float, atol: float) -> tuple[float, float]:
    """Return tolerances that a value in single or half precision can keep.

    >>> import numpy as np
    >>> rtol, _ = loosened(np.float32(0.1), np.array(0.1), 1e-9, 0)
    >>> 1e-6 < rtol < 1e-4
    True
    """
    import numpy as np

    dtype = getattr(value, "dtype", None)
    if not isinstance(dtype, np.dtype) or dtype.kind not in "fc":
        return rtol, atol
    step = 100 * float(np.finfo(dtype).eps)
    if step < rtol:
        return rtol, atol
    size = np.nanmax(np.abs(right), initial=0.0) if right.size else 0.0
    return max(rtol, step), max(atol, step * float(size)) if step > 1e-9 else atol


def diagnosis(numbers: Any, mistakes: Mistakes, rtol: float, atol: float) -> str:
    """Return the question of the mistake that would give these numbers.

    Where two mistakes would, both are asked: the numbers cannot tell which it is.
    """
    import numpy as np

    fit = []
    for question, wrong in (mistakes or {}).items():
        with np.errstate(all="ignore"):
            wrong = np.asarray(wrong() if callable(wrong) else wrong)
        if same(numbers, wrong, rtol, atol):
            fit.append(question)
    return " Or: ".join(fit[:2])


def coincidences(
    right: Any, mistakes: Mistakes, rtol: float, atol: float
) -> dict[tuple[str, str], bool]:
    """Say which mistakes give the right value, and which two the same.

    >>> import numpy as np
    >>> found = coincidences(np.array(4.0), {"2 + 2?": 4, "3?": 3, "4 - 1?": 3}, 0, 0)
    >>> [pair for pair, alike in found.items() if alike]
    [('2 + 2?', ''), ('3?', '4 - 1?')]
    """
    import numpy as np

    given = {}
    for question, wrong in (mistakes or {}).items():
        with np.errstate(all="ignore"):
            given[question] = np.asarray(wrong() if callable(wrong) else wrong)
    alike = {(q, ""): same(wrong, right, rtol, atol) for q, wrong in given.items()}
    for one, other in combinations(given, 2):
        alike[one, other] = same(given[one], given[other], rtol, atol)
    return alike


def seen_in(
    numbers: Any, right: Any, rtol: float, atol: float, where: Any = None
) -> str:
    """Say what is seen in wrong numbers; see `describe`."""
    import numpy as np

    def alike(a: Any, b: Any) -> bool:
        return same(np.asarray(a), np.asarray(b), rtol, atol)

    return describe(numbers, right, alike, where)


def difference(
    value: Any, right: Any, what: str, unit: str, rtol: float, atol: float
) -> str:
    """Say, in half a sentence, how a value differs from the right one.

    >>> import numpy as np
    >>> difference([1, 2.5], np.array([1, 2]), "The pair", "km", 0, 0)
    'The pair is [1, 2.5] km and should be [1, 2] km'
    """
    import numpy as np

    numbers = as_numbers(value)
    if numbers is None:
        wanted = "numbers" if right.ndim else "a number"
        return f"{what} {is_or_are(what)} {kind(value)} and should be {wanted}"
    if numbers.shape != right.shape:
        return shapes(numbers.shape, right.shape, what)
    unit = f" {unit}" if unit else ""
    if numbers.ndim and numbers.size <= SHOWN_WHOLE:
        whole = in_full(numbers), in_full(right)
        if whole[0] != whole[1]:
            be = is_or_are(what)
            return f"{what} {be} {whole[0]}{unit} and should be {whole[1]}{unit}"
    lost = np.isnan(numbers) & ~np.isnan(right)
    if lost.any() and numbers.ndim:
        have, its = ("have", "their") if is_or_are(what) == "are" else ("has", "its")
        return f"{what} {have} {lost.sum()} NaN among {its} {lost.size} values"
    wrong = ~np.isclose(numbers, right, rtol=rtol, atol=atol, equal_nan=True)
    place = tuple(int(i) for i in np.argwhere(wrong)[0])
    got, wanted = two_numbers(numbers[place], right[place])
    at = f" at [{', '.join(map(str, place))}]" if place else ""
    return f"{what} {is_or_are(what)} {got}{unit}{at} and should be {wanted}{unit}"


HEAD_ENDS = re.compile(
    r"[,(:]| (?:of|for|at|with|in|on|over|under|beyond|within|from|to|when|after|that"
    r"|by|between|where|as|is)\b"
)
SINGULAR_ENDS = ("ss", "us", "is", "as", "series")


def is_or_are(what: str) -> str:
    """Say whether what begins a sentence takes "is" or "are".

    >>> [is_or_are(it) for it in ("The predictions", "The width of the bins", "A loss")]
    ['are', 'is', 'is']
    >>> is_or_are("unit_vectors of 6 places"), is_or_are("The times beyond the line")
    ('is', 'are')
    """
    head = HEAD_ENDS.split(what, maxsplit=1)[0].strip()
    several = (
        head.endswith("s") and not head.endswith(SINGULAR_ENDS) and "_" not in head
    )
    return "are" if several or " and " in head else "is"


def in_full(numbers: Any) -> str:
    """Write a small array with four digits.

    >>> import numpy as np
    >>> in_full(np.array([[1, np.nan], [2.5, 1 / 3]]))
    '[[1, NaN], [2.5, 0.3333]]'
    """
    if numbers.ndim:
        return f"[{', '.join(in_full(row) for row in numbers)}]"
    return f"{numbers + 0.0:.4g}".replace("nan", "NaN")  # + 0.0 makes -0 a 0


def shapes(shape: tuple[int, ...], right: tuple[int, ...], what: str) -> str:
    """Say, in half a sentence, how a shape differs from the right one."""
    be = is_or_are(what)
    have = "have" if be == "are" else "has"
    if not right:
        return f"{what} {have} shape {shape} and should be a single number"
    got = f"{have} shape {shape}" if shape else f"{be} a single number"
    return f"{what} {got} and should have shape {right}"


def two_numbers(got: Any, right: Any) -> tuple[str, str]:
    """Write two numbers with just enough digits to tell them apart.

    >>> two_numbers(0.25, 0.83), two_numbers(1.000001, 1.0)
    (('0.25', '0.83'), ('1.000001', '1'))
    """
    for digits in range(4, 18):
        pair = f"{got:.{digits}g}", f"{right:.{digits}g}"
        if pair[0] != pair[1]:
            break
    return tuple("NaN" if text == "nan" else text for text in pair)


def call_in_words(name: str, args: tuple, kwargs: Mapping[str, Any]) -> str:
    """Write a call so that it can be repeated, or at least recognised.

    >>> import numpy as np
    >>> call_in_words("mean", (np.array([2.0, 0.5]), np.ones((30, 4))), {"k": 3})
    'mean([2, 0.5], <30 x 4 numbers>, k=3)'
    """
    written = [_in_call(one) for one in args]
    written += [f"{key}={_in_call(one)}" for key, one in kwargs.items()]
    return f"{name}({', '.join(written)})"


def _in_call(value: Any) -> str:
    import numpy as np

    if isinstance(value, str | bool | None):
        return repr(value)
    if isinstance(value, np.ndarray) and value.size > FEW_IN_CALL:
        kind_of = "numbers" if value.dtype.kind in "biufc" else "values"
        return f"<{' x '.join(map(str, value.shape))} {kind_of}>"
    if isinstance(value, np.ndarray) and value.dtype.kind not in "biufc":
        return str(value.tolist())
    numbers = None if isinstance(value, dict) else as_numbers(value)
    if numbers is None or numbers.size > FEW_IN_CALL:
        return f"<{kind(value)}>"
    return in_full(numbers)


def kind(value: Any) -> str:
    """Name the type of a value in plain words.

    >>> kind("abc"), kind(None), kind({})
    ('text (str)', 'None', 'a dict')
    """
    if value is None:
        return "None"
    if isinstance(value, str):
        return "text (str)"
    if callable(value):
        return "a function, not its result"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of length {len(value)}"
    return with_article(type(value).__name__)


def with_article(name: str) -> str:
    """Put an article before a name.

    >>> with_article("ndarray"), with_article("IndexError")
    ('a ndarray', 'an IndexError')
    """
    return f"an {name}" if name[0] in "aeiouAEIOU" else f"a {name}"
