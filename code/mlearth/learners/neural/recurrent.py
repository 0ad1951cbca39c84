"""Recurrent networks from scratch: one cell along a sequence, and the blame back.

The weights of a cell are a triple ``(W, U, b)``: those of the inputs, those of the
state, and the biases, as the steps of `recurrent_cells` take them.
"""

from __future__ import annotations

import numpy as np

from ..._arguments import (
    Count,
    Positive,
    RandomState,
    check_room,
    check_seed,
    checked,
    trusting,
)
from ._recurrent_types import CELLS, Kind, Mask, Sequences, States, Weights, check_fit
from .recurrent_blame import gru_back, lstm_back, rnn_back
from .recurrent_cells import gru_step, lstm_step, rnn_step

__all__ = ["initial_cell", "through_time", "time_check", "unroll"]

BACK = {"rnn": rnn_back, "lstm": lstm_back, "gru": gru_back}


def _room(n_features, n_units, cell="lstm", **_: object) -> None:
    size = CELLS[cell][0] * n_units * (n_features + n_units)
    name = "n_units" if n_units >= n_features else "n_features"
    check_room(name, max(n_units, n_features), size)


@checked(also=_room)
def initial_cell(
    n_features: Count,
    n_units: Count,
    cell: Kind = "lstm",
    random_state: RandomState = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw the weights of a cell; the LSTM begins by forgetting little.

    Parameters
    ----------
    n_features : int
        Numbers that come in at each step.
    n_units : int
        Length of the state.
    cell : {"lstm", "gru", "rnn"}
        Kind of cell.
    random_state : int, numpy.random.Generator or None
        Seed of the weights.

    Returns
    -------
    W, U, b : ndarray
        Weights of the inputs, with the spread of Glorot and Bengio; of the state, an
        orthogonal matrix for each gate; and biases, 1 for the forget gate, else 0.

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    ``glorot2010understanding``; the bias of the forget gate as in Keras.

    Examples
    --------
    >>> W, U, b = initial_cell(2, 3, random_state=0)
    >>> W.shape, U.shape, b.tolist()
    ((2, 12), (3, 12), [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    """
    rng = check_seed("random_state", random_state)
    n_gates = CELLS[cell][0]
    sigma = np.sqrt(2 / (n_features + n_gates * n_units))
    W = sigma * rng.normal(size=(n_features, n_gates * n_units))
    turns = rng.normal(size=(n_gates, n_units, n_units))
    U = np.concatenate([np.linalg.qr(turn)[0] for turn in turns], axis=1)
    b = np.zeros((2, 3 * n_units) if cell == "gru" else n_gates * n_units)
    if cell == "lstm":
        b[n_units : 2 * n_units] = 1
    return W, U, b


@trusting
def run(weights, x, cell, mask) -> list[tuple[np.ndarray, ...]]:
    """Return the state before the first step and after each."""
    step = {"rnn": rnn_step, "lstm": lstm_step, "gru": gru_step}[cell]
    nothing = np.zeros((len(x), len(weights[1])))
    states = [(nothing,) * CELLS[cell][1]]
    for t in range(x.shape[1]):
        new = step(x[:, t], *states[-1], *weights)
        new = new if isinstance(new, tuple) else (new,)
        if mask is not None:
            # where nothing is there the state stays
            pairs = zip(new, states[-1], strict=True)
            new = tuple(np.where(mask[:, t, None], *pair) for pair in pairs)
        states.append(new)
    return states


@checked(also=check_fit)
def unroll(
    weights: Weights, x: Sequences, cell: Kind = "lstm", mask: Mask = None
) -> np.ndarray:
    """Walk along sequences with one cell, and return what it says at every step.

    Parameters
    ----------
    weights : tuple of ndarray
        W, U and b of the cell.
    x : array_like, shape (n_samples, n_times, n_features)
        Sequences.
    cell : {"lstm", "gru", "rnn"}
        Kind of cell. It begins with a state of zeros.
    mask : ndarray of bool, shape (n_samples, n_times), optional
        False where a sequence has no step: there the state stays as it is.

    Returns
    -------
    ndarray, shape (n_samples, n_times, n_units)
        What the cell says after each step [1].

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    >>> half = np.array([[1.0]]), np.array([[0.5]]), np.zeros(1)
    >>> unroll(half, [[[0.1], [0.0], [0.0]]], "rnn").round(3).tolist()
    [[[0.1], [0.05], [0.025]]]
    """
    states = run(weights, x, cell, mask)
    return np.stack([state[0] for state in states[1:]], axis=1)


@checked(also=check_fit)
def through_time(
    weights: Weights,
    x: Sequences,
    delta: States,
    cell: Kind = "lstm",
    mask: Mask = None,
) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
    """Return the derivatives of a loss by weights and inputs: back through time.

    Parameters
    ----------
    weights, x
        As in `unroll`.
    delta : array_like, shape (n_samples, n_times, n_units)
        Derivative of the loss by what the cell says at each step, there and then.
    cell, mask
        As in `unroll`.

    Returns
    -------
    gradient : tuple of ndarray
        Derivatives by W, U and b: sums over all steps.
    dx : ndarray, shape (n_samples, n_times, n_features)
        Derivatives by the inputs.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Notes
    -----
    ``goodfellow2016deep``, chapter 10.

    Examples
    --------
    >>> half = np.array([[1.0]]), np.array([[0.5]]), np.zeros(1)
    >>> last = [[[0.0], [0.0], [1.0]]]
    >>> through_time(half, np.zeros((1, 3, 1)), last, "rnn")[1].tolist()
    [[[0.25], [0.5], [1.0]]]
    """
    states = run(weights, x, cell, mask)
    total, dx = [np.zeros_like(part) for part in weights], np.zeros_like(x)
    blame = tuple(np.zeros_like(part) for part in states[0])
    for t in reversed(range(x.shape[1])):
        # Blame: what this step said, and what came from the step after
        blame = (blame[0] + delta[:, t], *blame[1:])
        seen = np.ones((len(x), 1)) if mask is None else mask[:, t, None]
        given = (x[:, t], *states[t], *weights, *(seen * part for part in blame))
        # Back: hand it through the cell to the step before
        before, dx[:, t], gradient = BACK[cell](*given)
        pairs = zip(before, blame, strict=True)
        blame = tuple(new + (1 - seen) * old for new, old in pairs)
        # Add: the same weights were used at every step
        total = [old + new for old, new in zip(total, gradient, strict=True)]
    return tuple(total), dx


@checked(also=check_fit)
def time_check(
    weights: Weights,
    x: Sequences,
    delta: States,
    cell: Kind = "lstm",
    mask: Mask = None,
    step: Positive = 1e-5,
) -> float:
    """Compare `through_time` with slopes found by nudging each weight.

    Parameters
    ----------
    weights, x, delta, cell, mask
        As in `through_time`. The loss is the sum of delta times what the cell says.
    step : float
        Nudge, > 0 [unit of a weight], up and down.

    Returns
    -------
    float
        Norm of the difference over the sum of both norms [1]: below 1e-6 where the
        gradient is right.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    >>> x, delta = np.ones((2, 5, 1)), np.ones((2, 5, 3))
    >>> time_check(initial_cell(1, 3, "gru", 0), x, delta, "gru") < 1e-6
    True
    """
    sizes = np.cumsum([part.size for part in weights])[:-1]

    def loss(theta: np.ndarray) -> float:
        parts = zip(np.split(theta, sizes), weights, strict=True)
        nudged = tuple(part.reshape(like.shape) for part, like in parts)
        states = run(nudged, x, cell, mask)[1:]
        return sum(np.sum(delta[:, t] * state[0]) for t, state in enumerate(states))

    theta = np.concatenate([part.ravel() for part in weights])
    gradient, _ = through_time(weights, x, delta, cell, mask)
    found = np.concatenate([part.ravel() for part in gradient])
    nudges = step * np.eye(theta.size)
    slopes = [(loss(theta + h) - loss(theta - h)) / (2 * step) for h in nudges]
    both = np.linalg.norm(found) + np.linalg.norm(slopes)
    return float(np.linalg.norm(found - slopes) / both) if both else 0.0
