"""Homework 3, event classification with a CNN: nine short functions in four parts.

The page of the homework gives the mathematics, the data and what to hand in. Every
function returns its answer, prints nothing and leaves its arguments as they are. NumPy
is enough, and SciPy for a binomial distribution; no function needs TensorFlow.

Part (a) asks for one function a second time, in MATLAB. It goes into the file
spectral_ratios.m beside this one and begins with

    function r = spectral_ratios(p, s, noise, rate_hz, edges_hz)
"""

import numpy as np

# ---------------------------------------------------------------------------
# (a) The deal, and the baseline
# ---------------------------------------------------------------------------


def deal_events(kind, event_id, n_parts, random_state):
    """Deal whole events into parts that are alike in kind and in size.

    Of each kind, the numbers of events in two parts differ by one at most, and so do
    the numbers of all events. But for that, the deal is random.

    Parameters
    ----------
    kind : ndarray, shape (n_records,)
        Kind of the event of each record: numbers or text.
    event_id : ndarray, shape (n_records,)
        The event of each record: numbers or text, in any order. All records of an
        event have one kind.
    n_parts : int
        How many parts, from 2 on.
    random_state : int
        Seed: the same seed gives the same deal.

    Returns
    -------
    ndarray of int, shape (n_records,)
        The part of each record, from 0 to n_parts - 1.
    """
    raise NotImplementedError("not written yet")


def spectral_ratios(p, s, noise, rate_hz, edges_hz):
    """Return log10 of the power of P over that of S in bands, without the noise.

    Take the mean off every component of a window and taper it with `numpy.hanning`.
    The power of a window in a band is the sum of the squared moduli of its Fourier
    coefficients (`numpy.fft.rfft`), over all components and over all frequencies f with
    low <= f < high. From the power of P, and from that of S, subtract the power of the
    noise in the same band, but leave at least a tenth of it.

    Parameters
    ----------
    p, s, noise : ndarray, shape (n_records, n_times, n_components)
        Windows of equal length around P, around S, and before P.
    rate_hz : float
        Samples per second.
    edges_hz : sequence of float, shape (n_bands + 1,)
        Where bands begin and end [Hz], rising; each band ends where the next begins.

    Returns
    -------
    ndarray, shape (n_records, n_bands)
    """
    raise NotImplementedError("not written yet")


# ---------------------------------------------------------------------------
# (b) The network, layer by layer
# ---------------------------------------------------------------------------


def layer_table(n_samples, n_channels, layers):
    """Return what each layer of a stack of convolutions makes, learns and sees.

    Parameters
    ----------
    n_samples, n_channels : int
        Length of a record, and its number of components.
    layers : list of tuple (channels, taps, stride, dilation, padding)
        Each layer, from the input on: channels that come out, taps of a kernel, stride,
        dilation, and "valid" or "same", as in Keras.

    Returns
    -------
    ndarray of int, shape (n_layers, 4)
        Of each layer: how many outputs it has in time; how many parameters, each output
        channel with its bias; how many samples of the input one output sees, zeros at
        the ends included; and the first of those that output 0 sees. Samples count from
        0; a zero that is laid before the record has a negative number.
    """
    raise NotImplementedError("not written yet")


def evidence(x, weights, strides):
    """Return what each moment of a record adds to the answer of a network.

    The network is that of the page: convolutions, each with "same" zeros (the odd one
    behind), a bias and a ReLU; the mean over time; a dense layer with a bias. Its
    answer is the mean over time of what you return.

    Parameters
    ----------
    x : ndarray, shape (n_records, n_times, n_components)
        Records.
    weights : list of ndarray
        Kernel, shape (taps, channels in, channels out), and bias, shape (channels
        out,), of each convolution in turn; then the weights of the dense layer, shape
        (channels, n_kinds), and its bias, shape (n_kinds,). As `get_weights` of Keras
        has them.
    strides : sequence of int
        Of each convolution.

    Returns
    -------
    ndarray, shape (n_records, n_outputs, n_kinds)
        One row for each output in time of the last convolution.
    """
    raise NotImplementedError("not written yet")


# ---------------------------------------------------------------------------
# (c) Scores, and how sure they are
# ---------------------------------------------------------------------------


def confusion(truth, said, n_kinds, z):
    """Count who was called what, with an interval for each share of a row.

    The interval is Wilson's: with n events of a true kind, a share f of which were
    called so, its ends are

        (f + z^2 / 2n -+ z sqrt(f (1 - f) / n + z^2 / 4n^2)) / (1 + z^2 / n)

    Parameters
    ----------
    truth, said : ndarray of int, shape (n_events,)
        True kind of each event, and what it was called, from 0 to n_kinds - 1.
    n_kinds : int
        Number of kinds.
    z : float
        1.96 for 95 %.

    Returns
    -------
    ndarray, shape (n_kinds, n_kinds, 3)
        In row i and column j: the number of events of kind i that were called j, and
        the lower and the upper end of its share of row i. A row without events has the
        ends 0 and 1.
    """
    raise NotImplementedError("not written yet")


def disagreements(one, other, is_explosion, event_id):
    """Count the events on which exactly one of two models is right, and judge them.

    A model calls an event an explosion if the mean of its log-odds over the records of
    the event is above 0. If neither model were better, each event on which one alone is
    right would fall to either as by the toss of a coin. The third number is the chance
    of a split at least as uneven as the one found, to either side; 1 if there is none.

    Parameters
    ----------
    one, other : ndarray, shape (n_records,)
        Log-odds of an explosion, of each record, by two models.
    is_explosion : ndarray of bool, shape (n_records,)
        Truth; all records of an event have the same.
    event_id : ndarray, shape (n_records,)
        The event of each record: numbers or text, in any order.

    Returns
    -------
    tuple of (int, int, float)
        Events on which only `one` is right, events on which only `other` is right, and
        the chance.
    """
    raise NotImplementedError("not written yet")


def reliability(log_odds, is_explosion, event_id, edges):
    """Lay what was promised for whole events beside what came true.

    The promise for an event is the probability that belongs to the mean of the log-odds
    over its records, 1 / (1 + exp(-mean)).

    Parameters
    ----------
    log_odds : ndarray, shape (n_records,)
        Log-odds of an explosion, of each record.
    is_explosion : ndarray of bool, shape (n_records,)
        Truth; all records of an event have the same.
    event_id : ndarray, shape (n_records,)
        The event of each record: numbers or text, in any order.
    edges : sequence of float, shape (n_bins + 1,)
        Where bins of the promise begin and end, rising from 0 to 1. A promise on an
        edge belongs to the upper bin, but 1 to the last one.

    Returns
    -------
    ndarray, shape (n_bins, 3)
        Of each bin: events in it, the mean of their promises, and the share of
        explosions among them. An empty bin has 0, nan and nan.
    """
    raise NotImplementedError("not written yet")


# ---------------------------------------------------------------------------
# (d) Elsewhere
# ---------------------------------------------------------------------------


def noise_of_others(x, station, noise, noise_station, ratio, random_state):
    """Add noise to each record that another station recorded.

    Each record gets one window of noise, drawn at random from all that were recorded by
    another station than its own, and scaled as a whole: the root-mean-square of the
    record, over all its samples and components, is `ratio` times that of the noise that
    is added.

    Parameters
    ----------
    x : ndarray, shape (n_records, n_times, n_components)
        Records.
    station : ndarray, shape (n_records,)
        Station of each record: numbers or text.
    noise : ndarray, shape (n_windows, n_times, n_components)
        Windows of noise, none of them zero throughout.
    noise_station : ndarray, shape (n_windows,)
        Station of each window.
    ratio : float
        Above 0; the same for all records.
    random_state : int
        Seed: the same seed gives the same answer.

    Returns
    -------
    ndarray, shape (n_records, n_times, n_components)
    """
    raise NotImplementedError("not written yet")


def leave_one_out(features, kind):
    """Say for each event which kind it is, from all the others alone.

    Divide every feature by its standard deviation over the other events, take the mean
    of each kind over the other events, and answer with the kind whose mean is nearest.

    Parameters
    ----------
    features : ndarray, shape (n_events, n_features)
        Features; none is constant.
    kind : ndarray, shape (n_events,)
        Kind of each event: numbers or text, at least two events of each.

    Returns
    -------
    ndarray, shape (n_events,)
        What is said of each event.
    """
    raise NotImplementedError("not written yet")
