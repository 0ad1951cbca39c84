"""Classes with an order: their probabilities, and how far off an answer is.

An event has one score, and thresholds t cut it into classes 0, 1, 2, ...: the log-odds
of lying at most in class k are t[k] minus the score. Write the two functions below.
Neither is in the package.
"""

import numpy as np


def class_probabilities(thresholds, score):
    """Return the probability of every class for each event.

    Parameters
    ----------
    thresholds : ndarray, shape (n_classes - 1,)
        Where the score is cut, increasing. There may be one, or many, and some may lie
        far beyond all scores, at -800 or 800, say.
    score : ndarray, shape (n_events,)
        The score of each event; between -50 and 50.

    Returns
    -------
    ndarray, shape (n_events, n_classes)
        Probabilities, the lowest class first.
    """
    # BEGIN SOLUTION
    at_most = [1 / (1 + np.exp(score - t)) for t in thresholds]
    nothing, everything = np.zeros(len(score)), np.ones(len(score))
    return np.diff([nothing, *at_most, everything], axis=0).T
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
