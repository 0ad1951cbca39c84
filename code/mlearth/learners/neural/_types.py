"""What the arguments of a network may be: its layers, their sizes and their spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np

from ..._arguments import (
    Accepted,
    check_matrix,
    check_vector,
    count,
    number,
    shown,
    wrong,
)

Layer = tuple[np.ndarray, np.ndarray]
"""The weights of a layer, shape (n_below, n_units), and its biases, (n_units,)."""

Activation = Literal["tanh", "relu", "sigmoid", "identity"]
Loss = Literal["squared", "cross_entropy"]


def are_sizes(value: Any, least: int) -> bool:
    """Tell whether a value is a sequence of at least so many whole numbers >= 1."""
    whole = isinstance(value, list | tuple) and all(map(count().holds, value))
    return whole and len(value) >= least


Sizes = Annotated[
    tuple[int, ...],
    Accepted(
        "two or more whole numbers >= 1: inputs, units of each layer, outputs",
        lambda value: are_sizes(value, 2),
    ),
]
Hidden = Annotated[
    tuple[int, ...],
    Accepted(
        "a tuple of whole numbers >= 1, the units of each hidden layer; () has none",
        lambda value: are_sizes(value, 0),
    ),
]
Spread = Annotated[
    str | float,
    Accepted(
        "'glorot', 'he' or a finite number >= 0",
        lambda value: (
            (isinstance(value, str) and value in ("glorot", "he"))
            or number(least=0).holds(value)
        ),
    ),
]


@dataclass(frozen=True)
class Chain:
    """Layers of weights and biases, of which each takes what the one below gives."""

    accepted: str = "a list of pairs (W, b), each layer as wide as the next one takes"

    def check(self, name: str, value: Any, *known: Any) -> list[Layer]:
        """Return the layers, or raise a ValueError that names them."""
        if not isinstance(value, list | tuple) or not len(value):
            raise wrong(name, self.accepted, shown(value))
        layers: list[Layer] = []
        for k, pair in enumerate(value):
            if not isinstance(pair, list | tuple) or len(pair) != 2:
                raise wrong(f"{name}[{k}]", "a pair (W, b)", shown(pair))
            W = check_matrix(f"{name}[{k}][0]", pair[0])
            b = check_vector(f"{name}[{k}][1]", pair[1])
            below = layers[-1][1].size if layers else W.shape[0]
            if W.shape != (below, b.size):
                what = f"of shape ({below}, {b.size})"
                raise wrong(f"{name}[{k}][0]", what, f"shape {W.shape}")
            layers.append((W, b))
        return layers


@dataclass(frozen=True)
class Outputs:
    """What each layer gave for the same samples, the samples themselves first."""

    def check(self, name: str, value: Any, *known: Any) -> list[np.ndarray]:
        """Return the outputs, or raise a ValueError that names them."""
        if not isinstance(value, list | tuple) or not len(value):
            raise wrong(name, "a list of arrays, as `forward` returns", shown(value))
        found = [check_matrix(f"{name}[{k}]", a) for k, a in enumerate(value)]
        if len({len(array) for array in found}) > 1:
            rows = ", ".join(str(len(array)) for array in found)
            raise wrong(name, "arrays with one number of rows", rows)
        return found


Workers = Annotated[int, count(1, 64)]
Many = Annotated[int, count(1, 10**9)]
"""As many as a walk may take: more is a slip of the keyboard."""
Layers = Annotated[list[Layer], Chain()]
LayerOutputs = Annotated[list[np.ndarray], Outputs()]
Gradient = Annotated[list[Layer], Chain()]
