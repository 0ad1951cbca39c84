"""Right answers with pandas, broadcasting and one call of the model."""

import numpy as np
import pandas as pd


def best_threshold(x, y, min_leaf):
    table = pd.DataFrame({"x": x, "y": y, "yy": y**2}).sort_values("x")
    n, table = len(x), table.reset_index(drop=True)
    sums = table[["y", "yy"]].cumsum().to_numpy()
    left = np.arange(1, n)
    first, rest = sums[:-1], sums[-1] - sums[:-1]
    costs = (first[:, 1] - first[:, 0] ** 2 / left) / n
    costs += (rest[:, 1] - rest[:, 0] ** 2 / (n - left)) / n
    values = table.x.to_numpy()
    kept = (values[1:] > values[:-1]) & (left >= min_leaf) & (n - left >= min_leaf)
    if not kept.any():
        return np.array([np.nan, 0.0])
    costs = np.where(kept, costs, np.inf)
    cut = np.flatnonzero(costs <= costs.min() + 1e-12)[0]
    return np.array([values[cut : cut + 2].mean(), np.var(y) - costs[cut]])


BEST_THRESHOLD_M = """
function [threshold, drop] = best_threshold(x, y, min_leaf)
[x, order] = sort(x(:));
y = y(order);
y = y(:);
n = numel(x);
k = (1:n - 1)';
s = cumsum(y);
q = cumsum(y .^ 2);
cost = (q(1:n-1) - s(1:n-1) .^ 2 ./ k) / n;
cost = cost + (q(n) - q(1:n-1) - (s(n) - s(1:n-1)) .^ 2 ./ (n - k)) / n;
cost(x(2:n) <= x(1:n-1) | k < min_leaf | n - k < min_leaf) = Inf;
[least, cut] = min(cost);
threshold = (x(cut) + x(cut + 1)) / 2;
drop = var(y, 1) - least;
if isinf(least)
  threshold = NaN;
  drop = 0;
end
end
"""


def event_bootstrap(events, drawn):
    of_event = pd.Series(events).groupby(events).indices
    rows = np.hstack([of_event[event] for event in drawn])
    out = pd.Series(events).index[~pd.Series(events).isin(list(drawn))]
    return np.sort(rows), out.to_numpy()


def permutation_importance(predict, X, y, columns, order):
    table = pd.DataFrame(X)
    shuffled = table.assign(**{}).copy()
    shuffled.iloc[:, columns] = table.iloc[order, columns].to_numpy()
    errors = [np.square(y - predict(each.to_numpy())) for each in (shuffled, table)]
    return np.float64(np.mean(errors[0] - errors[1]))


def partial_dependence(predict, X, feature, grid):
    rows = np.tile(np.asarray(X, dtype=float), (len(grid), 1))
    rows[:, feature] = np.repeat(grid, len(X))
    return predict(rows).reshape(len(grid), len(X)).mean(axis=1)
