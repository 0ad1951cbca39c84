"""Claims about forecasts by simulation, and about the tests that they must pass."""

import dataclasses
import math

import numpy as np
import pytest
from scipy import stats

from mlearth.seismology import EtasParameters, magnitude_test, number_test
from mlearth.simulators import forecast_etas, simulate_etas

BOX = (35.0, 37.0, -119.0, -116.0)
LAWS = EtasParameters.with_branching_ratio(
    0.5,
    background_per_day=1.0,
    alpha=0.7,
    c_days=0.05,
    p=1.3,
    taper_days=20.0,
    max_magnitude=5.0,
)


def counts(found, n):
    return np.bincount(found.data.simulation, minlength=n)


def test_direct_aftershocks_have_the_mean_of_theory():
    """With magnitudes that trigger nothing more, counts are Poisson."""
    alone = dataclasses.replace(
        LAWS, background_per_day=0.0, k=1e-6, alpha=3.0, max_magnitude=0.001
    )
    found = forecast_etas(
        alone, [0.0, 1.0], [2.5, 2.0], start_days=2.0, duration_days=5.0
    )
    table = alone.omori.table(10.0)
    reach = [table.integral(7 - t) - table.integral(2 - t) for t in (0.0, 1.0)]
    mean = float(alone.productivity([2.5, 2.0]) @ reach)
    n = counts(found, 1000)
    assert n.mean() == pytest.approx(mean, abs=3 * math.sqrt(mean / 1000))
    assert n.var() == pytest.approx(mean, rel=3 * math.sqrt(2 / 1000) + 0.1)
    assert found.data.time_days.between(2, 7).all()


def test_a_forecast_without_history_is_a_catalogue():
    """One earthquake long ago: the numbers are those of simulate_etas, not burnt in."""
    found = forecast_etas(LAWS, [-1e6], [0.0], start_days=0.0, duration_days=30.0)
    other = [
        len(simulate_etas(LAWS, 30.0, BOX, burn_in_days=0.0, random_state=s).data)
        for s in range(400)
    ]
    assert stats.ks_2samp(counts(found, 1000), other).pvalue > 0.0027


def test_the_true_model_passes_its_tests_as_often_as_it_should():
    """Over 150 catalogues cut in two, the first half forecasts the second."""
    number, size = [], []
    for seed in range(150):
        data = simulate_etas(LAWS, 60.0, BOX, random_state=seed).truth.events
        before, after = data[data.time_days < 40], data[data.time_days >= 40]
        found = forecast_etas(
            LAWS,
            before.time_days,
            before.magnitude,
            start_days=40.0,
            duration_days=20.0,
            n_simulations=300,
            random_state=seed,
        )
        above, below = number_test(len(after), counts(found, 300))
        number.append(above < 0.025 or below < 0.025)
        sizes = magnitude_test(after.magnitude, found.data.magnitude, n_resamples=200)
        size.append(sizes.at_least < 0.05)
    # binomial errors of 5 % of 150, three of them; counts are whole, so a little less
    assert np.mean(number) < 0.05 + 3 * math.sqrt(0.05 * 0.95 / 150)
    assert abs(np.mean(size) - 0.05) < 3 * math.sqrt(0.05 * 0.95 / 150)


def test_a_wrong_rate_and_a_wrong_b_are_noticed():
    """Half of the background fails the N-test, b = 0.7 the M-test and not that one."""
    data = simulate_etas(LAWS, 400.0, BOX, random_state=5).data
    asked = {"start_days": 0.0, "duration_days": 400.0, "n_simulations": 200}
    history = [-1e6], [0.0]
    few = dataclasses.replace(LAWS, background_per_day=0.3)
    found = forecast_etas(few, *history, **asked)
    assert number_test(len(data), counts(found, 200)).at_least < 0.025
    flat = dataclasses.replace(LAWS, b_value=0.7, k=0.0)
    found = forecast_etas(flat, *history, **asked)
    assert magnitude_test(data.magnitude, found.data.magnitude).at_least < 0.05


def test_the_place_of_a_number_is_counted_by_hand():
    """Ties count on both sides."""
    assert number_test(2, [0, 1, 2, 2, 9]) == (0.6, 0.8)
    assert number_test(0, [1, 1]) == (1.0, 0.0)


def test_a_seed_draws_the_same_forecast_again():
    """And the simulations are numbered and in order."""
    asked = {"start_days": 1.0, "duration_days": 9.0, "n_simulations": 50}
    first, same = [
        forecast_etas(LAWS, [0.0], [4.0], random_state=3, **asked).data for _ in "ab"
    ]
    assert first.equals(same)
    assert first.simulation.between(0, 49).all()
    assert first.sort_values(["simulation", "time_days"]).equals(first)


def test_nothing_to_expect_is_an_empty_forecast():
    """Neither background nor triggering."""
    nothing = dataclasses.replace(LAWS, background_per_day=0.0, k=0.0)
    found = forecast_etas(nothing, [0.0], [4.0], start_days=1.0, duration_days=9.0)
    assert counts(found, 1000).tolist() == [0] * 1000


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start_days": -1.0}, "time_days must be at most start_days, -1"),
        ({"duration_days": 0.0}, "duration_days must be a finite number > 0"),
        ({"n_simulations": 0}, "n_simulations must be a whole number >= 1"),
        ({"n_simulations": 10**10}, "n_simulations must be such that"),
        ({"magnitude": [-1.0]}, "magnitude must be numbers >= 0"),
        ({"time_days": []}, "time_days must be at least one value"),
    ],
)
def test_a_senseless_forecast_is_refused_by_name(change, message):
    """Before anything is drawn."""
    usual = {"time_days": [0.0], "magnitude": [4.0], "start_days": 1.0}
    with pytest.raises(ValueError, match=message):
        forecast_etas(LAWS, **usual | {"duration_days": 9.0} | change)


def test_counts_that_are_none_are_refused():
    """Neither fractions nor what is below zero."""
    for wrong in ([0.5, 1.0], [-1.0, 2.0]):
        with pytest.raises(ValueError, match="n_simulated must be whole numbers >= 0"):
            number_test(1, wrong)
