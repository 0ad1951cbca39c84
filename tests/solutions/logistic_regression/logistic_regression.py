"""What a probability is good for: reading it, mending it, acting on it.

A logistic regression gives the probability of class 1, say a quarry blast, and the odds
of it are p / (1 - p). Write the four functions below. None is in the package.
"""

import numpy as np


def odds_factor(w, w_se, step):
    """Return the factor by which the odds change, with its 95 % interval.

    Parameters
    ----------
    w : float
        Weight of a feature: change of the natural logarithm of the odds per unit.
    w_se : float
        Its standard error, in the same unit.
    step : float
        How far the feature moves, in its unit; it may be negative.

    Returns
    -------
    ndarray, shape (3,)
        The factor, and the lower and the upper end of its interval, which belong to
        w - 1.96 w_se and w + 1.96 w_se in one order or the other.
    """
    # BEGIN SOLUTION
    ends = np.exp(step * (w + np.array([-1.96, 1.96]) * w_se))
    return np.array([np.exp(step * w), ends.min(), ends.max()])
    # END SOLUTION


def undo_class_weight(probability, weight):
    """Return the probabilities that a class weight has distorted, as they should be.

    In training every event of class 1 was counted `weight` times, so the classifier
    finds the odds of class 1 that many times too high.

    Parameters
    ----------
    probability : ndarray, shape (n_events,)
        Probability of class 1 that the classifier gives, from 0 to 1.
    weight : float
        How often an event of class 1 was counted, > 0.

    Returns
    -------
    ndarray, shape (n_events,)
        Probability of class 1 without the weight, from 0 to 1.
    """
    # BEGIN SOLUTION
    return probability / (probability + weight * (1 - probability))
    # END SOLUTION


def mean_cost(y_true, probability, threshold, cost_missed, cost_false):
    """Return what the decisions cost, per event.

    There is an alarm where the probability is at least the threshold.

    Parameters
    ----------
    y_true : ndarray of 0 and 1, shape (n_events,)
        Whether the event is of class 1.
    probability : ndarray, shape (n_events,)
        Probability of class 1.
    threshold : float
        Least probability that raises an alarm.
    cost_missed : float
        Cost of an event of class 1 without an alarm.
    cost_false : float
        Cost of an alarm at an event of class 0.

    Returns
    -------
    float
        Mean cost over all events, the right decisions (cost 0) included.
    """
    # BEGIN SOLUTION
    alarm = probability >= threshold
    missed = np.sum((y_true == 1) & ~alarm)
    false = np.sum((y_true == 0) & alarm)
    return (cost_missed * missed + cost_false * false) / len(y_true)
    # END SOLUTION


def ordinal_error(y_true, y_pred):
    """Return how many classes the answers are off, each true class worth the same.

    Parameters
    ----------
    y_true : ndarray of int, shape (n_events,)
        True classes, numbered in their order.
    y_pred : ndarray of int, shape (n_events,)
        Answers, numbered alike.

    Returns
    -------
    float
        The mean distance in classes within each class that occurs in `y_true`,
        averaged over these classes. 0 is perfect.
    """
    # BEGIN SOLUTION
    off = np.abs(y_pred - y_true)
    classes = np.unique(y_true)
    return float(np.mean([np.mean(off[y_true == one]) for one in classes]))
    # END SOLUTION
