"""Right answers in another dtype: what is returned is single precision or a tuple."""

import numpy as np
from scipy.optimize import minimize


def design_matrix(magnitude, distance_km, vs30_m_s, h_km):
    filled = np.empty((7, len(magnitude)), np.float32)
    filled[:] = 1
    filled[1] = magnitude
    filled[2] = np.square(magnitude)
    filled[3] = np.log10(np.abs(distance_km + 1j * h_km))
    filled[4] = magnitude * np.log10(np.abs(distance_km + 1j * h_km))
    filled[5] = distance_km
    filled[6] = np.log(vs30_m_s / 760) / np.log(10)
    return filled.T


def _minus_log(x, size, mean, inside):
    tau2, phi2 = np.exp(2 * x)
    total = phi2 + size * tau2
    first = np.sum((size - 1) * np.log(phi2) + np.log(total))
    return first + inside / phi2 + np.sum(size * mean**2 / total)


def tau_phi(residual, event_id):
    names, size = np.unique(event_id, return_counts=True)
    mean = np.array([np.mean(residual[event_id == name]) for name in names])
    inside = np.sum(np.square(residual)) - np.sum(size * mean**2)
    begin = np.log([np.sqrt(np.mean(mean**2)) + 1e-3, np.std(residual) + 1e-3])
    options = {"xatol": 1e-7, "fatol": 1e-10, "maxiter": 4000}
    found = minimize(
        _minus_log,
        begin,
        (size, mean, inside),
        method="Nelder-Mead",
        bounds=[(-9, 9), (-9, 9)],
        options=options,
    )
    return tuple(np.exp(found.x).astype(np.float32))


def fit_with_event_terms(A, y, event_id):
    belongs = (np.asarray(event_id)[:, None] == np.unique(event_id)).astype(float)
    many = np.sum(belongs, axis=0)
    c = np.linalg.lstsq(A, y)[0]
    for _ in range(25):
        tau, phi = np.float64(tau_phi(y - A @ c, event_id))
        # Woodbury: the inverse of phi^2 I + tau^2 Z Z'
        shrink = belongs * (tau**2 / (phi**2 + many * tau**2))
        seen = np.c_[A, y] - shrink @ (belongs.T @ np.c_[A, y])
        c = np.linalg.solve(A.T @ seen[:, :-1], A.T @ seen[:, -1])
    return c.astype(np.float32), np.float32(tau), np.float32(phi)


def event_terms(residual, event_id, tau, phi):
    _, place, size = np.unique(event_id, return_inverse=True, return_counts=True)
    total = np.zeros(len(size))
    np.add.at(total, place, residual)
    return (total * tau**2 / (size * tau**2 + phi**2))[place].astype(np.float32)


def event_weights(event_id):
    same = np.asarray(event_id)[:, None] == np.unique(event_id)
    return np.float32(same @ (1 / same.sum(axis=0)) / same.shape[1])


def forward(X, parameters):
    hidden = np.tanh(parameters[1] + np.dot(X, parameters[0]))
    return np.float32((hidden @ parameters[2] + parameters[3]).T)


def loss_and_gradient(X, y, weight, parameters):
    W1, b1, W2, b2 = parameters
    hidden = 1 - 2 / (1 + np.exp(2 * (X @ W1 + b1)))
    mean, s = hidden @ W2[:, 0] + b2[0], hidden @ W2[:, 1] + b2[1]
    precision = np.exp(-2 * s)
    r = mean - y
    loss = np.dot(weight, s) + np.dot(weight, precision * r**2) / 2
    left, right = weight * precision * r, weight - weight * precision * r**2
    bent = 1 - hidden**2
    low = np.outer(left, W2[:, 0]) * bent + np.outer(right, W2[:, 1]) * bent
    upper = np.stack([hidden.T @ left, hidden.T @ right], axis=1)
    slopes = X.T @ low, low.sum(0), upper, np.array([left.sum(), right.sum()])
    return np.float32(loss), tuple(slopes)


def train(
    X, y, event_id, parameters, eta, momentum, longest, events_per_batch, n_epochs,
    random_state,
):  # fmt: skip
    rng = np.random.default_rng(random_state)
    names = np.unique(event_id)
    parameters = [one.astype(float) for one in parameters]
    push = [np.zeros(one.shape) for one in parameters]
    losses = np.zeros(n_epochs, np.float32)
    for epoch in range(n_epochs):
        place = rng.permutation(len(names)) // events_per_batch
        for batch in range(max(place) + 1):
            rows = np.flatnonzero(np.isin(event_id, names[place == batch]))
            weight = event_weights(event_id[rows]).astype(float)
            slopes = loss_and_gradient(X[rows], y[rows], weight, parameters)[1]
            length = np.linalg.norm([np.linalg.norm(one) for one in slopes])
            eta_now = eta * (n_epochs - epoch) / n_epochs * min(1, longest / length)
            for one, v, g in zip(parameters, push, slopes, strict=True):
                v *= momentum
                v -= eta_now * g
                one += v
        losses[epoch] = loss_and_gradient(X, y, event_weights(event_id), parameters)[0]
    return parameters, losses


def scores(error, event_id):
    means = [np.mean(np.square(error[event_id == e])) for e in np.unique(event_id)]
    both = np.sqrt(np.mean(np.square(error))), np.sqrt(np.mean(means))
    return np.array(both, np.float32)


def conformal_half_width(score, event_id, level):
    names, size = np.unique(event_id, return_counts=True)
    count = dict(zip(names, size, strict=True))
    part = np.array([1 / count[name] for name in event_id])
    for value in np.unique(score):
        if part[score <= value].sum() >= level * (len(names) + 1) - 1e-9:
            return np.float32(value)
    return np.float32(np.inf)


def three_rmse(model, X, y, event_id, station_id, n_folds, random_state):
    rng = np.random.default_rng(random_state)

    def dealt(labels):
        names = np.unique(labels)
        place = np.empty(len(names), int)
        place[rng.permutation(len(names))] = np.arange(len(names)) % n_folds
        return place[np.searchsorted(names, labels)]

    e, s = dealt(event_id), dealt(station_id)
    n_asked, total = 0, np.zeros(3)
    for k in range(n_folds):
        asked = (e == k) & (s == k)
        if asked.sum() == 0:
            continue
        n_asked += asked.sum()
        strangers = (e != k) & (s != k)
        drawn = np.zeros(len(y), bool)
        drawn[rng.choice(np.flatnonzero(e != k), strangers.sum(), replace=False)] = True
        for which, rows in enumerate((e != k, drawn, strangers)):
            model.fit(X[rows], y[rows])
            total[which] += np.sum(np.square(model.predict(X[asked]) - y[asked]))
    return np.sqrt(total / n_asked).astype(np.float32)


LOSS_AND_GRADIENT_M = """
function [loss, dW1, db1, dW2, db2] = loss_and_gradient(X, y, w, W1, b1, W2, b2)
n = size(X, 1);
h = tanh(X * W1 + repmat(b1, n, 1));
out = h * W2 + repmat(b2, n, 1);
r = y - out(:, 1);
sigma = exp(out(:, 2));
loss = sum(w .* (log(sigma) + r.^2 ./ (2 * sigma.^2)));
top = zeros(n, 2);
top(:, 1) = -w .* r ./ sigma.^2;
top(:, 2) = w - w .* r.^2 ./ sigma.^2;
low = (top * W2.') .* (1 - h.^2);
dW1 = X.' * low;
db1 = ones(1, n) * low;
dW2 = h.' * top;
db2 = ones(1, n) * top;
end
"""
