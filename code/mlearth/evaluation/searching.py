"""Searches for settings: successive halving, and Optuna without its commentary."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from .._arguments import check_count, shown, wrong

__all__ = ["quiet_optuna", "successive_halving"]


def quiet_optuna() -> ModuleType:
    """Return Optuna, told to log warnings only.

    Its progress bar asks for widgets when it is imported in a notebook, and warns
    where there are none; that warning is not shown.

    Returns
    -------
    module
        ``optuna`` (``akiba2019optuna``).

    Raises
    ------
    ModuleNotFoundError
        If the package optuna is not installed.

    Examples
    --------
    >>> quiet_optuna().logging.get_verbosity()
    30
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Warning)
        import optuna
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna


def successive_halving(
    loss: Callable[[Any, int], float], candidates: Sequence, n_rows: int
) -> tuple[Any, list[int]]:
    """Start many candidates on few rows, and keep the better half as rows double.

    Parameters
    ----------
    loss : callable
        ``loss(candidate, n_rows)`` returns a loss from so many training rows.
    candidates : sequence
        One or more settings.
    n_rows : int
        Training rows of the first round.

    Returns
    -------
    best : one of the candidates
        The last that is left.
    sizes : list of int
        How many candidates each round began with.

    Raises
    ------
    ValueError
        If there is no candidate, `n_rows` is no whole number from 1 on, or a loss is
        not finite: it would have no place among the others.

    Notes
    -----
    See ``jamieson2016non``.

    Examples
    --------
    >>> successive_halving(lambda k, n_rows: abs(k - 3), [1, 2, 3, 4, 5], 100)
    (3, [5, 2])
    """
    check_count("n_rows", n_rows, least=1)
    left, sizes = list(candidates), []
    if not left:
        raise wrong("candidates", "one setting or more", "none")
    while len(left) > 1:
        sizes.append(len(left))
        scored = [(loss(one, n_rows), k) for k, one in enumerate(left)]
        for value, k in scored:
            if not np.isfinite(value):
                raise wrong("loss", "finite", f"{value} of {shown(left[k])}")
        left = [left[k] for _, k in sorted(scored)[: len(left) // 2]]
        n_rows *= 2
    return left[0], sizes
