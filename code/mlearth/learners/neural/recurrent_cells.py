"""One step of a recurrent network: the simple cell, the LSTM and the GRU.

Gates lie side by side in the columns of all weights: input, forget, candidate and
output in the LSTM; update, reset and candidate in the GRU, as in Keras.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import checked, wrong
from ..._arguments.types import Array
from ..linear.logistic_regression import sigmoid

__all__ = ["gru_step", "lstm_step", "rnn_step"]

Inputs = Annotated[ArrayLike, Array(("n_samples", "n_features"))]
State = Annotated[ArrayLike, Array(("n_samples", "n_units"))]
Kernel = Annotated[ArrayLike, Array(("n_features", "n_columns"))]
Recurrent = Annotated[ArrayLike, Array(("n_units", "n_columns"))]
Bias = Annotated[ArrayLike, Array(("n_columns",))]
TwoBiases = Annotated[ArrayLike, Array(("n_sides", "n_columns"))]


def check_gates(name: str, U: np.ndarray, n_gates: int) -> None:
    """Raise unless the recurrent weights have the columns of so many gates."""
    n_units, n_columns = U.shape
    if n_columns != n_gates * n_units:
        what = f"of shape ({n_units}, {n_gates * n_units}), {n_gates} x {n_units} units"
        raise wrong(name, what, f"shape {U.shape}")


def check_biases(name: str, b: np.ndarray) -> None:
    """Raise unless there are two rows of biases, as the GRU has."""
    if np.shape(b)[0] != 2:
        raise wrong(name, "two rows, for the inputs and the state", f"shape {b.shape}")


def _one(U, **_: object) -> None:
    check_gates("U", U, 1)


def _four(U, **_: object) -> None:
    check_gates("U", U, 4)


def _three(U, b, **_: object) -> None:
    check_gates("U", U, 3)
    check_biases("b", b)


@checked(also=_one)
def rnn_step(x: Inputs, h: State, W: Kernel, U: Recurrent, b: Bias) -> np.ndarray:
    """Return the next state of a simple recurrent cell, ``tanh(x W + h U + b)``.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_features)
        What comes in at this step.
    h : array_like, shape (n_samples, n_units)
        State after the step before.
    W : array_like, shape (n_features, n_units)
        Weights of the inputs.
    U : array_like, shape (n_units, n_units)
        Weights of the state.
    b : array_like, shape (n_units,)
        Biases.

    Returns
    -------
    ndarray, shape (n_samples, n_units)
        The state after this step [1].

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    >>> rnn_step([[1.0]], [[0.5]], [[2.0]], [[-4.0]], [0.0])
    array([[0.]])
    """
    return np.tanh(x @ W + h @ U + b)


@checked(also=_four)
def lstm_step(
    x: Inputs, h: State, c: State, W: Kernel, U: Recurrent, b: Bias
) -> tuple[np.ndarray, np.ndarray]:
    """Return what an LSTM cell says after one step, and what it remembers.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_features)
        What comes in at this step.
    h : array_like, shape (n_samples, n_units)
        What the cell said at the step before.
    c : array_like, shape (n_samples, n_units)
        What it remembered.
    W : array_like, shape (n_features, 4 * n_units)
        Weights of the inputs: of the input gate, the forget gate, the candidate and
        the output gate, side by side.
    U : array_like, shape (n_units, 4 * n_units)
        Weights of what the cell said.
    b : array_like, shape (4 * n_units,)
        Biases.

    Returns
    -------
    h, c : ndarray, shape (n_samples, n_units)
        What the cell says and remembers after this step [1].

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Notes
    -----
    ``hochreiter1997long``; the forget gate is younger than that.

    Examples
    --------
    >>> shut = [-99.0, 99.0, 0.0, 99.0]  # nothing in, nothing forgotten, all told
    >>> h, c = lstm_step([[7.0]], [[0.0]], [[0.3]], np.ones((1, 4)), [[0] * 4], shut)
    >>> c, h.round(4)
    (array([[0.3]]), array([[0.2913]]))
    """
    # Weigh what came in and what was said
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    # Forget and write
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    # Tell
    return sigmoid(o) * np.tanh(c), c


@checked(also=_three)
def gru_step(x: Inputs, h: State, W: Kernel, U: Recurrent, b: TwoBiases) -> np.ndarray:
    """Return the next state of a gated recurrent unit.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_features)
        What comes in at this step.
    h : array_like, shape (n_samples, n_units)
        State after the step before.
    W : array_like, shape (n_features, 3 * n_units)
        Weights of the inputs: of the update gate, the reset gate and the candidate,
        side by side.
    U : array_like, shape (n_units, 3 * n_units)
        Weights of the state.
    b : array_like, shape (2, 3 * n_units)
        Biases beside the inputs, and beside the state.

    Returns
    -------
    ndarray, shape (n_samples, n_units)
        The state after this step [1].

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Notes
    -----
    ``cho2014learning``. As in Keras the update gate says how much of the old state
    stays, and the reset gate multiplies after the weights of the state.

    Examples
    --------
    >>> keep = np.array([[99.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    >>> gru_step([[5.0]], [[0.3]], [[0.0, 1.0, 1.0]], np.ones((1, 3)), keep)
    array([[0.3]])
    """
    # Weigh what came in and what was said
    xz, xr, xg = np.split(x @ W + b[0], 3, axis=1)
    hz, hr, hg = np.split(h @ U + b[1], 3, axis=1)
    # Forget and write
    z = sigmoid(xz + hz)
    return z * h + (1 - z) * np.tanh(xg + sigmoid(xr + hr) * hg)
