"""Right answers in plain loops and lists, with hardly any NumPy."""

import math
import random

import numpy as np


def deal_events(kind, event_id, n_parts, random_state):
    kind_of = dict(zip(event_id, kind, strict=True))
    by_kind = {}
    for name in sorted(kind_of):
        by_kind.setdefault(kind_of[name], []).append(name)
    dice, row = random.Random(int(random_state)), []
    for one in sorted(by_kind):
        dice.shuffle(by_kind[one])
        row += by_kind[one]
    part = {name: k % n_parts for k, name in enumerate(row)}
    return [part[name] for name in event_id]


def spectral_ratios(p, s, noise, rate_hz, edges_hz):
    out = []
    for trio in zip(p, s, noise, strict=True):
        power = []
        for window in trio:
            m = len(window)
            sums = [0.0] * (len(edges_hz) - 1)
            for c in range(window.shape[1]):
                line = window[:, c] - np.mean(window[:, c])
                spectrum = np.fft.fft(line * np.hanning(m))
                for j in range(m // 2 + 1):
                    f = j * rate_hz / m
                    for b in range(len(sums)):
                        if edges_hz[b] <= f < edges_hz[b + 1]:
                            sums[b] += abs(spectrum[j]) ** 2
            power.append(sums)
        out.append(
            [
                math.log10(max(a - n, a / 10)) - math.log10(max(b - n, b / 10))
                for a, b, n in zip(*power, strict=True)
            ]
        )
    return out


def layer_table(n_samples, n_channels, layers):
    table, steps = [], [1]
    for number, (channels, taps, stride, dilation, padding) in enumerate(layers):
        span = dilation * (taps - 1) + 1
        ahead = 0
        if padding == "same":
            n_out = math.ceil(n_samples / stride)
            ahead = max(0, stride * (n_out - 1) + span - n_samples) // 2
        else:
            n_out = len(range(0, n_samples - span + 1, stride))
        before = table[-1] if number else [0, 0, 1, 0]
        table.append(
            [
                n_out,
                taps * n_channels * channels + channels,
                before[2] + (span - 1) * steps[-1],
                before[3] - ahead * steps[-1],
            ]
        )
        steps.append(steps[-1] * stride)
        n_samples, n_channels = n_out, channels
    return table


def evidence(x, weights, strides):
    weights = list(weights)
    bias_of_answer, answer = weights.pop(), weights.pop()
    for stride in strides:
        kernel, bias = weights.pop(0), weights.pop(0)
        n, taps = x.shape[1], kernel.shape[0]
        n_out = math.ceil(n / stride)
        before = max(0, stride * (n_out - 1) + taps - n) // 2
        y = np.zeros((x.shape[0], n_out, kernel.shape[2]))
        for t in range(n_out):
            for k in range(taps):
                at = t * stride + k - before
                if 0 <= at < n:
                    y[:, t] += np.dot(x[:, at], kernel[k])
        x = np.where(y + bias > 0, y + bias, 0)
    return np.einsum("ntc,ck->ntk", x, answer) + bias_of_answer


def confusion(truth, said, n_kinds, z):
    out = []
    for i in range(n_kinds):
        calls = [int(b) for a, b in zip(truth, said, strict=True) if a == i]
        row, n = [], len(calls)
        for j in range(n_kinds):
            f, low, high = 0, 0.0, 1.0
            if n:
                f = calls.count(j) / n
                root = z * math.sqrt(f * (1 - f) / n + z * z / (4 * n * n))
                low = (f + z * z / (2 * n) - root) / (1 + z * z / n)
                high = (f + z * z / (2 * n) + root) / (1 + z * z / n)
            row.append([calls.count(j), low, high])
        out.append(row)
    return out


def _by_event(values, event_id):
    lists = {}
    for value, name in zip(values, event_id, strict=True):
        lists.setdefault(name, []).append(float(value))
    return {name: sum(one) / len(one) for name, one in lists.items()}


def disagreements(one, other, is_explosion, event_id):
    first, second = _by_event(one, event_id), _by_event(other, event_id)
    truth = dict(zip(event_id, map(bool, is_explosion), strict=True))
    a = b = 0
    for name, is_so in truth.items():
        mine, theirs = (first[name] > 0) == is_so, (second[name] > 0) == is_so
        a += mine and not theirs
        b += theirs and not mine
    n = a + b
    tail = sum(math.comb(n, k) for k in range(min(a, b) + 1)) / 2**n
    return [a, b, min(1.0, 2 * tail)]


def reliability(log_odds, is_explosion, event_id, edges):
    truth = dict(zip(event_id, map(bool, is_explosion), strict=True))
    bins = [[] for _ in edges[1:]]
    for name, z in _by_event(log_odds, event_id).items():
        p = 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))
        k = max(k for k in range(len(bins)) if p >= edges[k])
        bins[k].append((p, truth[name]))
    return [
        [len(one), *(sum(v) / len(one) for v in zip(*one, strict=True))]
        if one
        else [0, math.nan, math.nan]
        for one in bins
    ]


def noise_of_others(x, station, noise, noise_station, ratio, random_state):
    dice, out = random.Random(int(random_state)), []
    for record, here in zip(x, station, strict=True):
        there = [w for w, s in zip(noise, noise_station, strict=True) if s != here]
        window = dice.choice(there)
        loud = math.sqrt(np.sum(record.astype(float) ** 2))
        out.append(
            record + window * (loud / ratio / math.sqrt(np.sum(1.0 * window**2)))
        )
    return np.array(out)


def leave_one_out(features, kind):
    said = []
    for k, own in enumerate(features):
        others = np.delete(features, k, axis=0)
        theirs = np.delete(kind, k)
        spread = np.std(others, axis=0)
        best = None
        for one in sorted(set(theirs)):
            gap = (own - others[theirs == one].mean(axis=0)) / spread
            if best is None or np.linalg.norm(gap) < best[0]:
                best = np.linalg.norm(gap), one
        said.append(best[1])
    return said


SPECTRAL_RATIOS_M = """
function r = spectral_ratios(p, s, noise, rate_hz, edges_hz)
m = size(p, 1);
w = sin(pi * (0:m - 1)' / (m - 1)) .^ 2;
windows = {p, s, noise};
power = zeros(3, numel(edges_hz) - 1);
for which = 1:3
    x = windows{which};
    for c = 1:size(x, 2)
        X = abs(fft((x(:, c) - mean(x(:, c))) .* w)) .^ 2;
        for j = 0:floor(m / 2)
            k = find(edges_hz <= j * rate_hz / m, 1, 'last');
            if ~isempty(k) && k < numel(edges_hz)
                power(which, k) = power(which, k) + X(j + 1);
            end
        end
    end
end
net = max(power(1:2, :) - power(3, :), power(1:2, :) / 10);
r = log10(net(1, :)) - log10(net(2, :));
end
"""
