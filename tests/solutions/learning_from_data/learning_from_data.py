"""Honest learning: split by time, fit and validate, choose simply, score fairly.

Write the four functions below; each is a few lines. Do not call the package's learners:
what they do is what you write. Times may come as decimal years or as NumPy dates: both
compare with < and >=.
"""

import numpy as np
from scipy.special import gammaln, xlogy

# np.linalg.lstsq(A, b)[0] holds the parameters with the least sum of squared residuals.
# gammaln(n + 1) is the natural logarithm of n!, also for arrays of n.
# xlogy(n, x) is n * ln(x), and 0 where n is 0, even if x is 0 too.


def split_in_three(time, first_cut, second_cut):
    """Return the rows of a training, a validation and a test set, cut by time.

    What comes before the first cut is for training, what comes from the second cut on
    is the test, and what lies between is for validation. An event exactly at a cut
    belongs to the later set. The events need not be in order.

    Parameters
    ----------
    time : ndarray, shape (n_events,)
        Time of each event.
    first_cut, second_cut : scalar
        The two instants, of the same kind as time, the earlier one first.

    Returns
    -------
    train, validation, test : ndarray of int
        Row numbers, counted from 0, in growing order.
    """
    # BEGIN SOLUTION
    train = np.flatnonzero(time < first_cut)
    validation = np.flatnonzero((time >= first_cut) & (time < second_cut))
    test = np.flatnonzero(time >= second_cut)
    return train, validation, test
    # END SOLUTION


def errors_by_degree(x, y, train, validation, degrees):
    """Return the training and the validation error of polynomials.

    For each degree a polynomial is fitted to the training rows alone, by least squares.
    Scale x first, so that it lies between -1 and 1 in the training rows: the powers of
    plain distances [km] are too large to be told apart.

    Parameters
    ----------
    x, y : ndarray, shape (n_samples,)
        Feature and target.
    train, validation : ndarray of int
        Row numbers. Some rows may be in neither.
    degrees : sequence of int
        Degrees >= 0, in any order, each smaller than the number of training rows.

    Returns
    -------
    ndarray, shape (2, n_degrees)
        Root-mean-square errors [unit of y]: those on the training rows above those on
        the validation rows, in the order of degrees.
    """
    # BEGIN SOLUTION
    low, high = x[train].min(), x[train].max()
    t = (2 * x - low - high) / (high - low)
    errors = []
    for degree in degrees:
        A = np.stack([t**k for k in range(degree + 1)], axis=1)
        theta = np.linalg.lstsq(A[train], y[train])[0]
        miss = y - A @ theta
        errors.append([np.sqrt(np.mean(miss[r] ** 2)) for r in (train, validation)])
    return np.transpose(errors)
    # END SOLUTION


def simplest_good_degree(errors):
    """Return the smallest degree that is as good as the best, within its error.

    The best degree has the smallest mean error over the validation sets. That mean is
    uncertain: its standard error is the standard deviation of the errors of the best
    degree (with n - 1) divided by the root of the number n of sets. Every degree whose
    mean is at most the best mean plus this standard error counts as good.

    Parameters
    ----------
    errors : ndarray, shape (n_sets, n_degrees)
        Validation errors, one row for each of n_sets validation sets (at least two),
        one column for each degree 0, 1, 2, ...

    Returns
    -------
    int
        The degree.
    """
    # BEGIN SOLUTION
    mean = errors.mean(axis=0)
    best = mean.argmin()
    standard_error = errors[:, best].std(ddof=1) / np.sqrt(len(errors))
    good = np.flatnonzero(mean <= mean[best] + standard_error)
    return int(good[0])
    # END SOLUTION


def log_score(counts, expected):
    """Return the natural logarithm of the probability that a forecast gave to counts.

    The forecast says that each count is Poisson with its expected number, and that the
    counts are independent. Larger is better; the score is never above zero.

    Parameters
    ----------
    counts : ndarray of int, shape (n_bins,)
        What happened.
    expected : ndarray, shape (n_bins,)
        The expected numbers of the forecast, >= 0.

    Returns
    -------
    float
        The score. It is minus infinity when something happened that the forecast held
        to be impossible.
    """
    # BEGIN SOLUTION
    each = xlogy(counts, expected) - expected - gammaln(counts + 1)
    return float(each.sum())
    # END SOLUTION
