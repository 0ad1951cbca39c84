"""How long the output of a sliding layer is, and how much of the input it sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from ..._arguments import Accepted, checked, count, wrong
from ._types import are_sizes

__all__ = ["output_length", "pad_for", "receptive_field"]

Padding = Literal["valid", "same"]
Lengths = Annotated[
    Sequence[int],
    Accepted(
        "a list of one or more whole numbers >= 1, one for each layer",
        lambda value: are_sizes(value, 1),
    ),
]
Long = Annotated[int, count(1, 10**9)]


def check_fit(n: int, size: int, dilation=1, padding="valid", **_: object) -> None:
    """Raise where a kernel does not fit into what it slides along."""
    span = (size - 1) * dilation + 1
    if padding == "valid" and span > n:
        what = f"such that (size - 1) * dilation + 1 is at most n = {n}"
        raise wrong("size", what, f"{size} with dilation {dilation}")


@checked(also=check_fit)
def pad_for(
    n: Long,
    size: Long,
    stride: Long = 1,
    dilation: Long = 1,
    padding: Padding = "valid",
) -> tuple[int, int]:
    """Return how many zeros a layer lays before and after its input.

    Parameters
    ----------
    n : int
        Length of the input [samples].
    size : int
        Taps of the kernel.
    stride : int
        Samples from one output to the next.
    dilation : int
        Samples from one tap to the next.
    padding : {"valid", "same"}
        "valid" lays none; "same" so many that there are ``ceil(n / stride)`` outputs,
        an odd one at the end, as TensorFlow does.

    Returns
    -------
    tuple of int
        Zeros before and after.

    Raises
    ------
    ValueError
        If an argument is none of these, or the kernel is longer than the input.

    Examples
    --------
    >>> pad_for(10, 4, padding="same"), pad_for(10, 3, stride=2, padding="same")
    ((1, 2), (0, 1))
    """
    if padding == "valid":
        return 0, 0
    needed = (-(-n // stride) - 1) * stride + (size - 1) * dilation + 1 - n
    return max(needed, 0) // 2, max(needed, 0) - max(needed, 0) // 2


@checked(also=check_fit)
def output_length(
    n: Long,
    size: Long,
    stride: Long = 1,
    dilation: Long = 1,
    padding: Padding = "valid",
) -> int:
    """Return how many samples a layer gives.

    Parameters
    ----------
    n, size, stride, dilation, padding
        As in `pad_for`.

    Returns
    -------
    int
        Length of the output [samples].

    Raises
    ------
    ValueError
        If an argument is none of these, or the kernel is longer than the input.

    Examples
    --------
    >>> output_length(1500, 16, stride=4), output_length(1500, 16, 4, padding="same")
    (372, 375)
    """
    span = (size - 1) * dilation + 1
    return (n + sum(pad_for(n, size, stride, dilation, padding)) - span) // stride + 1


def check_layers(sizes, strides=None, dilations=None) -> None:
    """Raise unless each layer has a size, a stride and a dilation."""
    for name, values in [("strides", strides), ("dilations", dilations)]:
        if values is not None and len(values) != len(sizes):
            raise wrong(name, f"{len(sizes)} numbers, as many as sizes", len(values))


@checked(also=check_layers)
def receptive_field(
    sizes: Lengths, strides: Lengths | None = None, dilations: Lengths | None = None
) -> tuple[int, int]:
    """Return how much of the input one output of a stack of layers sees.

    Parameters
    ----------
    sizes : list of int
        Taps of each layer's kernel, or samples of each pool, from the input on.
    strides, dilations : list of int, optional
        Of each layer; 1 unless given.

    Returns
    -------
    tuple of int
        Samples of the input that one output sees, and samples of the input from one
        output to the next.

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> receptive_field([3, 3, 3]), receptive_field([3, 3, 3], strides=[2, 2, 2])
    ((7, 1), (15, 8))
    """
    ones = [1] * len(sizes)
    seen, jump = 1, 1
    for size, stride, dilation in zip(
        sizes, strides or ones, dilations or ones, strict=True
    ):
        seen, jump = seen + (size - 1) * dilation * jump, jump * stride
    return seen, jump
