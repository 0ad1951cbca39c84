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
    # BEGIN SOLUTION
    log_slant = np.log10(np.hypot(distance_km, h_km))
    one = np.ones_like(log_slant)
    return np.stack([one, magnitude, log_slant, distance_km], axis=1)
    # END SOLUTION


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
    # BEGIN SOLUTION
    least = np.inf
    for h_tried in h_grid_km:
        rows = attenuation_matrix(magnitude, distance_km, h_tried)
        tried = np.linalg.lstsq(rows, log_pga)[0]
        sum_of_squares = np.sum((log_pga - rows @ tried) ** 2)
        if sum_of_squares < least:
            least, best_fit, best_h_km = sum_of_squares, tried, h_tried
    return best_fit, best_h_km
    # END SOLUTION


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
    # BEGIN SOLUTION
    gram_inverse = np.linalg.inv(A.T @ A)
    left_over = y - A @ (gram_inverse @ (A.T @ y))
    sigma_squared = left_over @ left_over / (len(y) - A.shape[1])
    return np.sqrt(sigma_squared * np.diag(gram_inverse))
    # END SOLUTION


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
    # BEGIN SOLUTION
    n, p = A.shape
    bread = np.linalg.inv(A.T @ A)
    residual = y - A @ (bread @ (A.T @ y))
    events, event_of_record = np.unique(event_id, return_inverse=True)
    scores = np.zeros((len(events), p))
    np.add.at(scores, event_of_record, A * residual[:, None])
    n_clusters = len(events)
    small_sample = n_clusters / (n_clusters - 1) * (n - 1) / (n - p)
    sandwich = bread @ (scores.T @ scores) @ bread
    return np.sqrt(small_sample * np.diag(sandwich))
    # END SOLUTION


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
    # BEGIN SOLUTION
    w = np.zeros(X.shape[1])
    b = 0.0
    pocket = w, b, len(y)
    for _ in range(n_epochs):
        for event, label in zip(X, y, strict=True):
            if label * (event @ w + b) <= 0:
                w, b = w + eta * label * event, b + eta * label
                n_wrong = np.sum(y * (X @ w + b) <= 0)
                if n_wrong < pocket[2]:
                    pocket = w, b, n_wrong
    return pocket
    # END SOLUTION


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
    # BEGIN SOLUTION
    bordered = np.hstack([X, np.ones((len(X), 1))])
    *weights, bias = np.linalg.lstsq(bordered, y)[0]
    return np.array(weights), bias
    # END SOLUTION


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
    # BEGIN SOLUTION
    middle, width = X_train.mean(axis=0), X_train.std(axis=0)
    known, unseen = (X_train - middle) / width, (X_test - middle) / width
    rivals = [
        pocket_perceptron(known, y_train, 1.0, n_epochs)[:2],
        least_squares_classifier(known, y_train),
    ]
    scores = []
    for weights, bias in rivals:
        says_quake = unseen @ weights + bias > 0
        found_quakes = np.mean(says_quake[y_test == 1])
        found_blasts = np.mean(~says_quake[y_test == -1])
        scores.append((found_quakes + found_blasts) / 2)
    return np.array(scores)
    # END SOLUTION


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
    # BEGIN SOLUTION
    used = magnitude[magnitude > completeness - bin_width / 2 - 1e-9]
    if used.size == 0:
        return np.nan, np.nan
    excess = used.mean() - (completeness - bin_width / 2)
    b = np.log10(np.e) / excess
    return b, b / np.sqrt(used.size)
    # END SOLUTION


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
    # BEGIN SOLUTION
    published = np.round(magnitude / bin_width) * bin_width
    return b_value(published, completeness, bin_width)
    # END SOLUTION


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
    # BEGIN SOLUTION
    rng = np.random.default_rng(random_state)
    complete = magnitude[magnitude > completeness - bin_width / 2 - 1e-9]
    replicates = []
    for _draw in range(n_resamples):
        drawn = rng.choice(complete, complete.size)
        replicates.append(b_value(drawn, completeness, bin_width)[0])
    outside = 50 * (1 - level)
    return np.percentile(replicates, [outside, 100 - outside])
    # END SOLUTION


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
    # BEGIN SOLUTION
    n_steps = round((magnitude.max() - completeness) / bin_width)
    threshold = completeness + bin_width * np.arange(n_steps + 1)
    at_least = magnitude[:, None] > threshold - bin_width / 2
    log_count = np.log10(at_least.sum(axis=0))
    line = np.column_stack([np.ones_like(threshold), threshold])
    slope = np.linalg.lstsq(line, log_count)[0][1]
    return -slope, ordinary_errors(line, log_count)[1]
    # END SOLUTION


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
    # BEGIN SOLUTION
    rng = np.random.default_rng(random_state)
    rmse = []
    for units in (np.arange(len(y)), event_id):
        names, unit_of_record = np.unique(units, return_inverse=True)
        dealt = rng.permutation(len(names)) % n_folds
        fold_of_record = dealt[unit_of_record]
        foretold = np.zeros(len(y))
        for turn in range(n_folds):
            held_out = fold_of_record == turn
            model.fit(X[~held_out], y[~held_out])
            foretold[held_out] = model.predict(X[held_out])
        rmse.append(np.sqrt(np.mean((y - foretold) ** 2)))
    return np.array(rmse)
    # END SOLUTION


# BEGIN SOLUTION
B_VALUE_M = """
function [b, b_error] = b_value(magnitude, completeness, bin_width)
start_of_bin = completeness - bin_width / 2;
complete = magnitude(magnitude > start_of_bin - 1e-9);
b = log10(exp(1)) / (mean(complete) - start_of_bin);
b_error = b / sqrt(numel(complete));
end
"""
# END SOLUTION
