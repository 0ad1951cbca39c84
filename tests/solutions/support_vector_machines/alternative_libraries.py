"""Right answers in another dtype, by other formulas, with pandas on the way."""

import numpy as np
import pandas as pd


def kernel_distances(K):
    outer = np.add.outer(K.diagonal(), K.diagonal())
    return np.sqrt(np.clip(outer - K - K.T, 0, None)).astype("float32")


def duality_gap(K, y, a, b, C):
    # the gap, sample by sample: a (yz - 1) + C slack, since sum(a y) is 0
    yz = y * (np.einsum("j,j,ij->i", a, y, K) + b)
    return np.sum(a * (yz - 1) + C * np.where(yz < 1, 1 - yz, 0))


def balanced_costs(y, C):
    labels = pd.Series(y)
    return C / 2 / labels.map(labels.value_counts(normalize=True))
