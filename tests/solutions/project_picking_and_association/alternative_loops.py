"""Right answers in plain loops, and a picker of its own."""

import random

import numpy as np


def split_recordings(recording, n_held_out, random_state):
    names = sorted({int(name) for name in recording})
    held = set(random.Random(int(random_state)).sample(names, n_held_out))
    return np.array([int(name) in held for name in recording])


def window_starts(onsets, n_samples, length, n_events, n_noise, random_state):
    chance = random.Random(int(random_state))
    found = {True: [], False: []}
    wanted = {True: n_events, False: n_noise}
    while any(len(found[kind]) < wanted[kind] for kind in found):
        k = chance.randrange(n_samples - length + 1)
        kind = any(k <= at <= k + length - 1 for at in onsets)
        if len(found[kind]) < wanted[kind]:
            found[kind].append(k)
    return np.array(found[True] + found[False])


def best_height(true, found, matched, heights):
    best = None
    for k in range(len(heights)):
        f1 = 2 * sum(matched[k]) / (sum(true) + sum(found[k]))
        if best is None or (f1, -heights[k]) > best:
            best = (f1, -heights[k])
    return -best[1]


def f1_interval(counts, draws):
    values = []
    for rows in draws:
        true = found = matched = 0
        for k in rows:
            true, found, matched = (
                true + counts[k][0],
                found + counts[k][1],
                matched + counts[k][2],
            )
        values.append(2 * matched / (true + found))
    true, found, matched = np.sum(counts, axis=0)
    whole = 2 * matched / (true + found)
    return [whole, np.percentile(values, 2.5), np.percentile(values, 97.5)]


def calibration_gaps(probability, is_right, edges):
    gaps = []
    for k in range(len(edges) - 1):
        last = k == len(edges) - 2
        own = [
            (p, r)
            for p, r in zip(probability, is_right, strict=True)
            if edges[k] <= p < edges[k + 1] or (last and p == edges[-1])
        ]
        gaps.append(
            sum(p - float(r) for p, r in own) / len(own) if own else float("nan")
        )
    return gaps


def pick_trace(trace, sampling_hz):
    short, quiet = int(0.3 * sampling_hz), int(4 * sampling_hz)
    total = np.concatenate([[0.0], np.cumsum(trace**2)])
    found = []
    for k in range(quiet, len(trace) - short):
        before = (total[k] - total[k - quiet]) / quiet
        after = (total[k + short] - total[k]) / short
        if after > 4 * before and (not found or k / sampling_hz - found[-1] > 3):
            found.append(k / sampling_hz)
    return np.array(found)
