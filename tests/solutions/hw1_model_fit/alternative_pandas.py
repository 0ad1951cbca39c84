"""Right answers with pandas, QR and scikit-learn's folds."""

import copy

import numpy as np
import pandas as pd
from sklearn.model_selection import GroupKFold, KFold


def attenuation_matrix(magnitude, distance_km, h_km):
    table = pd.DataFrame({"one": 1.0, "M": magnitude, "R_km": distance_km})
    table.insert(2, "log_r", 0.5 * np.log10(table.R_km**2 + h_km**2))
    return table


def _by_qr(table, y):
    Q, R = np.linalg.qr(np.asarray(table))
    return np.linalg.solve(R, Q.T @ y), np.linalg.inv(R)


def fit_attenuation(magnitude, distance_km, log_pga, h_grid_km):
    fits = pd.Series(
        {
            h_km: _by_qr(attenuation_matrix(magnitude, distance_km, h_km), log_pga)[0]
            for h_km in h_grid_km
        }
    )
    misfits = pd.Series(
        {
            h_km: np.var(
                log_pga
                - attenuation_matrix(magnitude, distance_km, h_km).to_numpy() @ c
            )
            for h_km, c in fits.items()
        }
    )
    return fits[misfits.idxmin()], misfits.idxmin()


def ordinary_errors(A, y):
    c, R_inverse = _by_qr(A, y)
    sigma = np.linalg.norm(y - A @ c) / np.sqrt(len(A) - len(c))
    return sigma * np.linalg.norm(R_inverse, axis=1)


def clustered_errors(A, y, event_id):
    c, R_inverse = _by_qr(A, y)
    influence = (A * (y - A @ c)[:, None]) @ (R_inverse @ R_inverse.T)
    by_event = pd.DataFrame(influence).groupby(np.asarray(event_id)).sum()
    n_groups, n, p = len(by_event), *A.shape
    correction = n_groups / (n_groups - 1) * ((n - 1) / (n - p))
    return np.sqrt((by_event**2).sum() * correction)


def pocket_perceptron(X, y, eta, n_epochs):
    bordered = np.column_stack([X, np.ones(len(X))]) * np.asarray(y)[:, None]
    theta = np.zeros(bordered.shape[1])
    best, best_count = theta, len(bordered)
    for i in list(range(len(bordered))) * n_epochs:
        if not bordered[i] @ theta > 0:
            theta = theta + eta * bordered[i]
            count = np.count_nonzero(~(bordered @ theta > 0))
            if best_count > count:
                best, best_count = theta, count
    return best[:-1], best[-1], best_count


def least_squares_classifier(X, y):
    centred, middle = X - X.mean(axis=0), X.mean(axis=0)
    w = np.linalg.pinv(centred) @ y
    return w, np.mean(y) - middle @ w


def compare_classifiers(X_train, y_train, X_test, y_test, n_epochs):
    known, fresh = pd.DataFrame(X_train), pd.DataFrame(X_test)
    fresh = ((fresh - known.mean()) / known.std(ddof=0)).to_numpy()
    known = ((known - known.mean()) / known.std(ddof=0)).to_numpy()
    pocket = pocket_perceptron(known, y_train, 1.0, n_epochs)
    line = least_squares_classifier(known, y_train)
    scores = pd.Series()
    for name, (w, b, *_) in {"pocket": pocket, "squares": line}.items():
        right = pd.Series((np.sign(fresh @ w + b) > 0) == (y_test > 0))
        scores[name] = right.groupby(y_test).mean().mean()
    return scores


def b_value(magnitude, completeness, bin_width):
    m = pd.Series(magnitude)
    m = m[m.ge(completeness - 0.499 * bin_width)]
    b = 1 / np.log(10) / (m.sub(completeness).mean() + bin_width / 2)
    return pd.Series({"b": b, "error": b * np.float64(len(m)) ** -0.5})


def b_value_rounded(magnitude, completeness, bin_width):
    per_unit = 1 / bin_width
    return b_value(np.rint(magnitude * per_unit) / per_unit, completeness, bin_width)


def b_interval(magnitude, completeness, bin_width, level, n_resamples, random_state):
    m = pd.Series(magnitude)
    m = m[m.ge(completeness - 0.499 * bin_width)].to_numpy()
    picks = np.random.default_rng(random_state).integers(
        0, len(m), (n_resamples, len(m))
    )
    excess = m[picks].mean(axis=1) - completeness + bin_width / 2
    return np.quantile(np.log10(np.e) / excess, [(1 - level) / 2, (1 + level) / 2])


def b_from_regression(magnitude, completeness, bin_width):
    counts = pd.Series(np.rint((magnitude - completeness) / bin_width)).value_counts()
    steps = np.arange(counts.index.max() + 1)
    at_least = np.log10([counts[counts.index >= k].sum() for k in steps])
    (slope, _), covariance = np.polyfit(
        completeness + steps * bin_width, at_least, 1, cov=True
    )
    return -slope, np.sqrt(covariance[0, 0])


def record_and_event_rmse(model, X, y, event_id, n_folds, random_state):
    by_record = KFold(n_folds, shuffle=True, random_state=random_state)
    by_event = GroupKFold(n_folds, shuffle=True, random_state=random_state)
    out = []
    for folds in (by_record.split(X), by_event.split(X, groups=event_id)):
        errors = pd.Series(0.0, index=range(len(y)))
        for train, test in folds:
            learner = copy.deepcopy(model)
            learner.fit(X[train], y[train])
            errors.iloc[test] = y[test] - learner.predict(X[test])
        out.append((errors**2).mean() ** 0.5)
    return out


B_VALUE_M = """
function varargout = b_value(M, Mc, dM)
keep = M(:) >= Mc - 0.499 * dM;
excess = sum((M(:) - Mc + dM / 2) .* keep) / sum(keep);
varargout{1} = 1 / (excess * log(10));
varargout{2} = varargout{1} / sqrt(sum(keep));
end
"""
