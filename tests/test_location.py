"""Locations: by hand, against the truth of simulations, and on real picks."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import least_squares

from mlearth._geodesy import KM_PER_DEGREE
from mlearth.datasets import load_bulletin
from mlearth.seismology import (
    GradientModel,
    HomogeneousModel,
    LayeredModel,
    Picks,
    locate_by_geiger,
    locate_by_grid,
)
from mlearth.seismology.location import derivatives
from mlearth.seismology.picks import predicted_s

FAST = GradientModel(5.0, 0.04)
SLOW = GradientModel(5.0 / 1.73, 0.04 / 1.73)
WAVES = {"P": FAST.time_s, "S": SLOW.time_s}
TRUTH = np.array([5.0, -3.0, 12.0])
ORIGIN = 7.0


def network(seed=0, n=8, waves="PS"):
    """Return the exact picks of `TRUTH` at n stations within 40 km."""
    x, y = np.random.default_rng(seed).uniform(-40, 40, (2, n))
    phase = np.repeat([*waves], n)
    sigma = np.where(phase == "P", 0.05, 0.1)
    x, y = np.tile(x, len(waves)), np.tile(y, len(waves))
    blank = Picks(x, y, phase, np.zeros(x.size), sigma)
    return Picks(x, y, phase, predicted_s(blank, WAVES, TRUTH) + ORIGIN, sigma)


def noisy(picks, rng):
    """Return the picks with normal errors of their own standard deviations."""
    time = picks.time_s + picks.sigma_s * rng.normal(size=len(picks))
    return Picks(picks.x_km, picks.y_km, picks.phase, time, picks.sigma_s)


def place_of(found):
    return [found.x_km, found.y_km, found.depth_km]


@pytest.mark.parametrize("waves", ["P", "PS"])
@pytest.mark.parametrize("start", [None, (0, 0, 0), (-60, 70, 40), tuple(TRUTH)])
def test_exact_picks_give_the_exact_place(waves, start):
    """Without errors Geiger finds source and time to 10 m, from near and far."""
    found = locate_by_geiger(network(waves=waves), WAVES, start)
    np.testing.assert_allclose(place_of(found), TRUTH, atol=0.01)
    assert found.origin_time_s == pytest.approx(ORIGIN, abs=1e-3)
    assert np.abs(found.residual_s).max() < 1e-3


def test_a_source_beneath_a_station_is_found():
    """At r = 0 no derivative divides by zero: start and truth are at the station."""
    picks = network()
    x, y = np.append(picks.x_km, 5.0), np.append(picks.y_km, -3.0)
    phase, sigma = np.append(picks.phase, "P"), np.append(picks.sigma_s, 0.05)
    blank = Picks(x, y, phase, np.zeros(x.size), sigma)
    time = predicted_s(blank, WAVES, TRUTH)
    found = locate_by_geiger(Picks(x, y, phase, time, sigma), WAVES, tuple(TRUTH))
    np.testing.assert_allclose(place_of(found), TRUTH, atol=1e-4)


def test_geiger_finds_the_least_squares_of_scipy():
    """SciPy's solver, which knows nothing of origin times, ends at the same place."""
    picks = noisy(network(3), np.random.default_rng(3))

    def residual(m):
        m = np.append(m[:2], [abs(m[2]), m[3]])
        return (picks.time_s - m[3] - predicted_s(picks, WAVES, m[:3])) / picks.sigma_s

    other = least_squares(residual, [0, 0, 8, 5], xtol=1e-12, ftol=1e-12)
    found = locate_by_geiger(picks, WAVES)
    np.testing.assert_allclose(place_of(found), other.x[:3], atol=1e-3)
    # their covariance is (J^T J)^-1 too, with J by other differences
    np.testing.assert_allclose(
        found.covariance, np.linalg.inv(other.jac.T @ other.jac), rtol=1e-3, atol=1e-7
    )


def twenty_lines(x, y, t, v):
    """Geiger once more, in a homogeneous Earth, as a homework would have it."""
    m = np.array([x[t.argmin()] + 0.1, y[t.argmin()] + 0.1, 10.0, t.min() - 2])
    for _ in range(50):
        dx, dy, h = m[0] - x, m[1] - y, np.full(len(x), m[2])
        r = np.sqrt(dx**2 + dy**2 + h**2)
        A = np.array([dx / r / v, dy / r / v, h / r / v, np.ones(len(x))]).T
        step, *_ = np.linalg.lstsq(A, t - m[3] - r / v, rcond=None)
        m = m + step
    return m


def test_a_homework_in_twenty_lines_agrees():
    """Derivatives by hand, no damping, no bounds: the same place to a metre."""
    rng = np.random.default_rng(5)
    x, y = rng.uniform(-30, 30, (2, 9))
    t = np.sqrt((x - 2) ** 2 + (y + 4) ** 2 + 9**2) / 6 + 3 + rng.normal(0, 0.03, 9)
    found = locate_by_geiger(
        Picks(x, y, ["P"] * 9, t, 0.03), {"P": HomogeneousModel(6.0).time_s}
    )
    other = twenty_lines(x, y, t, 6.0)
    np.testing.assert_allclose(place_of(found), other[:3], atol=1e-3)
    assert found.origin_time_s == pytest.approx(other[3], abs=1e-4)


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.floats(-100, 100), st.floats(0, 360))
def test_the_clock_and_the_compass_do_not_matter(seed, late, angle):
    """All times later by c: so is the origin; turned stations turn the place."""
    picks = noisy(network(1), np.random.default_rng(seed))
    usual = locate_by_geiger(picks, WAVES)
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    x, y = c * picks.x_km - s * picks.y_km, s * picks.x_km + c * picks.y_km
    turned = Picks(x, y, picks.phase, picks.time_s + late, picks.sigma_s)
    found = locate_by_geiger(turned, WAVES)
    expected = [c * usual.x_km - s * usual.y_km, s * usual.x_km + c * usual.y_km]
    # both walks end within a metre of the minimum
    np.testing.assert_allclose(place_of(found)[:2], expected, atol=2e-3)
    assert found.origin_time_s == pytest.approx(usual.origin_time_s + late, abs=1e-3)
    np.testing.assert_allclose(
        found.ellipse()[:2], usual.ellipse()[:2], rtol=0.01, atol=1e-3
    )


def test_derivatives_are_the_slowness_of_the_ray():
    """In a homogeneous Earth the gradient of the time is (dx, dy, h) / (r v)."""
    picks = network(waves="P")
    x, y, h = TRUTH
    offset = np.column_stack([x - picks.x_km, y - picks.y_km, np.full(8, h)])
    exact = offset / np.linalg.norm(offset, axis=1)[:, None] / 6
    found = derivatives(picks, {"P": HomogeneousModel(6.0).time_s}, TRUTH)
    np.testing.assert_allclose(found, exact, atol=1e-8)  # 1 m, squared, over 10 km


@pytest.fixture(scope="module")
def repeated():
    """600 locations of one source from noisy picks."""
    rng, picks = np.random.default_rng(11), network(2)
    return [locate_by_geiger(noisy(picks, rng), WAVES) for _ in range(600)]


@pytest.mark.parametrize("level", [0.5, 0.68, 0.95])
def test_the_ellipse_holds_the_epicentre_as_often_as_it_says(repeated, level):
    """Of 600 ellipses the share that holds the truth is the level, to 3 sigma of n."""
    share = np.mean([found.holds(*TRUTH[:2], level) for found in repeated])
    assert abs(share - level) < 3 * np.sqrt(level * (1 - level) / 600)


def test_depth_and_time_are_as_uncertain_as_they_say(repeated):
    """Scaled errors have mean 0 and deviation 1, and their correlation is right."""
    truth = np.append(TRUTH, ORIGIN)
    errors = np.array([[*place_of(f), f.origin_time_s] for f in repeated]) - truth
    sigma = np.sqrt([np.diag(found.covariance) for found in repeated])
    scaled = errors / sigma
    assert np.abs(scaled.mean(0)).max() < 3.5 / np.sqrt(600)  # of four, at 3.5 sigma
    assert np.abs(scaled.std(0) - 1).max() < 3.5 / np.sqrt(1200)
    correlation = np.corrcoef(errors[:, 2], errors[:, 3])[0, 1]
    c = repeated[0].covariance
    # Fisher's z has the standard deviation 1 / sqrt(n - 3)
    gap = np.arctanh(correlation) - np.arctanh(c[2, 3] / np.sqrt(c[2, 2] * c[3, 3]))
    assert abs(gap) < 3.5 / np.sqrt(597)


def test_chi2_is_one_where_the_errors_are_as_said(repeated):
    """Its mean over 600 events of 12 degrees of freedom is 1, to sqrt(2/12/600)."""
    chi2 = np.mean([found.reduced_chi2 for found in repeated])
    assert abs(chi2 - 1) < 3.5 * np.sqrt(2 / 12 / 600)


def test_the_ellipse_is_that_of_its_covariance(repeated):
    """Its ends lie on the level that `holds` draws, and the long axis points right."""
    found = repeated[0]
    major, minor, azimuth = found.ellipse(0.9)
    for half, turn in ((major, azimuth), (minor, azimuth + 90)):
        east, north = np.sin(np.radians(turn)), np.cos(np.radians(turn))
        for scale, inside in ((0.999, True), (1.001, False)):
            r = scale * half
            at = found.x_km + r * east, found.y_km + r * north
            assert found.holds(*at, 0.9) is inside
    assert 0 <= azimuth <= 180
    # the area of half axes a and b, at the chi-square quantile of 90 %
    det = np.linalg.det(found.covariance[:2, :2])
    assert major * minor == pytest.approx(4.60517 * np.sqrt(det), rel=1e-5)


def test_a_source_above_the_surface_is_held_there():
    """Picks that ask for a source in the air get depth 0, and no error of depth."""
    x, y = np.array([9.0, -11, 3, -2, 14]), np.array([2.0, 7, -12, 15, -8])
    time = np.hypot(x, y) / 4.6 + 0.002 * np.array([1, -1, 2, 1, -2])
    found = locate_by_geiger(
        Picks(x, y, ["P"] * 5, time, 0.01), {"P": FAST.time_s}, (1, 1, 4)
    )
    assert found.depth_km == 0
    assert not found.covariance[2].any()
    assert found.ellipse()[0] > 0


def test_a_known_depth_is_held():
    """With the depth given, three picks are enough, and it has no error."""
    picks = network(waves="P")[np.arange(3)]
    found = locate_by_geiger(picks, WAVES, depth_km=12.0)
    np.testing.assert_allclose(place_of(found), TRUTH, atol=1e-3)
    assert not found.covariance[2].any()
    assert np.isnan(found.reduced_chi2)


AXES = np.arange(-10, 21, 1.0), np.arange(-18, 13, 1.0), np.arange(0, 31, 2.0)


@pytest.mark.parametrize("norm_", ["L2", "L1", "EDT"])
def test_the_grid_finds_the_node_of_the_source(norm_):
    """Exact picks of a source on a node: every norm finds it, and its time."""
    found = locate_by_grid(network(), WAVES, *AXES, norm_)
    assert place_of(found) == TRUTH.tolist()
    assert found.origin_time_s == pytest.approx(ORIGIN, abs=1e-9)
    assert found.density.shape == (31, 31, 16)
    assert found.density.sum() == pytest.approx(1)


def test_the_grid_agrees_with_geiger_where_it_is_fine():
    """On a grid of a quarter of the error the density has Geiger's covariance."""
    picks = noisy(network(4), np.random.default_rng(4))
    line = locate_by_geiger(picks, WAVES)
    sigma = np.sqrt(np.diag(line.covariance))
    axes = [
        at + s * np.linspace(-5, 5, 41)
        for at, s in zip(place_of(line), sigma, strict=False)
    ]
    found = locate_by_grid(picks, WAVES, *axes)
    # the least square is within half a node; the rest is what is not linear
    assert np.abs(np.subtract(place_of(found), place_of(line)) / sigma[:3]).max() < 0.13
    np.testing.assert_allclose(np.sqrt(np.diag(found.covariance)), sigma, rtol=0.05)


def test_two_wrong_picks_of_sixteen_move_squares_most():
    """Two P picks 1 to 3 s off, 20 to 60 sigma: L2 goes kilometres wrong, EDT stays.

    Over 20 networks EDT is within 2 km in 19 or more and never farther off than L2.
    """
    axes = np.arange(-15, 26, 1.0), np.arange(-23, 18, 1.0), np.array([12.0])
    rng, errors = np.random.default_rng(6), []
    for seed in range(20):
        picks = noisy(network(seed), rng)
        wrong = rng.choice(8, 2, replace=False)
        picks.time_s[wrong] += rng.choice([-1, 1], 2) * rng.uniform(1, 3, 2)
        found = [locate_by_grid(picks, WAVES, *axes, n) for n in ("L2", "L1", "EDT")]
        errors.append([np.hypot(*np.subtract(place_of(f), TRUTH)[:2]) for f in found])
    squares, absolutes, pairs = np.transpose(errors)
    assert np.median(squares) > 2
    assert np.median(absolutes) < np.median(squares) / 2
    assert (pairs < 2).sum() >= 19
    assert (pairs <= squares).all()


def test_all_stations_on_a_line_leave_two_sides():
    """A mirror image fits as well: the grid's density shows both, half and half."""
    x = np.array([-30.0, -12, 3, 21, 33])
    blank = Picks(x, 0 * x, ["P"] * 5, 0 * x, 0.05)
    time = predicted_s(blank, WAVES, [4.0, 8.0, 10.0])
    picks = Picks(x, 0 * x, ["P"] * 5, time, 0.05)
    axis = np.arange(-12, 13, 1.0)
    found = locate_by_grid(picks, WAVES, axis, axis, [10.0])
    assert found.density[:, axis > 0].sum() == pytest.approx(0.5, abs=1e-3)
    assert found.density[:, axis < 0].sum() == pytest.approx(0.5, abs=1e-3)


def test_nodes_in_a_shadow_are_impossible():
    """Where no ray comes from, the density is zero; all in shadow is an error."""
    falling = {"P": GradientModel(5.0, -0.05).time_s}
    x = np.array([0.0, 30, 0, -30])
    picks = Picks(x, x[::-1], ["P"] * 4, [3, 7, 3, 7], 0.5)
    found = locate_by_grid(picks, falling, [0.0, 5], [0.0, 5], [0.0, 12, 20])
    assert not found.density[:, :, 0].any()
    with pytest.raises(ValueError, match="travel_time must be finite somewhere"):
        locate_by_grid(picks, falling, [0.0, 5], [0.0, 5], 0.0)
    with pytest.raises(ValueError, match="start_km must be where every pick has"):
        locate_by_geiger(picks, falling, (0, 0, 0))


def few(n):
    return network(waves="P")[np.arange(n)]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Picks([], [], [], [], 0.1), "x_km must be at least one value"),
        (lambda: Picks([1], [2], ["P"], [np.nan], 0.1), "time_s must be finite"),
        (lambda: Picks([1], [2], ["P"], [3], -0.1), "sigma_s must be numbers > 0"),
        (lambda: Picks([1], [2, 3], ["P"], [3], 0.1), "y_km must be 1 "),
        (lambda: Picks([1], [2], [None], [3], 0.1), "phase must be labels without"),
        (lambda: locate_by_geiger(few(1), WAVES), "picks must be 4 or more, .* got 1"),
        (lambda: locate_by_geiger(few(3), WAVES), "picks must be 4 or more, .* got 3"),
        (
            lambda: locate_by_geiger(few(2), WAVES, depth_km=1.0),
            "picks must be 3 or more",
        ),
        (lambda: locate_by_grid(few(2), WAVES, [0, 1], [0, 1], 3.0), "picks must be 3"),
        (
            lambda: locate_by_geiger(few(5), {"S": SLOW.time_s}),
            "travel_time must be .* for the phase 'P'",
        ),
        (lambda: locate_by_geiger(few(5), WAVES, (0, 0, -1)), "start_km must be"),
        (lambda: locate_by_geiger(few(5), WAVES, n_iter=1), "n_iter must be enough"),
        (
            lambda: locate_by_geiger(few(5), WAVES, depth_km=-1.0),
            "depth_km must be a finite number >= 0",
        ),
        (
            lambda: locate_by_geiger(
                few(5), {"P": GradientModel(5, -0.1).time_s}, (0, 0, 60)
            ),
            "depth_km must be within the model, which ends at 50 km",
        ),
    ],
)
def test_what_cannot_be_located_is_refused(wrong, message):
    """The argument is named: empty, one, too few, of another phase, below the model."""
    with pytest.raises(ValueError, match=message):
        wrong()


def test_stations_at_one_place_tell_nothing_apart():
    """Five picks at one station are no location, and the error says so."""
    picks = Picks([3.0] * 5, [4.0] * 5, ["P"] * 5, [1, 1.1, 0.9, 1, 1.05], 0.1)
    with pytest.raises(ValueError, match="picks must be such that they tell"):
        locate_by_geiger(picks, WAVES)


# real picks


def real(name, crust, sigma, **choose):
    """Return our location of each event, with the published place as the origin."""
    book = load_bulletin(name)
    picks = book.picks.dropna(subset=["epicentral_distance_deg", "azimuth_deg"])
    for column, values in choose.items():
        picks = picks[picks[column].isin(values)]
    found = {}
    for _, event in book.events.iterrows():
        own = picks[picks.event_id == event.event_id]
        r = own.epicentral_distance_deg * KM_PER_DEGREE
        turn = np.radians(own.azimuth_deg)
        time = (own.time - event.time).dt.total_seconds()
        phase = own.phase.str[0]
        error = phase.map(sigma)
        stations = r * np.sin(turn), r * np.cos(turn)
        picked = Picks(*stations, phase, time.to_numpy(), error.to_numpy())
        found[event.event_id] = locate_by_geiger(picked, crust, (0, 0, event.depth_km))
    return book.events.set_index("event_id"), pd.Series(found)


def test_new_zealand_is_located_where_its_analysts_did():
    """50 solutions of the Southern Alps, P and S, in a half-space of one speed: the
    epicentres differ from the published by 1 km in the median, depths by 2 km."""
    crust = {
        "P": HomogeneousModel(5.8).time_s,
        "S": HomogeneousModel(5.8 / 1.68).time_s,
    }
    events, found = real("new_zealand", crust, {"P": 0.1, "S": 0.15})
    off = found.map(lambda one: np.hypot(one.x_km, one.y_km))
    deep = found.map(lambda one: one.depth_km) - events.depth_km
    assert off.median() < 1.2
    assert deep.abs().median() < 2


def test_crandall_is_located_within_kilometres():
    """Eight events at the mine, P within 200 km, in three layers: 4 km from the
    published epicentres in the median, 1 km for the largest, the collapse."""
    crust = {"P": LayeredModel([15.0, 18.0], [5.9, 6.4, 7.9]).time_s}
    near = load_bulletin("crandall").picks
    near = near[near.epicentral_distance_deg * KM_PER_DEGREE < 200]
    _, found = real("crandall", crust, {"P": 0.4}, phase=["P"], time=near.time)
    off = found.map(lambda one: np.hypot(one.x_km, one.y_km))
    assert off.median() < 4
    assert off["crandall-01"] < 1.5
