"""How far to step, given a gradient and what is remembered of those before.

Each takes the memory that its last call returned, None at first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np

from ..._arguments import Positive, Vector, check_vector, checked, number, wrong

__all__ = ["adam_step", "momentum_step", "sgd_step"]

EPSILON = 1e-7  # as in Keras; scikit-learn takes 1e-8

Memory = tuple[np.ndarray, ...] | None
Share = Annotated[float, number(least=0, below=1)]


@dataclass(frozen=True)
class Remembered:
    """What a step returned beside its change, or None."""

    n: int

    def check(self, name: str, value: Any, *known: Any) -> Any:
        """Return the memory as it came, or raise a ValueError that names it."""
        if value is None:
            return value
        if not isinstance(value, tuple) or len(value) != self.n:
            raise wrong(name, "None or what the last step returned", repr(value)[:60])
        return value


Velocity = Annotated[Any, Remembered(1)]
Moments = Annotated[Any, Remembered(3)]


@checked
def sgd_step(
    gradient: Vector, memory: Annotated[Any, Remembered(0)] = None, eta: Positive = 0.01
) -> tuple[np.ndarray, Memory]:
    """Step straight downhill.

    Parameters
    ----------
    gradient : ndarray, shape (n_parameters,)
        Derivatives of the loss of one batch.
    memory : None
        Nothing is remembered.
    eta : float
        Learning rate, > 0.

    Returns
    -------
    change : ndarray, shape (n_parameters,)
        What to add to the parameters.
    memory : None

    Raises
    ------
    ValueError
        If the gradient is not finite, or eta not positive.

    Examples
    --------
    >>> sgd_step([2.0, -1.0], None, 0.5)
    (array([-1. ,  0.5]), None)
    """
    return -eta * gradient, None


@checked
def momentum_step(
    gradient: Vector, memory: Velocity = None, eta: Positive = 0.01, beta: Share = 0.9
) -> tuple[np.ndarray, Memory]:
    """Step downhill, and keep most of the step before.

    Parameters
    ----------
    gradient : ndarray, shape (n_parameters,)
        Derivatives of the loss of one batch.
    memory : tuple or None
        The step before.
    eta : float
        Learning rate, > 0.
    beta : float
        Share of the step before that is kept, in [0, 1).

    Returns
    -------
    change : ndarray, shape (n_parameters,)
        What to add to the parameters.
    memory : tuple

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    ``goodfellow2016deep``. Under a gradient that stays, the steps grow towards
    ``eta / (1 - beta)`` times the gradient.

    Examples
    --------
    >>> _, memory = momentum_step([2.0], None, 0.5)
    >>> momentum_step([2.0], memory, 0.5)[0]
    array([-1.9])
    """
    before = check_vector("memory", memory[0], length=len(gradient)) if memory else 0
    change = beta * before - eta * gradient
    return change, (change,)


@checked
def adam_step(
    gradient: Vector,
    memory: Moments = None,
    eta: Positive = 0.001,
    beta: Share = 0.9,
    beta_square: Share = 0.999,
) -> tuple[np.ndarray, Memory]:
    """Step by about `eta` in every parameter, whatever the size of its gradient.

    Parameters
    ----------
    gradient : ndarray, shape (n_parameters,)
        Derivatives of the loss of one batch.
    memory : tuple or None
        Running means of the gradient and of its square, and the number of steps.
    eta : float
        Learning rate, > 0: about the length of a step in each parameter.
    beta : float
        How much of the running mean of the gradient is kept, in [0, 1).
    beta_square : float
        How much of that of its square is kept, in [0, 1).

    Returns
    -------
    change : ndarray, shape (n_parameters,)
        What to add to the parameters.
    memory : tuple

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    ``kingma2015adam``. As in Keras the small number that keeps a division by zero away
    is added before the root is corrected for its start at zero.

    Examples
    --------
    >>> adam_step([2.0, -0.01])[0].round(5)
    array([-0.001,  0.001])
    """
    m, s, t = memory or (np.zeros_like(gradient), np.zeros_like(gradient), 0)
    m = beta * m + (1 - beta) * gradient
    s = beta_square * s + (1 - beta_square) * gradient**2
    t = t + 1
    # both began at zero and are too small at first
    eta = eta * np.sqrt(1 - beta_square**t) / (1 - beta**t)
    return -eta * m / (np.sqrt(s) + EPSILON), (m, s, t)
