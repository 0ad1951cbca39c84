"""Claims about rates, transformed times and the drawing of family trees."""

import dataclasses
import math
from itertools import islice, pairwise

import numpy as np
import pytest
from scipy import stats

from mlearth.seismology import (
    EtasParameters,
    TemporalEtas,
    background_probability,
    conditional_intensity,
    draw_parents,
    residual_test,
    transformed_times,
)
from mlearth.seismology.etas_residuals import row_blocks
from mlearth.simulators import simulate_etas

BOX = (35.0, 37.0, -119.0, -116.0)
LAWS = EtasParameters.with_branching_ratio(
    0.6, background_per_day=1.0, alpha=0.8, c_days=0.05, p=1.3, taper_days=20.0
)


def catalogue(seed, days=300.0):
    """Return the truth of a catalogue that begins with nothing before it."""
    found = simulate_etas(LAWS, days, BOX, burn_in_days=0.0, random_state=seed)
    return found.truth.events


def test_the_rate_is_the_sum_over_earlier_earthquakes():
    """In any order of the times that are asked, those of earthquakes among them."""
    events = catalogue(1, 60.0)
    times, weight = events.time_days.to_numpy(), LAWS.productivity(events.magnitude)
    asked = np.concatenate([[70.0, -5.0], times[:40], [30.0, 30.0]])
    found = conditional_intensity(asked, times, events.magnitude, LAWS)
    elapsed = asked[:, None] - times
    decay = np.where(elapsed > 0, LAWS.omori.rate(np.abs(elapsed)), 0)
    # the sum of exponentials is right to 1e-6
    np.testing.assert_allclose(found, 1 + decay @ weight, rtol=2e-6)


def test_transformed_times_are_the_integral_of_the_rate():
    """By the trapezoidal rule over a fine grid."""
    events = catalogue(2, 30.0)
    times = events.time_days.to_numpy()
    found = transformed_times(times, events.magnitude, LAWS, end_days=30.0)
    edges, right = [0.0, *times, 30.0], [0.0]
    for began, ended in pairwise(edges):
        steps = began + (ended - began) * np.linspace(0, 1, 400) ** 4
        steps[0] = np.nextafter(began, 99)  # an earthquake counts for what follows it
        rate = conditional_intensity(steps, times, events.magnitude, LAWS)
        right.append(right[-1] + np.trapezoid(rate, steps))
    np.testing.assert_allclose(found, right[1:], rtol=1e-3)  # of the rule


def test_an_earlier_start_is_only_history():
    """What is expected before the window is not counted, what triggers into it is."""
    events = catalogue(3, 100.0)
    whole = transformed_times(events.time_days, events.magnitude, LAWS, end_days=100.0)
    later = transformed_times(
        events.time_days, events.magnitude, LAWS, start_days=40.0, end_days=100.0
    )
    np.testing.assert_allclose(np.diff(later), np.diff(whole)[-len(later) + 1 :])


def test_the_true_model_passes_the_residual_test_as_often_as_it_should():
    """Over 100 catalogues both probabilities are uniform, as they are for the truth."""
    tests = []
    for seed in range(100):
        events = catalogue(seed)
        tests.append(
            residual_test(events.time_days, events.magnitude, LAWS, end_days=300.0)
        )
    uniform = [test.p_uniform for test in tests]
    assert stats.kstest(uniform, "uniform").pvalue > 0.0027
    gaps = [test.p_gaps for test in tests]
    assert stats.kstest(gaps, "uniform").pvalue > 0.0027
    differ = [test.n_events - test.n_expected for test in tests]
    # their difference is a martingale: mean zero, variance the number expected
    scale = math.sqrt(np.mean([test.n_expected for test in tests]) / 100)
    assert abs(np.mean(differ)) < 3 * scale


def test_a_steady_rate_fails_the_residual_test():
    """Clusters are left in the gaps."""
    events = catalogue(4)
    steady = TemporalEtas(
        background_per_day=len(events) / 300, k=0, alpha=0, c_days=1, p=1.1
    )
    found = residual_test(events.time_days, events.magnitude, steady, end_days=300.0)
    assert found.n_events == pytest.approx(found.n_expected)
    assert found.p_gaps < 1e-6


def test_probabilities_of_being_background_are_calibrated():
    """Their sum is the number of true orphans; those near 0.3 are orphans in 30 %."""
    shares, orphans = [], []
    for seed in range(20):
        events = catalogue(seed)
        shares.append(background_probability(events.time_days, events.magnitude, LAWS))
        orphans.append(events.parent_id.to_numpy() < 0)
    shares, orphans = np.concatenate(shares), np.concatenate(orphans)
    for low, high in [(0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 1.0)]:
        inside = (shares >= low) & (shares <= high)
        spread = np.sqrt(np.sum(shares[inside] * (1 - shares[inside])))
        assert abs(orphans[inside].sum() - shares[inside].sum()) < 3 * spread


def test_drawn_parents_have_their_probabilities():
    """Over 400 draws of a small catalogue, for each possible parent of the last."""
    times, magnitudes = [0.0, 1.0, 1.0, 3.0], [3.0, 1.0, 2.0, 0.0]
    drawn = [draw_parents(times, magnitudes, LAWS, random_state=s) for s in range(400)]
    drawn = np.array(drawn)
    weight = LAWS.productivity(magnitudes)
    rate = weight[:3] * LAWS.omori.rate(3.0 - np.array(times[:3]))
    probability = np.append(rate, 1.0) / (1 + rate.sum())
    counts = np.bincount(drawn[:, 3] % 4, minlength=4)  # -1, the background, is 3
    assert stats.chisquare(counts, 400 * probability).pvalue > 0.0027
    assert (drawn[:, 0] == -1).all()
    assert not np.isin(drawn[:, 1:3], [1, 2]).any()  # of one instant


def test_drawn_parents_find_the_true_ones_as_often_as_they_should():
    """The share of true parents among drawn ones is that of their probabilities."""
    hits, expected, spread = 0, 0.0, 0.0
    for seed in range(10):
        events = catalogue(seed)
        parents = draw_parents(
            events.time_days, events.magnitude, LAWS, random_state=seed
        )
        share = background_probability(events.time_days, events.magnitude, LAWS)
        hits += ((parents < 0) & (events.parent_id < 0)).sum()
        expected += (share**2).sum()
        spread += (share**2 * (1 - share**2)).sum()
    assert abs(hits - expected) < 3 * math.sqrt(spread)


def test_rows_are_taken_in_blocks_without_gaps():
    """Also when one row alone is more than fits at once."""
    for n in (1, 1000, 2**21):
        found = list(islice(row_blocks(n), 3))
        assert found[0].start == 0
        assert all(a.stop == b.start for a, b in pairwise(found))


def test_one_earthquake_is_background():
    """A catalogue of one has a rate, a transformed time and no parent."""
    assert background_probability([3.0], [1.0], LAWS).tolist() == [1.0]
    assert draw_parents([3.0], [1.0], LAWS).tolist() == [-1]
    found = residual_test([3.0], [1.0], LAWS, end_days=4.0)
    assert found.n_events == 1
    with pytest.raises(ValueError, match="time_days must be times of which one or mo"):
        residual_test([3.0], [1.0], LAWS, start_days=4.0, end_days=5.0)


def test_no_background_leaves_the_first_earthquake_as_it_is():
    """Where there is no rate at all the probability is 1, not missing."""
    orphan = dataclasses.replace(LAWS, background_per_day=0.0)
    found = background_probability([0.0, 1.0], [1.0, 1.0], orphan)
    assert found.tolist() == [1.0, 0.0]


def test_too_many_pairs_are_refused_by_name():
    """A million would take hours, pair by pair; their rates are no trouble."""
    times, magnitudes = np.linspace(0, 1e5, 10**6), np.zeros(10**6)
    for work in (
        lambda: transformed_times(times, magnitudes, LAWS, end_days=1e5),
        lambda: draw_parents(times, magnitudes, LAWS),
    ):
        with pytest.raises(ValueError, match="time_days must be at most 63245 times"):
            work()
