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

    # BEGIN SOLUTION
    def run(x):
        y = np.zeros(len(x) + 2)
        x = np.concatenate([[0.0, 0.0], x])
        for k in range(2, len(x)):
            past = a[0] * y[k - 1] + a[1] * y[k - 2]
            y[k] = b[0] * x[k] + b[1] * x[k - 1] + b[2] * x[k - 2] - past
        return y[2:]

    there = run(signal)
    return run(there[::-1])[::-1]
    # END SOLUTION


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
    # BEGIN SOLUTION
    rest = frequency_hz % sampling_hz
    return np.minimum(rest, sampling_hz - rest)
    # END SOLUTION


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
    # BEGIN SOLUTION
    first = max(arrival - most, 0)
    last = min(arrival - least, n_record - n_window)
    return first + np.floor(share * (last - first + 1)).astype(int)
    # END SOLUTION


# BEGIN SOLUTION
BOTH_WAYS_M = """
function y = both_ways(signal, b, a)
y = signal;
for trip = 1:2
    x = [0; 0; y];
    out = zeros(size(x));
    for k = 3:numel(x)
        past = a(1) * out(k - 1) + a(2) * out(k - 2);
        out(k) = b(1) * x(k) + b(2) * x(k - 1) + b(3) * x(k - 2) - past;
    end
    y = flipud(out(3:end));
end
end
"""
# END SOLUTION
