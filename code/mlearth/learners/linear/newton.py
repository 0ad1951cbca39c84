"""Newton's method with halved steps, which the logistic regressions share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from ..._arguments import (
    Count,
    Function,
    Positive,
    Weights,
    check_number,
    checked,
    wrong,
)

__all__ = ["newton"]

HALVINGS = 0.5 ** np.arange(40)
ROUNDING = 1e-12
ADVICE = "bring the features to one scale (standardise X), or raise the penalty (alpha)"


def check_start(loss: Function, theta: np.ndarray, **others: Any) -> None:
    """Raise a ValueError unless the loss is a finite number where the walk starts."""
    check_number("loss(theta)", loss(theta.copy()))


def guarded(newton: Callable) -> Callable:
    """Decorate the walk, so that it steps on sound parabolas alone.

    Where features differ much in scale or hardly vary about a large value, rounding
    bends the Hessian, and what it promises is worth nothing, however small.
    """

    @wraps(newton)
    def walked(loss, derivatives, theta, n_iter=100, tol=1e-10):
        def sound(at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            gradient, hessian = derivatives(at)
            check_bottom(np.asarray(hessian))
            return gradient, hessian

        with np.errstate(over="ignore"):
            return newton(loss, sound, theta, n_iter, tol)

    return walked


@checked(also=check_start, singular="derivatives")
@guarded
def newton(
    loss: Function,
    derivatives: Function,
    theta: Weights,
    n_iter: Count = 100,
    tol: Positive = 1e-10,
) -> tuple[np.ndarray, list[float], bool]:
    """Minimise a convex loss by stepping to the bottom of the parabola that fits it.

    Far from the minimum the parabola may mislead: a step is halved until the loss
    falls. The bottom of the parabola lies ``gradient @ step / 2`` below the loss, and
    when that is at most `tol` one last step ends the walk.

    Parameters
    ----------
    loss : callable
        Takes the parameters, shape (n_parameters,), and returns the loss; NaN or
        infinity where it is not defined.
    derivatives : callable
        Takes the parameters and returns the gradient, shape (n_parameters,), and the
        Hessian, shape (n_parameters, n_parameters), positive definite.
    theta : ndarray, shape (n_parameters,)
        Where to start; the loss is finite there.
    n_iter : int
        Largest number of steps, >= 1.
    tol : float
        How far above its minimum the loss may still be before the last step, > 0 [unit
        of the loss].

    Returns
    -------
    theta : ndarray, shape (n_parameters,)
        The parameters at the minimum.
    losses : list of float
        Loss before the first step and after each; it never rises.
    finished : bool
        Whether `n_iter` steps were enough for `tol`. Where even the smallest step
        leads uphill the walk ends before it, unfinished.

    Raises
    ------
    ValueError
        If an argument is not what it should be, the loss is not finite at the start,
        or the parabola has no bottom to rounding: a Hessian that is not positive
        definite, or, with a diagonal of ones, has an eigenvalue below 1e-12.

    Examples
    --------
    >>> theta, losses, finished = newton(
    ...     lambda t: np.sum(np.cosh(t)),
    ...     lambda t: (np.sinh(t), np.diag(np.cosh(t))),
    ...     np.array([2.0, -1.0]),
    ... )
    >>> bool(np.allclose(theta, 0.0)), len(losses), finished
    (True, 6, True)
    """
    losses = [float(loss(theta.copy()))]
    for _ in range(n_iter):
        # Step to the bottom
        gradient, hessian = derivatives(theta.copy())
        step = np.linalg.solve(hessian, gradient)
        finished = promised_drop(gradient, step) <= tol
        for size in [1.0] if finished else HALVINGS:
            tried = float(loss(theta - size * step))
            if tried < losses[-1]:
                break
        if rises(losses[-1], tried):
            return theta.copy(), losses, False
        theta = theta - size * step
        losses.append(tried)
        if finished:
            break
    return theta, losses, finished


def check_bottom(hessian: np.ndarray) -> None:
    """Raise a ValueError unless a parabola has one bottom, to rounding.

    The units of the parameters do not matter: the diagonal is brought to ones first.
    """
    diagonal = np.diag(hessian)
    if not (np.isfinite(hessian).all() and (diagonal > 0).all()):
        raise no_bottom(f"a diagonal from {diagonal.min():.3g}")
    scale = np.sqrt(diagonal)
    least = np.linalg.eigvalsh(hessian / scale / scale[:, None])[0]
    if not least > ROUNDING:
        raise no_bottom(f"a smallest eigenvalue of {least:.1e} of the largest")


def no_bottom(got: str) -> ValueError:
    """Return the error of a parabola without a bottom, and what helps."""
    accepted = "a function that returns a positive definite Hessian"
    return wrong("derivatives", accepted, f"one with {got}: {ADVICE}")


def promised_drop(gradient: np.ndarray, step: np.ndarray) -> float:
    """Return how far below the loss the bottom of the parabola lies.

    Raises
    ------
    ValueError
        If it lies above, by more than rounding.
    """
    drop = float(gradient @ step / 2)
    if not drop >= -ROUNDING * np.abs(gradient * step).sum():
        raise no_bottom(f"a promised drop of {drop:.3g}")
    return drop


def rises(before: float, after: float) -> bool:
    """Tell whether a loss has risen, or become NaN, by more than rounding."""
    return not after <= before + ROUNDING * abs(before)
