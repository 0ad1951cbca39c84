"""Claims about intervals: the clustered bootstrap, proportions, paired comparisons."""

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import balanced_accuracy_score, roc_auc_score
from statsmodels.stats.proportion import proportion_confint

from mlearth.evaluation import (
    Interval,
    bootstrap_interval,
    paired_comparison,
    proportion_interval,
)

N_EVENTS, N_RECORDS = 40, 20
EVENT = np.repeat(np.arange(N_EVENTS), N_RECORDS)


def clustered(rng):
    """Records of 40 events: event terms and records scatter alike, true mean 0."""
    return rng.normal(size=N_EVENTS)[EVENT] + rng.normal(size=EVENT.size)


def test_resampling_events_covers_and_resampling_records_does_not():
    """Of 200 nominal 95 % intervals, 90-98 % cover the mean; by record, under 63 %."""
    rng = np.random.default_rng(0)
    options = {"n_resamples": 150, "random_state": rng}
    by_event = by_record = 0
    for trial in range(200):
        y = clustered(rng)
        by_event += 0.0 in bootstrap_interval(np.mean, y, groups=EVENT, **options)
        if trial % 3 == 0:
            by_record += 0.0 in bootstrap_interval(np.mean, y, **options)
    # expected 94 % (40 clusters) with a standard deviation of 1.7 % in 200 trials
    assert 0.90 <= by_event / 200 <= 0.98
    # the record-wise interval is sqrt(1 + 19 / 2) = 3.2 times too short: 45 %, +- 6 %
    assert by_record / 67 < 0.63


def test_the_interval_is_that_of_scipy_on_independent_rows():
    """Percentile and basic bounds agree within the Monte Carlo error of 2,000 draws."""
    y = np.random.default_rng(0).exponential(size=80)
    for method in ("percentile", "basic"):
        ours = bootstrap_interval(
            np.mean, y, n_resamples=2000, method=method, random_state=1
        )
        theirs = scipy.stats.bootstrap(
            (y,), np.mean, n_resamples=2000, method=method, rng=2
        ).confidence_interval
        # a 2.5 % quantile of n draws has error sqrt(0.025 x 0.975 / n) / density; the
        # density of a normal there is 0.058 / sd: 0.06 sd each, and four times the two
        tolerance = 4 * np.sqrt(2) * 0.06 * ours.replicates.std()
        assert ours.low == pytest.approx(theirs.low, abs=tolerance)
        assert ours.high == pytest.approx(theirs.high, abs=tolerance)


def test_single_rows_are_clusters_of_one_and_names_of_clusters_do_not_matter():
    """Distinct groups give the interval without groups; new names change nothing."""
    y = clustered(np.random.default_rng(0))
    plain = bootstrap_interval(np.mean, y, random_state=0)
    single = bootstrap_interval(np.mean, y, groups=np.arange(y.size), random_state=0)
    np.testing.assert_array_equal(plain.replicates, single.replicates)
    by_number = bootstrap_interval(np.mean, y, groups=EVENT, random_state=0)
    names = [f"event {100 - event}" for event in EVENT]
    by_name = bootstrap_interval(np.mean, y, groups=names, random_state=0)
    np.testing.assert_array_equal(by_number.replicates, by_name.replicates)
    assert by_number.n_clusters == N_EVENTS


@settings(max_examples=25, deadline=None)
@given(st.floats(-100, 100), st.floats(0.01, 100), st.integers(0, 10_000))
def test_the_interval_moves_and_scales_with_the_data(shift, scale, seed):
    """The interval of the mean of a y + b is a times that of y, plus b."""
    y = np.random.default_rng(seed).normal(size=25)
    plain = bootstrap_interval(np.mean, y, n_resamples=50, random_state=seed)
    moved = bootstrap_interval(
        np.mean, scale * y + shift, n_resamples=50, random_state=seed
    )
    for bound in ("estimate", "low", "high"):
        expected = scale * getattr(plain, bound) + shift
        assert getattr(moved, bound) == pytest.approx(expected, abs=1e-9)  # rounding
    wide = bootstrap_interval(np.mean, y, level=0.99, n_resamples=200, random_state=0)
    tight = bootstrap_interval(np.mean, y, level=0.5, n_resamples=200, random_state=0)
    assert wide.low < tight.low < tight.high < wide.high


def test_arrays_are_resampled_together_and_clusters_whole():
    """Pairs stay pairs, and every cluster comes with all its rows."""

    def check(event, twice):
        np.testing.assert_array_equal(twice, 2 * event)
        assert not (np.unique(event, return_counts=True)[1] % N_RECORDS).any()
        return np.unique(event).size / N_EVENTS

    found = bootstrap_interval(check, EVENT, 2 * EVENT, groups=EVENT, random_state=0)
    # of 40 clusters drawn with replacement, 1 - (1 - 1/40)^40 = 0.637 appear; the mean
    # of 1,000 has an error of 0.0016
    assert found.replicates.mean() == pytest.approx(0.637, abs=0.007)


def test_the_basic_interval_mirrors_the_percentile_interval():
    """The two are reflections of one another about the estimate."""
    y = np.random.default_rng(0).exponential(size=60)
    percentile = bootstrap_interval(np.mean, y, random_state=0)
    basic = bootstrap_interval(np.mean, y, random_state=0, method="basic")
    assert basic.low == pytest.approx(2 * percentile.estimate - percentile.high)
    assert basic.high == pytest.approx(2 * percentile.estimate - percentile.low)


@pytest.mark.parametrize("score", [roc_auc_score, balanced_accuracy_score])
def test_failed_resamples_are_refused_or_counted(score):
    """Resamples without the rare class (37 %) raise or warn: never left out unsaid."""
    y_true = np.arange(30) == 0
    y_score = np.arange(30) < 3
    with pytest.raises(ValueError, match=r"statistic failed on \d+ of 100 resamples"):
        bootstrap_interval(score, y_true, y_score, n_resamples=100, random_state=0)
    counted = bootstrap_interval(
        score, y_true, y_score, n_resamples=100, max_failed=60, random_state=0
    )
    # (1 - 1/30)^30 = 0.36 of 100, with a standard deviation of 4.8
    assert 20 < counted.n_failed < 52
    assert counted.replicates.size + counted.n_failed == 100
    assert f"{counted.n_failed} of 100 resamples failed" in repr(counted)


def test_a_mistake_in_the_statistic_is_not_taken_for_a_failed_resample():
    """A TypeError is the author's: it comes through, whatever max_failed allows."""
    calls = []

    def broken(values):
        calls.append(1)
        return np.mean(values) if len(calls) == 1 else values.no_such_method()

    with pytest.raises(AttributeError):
        bootstrap_interval(broken, np.arange(20), max_failed=1000)


def test_fewer_clusters_are_accepted_only_when_asked_for():
    """Eight events are refused, and allowed with min_clusters=8."""
    y, group = np.arange(16.0), np.arange(16) // 2
    with pytest.raises(ValueError, match="groups has 8 clusters"):
        bootstrap_interval(np.mean, y, groups=group)
    assert bootstrap_interval(np.mean, y, groups=group, min_clusters=8).n_clusters == 8


def test_an_interval_reads_as_prose_wants_it():
    """Two digits of the width; 'to' before a minus sign; any format on request."""
    assert str(Interval(0.3151, 0.2899, 0.3412, 0.95, 26)) == "0.315 (0.290-0.341)"
    assert str(Interval(-0.052, -0.104, -0.001, 0.95, 26)) == "-0.05 (-0.10 to 0.00)"
    assert str(Interval(1234.5, 1100, 1400, 0.95, 26)) == "1234 (1100-1400)"
    assert str(Interval(0.5, 0.5, 0.5, 0.95, 26)) == "0.500 (0.500-0.500)"
    assert f"{Interval(0.3151, 0.2899, 0.3412, 0.95, 26):.1f}" == "0.3 (0.3-0.3)"
    assert repr(Interval(0.5, 0.25, 0.75, 0.9, 26)).endswith("90 % interval, n = 26")


def test_sixteen_of_sixteen_right_allows_four_in_five():
    """The two-sided lower bounds have closed forms: 0.025^(1/16) and n / (n + z^2)."""
    exact = proportion_interval(16, 16)
    wilson = proportion_interval(16, 16, method="wilson")
    assert exact.low == pytest.approx(0.025 ** (1 / 16))
    assert wilson.low == pytest.approx(16 / (16 + 1.959964**2))
    assert (round(exact.low, 2), round(wilson.low, 2)) == (0.79, 0.81)
    assert exact.high == wilson.high == 1


@pytest.mark.parametrize("method", ["clopper-pearson", "wilson"])
def test_proportion_intervals_are_those_of_statsmodels(method):
    """A peer gives the same bounds, at the ends of the range too."""
    theirs = {"clopper-pearson": "beta"}.get(method, method)
    for k in (0, 1, 7, 12):
        found = proportion_interval(k, 12, level=0.9, method=method)
        wanted = proportion_confint(k, 12, alpha=0.1, method=theirs)
        assert (found.low, found.high) == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("method", ["clopper-pearson", "wilson"])
def test_proportion_intervals_cover_as_they_promise(method):
    """Exact coverage over all outcomes of 30 trials, on a grid of true proportions."""
    bounds = [proportion_interval(k, 30, method=method) for k in range(31)]
    low, high = np.array([(bound.low, bound.high) for bound in bounds]).T
    truth = np.linspace(0.02, 0.98, 97)[:, None]
    chance = scipy.stats.binom.pmf(np.arange(31), 30, truth)
    coverage = (chance * ((low <= truth) & (truth <= high))).sum(axis=1)
    if method == "clopper-pearson":
        assert coverage.min() >= 0.95
    else:
        assert coverage.min() < 0.95
        assert coverage.mean() == pytest.approx(0.95, abs=0.01)
    np.testing.assert_allclose(low, 1 - high[::-1], atol=1e-12)  # success <-> failure


def test_clusters_keep_the_error_rate_of_the_comparison_and_rows_do_not():
    """Equal models: about 5 % of tests by event reach p < 0.05, by record far more."""
    rng = np.random.default_rng(0)
    by_event = by_record = 0
    zero, options = np.zeros(EVENT.size), {"n_resamples": 99, "random_state": rng}
    for trial in range(100):
        loss_a = clustered(rng)
        by_event += paired_comparison(loss_a, zero, EVENT, **options).p_value < 0.05
        if trial % 3 == 0:
            by_record += paired_comparison(loss_a, zero, **options).p_value < 0.05
    # 5 % with a standard deviation of 2.2 % in 100 trials; by record 55 % +- 9 % of 34
    assert by_event <= 13
    assert by_record >= 10


def test_swapping_the_models_flips_the_difference_and_keeps_p():
    """Antisymmetric to rounding; a model compared with itself differs by nothing."""
    rng = np.random.default_rng(0)
    loss_a, loss_b = rng.exponential(size=(2, EVENT.size))
    there = paired_comparison(loss_a, loss_b, EVENT, random_state=0)
    back = paired_comparison(loss_b, loss_a, EVENT, random_state=0)
    assert back.difference.estimate == pytest.approx(-there.difference.estimate)
    assert back.difference.low == pytest.approx(-there.difference.high)
    assert back.p_value == there.p_value
    assert there.mean_a - there.mean_b == pytest.approx(there.difference.estimate)
    same = paired_comparison(loss_a, loss_a, EVENT, random_state=0)
    assert (same.difference.low, same.difference.high, same.p_value) == (0, 0, 1)


def test_the_p_value_is_exact_when_all_signs_can_be_tried():
    """Ten clusters that all favour b: 2 of 1,024 sign patterns are as extreme."""
    loss_b = np.arange(20.0)
    loss_a = loss_b + 1 + np.arange(20) % 3
    result = paired_comparison(
        loss_a, loss_b, np.arange(20) // 2, n_resamples=1024, random_state=0
    )
    assert result.p_value == pytest.approx(2 / 1024)
    assert result.difference.low > 0
    assert "sign-flip p = 0.002" in repr(result)
