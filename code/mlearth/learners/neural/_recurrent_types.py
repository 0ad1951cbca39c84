"""What the arguments of a recurrent network may be: its weights and its sequences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import check_matrix, check_vector, shown, wrong
from ..._arguments.types import Array
from .recurrent_cells import check_biases, check_gates

CELLS = {"rnn": (1, 1), "lstm": (4, 2), "gru": (3, 1)}
"""Of each cell: blocks of columns in its weights, and arrays in its state."""

Kind = Literal["rnn", "lstm", "gru"]
Sequences = Annotated[ArrayLike, Array(("n_samples", "n_times", "n_features"))]
States = Annotated[ArrayLike, Array(("n_samples", "n_times", "n_units"))]


@dataclass(frozen=True)
class Cell:
    """The weights of one cell."""

    accepted: str = "a triple (W, U, b): weights of the inputs, of the state, biases"

    def check(self, name: str, value: Any, *known: Any) -> tuple[np.ndarray, ...]:
        """Return the weights, or raise a ValueError that names them."""
        if not isinstance(value, list | tuple) or len(value) != 3:
            raise wrong(name, self.accepted, shown(value))
        W = check_matrix(f"{name}[0]", value[0])
        U = check_matrix(f"{name}[1]", value[1])
        check = check_vector if np.ndim(value[2]) < 2 else check_matrix
        b = check(f"{name}[2]", value[2])
        if not W.shape[1] == U.shape[1] == b.shape[-1]:
            columns = f"{W.shape[1]}, {U.shape[1]} and {b.shape[-1]} columns"
            raise wrong(name, "three arrays with one number of columns", columns)
        return W, U, b


@dataclass(frozen=True)
class Seen:
    """Which steps of each sequence are there, or None for all."""

    def check(self, name: str, value: Any, *known: Any) -> np.ndarray | None:
        """Return the mask, or raise a ValueError that names it."""
        if value is None:
            return None
        mask = np.asarray(value)
        if np.ma.isMaskedArray(value):
            raise wrong(name, "booleans, none of them masked", "a masked array")
        if mask.dtype != bool or mask.ndim != 2 or not mask.size:
            what = "None or booleans, shape (n_samples, n_times)"
            raise wrong(name, what, f"{mask.dtype} of shape {mask.shape}")
        return mask


Weights = Annotated[tuple, Cell()]
Mask = Annotated[Any, Seen()]


def check_fit(weights, x, cell="lstm", mask=None, delta=None, **_: object) -> None:
    """Raise unless weights, inputs, mask and blame belong to this cell."""
    W, U, b = weights
    check_gates("weights[1]", U, CELLS[cell][0])
    if len(W) != x.shape[2]:
        what = f"sequences of {len(W)} features, as weights[0] takes"
        raise wrong("x", what, f"shape {x.shape}")
    if (cell == "gru") != (b.ndim == 2):
        what = "a table of two rows" if cell == "gru" else "one-dimensional"
        raise wrong("weights[2]", what, f"shape {b.shape}")
    if cell == "gru":
        check_biases("weights[2]", b)
    if mask is not None and mask.shape != x.shape[:2]:
        raise wrong("mask", f"of shape {x.shape[:2]}, as x has", f"shape {mask.shape}")
    if delta is not None and delta.shape != (*x.shape[:2], len(U)):
        what = f"of shape {(*x.shape[:2], len(U))}"
        raise wrong("delta", what, f"shape {delta.shape}")
