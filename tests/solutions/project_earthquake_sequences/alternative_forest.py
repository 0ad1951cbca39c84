"""Right answers with trees, and Matthews' correlation as a correlation."""

import numpy as np
from sklearn.ensemble import RandomForestClassifier


def fold_of(catalogue, n_folds):
    order = np.sort(np.unique(catalogue))
    return np.mod(np.searchsorted(order, catalogue), n_folds).astype(np.int32)


def features(lag_days, distance_km, parent_magnitude, magnitude):
    root = 10.0 ** (-0.5 * parent_magnitude)
    near = np.where(distance_km < 0.1, 0.1, distance_km)
    time, far = lag_days * root, near**1.6 * root
    return np.stack([np.log10(time), np.log10(far), parent_magnitude - magnitude], 1)


def fit_predict(X_train, triggered_train, X):
    forest = RandomForestClassifier(20, min_samples_leaf=40, random_state=0)
    return forest.fit(X_train, triggered_train).predict_proba(X)[:, 1]


def mean_mcc(triggered, p, catalogue):
    called, scores = p > 0.5, []
    for one in np.unique(catalogue):
        rows = catalogue == one
        if np.ptp(triggered[rows]) and called[rows].any() and not called[rows].all():
            scores.append(np.corrcoef(triggered[rows], called[rows])[0, 1])
        else:
            scores.append(0)
    return np.mean(scores)


def submission(catalogue, event, p, nearest):
    table = np.empty((len(p), 4))
    table[:, 0], table[:, 1], table[:, 2], table[:, 3] = catalogue, event, p, nearest
    table[p <= 0.5, 3] = -1
    return table
