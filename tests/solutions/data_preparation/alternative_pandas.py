"""Right answers with pandas and the normal equations."""

import numpy as np
import pandas as pd


def fill_gaps(column, others, scatter):
    series = pd.Series(column)
    A = pd.DataFrame(others).assign(bias=1.0).to_numpy()
    there = series.notna().to_numpy()
    theta = np.linalg.pinv(A[there]) @ series[there].to_numpy()
    left = there.sum() - A.shape[1]
    sigma = np.sqrt(np.sum((series[there].to_numpy() - A[there] @ theta) ** 2) / left)
    filled = series.copy()
    filled[~there] = A[~there] @ theta + sigma * scatter
    return filled


def pool(estimates, errors):
    copies = pd.Series(estimates, dtype=float)
    within = (pd.Series(errors, dtype=float) ** 2).mean()
    between = copies.var() * (len(copies) + 1) / len(copies)
    if between:
        freedom = (len(copies) - 1) * (1 + within / between) ** 2
    else:
        freedom = float("inf")
    return pd.Series([copies.mean(), (within + between) ** 0.5, freedom])


def one_hot(train, new):
    names = sorted(set(train))
    codes = pd.Categorical(new, categories=names)
    return pd.get_dummies(pd.Series(codes)).to_numpy().astype(int)


POOL_M = """
function pooled = pool(estimates, errors)
k = numel(estimates);
off = estimates - mean(estimates);
between = (1 + 1 / k) * sum(off .* off) / (k - 1);
within = mean(errors .* errors);
pooled = [mean(estimates), (within + between) ^ 0.5, ...
    (k - 1) * (1 + within / between) ^ 2];
end
"""
