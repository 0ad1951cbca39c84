"""Right answers in single precision and another algebra: feet, sums of matches."""

import numpy as np


def standardise(X_train, X_test):
    train, test = X_train.astype(np.float32), X_test.astype(np.float32)
    centre, spread = train.mean(axis=0), train.std(axis=0)
    spread[np.ptp(train, axis=0) == 0] = 1
    return (train - centre) / spread, (test - centre) / spread


def margin(w, b, X, y):
    foot = -b * w / (w @ w)  # the point of the boundary nearest to the origin
    return (y * ((X - foot) @ (w / np.sqrt(w @ w)))).astype(np.float32)


def perceptron_epoch(w, b, X, y, eta):
    w, b, moves = np.array(w, np.float32), np.float32(b), 0
    for i in range(X.shape[0]):
        wrong = y[i] * (np.dot(w, X[i]) + b) <= 0
        w = w + wrong * eta * y[i] * X[i]
        b = b + wrong * eta * y[i]
        moves += wrong
    return w, b, moves


def balanced_accuracy(y_true, y_pred):
    _, kind = np.unique(y_true, return_inverse=True)
    hits = np.bincount(kind, weights=y_true == y_pred)
    return np.float32(np.mean(hits / np.bincount(kind)))
