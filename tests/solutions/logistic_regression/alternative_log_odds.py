"""Right answers with log-odds and the ready-made functions of SciPy."""

import numpy as np
from scipy.special import expit, logit

NEWTON_STEP_M = """
function theta = newton_step(theta, X, y, counts, alpha)
A = [ones(numel(y), 1), X];
p = 1 ./ (1 + exp(-A * theta));
V = diag(counts .* p .* (1 - p));
P = alpha * eye(numel(theta));
P(1) = 0;
theta = (A' * V * A + P) \\ (A' * (V * (A * theta) + counts .* (y - p)));
end
"""


def newton_step(theta, X, y, counts, alpha):
    """Reweighted least squares: solve for the new weights, not for the step."""
    A = np.insert(np.asarray(X, dtype=float), 0, 1, axis=1)
    p = expit(A @ theta)
    V = np.diag(counts * p * (1 - p))
    P = alpha * np.eye(len(theta))
    P[0, 0] = 0
    right = A.T @ (V @ A @ theta + counts * (y - p))
    return np.linalg.solve(A.T @ V @ A + P, right)


def odds_factor(w, w_se, step):
    w_low, w_high = w - 1.96 * w_se, w + 1.96 * w_se
    low, high = sorted([np.exp(w_low * step), np.exp(w_high * step)])
    return np.exp(w * step), low, high


def undo_class_weight(probability, weight):
    with np.errstate(divide="ignore"):
        return expit(logit(probability) - np.log(weight))


def mean_cost(y_true, probability, threshold, cost_missed, cost_false):
    quiet = np.asarray(probability) < threshold
    cost = np.where(y_true == 1, cost_missed * quiet, cost_false * ~quiet)
    return cost.mean()
