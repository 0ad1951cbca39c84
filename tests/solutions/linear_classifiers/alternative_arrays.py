"""Right answers with the bias inside the weights, single precision and pandas."""

import numpy as np
import pandas as pd


def standardise(X_train, X_test):
    train, test = pd.DataFrame(X_train), pd.DataFrame(X_test)
    spread = train.std(ddof=0).where(train.nunique() > 1, 1)
    scaled = [((part - train.mean()) / spread).to_numpy() for part in (train, test)]
    return scaled


def margin(w, b, X, y):
    with_one = np.c_[X, np.ones(len(X))].astype("float32")
    weights = np.append(w, b).astype("float32")
    return np.multiply(with_one @ weights, y, dtype="float32") / np.hypot.reduce(w)


def perceptron_epoch(w, b, X, y, eta):
    weights = np.append(np.asarray(w, dtype=float), b)
    rows = np.column_stack([X, np.ones(len(X))]) * np.asarray(y)[:, None]
    moved = np.zeros(len(rows), dtype=bool)
    for i, row in enumerate(rows):
        moved[i] = not row @ weights > 0
        weights = weights + eta * moved[i] * row
    return weights[:-1], weights[-1], moved.sum()


def balanced_accuracy(y_true, y_pred):
    table = pd.crosstab(
        pd.Series(y_true), pd.Series(y_true == y_pred), normalize="index"
    )
    return table[True].mean() if True in table else 0.0
