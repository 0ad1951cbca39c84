"""Ground to take pictures of is drawn from the law that is stated."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from scipy.special import erf

from mlearth.seismology import GradientModel, load_earth_model
from mlearth.simulators import (
    CheckerboardGround,
    GaussianGround,
    LayeredGround,
    SlabGround,
    Survey,
    field_covariance,
    gaussian_field,
    generate,
    make_survey,
    plate_temperature,
    simulate_tomography,
    slab_deficit,
    survey_rays,
)

SMALL = make_survey("around", 10, 12, 2.0, 6, 14)
KM2_PER_MYR = 31.5576
GROUNDS = [
    GaussianGround(correlation_km=6.0),
    CheckerboardGround(size_km=5.0),
    LayeredGround(),
    SlabGround(),
]


# fields


@pytest.mark.parametrize("kernel", ["gaussian", "exponential"])
def test_a_field_has_the_covariance_it_is_asked_for(kernel):
    """Of 2,000 fields: every pair of nodes, to the error of its sample covariance.

    That error is sqrt((1 + c^2) / n), 0.022 to 0.032; mean square and worst of 57,600
    pairs (4.6 of them by a normal law) are held to it.
    """
    drawn = [
        gaussian_field(12, 20, 1.0, 4.0, kernel, random_state=s) for s in range(2000)
    ]
    flat = np.reshape(drawn, (2000, -1))
    expected = field_covariance(12, 20, 1.0, 4.0, kernel)
    gap = (flat.T @ flat / 2000 - expected) / np.sqrt((1 + expected**2) / 2000)
    assert np.mean(gap**2) == pytest.approx(1, abs=0.3)  # pairs hang together
    assert np.abs(gap).max() < 6
    assert np.abs(flat.mean(axis=0)).max() < 5 / np.sqrt(2000)


def test_the_correlation_length_is_found_again():
    """Fitted to the correlation of neighbours of 1 to 8 km: 5 km, to 3 %."""
    drawn = np.array(
        [gaussian_field(40, 40, 1.0, 5.0, random_state=s) for s in range(300)]
    )
    lag = np.arange(1, 9)
    found = [np.mean(drawn[:, :, n:] * drawn[:, :, :-n]) for n in lag]
    slope = np.polyfit(lag**2, np.log(found / np.mean(drawn**2)), 1)[0]
    assert np.sqrt(-1 / (2 * slope)) == pytest.approx(5.0, rel=0.03)


def test_means_over_cells_have_the_covariance_of_means():
    """Of 1,500 fields of 3 by 3 nodes a cell, as above."""
    drawn = [gaussian_field(18, 24, 1 / 3, 2.0, random_state=s) for s in range(1500)]
    cells = np.reshape(drawn, (1500, 6, 3, 8, 3)).mean(axis=(2, 4)).reshape(1500, 48)
    expected = field_covariance(6, 8, 1.0, 2.0, refine=3)
    assert expected[0, 0] < 0.99  # a mean varies less than a node
    error = np.sqrt((expected[0, 0] ** 2 + expected**2) / 1500)
    assert np.abs((cells.T @ cells / 1500 - expected) / error).max() < 5


def test_a_long_correlation_is_no_trouble():
    """Twice the grid: the period grows until nothing is cut off."""
    drawn = [gaussian_field(8, 8, 1.0, 16.0, random_state=s) for s in range(300)]
    variance = np.var(drawn, axis=0)
    np.testing.assert_allclose(variance, 1, atol=0.35)  # 4 errors of 0.08
    assert np.mean(np.ptp(drawn, axis=(1, 2))) < 1.5


# plates


@pytest.mark.parametrize("age", [1.0, 5.0, 15.0])
def test_a_young_plate_is_a_half_space(age):
    """erf, as long as the base is not felt: erfc(L / 2 sqrt(kappa t)) beside it."""
    depth = np.linspace(0, 95, 40)
    exact = erf(depth / 2 / np.sqrt(KM2_PER_MYR * age))
    felt = 2 * (1 - erf(95 / 2 / np.sqrt(KM2_PER_MYR * age)))
    found = plate_temperature(depth, age)
    np.testing.assert_allclose(found, exact, atol=1e-9 + felt)


def test_an_old_plate_is_a_straight_line():
    """Steady conduction after many times L^2 / kappa = 286 Myr."""
    depth = np.linspace(0, 120, 25)
    found = plate_temperature(depth, 3000.0)
    np.testing.assert_allclose(found, np.minimum(depth / 95, 1), atol=1e-10)


def test_a_plate_obeys_the_heat_equation():
    """Central differences in time and depth; their error is 1e-4 of the terms."""
    depth, dz, dt = np.linspace(5, 90, 30), 0.05, 0.005
    late, early = (plate_temperature(depth, 40 + t) for t in (dt, -dt))
    below, here, above = (plate_temperature(depth + d, 40.0) for d in (-dz, 0, dz))
    rate = (late - early) / (2 * dt)
    curved = KM2_PER_MYR * (above - 2 * here + below) / dz**2
    np.testing.assert_allclose(rate, curved, atol=1e-5)


def test_a_slab_begins_as_its_plate():
    """At the trench it lacks what the plate lacks; both faces are warm below it."""
    depth = np.linspace(0, 95, 20)
    found = slab_deficit(depth, np.zeros(20), 70.0)
    np.testing.assert_allclose(found, 1 - plate_temperature(depth, 70.0), atol=1e-12)
    sunk = slab_deficit(depth, np.full(20, 4.0), 70.0)
    np.testing.assert_allclose(sunk[[0, -1]], 0, atol=1e-12)
    assert abs(slab_deficit([200.0], [1.0], 70.0)[0]) < 1e-12


def test_an_old_slab_is_that_of_the_classic_solution():
    """McKenzie's series with conduction along the slab: 1 % at 90 km/Myr.

    His deficit is 2 sum exp((Re - sqrt(Re^2 + n^2 pi^2)) x / L) sin(n pi z / L) / n pi
    with Re = v L / 2 kappa = 135, whose neglected terms are of order (n pi / Re)^2.
    """
    depth, along, speed = np.linspace(5, 90, 20), 400.0, 90.0
    number = speed * 95 / 2 / KM2_PER_MYR
    n = np.arange(1, 100)[:, None] * np.pi
    fade = np.exp((number - np.sqrt(number**2 + n**2)) * along / 95)
    classic = np.sum(2 / n * fade * np.sin(n * depth / 95), axis=0)
    found = slab_deficit(depth, np.full(20, along / speed), 5000.0)
    np.testing.assert_allclose(found, classic, rtol=0.01)


def test_a_slab_warms_as_it_sinks():
    """Its coldest place warms, and moves inwards from the upper face."""
    depth = np.linspace(0, 95, 96)
    found = [slab_deficit(depth, np.full(96, t), 80.0) for t in (0.5, 2.0, 5.0, 12.0)]
    coldest = [one.max() for one in found]
    where = [int(np.argmax(one)) for one in found]
    assert all(a > b for a, b in pairwise(coldest))
    assert all(a < b for a, b in pairwise(where))


# ground


@pytest.mark.parametrize("ground", GROUNDS, ids=lambda g: type(g).__name__)
def test_a_seed_draws_the_same_again(ground):
    """And another seed does not; the truth of a cell is the mean of its nodes."""
    one, again, other = (
        simulate_tomography(SMALL, ground, random_state=seed) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one.data.time_s, again.data.time_s)
    assert not np.allclose(one.truth.slowness_s_km, other.truth.slowness_s_km, 1e-9)
    fine = 1 / one.truth.velocity_km_s
    means = fine.reshape(10, 3, 12, 3).mean(axis=(1, 3))
    np.testing.assert_allclose(one.truth.slowness_s_km, means, rtol=1e-12)
    assert one.seed == 1
    assert one.stands_in_for.endswith(".")
    assert "independent" in one.breaks_down
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.seed = 2


def test_gaussian_ground_is_the_prior_that_the_covariance_states():
    """Cells over 400 sections: mean 0.2 s/km, standard deviation 5 % of it."""
    ground = GaussianGround(spread=0.05, correlation_km=4.0)
    cells = np.array(
        [
            simulate_tomography(
                SMALL, ground, 0.0, "straight", random_state=s
            ).truth.slowness_s_km.ravel()
            for s in range(400)
        ]
    )
    expected = (0.05 / 5) ** 2 * field_covariance(10, 12, 2.0, 4.0, refine=3)
    assert np.mean(cells) == pytest.approx(0.2, abs=4 * 0.01 / np.sqrt(400))
    ratio = np.var(cells, axis=0).mean() / expected[0, 0]
    assert ratio == pytest.approx(1, abs=0.06)  # 3 errors, by trials


def test_noise_is_as_large_as_it_is_said():
    """Of 84 rays in 60 sections: standard deviation to 4 %, 4 errors of a 1 %."""
    late = []
    for seed in range(60):
        made = simulate_tomography(
            SMALL, GROUNDS[0], 0.1, "straight", random_state=seed
        )
        late.append(made.data.time_s - made.truth.exact_s)
    assert np.std(late) == pytest.approx(0.1, rel=0.04)
    assert abs(np.mean(late)) < 4 * 0.1 / np.sqrt(60 * 84)
    quiet = simulate_tomography(SMALL, GROUNDS[0], 0.0)
    np.testing.assert_array_equal(quiet.data.time_s, quiet.truth.exact_s)


def test_uniform_ground_gives_distance_over_speed():
    """Straight to rounding; the eikonal solver to 0.1 ms, for it is factored."""
    ground = GaussianGround(velocity_km_s=6.0, spread=0.0)
    starts, ends = SMALL.ends()
    exact = np.hypot(*(ends - starts).T) / 6
    for rays, gap in (("straight", 1e-12), ("bent", 1e-4)):
        found = simulate_tomography(SMALL, ground, 0.0, rays).truth.exact_s
        np.testing.assert_allclose(found, exact, atol=gap)


@pytest.mark.parametrize(("refine", "gap"), [(1, 0.02), (3, 0.004), (9, 0.0008)])
def test_times_of_a_gradient_are_the_analytic_ones(refine, gap):
    """4 km/s plus 0.08 a km, 40 km deep: errors fall as nodes lie closer [s]."""
    survey = Survey(20, 40, 2.0, [[1.0, 31.0]], [[x, 1.0] for x in range(21, 60, 2)])
    ground = GaussianGround(4.0, 0.08, spread=0.0)
    found = simulate_tomography(survey, ground, 0.0, refine=refine).truth.exact_s
    top = GradientModel(4.08, 0.08)  # the receivers lie one kilometre deep
    exact = top.time_s(survey.receivers_km[:, 0] - 1.0, 30.0)
    np.testing.assert_allclose(found, exact, atol=gap)


def test_source_and_receiver_may_change_places():
    """The solver marches from the fewer; both ways agree to 0.1 % of the time."""
    turned = Survey(10, 12, 2.0, SMALL.receivers_km, SMALL.sources_km)
    there = simulate_tomography(SMALL, GROUNDS[0], 0.0, random_state=3).truth.exact_s
    back = simulate_tomography(turned, GROUNDS[0], 0.0, random_state=3).truth.exact_s
    np.testing.assert_allclose(there.reshape(6, 14), back.reshape(14, 6).T, rtol=1e-12)


def test_chequers_and_layers_are_what_they_say():
    """Two values half and half; rows of one slowness, some of them many."""
    ground = CheckerboardGround(amplitude=0.04, size_km=6.0, shifted=0.0)
    made = simulate_tomography(SMALL, ground, refine=1)
    change = made.truth.slowness_s_km * 5 - 1
    np.testing.assert_allclose(np.abs(change), 0.04, atol=1e-12)
    assert change[0, 0] > 0 > change[0, 3]
    assert change[3, 3] > 0
    made = simulate_tomography(SMALL, LayeredGround(thickness_km=4.0), random_state=2)
    assert np.ptp(made.truth.slowness_s_km, axis=1).max() < 1e-12
    assert len(np.unique(made.truth.velocity_km_s[:, 0])) > 2


def test_a_slab_is_fast_and_lies_where_it_is_drawn():
    """Nothing but faster; at most the slope times the mantle; warm outside."""
    survey = make_survey("below", 40, 40, 15.0, 6, 6)
    ground = SlabGround((0.2, 0.2), (45, 45), (80, 80), (60, 60))
    made = simulate_tomography(survey, ground, refine=3)
    z = 5.0 * (np.arange(120) + 0.5)
    usual = load_earth_model("ak135").velocity_km_s(z)[:, None]
    faster = made.truth.velocity_km_s - usual
    assert faster.min() > -1e-9
    assert 0.2 < faster.max() <= 0.48e-3 * 1300
    across = (z[:, None] - (z - 120)) / np.sqrt(2)  # dips at 45 degrees from x = 120
    outside = (across < -1) | (across > 96)
    assert np.abs(faster[outside]).max() < 1e-9
    assert np.all(faster[(across > 30) & (across < 60) & (z[:, None] > 60)] > 0.01)


def test_the_reference_is_what_the_slab_is_laid_over():
    """Without its effect on speed, waves take the time of the reference."""
    survey = make_survey("below", 20, 20, 20.0, 5, 5)
    warm = simulate_tomography(survey, SlabGround(slope_m_s_k=0.0), 0.0)
    np.testing.assert_allclose(warm.data.time_s, warm.data.reference_time_s, rtol=1e-12)
    cold = simulate_tomography(survey, SlabGround(), 0.0)
    delay = cold.data.time_s - cold.data.reference_time_s
    assert delay.max() < 1e-3  # Fermat, but for the solver's error: none is late
    assert delay.min() < -0.2


def test_many_sections_come_from_a_store(tmp_path):
    """Through `generate`, with what is needed to invert them."""
    settings = {"survey": SMALL, "ground": GaussianGround(correlation_km=6.0)}
    store = generate(
        simulate_tomography, 5, 0, settings, tmp_path, workers=1, progress=False
    )
    assert len(store) == 5
    one = store[3]
    assert one["data"]["time_s"].shape == (84,)
    assert one["truth"]["slowness_s_km"].shape == (10, 12)
    again = simulate_tomography(**settings, random_state=one["seed"])
    np.testing.assert_array_equal(one["data"]["time_s"], again.data.time_s)


# surveys


@pytest.mark.parametrize("geometry", ["around", "crosshole", "below"])
def test_a_survey_has_its_places_within(geometry):
    """At centres of cells, all different, rays in the order that is said."""
    survey = make_survey(geometry, 9, 14, 0.5, 5, 9, random_state=3)
    starts, ends = survey.ends()
    assert survey.n_rays == len(starts) == 45
    np.testing.assert_array_equal(starts[9 * 2 + 4], survey.sources_km[2])
    np.testing.assert_array_equal(ends[9 * 2 + 4], survey.receivers_km[4])
    assert len(np.unique(survey.receivers_km, axis=0)) == 9
    assert survey_rays(survey).shape == (45, 126)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sources_km": [[21.0, 1.0]]}, "sources_km must be within the model, 0 to 12"),
        ({"sources_km": [[1.3, 1.0]]}, "sources_km must be at centres of cells"),
        ({"sources_km": [[3.0, 5.0]]}, "receivers_km must be away from sources_km"),
        ({"receivers_km": [3.0, 5.0]}, "receivers_km must be pairs of distance"),
        ({"n_rows": 1}, "n_rows must be a whole number >= 2"),
        ({"cell_km": 0.0}, "cell_km must be a finite number > 0"),
    ],
)
def test_an_impossible_survey_is_refused(changes, message):
    """Each by the name of its argument."""
    usual = {
        "n_rows": 5,
        "n_columns": 6,
        "cell_km": 2.0,
        "sources_km": [[1.0, 1.0]],
        "receivers_km": [[3.0, 5.0]],
    }
    Survey(**usual)
    with pytest.raises(ValueError, match=message):
        Survey(**usual | changes)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: make_survey("around", 4, 4, 1.0, 6, 7),
            "n_receivers must be such that",
        ),
        (
            lambda: make_survey("crosshole", 4, 4, 1.0, 5, 2),
            "n_sources must be at most",
        ),
        (lambda: make_survey("below", 4, 4, 1.0, 5, 5), "n_receivers must be at most"),
        (lambda: GaussianGround(spread=0.2), "spread must be a finite number >= 0 and"),
        (lambda: SlabGround(dip_deg=(50, 40)), "dip_deg must be two finite numbers"),
        (lambda: SlabGround(dip_deg=(0, 40)), "dip_deg must be two numbers from 5"),
        (lambda: SlabGround(model="jb"), "model must be one of"),
        (lambda: LayeredGround(thickness_km=0), "thickness_km must be a finite"),
        (lambda: simulate_tomography(SMALL, "rock"), "ground must be a GaussianGround"),
        (lambda: simulate_tomography("here"), "survey must be a Survey"),
        (lambda: simulate_tomography(SMALL, refine=2), "refine must be an odd whole"),
        (lambda: plate_temperature([1.0], 0.0), "age_myr must be a finite number > 0"),
        (lambda: slab_deficit([1.0], [1.0, 2.0], 9.0), "such that n_places = 1"),
        (lambda: gaussian_field(4, 4, 1.0, 1e9), "correlation_km must be such that"),
        (lambda: field_covariance(999, 999, 1.0, 1.0), "n_rows must be such that"),
    ],
)
def test_what_cannot_be_drawn_is_refused(make, message):
    """Each by the name of its argument, with what is accepted."""
    with pytest.raises(ValueError, match=message):
        make()
