"""Right answers in loops and plain Python numbers."""

import math
from statistics import median

BOOSTING_ROUND_M = """
function found = boosting_round(weights, y, vote)
right = 0; wrong = 0;
for i = 1:numel(y)
    if vote(i) == y(i), right = right + weights(i); end
    if vote(i) == -y(i), wrong = wrong + weights(i); end
end
b = 0.5 * log(right) - 0.5 * log(wrong);
for i = 1:numel(y)
    weights(i) = weights(i) * exp(-b * y(i) * vote(i));
end
found = [b; weights(:) ./ sum(weights)];
end
"""


def boosting_round(weights, y, vote):
    right = sum(w for w, a, b in zip(weights, y, vote, strict=True) if a == b)
    wrong = sum(w for w, a, b in zip(weights, y, vote, strict=True) if a == -b)
    say = 0.5 * math.log(right) - 0.5 * math.log(wrong)
    grown = []
    for w, a, b in zip(weights, y, vote, strict=True):
        grown.append(float(w) * math.exp(-say * int(a) * int(b)))
    return [say, *(w / sum(grown) for w in grown)]


def leaf_steps(y, F, leaf, learning_rate):
    left = {}
    for target, score, k in zip(y, F, leaf, strict=True):
        left.setdefault(int(k), []).append(float(target) - float(score))
    steps = {k: learning_rate * median(values) for k, values in left.items()}
    return [float(score) + steps[int(k)] for score, k in zip(F, leaf, strict=True)]


def conformal_interval(residual, prediction, level):
    sizes = sorted(abs(float(r)) for r in residual)
    rank = 1
    while rank < (len(sizes) + 1) * level - 1e-9:
        rank += 1
    half = sizes[rank - 1] if rank <= len(sizes) else math.inf
    return [[float(p) - half, float(p) + half] for p in prediction]
