"""What the arguments of attention may be: its sequences, masks and weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import ArrayLike

from ..._arguments import check_room, shown, wrong
from ..._arguments.types import Array

HEADS = ("d", "h", "k")
MULTI_HEAD = (HEADS, HEADS[1:]) * 3 + (("h", "k", "d"), ("d",))
"""Axes of the arrays of multi-head attention, as Keras lays them out."""
BLOCK = (("d",), ("d",), *MULTI_HEAD, ("d",), ("d",))
BLOCK = (*BLOCK, ("d", "u"), ("u",), ("u", "d"), ("d",))
"""Axes of the arrays of a transformer block."""

Queries = Annotated[ArrayLike, Array(("n_samples", "n_queries", "n_features"))]
Keys = Annotated[ArrayLike, Array(("n_samples", "n_keys", "n_features"))]
Values = Annotated[ArrayLike, Array(("n_samples", "n_keys", "n_values"))]
Blame = Annotated[ArrayLike, Array(("n_samples", "n_queries", "n_values"))]


@dataclass(frozen=True)
class Visible:
    """Which keys each query may look at, or None for all."""

    def check(self, name: str, value: Any, *known: Any) -> np.ndarray | None:
        """Return the mask, or raise a ValueError that names it."""
        if value is None:
            return None
        mask = np.asarray(value)
        if np.ma.isMaskedArray(value):
            raise wrong(name, "booleans, none of them masked", "a masked array")
        if mask.dtype != bool or mask.ndim not in (2, 3) or not mask.size:
            what = "None or booleans, shape (n_queries, n_keys), for each sample or all"
            raise wrong(name, what, f"{mask.dtype} of shape {mask.shape}")
        if not mask.any(axis=-1).all():
            raise wrong(name, "True for at least one key of each query", "a blind one")
        return mask


@dataclass(frozen=True)
class Arrays:
    """The weights of a layer: arrays whose axes fit one another."""

    axes: tuple

    def check(self, name: str, value: Any, *known: Any) -> list[np.ndarray]:
        """Return the weights, or raise a ValueError that names them."""
        if not isinstance(value, list | tuple) or len(value) != len(self.axes):
            raise wrong(name, f"a list of {len(self.axes)} arrays", shown(value))
        sizes: dict = {}
        arrays = [
            Array(axes).check(f"{name}[{k}]", one, sizes)
            for k, (one, axes) in enumerate(zip(value, self.axes, strict=True))
        ]
        return arrays


Mask = Annotated[Any, Visible()]
HeadWeights = Annotated[list, Arrays(MULTI_HEAD)]
BlockWeights = Annotated[list, Arrays(BLOCK)]


def _check_mask(mask: Any, shape: tuple[int, int, int]) -> None:
    """Raise unless a mask is one table, or one for each sample."""
    if mask is not None and mask.shape not in (shape, shape[1:]):
        what = f"of shape {shape[1:]} or {shape}"
        raise wrong("mask", what, f"shape {mask.shape}")


def check_three(Q, K, V, mask=None, delta=None) -> None:
    """Raise unless queries, keys, values, mask and blame fit together."""
    if len(K) != len(Q) or K.shape[2] != Q.shape[2]:
        what = f"{len(Q)} samples of {Q.shape[2]} features, as Q has"
        raise wrong("K", what, f"shape {K.shape}")
    if V.shape[:2] != K.shape[:2]:
        what = f"{len(K)} samples of {K.shape[1]} values, one for each key"
        raise wrong("V", what, f"shape {V.shape}")
    shape = (len(Q), Q.shape[1], K.shape[1])
    check_room("Q", Q.shape[1], int(np.prod(shape)))
    _check_mask(mask, shape)
    if delta is not None and delta.shape != (*Q.shape[:2], V.shape[2]):
        what = f"of shape {(*Q.shape[:2], V.shape[2])}"
        raise wrong("delta", what, f"shape {delta.shape}")


def fits(first: int) -> Callable[..., None]:
    """Return a check of sequences against weights; `first` has their features."""

    def check_fit(weights, x, mask=None, delta=None) -> None:
        n_features = weights[first].shape[0]
        if x.shape[2] != n_features:
            what = f"sequences of {n_features} features, as the weights take"
            raise wrong("x", what, f"shape {x.shape}")
        shape = (len(x), x.shape[1], x.shape[1])
        check_room("x", x.shape[1], int(np.prod(shape)))
        _check_mask(mask, shape)
        if delta is not None and delta.shape != x.shape:
            raise wrong("delta", f"of shape {x.shape}", f"shape {delta.shape}")

    return check_fit
