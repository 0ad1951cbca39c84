"""By other formulas: a ratio of densities, tanh for the chance, einsum for slopes."""

import numpy as np


def best(p, q):
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 / (1 + q / p)
    found[(p == 0) & (q > 0)] = 0
    return np.nan_to_num(found, nan=0.5)


def duel(real, made, contest):
    chance_real, chance_made = (np.tanh(s / 2) / 2 + 0.5 for s in (real, made))
    slopes = {
        "minimax": (chance_real - 1, chance_made, -chance_made),
        "non_saturating": (chance_real - 1, chance_made, chance_made - 1),
        "wasserstein": (0 * real - 1, 0 * made + 1, 0 * made - 1),
    }[contest]
    sizes = len(real), len(made), len(made)
    return np.hstack([one / n for one, n in zip(slopes, sizes, strict=True)])


def level(W, b, v, X):
    steep = 1 / np.cosh(X @ W + b) ** 2
    slopes = np.einsum("nu,u,ju->nj", steep, v, W)
    return ((np.linalg.norm(slopes, axis=1) - 1) ** 2).mean()


BEST_M = """
function D = best(p, q)
D = p ./ (p + q);
D(isnan(D)) = 0.5;
end
"""
