"""Onsets are found and timed: against ObsPy, against known truth, on a real event."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from obspy.signal.trigger import aic_simple

from mlearth.datasets import load_local_event
from mlearth.seismology import aic_curve, aic_onset, pick_onsets


def noise_and_wave(seed, n=400, onset=250, ratio=5.0):
    """White noise whose standard deviation grows at a known sample."""
    rng = np.random.default_rng(seed)
    scale = np.where(np.arange(n) < onset, 1.0, ratio)
    return scale * rng.normal(size=n)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("offset", [0.0, 1e4])
def test_the_curve_is_obspy_s(seed, offset):
    """Akaike's criterion equals ObsPy's, also with a mean of 10,000 deviations.

    ObsPy says k where k + 1 samples lie before; its first value and its last two are
    variances of one sample. The offset costs digits: 1e4**2 x 2e-16 of a variance.
    """
    signal = noise_and_wave(seed) + offset
    theirs = aic_simple(signal)
    ours = aic_curve(signal)
    tolerance = 1e-9 if offset == 0 else 1e-4
    np.testing.assert_allclose(ours[1:-1], theirs[1 : len(ours) - 1], rtol=tolerance)


def test_the_curve_by_hand():
    """0 2 | 0 6 0: variances 1 and 8; k = 2, n = 5 give 2 ln 1 + 2 ln 8."""
    assert aic_curve([0, 2, 0, 6, 0])[1] == pytest.approx(2 * np.log(8))


@pytest.mark.parametrize(("ratio", "most"), [(3.0, 12), (5.0, 6), (20.0, 3)])
def test_the_onset_is_found(ratio, most):
    """Over 40 seeds, nine of ten onsets are within few samples, fewer for strong
    waves; the first sample of a wave is small as often as not, so late ones lead."""
    late = [aic_onset(noise_and_wave(seed, ratio=ratio)) - 250 for seed in range(40)]
    assert np.quantile(np.abs(late), 0.9) <= most
    assert abs(np.median(late)) <= 2


@given(st.integers(0, 10_000), st.floats(0.01, 100), st.floats(-100, 100))
def test_neither_gain_nor_offset_moves_the_onset(seed, gain, offset):
    """A variance scales, so the criterion shifts by a constant and keeps its place."""
    signal = noise_and_wave(seed % 50, n=120, onset=70, ratio=8.0)
    assert aic_onset(gain * signal + offset) == aic_onset(signal)


def test_silence_before_a_wave_is_cut_exactly():
    """A constant, then a wave: the cut is where the constant ends."""
    signal = np.r_[np.full(33, 7.0), np.tile([8.0, 4.0, 9.0], 9)]
    assert aic_onset(signal) == 33
    whole = signal.astype(int)
    assert aic_onset(whole) == 33


@pytest.mark.parametrize("seed", range(10))
def test_two_waves_are_two_picks(seed):
    """STA/LTA finds both waves of a record, the criterion times them to 0.1 s."""
    rng = np.random.default_rng(seed)
    trace = rng.normal(size=6000)
    for start, size in ((2000, 12), (4100, 30)):
        decay = np.exp(-np.arange(500) / 120)
        trace[start : start + 500] += size * decay * rng.normal(size=500)
    found = pick_onsets(trace, 100.0, on=6.0)
    np.testing.assert_allclose(found, [20.0, 41.0], atol=0.1)


def test_noise_alone_gives_no_pick():
    """A high threshold stays quiet in ten minutes of noise."""
    trace = np.random.default_rng(0).normal(size=60_000)
    assert pick_onsets(trace, 100.0, on=6.0).size == 0


def test_a_dead_channel_gives_no_pick():
    """A record of zeros has no ratio, and no onset."""
    assert pick_onsets(np.zeros(3000), 100.0).size == 0


def test_the_bulletin_s_p_picks_are_found():
    """On the vertical records of the local event an onset lies within 0.5 s of the
    analyst's P at five of seven stations or more; the windows begin 3 s before it, so
    the long average is 2 s."""
    local = load_local_event()
    near = []
    for pick in local.picks[local.picks["phase"] == "Pg"].itertuples():
        trace = local.stream.select(station=pick.station, component="Z")[0].copy()
        trace.detrend("demean").filter("bandpass", freqmin=2, freqmax=20)
        found = pick_onsets(trace.data, 100.0, 0.3, 2.0, on=3.0, refine_s=0.8)
        true = (
            np.datetime64(pick.time) - np.datetime64(trace.stats.starttime.datetime)
        ) / (np.timedelta64(1, "s"))
        near.append(found.size > 0 and np.abs(found - true).min() < 0.5)
    assert len(near) == 7
    assert sum(near) >= 5


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: aic_curve([1.0, 2.0, 3.0]), "signal must be at least 4"),
        (lambda: aic_curve(np.ones(9)), "signal must be at least 4 samples that vary"),
        (lambda: aic_curve([1.0, np.nan, 3.0, 1.0]), "signal"),
        (lambda: aic_onset([]), "signal"),
        (lambda: aic_onset([1.0, 2.0, 1.0]), "signal must be at least 4"),
        (lambda: pick_onsets(np.arange(300.0), 100.0), "long_s"),
        (lambda: pick_onsets(np.arange(3000.0), -100.0), "sampling_hz"),
        (lambda: pick_onsets(np.arange(3000.0), 100.0, short_s=0.001), "short_s"),
        (lambda: pick_onsets(np.arange(3000.0), 100.0, 6.0, 5.0), "long_s"),
        (lambda: pick_onsets(np.arange(3000.0), 100.0, on=2.0, off=3.0), "off"),
        (lambda: pick_onsets(np.arange(3000.0), 100.0, refine_s=0.01), "refine_s"),
    ],
)
def test_nonsense_is_named(call, named):
    """Each wrong argument is an error that names it."""
    with pytest.raises(ValueError, match=named):
        call()


@pytest.mark.parametrize("side", ["before", "after"])
def test_equal_counts_at_an_end_are_no_onset(side):
    """A digitiser's quiet noise often repeats a number: two or three equal counts at an
    end, whose variance is zero, do not outweigh a wave."""
    signal = np.round(3 * noise_and_wave(0, n=200, onset=120, ratio=20.0)).astype(int)
    signal[: 3 if side == "before" else 0] = 0
    signal[197 if side == "after" else 200 :] = 5
    assert abs(aic_onset(signal) - 120) <= 3
