"""Say how wrong numbers differ from the right ones, where no known mistake fits.

What is said is seen in the numbers, not guessed: a factor that all values share, a
shift, another order, the rows that differ. It accuses nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

FEW = 4
"""Up to so many places that differ are named."""

NAMED_FACTORS = {
    2.302585092994046: "ln 10, which lies between natural and decimal logarithms",
    57.29577951308232: "180/pi, which lies between degrees and radians",
    1.4426950408889634: "1/ln 2, which lies between natural and binary logarithms",
    111.19492664455873: "the kilometres of one degree",
}
SIMPLE = [2, 3, 4, 0.5, 10, 100, 1000, 1e6, 1e9, 60, 3600, 86400, 3.141592653589793]
"""Factors that a single number may differ by for a reason."""

TURNED = {
    "raised to the power 2, it would be right": lambda x: x**2,
    "raised to the power 0.5, it would be right": lambda x: x**0.5,
    "one over it would be right": lambda x: 1 / x,
    "one minus it would be right": lambda x: 1 - x,
    "10 to its power would be right": lambda x: 10**x,
    "its logarithm to base 10 would be right": lambda x: log10(x),
    "without its sign it would be right": abs,
}
"""What would have to be done to the values, and how it is done."""


def log10(x: Any) -> Any:
    """Take the decimal logarithm of numbers."""
    import numpy as np

    return np.log10(x)


def describe(
    numbers: Any,
    right: Any,
    same: Callable[[Any, Any], bool],
    where: Mapping[str, Any] | None = None,
) -> str:
    """Say how numbers differ from the right ones, or nothing where no pattern is seen.

    Parameters
    ----------
    numbers, right : ndarray
        What was returned and what should be.
    same : callable
        Says whether two arrays agree in shape and, within tolerance, in value.
    where : mapping of str to ndarray of bool, optional
        Places that have a name, such as "at ties", of the shape of `right`.

    Returns
    -------
    str
        A clause that begins with a small letter, without a full stop.

    Examples
    --------
    >>> import numpy as np
    >>> def same(a, b):
    ...     return a.shape == b.shape and np.allclose(a, b)
    >>> describe(np.array([2.0, 6.0, 10.0]), np.array([1.0, 3.0, 5.0]), same)
    'every value is 2 times what it should be'
    >>> describe(np.array([3.0, 5.0, 1.0]), np.array([1.0, 3.0, 5.0]), same)
    'the values are right, in another order'
    """
    import numpy as np

    with np.errstate(all="ignore"):
        return next(_seen(numbers, right, same, where or {}), "")


def _seen(numbers: Any, right: Any, same: Callable, where: Mapping) -> Iterator[str]:
    if numbers.shape != right.shape:
        yield from _of_shape(numbers, right, same)
        return
    if not numbers.size:
        return
    if same(-numbers, right):
        yield "with the other sign it would be right"
    if numbers.ndim > 1 and same(numbers.T, right):
        yield "transposed, it would be right"
    yield from _of_order(numbers, right, same)
    yield from _of_factor(numbers, right, same)
    yield from _of_offset(numbers, right, same)
    wrong = [not same(a, b) for a, b in zip(numbers.flat, right.flat, strict=True)]
    by_chance = (right.ravel()[wrong] == 0).any()  # a power of almost 0 is almost 0
    for words, turn in TURNED.items():
        if not right.any() or (by_chance and "power" in words):
            continue
        if same(turn(0 * numbers), right):  # as it would be of nothing at all
            continue
        if same(turn(numbers), right):
            yield words
    yield from _of_whole_numbers(numbers, right, same)
    yield from _of_places(numbers, right, same, where)


def _of_shape(numbers: Any, right: Any, same: Callable) -> Iterator[str]:
    if same(numbers.T, right):
        yield "transposed, it would be right"
    if numbers.size == right.size and same(numbers.reshape(right.shape), right):
        yield "its values are right, only their shape is not"
    if numbers.ndim == right.ndim == 1 and abs(numbers.size - right.size) == 1:
        longer, shorter = sorted((numbers, right), key=len, reverse=True)
        more = "one too many" if longer is numbers else "missing"
        if same(longer[1:], shorter):
            yield f"the rest is right, the first is {more}"
        elif same(longer[:-1], shorter):
            yield f"the rest is right, the last is {more}"


def _of_order(numbers: Any, right: Any, same: Callable) -> Iterator[str]:
    import numpy as np

    if numbers.ndim != 1 or numbers.size < 3:
        return
    if same(numbers[::-1], right):
        yield "read from its end, it would be right"
    if same(np.sort(numbers), np.sort(right)):
        yield "the values are right, in another order"
    if np.unique(right).size < 3:
        return
    if same(numbers[1:], right[:-1]):
        yield "each value stands one place too late"
    if same(numbers[:-1], right[1:]):
        yield "each value stands one place too early"


def _of_factor(numbers: Any, right: Any, same: Callable) -> Iterator[str]:
    import numpy as np

    used = np.isfinite(right) & (right != 0)
    if not used.any():
        return
    factor = np.median((numbers[used] / right[used]).real)
    if not np.isfinite(factor) or factor == 0 or not same(factor * right, numbers):
        return
    for constant, words in NAMED_FACTORS.items():
        for known, turned in ((constant, ""), (1 / constant, "one over ")):
            if np.isclose(factor, known, rtol=1e-4):
                yield f"it is {known:.4g} times too large, {turned}{words}"
    simple = any(np.isclose([factor, 1 / factor], s, rtol=1e-6).any() for s in SIMPLE)
    several = np.unique(right[used]).size > 2
    if several or simple:
        every = "every value" if right.size > 1 else "it"
        yield f"{every} is {_unlike_one(factor)} times what it should be"


def _unlike_one(factor: float) -> str:
    """Write a factor with four digits, or as many as tell it from 1.

    >>> _unlike_one(0.000157), _unlike_one(1.0000396)
    ('0.000157', '1.00004')
    """
    texts = (f"{factor:.{digits}g}" for digits in range(4, 18))
    return next(text for text in texts if float(text) != 1 or factor == 1)


def _of_offset(numbers: Any, right: Any, same: Callable) -> Iterator[str]:
    import numpy as np

    if np.iscomplexobj(numbers):
        return
    offset = np.nanmedian(numbers - right)
    if not np.isfinite(offset) or not same(numbers - offset, right):
        return
    if np.unique(right).size > 2 or abs(offset) == 1:
        every = "every value" if right.size > 1 else "it"
        size = "large" if offset > 0 else "small"
        yield f"{every} is too {size} by {abs(offset):.4g}"


def _of_whole_numbers(numbers: Any, right: Any, same: Callable) -> Iterator[str]:
    import numpy as np

    if same(numbers, 0 * right):  # zeros alone tell nothing
        return
    if same(numbers, np.trunc(right)):
        yield "only the whole part is there"
    if same(numbers, np.round(right)):
        yield "rounded to whole numbers, the right values look like this"


def _of_places(
    numbers: Any, right: Any, same: Callable, where: Mapping
) -> Iterator[str]:
    import numpy as np

    if numbers.ndim == 0 or numbers.size < 3:
        return
    good = [same(a, b) for a, b in zip(numbers.ravel(), right.ravel(), strict=True)]
    wrong = ~np.reshape(good, right.shape)
    if wrong.all():
        return
    for name, mask in where.items():
        mask = np.broadcast_to(mask, right.shape)
        if not (wrong & ~mask).any():
            yield f"only {name} do they differ"
    rows = np.unique(np.argwhere(wrong)[:, 0])
    if right.ndim == 1 and rows.tolist() in ([0], [right.size - 1]):
        yield f"all but the {'first' if rows[0] == 0 else 'last'} are right"
    elif wrong.sum() <= FEW or rows.size <= FEW < right.shape[0]:
        at = f"row{'s' * (rows.size > 1)} {', '.join(map(str, rows))}"
        yield f"{wrong.sum()} of {wrong.size} values differ, in {at}"
    else:
        yield f"{wrong.sum()} of {wrong.size} values differ"
