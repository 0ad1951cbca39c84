"""Layers that slide one small set of weights along a record, or over an image.

Arrays are laid out as in Keras: samples, then time (or rows and columns), then
channels; a kernel has its taps first, then the channels that go in and come out.
"""

from __future__ import annotations

import numpy as np

from ..._arguments import Numbers, check_room, checked, wrong
from .sliding import Long, Padding, check_fit, output_length, pad_for

__all__ = ["correlate", "correlate_backward"]


def check_stack(x, kernel, bias=0.0, stride=1, dilation=1, padding="valid", **more):
    """Raise unless a kernel suits the records, and its output what came back."""
    if x.ndim not in (3, 4):
        what = "of shape (n_samples, n_times, n_channels), or (n_samples, n_rows, "
        raise wrong("x", what + "n_columns, n_channels)", f"shape {x.shape}")
    if kernel.ndim != x.ndim or kernel.shape[-2] != x.shape[-1]:
        what = f"of {x.ndim} axes, the last but one of length {x.shape[-1]}, as in x"
        raise wrong("kernel", what, f"shape {kernel.shape}")
    if np.shape(bias) not in ((), kernel.shape[-1:]):
        what = f"a number or {kernel.shape[-1]} numbers, one for each channel out"
        raise wrong("bias", what, f"shape {np.shape(bias)}")
    plan = [
        (n, size, stride, dilation, padding)
        for n, size in zip(x.shape[1:-1], kernel.shape, strict=False)
    ]
    for each in plan:
        check_fit(each[0], each[1], dilation, padding)
    long = [n + sum(pad_for(n, *each)) for n, *each in plan]
    check_room("x", len(x), x.shape[0] * x.shape[-1] * int(np.prod(long)))
    shape = (len(x), *(output_length(*each) for each in plan), kernel.shape[-1])
    if "delta" in more and more["delta"].shape != shape:
        raise wrong("delta", f"of shape {shape}", f"shape {more['delta'].shape}")


def padded(x, kernel, stride, dilation, padding) -> tuple[np.ndarray, tuple]:
    """Return an input between its zeros, and where the input itself lies in it."""
    ends = [
        pad_for(n, size, stride, dilation, padding)
        for n, size in zip(x.shape[1:-1], kernel.shape, strict=False)
    ]
    own = [slice(a, a + n) for (a, _), n in zip(ends, x.shape[1:], strict=False)]
    return np.pad(x, [(0, 0), *ends, (0, 0)]), (slice(None), *own)


def met(tap, counts, stride, dilation) -> tuple[slice, ...]:
    """Return the places of the input that one tap meets, one for each output."""
    first = (i * dilation for i in tap)
    return (
        slice(None),
        *(
            slice(a, a + (n - 1) * stride + 1, stride)
            for a, n in zip(first, counts, strict=True)
        ),
    )


@checked(also=check_stack)
def correlate(
    x: Numbers,
    kernel: Numbers,
    bias: Numbers = 0.0,
    stride: Long = 1,
    dilation: Long = 1,
    padding: Padding = "valid",
) -> np.ndarray:
    """Slide a kernel along records, or over images: the layer called a convolution.

    The kernel is not turned round, so this is a cross-correlation.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_times, n_in) or (n_samples, rows, columns, n_in)
        Records or images of `n_in` channels.
    kernel : array_like, shape (size, n_in, n_out) or (rows, columns, n_in, n_out)
        Weights.
    bias : float or array_like, shape (n_out,)
        Is added to each channel that comes out.
    stride : int
        Samples from one output to the next, along every axis.
    dilation : int
        Samples from one tap to the next, along every axis.
    padding : {"valid", "same"}
        As in `pad_for`.

    Returns
    -------
    ndarray, shape (n_samples, n_times_out, n_out), or with rows and columns
        Sums of each output.

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    >>> step = np.array([0.0, 0.0, 1.0, 1.0]).reshape(1, 4, 1)
    >>> correlate(step, np.array([-1.0, 1.0]).reshape(2, 1, 1)).ravel().tolist()
    [0.0, 1.0, 0.0]
    """
    x, _ = padded(x, kernel, stride, dilation, padding)
    counts = [
        output_length(n, size, stride, dilation)
        for n, size in zip(x.shape[1:-1], kernel.shape, strict=False)
    ]
    y = np.zeros((len(x), *counts, kernel.shape[-1])) + bias
    # Slide: each tap meets the input at all places at once
    for tap in np.ndindex(*kernel.shape[:-2]):
        y += x[met(tap, counts, stride, dilation)] @ kernel[tap]
    return y


@checked(also=check_stack)
def correlate_backward(
    x: Numbers,
    kernel: Numbers,
    delta: Numbers,
    stride: Long = 1,
    dilation: Long = 1,
    padding: Padding = "valid",
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hand the blame for the outputs of `correlate` to its input and its weights.

    Parameters
    ----------
    x, kernel
        As in `correlate`.
    delta : array_like, of the shape that `correlate` returns
        Derivative of the loss by each output.
    stride, dilation, padding
        As in `correlate`.

    Returns
    -------
    tuple of ndarray
        Derivatives by `x`, by `kernel` and by the bias, shape (n_out,).

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Examples
    --------
    >>> x, kernel = np.ones((1, 3, 1)), np.array([2.0, 5.0]).reshape(2, 1, 1)
    >>> dx, dkernel, dbias = correlate_backward(x, kernel, np.ones((1, 2, 1)))
    >>> dx.ravel().tolist(), dkernel.ravel().tolist(), dbias.tolist()
    ([2.0, 7.0, 5.0], [2.0, 2.0], [2.0])
    """
    x, own = padded(x, kernel, stride, dilation, padding)
    dx, dkernel = np.zeros_like(x), np.zeros_like(kernel)
    flat = delta.reshape(-1, delta.shape[-1])
    for tap in np.ndindex(*kernel.shape[:-2]):
        place = met(tap, delta.shape[1:-1], stride, dilation)
        # Blame the weights: what each tap met, times what came of it
        dkernel[tap] = x[place].reshape(-1, x.shape[-1]).T @ flat
        # Blame the input: back through the same tap, to the same places
        dx[place] += delta @ kernel[tap].T
    return dx[own], dkernel, flat.sum(axis=0)
