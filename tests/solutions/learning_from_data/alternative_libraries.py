"""Right answers with pandas and SciPy, in other types."""

import numpy as np
import pandas as pd
from numpy.polynomial import Chebyshev
from scipy.stats import poisson, sem


def split_in_three(time, first_cut, second_cut):
    part = (time >= first_cut).astype(int) + (time >= second_cut)
    rows = pd.Series(range(len(time)))
    return [rows[part == k].to_numpy(dtype="int32") for k in range(3)]


def errors_by_degree(x, y, train, validation, degrees):
    table = pd.DataFrame(index=["training", "validation"], columns=list(degrees))
    for degree in degrees:
        fit = Chebyshev.fit(x[train], y[train], degree)
        for name, rows in (("training", train), ("validation", validation)):
            table.loc[name, degree] = ((y[rows] - fit(x[rows])) ** 2).mean() ** 0.5
    return table.astype(float)


def simplest_good_degree(errors):
    table = pd.DataFrame(errors)
    best = table.mean().idxmin()
    return (table.mean() <= table.mean()[best] + sem(table[best])).idxmax()


def log_score(counts, expected):
    with np.errstate(divide="ignore"):
        return np.float32(poisson.logpmf(counts, expected).sum())
