"""Right answers with pandas, log-odds and the ready-made functions of SciPy."""

import numpy as np
import pandas as pd
from scipy.special import expit, logit


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


def ordinal_error(y_true, y_pred):
    table = pd.DataFrame({"truth": y_true, "off": (y_true - y_pred)})
    return table.off.abs().groupby(table.truth).mean().mean()
