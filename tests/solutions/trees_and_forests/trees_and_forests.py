"""Question a forest: draw whole earthquakes, shuffle whole groups, move one feature.

A model comes as a function `predict`: it takes features, shape (n_rows, n_features),
and returns one number for each row. None of the three functions below cares what is
inside, so they work for a forest, a line or a network.
"""

import numpy as np


def event_bootstrap(events, drawn):
    """Return the rows of a bootstrap sample of whole earthquakes, and those left out.

    Parameters
    ----------
    events : ndarray, shape (n_rows,)
        The earthquake of each row (number or text).
    drawn : sequence
        The earthquakes that were drawn, with replacement: some of them repeat.

    Returns
    -------
    rows : ndarray of int
        All rows of each drawn earthquake, as often as it was drawn, in any order.
    out_of_bag : ndarray of int
        All rows of the earthquakes that were not drawn, from first to last.
    """
    # BEGIN SOLUTION
    rows = np.concatenate([np.flatnonzero(events == event) for event in drawn])
    out_of_bag = np.flatnonzero(~np.isin(events, drawn))
    return rows, out_of_bag
    # END SOLUTION


def permutation_importance(predict, X, y, columns, order):
    """Return how much the mean squared error rises when some columns are shuffled.

    Parameters
    ----------
    predict : callable
        Takes features (n_rows, n_features), returns predictions (n_rows,).
    X : ndarray, shape (n_rows, n_features)
        Features that the model has not been fitted to.
    y : ndarray, shape (n_rows,)
        What was observed.
    columns : list of int
        The columns that are shuffled together, so that they still fit one another.
    order : ndarray of int, shape (n_rows,)
        The shuffled order: in these columns, row i takes the values of row order[i].

    Returns
    -------
    float
        Mean squared error with the columns shuffled, minus that without.
    """
    # BEGIN SOLUTION
    shuffled = X.copy()
    shuffled[:, columns] = X[order][:, columns]
    broken = np.mean((y - predict(shuffled)) ** 2)
    return broken - np.mean((y - predict(X)) ** 2)
    # END SOLUTION


def partial_dependence(predict, X, feature, grid):
    """Return the mean prediction when one feature is set to each value of a grid.

    Parameters
    ----------
    predict : callable
        Takes features (n_rows, n_features), returns predictions (n_rows,).
    X : ndarray, shape (n_rows, n_features)
        Rows over which the prediction is averaged.
    feature : int
        The column that is set.
    grid : ndarray, shape (n_values,)
        The values that it is set to, in the unit of the feature.

    Returns
    -------
    ndarray, shape (n_values,)
        For each value the mean over all rows.
    """
    # BEGIN SOLUTION
    means = []
    for value in grid:
        moved = X.astype(float)  # a copy; whole numbers would cut the value
        moved[:, feature] = value
        means.append(np.mean(predict(moved)))
    return np.array(means)
    # END SOLUTION
