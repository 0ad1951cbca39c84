"""Right answers in another dtype: what is returned is single precision or a tuple."""

import numpy as np


def attenuation_matrix(magnitude, distance_km, h_km):
    filled = np.empty((len(magnitude), 4), np.float32)
    filled[:, 0] = 1
    filled[:, 1:] = np.transpose([magnitude, np.zeros(len(magnitude)), distance_km])
    filled[:, 2] = np.log10(np.abs(distance_km + 1j * h_km))
    return filled


def _rows(magnitude, distance_km, h_km):
    third = np.log10(np.sqrt(np.square(distance_km) + np.square(h_km)))
    return np.c_[np.ones(len(third)), magnitude, third, distance_km]


def fit_attenuation(magnitude, distance_km, log_pga, h_grid_km):
    designs = [_rows(magnitude, distance_km, h) for h in h_grid_km]
    answers = [np.linalg.pinv(rows) @ log_pga for rows in designs]
    left = [
        np.linalg.norm(log_pga - rows @ c)
        for rows, c in zip(designs, answers, strict=True)
    ]
    place = int(np.argmin(left))
    return answers[place].astype(np.float32), np.float32(h_grid_km[place])


def ordinary_errors(A, y):
    A = A.astype(float)  # the design matrix above is single precision
    solver = np.linalg.pinv(A)
    off = y - A @ (solver @ y)
    freedom = A.shape[0] - np.linalg.matrix_rank(A)
    variances = np.sum(solver**2, axis=1) * np.sum(off**2) / freedom
    return np.float32(np.sqrt(variances))


def clustered_errors(A, y, event_id):
    A = A.astype(float)
    solver = np.linalg.pinv(A)
    shares = solver * (y - A @ (solver @ y))
    member = np.asarray(event_id)[:, None] == np.unique(event_id)
    totals = shares @ member  # one column for each earthquake
    g, (n, p) = totals.shape[1], A.shape
    return np.float32(
        np.linalg.norm(totals, axis=1) * np.sqrt(g / (g - 1) * (n - 1) / (n - p))
    )


def pocket_perceptron(X, y, eta, n_epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, [(len(y), 0, np.zeros(X.shape[1]), 0.0)]
    for _ in range(n_epochs):
        for i in range(len(y)):
            if np.sign(X[i] @ w + b) != y[i]:
                w += eta * y[i] * X[i]
                b += eta * y[i]
                missed = np.count_nonzero(np.sign(X @ w + b) != y)
                history.append((missed, len(history), w.copy(), b))
    missed, _, w, b = min(history, key=lambda entry: entry[:2])
    return w.astype(np.float32), np.float32(b), np.int8(missed)


def least_squares_classifier(X, y):
    edged = np.insert(X, 0, 1, axis=1)
    theta = np.linalg.solve(edged.T @ edged, edged.T @ y)
    return theta[1:].astype(np.float32), np.float32(theta[0])


def compare_classifiers(X_train, y_train, X_test, y_test, n_epochs):
    lift, unit = np.mean(X_train, 0), np.std(X_train, 0)
    out = []
    for train in (
        lambda X, y: pocket_perceptron(X, y, 1.0, n_epochs)[:2],
        least_squares_classifier,
    ):
        w, b = train((X_train - lift) / unit, y_train)
        answers = np.where((X_test - lift) / unit @ w + b > 0, 1, -1)
        found = [np.mean(answers[y_test == one] == one) for one in (-1, 1)]
        out.append(np.mean(found))
    return np.float32(out)


def b_value(magnitude, completeness, bin_width):
    above = np.asarray(magnitude) - completeness + bin_width / 2
    above = above[above > -1e-6]
    b = np.float32(np.log10(np.exp(1)) * len(above) / above.sum())
    return b, b / np.float32(len(above)) ** 0.5


def b_value_rounded(magnitude, completeness, bin_width):
    rounded = bin_width * np.floor(magnitude / bin_width + 0.5)
    return b_value(rounded, completeness, bin_width)


def b_interval(magnitude, completeness, bin_width, level, n_resamples, random_state):
    legacy = np.random.RandomState(random_state)
    whole = magnitude[magnitude >= completeness - bin_width / 2]
    bs = np.array(
        [
            b_value(whole[legacy.randint(0, len(whole), len(whole))], completeness, 0)[
                0
            ]
            for _k in range(n_resamples)
        ]
    )
    if bin_width:
        bs = 1 / (1 / bs + bin_width / 2 * np.log(10))
    tail = (1 - level) / 2
    return np.quantile(bs, tail), np.quantile(bs, 1 - tail)


def b_from_regression(magnitude, completeness, bin_width):
    last = np.max(magnitude) + bin_width / 4
    edges = np.arange(completeness, last, bin_width)
    rising = np.sort(magnitude)
    counts = len(rising) - np.searchsorted(rising, edges - bin_width / 4)
    rows = np.column_stack([edges, np.ones(len(edges))])
    fit, rss, *_ = np.linalg.lstsq(rows, np.log10(counts))
    variance = rss[0] / (len(edges) - 2) / np.sum((edges - edges.mean()) ** 2)
    return -fit[0], np.sqrt(variance)


def record_and_event_rmse(model, X, y, event_id, n_folds, random_state):
    shuffle = np.random.default_rng(random_state).permutation

    def rmse(folds_of_rows):
        off = np.empty(len(y))
        for rows in folds_of_rows:
            others = np.setdiff1d(np.arange(len(y)), rows)
            model.fit(X[others], y[others])
            off[rows] = model.predict(X[rows]) - y[rows]
        return np.float32(np.linalg.norm(off) / np.sqrt(len(y)))

    records = np.array_split(shuffle(len(y)), n_folds)
    quakes = np.array_split(shuffle(np.unique(event_id)), n_folds)
    events = [np.flatnonzero(np.isin(event_id, names)) for names in quakes]
    return rmse(records), rmse(events)


B_VALUE_M = """
function [b, b_error] = b_value(magnitude, completeness, bin_width)
excess = magnitude(:) - completeness + bin_width / 2;
excess = excess(excess > -1e-9);
n = length(excess);
b = n / sum(excess) / log(10);
b_error = b / sqrt(n);
"""
