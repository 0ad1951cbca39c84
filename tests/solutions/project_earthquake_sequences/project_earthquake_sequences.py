"""Earthquake sequences: from catalogues to a submission.

Five short functions, the plumbing of your project. Write them below.
"""

import numpy as np
from sklearn.linear_model import LogisticRegression


def fold_of(catalogue, n_folds):
    """Return the fold of each earthquake: whole catalogues are dealt like cards.

    The catalogue of the smallest number goes to fold 0, the next larger one to fold 1,
    and so on; after the last fold comes fold 0 again.

    Parameters
    ----------
    catalogue : ndarray of int, shape (n,)
        Number of the catalogue of each earthquake, in any order, with gaps.
    n_folds : int
        Number of folds.

    Returns
    -------
    ndarray of int, shape (n,)
        Folds, counted from 0.
    """
    # BEGIN SOLUTION
    _, rank = np.unique(catalogue, return_inverse=True)
    return rank % n_folds
    # END SOLUTION


def features(lag_days, distance_km, parent_magnitude, magnitude):
    """Return what a model is told of each earthquake and its nearest earlier one.

    Parameters
    ----------
    lag_days : ndarray, shape (n,)
        How long before it the nearest earlier one came [day], > 0.
    distance_km : ndarray, shape (n,)
        How far away that was [km]; less than 0.1 km counts as 0.1 km.
    parent_magnitude, magnitude : ndarray, shape (n,)
        Magnitude of the nearest earlier one, and of the earthquake itself.

    Returns
    -------
    ndarray, shape (n, 3)
        log10 of the rescaled time t 10^(-m/2), log10 of the rescaled distance
        r^1.6 10^(-m/2), with m the magnitude of the nearest earlier one, and how much
        larger than the earthquake that one was.
    """
    # BEGIN SOLUTION
    half = parent_magnitude / 2
    log_time = np.log10(lag_days) - half
    log_distance = 1.6 * np.log10(np.maximum(distance_km, 0.1)) - half
    return np.column_stack([log_time, log_distance, parent_magnitude - magnitude])
    # END SOLUTION


def fit_predict(X_train, triggered_train, X):
    """Return the probability that each earthquake was triggered.

    Parameters
    ----------
    X_train : ndarray, shape (n_train, n_features)
        Features of labelled earthquakes.
    triggered_train : ndarray of 0 and 1, shape (n_train,)
        Whether another one triggered them.
    X : ndarray, shape (n, n_features)
        Features of the earthquakes that are asked for.

    Returns
    -------
    ndarray, shape (n,)
        Probabilities from 0 to 1.
    """
    # BEGIN SOLUTION
    model = LogisticRegression().fit(X_train, triggered_train)
    return model.predict_proba(X)[:, 1]
    # END SOLUTION


def mean_mcc(triggered, p, catalogue):
    """Return Matthews' correlation of each catalogue, averaged over catalogues.

    Parameters
    ----------
    triggered : ndarray of 0 and 1, shape (n,)
        Whether another earthquake triggered each.
    p : ndarray, shape (n,)
        Probabilities; more than 0.5 calls an earthquake triggered.
    catalogue : ndarray of int, shape (n,)
        Number of the catalogue of each.

    Returns
    -------
    float
        The mean; a catalogue in which all are called alike, or all are alike, counts 0.
    """
    # BEGIN SOLUTION
    called = p > 0.5
    scores = []
    for one in np.unique(catalogue):
        a, b = called[catalogue == one], triggered[catalogue == one]
        spread = np.std(a) * np.std(b)
        joint = np.mean(a * b) - np.mean(a) * np.mean(b)
        scores.append(joint / spread if spread > 0 else 0.0)
    return float(np.mean(scores))
    # END SOLUTION


def submission(catalogue, event, p, nearest):
    """Return the table that is handed in, in the order of the rows that came.

    Parameters
    ----------
    catalogue, event : ndarray of int, shape (n,)
        What names each earthquake.
    p : ndarray, shape (n,)
        Probability that it was triggered.
    nearest : ndarray of int, shape (n,)
        Event of the same catalogue that is the nearest earlier one, -1 for none.

    Returns
    -------
    ndarray, shape (n, 4)
        Catalogue, event, probability, and parent: the nearest earlier one of those that
        are more than 0.5 likely to be triggered, -1 for the others.
    """
    # BEGIN SOLUTION
    parent = np.where(p > 0.5, nearest, -1)
    return np.column_stack([catalogue, event, p, parent])
    # END SOLUTION
