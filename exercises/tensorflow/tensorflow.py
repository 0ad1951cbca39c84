"""Walk a tape back, and differentiate what stretches and what is looked up.

Write the three functions below with NumPy; no TensorFlow is needed. The first can also
be written in MATLAB, in `walk_back.m`.
"""

import numpy as np


def walk_back(parts, slopes):
    """Return the derivatives of the last value of a tape by every value.

    The tape holds numbers. Each was made of no, one or two earlier ones.

    Parameters
    ----------
    parts : ndarray of int, shape (n_values, 2)
        Places of what went into each value, from 0; -1 where nothing did. Both may be
        the same.
    slopes : ndarray, shape (n_values, 2)
        Derivative of the value by each of its parts; 0 where there is none.

    Returns
    -------
    ndarray, shape (n_values,)
        Derivative of the last value by each, with 1 at its own place.
    """
    raise NotImplementedError("not written yet")


def product_pull(g, a, b):
    """Return the derivatives of a loss by both factors of a product that stretches.

    Parameters
    ----------
    g : ndarray, of the shape of ``a * b``
        Derivatives of the loss by the product, number by number.
    a, b : ndarray
        Factors of any shapes that NumPy stretches to a common one.

    Returns
    -------
    by_a : ndarray, of the shape of a
        Derivatives by a: where a number was copied, the sum over its copies.
    by_b : ndarray, of the shape of b
        Likewise by b.
    """
    raise NotImplementedError("not written yet")


def take_pull(g, rows, n_rows):
    """Return the derivatives of a loss by a table of which rows were looked up.

    Parameters
    ----------
    g : ndarray, shape (n_samples, n_columns)
        Derivatives of the loss by ``table[rows]``.
    rows : ndarray of int, shape (n_samples,)
        Which row each sample looked up, from 0.
    n_rows : int
        Rows of the table.

    Returns
    -------
    ndarray, shape (n_rows, n_columns)
        Derivatives by the table: 0 in rows that nobody looked up.
    """
    raise NotImplementedError("not written yet")
