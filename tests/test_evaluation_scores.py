"""Claims about the scores: residual scatter, skill, calibration."""

import numpy as np
import pytest
from sklearn.calibration import calibration_curve

from mlearth.evaluation import (
    binned_mean,
    expected_calibration_error,
    reliability_table,
)

SIZES = np.array([1, 1, 2, 2, 3, 5, 8, 13, 21, 40, 80] * 3)  # a few large events
EVENT = np.repeat(np.arange(SIZES.size), SIZES)


def residuals(rng, tau, phi):
    """Residuals with known scatter between and within the unbalanced EVENT groups."""
    between = tau * rng.standard_t(10, SIZES.size) / np.sqrt(10 / 8)  # not normal
    return between[EVENT] + phi * rng.normal(size=EVENT.size)


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


def in_one_bin(y, groups=None):
    """Return mean and standard error of values that all lie in one bin."""
    table = binned_mean(np.zeros(len(y)), y, groups=groups, bins=[-1, 1])
    return table[["mean", "standard_error"]].to_numpy()[0]


def test_standard_error_of_independent_values_is_the_usual_one():
    """Without groups it is the sample deviation over the root of n."""
    y = np.array([1.0, 4.0, 2.0, 7.0])
    assert in_one_bin(y) == pytest.approx([3.5, y.std(ddof=1) / 2])


def test_copies_of_one_event_do_not_shorten_the_bar():
    """Repeating each event's value ten times leaves mean and error alone."""
    y, event = np.array([1.0, 4.0, 2.0, 7.0]), np.arange(4)
    often = in_one_bin(np.repeat(y, 10), np.repeat(event, 10))
    np.testing.assert_allclose(often, in_one_bin(y, event))


def test_a_single_event_in_a_bin_has_no_bar():
    """Nothing is known about the scatter from one group: the error is NaN."""
    np.testing.assert_equal(in_one_bin(np.ones(3), np.zeros(3)), [1, np.nan])


def test_every_value_within_the_edges_is_in_one_bin():
    """An inner edge belongs to the bin above it, the last edge to its own bin."""
    table = binned_mean([-1, 0, 1, 2, 3], range(5), bins=[0, 1, 2])
    assert table.n_rows.tolist() == [1, 2]
    assert table["mean"].tolist() == [1, 2.5]
