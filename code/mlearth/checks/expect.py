"""What the author of a check writes: expectations that word what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .compare import (
    Mistakes,
    as_numbers,
    coincidences,
    diagnosis,
    difference,
    is_or_are,
    kind,
    loosened,
    same,
    seen_in,
    shapes,
    with_article,
)

TRIAL: dict[str, list] = {}
"""While an author proves a check, under "alike": what it can tell apart, or cannot."""


class NotHeld(AssertionError):
    """A claim that does not hold, with the sentence that says why.

    Parameters
    ----------
    found : str
        What was found, without a full stop.
    hint : str
        The likely mistake, as a question.
    label : str, optional
        Label of the section to read instead of the check's own.
    """

    def __init__(self, found: str, hint: str = "", label: str | None = None):
        super().__init__(sentence(found, hint))
        self.label = label


class Waits(Exception):
    """A claim that cannot be judged yet; the text says what it waits for."""

    status = "waits"


class NotGiven(Waits):
    """A claim about a function that was not handed over from the notebook."""

    status = "unasked"


def sentence(found: str, hint: str = "") -> str:
    """Join what was found and the hint into one sentence.

    >>> sentence("The misfit is 0.83 s^2", "have you removed the mean residual?")
    'The misfit is 0.83 s^2: have you removed the mean residual?'
    >>> sentence("The misfit is negative")
    'The misfit is negative.'
    """
    text = f"{found.rstrip('.')}: {hint}" if hint else found
    return text if text.endswith((".", "?", "!")) else text + "."


def read(label: str) -> Callable:
    """Name the section of the book that a failing check points to.

    Parameters
    ----------
    label : str
        A label that stands before a heading in book/, such as "sec-waiting".

    Returns
    -------
    callable
        A decorator that leaves the check as it is.
    """
    return _unchanged


def deadline(seconds: float) -> Callable:
    """Give a check more (or less) time than the usual five seconds.

    Parameters
    ----------
    seconds : float
        Seconds after which the check is stopped and fails.

    Returns
    -------
    callable
        A decorator that leaves the check as it is.
    """
    return _unchanged


def _unchanged(function: Callable) -> Callable:
    """Leave the function alone: marks are read from the source, before it runs."""
    return function


def expect(condition: Any, found: str, hint: str = "", read: str | None = None) -> None:
    """Fail the check unless the condition holds.

    Parameters
    ----------
    condition : bool or array of bool
        What has to be true (everywhere).
    found : str
        What was found instead, with its unit and without a full stop.
    hint : str
        The likely mistake, as a question: "have you removed the mean residual?".
    read : str, optional
        Label of the section to read, if it is not the check's own.

    Examples
    --------
    >>> expect(-0.5 >= 0, "The misfit is -0.5 s^2", "have you squared the residuals?")
    Traceback (most recent call last):
    mlearth.checks.expect.NotHeld: The misfit is -0.5 s^2: have you squared the
    residuals?
    """
    holds = condition.all() if hasattr(condition, "all") else condition
    if not bool(holds):
        raise NotHeld(found, hint, read)


def expect_close(
    value: Any,
    right: Any,
    what: str,
    *,
    rtol: float = 1e-6,
    atol: float = 1e-9,
    unit: str = "",
    mistakes: Mistakes = None,
    where: Mapping[str, Any] | None = None,
    hint: str = "",
    read: str | None = None,
) -> None:
    """Fail the check unless a value is as it should be, and name the likely mistake.

    When the value is wrong it is compared with what each known mistake would have
    given; the first that fits, in shape and number, is told. Where none fits, the
    verdict says what is seen in the numbers: a common factor, another order, the rows
    that differ. Type, shape and NaN are worded without help.

    Parameters
    ----------
    value : number or array-like
        What the student's function returned.
    right : number or array-like
        What it should be.
    what : str
        Names the value at the start of a sentence: "The mean of 2 km and 4 km".
    rtol, atol : float
        Tolerances as in `numpy.isclose`. The defaults suit algebra that may have been
        done in single precision.
    unit : str
        Unit of the value.
    mistakes : mapping of str to value, optional
        For each mistake, worded as a question, the value that it would give, or a
        function without arguments that computes it.
    where : mapping of str to array of bool, optional
        Places that have a name, such as "at ties": told if values differ there alone.
    hint : str
        The question to ask when type and shape are right but no known mistake fits.
        It is told to everybody whose number is wrong, so it must not accuse.
    read : str, optional
        Label of the section to read, if it is not the check's own.

    Examples
    --------
    >>> expect_close(2.0, 1.0, "The mean", mistakes={"is it the sum?": lambda: 2.0})
    Traceback (most recent call last):
    mlearth.checks.expect.NotHeld: The mean is 2 and should be 1: is it the sum?
    """
    import numpy as np

    right = np.asarray(right)
    numbers = as_numbers(value)
    rtol, atol = loosened(value, right, rtol, atol)
    if "alike" in TRIAL:
        found = coincidences(right, mistakes, rtol, atol)
        TRIAL["alike"] += [[*pair, alike] for pair, alike in found.items()]
    if numbers is not None and same(numbers, right, rtol, atol):
        return
    if numbers is None or numbers.shape != right.shape:
        hint = ""  # the type or the shape says what is wrong
    if numbers is not None:
        told = diagnosis(numbers, mistakes, rtol, atol)
        hint = told or hint or seen_in(numbers, right, rtol, atol, where)
    raise NotHeld(difference(value, right, what, unit, rtol, atol), hint, read)


def expect_shape(
    value: Any,
    shape: tuple[int, ...],
    what: str,
    *,
    mistakes: Mistakes = None,
    hint: str = "",
    read: str | None = None,
) -> None:
    """Fail the check unless a value is numbers of the right shape.

    Parameters
    ----------
    value : array-like
        What the student's function returned.
    shape : tuple of int
        The shape it should have.
    what : str
        Names the value at the start of a sentence.
    mistakes : mapping of str to tuple of int, optional
        For each mistake, worded as a question, the shape that it would give.
    hint, read
        As for `expect_close`.

    Examples
    --------
    >>> expect_shape([1, 2], (2, 1), "The column", mistakes={"is it flat?": (2,)})
    Traceback (most recent call last):
    mlearth.checks.expect.NotHeld: The column has shape (2,) and should have shape
    (2, 1): is it flat?
    """
    numbers = as_numbers(value)
    if numbers is None:
        found = f"{what} {is_or_are(what)} {kind(value)} and should be numbers"
        raise NotHeld(found, hint, read)
    if numbers.shape == tuple(shape):
        return
    for question, wrong in (mistakes or {}).items():
        if numbers.shape == tuple(wrong):
            hint = question
            break
    raise NotHeld(shapes(numbers.shape, tuple(shape), what), hint, read)


def expect_error(
    call: Callable[[], Any],
    what: str,
    *,
    says: str = "",
    error: type[Exception] = ValueError,
    hint: str = "",
    read: str | None = None,
) -> None:
    """Fail the check unless a call refuses its input with a helpful error.

    Parameters
    ----------
    call : callable without arguments
        Calls the student's function with bad input.
    what : str
        Names the call at the start of a sentence: "A negative distance".
    says : str
        Word that the message has to contain, such as the argument's name.
    error : type
        Kind of error that is expected.
    hint, read
        As for `expect_close`.

    Examples
    --------
    >>> expect_error(lambda: 1, "A negative distance", says="distance_km")
    Traceback (most recent call last):
    mlearth.checks.expect.NotHeld: A negative distance is accepted and should raise a
    ValueError.
    """
    try:
        call()
    except error as refusal:
        if says in str(refusal):
            return
        found = f"{what} is refused, but the message does not name `{says}`"
        hint = ""  # it asks whether anybody looked
    except Exception as other:
        other.add_note(f"{what} should raise {with_article(error.__name__)}")
        raise
    else:
        found = f"{what} is accepted and should raise {with_article(error.__name__)}"
    raise NotHeld(found, hint, read) from None
