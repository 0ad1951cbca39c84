"""Search for a law: every short formula of one variable, each fitted to the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated

import numpy as np

from .._arguments import Positives, Vector, checked, count, wrong

__all__ = ["Law", "search_laws"]

ONE = {
    "sqrt({})": np.sqrt,
    "log({})": np.log,
    "exp(-{})": lambda g: np.exp(-g),
    "({})^2": np.square,
}
TWO = {"({} + {})": np.add, "{} * {}": np.multiply, "{} / ({})": np.divide}
LARGEST = 1e9
DIGITS = 7
"""Formulas that agree in so many digits of their spread count as one."""


@dataclass(frozen=True)
class Law:
    """A formula, ``y = a + b * g(x)``.

    Attributes
    ----------
    formula : str
        That of g.
    size : int
        How many symbols it has.
    a, b : float
        The two numbers that least squares found.
    rmse : float
        Root mean square of what is left [unit of y].
    shape : callable
        g itself, which takes an array of numbers > 0.
    """

    formula: str
    size: int
    a: float
    b: float
    rmse: float
    shape: Callable[[np.ndarray], np.ndarray] = field(repr=False, compare=False)

    @checked
    def predict(self, x: Positives) -> np.ndarray:
        """Return what the law says of x.

        Parameters
        ----------
        x : array_like, shape (n_samples,)
            Where it is asked, > 0.

        Returns
        -------
        ndarray, shape (n_samples,)
            In the unit of y; not finite where the formula has no value.

        Raises
        ------
        ValueError
            If a number is not > 0.
        """
        with np.errstate(all="ignore"):
            return self.a + self.b * self.shape(x)


def check_enough(x: np.ndarray, y: np.ndarray, largest: int = 5) -> None:
    """Insist on more values than a law of two numbers can meet exactly."""
    if np.unique(x).size < 4:
        raise wrong("x", "of at least four different values", np.unique(x).size)


@checked(also=check_enough)
def search_laws(
    x: Positives, y: Vector, largest: Annotated[int, count(1, 6)] = 5
) -> list[Law]:
    """Fit ``y = a + b * g(x)`` for every formula g up to a size, best first.

    Formulas are made of x, of 1, of sums, products and quotients of two, and of square
    root, logarithm, square and ``exp(-g)`` of one. Of formulas that agree at all x but
    for a and b, the shortest is kept.

    Parameters
    ----------
    x : array_like, shape (n_samples,)
        Values > 0, best in a unit that makes them of order 1.
    y : array_like, shape (n_samples,)
        What the law is to give.
    largest : int
        How many symbols a formula may have, up to 6.

    Returns
    -------
    list of Law
        In order of their misfit.

    Raises
    ------
    ValueError
        If rows do not match, or there are fewer than four values of x.

    Notes
    -----
    ``cranmer2023interpretable`` searches longer formulas, by evolution.

    Examples
    --------
    >>> laws = search_laws([1.0, 2.0, 3.0, 4.0], [5.0, 8.0, 13.0, 20.0], 2)
    >>> laws[0].formula, round(laws[0].a, 6), round(laws[0].b, 6)
    ('(x)^2', 4.0, 1.0)
    """
    laws = []
    for formula, size, shape, g in formulas(x, largest):
        # Fit: two numbers by least squares
        slope = (g - g.mean()) @ (y - y.mean()) / np.sum((g - g.mean()) ** 2)
        offset = y.mean() - slope * g.mean()
        # Rank: by what is left
        rmse = np.sqrt(np.mean((y - offset - slope * g) ** 2))
        numbers = float(offset), float(slope), float(rmse)
        laws.append(Law(formula, size, *numbers, shape))
    return sorted(laws, key=lambda law: (law.rmse, law.size))


def formulas(x: np.ndarray, largest: int) -> Iterator[tuple]:
    """Yield every formula that is new at x, the shortest first."""
    known: dict[int, list] = {1: [("x", lambda v: v), ("1", np.ones_like)]}
    values, seen = set(), {mark(x)}
    yield "x", 1, known[1][0][1], x
    for size in range(2, largest + 1):
        known[size] = []
        # Grow: one sign over what is one shorter, or one between two
        for formula, shape in grown(known, size):
            with np.errstate(all="ignore"):
                g = shape(x)
            if not np.isfinite(g).all() or np.abs(g).max() > LARGEST:
                continue
            # Prune: what says the same at every x is kept once
            here = np.round(g, DIGITS).tobytes()
            if here in values:
                continue
            values.add(here)
            known[size].append((formula, shape))
            if np.ptp(g) > 10.0**-DIGITS and mark(g) not in seen:
                seen.add(mark(g))
                yield formula, size, shape, g


def grown(known: dict, size: int) -> Iterator[tuple[str, Callable]]:
    """Yield formulas of a size, made of shorter ones."""
    for words, f in ONE.items():
        for name, g in known[size - 1]:
            yield words.format(name), lambda v, f=f, g=g: f(g(v))
    for words, f in TWO.items():
        for left in range(1, size - 1):
            for name, g in known[left]:
                for other, h in known[size - 1 - left]:
                    both = words.format(name, other)
                    yield both, lambda v, f=f, g=g, h=h: f(g(v), h(v))


def mark(g: np.ndarray) -> bytes:
    """Return what two formulas share that agree at every x, but for two numbers."""
    unit = (g - g.mean()) / g.std()
    turned = unit if unit[np.abs(unit).argmax()] > 0 else -unit
    return (np.round(turned, DIGITS) + 0.0).tobytes()
