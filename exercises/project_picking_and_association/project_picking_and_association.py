"""The plumbing of the project: splits, windows, heights, scores, probabilities.

Write the six functions below. None of them is a picker; all of them decide whether
what you say about yours is true.
"""

import numpy as np


def split_recordings(recording, n_held_out, random_state):
    """Tell which rows are held out, whole recordings at a time.

    Parameters
    ----------
    recording : ndarray of int, shape (n_rows,)
        Recording of each row; several rows share one, in any order.
    n_held_out : int
        How many recordings are held out.
    random_state : int
        Seed that draws them.

    Returns
    -------
    ndarray of bool, shape (n_rows,)
        True for all rows of the drawn recordings, False for all others.
    """
    raise NotImplementedError("not written yet")


def window_starts(onsets, n_samples, length, n_events, n_noise, random_state):
    """Draw first samples of windows: some with an onset in them, some without.

    A window that starts at k holds the samples k to k + length - 1. It lies whole
    within the record. An onset stands anywhere in a window that holds it.

    Parameters
    ----------
    onsets : ndarray of int, shape (n_onsets,)
        Samples of the onsets in the record, ascending.
    n_samples, length : int
        Samples of the record, and of a window.
    n_events, n_noise : int
        How many windows hold an onset, and how many hold none.
    random_state : int
        Seed.

    Returns
    -------
    ndarray of int, shape (n_events + n_noise,)
        First samples, those of windows with an onset first.
    """
    raise NotImplementedError("not written yet")


def best_height(true, found, matched, heights):
    """Return the height whose F1 is largest, from counts of validation recordings.

    F1 is twice the matches over true and found picks, *all recordings together*. Of
    heights that are equally good the lowest is taken.

    Parameters
    ----------
    true : ndarray of int, shape (n_recordings,)
        True picks of each recording.
    found, matched : ndarray of int, shape (n_heights, n_recordings)
        What was found and what was matched with each height.
    heights : ndarray, shape (n_heights,)
        In any order.

    Returns
    -------
    float
    """
    raise NotImplementedError("not written yet")


def f1_interval(counts, draws):
    """Return F1 of all recordings, and the ends of its 95 % interval.

    Parameters
    ----------
    counts : ndarray of int, shape (n_recordings, 3)
        True, found and matched events of each recording.
    draws : ndarray of int, shape (n_draws, n_recordings)
        Rows of the recordings of each resample.

    Returns
    -------
    ndarray, shape (3,)
        F1, and the quantiles 0.025 and 0.975 of the resamples' F1.
    """

    raise NotImplementedError("not written yet")


def calibration_gaps(probability, is_right, edges):
    """Return how much larger the mean probability is than the share of right picks.

    Parameters
    ----------
    probability : ndarray, shape (n_picks,)
        What the picker said of each pick, from edges[0] to edges[-1].
    is_right : ndarray of bool, shape (n_picks,)
        Whether a true onset is near.
    edges : ndarray, shape (n_bins + 1,)
        Bin i holds edges[i] <= probability < edges[i + 1]; the last bin holds its
        upper edge too.

    Returns
    -------
    ndarray, shape (n_bins,)
        Mean probability minus share of right picks; NaN in an empty bin.
    """
    raise NotImplementedError("not written yet")


def pick_trace(trace, sampling_hz):
    """Return when waves arrive in a trace with several events.

    Any method is welcome that needs no training: the ratio of a short to a long
    average of the squares, `mlearth.seismology.pick_onsets`, or your own. It has to
    beat the naive picker: one that waits for five times the trace's standard deviation.

    Parameters
    ----------
    trace : ndarray, shape (n_samples,)
        One component; its noise is not as loud in every trace.
    sampling_hz : float
        Samples in a second.

    Returns
    -------
    ndarray, shape (n_picks,)
        Times after the first sample [s], ascending.
    """
    raise NotImplementedError("not written yet")
