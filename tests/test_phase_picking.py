"""Labels, peaks and the way up from scratch; the picker and its stream, broken too."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import find_peaks

from mlearth.learners import (
    correlate_backward,
    correlate_transposed,
    onset_labels,
    peaks_above,
)
from mlearth.networks import (
    annotate,
    load_keras,
    phase_probabilities,
    picker,
    unit_spread,
)

# labels


def test_labels_by_hand():
    """A bell, a box, and a phase that is not there."""
    bell = onset_labels([[2.0, np.nan]], 5, 1.0)[0]
    np.testing.assert_allclose(bell[:, 1], np.exp(-0.5 * np.arange(-2, 3) ** 2.0))
    assert not bell[:, 2].any()
    box = onset_labels([[2.5, 0.0]], 6, 1.5, "box")[0]
    assert box[:, 1].tolist() == [0, 0.5, 1, 1, 1, 0]  # sample 1 is shared with S
    assert box[:, 2].tolist() == [1, 0.5, 0, 0, 0, 0]


@settings(max_examples=50)
@given(st.lists(st.floats(-20, 60), min_size=4, max_size=4), st.floats(0.3, 9))
def test_labels_are_shares(onsets, width):
    """They sum to one and are none of them negative, wherever the onsets lie."""
    labels = onset_labels(np.reshape(onsets, (1, 2, 2)), 40, width)
    assert labels.shape == (1, 40, 3)
    assert labels.min() >= -1e-15  # 1 minus a sum of shares
    np.testing.assert_allclose(labels.sum(axis=2), 1)


def test_two_events_have_two_bells():
    """A third axis holds events; a sample belongs to the nearer."""
    both = onset_labels([[[10.0, 30.0]]], 40, 2.0)[0, :, 1]
    one, other = (onset_labels([[at]], 40, 2.0)[0, :, 1] for at in (10.0, 30.0))
    np.testing.assert_array_equal(both, np.maximum(one, other))


# peaks


def test_peaks_by_hand():
    """A level top at its middle; ends are none; the higher of two close ones."""
    assert peaks_above([9.0, 0, 5, 5, 5, 0, 9], 1).tolist() == [3]
    assert peaks_above([0, 2.0, 1, 3, 0], 1, apart=3).tolist() == [3]
    assert peaks_above([0, 2.0, 1, 3, 0], 1, apart=2).tolist() == [1, 3]
    assert peaks_above([0, 2.0, 1, 2, 0], 1, apart=3).tolist() == [1]
    assert peaks_above([1.0, 1, 1], 1).tolist() == []


@settings(max_examples=100)
@given(st.lists(st.integers(0, 5), min_size=3, max_size=60), st.integers(1, 5))
def test_peaks_are_those_of_scipy(values, height):
    """All of them, ties and level tops included."""
    theirs = find_peaks(np.array(values, dtype=float), height=height)[0]
    assert peaks_above(values, height).tolist() == theirs.tolist()


@settings(max_examples=50)
@given(st.integers(0, 10**6), st.integers(1, 20))
def test_peaks_apart_are_those_of_scipy(seed, apart):
    """Without ties, the same of those that are close are left out."""
    curve = np.random.default_rng(seed).uniform(size=200)
    theirs = find_peaks(curve, height=0.4, distance=apart)[0]
    assert peaks_above(curve, 0.4, apart).tolist() == theirs.tolist()


# the way up


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize(("size", "stride"), [(7, 4), (3, 4), (4, 1), (5, 2), (2, 5)])
def test_the_way_up_is_that_of_keras(size, stride, padding):
    """`Conv1DTranspose`, longer and shorter than its stride."""
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=(3, 11, 2)), rng.normal(size=(size, 5, 2))
    bias = rng.normal(size=5)
    layer = load_keras().layers.Conv1DTranspose(5, size, stride, padding)
    layer.build(x.shape)
    layer.set_weights([kernel, bias])
    found = correlate_transposed(x, kernel, bias, stride, padding)
    # sums of up to 14 products in single precision
    np.testing.assert_allclose(found, np.asarray(layer(x)), atol=1e-5)


@pytest.mark.parametrize(("size", "stride"), [(7, 4), (4, 1), (5, 2)])
def test_the_way_up_is_the_way_back(size, stride):
    """What a convolution hands back to its input, with "same" as with "valid"."""
    rng = np.random.default_rng(1)
    for padding, n in (("same", 6 * stride), ("valid", 5 * stride + size)):
        kernel = rng.normal(size=(size, 3, 2))
        delta = rng.normal(size=(2, 6, 2))
        x = np.zeros((2, n, 3))
        back = correlate_backward(x, kernel, delta, stride, 1, padding)[0]
        found = correlate_transposed(delta, kernel, 0.0, stride, padding)
        np.testing.assert_allclose(found, back, atol=1e-13)  # sums of 14 products


# the picker


def test_a_length_that_does_not_divide_is_named():
    """Said before a concatenation fails in the middle of training."""
    with pytest.raises(ValueError, match="n_samples must be a multiple of 64, the t"):
        picker(1000)
    with pytest.raises(ValueError, match="such as 1024, got 1030"):
        picker(1030)


@pytest.fixture(scope="module")
def small():
    """A network of four windows' worth of weights, not trained."""
    return picker(256, (2, 3), size=3, random_state=1)


def test_probabilities_are_shares_and_know_no_unit(small):
    """They sum to one; counts or metres per second make no difference."""
    x = np.random.default_rng(0).normal(size=(70, 256, 3))
    said = phase_probabilities(small, x)
    np.testing.assert_allclose(said.sum(axis=2), 1, atol=1e-6)  # single precision
    other = phase_probabilities(small, 1e6 * x + 5)
    np.testing.assert_allclose(said, other, atol=1e-4)  # rounded differently


def test_a_network_that_learned_more_answers_anew():
    """As one graph it says what its layers say, also after its weights have changed."""
    network, x = picker(64, (2,), 3), np.random.default_rng(0).normal(size=(5, 64, 3))
    for _ in range(2):
        scores = np.asarray(network(unit_spread(x)))
        shares = np.exp(scores) / np.exp(scores).sum(axis=2, keepdims=True)
        np.testing.assert_allclose(phase_probabilities(network, x), shares, atol=1e-6)
        network.set_weights([2 * w for w in network.get_weights()])


def test_still_windows_stay_zero():
    """No division by a spread of zero."""
    assert not unit_spread(np.full((1, 9, 3), 7.0)).any()


def test_one_seed_gives_one_network():
    """The same weights, and others with another seed."""
    one, same, other = (picker(64, (2,), 3, random_state=k) for k in (3, 3, 4))
    for a, b, c in zip(*(net.get_weights() for net in (one, same, other)), strict=True):
        np.testing.assert_array_equal(a, b)
        assert a.ndim == 1 or not np.array_equal(a, c)  # biases begin at zero


def test_it_learns_a_step():
    """Trained on windows with one clear pulse, P stands where the pulse is."""
    rng = np.random.default_rng(0)
    onsets = np.full((300, 2), np.nan)
    onsets[:, 0] = rng.integers(20, 230, 300)
    x = 0.1 * rng.normal(size=(300, 256, 3))
    for one, at in zip(x, onsets[:, 0].astype(int), strict=True):
        one[at:] += rng.normal(size=(256 - at, 3))
    network = picker(256, (4, 8), 5, eta=0.01)
    labels = onset_labels(onsets, 256, 5.0)
    network.fit(unit_spread(x), labels, batch_size=20, epochs=30, verbose=0)
    said = phase_probabilities(network, x)[:, :, 1].argmax(axis=1)
    # trained on these very windows; 0.98 here, and rounding may move a few
    assert np.mean(np.abs(said - onsets[:, 0]) <= 3) > 0.85


# streams


class Stub:
    """Says P where the vertical is at its largest, so that truth is known."""

    __hash__ = None  # as that of a dataclass

    input_shape = (None, 256, 3)
    output_shape = (None, 256, 3)

    def __call__(self, x, training=False):
        """Return scores."""
        scores = np.zeros(x.shape)
        for one, said in zip(x, scores, strict=True):
            said[:, 0] = 6
            if np.abs(one).max() > 9:
                said[np.abs(one).max(axis=1).argmax(), 1] = 12
        return scores


def stream_of(n=3000, at=1500, rate=50.0, channels="ZNE", noise=0.1):
    """Three components of noise with one spike."""
    from obspy import Stream, Trace, UTCDateTime

    rng = np.random.default_rng(0)
    found = Stream()
    for letter in channels:
        data = noise * rng.normal(size=n)
        data[at] += 20
        header = {"network": "XX", "station": "A", "channel": f"HH{letter}"}
        clock = {"sampling_rate": rate, "starttime": UTCDateTime(2020, 1, 1)}
        found.append(Trace(data, header | clock))
    return found


def told(found):
    """Everything reported, as one text."""
    return "\n".join(found.report["trace"] + ": " + found.report["what"])


def times(found):
    """Seconds of the picks since the beginning."""
    start = pd.Timestamp("2020-01-01", tz="UTC")
    return ((found.picks["time"] - start) / pd.Timedelta("1s")).tolist()


def test_a_whole_stream_is_picked_once():
    """The spike is seen by two windows and picked once; nothing is reported."""
    found = annotate(stream_of(), Stub())
    assert times(found) == [30.0]
    assert found.report.empty
    row = found.picks.iloc[0]
    assert (row.network, row.station, row.channel, row.phase) == ("XX", "A", "HHZ", "P")
    assert not row.near_edge


@pytest.mark.parametrize("overlap", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("at", [3, 255, 256, 700, 2995])
def test_no_place_is_missed(at, overlap):
    """First and last samples and the seams of windows are searched as well."""
    found = annotate(stream_of(at=at), Stub(), overlap=overlap)
    assert times(found) == [at / 50]
    assert found.picks["near_edge"][0] == (at < 50 or at > 2949)


def test_gaps_are_survived_and_told():
    """Split or masked: the pick keeps its time, the gap its length."""
    stream = stream_of()
    first, last = stream.copy(), stream.copy()
    start = stream[0].stats.starttime
    first.trim(endtime=start + 9.98)
    last.trim(starttime=start + 20)
    split = annotate(first + last, Stub())
    masked = annotate((first + last).merge(), Stub())
    for found in (split, masked):
        assert times(found) == [30.0]
        assert "XX.A..HHZ: gaps of 10.00 s in all: zeros in their place" in told(found)
    curve = split.curves["XX.A..HH"][1]
    # windows begin at every 128th sample; only those from 512 and 640 are all gap, and
    # those before and after them reach to 639 and from 768
    assert np.flatnonzero(np.isnan(curve[:, 0])).tolist() == list(range(640, 768))


def test_dead_clipped_and_missing_components_are_named():
    """Each by its trace, and the rest is picked."""
    stream = stream_of()
    stream[1].data[:] = 7
    stream[2].data = np.clip(stream[2].data, -0.1, 0.1)
    found = annotate(stream, Stub())
    assert times(found) == [30.0]
    assert "XX.A..HHN: dead: one value throughout, not used" in told(found)
    assert "XX.A..HHN: missing: zeros in its place" in told(found)
    assert "XX.A..HHE: clipped" in told(found)
    lone = annotate(stream_of(channels="Z"), Stub())
    assert times(lone) == [30.0]
    assert lone.report["trace"].tolist() == ["XX.A..HHN", "XX.A..HHE"]


def test_other_rates_keep_their_times():
    """100 and 40 Hz are brought to 50, and said so."""
    for rate in (100.0, 40.0):
        at = round(30 * rate)
        found = annotate(stream_of(round(60 * rate), at, rate), Stub())
        np.testing.assert_allclose(times(found), [30.0], atol=0.021)  # one sample
        assert f"XX.A..HHZ: brought from {rate:g} to 50 Hz" in told(found)


def test_short_empty_and_unknown_are_told():
    """Nothing is searched there, nothing fails, and the report says so."""
    from obspy import Stream

    short = annotate(stream_of(n=200, at=100), Stub())
    assert short.picks.empty
    assert "4.00 s, too short for a window of 5.12 s: not searched" in told(short)
    assert short.catalog()[0].picks == []
    silent = stream_of(channels="Z")
    silent[0].data[:] = 0
    assert "XX.A..HH: 0.00 s, too short" in told(annotate(silent, Stub()))
    other = stream_of(channels="ZX")
    assert "XX.A..HHX: no component Z, N, E, 1 or 2" in told(annotate(other, Stub()))
    assert annotate(Stream(), Stub()).picks.empty


def test_samples_that_are_not_finite_are_a_gap():
    """They are left out and told, and do not spread."""
    stream = stream_of()
    stream[0].data[700:720] = np.nan
    found = annotate(stream, Stub())
    assert times(found) == [30.0]
    assert "XX.A..HHZ: samples that are not finite: left out" in told(found)
    assert not np.isnan(found.curves["XX.A..HH"][1]).any()


def test_traces_that_begin_late_lie_on_one_clock():
    """A component that starts 5 s later keeps its own time."""
    stream = stream_of()
    stream[0].trim(stream[0].stats.starttime + 5)
    found = annotate(stream, Stub())
    assert times(found) == [30.0]
    assert "XX.A..HHZ: begins later or ends earlier: 5.00 s" in told(found)


def test_the_stream_is_left_alone_and_the_real_network_takes_it(small):
    """Data, rate and times stay; curves are probabilities."""
    stream = stream_of(rate=100.0)
    kept = stream.copy()
    start, curve = annotate(stream, small).curves["XX.A..HH"]
    assert stream == kept
    assert str(start) == "2020-01-01T00:00:00.000000Z"
    np.testing.assert_allclose(curve.sum(axis=1), 1, atol=1e-6)  # single precision


def test_picks_go_to_quakeml_and_back(tmp_path):
    """Time, phase, station and probability survive."""
    from obspy import read_events

    found = annotate(stream_of(), Stub())
    found.catalog().write(str(tmp_path / "picks.xml"), format="QUAKEML")
    pick = read_events(str(tmp_path / "picks.xml"))[0].picks[0]
    assert str(pick.time) == "2020-01-01T00:00:30.000000Z"
    assert (pick.phase_hint, pick.evaluation_mode) == ("P", "automatic")
    assert pick.waveform_id.get_seed_string() == "XX.A..HHZ"
    assert pick.comments[0].text.startswith("probability 0.99")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: onset_labels([1.0], 5), "onsets must be of shape (n_records, n_ph"),
        (lambda: onset_labels([[1.0]], 5, 0), "width must be a finite number > 0"),
        (lambda: peaks_above([0, 1, 0], 0), "height must be a finite number > 0"),
        (lambda: correlate_transposed(np.ones((2, 3)), np.ones((2, 1, 3))), "x must"),
        (
            lambda: correlate_transposed(np.ones((1, 2, 3)), np.ones((2, 3, 1))),
            "kernel must be of shape (size, n_out, 3)",
        ),
        (lambda: unit_spread(np.ones((1, 9, 2))), "x must be of shape (n_windows, n_s"),
        (
            lambda: phase_probabilities(Stub(), np.ones((1, 9, 3))),
            "x must be of shape (n_windows, 256, 3)",
        ),
        (lambda: annotate(3, Stub()), "stream must be an ObsPy Stream"),
        (lambda: annotate(stream_of(), 3), "network must be a Keras model"),
        (lambda: annotate(stream_of(), Stub(), heights={"P": 1}), "heights must be {'"),
        (lambda: annotate(stream_of(), Stub(), overlap=1), "overlap must be a finite"),
    ],
)
def test_a_wrong_argument_is_named(call, words):
    """The error says which argument and what is accepted."""
    with pytest.raises(ValueError, match=re.escape(words)):
        call()
