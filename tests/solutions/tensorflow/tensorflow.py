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
    # BEGIN SOLUTION
    found = np.zeros(len(parts))
    found[-1] = 1
    for k in range(len(parts) - 1, -1, -1):
        for part, slope in zip(parts[k], slopes[k], strict=True):
            if part >= 0:
                found[part] += slope * found[k]
    return found
    # END SOLUTION


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
    # BEGIN SOLUTION
    found = []
    for one, other in ((a, b), (b, a)):
        share = g * other
        while share.ndim > np.ndim(one):
            share = share.sum(axis=0)
        for axis in range(share.ndim):
            if np.shape(one)[axis] == 1:
                share = share.sum(axis=axis, keepdims=True)
        found.append(share)
    return tuple(found)
    # END SOLUTION


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
    # BEGIN SOLUTION
    found = np.zeros((n_rows, np.shape(g)[1]))
    np.add.at(found, rows, g)
    return found
    # END SOLUTION


# BEGIN SOLUTION
WALK_BACK_M = """
function found = walk_back(parts, slopes)
n = size(parts, 1);
found = zeros(n, 1);
found(n) = 1;
for k = n:-1:1
    for i = 1:2
        part = parts(k, i);
        if part > 0
            found(part) = found(part) + slopes(k, i) * found(k);
        end
    end
end
end
"""
# END SOLUTION
