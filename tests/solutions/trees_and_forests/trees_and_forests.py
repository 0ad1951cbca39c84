"""Search for a question, then question a forest.

`best_threshold` is the heart of a tree. The other three functions question a model:
draw whole earthquakes, shuffle whole groups, move one feature. A model comes as a
function `predict`: it takes features, shape (n_rows, n_features), and returns one
number for each row. What is inside does not matter: a forest, a line or a network.

The search can also be written in MATLAB, in the file best_threshold.m beside this one:

    function [threshold, drop] = best_threshold(x, y, min_leaf)
"""

import numpy as np


def best_threshold(x, y, min_leaf):
    """Return the question about one feature that lowers the variance of y most.

    A question sends the samples with x <= threshold to the left, the others to the
    right. The impurity is the variance, so the drop is that of the chapter's equation.

    Parameters
    ----------
    x : ndarray, shape (n,)
        The feature, in any order; values may repeat.
    y : ndarray, shape (n,)
        The numbers to predict.
    min_leaf : int
        Fewest samples on either side, >= 1.

    Returns
    -------
    threshold : float
        Halfway between the two values of x that it tells apart [unit of x]. Of equally
        good questions the lowest, even if none is of use; nan if no question is left.
    drop : float
        Variance of y minus the mean variance of both sides, weighted by their samples
        [unit of y, squared]; 0 if no question is left.
    """
    # BEGIN SOLUTION
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    best = (np.nan, 0.0)
    for n_left in range(min_leaf, len(x) - min_leaf + 1):
        if x[n_left - 1] == x[n_left]:
            continue
        left, right = y[:n_left], y[n_left:]
        inside = (n_left * np.var(left) + len(right) * np.var(right)) / len(y)
        drop = np.var(y) - inside
        if np.isnan(best[0]) or drop > best[1] + 1e-12 * np.var(y):
            best = ((x[n_left - 1] + x[n_left]) / 2, drop)
    return best
    # END SOLUTION


# BEGIN SOLUTION
BEST_THRESHOLD_M = """
function [threshold, drop] = best_threshold(x, y, min_leaf)
[x, order] = sort(x(:));
y = y(:);
y = y(order);
n = numel(x);
threshold = NaN;
drop = 0;
for n_left = min_leaf:n - min_leaf
  if x(n_left) == x(n_left + 1), continue, end
  left = y(1:n_left);
  right = y(n_left + 1:end);
  inside = (n_left * var(left, 1) + (n - n_left) * var(right, 1)) / n;
  gain = var(y, 1) - inside;
  if isnan(threshold) || gain > drop + 1e-12 * var(y, 1)
    threshold = (x(n_left) + x(n_left + 1)) / 2;
    drop = gain;
  end
end
end
"""
# END SOLUTION


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
