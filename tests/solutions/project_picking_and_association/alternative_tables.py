"""Right answers with pandas and another way round."""

import numpy as np
import pandas as pd


def split_recordings(recording, n_held_out, random_state):
    names = pd.Series(recording).drop_duplicates().sort_values()
    held = names.sample(n_held_out, random_state=int(random_state))
    return pd.Series(recording).isin(held).to_numpy()


def window_starts(onsets, n_samples, length, n_events, n_noise, random_state):
    rng = np.random.default_rng([7, int(random_state)])
    taken = np.zeros(n_samples - length + 1, dtype=bool)
    for at in onsets:
        taken[max(at - length + 1, 0) : at + 1] = True
    kinds = [np.nonzero(taken)[0], np.nonzero(~taken)[0]]
    counts = [n_events, n_noise]
    return np.hstack(
        [k[rng.integers(len(k), size=n)] for k, n in zip(kinds, counts, strict=True)]
    )


def best_height(true, found, matched, heights):
    table = pd.DataFrame({"height": heights})
    table["f1"] = 2 * matched.sum(1) / (found.sum(1) + true.sum())
    table = table.sort_values(["f1", "height"], ascending=[False, True])
    return table.height.iloc[0]


def f1_interval(counts, draws):
    weight = np.stack([np.bincount(one, minlength=len(counts)) for one in draws])
    true, found, matched = (weight @ counts).T
    ends = pd.Series(2 * matched / (true + found)).quantile([0.025, 0.975])
    total = counts.sum(0)
    return np.r_[2 * total[2] / total[:2].sum(), ends]


def calibration_gaps(probability, is_right, edges):
    top = np.where(probability == edges[-1], edges[-2], probability)
    own = pd.cut(top, edges, right=False, labels=False)
    table = pd.DataFrame({"own": own, "gap": probability - is_right})
    return table.groupby("own").gap.mean().reindex(range(len(edges) - 1)).to_numpy()


def pick_trace(trace, sampling_hz):
    from obspy.signal.trigger import recursive_sta_lta, trigger_onset

    ratio = recursive_sta_lta(trace, int(0.3 * sampling_hz), int(6 * sampling_hz))
    on = trigger_onset(ratio, 4, 1.5)
    return np.array([k for k, _ in on if k > 6 * sampling_hz]) / sampling_hz
