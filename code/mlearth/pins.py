"""Claims of a page, pinned to what its run has just computed."""

from __future__ import annotations

from typing import Any

import numpy as np

EXACT = "biuU"  # kinds of arrays that are whole: truth values, counts and texts


def pin(
    name: str,
    value: Any,
    expected: Any,
    *,
    abs: float | None = None,
    rel: float | None = None,
) -> None:
    """Compare what a page has computed with what its text claims.

    A pin stands beside the `glue` that quotes the number, in a cell that readers do
    not see. When data, code or a library change, the build fails at the claim that
    no longer holds.

    Parameters
    ----------
    name : str
        What is claimed; for a quoted number the name under which it is glued.
    value : number, bool, str, or array_like of these
        What the page has computed.
    expected : number, bool, str, or array_like of these
        What the text claims: finite, and of the shape of `value`.
    abs : float, optional
        Largest absolute difference that is accepted, in the unit of `value`.
        Counts, truth values and texts need none: they are compared exactly.
    rel : float, optional
        The same as a share of `expected`; either `abs` or `rel` is given.

    Raises
    ------
    AssertionError
        If the claim does not hold; the sentence says what was found and expected.
    ValueError
        If `name` is empty, if `value` or `expected` is of another kind, if `expected`
        is not finite, or if `abs` and `rel` are missing for a number with decimals,
        given for a text, given both, or not a finite number > 0.

    Notes
    -----
    Another processor, or another build of BLAS, sums in another order: counts of data
    stay, a fitted number moves in its last digits, and an event beside a threshold may
    change sides. So a quoted number is pinned as printed, give or take one of its last
    digit, and what a forest or a vote decides a little wider, but never so wide that
    the sentence around the number could be false.

    Examples
    --------
    >>> import mlearth
    >>> mlearth.pin("n_blasts", 389, 389)
    >>> mlearth.pin("growth", 5.192, 5.2, abs=0.1)
    >>> mlearth.pin("growth", 6.4, 5.2, abs=0.1)
    Traceback (most recent call last):
    AssertionError: pin 'growth': found 6.4, expected 5.2 within abs=0.1
    """
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"name must be a text that is not empty, got {name!r}")
    found, claim = _array("value", value), _array("expected", expected)
    if not (claim.size and (claim.dtype.kind in EXACT or np.isfinite(claim).all())):
        raise ValueError(f"expected must be finite and not empty, got {expected!r}")
    within = _tolerance(found, claim, abs, rel)
    if not _agree(found, claim, abs or 0, rel or 0):
        said = f"found {_text(found)}, expected {_text(claim)}{within}"
        raise AssertionError(f"pin {name!r}: {said}")


def _array(name, given) -> np.ndarray:
    """What is given as an array of numbers, truth values or texts."""
    try:
        array = np.asarray(given)
    except ValueError:  # rows of unequal lengths
        array = np.empty(0, dtype=object)
    if np.ma.isMaskedArray(given) or array.dtype.kind not in EXACT + "f":
        wanted = "numbers, truth values or texts"
        raise ValueError(f"{name} must be {wanted}, got {given!r}")
    return array


def _tolerance(found, claim, abs, rel) -> str:
    """The tolerance in words; an error if it is wanting, idle or nonsense."""
    given = {k: v for k, v in {"abs": abs, "rel": rel}.items() if v is not None}
    numbers = {found.dtype.kind, claim.dtype.kind} <= {*"iuf"}
    if len(given) > 1:
        raise ValueError("abs and rel must not both be given")
    if numbers and not given and "f" in found.dtype.kind + claim.dtype.kind:
        raise ValueError("abs or rel must be given for a number with decimals")
    for name, size in given.items():
        if claim.dtype.kind in "bU":
            raise ValueError(f"{name} must not be given for a text or a truth value")
        is_number = isinstance(size, int | float) and not isinstance(size, bool)
        if not is_number or not 0 < size < np.inf:
            raise ValueError(f"{name} must be a finite number > 0, got {size!r}")
    return "".join(f" within {name}={size:g}" for name, size in given.items())


def _agree(found, claim, abs, rel) -> bool:
    """Whether both have one shape and kind, and every value is near enough."""
    kinds = [array.dtype.kind.replace("u", "i") for array in (found, claim)]
    numbers = set(kinds) <= {"i", "f"}
    if found.shape != claim.shape or not (numbers or kinds[0] == kinds[1]):
        return False
    if not numbers:
        return bool(np.all(found == claim))
    # a tolerance as it is written, 0.1, is not met by 5.3 - 5.2 for rounding alone
    reach = np.maximum(abs, rel * np.abs(claim)) * (1 + 1e-9)
    return bool(np.all(np.abs(found - claim) <= reach))


def _text(array) -> str:
    """An array as one writes it, cut short where it is long."""
    if array.ndim == 0:
        item = array.item()
        return f"{item:.7g}" if isinstance(item, float) else repr(item)
    return np.array2string(array, separator=", ", threshold=12, precision=6)
