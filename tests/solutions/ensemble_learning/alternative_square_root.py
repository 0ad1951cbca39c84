"""Right answers by the factor sqrt(wrong / right), by pandas, and by partition."""

import numpy as np
import pandas as pd

BOOSTING_ROUND_M = """
function found = boosting_round(weights, y, vote)
ratio = sum(weights(vote == y)) / sum(weights(vote == -y));
grown = weights ./ sqrt(ratio) .^ (y .* vote);
found = [log(sqrt(ratio)); grown / sum(grown)];
end
"""


def boosting_round(weights, y, vote):
    share = np.asarray(weights, dtype=float) / np.sum(weights)
    ratio = share[vote == y].sum() / share[vote == -y].sum()
    factor = np.where(vote == 0, 1, np.where(vote == y, ratio**-0.5, ratio**0.5))
    return np.concatenate([[np.log(np.sqrt(ratio))], share * factor / (share @ factor)])


def leaf_steps(y, F, leaf, learning_rate):
    table = pd.DataFrame({"left": np.subtract(y, F, dtype=float), "leaf": leaf})
    return F + learning_rate * table.groupby("leaf").left.transform("median").to_numpy()


def conformal_interval(residual, prediction, level):
    n = len(residual)
    rank = int(np.ceil(round((n + 1) * level, 6)))
    ends = np.array([[-1.0, 1.0]])
    if rank > n:
        return np.repeat(ends * np.inf, len(prediction), axis=0)
    half = np.partition(np.abs(residual), rank - 1)[rank - 1]
    return np.asarray(prediction, dtype=float)[:, None] + half * ends
