"""The layer that goes up again: a convolution walked backwards makes more samples."""

from __future__ import annotations

import numpy as np

from ..._arguments import Numbers, check_room, checked, wrong
from .sliding import Long, Padding, pad_for

__all__ = ["correlate_transposed"]


def check_up(x, kernel, bias=0.0, stride=1, padding="valid") -> None:
    """Raise unless a kernel suits the records, and the output fits into memory."""
    if x.ndim != 3:
        what = "of shape (n_samples, n_times, n_channels)"
        raise wrong("x", what, f"shape {x.shape}")
    if kernel.ndim != 3 or kernel.shape[2] != x.shape[2]:
        what = f"of shape (size, n_out, {x.shape[2]}), the last as in x"
        raise wrong("kernel", what, f"shape {kernel.shape}")
    if np.shape(bias) not in ((), kernel.shape[1:2]):
        what = f"a number or {kernel.shape[1]} numbers, one for each channel out"
        raise wrong("bias", what, f"shape {np.shape(bias)}")
    check_room("stride", stride, len(x) * x.shape[1] * stride * kernel.shape[1])


@checked(also=check_up)
def correlate_transposed(
    x: Numbers,
    kernel: Numbers,
    bias: Numbers = 0.0,
    stride: Long = 1,
    padding: Padding = "same",
) -> np.ndarray:
    """Lay a kernel down at every `stride`-th place, once for each sample of records.

    It is the way back of :func:`correlate` through its input, used as a layer: what
    one sample hands down overlaps with what its neighbours do, and is added.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_times, n_in)
        Records of `n_in` channels.
    kernel : array_like, shape (size, n_out, n_in)
        Weights: what comes out stands before what goes in, as in Keras.
    bias : float or array_like, shape (n_out,)
        Is added to each channel that comes out.
    stride : int
        Samples that come out for each that goes in.
    padding : {"valid", "same"}
        "valid" keeps all that the kernel reached; "same" cuts the ends, so that
        ``n_times * stride`` samples are left.

    Returns
    -------
    ndarray, shape (n_samples, n_times_out, n_out)

    Raises
    ------
    ValueError
        If the arrays do not fit together, or something is not finite.

    Notes
    -----
    ``keras.layers.Conv1DTranspose`` gives the same, in single precision.

    Examples
    --------
    >>> two = np.array([1.0, 10.0]).reshape(1, 2, 1)
    >>> kernel = np.array([1.0, 2.0, 3.0]).reshape(3, 1, 1)
    >>> correlate_transposed(two, kernel, 0.0, 2, "valid").ravel().tolist()
    [1.0, 2.0, 13.0, 20.0, 30.0]
    """
    n, size = x.shape[1], len(kernel)
    y = np.zeros((len(x), n * stride + max(size - stride, 0), kernel.shape[1]))
    # Go up: each tap is laid down at every stride-th place, and added
    for tap in range(size):
        y[:, tap : tap + (n - 1) * stride + 1 : stride] += x @ kernel[tap].T
    if padding == "same":
        before = pad_for(n * stride, size, stride, padding="same")[0]
        y = y[:, before : before + n * stride]
    return y + bias
