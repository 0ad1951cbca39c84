"""Filter a record both ways, fold a frequency, and cut windows at random."""

import numpy as np


def both_ways(signal, b, a):
    """Return a record that ran through one section forwards, then backwards.

    Both trips start from rest: before its first sample, all is zero.

    Parameters
    ----------
    signal : ndarray, shape (n_samples,)
        One record.
    b : ndarray, shape (3,)
        Weights of this sample and of the two before it.
    a : ndarray, shape (2,)
        Weights a_1 and a_2 of the two last answers, which are subtracted.

    Returns
    -------
    ndarray, shape (n_samples,)
        The filtered record, first sample first.
    """

    raise NotImplementedError("not written yet")


def alias_hz(frequency_hz, sampling_hz):
    """Return where tones appear that were sampled without a low-pass.

    Parameters
    ----------
    frequency_hz : ndarray, shape (n_tones,)
        True frequencies, >= 0 [Hz].
    sampling_hz : float
        Samples in a second [Hz].

    Returns
    -------
    ndarray, shape (n_tones,)
        Frequencies that are seen, from 0 to half of sampling_hz [Hz].
    """
    raise NotImplementedError("not written yet")


def window_starts(arrival, n_record, n_window, least, most, share):
    """Return the first samples of windows in which P lies where it may.

    All starts that are allowed are equally likely when the shares are drawn evenly:
    a share just above 0 gives the earliest, one just below 1 the latest.

    Parameters
    ----------
    arrival : int
        Sample of P in the record, counted from 0.
    n_record, n_window : int
        Lengths of the record and of a window in samples.
    least, most : int
        P lies at least and at most so many samples after the start of the window.
    share : ndarray, shape (n_windows,)
        Random numbers from 0 to below 1, one for each window.

    Returns
    -------
    ndarray of int, shape (n_windows,)
        First samples; each window lies inside the record.
    """
    raise NotImplementedError("not written yet")
