"""Right answers with pandas, and tau and phi by expectation and maximisation."""

import numpy as np
import pandas as pd


def design_matrix(magnitude, distance_km, vs30_m_s, h_km):
    table = pd.DataFrame({"one": 1.0, "M": magnitude})
    table["M2"] = table.M**2
    table["far"] = np.log10(np.square(distance_km) + h_km**2) / 2
    table["trade"] = table.M * table.far
    table["R"] = distance_km
    table["site"] = np.log10(vs30_m_s) - np.log10(760)
    return table


def tau_phi(residual, event_id):
    groups = pd.Series(np.asarray(residual, float)).groupby(np.asarray(event_id))
    size, mean = groups.size().to_numpy(), groups.mean().to_numpy()
    inside = float((groups.var(ddof=0) * groups.size()).sum())
    n = len(residual)
    phi2 = tau2 = np.mean(np.square(residual))
    for _ in range(20000):
        spread = tau2 * phi2 / (size * tau2 + phi2)
        terms = mean * size * spread / phi2
        new = np.mean(terms**2 + spread)
        phi2 = (inside + np.sum(size * ((mean - terms) ** 2 + spread))) / n
        still = abs(new - tau2) < 1e-10 * tau2
        tau2 = new
        if still or tau2 < 9e-5 * phi2:
            break
    return np.sqrt(tau2), np.sqrt(phi2)


def fit_with_event_terms(A, y, event_id):
    A, y = np.asarray(A, float), np.asarray(y, float)
    codes = pd.factorize(np.asarray(event_id))[0]
    size = np.bincount(codes)
    c = np.zeros(A.shape[1])
    tau = phi = np.std(y)
    for _ in range(12):
        keep = phi / np.sqrt(phi**2 + size * tau**2)
        both = pd.DataFrame(np.c_[A, y])
        means = both.groupby(codes).transform("mean").to_numpy()
        both = both.to_numpy() - (1 - keep)[codes, None] * means
        c = np.linalg.pinv(both[:, :-1]) @ both[:, -1]
        tau, phi = tau_phi(y - A @ c, event_id)
    return c, tau, phi


def event_terms(residual, event_id, tau, phi):
    groups = pd.Series(residual, dtype=float).groupby(np.asarray(event_id))
    size = groups.transform("size")
    return groups.transform("sum") * tau**2 / (size * tau**2 + phi**2)


def event_weights(event_id):
    names = pd.Series(event_id)
    weight = 1 / names.groupby(names).transform("size")
    return (weight / weight.sum()).to_numpy()


def _layers(X, parameters):
    hidden = np.tanh(np.einsum("im,mh->ih", X, parameters[0]) + parameters[1])
    return hidden, np.einsum("ih,ho->io", hidden, parameters[2]) + parameters[3]


def forward(X, parameters):
    output = _layers(X, parameters)[1]
    return output[:, 0], output[:, 1]


def loss_and_gradient(X, y, weight, parameters):
    hidden, output = _layers(X, parameters)
    sigma = np.exp(output[:, 1])
    off = y - output[:, 0]
    loss = np.average(np.log(sigma) + off**2 / (2 * sigma**2), weights=weight)
    loss *= np.sum(weight)
    top = np.stack([-off / sigma**2, (sigma**2 - off**2) / sigma**2], axis=1)
    top *= np.asarray(weight)[:, None]
    low = np.einsum("io,ho->ih", top, parameters[2]) / np.cosh(np.arctanh(hidden)) ** 2
    return loss, [
        np.einsum("im,ih->mh", X, low),
        np.sum(low, axis=0),
        np.einsum("ih,io->ho", hidden, top),
        np.sum(top, axis=0),
    ]


def train(
    X, y, event_id, parameters, eta, momentum, longest, events_per_batch, n_epochs,
    random_state,
):  # fmt: skip
    shuffle = np.random.RandomState(random_state).permutation
    shapes = [one.shape for one in parameters]
    ends = np.cumsum([one.size for one in parameters])[:-1]

    def unpacked(theta):
        parts = np.split(theta, ends)
        return [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]

    theta = np.concatenate([np.ravel(one) for one in parameters]).astype(float)
    velocity, losses = 0.0, []
    for step in np.linspace(eta, 0, n_epochs + 1)[:-1]:
        order = shuffle(np.unique(event_id))
        cuts = np.arange(events_per_batch, len(order), events_per_batch)
        for names in np.split(order, cuts):
            rows = np.isin(event_id, names)
            weight = event_weights(event_id[rows])
            slopes = loss_and_gradient(X[rows], y[rows], weight, unpacked(theta))[1]
            g = np.concatenate([np.ravel(one) for one in slopes])
            g = g / max(1, np.linalg.norm(g) / longest)
            velocity = momentum * velocity - step * g
            theta = theta + velocity
        losses += [loss_and_gradient(X, y, event_weights(event_id), unpacked(theta))[0]]
    return tuple(unpacked(theta)), losses


def scores(error, event_id):
    squares = pd.Series(np.asarray(error, float) ** 2)
    by_event = squares.groupby(np.asarray(event_id)).mean()
    return np.sqrt(squares.mean()), np.sqrt(by_event.mean())


def conformal_half_width(score, event_id, level):
    table = pd.DataFrame({"score": score, "weight": event_weights(event_id)})
    n = len(pd.unique(np.asarray(event_id)))
    table = table.sort_values("score")
    table["sum"] = table.weight.cumsum() * n
    reached = table.score[table["sum"] >= (level - 1e-9) * (n + 1)]
    return reached.min() if len(reached) else float("inf")


def three_rmse(model, X, y, event_id, station_id, n_folds, random_state):
    dice = np.random.RandomState(random_state)
    quakes = np.array_split(dice.permutation(np.unique(event_id)), n_folds)
    sites = np.array_split(dice.permutation(np.unique(station_id)), n_folds)
    off = np.full((3, len(y)), np.nan)
    for few_quakes, few_sites in zip(quakes, sites, strict=True):
        new = np.isin(event_id, few_quakes)
        far = np.isin(station_id, few_sites)
        if not (new & far).any():
            continue
        strangers = np.flatnonzero(~new & ~far)
        some = dice.permutation(np.flatnonzero(~new))[: len(strangers)]
        for k, rows in enumerate([np.flatnonzero(~new), some, strangers]):
            model.fit(X[rows], y[rows])
            off[k, new & far] = y[new & far] - np.asarray(model.predict(X[new & far]))
    return np.sqrt(np.nanmean(off**2, axis=1))


LOSS_AND_GRADIENT_M = """
function [loss, dW1, db1, dW2, db2] = loss_and_gradient(X, y, w, W1, b1, W2, b2)
n = size(X, 1);
one = ones(n, 1);
h = tanh([X, one] * [W1; b1]);
out = [h, one] * [W2; b2];
precision = exp(-2 * out(:, 2));
r = y - out(:, 1);
loss = w' * (out(:, 2) + 0.5 * precision .* r.^2);
top = diag(w) * [-precision .* r, 1 - precision .* r.^2];
low = (top * W2') .* (1 - h .* h);
both = [X, one]' * low;
dW1 = both(1:end-1, :);
db1 = both(end, :);
both = [h, one]' * top;
dW2 = both(1:end-1, :);
db2 = both(end, :);
"""
