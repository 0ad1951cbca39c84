"""Slide a kernel along a record, hand the blame back, and see how far a stack sees.

Write the three functions below. The first can also be written in MATLAB, in `slide.m`.
"""

import numpy as np


def slide(x, w, stride, dilation):
    """Return the cross-correlation of a record with a kernel.

    Output t is the sum over the taps k of ``w[k] * x[t * stride + k * dilation]``.
    There are as many as places at which all taps lie on the record.

    Parameters
    ----------
    x : ndarray, shape (n,)
        Record.
    w : ndarray, shape (size,)
        Kernel; it is not turned round.
    stride : int
        Samples from one output to the next, >= 1.
    dilation : int
        Samples from one tap to the next, >= 1.

    Returns
    -------
    ndarray, shape (n_outputs,)
    """
    raise NotImplementedError("not written yet")


def blame(x, w, delta, stride, dilation):
    """Return the derivatives of a loss by the kernel and by the record.

    Parameters
    ----------
    x, w, stride, dilation
        As in `slide`. They must not be changed.
    delta : ndarray, shape (n_outputs,)
        Derivative of the loss by each output of `slide`.

    Returns
    -------
    ndarray, shape (size + n,)
        The derivatives by w, then those by x.
    """
    raise NotImplementedError("not written yet")


def seen_from(outputs, sizes, strides, dilations):
    """Return the first and the last sample that outputs of a stack of layers see.

    No layer has zeros at its ends: output t of a layer sees the samples from
    ``t * stride`` to ``t * stride + (size - 1) * dilation`` of what is below it.

    Parameters
    ----------
    outputs : ndarray of int, shape (n_outputs,)
        Numbers of outputs of the last layer, counted from 0.
    sizes, strides, dilations : sequences of int, shape (n_layers,)
        Of each layer's kernel, from the input on.

    Returns
    -------
    ndarray of int, shape (n_outputs, 2)
        First and last sample of the input that each output sees.
    """
    raise NotImplementedError("not written yet")
