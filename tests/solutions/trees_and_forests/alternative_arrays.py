"""Right answers with pandas, broadcasting and one call of the model."""

import numpy as np
import pandas as pd


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
