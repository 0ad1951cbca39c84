"""Boost a round, step in the leaves, and keep a promise by counting.

Write the three functions below. None is in the package. The first can also be written
in MATLAB, in `boosting_round.m`.
"""

import numpy as np


def boosting_round(weights, y, vote):
    """Return the say of one voter, and then the new weights of the samples.

    The say makes the sum of weight times exp(-say * y * vote) as small as it can be;
    the weights are those terms, divided by their sum.

    Parameters
    ----------
    weights : ndarray, shape (n_samples,)
        Weight of each sample, > 0; they need not add up to 1.
    y : ndarray, shape (n_samples,)
        Labels -1 and 1.
    vote : ndarray, shape (n_samples,)
        What the voter says of each sample: -1, 1, or 0 where it abstains. It is right
        of some samples and wrong of some.

    Returns
    -------
    ndarray, shape (1 + n_samples,)
        The say, then the new weights, in the order of the samples; they add up to 1.
    """
    raise NotImplementedError("not written yet")


def leaf_steps(y, F, leaf, learning_rate):
    """Return the scores after one round of boosting the absolute residual |y - F|.

    A tree has been grown. Each of its leaves now takes a part of the step that makes
    the sum of the absolute residuals of its samples least: their median residual, half
    way between the two in the middle where the leaf has an even number.

    Parameters
    ----------
    y : ndarray, shape (n_samples,)
        Targets.
    F : ndarray, shape (n_samples,)
        Scores before the round.
    leaf : ndarray of int, shape (n_samples,)
        Number of the leaf that each sample is in.
    learning_rate : float
        Part of the step that is taken.

    Returns
    -------
    ndarray, shape (n_samples,)
        Scores after the round.
    """
    raise NotImplementedError("not written yet")


def conformal_interval(residual, prediction, level):
    """Return intervals that cover a share `level` of new samples, on average.

    Parameters
    ----------
    residual : ndarray, shape (n_samples,)
        Target minus prediction of samples that were held back.
    prediction : ndarray, shape (n_new,)
        Predictions of new samples.
    level : float
        Share to be covered, such as 0.9.

    Returns
    -------
    ndarray, shape (n_new, 2)
        Lower and upper end of each interval, -inf and inf if `residual` is too short
        to promise anything. A rank that is whole but for rounding, such as 0.9 times
        20, counts as whole.
    """
    raise NotImplementedError("not written yet")
