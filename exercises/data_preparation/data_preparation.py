"""Three steps that come before every model: fill gaps, pool copies, encode names.

Write the three functions below. The first two are the chapter's algorithm, taken apart:
the random numbers come from outside, so that an answer can be checked. The second can
also be written in MATLAB, in `pool.m`.
"""

import numpy as np


def fill_gaps(column, others, scatter):
    """Fill the gaps of a column by least squares on the others, with given residuals.

    Fit the column by a bias and the others on the rows where it is there. The standard
    deviation sigma of the residuals divides their squares by the rows that are left
    over: those where the column is there, less the number of coefficients.

    Parameters
    ----------
    column : ndarray of float, shape (n_rows,)
        Values, NaN where one is missing. It must not be changed.
    others : ndarray, shape (n_rows, n_others)
        Complete columns.
    scatter : ndarray, shape (n_gaps,)
        Residual of each gap, in their order, in units of sigma; 0 is the best line.

    Returns
    -------
    ndarray of float, shape (n_rows,)
        A new column without gaps: what was there, and what the fit gives plus
        sigma times the scatter.
    """
    raise NotImplementedError("not written yet")


def pool(estimates, errors):
    """Pool what was found in several complete copies of a table, by Rubin's rules.

    Parameters
    ----------
    estimates : ndarray, shape (n_copies,)
        The quantity as each copy gives it; two copies or more.
    errors : ndarray, shape (n_copies,)
        Its standard error in each copy.

    Returns
    -------
    ndarray, shape (3,)
        The estimate, its standard error, and the degrees of freedom of Student's t;
        the last is infinite where all copies agree.
    """
    raise NotImplementedError("not written yet")


def one_hot(train, new):
    """Turn names into columns of zeros and ones, one for each name of the training.

    Parameters
    ----------
    train : ndarray of str, shape (n_train,)
        Names in the training rows, each any number of times, in any order.
    new : ndarray of str, shape (n_new,)
        Names in the rows to encode. A name that training never saw gets zeros.

    Returns
    -------
    ndarray of 0 and 1, shape (n_new, n_names)
        The columns stand in the alphabetical order of the names.
    """
    raise NotImplementedError("not written yet")
