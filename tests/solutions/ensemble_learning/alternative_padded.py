"""Right answers by one minus a share, by one-hot leaves, and by an infinite score."""

import numpy as np

BOOSTING_ROUND_M = """
function found = boosting_round(weights, y, vote)
w = weights(vote ~= 0) / sum(weights(vote ~= 0));
q = sum(w(vote(vote ~= 0) ~= y(vote ~= 0)));
say = atanh(1 - 2 * q);
grown = weights .* exp(-say * (vote .* y));
found = [say; grown / sum(grown)];
end
"""


def boosting_round(weights, y, vote):
    voters = vote != 0
    q = np.average(vote[voters] != y[voters], weights=weights[voters])
    say = np.arctanh(1 - 2 * q)
    terms = np.exp(np.log(weights) - say * y * vote)
    return np.array([say, *(terms / np.sum(terms))])


def leaf_steps(y, F, leaf, learning_rate):
    names, place = np.unique(leaf, return_inverse=True)
    left = np.asarray(y, dtype=float) - F
    step = [np.quantile(left[place == k], 0.5) for k in range(len(names))]
    return F + learning_rate * np.array(step)[place]


def conformal_interval(residual, prediction, level):
    scores = np.sort(np.append(np.abs(np.asarray(residual, dtype=float)), np.inf))
    half = scores[int(np.ceil(len(scores) * level - 1e-8)) - 1]
    return np.stack([prediction - half, prediction + half], axis=1)
