"""Automatic differentiation in reverse: a tape that is written, and then walked back.

Each operation leaves an entry: which values went in, and how the derivative of the
result by what came out becomes the one by each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import Numbers, checked, shown, trusting, wrong
from .broadcasting import unstretched

__all__ = ["Tape", "Taped"]

Pull = Callable[[np.ndarray], np.ndarray]
"""Takes the derivative by what came out, and returns the one by what went in."""


class Taped:
    """An array that writes on a tape whatever is done with it.

    Parameters
    ----------
    value : ndarray
        Its numbers.
    tape : Tape
        Where it writes.
    place : int
        Which entry of the tape made it.

    Notes
    -----
    It knows ``+ - * / **`` (a power that is a number), ``@`` of two tables, and the
    methods below. `Tape.variable` and these operations make it.

    Examples
    --------
    >>> x = Tape().variable([1.0, 2.0])
    >>> (x * x + 1).value
    array([2., 5.])
    """

    __array_ufunc__ = None  # so that NumPy leaves `array * taped` to us

    def __init__(self, value: np.ndarray, tape: Tape, place: int) -> None:
        self.value, self.tape, self.place = value, tape, place

    def __add__(self, other: Any) -> Taped:
        """Add; each part gets what the sum gets."""
        other = self.tape.lift(other)
        return self.tape.record(
            self.value + other.value, (self, lambda g: g), (other, lambda g: g)
        )

    def __mul__(self, other: Any) -> Taped:
        """Multiply number by number; each factor gets the other's share."""
        other = self.tape.lift(other)
        return self.tape.record(
            self.value * other.value,
            (self, lambda g: g * other.value),
            (other, lambda g: g * self.value),
        )

    def __matmul__(self, other: Any) -> Taped:
        """Multiply two tables."""
        other = self.tape.lift(other)
        for one, name in ((self, "left"), (other, "right")):
            if one.value.ndim != 2:
                raise wrong(name, "a table, 2D, for @", f"shape {one.value.shape}")
        return self.tape.record(
            self.value @ other.value,
            (self, lambda g: g @ other.value.T),
            (other, lambda g: self.value.T @ g),
        )

    def __pow__(self, power: float) -> Taped:
        """Raise to a power that is a number."""
        return self.tape.record(
            self.value**power, (self, lambda g: g * power * self.value ** (power - 1))
        )

    def __neg__(self) -> Taped:
        """Turn the sign."""
        return self * -1.0

    def __sub__(self, other: Any) -> Taped:
        """Subtract: add what is turned."""
        return self + -self.tape.lift(other)

    def __truediv__(self, other: Any) -> Taped:
        """Divide: multiply by the power -1."""
        return self * self.tape.lift(other) ** -1.0

    def __radd__(self, other: Any) -> Taped:
        """Add to a plain array."""
        return self + other

    def __rsub__(self, other: Any) -> Taped:
        """Subtract from a plain array."""
        return self.tape.lift(other) - self

    def __rmul__(self, other: Any) -> Taped:
        """Multiply a plain array."""
        return self * other

    def __rtruediv__(self, other: Any) -> Taped:
        """Divide a plain array."""
        return self.tape.lift(other) / self

    def __rmatmul__(self, other: Any) -> Taped:
        """Multiply from the left by a plain table."""
        return self.tape.lift(other) @ self

    def tanh(self) -> Taped:
        """Return the hyperbolic tangent."""
        a = np.tanh(self.value)
        return self.tape.record(a, (self, lambda g: g * (1 - a**2)))

    def exp(self) -> Taped:
        """Return the exponential."""
        a = np.exp(self.value)
        return self.tape.record(a, (self, lambda g: g * a))

    def log(self) -> Taped:
        """Return the natural logarithm."""
        return self.tape.record(np.log(self.value), (self, lambda g: g / self.value))

    def relu(self) -> Taped:
        """Return what is above zero, and zero elsewhere."""
        up = self.value > 0
        return self.tape.record(self.value * up, (self, lambda g: g * up))

    def sum(self) -> Taped:
        """Return the sum of all numbers."""
        ones = np.ones_like(self.value)
        return self.tape.record(self.value.sum(), (self, lambda g: g * ones))

    def mean(self) -> Taped:
        """Return the mean of all numbers."""
        return self.sum() * (1 / self.value.size)


class Tape:
    """Writes down each operation, and walks back over them for the derivatives.

    Attributes
    ----------
    entries : list of tuple
        Of each value, in the order in which they came: pairs of a part that went in and
        the function that pulls a derivative back to it. A variable has none.

    Notes
    -----
    ``baydin2018automatic``.

    Examples
    --------
    >>> tape = Tape()
    >>> x = tape.variable(3.0)
    >>> tape.gradient(x * x + 2 * x, [x])
    [array(8.)]
    """

    def __init__(self) -> None:
        self.entries: list[tuple[tuple[Taped, Pull], ...]] = []

    @checked
    def variable(self, value: Numbers) -> Taped:
        """Begin with an array of numbers.

        Parameters
        ----------
        value : array_like
            Finite numbers.

        Returns
        -------
        Taped

        Raises
        ------
        ValueError
            If `value` is not finite numbers.
        """
        return self.record(value)

    def lift(self, value: Taped | ArrayLike) -> Taped:
        """Return what is on this tape as it is, and else begin with it."""
        if not isinstance(value, Taped):
            return self.variable(value)
        if value.tape is not self:
            raise wrong("value", "on this tape", "one of another tape")
        return value

    def record(self, value: ArrayLike, *parts: tuple[Taped, Pull]) -> Taped:
        """Write an entry: what came out, and of which parts.

        Parameters
        ----------
        value : array_like
            What came out.
        *parts : (Taped, callable)
            What went in, and the function that turns the derivative by `value` into the
            one by it.

        Returns
        -------
        Taped
        """
        # Record: which parts went in, and how each is pulled back to
        self.entries.append(parts)
        return Taped(np.asarray(value, dtype=float), self, len(self.entries) - 1)

    @trusting
    def gradient(self, result: Taped, sources: Sequence[Taped]) -> list[np.ndarray]:
        """Return the derivatives of a result by some of what it was made of.

        Parameters
        ----------
        result : Taped
            Usually one number, a loss; of several the sum is meant.
        sources : list of Taped
            By which to differentiate.

        Returns
        -------
        list of ndarray
            One for each source, of its shape; zeros if the result does not need it.

        Raises
        ------
        ValueError
            If something is not on this tape.
        """
        for name, one in (("result", result), *(("sources", s) for s in sources)):
            if not isinstance(one, Taped) or one.tape is not self:
                raise wrong(name, "made of variables of this tape", shown(one))
        found = self.walk_back(result)
        return [np.asarray(found.get(s.place, 0 * s.value)) for s in sources]

    def walk_back(self, result: Taped) -> dict[int, np.ndarray]:
        """Return the derivative of a result by every value that it needs, by place."""
        # Seed: a result changes with itself one to one
        found = {result.place: np.ones_like(result.value)}
        # Walk back: the last entry first
        for place in range(result.place, -1, -1):
            for part, pull in self.entries[place] if place in found else ():
                share = unstretched(pull(found[place]), part.value.shape)
                # Add up: what was used twice has two shares
                found[part.place] = found.get(part.place, 0) + share
        return found
