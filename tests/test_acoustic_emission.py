"""A simulated laboratory obeys its laws: source, plate, sensor, cycle, foreshock."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.optimize import curve_fit, minimize_scalar
from scipy.signal import lsim, lti
from scipy.special import gamma
from scipy.stats import kstest
from sklearn.ensemble import RandomForestRegressor

from mlearth.evaluation import bootstrap_interval
from mlearth.seismology import likeliest_b, median_residual_life
from mlearth.simulators import (
    BurstSources,
    Foreshocks,
    Plate,
    ResonantSensor,
    StickSlip,
    best_time_to_failure,
    generate,
    plate_images,
    record_bursts,
    sensor_response,
    simulate_bursts,
    simulate_stick_slip,
)
from mlearth.simulators.acoustic_emission.sensors import (
    RADIATION,
    pulse_size,
    radiated,
    resonant_pulse,
)
from mlearth.simulators.acoustic_emission.sources import (
    corner_frequency,
    gutenberg_richter,
    seismic_moment,
)

INSIDE = pd.DataFrame({"sensor": ["A"], "x_m": 0.03, "y_m": 0.0, "z_m": 0.018})
ABOVE = INSIDE.assign(z_m=0.0)
SILENT = ResonantSensor(noise_m_s=0.0)
BURST = pd.DataFrame(
    {"x_m": [0.0], "y_m": 0.04, "z_m": 0.03, "moment_nm": 0.5, "corner_hz": 2e5}
)


def near(found, expected, error, n_errors=4):
    """Within four standard errors: one seed in 16,000 falls outside."""
    return abs(found - expected) <= n_errors * error


# The plate


def test_images_by_hand():
    """A source at 1 in a plate of 3: mirrors give -1 and 5, then -5 and 7, then -7."""
    depth, bounces = plate_images(1.0, 3.0, 3)
    assert dict(zip(depth, bounces, strict=True)) == {
        1: 0,
        -1: 1,
        5: 1,
        -5: 2,
        7: 2,
        -7: 3,
        11: 3,
    }


@pytest.mark.parametrize("depth", [0.0, 0.1, 0.7, 1.0])
def test_a_folded_ray_ends_at_the_source_with_as_many_bounces(depth):
    """A straight line from an image, folded at each border, ends at the source; it
    crosses as many borders as the image has bounces."""
    image, bounces = plate_images(depth, 1.0, 9)
    folded = 1 - np.abs(1 - np.mod(image, 2))  # a triangle wave of period 2
    np.testing.assert_allclose(folded, depth, atol=1e-12)
    crossed = [len(np.arange(*sorted([np.floor(z), 0]))) for z in image]
    inner = 0 < depth < 1  # on a border itself a crossing is a matter of taste
    assert not inner or list(bounces) == crossed


def waves_by_differences(edge, depth, at, n=80, end=3.0):
    """Return the 2-D wave at a point of a plate of thickness 1 and speed 1, on a grid.

    Second differences in space and time, a Gaussian source on a node. `edge` is -1 for
    borders held at zero, +1 for free ones. The sides are too far to be heard.
    """
    dx, dt = 1 / n, 0.7 / n
    half = round(2.2 * n)
    u, old = np.zeros((2, 2 * half + 1, n + 1))
    times, found = dt * np.arange(round(end / dt)), []
    source, receiver = (half, round(depth * n)), (half + n, round(at * n))
    for t in times:
        found.append(u[receiver])
        padded = np.pad(u, 1)
        if edge > 0:
            padded[:, 0], padded[:, -1] = padded[:, 2], padded[:, -3]
        inner = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2]
        force = (inner + padded[1:-1, 2:] - 4 * u) / dx**2
        force[source] += np.exp(-(((t - 0.5) / 0.1) ** 2)) / dx**2
        u, old = 2 * u - old + dt**2 * force, u
        if edge < 0:
            u[:, 0] = u[:, -1] = 0
    return times, np.array(found)


def waves_by_images(edge, depth, at, times, n_bounces=9):
    """Return the same as a sum over images, each a line source in a whole plane.

    The wave of one is the integral of source(t - R cosh v) / (2 pi) over v > 0.
    """
    v = np.linspace(0, 6, 3001)
    total = np.zeros(len(times))
    for image, bounces in zip(*plate_images(depth, 1.0, n_bounces), strict=True):
        late = times[:, None] - np.hypot(1.0, image - at) * np.cosh(v)
        wave = np.trapezoid(np.exp(-(((late - 0.5) / 0.1) ** 2)), v) / (2 * np.pi)
        total += edge**bounces * wave
    return total


@pytest.mark.parametrize("edge", [-1, 1])
def test_images_give_the_waves_that_finite_differences_give(edge):
    """Images, with their signs, are the solution of the wave equation in a plate. The
    grid disperses 16 samples to the width of the source by under 3 %."""
    times, grid = waves_by_differences(edge, 0.3, 0.75)
    images = waves_by_images(edge, 0.3, 0.75, times)
    off = np.linalg.norm(grid - images) / np.linalg.norm(grid)
    assert off < 0.03
    # and not without the last reflection that arrives in time, or with another sign
    for wrong in (
        waves_by_images(edge, 0.3, 0.75, times, n_bounces=1),
        waves_by_images(-edge, 0.3, 0.75, times),
    ):
        assert np.linalg.norm(grid - wrong) / np.linalg.norm(grid) > 0.2


def test_waves_arrive_at_distance_over_speed_and_not_before():
    """Without noise a record is zero until the direct wave; without reflections the
    same record differs only from the first reflection on."""
    bare = Plate(reflection=0.0)
    (whole, direct) = (
        record_bursts(BURST, INSIDE, plate, SILENT) for plate in (Plate(), bare)
    )
    time_us = whole.data.time_us - whole.truth.bursts.origin_us[0]
    record, alone = whole.data.speed_m_s[0, 0], direct.data.speed_m_s[0, 0]
    offset = np.hypot(0.03, 0.04)
    first_us = np.hypot(offset, 0.012) / 5500 * 1e6
    second_us = np.hypot(offset, 0.048) / 5500 * 1e6  # from the image at -0.03
    assert not record[time_us <= first_us].any()
    assert record[time_us > first_us].all()
    same = time_us <= second_us
    np.testing.assert_array_equal(record[same], alone[same])
    assert (record != alone)[~same].all()


def test_each_reflection_is_listed_at_its_image_source_time():
    """The truth has every image within the record once, at its distance over speed,
    and the record is the sum of them."""
    made = record_bursts(BURST, INSIDE, sensor=SILENT)
    arrivals = made.truth.arrivals
    image, bounces = plate_images(0.03, 0.05, 40)
    us = np.hypot(np.hypot(0.03, 0.04), image - 0.018) / 5500 * 1e6
    us += made.truth.bursts.origin_us[0]
    order = np.argsort(us)
    inside = us[order] <= made.data.time_us[-1]
    np.testing.assert_allclose(arrivals.time_us, us[order][inside], rtol=1e-12)
    np.testing.assert_array_equal(arrivals.bounces, bounces[order][inside])
    after_s = 1e-6 * (made.data.time_us - arrivals.time_us.to_numpy()[:, None])
    pulses = resonant_pulse(after_s, 2e5, SILENT)
    peak = pulses[0][np.abs(pulses[0]).argmax()]
    # amplitudes come from a finer sampling of the pulse's peak than 0.1 us: 1 %
    np.testing.assert_allclose(
        arrivals.amplitude_m_s @ pulses / peak,
        made.data.speed_m_s[0, 0],
        atol=0.01 * np.abs(made.data.speed_m_s).max(),
    )


def test_on_a_surface_each_wave_meets_its_own_reflection():
    """There arrivals are half as many, and 1 + reflection times as strong; a surface
    that turns every wave over does not move."""
    plates = Plate(), Plate(reflection=0.0), Plate(reflection=-1.0)
    free, bare, held = (record_bursts(BURST, ABOVE, p, SILENT) for p in plates)
    first = free.truth.arrivals.amplitude_m_s[0] / bare.truth.arrivals.amplitude_m_s[0]
    assert first == pytest.approx(1.8)
    assert free.truth.arrivals.time_us.is_unique
    inside = record_bursts(BURST, INSIDE, sensor=SILENT).truth.arrivals
    assert abs(2 * len(free.truth.arrivals) - len(inside)) <= 2
    assert np.abs(held.data.speed_m_s).max() < 1e-12 * np.abs(bare.data.speed_m_s).max()


# Sources and sensors


def test_a_source_by_hand():
    """A crack of 1 cm and 1 MPa has 16/7 N m and, at 3200 m/s, a corner of 119 kHz;
    eight times the moment halves the corner, as does an eighth of the stress drop."""
    moment = 16 / 7 * 1e6 * 0.01**3
    corner = corner_frequency(moment, 1.0, 3200.0)
    assert corner == pytest.approx(2.34 * 3200 / (2 * np.pi * 0.01))
    assert corner_frequency(8 * moment, 1.0, 3200.0) == pytest.approx(corner / 2)
    assert corner_frequency(moment, 0.125, 3200.0) == pytest.approx(corner / 2)


def test_the_sources_lie_between_a_tenth_and_one_megahertz():
    """That is what the default magnitudes and stress drop are for."""
    corners = corner_frequency(seismic_moment([-7.7, -5.7]), 1.0, 3200.0)
    np.testing.assert_allclose(corners, [1e6, 1e5], rtol=0.05)


def test_the_mean_radiation_of_a_double_couple():
    """(sin 2 theta cos phi)^2 has the mean 4/15 over the sphere."""
    over_theta = quad(lambda a: np.sin(2 * a) ** 2 * np.sin(a) / 2, 0, np.pi)[0]
    assert pytest.approx(over_theta / 2) == RADIATION**2  # cos^2 phi has the mean 1/2


@pytest.mark.parametrize("corner_hz", [1e5, 3e5, 1e6])
@pytest.mark.parametrize("moment_nm", [0.01, 1.0])
def test_corner_frequency_and_moment_are_recovered(corner_hz, moment_nm):
    """The spectrum of a record, over the sensor's response, is Brune's: a fit returns
    both. What 100 MHz folds back at 2 MHz is below 1 %."""
    burst = BURST.assign(moment_nm=moment_nm, corner_hz=corner_hz)
    made = record_bursts(burst, INSIDE, Plate(reflection=0.0), SILENT, 200.0, 100.0)
    record = made.data.speed_m_s[0, 0]
    f = np.fft.rfftfreq(len(record), 1e-8)
    used = (f > 2e4) & (f < 2e6)
    speed = np.abs(np.fft.rfft(record) * 1e-8)[used]
    f = f[used]
    displacement = speed / np.abs(sensor_response(f, SILENT)) / (2 * np.pi * f)
    metres = np.hypot(0.05, 0.012)
    moment_rate = displacement * metres / radiated(Plate())

    def brune(f, log_moment, log_corner):
        return log_moment - np.log(1 + (f / np.exp(log_corner)) ** 2)

    start = np.log([moment_rate[0], 3e5])
    found = np.exp(curve_fit(brune, f, np.log(moment_rate), start)[0])
    np.testing.assert_allclose(found, [moment_nm, corner_hz], rtol=0.01)


@pytest.mark.parametrize("quality", [0.6, 3.0, 20.0])
def test_a_sensor_resonates_at_its_frequency_with_its_quality(quality):
    """Its response peaks at f0 with the value 1; half of the power passes between two
    frequencies that are f0 / Q apart."""
    sensor = ResonantSensor(2e5, quality)
    top = minimize_scalar(
        lambda f: -abs(sensor_response([f], sensor))[0], (1e5, 2e5, 4e5), tol=1e-10
    )
    # a maximum is flat: found to the root of the tolerance of its value
    assert top.x == pytest.approx(2e5, rel=1e-5)
    assert sensor_response([2e5], sensor) == pytest.approx([1])
    half = 1 / (2 * quality)
    sides = 2e5 * (np.sqrt(1 + half**2) + np.array([-half, half]))
    np.testing.assert_allclose(np.abs(sensor_response(sides, sensor)) ** 2, 0.5)
    assert np.diff(sides) == pytest.approx(2e5 / quality)


@pytest.mark.parametrize(("corner_hz", "quality"), [(1e5, 0.6), (3e5, 3), (8e5, 15)])
def test_the_pulse_is_what_integrating_the_resonator_gives(corner_hz, quality):
    """The closed form and SciPy's integration of the same equation agree. Between
    samples of 5 ns SciPy takes the input for a line: 5e-4 of the peak at most."""
    t = np.arange(20_000) * 5e-9
    w, w0 = 2 * np.pi * corner_hz, 2 * np.pi * 3e5
    speed = w**2 * (1 - w * t) * np.exp(-w * t)
    damped = lti([w0 / quality, 0], [1, w0 / quality, w0**2])
    integrated = lsim(damped, speed, t)[1]
    pulse = resonant_pulse(t, corner_hz, ResonantSensor(3e5, quality))
    atol = 5e-4 * np.abs(pulse).max()
    np.testing.assert_allclose(pulse, integrated, atol=atol)
    assert not resonant_pulse(-t[1:], corner_hz, ResonantSensor(3e5, quality)).any()


def test_a_ringing_sensor_dies_as_its_quality_says():
    """After the source has ended the envelope falls by exp(-pi f0 t / Q). Peaks are
    sampled to 1e-3: a damped sensor rings a little below f0."""
    sensor = ResonantSensor(2e5, 25.0)
    t = np.arange(40_000) * 1e-8
    pulse = np.abs(resonant_pulse(t, 1e6, sensor))
    early, late = (pulse[(t > a) & (t < a + 1e-5)].max() for a in (5e-5, 2.5e-4))
    assert early / late == pytest.approx(np.exp(np.pi * 2e5 * 2e-4 / 25), rel=5e-3)


def test_peaks_and_energies_come_from_the_pulse():
    """The table that windows use gives the pulse's peak and energy to 0.1 %."""
    corners = np.geomspace(1e5, 1e6, 7)[[3, 0, 6, 1]]
    peak, energy = pulse_size(corners, SILENT)
    t = np.linspace(0, 6e-5, 60_001)
    pulses = resonant_pulse(t, corners[:, None], SILENT)
    np.testing.assert_allclose(peak, np.abs(pulses).max(axis=1), rtol=1e-3)
    np.testing.assert_allclose(energy, np.trapezoid(pulses**2, t), rtol=1e-3)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("b_value", [0.7, 1.0, 1.4])
def test_the_b_value_is_recovered(seed, b_value):
    """Aki's estimate returns b to its standard error where the upper end is far; where
    it is near, magnitudes follow the law that ends at both ends."""
    rng = np.random.default_rng(seed)
    far = BurstSources(magnitude_min=-8.0, magnitude_max=-1.0, b_value=b_value)
    found = likeliest_b(gutenberg_richter(5000, far, rng), -8.0)
    assert near(found.b, b_value, b_value / np.sqrt(5000))
    law = BurstSources(b_value=b_value)
    drawn = gutenberg_richter(5000, law, rng)
    assert drawn.min() >= -7.7
    assert drawn.max() <= -5.7
    # a right law falls below 0.001 once in 1,000 seeds; nine tests here
    share = (1 - 10 ** (-b_value * (drawn + 7.7))) / (1 - 10 ** (-b_value * 2))
    assert kstest(share, "uniform").pvalue > 1e-3


# Stick and slip


@pytest.mark.parametrize("overshoot", [0.0, 0.3, 0.8])
@pytest.mark.parametrize("modulus", [1.5, 4.0])
def test_mean_recurrence_and_memory_are_as_derived(overshoot, modulus):
    """Cycles last (1 + overshoot) E[excess] / rate on average; two in a row correlate
    by overshoot / (1 + overshoot^2), since both hold one and the same strength."""
    fault = StickSlip(modulus=modulus, overshoot=overshoot)
    slips = simulate_stick_slip(
        20_000, fault, Foreshocks(productivity=1e-9), window_s=50.0
    ).data.slips
    duration = slips.duration_s.to_numpy()
    mean = (1 + overshoot) * 0.45 * gamma(1 + 1 / modulus) / 0.05
    assert fault.mean_recurrence_s == pytest.approx(mean)
    # neighbours share a strength: the mean errs by at most sqrt(2) more
    error = np.sqrt(2) * duration.std() / np.sqrt(20_000)
    assert near(duration.mean(), mean, error)
    memory = np.corrcoef(duration[1:], duration[:-1])[0, 1]
    assert near(memory, overshoot / (1 + overshoot**2), 1 / np.sqrt(20_000))
    further = np.corrcoef(duration[2:], duration[:-2])[0, 1]
    assert near(further, 0, 1.5 / np.sqrt(20_000))


@pytest.mark.parametrize("seed", range(3))
def test_without_overshoot_cycles_are_independent_and_weibull(seed):
    """Then no cycle tells of the next, and lengths follow Weibull's law."""
    made = simulate_stick_slip(2000, window_s=1.0, random_state=seed)
    duration = made.data.slips.duration_s
    law = kstest(duration, "weibull_min", args=(2.5, 0, 9.0))
    assert law.pvalue > 1e-3  # once in 1,000 seeds; three here
    assert near(duration.autocorr(1), 0, 1 / np.sqrt(2000))


def test_what_was_loaded_has_dropped():
    """The load balances: rate x time is the sum of all drops, but for the difference
    between the first start and the last end."""
    fault = StickSlip(overshoot=0.4)
    made = simulate_stick_slip(50, fault)
    cycles, slips = made.truth.cycles, made.data.slips
    end = cycles.strength_mpa.iloc[-1] - slips.drop_mpa.iloc[-1]
    gained = 0.05 * slips.time_s.iloc[-1] - slips.drop_mpa.sum()
    assert gained == pytest.approx(end - cycles.start_mpa[0], abs=1e-9)
    np.testing.assert_allclose(
        (cycles.strength_mpa - slips.drop_mpa)[:-1], cycles.start_mpa[1:]
    )


@pytest.mark.parametrize("damping", [0.3, 0.7])
def test_a_damped_slider_overshoots_by_its_share(damping):
    """A block on a spring that breaks loose at the excess 1 and is damped by zeta stops
    at -exp(-pi zeta / sqrt(1 - zeta^2)): the share that `overshoot` names."""
    stop = lambda t, y: y[1] + (t < 0.1)  # noqa: E731 (its first turn)
    stop.terminal, stop.direction = True, 1
    slip = solve_ivp(
        lambda t, y: [y[1], -2 * damping * y[1] - y[0]],
        (0, 20),
        [1.0, 0.0],
        events=stop,
        rtol=1e-9,
        atol=1e-12,
    )
    share = np.exp(-np.pi * damping / np.sqrt(1 - damping**2))
    assert -slip.y[0, -1] == pytest.approx(share, rel=1e-6)
    fault = StickSlip(overshoot=share)
    made = simulate_stick_slip(5, fault)
    excess = made.truth.cycles.strength_mpa - fault.friction_mpa
    below = fault.friction_mpa - made.truth.cycles.start_mpa
    np.testing.assert_allclose(below[1:], share * excess[:-1])


# Foreshocks


@pytest.mark.parametrize("p", [0.7, 1.0, 1.3])
def test_the_law_is_integrated_and_inverted(p):
    """Expected numbers are the integral of the rate, and `before` undoes them."""
    law = Foreshocks(productivity=3.0, c_s=0.1, p=p)
    for end in (0.05, 1.0, 20.0):
        number = quad(lambda u: law.rate(u, 8.0), 0, end)[0]
        assert law.expected(end) == pytest.approx(number, rel=1e-7)
        assert law.before(law.expected(end)) == pytest.approx(end)


@pytest.mark.parametrize("p", [1.0, 1.3])
@pytest.mark.parametrize("seed", range(3))
def test_foreshocks_follow_the_inverse_omori_law(p, seed):
    """Their times before failure, put through the law's integral, are uniform; a fit
    returns p; and their number is Poisson's."""
    law = Foreshocks(p=p)
    made = simulate_stick_slip(400, foreshocks=law, random_state=seed)
    bursts, cycles = made.truth.bursts, made.truth.cycles
    assert bursts.foreshock.all()
    before = cycles.slip_s.to_numpy()[bursts.cycle] - bursts.time_s.to_numpy()
    length = made.data.slips.duration_s.to_numpy()
    assert (before > 0).all()
    assert (before <= length[bursts.cycle] + 1e-9).all()
    share = law.expected(before) / law.expected(length[bursts.cycle])
    # a right law falls below 0.001 once in 1,000 seeds; six tests here
    assert kstest(share, "uniform").pvalue > 1e-3
    expected = law.expected(length).sum()
    assert near(len(bursts), expected, np.sqrt(expected))

    def unlikely(p):
        other = replace(law, p=p)
        rates = np.log(other.rate(before, 8.0))
        return other.expected(length).sum() - rates.sum()

    fit = minimize_scalar(unlikely, bounds=(0.5, 2), method="bounded")
    step = 1e-3
    bend = unlikely(fit.x + step) - 2 * fit.fun + unlikely(fit.x - step)
    assert near(fit.x, p, step / np.sqrt(bend))  # of the likelihood's curvature


@pytest.mark.parametrize("seed", range(3))
def test_the_stacked_rate_grows_as_the_law_says(seed):
    """In each of six bins before failure as many bursts as the law integrates to."""
    law = Foreshocks(information=0.5)
    made = simulate_stick_slip(400, foreshocks=law, random_state=seed)
    bursts, cycles = made.truth.bursts, made.truth.cycles
    before = cycles.slip_s.to_numpy()[bursts.cycle] - bursts.time_s.to_numpy()
    length = made.data.slips.duration_s.to_numpy()
    steady = law.steady_rate(made.truth.fault.mean_recurrence_s)
    edges = np.array([0, 0.1, 0.3, 1, 3, 6])
    for low, high in pairwise(edges):
        within = np.clip(length, low, high)
        expected = 0.5 * (law.expected(within) - law.expected(low))
        expected = (expected + steady * (within - low)).sum()
        n = np.sum((before > low) & (before <= high))
        assert near(n, expected, np.sqrt(expected))


@pytest.mark.parametrize("information", [0.0, 0.4, 1.0])
def test_information_is_the_share_of_bursts_that_follow_failure(information):
    """As many bursts in the mean whatever the share is; the rest come at random."""
    law = Foreshocks(information=information)
    made = simulate_stick_slip(1000, foreshocks=law, window_s=1.0)
    bursts = made.truth.bursts
    share = bursts.foreshock.mean()
    # foreshocks of long cycles are no more than ln(T) says, random ones are as T: by
    # Jensen's inequality the law has up to 4 % fewer than in a cycle of mean length
    assert share == pytest.approx(information, abs=0.02)
    end = made.data.slips.time_s.iloc[-1]
    at_random = bursts.time_s[~bursts.foreshock] / end
    # a right law falls below 0.001 once in 1,000 seeds
    assert not len(at_random) or kstest(at_random, "uniform").pvalue > 1e-3
    per_cycle = law.expected(made.truth.fault.mean_recurrence_s)
    assert len(bursts) / 1000 == pytest.approx(float(per_cycle), rel=0.07)


# What can be learned


def features(made):
    """What is heard of a fault: the clock, counts and energies of the last windows."""
    windows = made.data.windows
    columns = [
        windows.since_slip_s,
        windows.n_bursts.groupby(made.truth.cycle).cumsum(),
    ]
    for n in (1, 3, 10):
        recent = windows[["n_bursts", "log10_energy", "log10_peak"]].rolling(n, 1)
        columns += [recent.mean(), recent.max()]
    return np.column_stack(columns)


def forest_beside_clock(information, seed):
    """Return what a forest errs more than a clock on 120 new cycles [s], with 95 %.

    Cycles are drawn again, since windows of one cycle are not independent. The second
    interval is that of a forest with all features against one with the clock alone.
    """
    law = Foreshocks(information=information)
    old, new = (
        simulate_stick_slip(n, foreshocks=law, random_state=s)
        for n, s in ((240, 2 * seed), (120, 2 * seed + 1))
    )
    truth = new.truth.time_to_failure_s

    def error_of(used):
        forest = RandomForestRegressor(40, min_samples_leaf=40, random_state=seed)
        forest.fit(features(old)[:, used], old.truth.time_to_failure_s)
        return np.abs(forest.predict(features(new)[:, used]) - truth)

    since = new.data.windows.since_slip_s
    clock = np.abs(median_residual_life(old.data.slips.duration_s, since) - truth)
    hears, deaf = error_of(slice(None)), error_of(slice(1))
    return [
        bootstrap_interval(
            np.mean, hears - other, groups=new.truth.cycle, random_state=0
        )
        for other in (clock, deaf)
    ]


@pytest.mark.parametrize("seed", range(2))
def test_without_information_nothing_can_be_learned(seed):
    """A forest on everything heard is no better than the median residual life, nor than
    a forest that has the clock alone: no interval lies below zero."""
    for interval in forest_beside_clock(0.0, seed):
        assert interval.high > 0


@pytest.mark.parametrize("seed", range(2))
def test_with_information_the_same_forest_learns(seed):
    """So the test above is not blind: both intervals are below zero."""
    for interval in forest_beside_clock(1.0, seed):
        assert interval.high < 0


@pytest.mark.parametrize("modulus", [1.0, 2.5, 6.0])
def test_the_best_guess_without_information_is_the_clock(modulus):
    """Bayes with bursts that know nothing is Weibull's median residual life, to the
    steps of the lengths that are tried; with modulus 1, that is ln 2 of the mean
    always: a fault without memory."""
    fault = StickSlip(modulus=modulus)
    made = simulate_stick_slip(30, fault, Foreshocks(information=0.0))
    since = made.data.windows.since_slip_s.to_numpy()
    scale = 0.45 / 0.05
    survive = (since / scale) ** modulus + np.log(2)
    by_hand = scale * survive ** (1 / modulus) - since
    step = scale * np.log(1e12) ** (1 / modulus) / 1500
    np.testing.assert_allclose(best_time_to_failure(made), by_hand, atol=2 * step)
    if modulus == 1:
        assert by_hand == pytest.approx(scale * np.log(2))


@pytest.mark.parametrize("overshoot", [0.0, 0.5])
def test_failure_comes_as_often_before_the_best_guess_as_after(overshoot):
    """A posterior median is one. Windows of one cycle go together, so one window of
    each of 500 cycles, after 2 s, is asked."""
    made = simulate_stick_slip(500, StickSlip(overshoot=overshoot), random_state=5)
    best, left = best_time_to_failure(made), made.truth.time_to_failure_s
    frame = pd.DataFrame({"later": left > best, "cycle": made.truth.cycle})
    one = frame[made.data.windows.since_slip_s > 2.0].groupby("cycle").first()
    assert near(one.later.mean(), 0.5, 0.5 / np.sqrt(len(one)))


def test_more_information_makes_the_best_guess_better():
    """Its error falls with the share of bursts that follow failure."""
    errors = []
    for information in (0.0, 0.3, 1.0):
        law = Foreshocks(information=information)
        made = simulate_stick_slip(120, foreshocks=law, random_state=3)
        left = made.truth.time_to_failure_s
        errors.append(np.abs(best_time_to_failure(made) - left).mean())
    assert errors[0] > errors[1] + 0.1 > errors[2] + 0.2


# The record


def test_windows_are_what_was_heard_in_them():
    """Counts and energies add up to those of the bursts; times to those of cycles."""
    silent = ResonantSensor(noise_m_s=0.0)
    made = simulate_stick_slip(20, sensor=silent, window_s=0.25, random_state=4)
    windows, truth = made.data.windows, made.truth
    whole = truth.bursts[truth.bursts.time_s <= windows.end_s.iloc[-1]]
    assert truth.bursts.heard.all()
    assert windows.n_bursts.sum() == len(whole)
    one = windows.index[windows.n_bursts == 1][0]
    end = windows.end_s[one]
    inside = whole[(whole.time_s > end - 0.25) & (whole.time_s <= end)]
    assert windows.log10_peak[one] == pytest.approx(np.log10(inside.peak_m_s.item()))
    length = made.data.slips.duration_s.to_numpy()[truth.cycle]
    np.testing.assert_allclose(truth.time_to_failure_s + windows.since_slip_s, length)
    assert (truth.time_to_failure_s > 0).all()
    np.testing.assert_allclose(np.diff(windows.end_s), 0.25)
    assert windows.slipped.sum() == truth.cycle[-1]
    start = made.truth.cycles.start_mpa.to_numpy()[truth.cycle]
    np.testing.assert_allclose(windows.stress_mpa, start + 0.05 * windows.since_slip_s)


def test_a_window_peaks_as_the_record_of_its_burst_does():
    """The direct wave's peak in the table is that of the whole record of the same
    burst at the same sensor, where reflections come later than its peak."""
    made = simulate_stick_slip(20, random_state=4)
    bursts = made.truth.bursts
    near_it = bursts[(bursts.z_m < 0.015) & (bursts.corner_hz > 4e5)].head(5)
    middle = pd.DataFrame({"sensor": ["M"], "x_m": 0.05, "y_m": 0.05, "z_m": 0.0})
    whole = record_bursts(near_it, middle, sensor=SILENT, sampling_mhz=100.0)
    arrivals = whole.truth.arrivals
    direct = arrivals[arrivals.bounces == 0].amplitude_m_s.abs()
    np.testing.assert_allclose(direct, near_it.peak_m_s, rtol=2e-3)  # of its sampling
    gap = arrivals.groupby("burst").time_us.apply(lambda us: us.iloc[1] - us.iloc[0])
    apart = (gap > 4).to_numpy()
    first = whole.data.speed_m_s[apart, 0]
    assert apart.any()
    for record, burst in zip(first, near_it[apart].itertuples(), strict=True):
        assert np.abs(record).max() >= 0.99 * burst.peak_m_s


def test_noise_hides_small_bursts_and_fills_windows():
    """A louder sensor hears fewer; a window without bursts has the noise's energy,
    variance times length, to the spread of a chi-squared mean."""
    quiet, loud = (
        simulate_stick_slip(30, sensor=ResonantSensor(noise_m_s=n), random_state=2)
        for n in (2e-6, 2e-5)
    )
    assert quiet.data.windows.n_bursts.sum() > 2 * loud.data.windows.n_bursts.sum() > 0
    nothing = np.ones(len(loud.data.windows), bool)
    end = loud.data.windows.end_s.to_numpy()
    nothing[np.searchsorted(end, loud.truth.bursts.time_s).clip(max=len(end) - 1)] = 0
    energy = 10 ** loud.data.windows.log10_energy[nothing]
    np.testing.assert_allclose(energy, 4e-10 * 0.2, rtol=5 * np.sqrt(2 / 2e5))


def test_the_same_seed_gives_the_same_and_another_does_not():
    """One seed, one laboratory; of bursts too."""
    one, two, other = (simulate_stick_slip(5, random_state=s) for s in (5, 5, 6))
    pd.testing.assert_frame_equal(one.data.windows, two.data.windows)
    assert not one.data.slips.equals(other.data.slips)
    one, two, other = (simulate_bursts(ABOVE, 2, random_state=s) for s in (5, 5, 6))
    np.testing.assert_array_equal(one.data.speed_m_s, two.data.speed_m_s)
    assert not np.array_equal(one.data.speed_m_s, other.data.speed_m_s)
    assert one.seed == 5


def test_both_are_generated_and_read_back(tmp_path):
    """`generate` streams cycles and bursts to a store, truth, settings and all."""
    settings = {"n_cycles": 3, "fault": StickSlip(overshoot=0.2)}
    store = generate(
        simulate_stick_slip, 3, 0, settings, tmp_path / "a", workers=1, progress=False
    )
    again = simulate_stick_slip(**settings, random_state=int(store[1]["seed"]))
    pd.testing.assert_frame_equal(
        store[1]["data"]["windows"], again.data.windows, check_dtype=False
    )
    assert store[1]["truth"]["fault"]["overshoot"] == 0.2
    store = generate(
        simulate_bursts,
        2,
        0,
        {"sensors": ABOVE, "n_bursts": 2},
        tmp_path / "b",
        workers=1,
        progress=False,
    )
    assert store[0]["data"]["speed_m_s"].shape == (2, 1, 2000)
    assert {"bounces", "time_us"} <= set(store[0]["truth"]["arrivals"])


def test_it_says_what_it_stands_for():
    """What they stand in for, and where they break down, comes with the data."""
    cycles, bursts = simulate_stick_slip(2), simulate_bursts(ABOVE, 1)
    assert "laboratory fault" in cycles.stands_in_for
    assert "b-value is constant" in cycles.breaks_down
    assert "piezoelectric" in bursts.stands_in_for
    assert "from P to S" in bursts.breaks_down


def test_extremes_give_the_right_answer():
    """One cycle, hardly a burst, windows longer than cycles, a sensor at a source."""
    made = simulate_stick_slip(1, foreshocks=Foreshocks(productivity=1e-9))
    assert len(made.truth.bursts) == 0
    assert (made.data.windows.n_bursts == 0).all()
    assert np.isfinite(made.data.windows.to_numpy(float)).all()
    assert len(best_time_to_failure(made)) == len(made.data.windows)
    long = simulate_stick_slip(2, window_s=1000.0)
    assert len(long.data.windows) == len(long.truth.time_to_failure_s) == 0
    assert best_time_to_failure(long).shape == (0,)
    here = INSIDE.assign(x_m=0.0, y_m=0.04, z_m=0.03)
    assert np.isfinite(record_bursts(BURST, here).data.speed_m_s).all()


@pytest.mark.parametrize("n_times", [1, 3, 40])
def test_the_residual_life_is_the_median_of_what_is_left(n_times):
    """By brute force, for any number of times, at ties too."""
    rng = np.random.default_rng(1)
    duration = rng.integers(1, 20, 31).astype(float)
    since = rng.integers(0, 16, n_times).astype(float)
    found = median_residual_life(duration, since)
    assert found.shape == (n_times,)
    for one, t in zip(found, since, strict=True):
        assert one == np.median(duration[duration > t] - t)
    assert median_residual_life(duration, [duration.max()]) == [0]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (lambda: Plate(thickness_m=0.0), "thickness_m"),
        (lambda: Plate(reflection=1.5), "reflection"),
        (lambda: ResonantSensor(quality=0.5), "quality"),
        (lambda: ResonantSensor(noise_m_s=-1.0), "noise_m_s"),
        (lambda: BurstSources(b_value=0.0), "b_value"),
        (lambda: BurstSources(magnitude_min=-5.0), "magnitude_max"),
        (lambda: BurstSources(magnitude_max=3.0), "magnitude_max"),
        (lambda: StickSlip(overshoot=1.0), "overshoot"),
        (lambda: StickSlip(loading_mpa_s=0.0), "loading_mpa_s"),
        (lambda: StickSlip(modulus=np.inf), "modulus"),
        (lambda: Foreshocks(information=1.1), "information"),
        (lambda: Foreshocks(c_s=0.0), "c_s"),
        (lambda: Foreshocks(p="one"), "p must"),
        (lambda: plate_images(2.0, 1.0, 3), "depth_m"),
        (lambda: plate_images(0.5, 1.0, 10**9), "n_bounces"),
        (lambda: sensor_response([-1.0]), "frequency_hz"),
        (lambda: sensor_response([1.0], Plate()), "sensor"),
        (lambda: simulate_bursts(ABOVE[:0]), "sensors"),
        (lambda: simulate_bursts(ABOVE.assign(z_m=0.06)), r"sensors\['z_m'\]"),
        (lambda: simulate_bursts(pd.concat([ABOVE, ABOVE])), "different names"),
        (lambda: simulate_bursts(ABOVE, 10**9), "n_bursts"),
        (lambda: simulate_bursts(ABOVE, duration_us=0.1), "duration_us"),
        (lambda: simulate_bursts(ABOVE, duration_us=1e9), "duration_us"),
        (lambda: simulate_bursts(ABOVE, plate=SILENT), "plate"),
        (lambda: record_bursts(BURST[:0], ABOVE), "bursts"),
        (lambda: record_bursts(BURST.drop(columns="z_m"), ABOVE), "z_m"),
        (lambda: record_bursts(BURST.assign(z_m=-0.1), ABOVE), r"bursts\['z_m'\]"),
        (lambda: record_bursts(BURST.assign(corner_hz=0.0), ABOVE), "corner_hz"),
        (lambda: simulate_stick_slip(0), "n_cycles"),
        (lambda: simulate_stick_slip(10**9), "n_cycles"),
        (lambda: simulate_stick_slip(10**5, window_s=1e-3), "window_s"),
        (lambda: simulate_stick_slip(5, Foreshocks()), "fault"),
        (lambda: simulate_stick_slip(5, foreshocks=StickSlip()), "foreshocks"),
        (lambda: simulate_stick_slip(5, window_s=0.0), "window_s"),
        (lambda: simulate_stick_slip(random_state=-1), "random_state"),
        (
            lambda: simulate_stick_slip(5, foreshocks=Foreshocks(productivity=1e12)),
            "foreshocks",
        ),
        (lambda: best_time_to_failure(simulate_bursts(ABOVE, 1)), "simulated"),
        (lambda: median_residual_life([1.0, 0.0], [0.5]), "duration_s"),
        (lambda: median_residual_life([1.0], [-0.5]), "since_s"),
    ],
)
def test_nonsense_is_named(given, named):
    """Each wrong argument is an error that names it."""
    with pytest.raises(ValueError, match=named):
        given()
