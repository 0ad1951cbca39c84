"""Score a model, and doubt the score: an interval, two-way sides, and a skill.

Write the three functions below. The first can also be written in MATLAB, in
`difference_interval.m`.
"""

import numpy as np


def difference_interval(scores, others, n_train, n_test, t):
    """Return the mean difference of two models over folds, with its interval.

    The variance of the mean is the sample variance of the differences (divided by one
    less than their number), times 1 / n_folds plus the test rows for each training row.
    Folds may differ in size: take all their test rows over all their training rows.

    Parameters
    ----------
    scores, others : ndarray, shape (n_folds,)
        Score of each of the two models on each fold, two folds or more.
    n_train, n_test : ndarray of int, shape (n_folds,)
        Training rows and test rows of each fold.
    t : float
        Quantile of Student's t that the ends are to use, > 0.

    Returns
    -------
    ndarray, shape (3,)
        The mean of scores - others, and the lower and the upper end.
    """
    # BEGIN SOLUTION
    gaps = scores - others
    share = np.sum(n_test) / np.sum(n_train)
    reach = t * np.sqrt((1 / len(gaps) + share) * np.var(gaps, ddof=1))
    return np.array([gaps.mean(), gaps.mean() - reach, gaps.mean() + reach])
    # END SOLUTION


def two_way_sides(event, station, test_events, test_stations):
    """Return on which side of a two-way split every record stands.

    A test record has a test event and a test station, a training record neither of the
    two. A record with just one of them may stand on no side.

    Parameters
    ----------
    event, station : ndarray of int, shape (n_records,)
        Number of the event and of the station of each record.
    test_events, test_stations : ndarray of int, shape (n,) each
        Events and stations that are hidden, in no order; some may have no record.

    Returns
    -------
    ndarray of int, shape (n_records,)
        1 for a training record, 2 for a test record, 0 for a dropped one.
    """
    # BEGIN SOLUTION
    new_event = np.isin(event, test_events)
    new_station = np.isin(station, test_stations)
    return np.where(new_event == new_station, 1 + new_event, 0)
    # END SOLUTION


def brier_skill(y, p, y_train):
    """Return the Brier skill of promises against climatology.

    Climatology promises every test event the share of class 1 in the training.

    Parameters
    ----------
    y : ndarray of 0 and 1, shape (n_test,)
        What happened.
    p : ndarray, shape (n_test,)
        Promised probability of class 1.
    y_train : ndarray of 0 and 1, shape (n_train,)
        Labels of the training, of both classes.

    Returns
    -------
    float
        One minus the Brier score over that of climatology: 1 at best, 0 for a bet no
        better than climatology.
    """
    # BEGIN SOLUTION
    share = np.mean(y_train)
    return 1 - np.sum((p - y) ** 2) / np.sum((share - y) ** 2)
    # END SOLUTION


# BEGIN SOLUTION
DIFFERENCE_INTERVAL_M = """
function found = difference_interval(scores, others, n_train, n_test, t)
gaps = scores - others;
share = sum(n_test) / sum(n_train);
reach = t * sqrt((1 / numel(gaps) + share) * var(gaps));
found = mean(gaps) + [0, -reach, reach];
end
"""
# END SOLUTION
