"""Right answers with pandas, strides and broadcasting."""

import itertools

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view
from scipy.stats import binomtest


def deal_events(kind, event_id, n_parts, random_state):
    rng = np.random.default_rng(random_state)
    table = pd.DataFrame({"event": event_id, "kind": kind}).drop_duplicates()
    table["dice"] = rng.permutation(len(table))
    table = table.sort_values(["kind", "dice"], kind="stable")
    part = pd.Series(np.arange(len(table)) % n_parts, index=table.event)
    return part.loc[event_id].to_numpy()


def spectral_ratios(p, s, noise, rate_hz, edges_hz):
    x = np.stack([p, s, noise]).astype(float)
    x -= np.mean(x, 2)[:, :, None]
    x *= np.hanning(x.shape[2])[:, None]
    squares = (np.abs(np.fft.rfft(x, axis=2)) ** 2).sum(axis=3)
    f = np.fft.rfftfreq(x.shape[2], 1 / rate_hz)
    ends = np.searchsorted(f, edges_hz)
    power = np.stack(
        [squares[..., a:b].sum(axis=-1) for a, b in itertools.pairwise(ends)],
        axis=-1,
    )
    P, S = np.maximum(power[:2] - power[2], power[:2] / 10)
    return np.log10(P) - np.log10(S)


def layer_table(n_samples, n_channels, layers):
    """Ask what an output sees, from the last layer down."""
    sizes, rows, zeros = [n_samples], [], []
    for channels, taps, stride, dilation, padding in layers:
        n, reach = sizes[-1], (taps - 1) * dilation
        n_out = (n + stride - 1) // stride
        lacking = max((n_out - 1) * stride + reach + 1 - n, 0)
        if padding == "valid":
            n_out, lacking = 1 + (n - reach - 1) // stride, 0
        sizes.append(n_out)
        zeros.append(lacking // 2)
        first = last = 0
        for k in range(len(zeros) - 1, -1, -1):
            first = first * layers[k][2] - zeros[k]
            last = last * layers[k][2] - zeros[k] + (layers[k][1] - 1) * layers[k][3]
        learned = channels * taps * n_channels + channels
        rows.append((n_out, learned, last - first + 1, first))
        n_channels = channels
    return np.array(rows)


def evidence(x, weights, strides):
    for k, stride in enumerate(strides):
        kernel, bias = weights[2 * k], weights[2 * k + 1]
        n, size = x.shape[1], kernel.shape[0]
        n_out = (n + stride - 1) // stride
        lacking = max((n_out - 1) * stride + size - n, 0)
        wide = np.pad(x, ((0, 0), (lacking // 2, (lacking + 1) // 2), (0, 0)))
        seen = sliding_window_view(wide, size, axis=1)[:, ::stride]
        y = np.tensordot(seen, kernel, axes=([3, 2], [0, 1])) + bias
        x = y * (y > 0)
    return x @ weights[-2] + weights[-1]


def confusion(truth, said, n_kinds, z):
    cell = np.asarray(truth) * n_kinds + np.asarray(said)
    counts = np.bincount(cell, minlength=n_kinds**2).reshape(n_kinds, n_kinds)
    out = np.zeros((n_kinds, n_kinds, 3))
    out[..., 0], out[..., 2] = counts, 1
    for i, row in enumerate(counts):
        for j, count in enumerate(row):
            if row.sum():
                n, f = row.sum(), count / row.sum()
                half = z / n * np.sqrt(count * (n - count) / n + z**2 / 4)
                out[i, j, 1:] = np.array([-half, half]) + f + z**2 / n / 2
                out[i, j, 1:] *= n / (n + z**2)
    return out


def disagreements(one, other, is_explosion, event_id):
    table = pd.DataFrame({"one": one, "other": other, "truth": is_explosion})
    mean = table.astype(float).groupby(np.asarray(event_id)).mean()
    right = mean[["one", "other"]].gt(0).eq(mean.truth > 0.5, axis=0)
    a = int((right.one & ~right.other).sum())
    b = int((~right.one & right.other).sum())
    return a, b, binomtest(a, a + b).pvalue if a + b else 1.0


def reliability(log_odds, is_explosion, event_id, edges):
    table = pd.DataFrame({"z": log_odds, "truth": is_explosion}).astype(float)
    mean = table.groupby(np.asarray(event_id)).mean()
    mean["p"] = (1 + np.tanh(mean.z / 2)) / 2
    upper = [*edges[:-1], np.inf]
    place = pd.cut(mean.p, upper, right=False, labels=False)
    grouped = mean.groupby(place)
    found = pd.DataFrame(
        {"n": grouped.size(), "p": grouped.p.mean(), "share": grouped.truth.mean()}
    ).reindex(range(len(edges) - 1))
    found["n"] = found.n.fillna(0)
    return found


def noise_of_others(x, station, noise, noise_station, ratio, random_state):
    rng = np.random.default_rng(random_state)
    dice = rng.random((len(x), len(noise)))
    dice[np.asarray(station)[:, None] == np.asarray(noise_station)] = -1
    added = noise[dice.argmax(axis=1)].astype(float)
    loud = np.linalg.norm(x.reshape(len(x), -1), axis=1)
    own = np.linalg.norm(added.reshape(len(x), -1), axis=1)
    return x + added * (loud / own / ratio)[:, None, None]


def leave_one_out(features, kind):
    said = []
    for k in range(len(kind)):
        table = pd.DataFrame(features)
        others = table.drop(index=k)
        means = others.groupby(np.delete(kind, k)).mean()
        gap = ((means - table.loc[k]) / others.std(ddof=0)) ** 2
        said.append(gap.sum(axis=1).idxmin())
    return said


SPECTRAL_RATIOS_M = """
function r = spectral_ratios(p, s, noise, rate_hz, edges_hz)
r = zeros(1, numel(edges_hz) - 1);
for k = 1:numel(r)
    band = edges_hz(k:k + 1);
    still = of(noise, rate_hz, band);
    P = of(p, rate_hz, band);
    S = of(s, rate_hz, band);
    r(k) = log10(max(P - still, P / 10) / max(S - still, S / 10));
end
end

function total = of(x, rate_hz, band)
n = size(x, 1);
x = x - repmat(sum(x, 1) / n, n, 1);
x = x .* (0.5 * (1 - cos(2 * pi * linspace(0, 1, n)')));
total = 0;
for j = 0:floor(n / 2)
    f = j / n * rate_hz;
    if f >= band(1) && f < band(2)
        wave = exp(-2i * pi * j * (0:n - 1) / n);
        total = total + sum(abs(wave * x) .^ 2);
    end
end
end
"""
