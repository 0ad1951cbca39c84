"""Newton's method with halved steps, which the logistic regressions share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

__all__ = ["newton"]

Derivatives = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
HALVINGS = 0.5 ** np.arange(40)


def newton(
    loss: Callable[[np.ndarray], float],
    derivatives: Derivatives,
    theta: np.ndarray,
    n_iter: int = 100,
    tol: float = 1e-10,
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
        Loss before the first step and after each.
    finished : bool
        Whether `n_iter` steps were enough for `tol`.

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
    losses = [float(loss(theta))]
    for _ in range(n_iter):
        gradient, hessian = derivatives(theta)
        step = np.linalg.solve(hessian, gradient)
        finished = bool(gradient @ step / 2 <= tol)
        for size in [1.0] if finished else HALVINGS:
            tried = loss(theta - size * step)
            if tried < losses[-1]:
                break
        theta = theta - size * step
        losses.append(float(tried))
        if finished:
            break
    return theta, losses, finished
