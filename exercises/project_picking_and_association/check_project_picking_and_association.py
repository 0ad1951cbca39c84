"""Claims about splits, windows, heights, scores and probabilities of a picker."""

import itertools

import numpy as np

from mlearth.checks import expect, expect_close, expect_shape, inputs, read


def _rows(seed, sizes):
    """Recordings of rows in no order, named by numbers with holes."""
    rng = inputs.draw(seed)
    names = np.sort(rng.choice(500, len(sizes), replace=False))
    return rng.permutation(np.repeat(names, sizes))


@read("kit-picking-split")
def test_1_whole_recordings_are_held_out(student):
    """No recording has rows on both sides, and as many as asked are held out."""
    for seed, sizes, n in [
        (1, [3, 1, 7, 2, 5, 4], 2),
        (2, [1] * 6 + [9, 4], 6),
        (3, [2] * 7, 5),
    ]:
        recording = _rows(seed, sizes)
        held = np.asarray(student.split_recordings(recording, n, seed))
        expect_shape(
            held, recording.shape, f"split_recordings of {len(recording)} rows"
        )
        expect(
            held.dtype == bool,
            f"split_recordings gave values of type {held.dtype}",
            "are they rows or names instead of True and False?",
        )
        both = {*recording[held].tolist()} & {*recording[~held].tolist()}
        expect(
            not both,
            f"{len(both)} recordings have rows on both sides of the split",
            "are rows drawn instead of recordings?",
        )
        n_held = len(np.unique(recording[held]))
        expect(
            n_held == n,
            f"{n_held} of {len(sizes)} recordings are held out, and {n} were asked for",
            "is one recording drawn twice?"
            if 0 < n_held < n and n_held != len(sizes) - n
            else "is it the other side that is True?"
            if n_held == len(sizes) - n
            else "",
        )


@read("kit-picking-split")
def test_2_the_seed_draws_them(student):
    """One seed gives one split, others give others: every recording has a turn."""
    recording = _rows(3, [2, 3, 1, 4, 2, 2, 5])

    def held(seed):
        return np.asarray(student.split_recordings(recording, 2, seed), dtype=bool)

    # of 21 splits ten draws without a seed repeat with probability 1e-13
    first, again = ([held(seed) for seed in range(10)] for _ in range(2))
    expect(
        np.array_equal(first, again),
        "Twice the same seed gave two splits",
        "does random_state reach the generator?",
    )
    seen = {
        int(name) for seed in range(60) for name in np.unique(recording[held(seed)])
    }
    # of seven recordings one is missed by 60 draws of two with probability 1e-8
    expect(
        len(seen) == 7,
        f"With 60 seeds only {len(seen)} of 7 recordings were ever held out",
        "are they always the first or the last, or is the seed not used?",
    )


ONSETS = np.array([130, 311, 340, 977, 1311, 1500, 1801])
N, LENGTH = 2003, 128


def _holds(starts, onsets, length):
    late = np.asarray(onsets)[None, :] - np.asarray(starts)[:, None]
    return ((late >= 0) & (late < length)).any(axis=1)


@read("kit-picking-trap")
def test_3_windows_lie_in_the_record(student):
    """So many as asked, each whole within the record, to its very ends."""
    starts = student.window_starts(ONSETS, N, LENGTH, 40, 30, 5)
    expect_shape(starts, (70,), "window_starts of 40 and 30 windows")
    ends = np.asarray(starts) + LENGTH
    expect(
        np.min(starts) >= 0 and ends.max() <= N,
        f"A window reaches from {np.min(starts)} to {ends.max()} of {N} samples",
        "does a window begin before the record, or end after it?",
    )
    # in 20 samples windows of 17 start at 0 to 3: 200 draws of each kind miss none
    near = student.window_starts(np.array([1]), 20, 17, 200, 200, 6)
    seen = {*np.unique(near).tolist()}
    expect(
        seen == {0, 1, 2, 3},
        f"In a record of 20 samples 400 windows of 17 start at {sorted(seen)} alone, "
        "and should at 0 to 3",
        "is the last start left out?" if seen == {0, 1, 2} else "",
    )


@read("kit-picking-trap")
def test_4_some_windows_hold_an_onset_and_some_none(student):
    """The first n_events hold an onset, the others none, not even at an end."""
    for onsets, n, length in [(ONSETS, N, LENGTH), (np.array([5, 12]), 23, 5)]:
        starts = student.window_starts(onsets, n, length, 300, 300, 7)
        starts = np.asarray(starts)
        holds = _holds(starts, onsets, length)
        after = np.isin(starts[:300][~holds[:300]] + length, onsets)
        expect(
            holds[:300].all(),
            f"{np.sum(~holds[:300])} of 300 windows that should hold an onset do not",
            "do the windows of noise come first?"
            if not holds[:300].any()
            else "is an onset one sample after the end counted?"
            if after.all()
            else "",
        )
        at_first = np.isin(starts[300:][holds[300:]], onsets)
        expect(
            not holds[300:].any(),
            f"{np.sum(holds[300:])} of 300 windows of noise hold an onset",
            "is an onset at the first sample not seen?"
            if at_first.all()
            else "is noise drawn from anywhere?",
        )


@read("kit-picking-trap")
def test_5_an_onset_stands_anywhere(student):
    """In windows that hold one it is at every sample alike: its place tells nothing."""
    starts = student.window_starts(np.array([1000]), 2003, 100, 4000, 5, 8)[:4000]
    place = 1000 - np.asarray(starts)
    parts = np.histogram(place, [0, 25, 50, 75, 100])[0]
    # 1000 expected in each quarter, standard deviation 27
    expect(
        np.all(np.abs(parts - 1000) < 150),
        f"In 4000 windows the onset stands {parts.tolist()} times in each quarter",
        "is it put at one place, such as the middle?",
    )
    other, again, more = (
        student.window_starts(np.array([1000]), 2003, 100, 40, 5, seed)
        for seed in (9, 9, 10)
    )
    expect(
        np.array_equal(other, again) and not np.array_equal(other, more),
        "One seed gave two answers, or two seeds one",
        "does random_state reach the generator?",
    )


def _counts(seed, n_heights, n_recordings, cost):
    """Counts whose small recordings like another height than their large ones."""
    rng = inputs.draw(seed)
    true = inputs.whole(rng, n_recordings, 2, 6)
    true[rng.choice(n_recordings, 2, replace=False)] = [151, 97]
    at = np.arange(n_heights)[:, None]
    best = np.where(true > 50, n_heights // 3, n_heights - 2)
    share = 0.9 - 0.8 * np.abs(at - best) / n_heights
    matched = np.round(true * share).astype(int)
    extra = (
        rng.integers(0, 3, matched.shape) + cost * true * (n_heights - at) // n_heights
    )
    heights = np.round(np.linspace(0.05, 0.9, n_heights), 3)
    order = rng.permutation(n_heights)
    return true, (matched + extra)[order], matched[order], heights[order]


def _height(true, found, matched, heights, rule="f1"):
    scores = {
        "f1": 2 * matched.sum(axis=1) / (true.sum() + found.sum(axis=1)),
        "mean": (2 * matched / (true + found)).mean(axis=1),
        "recall": matched.sum(axis=1) / true.sum(),
        "precision": matched.sum(axis=1) / found.sum(axis=1),
    }[rule]
    return float(heights[scores == scores.max()].min())


HEIGHTS = {
    "is it a mean of the recordings' F1, instead of the F1 of their sums?": "mean",
    "is it the height of the best recall?": "recall",
    "is it the height of the best precision?": "precision",
}


@read("kit-picking-heights")
def test_6_the_height_of_the_best_f1(student):
    """Counts of all recordings together decide, on irregular recordings."""
    for seed, n_heights, n, cost in [
        (21, 7, 11, 4),
        (22, 5, 3, 1),
        (23, 13, 7, 1),
        (24, 9, 5, 4),
    ]:
        given = _counts(seed, n_heights, n, cost)
        right = _height(*given)
        mistakes = {q: _height(*given, rule) for q, rule in HEIGHTS.items()}
        mistakes = {q: v for q, v in mistakes.items() if v != right}
        found = student.best_height(*given)
        expect_close(found, right, f"best_height of {n_heights}", mistakes=mistakes)


@read("kit-picking-heights")
def test_7_the_lowest_of_equals(student):
    """Of heights that are equally good the lowest is taken, wherever it stands."""
    true = np.array([4, 6])
    found = np.array([[4, 6], [4, 6], [9, 9], [4, 6]])
    matched = np.array([[3, 5], [3, 5], [4, 6], [3, 5]])
    heights = np.array([0.5, 0.3, 0.1, 0.7])
    expect_close(
        student.best_height(true, found, matched, heights),
        0.3,
        "best_height of three equals at 0.5, 0.3 and 0.7",
        mistakes={
            "is the first of them taken?": 0.5,
            "is the last or the highest taken?": 0.7,
            "is the lowest height taken whatever its F1?": 0.1,
        },
    )


def _f1(total):
    return 2 * total[..., 2] / (total[..., 0] + total[..., 1])


def _interval(counts, draws, **slip):
    """The estimate and its ends, or what a slip makes of them."""
    if slip.get("mean"):
        each = _f1(counts)
        sample, whole = each[draws].mean(axis=1), each.mean()
    elif slip.get("inside"):
        sample = _f1(counts)[draws].mean(axis=1)
        whole = _f1(counts.sum(axis=0))
    elif slip.get("own"):
        each = _f1(counts)
        sample, whole = each, _f1(counts.sum(axis=0))
    else:
        sample, whole = _f1(counts[draws].sum(axis=1)), _f1(counts.sum(axis=0))
    whole = sample.mean() if slip.get("centre") else whole
    ends = np.quantile(sample, slip.get("ends", [0.025, 0.975]))
    if slip.get("normal"):
        ends = whole + 1.96 * sample.std() * np.array([-1, 1])
    return np.array([whole, *ends])


INTERVALS = {
    "is it a mean of the recordings' F1, instead of the F1 of their sums?": {
        "mean": True
    },
    "is F1 averaged over the recordings of each resample?": {"inside": True},
    "is it the spread of the recordings, without a resample?": {"own": True},
    "is it the mean of the resamples, instead of the F1 of all recordings?": {
        "centre": True
    },
    "are these the ends of a 90 % interval?": {"ends": [0.05, 0.95]},
    "are the ends a normal interval, instead of quantiles?": {"normal": True},
    "are the two ends swapped?": {"ends": [0.975, 0.025]},
}


@read("kit-picking-metric")
def test_8_an_interval_over_recordings(student):
    """Sum the counts of the drawn recordings, then divide; quantiles of what comes."""
    for seed, n, n_draws in [(31, 11, 200), (32, 5, 77), (33, 23, 401)]:
        rng = inputs.draw(seed)
        true = rng.integers(1, 30, n)
        found = rng.integers(1, 30, n)
        matched = (np.minimum(true, found) * rng.uniform(0.2, 1, n)).astype(int)
        counts = np.stack([true, found, matched], axis=1)
        draws = rng.integers(n, size=(n_draws, n))
        expect_close(
            student.f1_interval(counts, draws),
            _interval(counts, draws),
            f"f1_interval of {n} recordings",
            mistakes={q: _interval(counts, draws, **s) for q, s in INTERVALS.items()},
        )


def _gaps(probability, is_right, edges, **slip):
    """The gaps, or what a slip makes of them."""
    n_bins, gaps = len(edges) - 1, []
    for k, (low, high) in enumerate(itertools.pairwise(edges)):
        own = (probability >= low) & (probability < high)
        if slip.get("upper"):
            own = (probability > low) & (probability <= high)
        if k == n_bins - 1 and not slip.get("open"):
            own |= probability == high
        said = (low + high) / 2 if slip.get("middle") else probability[own].mean()
        gaps.append(said - is_right[own].mean() if own.any() else np.nan)
    gaps = np.array(gaps)
    gaps = -gaps if slip.get("sign") else gaps
    gaps = np.abs(gaps) if slip.get("size") else gaps
    return np.nan_to_num(gaps) if slip.get("zero") else gaps


GAPS = {
    "is it the share minus the probability?": {"sign": True},
    "is the sign dropped?": {"size": True},
    "is the middle of the bin taken, instead of the mean probability?": {
        "middle": True
    },
    "does a bin hold its upper edge instead of its lower one?": {"upper": True},
    "is the upper edge of the last bin left out?": {"open": True},
    "is an empty bin 0 instead of NaN?": {"zero": True},
}


@read("kit-picking-calibration")
def test_9_probabilities_that_mean_what_they_say(student):
    """Mean probability minus share of right picks, of each bin, edges and gaps too."""
    edges = np.array([0.0, 0.125, 0.25, 0.5, 0.625, 0.75, 1.0])
    for seed, n, power in [(41, 61, 0.4), (42, 211, 2.5)]:
        rng = inputs.draw(seed)
        # 64ths: some stand on the edges exactly; none in the bin from 0.625 to 0.75
        probability = inputs.whole(rng, n, 0, 64) / 64
        probability[(probability >= 0.625) & (probability < 0.75)] = 0.25
        probability[rng.choice(n, 5, replace=False)] = [0.0, 1.0, 0.5, 1.0, 0.75]
        is_right = rng.uniform(size=n) < probability**power
        with np.errstate(all="ignore"):
            right = _gaps(probability, is_right, edges)
            mistakes = {
                q: _gaps(probability, is_right, edges, **s) for q, s in GAPS.items()
            }
        expect_close(
            student.calibration_gaps(probability, is_right, edges),
            right,
            f"calibration_gaps of {n} picks",
            mistakes=mistakes,
        )


def _traces(seed, n, rate):
    """Traces of noise, each with bursts that decay, and when these begin [s]."""
    rng = inputs.draw(seed)
    for _ in range(n):
        n_samples = inputs.prime(int(59 * rate))
        noise = 10 ** rng.uniform(-3, 3)
        trace = noise * rng.normal(size=n_samples)
        begin = np.sort(rng.uniform(8, 50, 3))
        while np.diff(begin).min() < 6:
            begin = np.sort(rng.uniform(8, 50, 3))
        for at in begin:
            k = int(at * rate)
            late = np.arange(n_samples - k) / rate
            size = noise * 10 ** rng.uniform(0.7, 2)
            wave = np.exp(-late / 1.2) * np.sin(2 * np.pi * 6 * late)
            trace[k:] += size * wave * rng.normal(1, 0.3, len(late))
        yield trace, begin


def _matches(true, found, tolerance_s=0.5):
    """How many pairs there are, one to one."""
    i = j = n = 0
    while i < len(true) and j < len(found):
        late = found[j] - true[i]
        n += abs(late) <= tolerance_s
        i, j = i + (late >= -tolerance_s), j + (late <= tolerance_s)
    return int(n)


def _naive(trace, rate):
    """When a trace passes five times its standard deviation, at most once a second."""
    over = np.flatnonzero(np.abs(trace) > 5 * trace.std()) / rate
    kept = []
    for t in over:
        if not kept or t - kept[-1] > 1:
            kept.append(t)
    return np.array(kept)


@read("kit-picking-starter")
def test_10_it_beats_the_naive_picker(student):
    """F1 within 0.5 s over twelve traces, two rates, noise from quiet to loud."""
    totals = {"yours": np.zeros(3), "naive": np.zeros(3)}
    for rate in (50.0, 40.0):
        for trace, begin in _traces(int(rate), 6, rate):
            found = np.asarray(student.pick_trace(trace, rate), dtype=float)
            expect(found.ndim == 1, f"pick_trace gave an array of shape {found.shape}")
            if found.size:
                expect(
                    found.min() >= 0 and found.max() <= 60,
                    f"pick_trace gave a time of {found.max():.0f} s in a trace of 60 s",
                    "are they samples instead of seconds?",
                )
            expect(
                np.all(np.diff(found) > 0),
                "The times of pick_trace do not ascend",
                "are they in the order of their size, or one twice?",
            )
            for name, own in (("yours", found), ("naive", _naive(trace, rate))):
                totals[name] += [len(begin), len(own), _matches(begin, own)]
    yours, naive = _f1(totals["yours"]), _f1(totals["naive"])
    precision, recall = totals["yours"][2] / np.maximum(totals["yours"][[1, 0]], 1)
    expect(
        yours > naive,
        f"The F1 is {yours:.2f}, that of the naive picker {naive:.2f}: precision "
        f"{precision:.2f}, recall {recall:.2f}",
        "are there many more picks than waves?"
        if precision < recall
        else "are many waves not found?",
    )
