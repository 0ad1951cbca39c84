"""Build a probability, and use it: read it, mend it, act on it.

A logistic regression gives the probability of class 1, say a quarry blast, and the odds
of it are p / (1 - p). Write the four functions below. None is in the package. The first
can also be written in MATLAB, in `newton_step.m`.
"""

import numpy as np


def newton_step(theta, X, y, counts, alpha):
    """Return bias and weights after one full step of Newton's method.

    The loss is the sum over the events of `counts` times the cross-entropy of the
    event, plus alpha / 2 times the sum of the squared weights; the bias goes free.

    Parameters
    ----------
    theta : ndarray, shape (1 + n_features,)
        The bias, then the weights, before the step.
    X : ndarray, shape (n_events, n_features)
        Features, without a column of ones.
    y : ndarray of 0 and 1, shape (n_events,)
        Labels.
    counts : ndarray, shape (n_events,)
        How many times each event counts.
    alpha : float
        Strength of the penalty, > 0.

    Returns
    -------
    ndarray, shape (1 + n_features,)
        The bias, then the weights, after the step.
    """
    # BEGIN SOLUTION
    A = np.column_stack([np.ones(len(X)), X])
    p = (1 + np.tanh(A @ theta / 2)) / 2  # 1 / (1 + exp(-z)) without overflow
    penalty = alpha * (np.arange(len(theta)) > 0)
    gradient = A.T @ (counts * (p - y)) + penalty * theta
    hessian = (A.T * (counts * p * (1 - p))) @ A + np.diag(penalty)
    return theta - np.linalg.solve(hessian, gradient)
    # END SOLUTION


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


# BEGIN SOLUTION
NEWTON_STEP_M = """
function theta = newton_step(theta, X, y, counts, alpha)
A = [ones(size(X, 1), 1), X];
p = 1 ./ (1 + exp(-A * theta));
penalty = alpha * [0; ones(size(X, 2), 1)];
gradient = A' * (counts .* (p - y)) + penalty .* theta;
hessian = A' * (counts .* p .* (1 - p) .* A) + diag(penalty);
theta = theta - hessian \\ gradient;
end
"""
# END SOLUTION
