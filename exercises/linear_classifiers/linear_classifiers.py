"""Four small functions around a straight line between two kinds of events.

Earthquake or quarry blast? A linear classifier answers with the sign of w.x + b, where
x holds the features of one event. Labels y are +1 (earthquake) and -1 (blast), unless a
function says otherwise.
"""

import numpy as np


def standardise(X_train, X_test):
    """Scale each feature to mean 0 and standard deviation 1 in the training rows.

    The standard deviation divides by n, as `np.std` does, not by n - 1. The test rows
    are scaled with the same numbers: nobody knows their mean when the classifier is
    used. A feature that is constant in the training rows is only shifted; rounding may
    leave its computed deviation a little above 0.

    Parameters
    ----------
    X_train : ndarray, shape (n_train, n_features)
        Training rows.
    X_test : ndarray, shape (n_test, n_features)
        Test rows.

    Returns
    -------
    tuple of two ndarrays
        The scaled training rows and the scaled test rows.
    """
    raise NotImplementedError("not written yet")


def margin(w, b, X, y):
    """Return how far each event lies on its right side of the boundary w.x + b = 0.

    Parameters
    ----------
    w : ndarray, shape (n_features,)
        Weights, not all zero.
    b : float
        Bias.
    X : ndarray, shape (n_events, n_features)
        Features.
    y : ndarray, shape (n_events,)
        Labels, +1 or -1.

    Returns
    -------
    ndarray, shape (n_events,)
        Distance to the boundary in the space of features: positive on the right side,
        negative on the wrong side.
    """
    raise NotImplementedError("not written yet")


def perceptron_epoch(w, b, X, y, eta):
    """Show all events to a perceptron once, in their order.

    After each event that lies on the wrong side or on the boundary itself, the weights
    move by eta y x and the bias moves by eta y; the next event meets the new ones.

    Parameters
    ----------
    w : ndarray of float, shape (n_features,)
        Weights before; they are not changed in place.
    b : float
        Bias before.
    X : ndarray, shape (n_events, n_features)
        Features.
    y : ndarray, shape (n_events,)
        Labels, +1 or -1.
    eta : float
        Learning rate.

    Returns
    -------
    tuple of (ndarray, float, int)
        Weights after, bias after, and how many events moved them.
    """
    raise NotImplementedError("not written yet")


def balanced_accuracy(y_true, y_pred):
    """Return the share of right answers in each class, averaged over the classes.

    Parameters
    ----------
    y_true : ndarray, shape (n_events,)
        True classes: any labels, and any number of them.
    y_pred : ndarray, shape (n_events,)
        Answers.

    Returns
    -------
    float
        Between 0 and 1; each class that occurs in `y_true` counts the same.
    """
    raise NotImplementedError("not written yet")
