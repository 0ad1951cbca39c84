"""Claims about the scores: residual scatter, skill, calibration."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import f_oneway
from sklearn.calibration import calibration_curve
from sklearn.metrics import r2_score

from mlearth.evaluation import (
    expected_calibration_error,
    reliability_table,
    residual_summary,
    skill_score,
)

SIZES = np.array([1, 1, 2, 2, 3, 5, 8, 13, 21, 40, 80] * 3)  # a few large events
EVENT = np.repeat(np.arange(SIZES.size), SIZES)


def residuals(rng, tau, phi):
    """Residuals with known scatter between and within the unbalanced EVENT groups."""
    between = tau * rng.standard_t(10, SIZES.size) / np.sqrt(10 / 8)  # not normal
    return between[EVENT] + phi * rng.normal(size=EVENT.size)


@pytest.mark.parametrize(("tau", "phi"), [(0.3, 0.5), (0.0, 0.4), (1.0, 0.1)])
def test_tau_and_phi_are_found_in_unbalanced_groups(tau, phi):
    """Over 300 simulated data sets the mean estimates are the known variances."""
    rng = np.random.default_rng(3)
    found = [
        residual_summary(residuals(rng, tau, phi), np.zeros(EVENT.size), EVENT)
        for _ in range(300)
    ]
    for estimate, truth in (
        ([summary.tau_squared for summary in found], tau**2),
        ([summary.phi**2 for summary in found], phi**2),
    ):
        # four standard errors of the mean of 300 estimates
        tolerance = 4 * np.std(estimate) / np.sqrt(300)
        assert np.mean(estimate) == pytest.approx(truth, abs=tolerance)
        assert tolerance < 0.15 * max(truth, 0.1)


def test_the_naive_scatter_of_event_means_overstates_tau():
    """Means of small events scatter by their rows too; the estimate takes that out."""
    residual = residuals(np.random.default_rng(0), tau=0.2, phi=0.5)
    means = [residual[event == EVENT].mean() for event in range(SIZES.size)]
    summary = residual_summary(residual, np.zeros(EVENT.size), EVENT)
    assert summary.tau < 0.3 < np.std(means)


def test_tau_agrees_with_the_f_test_of_scipy():
    """F is the ratio of mean squares, so tau^2 = phi^2 (F - 1) / n0."""
    residual = residuals(np.random.default_rng(1), tau=0.3, phi=0.5)
    summary = residual_summary(residual, np.zeros(EVENT.size), EVENT)
    groups = [residual[event == EVENT] for event in range(SIZES.size)]
    n0 = (EVENT.size - np.sum(SIZES**2) / EVENT.size) / (SIZES.size - 1)
    expected = summary.phi**2 * (f_oneway(*groups).statistic - 1) / n0
    assert summary.tau_squared == pytest.approx(expected, rel=1e-9)  # algebra


def test_tau_and_phi_by_hand():
    """Two events of two rows: means 1 and 4, rows 0.5 either side."""
    summary = residual_summary([0.5, 1.5, 3.5, 4.5], [0, 0, 0, 0], ["a", "a", "b", "b"])
    assert summary.bias == 2.5
    assert summary.phi == pytest.approx(np.sqrt(0.5))  # (4 x 0.25) / (4 - 2)
    assert summary.tau_squared == pytest.approx(4.25)  # (9 - 0.5) / 2
    assert summary.sigma == pytest.approx(np.sqrt(4.75))
    # (0.25 + 2.25 + 12.25 + 20.25) / 4
    assert summary.rmse == pytest.approx(np.sqrt(8.75))


@settings(max_examples=30, deadline=None)
@given(st.floats(-5, 5), st.floats(0.1, 10), st.integers(0, 1000))
def test_the_summary_follows_shift_scale_and_names(shift, scale, seed):
    """A shift moves only the bias, a scale scales all, names of groups do nothing."""
    residual = residuals(np.random.default_rng(seed), tau=0.3, phi=0.5)
    zero = np.zeros(EVENT.size)
    plain = residual_summary(residual, zero, EVENT)
    moved = residual_summary(scale * residual + shift, zero, [f"e{-e}" for e in EVENT])
    # rounding: the sums of squares lose digits to a shift of at most 5 / 0.1
    assert moved.bias == pytest.approx(scale * plain.bias + shift, abs=1e-9)
    assert moved.phi == pytest.approx(scale * plain.phi, rel=1e-6)
    assert moved.tau_squared == pytest.approx(
        scale**2 * plain.tau_squared, rel=1e-6, abs=1e-9 * scale**2
    )


def test_a_negative_tau_squared_is_told():
    """Events more alike than chance: tau is 0 and the text says what was found."""
    summary = residual_summary([-1, 1, -1, 1], [0, 0, 0, 0], ["a", "a", "b", "b"])
    assert summary.tau_squared == pytest.approx(-1)
    assert summary.tau == 0
    assert "tau 0.000 (tau^2 was -1)" in repr(summary)


def test_skill_is_r2_when_the_loss_is_squared_and_the_baseline_the_mean():
    """1 - MSE / variance is the coefficient of determination."""
    rng = np.random.default_rng(0)
    y = rng.normal(size=50)
    y_pred = y + rng.normal(size=50)
    skill = skill_score((y - y_pred) ** 2, (y - y.mean()) ** 2)
    assert skill == pytest.approx(r2_score(y, y_pred))
    assert skill_score(0, 2) == 1
    assert skill_score(2, 2) == 0
    assert skill_score(3, 2) == -0.5


@pytest.mark.parametrize("strategy", ["uniform", "quantile"])
@pytest.mark.parametrize("n_bins", [1, 4, 10])
def test_the_reliability_table_is_the_curve_of_scikit_learn(strategy, n_bins):
    """In bins that hold rows; rounded probabilities put many on the edges."""
    rng = np.random.default_rng(0)
    probability = np.round(rng.beta(0.5, 2, 300), 1)
    y_true = rng.random(300) < probability
    table = reliability_table(y_true, probability, n_bins=n_bins, strategy=strategy)
    happened, promised = calibration_curve(
        y_true, probability, n_bins=n_bins, strategy=strategy
    )
    held = table[table["n_rows"] > 0]
    np.testing.assert_allclose(held["observed_frequency"], happened)
    np.testing.assert_allclose(held["mean_probability"], promised)
    assert len(table) == n_bins
    assert table["n_rows"].sum() == 300


def test_calibration_error_by_hand():
    """A forecaster who always says 0.9 and is right every second time is 0.4 off."""
    assert expected_calibration_error([0, 1], [0.9, 0.9]) == pytest.approx(0.4)
    # three rows are 0.2 off, one is 0.1 off
    assert expected_calibration_error(
        [0, 0, 0, 1], [0.2, 0.2, 0.2, 0.9], n_bins=2
    ) == pytest.approx(0.175)
    assert expected_calibration_error([0, 1], [0.0, 1.0]) == 0


def test_a_calibrated_forecast_has_an_error_above_zero_in_a_small_sample():
    """It shrinks with the rows: below 0.02 with 20,000, above 0.05 with 50."""
    rng = np.random.default_rng(0)

    def mean_error(n_rows, n_trials):
        errors = []
        for _ in range(n_trials):
            probability = rng.random(n_rows)
            happened = rng.random(n_rows) < probability
            errors.append(expected_calibration_error(happened, probability))
        return np.mean(errors)

    # a bin of n rows misses by about 0.8 sqrt(p (1 - p) / n): 0.007 and 0.14 for ten
    assert mean_error(20_000, 3) < 0.02
    assert mean_error(50, 30) > 0.05
