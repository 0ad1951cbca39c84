"""Simulated waveforms obey their laws: source, path, site, polarisation and noise."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy import fft, signal
from scipy.optimize import curve_fit

from mlearth.seismology import polarization
from mlearth.simulators import (
    Ground,
    Recording,
    WaveformSources,
    corner_frequency_hz,
    displacement_spectrum,
    draw_ground,
    draw_paths,
    noise_psd_db,
    radiation_pattern,
    seismic_moment_nm,
    simulate_records,
    simulate_waveforms,
)

CLEAR = {"kappa_s": 0.0, "q_p": 1e9, "q_s": 1e9, "site_factor": 1.0}
BARE = Ground(**CLEAR, turbidity_per_km=0.0, rg_strength=0.0)
"""Nothing but P and S of a source: no loss, no site, no coda, no Rg."""
QUIET = Recording(noise_low=0.0, noise_high=0.0)
LONG = Recording(duration_s=60.0, noise_low=0.0, noise_high=0.0)


def rows(n=1, **given):
    """Return a table of n equal paths, 40 km away and 9 km deep unless told."""
    usual = {"magnitude": 4.0, "distance_km": 40.0, "depth_km": 9.0}
    usual |= {"onset_s": 5.0, "event": 0}
    return pd.DataFrame((usual | given), index=range(n))


def only_s(n=1, **given):
    """Return paths whose P radiates nothing."""
    return rows(n, radiation_p=0.0, **given)


def mean_displacement(made):
    """Return frequencies and the root mean power of displacement [m s] of all traces,
    three components together."""
    rate = made.data.sampling_hz
    spectra = fft.rfft(made.data.waveforms.astype(float), axis=-1) / rate
    f = fft.rfftfreq(made.data.waveforms.shape[-1], 1 / rate)
    power = (np.abs(spectra) ** 2).sum(axis=1).mean(axis=0)
    return f[1:], np.sqrt(power[1:]) / (2 * np.pi * f[1:])


def in_bands(f, values, n=16, low=0.5, high=40.0):
    """Return root mean squares within bands of equal ratios, and their frequencies."""
    edges = np.geomspace(low, high, n + 1)
    centres, found = [], []
    for left, right in pairwise(edges):
        inside = (f >= left) & (f < right)
        centres.append(np.sqrt(np.mean(f[inside] ** 2)))
        found.append(np.sqrt(np.mean(values[inside] ** 2)))
    return np.array(centres), np.array(found)


def test_moment_and_corner_by_hand():
    """Magnitude 4 is 10^15.1 N m; a crack of 3 MPa has a radius of 569 m then, and a
    corner of 2.34 x 3500 / (2 pi 569) = 2.29 Hz."""
    assert seismic_moment_nm([4.0])[0] == pytest.approx(10**15.1)
    radius_m = (7 / 16 * 10**15.1 / 3e6) ** (1 / 3)
    assert radius_m == pytest.approx(569, abs=1)
    by_hand = 2.34 * 3500 / (2 * np.pi * radius_m)
    assert corner_frequency_hz([4.0], [3.0])[0] == pytest.approx(by_hand)


def test_corners_scale_as_brune_says():
    """Two magnitudes are a factor 10 in frequency, a thousandfold stress drop too."""
    found = corner_frequency_hz([2.0, 4.0, 4.0], [3.0, 3.0, 3000.0])
    np.testing.assert_allclose(found / found[1], [10, 1, 10], rtol=1e-12)


def test_the_law_by_hand():
    """At the corner the spectrum is half of its plateau; the plateau is
    2 x 0.632 M0 / (4 pi rho beta^3 R)."""
    corner = corner_frequency_hz([4.0], [3.0])[0]
    rock = Ground(**CLEAR)
    found = displacement_spectrum(
        [0.0, corner], [4.0], [50.0], kappa_s=0.0, ground=rock
    )
    flat = 2 * np.sqrt(0.4) * 10**15.1 / (4 * np.pi * 2700 * 3500**3 * 50e3)
    np.testing.assert_allclose(found[0], [flat, flat / 2], rtol=1e-6)  # Q is 1e9


def test_loss_by_hand():
    """A t* of R / (Q v) = 0.1 s and a kappa of 0.02 s leave exp(-0.12 pi f)."""
    ground = Ground(**(CLEAR | {"q_s": 100.0}), q_power=0.0)
    lossy, free = (
        displacement_spectrum(
            [7.0], [1.0], [35.0], kappa_s=kappa, ground=one
        )[0, 0]
        for one, kappa in ((ground, 0.02), (BARE, 0.0))
    )  # fmt: skip
    assert lossy / free == pytest.approx(np.exp(-0.12 * np.pi * 7), rel=1e-5)


def aki_richards(strike, dip, rake, azimuth, takeoff):
    """Return F_P, F_SV and F_SH as the textbook's long formulas have them, with the
    takeoff angle from straight down."""
    phi = azimuth - strike
    s, c = np.sin, np.cos
    p = (
        c(rake) * s(dip) * s(takeoff) ** 2 * s(2 * phi)
        - c(rake) * c(dip) * s(2 * takeoff) * c(phi)
        + s(rake) * s(2 * dip) * (c(takeoff) ** 2 - s(takeoff) ** 2 * s(phi) ** 2)
        + s(rake) * c(2 * dip) * s(2 * takeoff) * s(phi)
    )
    sv = (
        s(rake) * c(2 * dip) * c(2 * takeoff) * s(phi)
        - c(rake) * c(dip) * c(2 * takeoff) * c(phi)
        + c(rake) * s(dip) * s(2 * takeoff) * s(2 * phi) / 2
        - s(rake) * s(2 * dip) * s(2 * takeoff) * (1 + s(phi) ** 2) / 2
    )
    sh = (
        c(rake) * c(dip) * c(takeoff) * s(phi)
        + c(rake) * s(dip) * s(takeoff) * c(2 * phi)
        + s(rake) * c(2 * dip) * c(takeoff) * c(phi)
        - s(rake) * s(2 * dip) * s(takeoff) * s(2 * phi) / 2
    )
    return p, sv, sh


def test_radiation_is_that_of_the_textbook():
    """Tensor and textbook agree in every direction, up to the directions' signs."""
    rng = np.random.default_rng(0)
    strike, azimuth = rng.uniform(0, 360, (2, 500))
    dip, tilt = rng.uniform(0, 90, 500), rng.uniform(0, 180, 500)
    rake = rng.uniform(-180, 180, 500)
    found = radiation_pattern(strike, dip, rake, azimuth, tilt)
    angles = np.radians([strike, dip, rake, azimuth, 180 - tilt])
    p, sv, sh = aki_richards(*angles)
    np.testing.assert_allclose(found.p, p, atol=1e-12)
    np.testing.assert_allclose(np.abs(found.sv), np.abs(sv), atol=1e-12)
    np.testing.assert_allclose(found.sh, sh, atol=1e-12)


def test_radiation_averages_over_the_sphere():
    """The mean squares are 4/15 for P and 2/5 for S, whatever the fault."""
    cosine, azimuth = np.meshgrid(
        np.polynomial.legendre.leggauss(8)[0], np.arange(0, 360, 15.0)
    )
    weight = np.tile(np.polynomial.legendre.leggauss(8)[1], (24, 1)).ravel() / 48
    n = cosine.size
    fault = [np.full(n, angle) for angle in (33.0, 71.0, -40.0)]
    tilt = np.degrees(np.arccos(cosine.ravel()))
    found = radiation_pattern(*fault, azimuth.ravel(), tilt)
    # polynomials of degree 4: the quadrature is exact
    assert weight @ found.p**2 == pytest.approx(4 / 15)
    assert weight @ (found.sv**2 + found.sh**2) == pytest.approx(2 / 5)


@pytest.mark.parametrize("seed", range(3))
def test_s_has_the_spectrum_of_the_law(seed):
    """The mean power of 200 records is the law's in every band, losses, site and all.

    What is scattered lasts 1.6 s and moves mostly along a line, so a band below 1 Hz
    has one independent value in a record: of 200 the mean power scatters by 7 %, its
    root by 3.5 %. Four times that is allowed.
    """
    ground = Ground(turbidity_per_km=0.0, rg_strength=0.0, scatter_s_per_km=0.01)
    made = simulate_records(only_s(200), ground, LONG, seed)
    f, found = mean_displacement(made)
    law = displacement_spectrum(
        f, [4.0], [41.0], stress_drop_mpa=np.sqrt(10.0), site_factor=2.0, ground=ground
    )[0]
    _, ratio = in_bands(f, found / law, low=0.5, high=25.0)
    np.testing.assert_allclose(ratio, 1, atol=0.14)


def test_p_has_the_spectrum_of_the_law():
    """So has P, with its own speed, Q, radiation and higher corner."""
    ground = Ground(turbidity_per_km=0.0, rg_strength=0.0, scatter_s_per_km=0.01)
    alone = rows(200, radiation_sv=0.0, radiation_sh=0.0)
    f, found = mean_displacement(simulate_records(alone, ground, LONG))
    law = displacement_spectrum(
        f, [4.0], [41.0], "P", np.sqrt(10.0), site_factor=2.0, ground=ground
    )[0]
    _, ratio = in_bands(f, found / law, low=0.5, high=25.0)
    np.testing.assert_allclose(ratio, 1, atol=0.14)  # as above


def test_moment_corner_and_q_are_recovered():
    """A fit that knows no truth finds the magnitude within 0.05, the corner within
    10 % and Q within 10 % from the spectra of S at two distances."""
    ground = Ground(
        q_power=0.0, kappa_s=0.0, site_factor=1.0, turbidity_per_km=0.0,
        rg_strength=0.0, scatter_s_per_km=0.005, q_s=150.0,
    )  # fmt: skip
    km = (20.0, 60.0)
    spectra = []
    for distance in km:
        path = only_s(200, distance_km=distance, stress_drop_mpa=3.0)
        f, found = mean_displacement(simulate_records(path, ground, LONG))
        spectra.append(np.log(in_bands(f, found, low=0.3, high=30.0)[1]))
    centre = in_bands(f, found, low=0.3, high=30.0)[0]

    def model(f, log_moment, log_corner, q):
        parts = []
        for distance in km:
            r = np.hypot(distance, 9.0)
            flat = 2 * np.sqrt(0.4) / (4 * np.pi * 2700 * 3500**3 * r * 1e3)
            decay = -np.pi * f * r / (3.5 * q)
            parts.append(np.log(flat) + log_moment + decay
                         - np.log1p((f / np.exp(log_corner)) ** 2))  # fmt: skip
        return np.concatenate(parts)

    (log_moment, log_corner, q), _ = curve_fit(
        model, centre, np.concatenate(spectra), [np.log(1e14), 0.0, 300.0]
    )
    assert (log_moment / np.log(10) - 9.1) / 1.5 == pytest.approx(4.0, abs=0.05)
    assert np.exp(log_corner) == pytest.approx(
        corner_frequency_hz([4.0], [3.0])[0], rel=0.1
    )
    assert q == pytest.approx(150.0, rel=0.1)


def test_spectra_fall_with_the_square_of_frequency():
    """Far above the corner, without losses, the slope is -2; far below it is 0."""
    made = simulate_records(only_s(100), BARE, LONG)
    f, found = mean_displacement(made)
    centre, band = in_bands(f, found, n=8, low=12.0, high=40.0)
    slope = np.polyfit(np.log(centre), np.log(band), 1)[0]
    corner = corner_frequency_hz([4.0], [np.sqrt(10)])[0]
    x = (centre / corner) ** 2
    expected = np.mean(-2 * x / (1 + x))  # -1.99: it is not yet -2 at 12 Hz
    assert slope == pytest.approx(expected, abs=0.05)
    # 100 records, 8 bands: the slope scatters by 0.01


@pytest.mark.parametrize(
    ("near", "far", "ratio"),
    [(20.0, 40.0, 2.0), (100.0, 200.0, np.sqrt(2.0))],
)
def test_amplitude_falls_with_distance(near, far, ratio):
    """Twice as far: a half before 70 km."""
    level = []
    for r in (near, far):
        path = only_s(60, distance_km=np.sqrt(r**2 - 81))
        f, found = mean_displacement(simulate_records(path, BARE, LONG))
        level.append(in_bands(f, found, n=1, low=1.0, high=20.0)[1][0])
    # 60 records of 1,100 bins: one per cent; three times that
    assert level[0] / level[1] == pytest.approx(ratio, rel=0.03)


def test_amplitude_grows_with_magnitude():
    """Below all corners a magnitude is a factor 10^1.5."""
    level = []
    for magnitude in (3.0, 4.0):
        path = only_s(60, magnitude=magnitude, stress_drop_mpa=100.0)
        f, found = mean_displacement(simulate_records(path, BARE, LONG))
        level.append(in_bands(f, found, n=1, low=0.3, high=1.0)[1][0])
    # 60 records, 42 bins: two per cent, and the corner of 7.4 Hz takes one
    assert level[1] / level[0] == pytest.approx(10**1.5, rel=0.06)


def wavelets(n, flat, corner_hz, decay_s, kappa_s, rng, rate=400.0, seconds=20.0):
    """Return n displacements [m] by another method: Brune pulses at random times.

    A hundred pulses of random sign and size come at times of a gamma law after the
    onset; they are summed in time, and smeared by the kernel of kappa, a Lorentzian.
    """
    t = np.arange(0, seconds, 1 / rate)
    omega = 2 * np.pi * corner_hz
    found = np.zeros((n, len(t)))
    for row in found:
        for at, size in zip(
            5 + rng.gamma(2, decay_s, 100), rng.normal(size=100), strict=True
        ):
            late = np.maximum(t - at, 0)
            row += size / 10 * flat * omega**2 * late * np.exp(-omega * late)
    lag = np.arange(-2, 2 + 0.5 / rate, 1 / rate)
    kernel = kappa_s / 2 / np.pi / (lag**2 + (kappa_s / 2) ** 2) / rate
    return signal.fftconvolve(found, kernel[None], mode="same", axes=1), rate


def test_another_generator_gives_the_same_physics():
    """Scattered wavelets, summed in time, have the spectrum of ours in every band: the
    plateau of moment and distance, the corner, the fall-off and kappa."""
    ground = Ground(**(CLEAR | {"kappa_s": 0.04}), turbidity_per_km=0.0,
                    rg_strength=0.0, direct_s=0.0)  # fmt: skip
    made = simulate_records(only_s(200, stress_drop_mpa=3.0), ground, LONG)
    f, ours = mean_displacement(made)
    flat = 2 * np.sqrt(0.4) * 10**15.1 / (4 * np.pi * 2700 * 3500**3 * 41e3)
    corner = 0.4906 * 3500 * (3e6 / 10**15.1) ** (1 / 3)  # Boore's form of Brune's
    other, rate = wavelets(40, flat, corner, 0.8, 0.04, np.random.default_rng(1))
    power = np.mean(np.abs(fft.rfft(other, axis=1) / rate) ** 2, axis=0)
    g = fft.rfftfreq(other.shape[1], 1 / rate)
    _, ours = in_bands(f, ours, n=6, low=0.5, high=20.0)
    _, theirs = in_bands(g[1:], np.sqrt(power[1:]), n=6, low=0.5, high=20.0)
    # 40 records of one component, ten bins in the lowest band: 5 % of a root, and the
    # bins of 0.05 Hz lie differently within a band: 2 %
    np.testing.assert_allclose(ours / theirs, 1, atol=0.15)


def test_picks_are_where_straight_rays_put_them():
    """S comes R (1/beta - 1/alpha) after P."""
    table = pd.concat([only_s(1, distance_km=d) for d in (0.0, 30.0, 90.0)])
    traces = simulate_records(table).truth.traces
    r = np.hypot([0.0, 30.0, 90.0], 9.0)
    expected = r * (1 / 3.5 - 1 / 6.0)
    found = (traces["s_sample"] - traces["p_sample"]) / 100
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("sampling_hz", [50.0, 100.0])
def test_nothing_moves_before_its_time(sampling_hz):
    """Losses are causal: of a wave alone less than 1 % of its peak comes earlier than
    a sample before its pick, and 5 % have come half a second later.

    What is sampled has no frequencies above half the rate, which rings a little.
    """
    recording = Recording(sampling_hz=sampling_hz, noise_low=0.0, noise_high=0.0)
    ground = Ground(
        turbidity_per_km=0.0, rg_strength=0.0, direct_s=1.0, direct_p=1.0, direct_km=1e9
    )
    for table, name in (
        (rows(1, radiation_sv=0.0, radiation_sh=0.0), "p_sample"),
        (only_s(1), "s_sample"),
    ):
        made = simulate_records(table, ground, recording)
        motion = np.abs(made.data.waveforms[0]).max(axis=0)
        at = made.truth.traces[name].iloc[0]
        assert motion[: int(at) - 1].max() < 0.01 * motion.max()
        assert motion[: int(at + sampling_hz / 2)].max() > 0.05 * motion.max()


def test_onsets_lie_between_samples():
    """A pick at half a sample delays the pulse by half a sample: a shift in phase."""
    ground = Ground(turbidity_per_km=0.0, rg_strength=0.0, direct_p=1.0, direct_km=1e9)
    pulses = []
    for onset in (5.0, 5.005):
        path = rows(1, onset_s=onset, radiation_sv=0.0, radiation_sh=0.0)
        made = simulate_records(path, ground, QUIET)
        pulses.append(fft.rfft(made.data.waveforms[0, 0].astype(float)))
    f = fft.rfftfreq(3000, 0.01)
    loud = (f > 1) & (f < 10)
    turn = np.angle(pulses[1] / pulses[0])[loud]
    expected = np.angle(np.exp(-2j * np.pi * f[loud] * 0.005))
    np.testing.assert_allclose(turn, expected, atol=0.01)  # noise of 1e-3 remains


def test_coda_forgets_the_distance():
    """At one time after the origin the coda is as strong at 20 km as at 60 km, and
    from 30 to 60 s it falls by two and by the Q of the coda."""
    ground = Ground(**CLEAR, rg_strength=0.0, scatter_s_per_km=0.005, coda_q=1e6)
    level = {}
    for km in (20.0, 60.0):
        r = np.hypot(km, 9.0)
        path = only_s(60, distance_km=km, onset_s=5.0)
        long = Recording(duration_s=70.0, noise_low=0.0, noise_high=0.0)
        motion = simulate_records(path, ground, long).data.waveforms
        for lapse in (25.0, 50.0):
            at = round(100 * (5.0 - r / 6.0 + lapse))
            part = motion[:, :, at - 250 : at + 250].astype(float)
            level[km, lapse] = np.sqrt(np.mean(part**2))
    # 60 records x 3 components x 5 s of 3 Hz: two per cent
    assert level[20.0, 25.0] / level[60.0, 25.0] == pytest.approx(1, rel=0.08)
    assert level[20.0, 25.0] / level[20.0, 50.0] == pytest.approx(2, rel=0.08)


@pytest.mark.parametrize("factor", [2.0, 5.0])
def test_explosions_have_a_larger_p_to_s(factor):
    """P/S of explosions is that of earthquakes times the stated factor, whatever the
    frequency; both have the mean radiation."""
    ground = Ground(
        turbidity_per_km=0.0, rg_strength=0.0, explosion_p_over_s=factor,
        scatter_s_per_km=0.01, smear=1.0,
    )  # fmt: skip
    ratio = {}
    for kind in ("earthquake", "explosion"):
        sources = WaveformSources(
            **({"earthquake": 0.0} | {kind: 1.0}), magnitude_min=3.5, magnitude_max=4.0,
            traces_per_event=10,
        )  # fmt: skip
        paths = draw_paths(200, sources, ground, QUIET)
        paths = paths.assign(distance_km=60.0, depth_km=2.0, onset_s=5.0)
        motion = simulate_records(paths, ground, QUIET).data.waveforms.astype(float)
        sections = signal.butter(4, (2, 8), "bandpass", fs=100, output="sos")
        motion = signal.sosfilt(sections, motion, axis=-1)
        s_at = 500 + round(100 * 60.03 * (1 / 3.5 - 1 / 6))
        p, s = motion[..., 500:s_at], motion[..., s_at : s_at + 1000]
        ratio[kind] = np.sqrt(
            np.mean((p**2).sum(axis=(1, 2)) / (s**2).sum(axis=(1, 2)))
        )
    # 200 records each, both windows of 30 independent values: three per cent, and a
    # thousandth of P's tail falls into the window of S
    assert ratio["explosion"] / ratio["earthquake"] == pytest.approx(factor, rel=0.1)


@pytest.mark.parametrize("azimuth_deg", [10.0, 100.0, 190.0, 280.0])
def test_p_points_back_at_its_source(azimuth_deg):
    """Principal axes of the first half of a second find the back azimuth within 12
    degrees, the incidence too, and the motion lies on a line."""
    path = rows(12, azimuth_deg=azimuth_deg, magnitude=3.0)
    made = simulate_records(path, recording=QUIET)
    truth = made.truth.traces
    found = [
        polarization(*trace[:, 500:550]) for trace in made.data.waveforms.astype(float)
    ]
    off = [f.back_azimuth_deg - (azimuth_deg + 180) for f in found]
    off = (np.array(off) + 180) % 360 - 180
    tilt = [f.incidence_deg for f in found]
    # a seventh of the power moves anywhere, in some ten independent values: 7 degrees
    assert np.abs(np.median(off)) < 6
    assert np.quantile(np.abs(off), 0.75) < 12
    assert np.median(tilt) == pytest.approx(truth["incidence_deg"].iloc[0], abs=4)
    assert np.median([f.rectilinearity for f in found]) > 0.9


def test_rays_arrive_steeper_than_they_left():
    """Snell's law: the sine of the incidence shrinks with the speed at the surface."""
    row = simulate_records(rows(1)).truth.traces.iloc[0]
    sine = 40 / np.hypot(40, 9) * 3.5 / 6.0
    assert row["incidence_deg"] == pytest.approx(np.degrees(np.arcsin(sine)))


def test_first_motions_have_their_polarity():
    """Where the truth says up, the vertical begins upwards, and downwards for down;
    explosions are always up."""
    ground = Ground(turbidity_per_km=0.0, rg_strength=0.0, direct_p=0.9, direct_km=1e9)
    loud = WaveformSources(magnitude_min=4.0, explosion=0.5)
    made = simulate_waveforms(100, loud, ground, QUIET)
    truth = made.truth.traces
    starts = truth["p_sample"].to_numpy().astype(int)
    begins = np.array([
        trace[0, at : at + 12][np.abs(trace[0, at : at + 12]).argmax()]
        for trace, at in zip(made.data.waveforms, starts, strict=True)
    ])  # fmt: skip
    assert np.mean(np.sign(begins) == truth["polarity"]) > 0.95  # 10 % is scattered
    assert (truth["polarity"][truth["kind"] == "explosion"] == 1).all()
    assert set(truth["polarity"]) == {-1, 1}


def rg_alone(depth_km):
    """Return the Rg of one source: the difference that its strength makes."""
    path = rows(1, depth_km=depth_km, azimuth_deg=0.0, distance_km=40.0)
    recording = Recording(duration_s=80.0, noise_low=0.0, noise_high=0.0)
    with_rg, without = (
        simulate_records(path, Ground(rg_strength=strength), recording, 3)
        for strength in (3.0, 1e-6)
    )
    return (with_rg.data.waveforms - without.data.waveforms)[0].astype(float)


def test_rg_is_a_backward_ellipse():
    """Its radial motion is 0.68 of the vertical and a quarter period ahead, and there
    is none across."""
    up, north, east = rg_alone(0.5)
    f, z, r = fft.rfftfreq(8000, 0.01), fft.rfft(up), fft.rfft(north)
    inside = (f > 0.2) & (f < 1.5)
    np.testing.assert_allclose((r / z)[inside], 0.68j, atol=0.02)
    assert np.abs(east).max() < 1e-3 * np.abs(up).max()


def test_rg_dies_with_depth():
    """Between sources at 0.5 and 1.5 km it loses exp(-0.8475 k) in each frequency."""
    f = fft.rfftfreq(8000, 0.01)
    inside = (f > 0.2) & (f < 1.5)
    shallow, deep = (np.abs(fft.rfft(rg_alone(h)[0]))[inside] for h in (0.5, 1.5))
    expected = np.exp(-0.8475 * 2 * np.pi * f[inside] / 2.5)
    # travel times differ by some ms between the two, and the samples' sizes with them
    np.testing.assert_allclose(deep / shallow, expected, rtol=0.1)


def test_a_mine_blast_has_a_comb():
    """Twenty shots, 0.1 s apart, leave their full strength at 10, 20 and 30 Hz and
    next to nothing between: exactly the sum of twenty phases."""
    usual = {
        "kind": "explosion",
        "depth_km": 0.05,
        "stress_drop_mpa": 10.0,
        "magnitude": 3.0,
    }
    ground = Ground(**CLEAR, turbidity_per_km=0.0, rg_strength=0.0)
    one = simulate_records(rows(1, **usual), ground, LONG, 5)
    many = simulate_records(
        rows(1, **usual, n_holes=20, delay_s=0.1, delay_error=0.0), ground, LONG, 5
    )
    f = fft.rfftfreq(6000, 0.01)
    spectra = [fft.rfft(m.data.waveforms[0, 0].astype(float)) for m in (many, one)]
    found = np.abs(spectra[0] / spectra[1])
    at = [np.argmin(np.abs(f - x)) for x in (10.0, 20.0, 30.0)]
    np.testing.assert_allclose(found[at], 1, rtol=0.02)
    between = [np.argmin(np.abs(f - x)) for x in (10.5, 15.0, 25.5)]
    assert found[between].max() < 0.05


def test_all_stations_hear_the_same_comb():
    """With errors in the delays the shots of one blast are still the same for all."""
    ground = Ground(
        **CLEAR, turbidity_per_km=0.0, rg_strength=0.0, direct_p=1.0, direct_km=1e9
    )
    path = {"depth_km": 0.05, "radiation_sv": 0.0, "radiation_sh": 0.0}
    blasts = rows(2, **path, kind="mine_blast", n_holes=15, delay_error=0.2)
    single = rows(2, **path, kind="explosion")
    ratio = []
    for i in range(2):
        many, one = (
            fft.rfft(simulate_records(p, ground, LONG).data.waveforms[i, 0])
            for p in (blasts, single)
        )
        ratio.append(np.abs(many / one)[60:1200])
    np.testing.assert_allclose(ratio[0], ratio[1], atol=0.01)


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_noise_is_petersons(level):
    """The power density of 60 traces is the model's within 1 dB from 0.3 to 40 Hz.

    Each band averages 500 periodograms or more: 0.2 dB.
    """
    from obspy.signal.spectral_estimation import get_nhnm, get_nlnm

    recording = Recording(duration_s=60.0, noise_low=level, noise_high=level)
    silent = WaveformSources(earthquake=0.0, noise=1.0)
    made = simulate_waveforms(60, silent, recording=recording)
    f, power = signal.welch(
        made.data.waveforms.astype(float), 100, nperseg=2048, window="hann"
    )
    power = power.mean(axis=(0, 1)) * (2 * np.pi * f) ** 2
    inside = (f > 0.3) & (f < 9.9)
    (period, low), (other, high) = get_nlnm(), get_nhnm()
    model = (1 - level) * np.interp(1 / f[inside], period[::-1], low[::-1])
    model += level * np.interp(1 / f[inside], other[::-1], high[::-1])
    found = 10 * np.log10(power[inside])
    assert np.abs(found - model).mean() < 0.3
    assert np.abs(found - model).max() < 1.5  # the largest of 200 bins, and leakage
    flat = 10 * np.log10(power[(f > 12) & (f < 40)].mean())
    assert flat == pytest.approx(noise_psd_db([10.0], level)[0], abs=0.5)


def test_teleseisms_are_as_slow_as_taup_has_them():
    """From 30 to 90 degrees the slowness of P is within 5 % of TauP's through iasp91,
    and P crosses a network as a plane wave with it."""
    from obspy.taup import TauPyModel

    far = WaveformSources(
        earthquake=0.0, teleseism=1.0, common_window=True, traces_per_event=10,
        extent_km=60.0,
    )  # fmt: skip
    paths = draw_paths(30, far)
    model = TauPyModel("iasp91")
    for _, event in paths.groupby("event"):
        degrees = event["distance_km"].iloc[0] / 111.195
        true = model.get_travel_times(30.0, degrees, ["P"])[0].ray_param_sec_degree
        azimuth = np.radians(event["azimuth_deg"].iloc[0])
        along = event["station_x_km"] * np.sin(azimuth)
        along += event["station_y_km"] * np.cos(azimuth)
        slope, _ = np.polyfit(along, event["onset_s"], 1)
        assert slope * 111.195 == pytest.approx(true, rel=0.05)


def test_a_teleseism_is_alike_at_all_stations():
    """Below 0.5 Hz its records agree when each is moved to its own pick, far better
    than a local earthquake's do; it has no S, and arrives steeply."""
    alike = {}
    for kind in ("teleseism", "earthquake"):
        sources = WaveformSources(
            **({"earthquake": 0.0} | {kind: 1.0}), magnitude_min=5.0, magnitude_max=6.0,
            common_window=True, traces_per_event=8, extent_km=40.0,
        )  # fmt: skip
        made = simulate_waveforms(8, sources, recording=LONG)
        truth = made.truth.traces
        sections = signal.butter(3, 0.5, fs=100, output="sos")
        up = signal.sosfilt(sections, made.data.waveforms[:, 0].astype(float))
        starts = truth["p_sample"].astype(int)
        cut = np.array([u[at : at + 800] for u, at in zip(up, starts, strict=True)])
        alike[kind] = np.abs(np.corrcoef(cut)[np.triu_indices(8, 1)]).mean()
        if kind == "teleseism":
            assert truth["s_sample"].isna().all()
            assert truth["incidence_deg"].max() < 25
    assert alike["teleseism"] > 0.8 > alike["earthquake"]


def test_onsets_soften_with_distance():
    """Of the power of P's first three seconds the first half holds what the direct
    pulse has left, exp(-R / 30 km) of a third, and what has been scattered so soon."""
    bare = {"turbidity_per_km": 0.0, "rg_strength": 0.0, "kappa_s": 0.0}
    ground = Ground(**bare, direct_p=0.3, site_factor=1.0, q_p=1e9)
    for km in (20.0, 120.0):
        path = rows(100, distance_km=km, radiation_sv=0.0, radiation_sh=0.0)
        made = simulate_records(path.assign(stress_drop_mpa=1e3), ground, QUIET)
        power = (made.data.waveforms.astype(float) ** 2).sum(axis=1).mean(axis=0)
        r = np.hypot(km, 9.0)
        direct = 0.3 * np.exp(-r / 30.0)
        x = np.array([0.5, 3.0]) / (0.02 * r)
        soon, all_of_it = direct + (1 - direct) * (1 - (1 + x) * np.exp(-x))
        found = power[500:550].sum() / power[500:800].sum()
        # 100 records of 30 independent values at 120 km: three per cent
        assert found == pytest.approx(soon / all_of_it, rel=0.1)


def test_another_ground_is_another_domain():
    """Twenty grounds are all valid and all different; one argument changes domain."""
    grounds = [draw_ground(seed) for seed in range(20)]
    assert len({ground.q_s for ground in grounds}) == 20
    assert draw_ground(3) == grounds[3]
    usual, other = (simulate_waveforms(8, ground=g) for g in (Ground(), grounds[1]))
    assert not np.array_equal(usual.data.waveforms, other.data.waveforms)
    kappa = [m.truth.traces["kappa_s"].mean() for m in (usual, other)]
    assert kappa[0] / kappa[1] == pytest.approx(0.03 / grounds[1].kappa_s, rel=1e-9)


@pytest.mark.parametrize("b_value", [0.0, 1.0])
def test_magnitudes_follow_their_law(b_value):
    """Their distribution is Gutenberg-Richter's between two ends; 0 is uniform."""
    from scipy.stats import kstest

    sources = WaveformSources(b_value=b_value, traces_per_event=1)
    drawn = draw_paths(3000, sources)["magnitude"]

    def law(m):
        if b_value == 0:
            return (m - 2) / 3
        return (1 - 10 ** -(m - 2)) / (1 - 10**-3.0)

    assert kstest(drawn, law).pvalue > 1e-3  # a right law: one seed in a thousand


def test_no_draw_puts_a_source_into_a_station():
    """Whatever the seed: a blast that is drawn within 1 km of a station is put 1 km
    away, and seed 1 has some.
    """
    near = WaveformSources(
        earthquake=0, explosion=1, mine_blast=0, noise=0, teleseism=0, extent_km=4.0
    )
    paths = draw_paths(400, near, random_state=1)
    ray_km = np.hypot(paths["distance_km"], paths["depth_km"])
    assert ray_km.min() == pytest.approx(1, rel=1e-8)
