"""Records are prepared as SciPy and ObsPy prepare them, and as arithmetic says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal as scipy_signal

from mlearth.datasets import load_local_event
from mlearth.seismology import (
    butterworth_sections,
    cosine_taper,
    filter_both_ways,
    filter_forwards,
    keep_every,
    remove_line,
    spectrogram,
)

quick = settings(deadline=None, max_examples=25)
traces = st.integers(0, 1000).map(
    lambda seed: np.random.default_rng(seed).normal(size=40 + seed % 37)
)


def a_record():
    """The vertical record of station TH, as ObsPy's trace."""
    return load_local_event().stream.select(station="TH", component="Z")[0]


@quick
@given(traces, st.floats(-1e3, 1e3), st.floats(-10, 10))
def test_a_line_leaves_nothing_behind(trace, offset, slope):
    """With any line added, what remains is the same, and SciPy's."""
    line = offset + slope * np.arange(len(trace))
    found = remove_line(trace + line)
    # sums of 1e3 * 77 in double precision
    np.testing.assert_allclose(found, remove_line(trace), atol=1e-9)
    np.testing.assert_allclose(remove_line(trace), scipy_signal.detrend(trace))


@pytest.mark.parametrize("n_ramp", [1, 5, 30])
def test_the_taper_is_symmetric_and_leaves_the_middle(n_ramp):
    """Weights are the same from both ends, and 1 between the ramps."""
    weights = cosine_taper(61, n_ramp)
    np.testing.assert_allclose(weights, weights[::-1], atol=1e-15)
    np.testing.assert_array_equal(weights[n_ramp : 61 - n_ramp], 1)
    assert weights[0] == 0


@pytest.mark.parametrize("kind", ["lowpass", "highpass"])
@pytest.mark.parametrize("order", [2, 4, 8])
@pytest.mark.parametrize("corner", [0.5, 12.0, 49.0])
def test_the_filter_is_scipy_s(kind, order, corner):
    """The same gain and phase at every frequency."""
    ours = butterworth_sections(kind, corner, 100.0, order)
    theirs = scipy_signal.butter(order, corner, kind, fs=100, output="sos")
    w = np.linspace(0.01, 49.9, 200)
    gain, expected = (scipy_signal.sosfreqz(s, w, fs=100)[1] for s in (ours, theirs))
    # poles near the circle: a relative error of 1e-8 of a coefficient at most
    np.testing.assert_allclose(gain, expected, rtol=1e-6, atol=1e-9)


def test_half_of_the_power_passes_at_the_corner():
    """The gain is 1 at zero, the root of one half at the corner, 0 at Nyquist."""
    sections = butterworth_sections("lowpass", 7.0, 100.0, 6)
    _, gain = scipy_signal.sosfreqz(sections, [0, 7.0, 50.0], fs=100)
    np.testing.assert_allclose(np.abs(gain), [1, np.sqrt(0.5), 0], atol=1e-9)


@quick
@given(traces, st.sampled_from([2, 4, 8]), st.floats(1, 40))
def test_running_is_scipy_s(trace, order, corner):
    """Forwards as `sosfilt`, both ways as two of them, without padding."""
    sections = butterworth_sections("lowpass", corner, 100.0, order)
    forwards = scipy_signal.sosfilt(sections, trace)
    both = scipy_signal.sosfilt(sections, forwards[::-1])[::-1]
    # the same recursion in the same order
    np.testing.assert_allclose(filter_forwards(sections, trace), forwards, atol=1e-12)
    np.testing.assert_allclose(filter_both_ways(sections, trace), both, atol=1e-12)


@pytest.mark.parametrize("zerophase", [False, True])
def test_running_is_obspy_s(zerophase):
    """`Trace.filter` with the same corner and poles gives the same record."""
    trace = a_record()
    run = filter_both_ways if zerophase else filter_forwards
    sections = butterworth_sections("highpass", 2.0, 100.0, 4)
    ours = run(sections, trace.data)
    theirs = trace.copy().filter("highpass", freq=2.0, corners=4, zerophase=zerophase)
    # counts up to 4,000; coefficients differ in their last digits
    np.testing.assert_allclose(ours, theirs.data, atol=1e-5)


def test_nothing_moves_before_its_cause_but_both_ways():
    """What lies after sample 500 changes nothing before it forwards, much both ways."""
    sections = butterworth_sections("lowpass", 5.0, 100.0)
    late = np.r_[np.zeros(500), np.random.default_rng(0).normal(size=500)]
    assert not filter_forwards(sections, late)[:500].any()
    assert np.abs(filter_both_ways(sections, late)[:500]).max() > 0.05


def test_both_ways_has_no_delay():
    """A tone keeps its phase; forwards it comes late."""
    time_s = np.arange(4000) / 100
    tone = np.sin(2 * np.pi * 3 * time_s)
    sections = butterworth_sections("lowpass", 6.0, 100.0)
    middle = slice(1000, 3000)

    def phase(of):
        spectrum = of[middle] @ np.exp(-2j * np.pi * 3 * time_s[middle])
        return np.angle(
            spectrum / (tone[middle] @ np.exp(-6j * np.pi * time_s[middle]))
        )

    assert abs(phase(filter_both_ways(sections, tone))) < 1e-6
    assert phase(filter_forwards(sections, tone)) < -0.5


@pytest.mark.parametrize("factor", [2, 5, 10])
def test_thinning_keeps_what_fits_and_loses_the_rest(factor):
    """A slow tone stays to 1 %, one above half the new rate is down to 1 %."""
    time_s = np.arange(6000) / 100
    middle = slice(300 // factor, -300 // factor)
    for hertz, expected in ((10 / factor, 1), (70 / factor, 0)):
        tone = np.sin(2 * np.pi * hertz * time_s)
        kept, rate = keep_every(tone, 100.0, factor)
        assert rate == 100 / factor
        assert len(kept) == len(tone[::factor])
        off = kept[middle] - expected * tone[::factor][middle]
        assert np.abs(off).max() < 0.01


@pytest.mark.parametrize(("width", "step"), [(64, 32), (65, 10)])
def test_the_spectrogram_is_scipy_s(width, step):
    """Times, frequencies and densities agree, for even and odd windows."""
    trace = np.random.default_rng(3).normal(size=500)
    found = spectrogram(trace, 50.0, width / 50, step / 50)
    frequency, time, density = scipy_signal.spectrogram(
        trace, 50.0, "hann", width, width - step, detrend="constant"
    )
    for ours, theirs in zip(found, (time, frequency, density), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


def test_the_spectrogram_holds_the_power():
    """Density times the spacing of frequencies adds up to the variance of noise."""
    trace = np.random.default_rng(4).normal(size=20_000)
    _, frequency, density = spectrogram(trace, 100.0, 2.0, 1.0)
    total = density.mean(axis=1).sum() * frequency[1]
    # 200 slices of 200 samples: a relative error of about 1 %
    assert total == pytest.approx(1, abs=0.04)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: remove_line([1.0]), "signal must be at least 2"),
        (lambda: cosine_taper(10, 6), "n_ramp must be at most half"),
        (lambda: butterworth_sections("bandpass", 1.0, 100.0), "kind"),
        (lambda: butterworth_sections("lowpass", 50.0, 100.0), "corner_hz"),
        (lambda: butterworth_sections("lowpass", 5.0, 100.0, 3), "order must be an"),
        (lambda: filter_forwards([[1.0, 0, 0, 2, 0, 0]], [1.0]), "sections must be"),
        (lambda: filter_forwards([[1.0, 0, 0, 1]], [1.0]), "sections must be"),
        (lambda: keep_every([1.0, 2.0], 100.0, 1), "factor"),
        (lambda: keep_every([1.0, 2.0], 100.0, 3), "factor must be at most"),
        (lambda: spectrogram([1.0] * 9, 10.0, 1.0, 0.1), "window_s must be at most"),
        (lambda: spectrogram([1.0] * 9, 10.0, 0.1, 0.1), "window_s must be a"),
        (lambda: spectrogram([1.0] * 9, 10.0, 0.5, 0.01), "step_s must be a"),
    ],
)
def test_nonsense_is_named(call, named):
    """Each wrong argument is an error that names it."""
    with pytest.raises(ValueError, match=named):
        call()
