"""One number at a time."""

import math


def best(p, q):
    found = []
    for a, b in zip(p, q, strict=True):
        found.append(0.5 if a == 0 and b == 0 else float(a) / float(a + b))
    return found


def duel(real, made, contest):
    def chance(s):
        return 1 / (1 + math.exp(-s))

    one, two, three = [], [], []
    for s in real:
        slope = -1 if contest == "wasserstein" else chance(s) - 1
        one.append(slope / len(real))
    for s in made:
        two.append((1 if contest == "wasserstein" else chance(s)) / len(made))
        slope = {
            "minimax": -chance(s),
            "non_saturating": -chance(-s),
            "wasserstein": -1,
        }[contest]
        three.append(slope / len(made))
    return one + two + three


def level(W, b, v, X):
    total = 0.0
    for x in X:
        slope = [0.0] * len(x)
        for u in range(len(v)):
            a = math.tanh(sum(x[j] * W[j, u] for j in range(len(x))) + b[u])
            for j in range(len(x)):
                slope[j] += W[j, u] * (1 - a * a) * v[u]
        total += (math.hypot(*slope) - 1) ** 2
    return total / len(X)


BEST_M = """
function D = best(p, q)
D = zeros(size(p));
for k = 1:numel(p)
    if p(k) == 0 && q(k) == 0
        D(k) = 0.5;
    else
        D(k) = p(k) / (p(k) + q(k));
    end
end
end
"""
