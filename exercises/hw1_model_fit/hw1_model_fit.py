"""Homework 1, model fit: twelve short functions in four parts.

The page of the homework gives the mathematics, the data and what to hand in. Every
function returns its answer, prints nothing and leaves its arguments as they are, and
copes with the 22,375 records of Ridgecrest: a table with a row and a column for each of
them would take 4 GB. Use NumPy; compare with a library afterwards, as the chapters do.

Part (c) asks for one of the functions a second time, in MATLAB. It goes into the file
b_value.m beside this one and begins with

    function [b, b_error] = b_value(magnitude, completeness, bin_width)
"""

import numpy as np

# ---------------------------------------------------------------------------
# (a) Ground motion: least squares, and two kinds of standard errors
# ---------------------------------------------------------------------------


def attenuation_matrix(magnitude, distance_km, h_km):
    """Return one row of the ground-motion model for each record.

    Parameters
    ----------
    magnitude : ndarray, shape (n_records,)
        Magnitude M of the record's earthquake.
    distance_km : ndarray, shape (n_records,)
        Distance R to the rupture [km].
    h_km : float
        The depth h [km] that keeps the logarithm finite near the rupture.

    Returns
    -------
    ndarray, shape (n_records, 4)
        The columns 1, M, log10(sqrt(R^2 + h^2)) and R. (The weekly exercise has
        sqrt(R^2 + h^2) in the last column; here it is the distance itself.)
    """
    raise NotImplementedError("not written yet")


def fit_attenuation(magnitude, distance_km, log_pga, h_grid_km):
    """Fit the four coefficients by least squares, and h by trying every h of a grid.

    Parameters
    ----------
    magnitude, distance_km : ndarray, shape (n_records,)
        As for `attenuation_matrix`.
    log_pga : ndarray, shape (n_records,)
        log10 of the peak acceleration in % g.
    h_grid_km : ndarray, shape (n_tries,)
        Depths to try [km].

    Returns
    -------
    tuple of (ndarray of shape (4,), float)
        The coefficients c0 to c3, and the h [km], that together leave the smallest sum
        of squared residuals.
    """
    raise NotImplementedError("not written yet")


def ordinary_errors(A, y):
    """Return the classical standard errors of a least-squares fit.

    They hold if the errors of the records are independent and share one variance.

    Parameters
    ----------
    A : ndarray, shape (n_records, n_coefficients)
        Design matrix of full rank, with more rows than columns.
    y : ndarray, shape (n_records,)
        What was measured.

    Returns
    -------
    ndarray, shape (n_coefficients,)
        One standard error for each coefficient.
    """
    raise NotImplementedError("not written yet")


def clustered_errors(A, y, event_id):
    """Return standard errors that let the records of one earthquake hang together.

    This is the sandwich of the homework's page, with its small-sample factor
    G / (G - 1) * (n - 1) / (n - p) for the variance.

    Parameters
    ----------
    A : ndarray, shape (n_records, n_coefficients)
        Design matrix of full rank, with more rows than columns.
    y : ndarray, shape (n_records,)
        What was measured.
    event_id : ndarray, shape (n_records,)
        The earthquake of each record: numbers or text, in any order.

    Returns
    -------
    ndarray, shape (n_coefficients,)
        One standard error for each coefficient.
    """
    raise NotImplementedError("not written yet")


# ---------------------------------------------------------------------------
# (b) Earthquake or blast: two straight boundaries
# ---------------------------------------------------------------------------


def pocket_perceptron(X, y, eta, n_epochs):
    """Train a perceptron and keep the best boundary that it ever had.

    The weights and the bias start at zero, and so do those in the pocket, with all
    events counted as wrong. An epoch shows the events once, in the order of the rows.
    An event with y (w.x + b) <= 0 moves the weights by eta y x and the bias by eta y.
    After every move count the events of the whole set with y (w.x + b) <= 0: if they
    are fewer than those of the boundary in the pocket, the new one takes its place.

    Parameters
    ----------
    X : ndarray, shape (n_events, n_features)
        Features, already standardised.
    y : ndarray, shape (n_events,)
        Labels, +1 or -1.
    eta : float
        Learning rate.
    n_epochs : int
        Number of epochs.

    Returns
    -------
    tuple of (ndarray of shape (n_features,), float, int)
        Weights, bias and number of wrong events of the boundary in the pocket.
    """
    raise NotImplementedError("not written yet")


def least_squares_classifier(X, y):
    """Return the boundary at which Adaline arrives when it walks long enough.

    It minimises the sum over the events of (w.x + b - y)^2, which you can do at once.

    Parameters
    ----------
    X : ndarray, shape (n_events, n_features)
        Features.
    y : ndarray, shape (n_events,)
        Labels, +1 or -1.

    Returns
    -------
    tuple of (ndarray of shape (n_features,), float)
        Weights and bias.
    """
    raise NotImplementedError("not written yet")


def compare_classifiers(X_train, y_train, X_test, y_test, n_epochs):
    """Train both classifiers on some events and score them on others.

    Standardise the features with mean and standard deviation (`np.std`, which divides
    by n) of the training events alone. Train the pocket perceptron with eta = 1 and
    `n_epochs` epochs, and the least-squares classifier.

    Parameters
    ----------
    X_train, X_test : ndarray, shape (n_train, n_features) and (n_test, n_features)
        Features in their own units; none is constant.
    y_train, y_test : ndarray, shape (n_train,) and (n_test,)
        Labels, +1 or -1.
    n_epochs : int
        Number of epochs of the pocket perceptron.

    Returns
    -------
    ndarray, shape (2,)
        Balanced accuracy on the test events, of the pocket perceptron and of the
        least-squares classifier: the share of the +1 that are answered +1 and the
        share of the -1 that are answered -1, averaged. An event on the boundary itself
        is answered -1.
    """
    raise NotImplementedError("not written yet")


# ---------------------------------------------------------------------------
# (c) The frequency-magnitude law: b, its error, and two ways to get it wrong
# ---------------------------------------------------------------------------


def b_value(magnitude, completeness, bin_width):
    """Return Aki's maximum-likelihood b and its standard error b / sqrt(n).

    Parameters
    ----------
    magnitude : ndarray, shape (n_earthquakes,)
        Magnitudes, also some below the completeness, in any order.
    completeness : float
        Only magnitudes from here on are used: all of those n were recorded.
    bin_width : float
        0 if the magnitudes are continuous. Otherwise they are whole multiples of
        `bin_width`, and so is the completeness: correct for half a bin.

    Returns
    -------
    tuple of (float, float)
        b and its standard error. With one magnitude to use they are equal; with none,
        nobody knows b, and both are `np.nan`.
    """
    raise NotImplementedError("not written yet")


def b_value_rounded(magnitude, completeness, bin_width):
    """Return what `b_value` gives when continuous magnitudes are rounded before.

    Mind the order: whoever publishes a catalogue rounds first, and whoever reads it
    cuts second.

    Parameters
    ----------
    magnitude : ndarray, shape (n_earthquakes,)
        Continuous magnitudes, also some below the completeness.
    completeness : float
        A multiple of `bin_width`; rounded magnitudes from here on are used.
    bin_width : float
        The magnitudes are rounded to multiples of this, above 0.

    Returns
    -------
    tuple of (float, float)
        b and its standard error.
    """
    raise NotImplementedError("not written yet")


def b_interval(magnitude, completeness, bin_width, level, n_resamples, random_state):
    """Return a bootstrap interval of b.

    Draw as many earthquakes as there are at and above the completeness from these,
    with replacement, and take b; repeat that `n_resamples` times. The interval lies
    between the percentiles of these b that leave out half of 1 - level on each side.

    Parameters
    ----------
    magnitude, completeness, bin_width
        As for `b_value`.
    level : float
        Confidence level, such as 0.95.
    n_resamples : int
        Number of resamples.
    random_state : int
        Seed: the same seed gives the same interval.

    Returns
    -------
    ndarray, shape (2,)
        Lower and upper end.
    """
    raise NotImplementedError("not written yet")


def b_from_regression(magnitude, completeness, bin_width):
    """Return b by a straight line through the cumulative counts, as one should not.

    The thresholds are completeness, completeness + bin_width, and so on up to the
    largest magnitude. N is the number of magnitudes at or above a threshold. Fit
    log10 N = a - b threshold by ordinary least squares.

    Parameters
    ----------
    magnitude : ndarray, shape (n_earthquakes,)
        Magnitudes, whole multiples of `bin_width`; some lie below the completeness.
    completeness : float
        The first threshold, a multiple of `bin_width`.
    bin_width : float
        Distance between thresholds, above 0.

    Returns
    -------
    tuple of (float, float)
        b, and the ordinary standard error of the line's slope.
    """
    raise NotImplementedError("not written yet")


# ---------------------------------------------------------------------------
# (d) Two ways to validate
# ---------------------------------------------------------------------------


def record_and_event_rmse(model, X, y, event_id, n_folds, random_state):
    """Cross-validate a model twice: for another record, and for a new earthquake.

    Once the records are dealt at random into `n_folds` folds, and the numbers of
    records in two folds differ by one at most. Once the earthquakes are dealt, each
    with all of its records; then the numbers of earthquakes differ by one at most, and
    those of records may differ widely. The model is fitted to all folds but one and
    predicts that one, for each fold in turn, so that every record is predicted once by
    a model that was fitted without its fold.

    Parameters
    ----------
    model : object
        Has `fit(X, y)`, which forgets what it learnt before, and `predict(X)`; you may
        count on nothing else, nor on `fit` to return anything.
    X : ndarray, shape (n_records, n_features)
        Features.
    y : ndarray, shape (n_records,)
        What was measured.
    event_id : ndarray, shape (n_records,)
        The earthquake of each record: numbers or text, in any order.
    n_folds : int
        Number of folds.
    random_state : int
        Seed: the same seed gives the same folds.

    Returns
    -------
    ndarray, shape (2,)
        Root-mean-square error over all records, in the unit of y: first for folds of
        records, then for folds of earthquakes.
    """
    raise NotImplementedError("not written yet")
