"""What stretching an array to a larger shape does to derivatives: they add up."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from ..._arguments import Accepted, Numbers, checked, wrong

__all__ = ["unstretched"]

Shape = Annotated[
    tuple[int, ...],
    Accepted(
        "a tuple of whole numbers >= 1, as many or fewer than g has axes",
        lambda value: (
            isinstance(value, tuple)
            and all(type(size) is int and size >= 1 for size in value)
        ),
    ),
]


def _broadcasts(g: np.ndarray, shape: tuple[int, ...]) -> None:
    """Raise unless an array of this shape can be stretched to that of g."""
    last = g.shape[g.ndim - len(shape) :] if len(shape) <= g.ndim else ()
    fits = len(shape) <= g.ndim and all(
        size in (1, long) for size, long in zip(shape, last, strict=True)
    )
    if not fits:
        what = f"a shape that NumPy stretches to that of g, {g.shape}"
        raise wrong("shape", what, shape)


@checked(also=_broadcasts)
def unstretched(g: Numbers, shape: Shape) -> np.ndarray:
    """Add up a derivative over the copies that broadcasting made.

    Parameters
    ----------
    g : array_like
        Derivatives by an array after it was stretched.
    shape : tuple of int
        Shape of the array before.

    Returns
    -------
    ndarray, of the shape given
        Derivatives by the array before: where a number was copied, the sum over its
        copies.

    Raises
    ------
    ValueError
        If an array of this shape cannot be stretched to that of `g`.

    Examples
    --------
    >>> unstretched(np.ones((5, 3)), (3,))
    array([5., 5., 5.])
    >>> unstretched(np.ones((2, 3)), (2, 1)).tolist()
    [[3.0], [3.0]]
    """
    # axes that were put in front
    g = g.sum(axis=tuple(range(g.ndim - len(shape))))
    # axes of length one that were made longer
    long = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return g.sum(axis=long, keepdims=True)
