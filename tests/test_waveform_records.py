"""Simulated records carry their truth: instruments' faults, labels, ids, bad input."""

import numpy as np
import pandas as pd
import pytest

from mlearth.datasets import open_seisbench
from mlearth.simulators import (
    Faults,
    Ground,
    Recording,
    WaveformSources,
    corner_frequency_hz,
    displacement_spectrum,
    draw_ground,
    draw_paths,
    generate,
    noise_psd_db,
    radiation_pattern,
    save_waveforms,
    seismic_moment_nm,
    simulate_records,
    simulate_waveforms,
    waveform_metadata,
    waveform_stream,
)

ONE = pd.DataFrame({"magnitude": [3.0], "distance_km": [40.0], "depth_km": [9.0]})
MIXED = WaveformSources(
    explosion=0.5, mine_blast=0.5, teleseism=0.5, noise=0.5, overlap=0.5,
    traces_per_event=3,
)  # fmt: skip


def pair(**faults):
    """Return the same 40 records without and with faults."""
    clean, spoilt = (
        simulate_waveforms(40, recording=Recording(faults=f))
        for f in (Faults(), Faults(**faults))
    )
    return clean.data.waveforms, spoilt.data.waveforms, spoilt.truth.traces


def test_arrays_and_labels_fit_together():
    """Three components, as many samples as asked for, one row of truth each."""
    made = simulate_waveforms(50, MIXED, random_state=4)
    data, truth = made.data, made.truth.traces
    assert data.waveforms.shape == (50, 3, 3000)
    assert data.waveforms.dtype == np.float32
    assert np.isfinite(data.waveforms).all()
    assert list(truth["trace"]) == list(range(50))
    assert list(data.stations) == list(truth["station"])
    assert set(truth["kind"]) == {
        "earthquake", "explosion", "mine_blast", "teleseism", "noise",
    }  # fmt: skip
    silent = truth["kind"] == "noise"
    assert (
        truth.loc[silent, ["p_sample", "s_sample", "magnitude"]].isna().all(axis=None)
    )
    assert (truth.loc[silent, ["n_events", "polarity"]] == 0).all(axis=None)
    assert truth.loc[~silent, "p_sample"].between(300, 1000).all()


def test_an_event_is_the_same_for_all_who_record_it():
    """Magnitude, stress drop, depth and kind belong to the event, site, kappa and noise
    to the station."""
    paths = draw_paths(120, MIXED, random_state=2)
    own = paths.groupby("event")[["magnitude", "stress_drop_mpa", "depth_km", "kind"]]
    assert (own.nunique() == 1).all(axis=None)
    own = paths.groupby("station")[["site_factor", "kappa_s", "noise_level"]]
    assert (own.nunique() == 1).all(axis=None)
    main = paths.drop_duplicates("trace")
    assert not main.duplicated(["event", "station"]).any()


def test_one_seed_one_record():
    """The same seed gives the same samples, another seed others."""
    one, two, other = (simulate_waveforms(5, MIXED, random_state=s) for s in (1, 1, 2))
    np.testing.assert_array_equal(one.data.waveforms, two.data.waveforms)
    pd.testing.assert_frame_equal(one.truth.traces, two.truth.traces)
    assert not np.array_equal(one.data.waveforms, other.data.waveforms)


def test_two_events_share_a_window():
    """A second row of a trace adds its own waves to it, at its own time."""
    both = pd.concat([ONE, ONE], ignore_index=True)
    both = both.assign(trace=[0, 0], onset_s=[3.0, 20.0], magnitude=[3.0, 4.0])
    made = simulate_records(both)
    assert made.data.waveforms.shape == (1, 3, 3000)
    row = made.truth.traces.iloc[0]
    assert (row["n_events"], row["p_sample"], row["magnitude"]) == (2, 300.0, 3.0)
    assert made.truth.paths["p_sample"].tolist() == [300.0, 2000.0]
    size = np.abs(made.data.waveforms[0]).max(axis=0)
    alone = simulate_records(both.iloc[:1]).data.waveforms[0]
    # magnitude 4 is some ten times as large as magnitude 3, here in its P against S
    assert size[2000:].max() > 2 * np.abs(alone[:, 2000:]).max()


def test_overlaps_come_as_often_as_asked():
    """Of 2,000 windows a tenth holds a second event, with an id of its own."""
    paths = draw_paths(2000, WaveformSources(overlap=0.1))
    second = paths[paths["trace"].duplicated()]
    spread = np.sqrt(2000 * 0.1 * 0.9)
    assert abs(len(second) - 200) < 4 * spread  # one seed in 16,000 is outside
    main = paths.drop_duplicates("trace")
    assert not set(second["event"]) & set(main["event"])


def test_p_comes_later_to_farther_stations_of_a_network():
    """In a common window the moveout of an event is that of its rays."""
    sources = WaveformSources(common_window=True, traces_per_event=10, extent_km=60.0)
    paths = draw_paths(10, sources)
    ray = np.hypot(paths["distance_km"], paths["depth_km"])
    late = paths["onset_s"] - paths["onset_s"].min()
    np.testing.assert_allclose(late, (ray - ray.min()) / 6.0, atol=1e-9)


def test_a_wave_that_comes_too_late_has_no_pick():
    """At 300 km S is 36 s behind P: it is not in a window of 30 s."""
    row = simulate_records(ONE.assign(distance_km=300.0)).truth.traces.iloc[0]
    assert row["p_sample"] > 0
    assert np.isnan(row["s_sample"])


def test_a_spike_is_one_sample():
    """One sample of one component is far off, where the truth says."""
    clean, spoilt, truth = pair(spike=1.0)
    off = spoilt != clean
    assert (off.sum(axis=(1, 2)) == 1).all()
    np.testing.assert_array_equal(np.nonzero(off)[2], truth["spike_sample"])


def test_a_step_stays():
    """One component is moved by one amount from the step on."""
    clean, spoilt, truth = pair(step=1.0)
    for before, after, at in zip(clean, spoilt, truth["step_sample"], strict=True):
        moved = (after.astype(float) - before).round(12)
        assert not moved[:, : int(at)].any()
        which = np.flatnonzero(moved.any(axis=1))
        assert len(which) == 1
        assert np.ptp(moved[which[0], int(at) :]) < 1e-5 * np.abs(after).max()


def test_a_burst_hums():
    """It lasts half a second to two and has the frequency of the mains."""
    clean, spoilt, truth = pair(burst=1.0)
    early = np.flatnonzero(truth["burst_sample"] < 2700)
    for i in early[:10]:
        hum = (spoilt[i].astype(float) - clean[i])[0]
        where = np.flatnonzero(np.abs(hum) > 1e-6 * np.abs(hum).max())
        assert 0.4 < np.ptp(where) / 100 < 2.1
        power = np.abs(np.fft.rfft(hum))
        assert np.fft.rfftfreq(3000, 0.01)[power.argmax()] == pytest.approx(40, abs=1)


def test_clipping_cuts_both_sides():
    """Nothing is larger than the level that the truth tells, and some is as large."""
    clean, spoilt, truth = pair(clip=1.0)
    level = truth["clip_m_s"].to_numpy(np.float32)
    np.testing.assert_array_equal(np.abs(spoilt).max(axis=(1, 2)), level)
    np.testing.assert_array_equal(
        spoilt, np.clip(clean, -level[:, None, None], level[:, None, None])
    )


def test_a_gap_is_zero_and_masked():
    """The arrays hold zeros in it, the stream masks it, the rest is as it was."""
    clean, spoilt, truth = pair(gap=1.0)
    for i, (at, end) in enumerate(zip(truth["gap_sample"], truth["gap_end_sample"],
                                      strict=True)):  # fmt: skip
        at, end = int(at), int(end)
        assert 60 <= end - at <= 600
        assert not spoilt[i, :, at:end].any()
        np.testing.assert_array_equal(spoilt[i, :, :at], clean[i, :, :at])
        np.testing.assert_array_equal(spoilt[i, :, end:], clean[i, :, end:])
    gappy = Recording(faults=Faults(gap=1.0))
    mask = waveform_stream(simulate_waveforms(1, recording=gappy))[2].data.mask
    assert mask.sum() >= 60


def test_a_dead_component_is_silent():
    """One component is zero, the other two are as they were."""
    clean, spoilt, truth = pair(dead=1.0)
    dead = truth["dead_component"].to_numpy()
    for i, which in enumerate(dead):
        assert not spoilt[i, which].any()
        others = [c for c in range(3) if c != which]
        np.testing.assert_array_equal(spoilt[i, others], clean[i, others])
    assert set(dead) == {0, 1, 2}


def test_faults_come_as_often_as_asked():
    """Each of six kinds in a third of 600 traces; no fault leaves no mark."""
    third = Faults(**dict.fromkeys(vars(Faults()), 1 / 3))
    short = Recording(duration_s=11.0, faults=third)
    truth = simulate_waveforms(600, recording=short).truth.traces
    spread = np.sqrt(600 * 2 / 9)
    for column in ("spike_sample", "burst_sample", "step_sample", "gap_sample",
                   "clip_m_s"):  # fmt: skip
        assert abs(truth[column].notna().sum() - 200) < 4 * spread, column
    assert abs((truth["dead_component"] >= 0).sum() - 200) < 4 * spread
    none = simulate_waveforms(10).truth.traces
    assert none[["spike_sample", "gap_sample", "clip_m_s"]].isna().all(axis=None)
    assert (none["dead_component"] == -1).all()


def test_seisbench_sets_are_read_back(tmp_path):
    """Samples and labels come back as they were, and no event is in two splits."""
    made = simulate_waveforms(40, MIXED, random_state=3)
    save_waveforms(tmp_path / "set", made)
    found = open_seisbench(tmp_path / "set")
    truth = made.truth.traces
    assert len(found.metadata) == 40
    for i in (0, 17, 39):
        np.testing.assert_array_equal(found.waveform(i), made.data.waveforms[i])
    np.testing.assert_allclose(
        found.metadata["trace_p_arrival_sample"].to_numpy(float), truth["p_sample"]
    )
    assert list(found.metadata["trace_category"]) == list(truth["kind"])
    assert (found.metadata["trace_sampling_rate_hz"] == 100).all()
    assert (found.metadata.groupby("source_id")["split"].nunique() == 1).all()
    assert set(found.metadata["split"]) == {"train", "dev", "test"}


def test_a_stream_has_the_samples():
    """Z, N and E of the station, at its rate."""
    made = simulate_waveforms(3, recording=Recording(sampling_hz=50.0,
                                                     noise_high=0.9),
                              sources=WaveformSources(magnitude_min=3.0))  # fmt: skip
    stream = waveform_stream(made, 2)
    assert [trace.stats.channel for trace in stream] == ["HHZ", "HHN", "HHE"]
    assert stream[0].stats.sampling_rate == 50
    assert stream[0].stats.station == made.data.stations[2]
    np.testing.assert_array_equal([t.data for t in stream], made.data.waveforms[2])


def test_generate_stores_them(tmp_path):
    """They go through the store by the thousand like every other simulation."""
    settings = {"n_traces": 3, "ground": draw_ground(1), "sources": MIXED}
    store = generate(
        simulate_waveforms, 2, 0, settings, tmp_path, workers=1, progress=False
    )
    first = store[0]
    assert first["data"]["waveforms"].shape == (3, 3, 3000)
    assert len(first["truth"]["traces"]) == 3
    again = simulate_waveforms(**settings, random_state=first["seed"])
    np.testing.assert_array_equal(first["data"]["waveforms"], again.data.waveforms)


def test_it_says_what_it_stands_for():
    """What the records stand in for, and where they break down, comes with them."""
    made = simulate_waveforms(1)
    assert "network" in made.stands_in_for
    assert "point" in made.breaks_down


@pytest.mark.parametrize("sampling_hz", [20.0, 500.0])
def test_slow_and_fast_sampling_work(sampling_hz):
    """Both ends of the accepted rates give finite records of the right length."""
    sources = WaveformSources(magnitude_min=4.0)
    recording = Recording(sampling_hz=sampling_hz)
    motion = simulate_waveforms(3, sources, recording=recording).data.waveforms
    assert motion.shape == (3, 3, round(30 * sampling_hz))
    assert np.isfinite(motion).all()
    assert motion.any(axis=2).all()


def test_extremes_give_the_right_answer():
    """A source right below, at 500 km, magnitude 0 and 7, one short trace."""
    below = simulate_records(ONE.assign(distance_km=0.0)).truth.traces.iloc[0]
    assert below["incidence_deg"] == 0
    far = simulate_records(ONE.assign(distance_km=500.0))
    assert np.isfinite(far.data.waveforms).all()
    great = simulate_records(ONE.assign(magnitude=7.0), recording=Recording(
        duration_s=60.0))  # fmt: skip
    assert np.abs(great.data.waveforms).max() > 0.01  # 1 cm/s at 40 km
    fast = Recording(sampling_hz=500.0, duration_s=4.0, onset_latest_s=3.0)
    tiny = simulate_records(
        ONE.assign(magnitude=0.0, stress_drop_mpa=1.0), recording=fast
    )
    assert np.isfinite(tiny.data.waveforms).all()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (lambda: simulate_records(ONE.assign(magnitude=-1.0)), "magnitude.*0 to 7.*-1"),
        (lambda: simulate_records(ONE.assign(magnitude=8.0)), "magnitude.*0 to 7.*8"),
        (lambda: simulate_records(ONE.assign(magnitude=0.5)), "magnitude.*corner"),
        (lambda: simulate_records(ONE.assign(distance_km=0.0, depth_km=0.0)),
         "distance_km.*1 km away"),
        (lambda: simulate_records(ONE.assign(distance_km=1000.0)),
         "distance_km.*0 to 500, got 1000"),
        (lambda: simulate_records(ONE.assign(distance_km=-3.0)), "distance_km"),
        (lambda: simulate_records(ONE.assign(kind="teleseism")), "3300 to 10100"),
        (lambda: simulate_records(ONE.assign(kind="quake")), "kind.*'quake'"),
        (lambda: simulate_records(ONE.assign(depth_km=200.0)), "depth_km"),
        (lambda: simulate_records(ONE.assign(stress_drop_mpa=0.0)), "stress_drop_mpa"),
        (lambda: simulate_records(ONE.assign(onset_s=-1.0)), "onset_s"),
        (lambda: simulate_records(ONE.assign(n_holes=0)), "n_holes"),
        (lambda: simulate_records(ONE.assign(noise_level=2.0)), "noise_level"),
        (lambda: simulate_records(ONE.assign(site_factor=0.0)), "site_factor"),
        (lambda: simulate_records(ONE.assign(kappa_s=-0.1)), "kappa_s"),
        (lambda: simulate_records(ONE.drop(columns="depth_km")), "depth_km"),
        (lambda: simulate_records(ONE.assign(depth_km=np.nan)), "depth_km"),
        (lambda: simulate_records(ONE[:0]), "paths"),
        (lambda: simulate_records(ONE, recording=Ground()), "recording"),
        (lambda: Recording(sampling_hz=10.0), "sampling_hz.*20"),
        (lambda: Recording(sampling_hz=1000.0), "sampling_hz.*500"),
        (lambda: simulate_waveforms(3, recording=Recording(sampling_hz=20.0)),
         "magnitude_min.*corner"),
        (lambda: Recording(onset_latest_s=30.0), "onset_latest_s"),
        (lambda: Recording(onset_earliest_s=11.0), "onset_latest_s"),
        (lambda: Recording(noise_low=0.9), "noise_high"),
        (lambda: Recording(faults=0.1), "faults"),
        (lambda: Recording(duration_s=1e9), "duration_s"),
        (lambda: Faults(spike=1.5), "spike"),
        (lambda: Ground(q_s=0.0), "q_s"),
        (lambda: Ground(s_km_s=7.0), "s_km_s"),
        (lambda: Ground(surface_p_km_s=7.0), "surface_p_km_s"),
        (lambda: Ground(stress_drop_high_mpa=0.1), "stress_drop_high_mpa"),
        (lambda: Ground(q_power=-0.1), "q_power"),
        (lambda: WaveformSources(earthquake=0.0), "earthquake"),
        (lambda: WaveformSources(magnitude_min=-1.0), "magnitude_min"),
        (lambda: WaveformSources(magnitude_max=8.0), "magnitude_max"),
        (lambda: WaveformSources(magnitude_min=6.0), "magnitude_max"),
        (lambda: WaveformSources(traces_per_event=30), "traces_per_event"),
        (lambda: WaveformSources(common_window=1), "common_window"),
        (lambda: simulate_waveforms(0), "n_traces"),
        (lambda: simulate_waveforms(10**9), "n_traces"),
        (lambda: simulate_waveforms(3, Ground()), "sources"),
        (lambda: simulate_waveforms(3, ground=WaveformSources()), "ground"),
        (lambda: draw_paths(3, random_state=-1), "random_state"),
        (lambda: draw_ground("other"), "random_state"),
        (lambda: noise_psd_db([0.0]), "frequency_hz"),
        (lambda: noise_psd_db([1.0], 2.0), "level"),
        (lambda: seismic_moment_nm(["large"]), "magnitude"),
        (lambda: corner_frequency_hz([3.0], [0.0]), "stress_drop_mpa"),
        (lambda: displacement_spectrum([-1.0], [3.0], [9.0]), "frequency_hz"),
        (lambda: displacement_spectrum([1.0], [3.0], [0.0]), "distance_km"),
        (lambda: displacement_spectrum([1.0], [3.0], [9.0], "Lg"), "phase"),
        (lambda: displacement_spectrum([1.0], [3.0], [9.0], ground=3), "ground"),
        (lambda: radiation_pattern([0.0], [90.0], [0.0], [np.nan], [0.0]), "azimuth"),
        (lambda: waveform_stream(simulate_waveforms(1), 1), "trace"),
        (lambda: waveform_metadata(ONE), "simulated"),
    ],
)  # fmt: skip
def test_nonsense_is_named(given, named):
    """Each wrong argument is an error that names it."""
    with pytest.raises(ValueError, match=named):
        given()
