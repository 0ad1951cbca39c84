"""Irregular inputs, by name: what a check draws its numbers from.

An answer that is wrong for ties, for integers or for a size that ten does not divide
passes every check whose inputs have none of these. Each recipe breaks one symmetry::

    from mlearth.checks import inputs

    rng = inputs.draw(7)
    magnitude = inputs.on_a_grid(rng, 2.1, 0.1, [9, 5, 0, 3, 1])
    event = inputs.groups(rng, [3, 7, 1, 6])

All of them are drawn from a generator, so a check that names its seed asks every
student for the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

NOT_NICE = 0.8414709848078965
"""A factor that no decimal fraction survives."""


def draw(seed: int) -> np.random.Generator:
    """Return a generator of its own for one check."""
    return np.random.default_rng(seed)


def prime(least: int) -> int:
    """Return the smallest prime from `least` on: a size that no number divides.

    >>> [prime(n) for n in (8, 20, 60)]
    [11, 23, 61]
    """
    n = max(least, 2)
    while any(n % k == 0 for k in range(2, int(n**0.5) + 1)):
        n += 1
    return n


def numbers(
    rng: np.random.Generator, n: int, low: float = 0.0, high: float = 1.0
) -> np.ndarray:
    """Draw numbers in no order, the smallest and largest neither first nor last."""
    return inside_out(rng.uniform(low, high, n))


def whole(rng: np.random.Generator, n: int, low: int, high: int) -> np.ndarray:
    """Draw integers from `low` to `high`, of an integer type, in no order."""
    return inside_out(rng.integers(low, high + 1, n))


def inside_out(values: np.ndarray) -> np.ndarray:
    """Move the extremes away from the ends, so that no end stands for an extreme.

    >>> inside_out(np.array([1, 2, 3, 4, 5]))
    array([4, 2, 5, 1, 3])
    """
    moved = values.copy()
    for extreme in (np.argmin, np.argmax):
        place = extreme(moved)
        if len(moved) > 3 and place in (0, len(moved) - 1):
            inner = moved[1:-1]
            free = 1 + np.flatnonzero((inner > moved.min()) & (inner < moved.max()))
            if free.size:
                moved[[place, free[-1]]] = moved[[free[-1], place]]
    return moved


def shuffled(rng: np.random.Generator, *arrays: Any) -> list[np.ndarray]:
    """Put rows of several arrays into one other order, no array left sorted."""
    n = len(arrays[0])
    order = rng.permutation(n)
    if n > 2:
        while (np.diff(order) > 0).all() or (np.diff(order) < 0).all():
            order = rng.permutation(n)
    return [np.asarray(array)[order] for array in arrays]


def tied(
    rng: np.random.Generator, n: int, kinds: int, low: float = 0.0, high: float = 1.0
) -> np.ndarray:
    """Draw `kinds` different numbers, each of them at least twice, in no order."""
    values = rng.uniform(low, high, kinds)
    each = np.r_[np.arange(kinds), np.arange(kinds), rng.integers(0, kinds, n)][:n]
    return shuffled(rng, values[each])[0]


def on_a_grid(
    rng: np.random.Generator, first: float, step: float, each: Sequence[int]
) -> np.ndarray:
    """Draw rounded values, `each[i]` times the i-th multiple; a 0 leaves a bin empty.

    The values are what rounding to the decimals of the step gives, as a catalogue has
    them: 2.3 is not 2.1 + 0.1 + 0.1, so a bare ``>=`` on such a sum loses a whole bin.
    """
    decimals = max(0, int(np.ceil(-np.log10(step) - 1e-9)))
    grid = np.round(first + step * np.arange(len(each)), decimals)
    return shuffled(rng, np.repeat(grid, each))[0]


def groups(rng: np.random.Generator, sizes: Sequence[int]) -> np.ndarray:
    """Return group numbers: unequal groups, mixed, numbered neither from 0 nor on."""
    names = np.cumsum(rng.integers(2, 6, len(sizes))) + 3
    return shuffled(rng, np.repeat(rng.permutation(names), sizes))[0]


def design(rng: np.random.Generator, n: int, p: int) -> np.ndarray:
    """Draw a matrix whose columns differ in mean and scale and lean on one another.

    None is constant and none has the mean 0, so an intercept that is assumed, or
    forgotten, changes every answer.
    """
    scale = NOT_NICE * 3.0 ** np.arange(p)
    mixed = rng.normal(size=(n, p)) @ (np.eye(p) + 0.3 * rng.uniform(-1, 1, (p, p)))
    return scale * (mixed + 1.3 + 0.7 * np.arange(p))


def classes(
    rng: np.random.Generator, n: int, share: float, names: Sequence[Any] = (0, 1)
) -> np.ndarray:
    """Draw two classes of unequal size, mixed, the rarer one `names[1]`."""
    n_rare = max(1, min(n - 1, round(share * n)))
    return shuffled(rng, np.repeat(np.asarray(names), [n - n_rare, n_rare]))[0]


def counts(rng: np.random.Generator, n: int, large: int = 1000) -> np.ndarray:
    """Draw counts of very different size: a zero, a one and a large one among them."""
    few = np.r_[0, 1, large, rng.integers(2, 40, max(0, n - 3))][:n]
    return shuffled(rng, few)[0]


def both_kinds(values: Any) -> Iterator[tuple[str, np.ndarray]]:
    """Yield whole numbers as integers and as floats, each with its name."""
    whole_numbers = np.asarray(values)
    yield "integers", whole_numbers.astype(int)
    yield "floats", whole_numbers.astype(float)


FEATURES = {
    "float": "an answer may cut its result to whole numbers",
    "integer": "an answer may make room for whole numbers only, or divide them",
    "unsorted": "an answer may rest on the order of its input",
    "indivisible": "an answer may rest on a size that 2, 3 or 5 divides",
}
"""What is told of an array that is handed over, and what its absence would let pass."""


def features(value: Any) -> list[str]:
    """Tell what an array of numbers is like, nothing of anything else.

    >>> features(np.array([3.0, 1.0, 2.0, 5.0, 4.0, 2.0, 2.0]))
    ['float', 'unsorted', 'indivisible']
    """
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "iuf":
        return []
    if not value.ndim or value.size < 2:
        return []
    n = len(value)
    steps = np.diff(value.reshape(n, -1).astype(float), axis=0)
    told = {
        "float": value.dtype.kind == "f",
        "integer": value.dtype.kind in "iu",
        "unsorted": ((steps > 0).any(axis=0) & (steps < 0).any(axis=0)).any(),
        "indivisible": n > 5 and all(n % k for k in (2, 3, 5)),
    }
    return [feature for feature, holds in told.items() if holds]
