"""Right answers with pandas, a table of differences and functions of SciPy."""

import numpy as np
import pandas as pd
from scipy.special import expit


def class_probabilities(thresholds, score):
    above = expit(np.asarray(score)[:, None] - np.asarray(thresholds)[None, :])
    above = np.pad(above, ((0, 0), (1, 1)), constant_values=((0, 0), (1, 0)))
    return above[:, :-1] - above[:, 1:]


def ordinal_error(y_true, y_pred):
    table = pd.DataFrame({"truth": y_true, "off": (y_true - y_pred)})
    return table.off.abs().groupby(table.truth).mean().mean()
