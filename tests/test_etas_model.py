"""Claims about the likelihood of the temporal ETAS model, and about its fit."""

import dataclasses
import math
import tracemalloc

import numpy as np
import pytest
from scipy import integrate

from mlearth.seismology import (
    EtasParameters,
    OmoriUtsu,
    TemporalEtas,
    etas_log_likelihood,
    fit_etas,
)
from mlearth.seismology.etas_likelihood import value_and_slope
from mlearth.seismology.etas_model import FITTED
from mlearth.seismology.etas_sums import exponentials, past_sums
from mlearth.simulators import simulate_etas

BOX = (35.0, 37.0, -119.0, -116.0)
LAWS = EtasParameters.with_branching_ratio(
    0.6,
    background_per_day=1.0,
    alpha=0.8,
    c_days=0.05,
    p=1.3,
    taper_days=20.0,
    min_magnitude=3.0,
    max_magnitude=6.5,
)
MODEL = TemporalEtas(
    **{name: getattr(LAWS, name) for name in FITTED}, taper_days=20.0, min_magnitude=3.0
)
DAYS = 160.0
DECAYS = [(0.01, 1.2, np.inf), (1e-5, 1.0, np.inf), (0.00112, 0.97, 9772.0)]
DECAYS += [(0.1, 2.2, 50.0), (0.01, 0.6, 1000.0)]


def catalogue(seed, days=DAYS):
    """Return times and magnitudes, those of the burn-in included."""
    found = simulate_etas(LAWS, days, BOX, burn_in_days=40.0, random_state=seed)
    events = found.truth.events
    return events.time_days.to_numpy(), events.magnitude.to_numpy()


def likelihood_by_loops(times, magnitudes, model, start, end):
    """Return the log-likelihood, each sum in a loop and each integral by quadrature."""
    total = -model.background_per_day * (end - start)
    for i, (time, magnitude) in enumerate(zip(times, magnitudes, strict=True)):
        each = model.k * 10 ** (model.alpha * (magnitude - model.min_magnitude))

        def decay(x, each=each):
            tapered = math.exp(-math.expm1(x) * model.c_days / model.taper_days)
            return each * (model.c_days * math.exp(x)) ** (1 - model.p) * tapered

        ends = [math.log1p(max(e - time, 0) / model.c_days) for e in (start, end)]
        total -= integrate.quad(decay, *ends, epsrel=1e-11, limit=200)[0]
        if time >= start:
            rate = model.background_per_day
            for other, size in zip(times[:i], magnitudes[:i], strict=True):
                if other < time:
                    gap = time - other
                    each = model.k * 10 ** (model.alpha * (size - model.min_magnitude))
                    decayed = (gap + model.c_days) ** -model.p
                    rate += each * decayed * math.exp(-gap / model.taper_days)
            total += math.log(rate)
    return total


@pytest.mark.parametrize(("c", "p", "taper"), DECAYS)
def test_the_integral_of_the_decay_is_that_of_quadrature(c, p, taper):
    """With p above, at and below one, with and without a taper; so is its inverse."""
    omori = OmoriUtsu(c_days=c, p=p, taper_days=taper)
    elapsed = np.geomspace(1e-6, 2e4, 40)
    table = omori.table(2e4)

    def decay(u):
        return (c * math.exp(u)) ** (1 - p) * math.exp(-c * math.expm1(u) / taper)

    right = [integrate.quad(decay, 0, u, limit=400)[0] for u in np.log1p(elapsed / c)]
    # quadrature is right to 1e-8, the table to 1e-9
    np.testing.assert_allclose(table.integral(elapsed), right, rtol=1e-7)
    early = elapsed[elapsed < 3 * min(taper, 1e4)]
    # linear interpolation between 2,048 points; late times are rare, and off by more
    np.testing.assert_allclose(table.inverse(table.integral(early)), early, rtol=1e-2)


@pytest.mark.parametrize(("c", "p", "taper"), DECAYS)
def test_a_power_law_is_a_sum_of_exponentials(c, p, taper):
    """Of about ninety, to a millionth, and so are the derivatives by p and c."""
    omori = OmoriUtsu(c_days=c, p=p, taper_days=taper)
    elapsed = np.geomspace(1e-6, min(10 * taper, 2e4), 50)
    rate, weight = exponentials(omori, 2e4)
    value, by_p, by_c = (np.exp(-np.outer(elapsed, rate)) @ weight).T
    right = omori.rate(elapsed)
    assert rate.size < 120
    np.testing.assert_allclose(value, right, rtol=2e-6)
    log = np.abs(np.log(elapsed + c)) + 1
    assert np.max(np.abs(by_p + np.log(elapsed + c) * right) / right / log) < 1e-5
    np.testing.assert_allclose(by_c, -p * right / (elapsed + c), rtol=1e-5)


def test_the_sums_over_the_past_are_those_over_pairs():
    """Of all blocks, also where 200 earthquakes share one instant."""
    rng = np.random.default_rng(1)
    times = np.sort(np.concatenate([rng.uniform(0, 50, 300), np.full(200, 20.0)]))
    weight, excess = rng.exponential(size=(2, 500))
    found = past_sums(times, weight, excess, LAWS.omori)
    elapsed = times[:, None] - times
    decay = np.where(elapsed > 0, LAWS.omori.rate(np.abs(elapsed)), 0)
    np.testing.assert_allclose(found[:, 0], decay @ weight, rtol=2e-6, atol=1e-12)
    np.testing.assert_allclose(
        found[:, 1], decay @ (weight * excess), rtol=2e-6, atol=1e-12
    )


@pytest.mark.parametrize("taper", [20.0, np.inf])
@pytest.mark.parametrize("start", [-100.0, 0.0, 30.0])
def test_the_likelihood_is_the_one_written_down(taper, start):
    """Sums by loops and integrals by quadrature; earlier events only trigger."""
    times, magnitudes = catalogue(3, days=60.0)
    model = dataclasses.replace(MODEL, taper_days=taper)
    found = etas_log_likelihood(
        times, magnitudes, model, start_days=start, end_days=60.0
    )
    right = likelihood_by_loops(times, magnitudes, model, start, 60.0)
    # each of some hundred logarithms is right to 1e-6
    assert found == pytest.approx(right, abs=1e-4)


def test_the_slope_of_the_likelihood_is_that_of_differences():
    """By each of the five parameters."""
    times, magnitudes = catalogue(4, days=60.0)
    _, slope = value_and_slope(times, magnitudes, MODEL, 5.0, 60.0)
    for name, found in zip(FITTED, slope, strict=True):
        value = getattr(MODEL, name)
        up, down = (
            value_and_slope(
                times,
                magnitudes,
                dataclasses.replace(MODEL, **{name: value + step}),
                5.0,
                60.0,
            )[0]
            for step in (1e-5 * value, -1e-5 * value)
        )
        factor = value if name in ("background_per_day", "k", "c_days") else 1
        # differences of values near 100 that are right to 1e-7
        assert found == pytest.approx((up - down) / (2e-5 * value) * factor, abs=2e-2)


def test_the_likelihood_of_a_steady_rate_is_that_of_poisson():
    """Without triggering: n ln(mu) - mu T."""
    steady = TemporalEtas(background_per_day=0.3, k=0, alpha=1, c_days=0.1, p=1.1)
    found = etas_log_likelihood([1.0, 5.0, 5.0], [1, 2, 3], steady, end_days=9.0)
    assert found == pytest.approx(3 * math.log(0.3) - 2.7, abs=1e-9)


def test_an_earthquake_with_no_rate_has_no_likelihood():
    """Without a background nothing explains the first one."""
    nothing = TemporalEtas(background_per_day=0, k=0.1, alpha=1, c_days=0.1, p=1.1)
    assert etas_log_likelihood([1.0], [1.0], nothing, end_days=2.0) == -math.inf


def test_earthquakes_of_one_instant_do_not_trigger_each_other():
    """Their order in the table changes nothing."""
    pair = [0.0, 4.0, 4.0], [1.0, 3.0, 5.0]
    turned = [0.0, 4.0, 4.0], [1.0, 5.0, 3.0]
    model = dataclasses.replace(MODEL, min_magnitude=0.0)
    both = [etas_log_likelihood(*one, model, end_days=9.0) for one in (pair, turned)]
    assert both[0] == pytest.approx(both[1], abs=1e-9)


def test_memory_grows_with_the_number_of_earthquakes_and_not_its_square():
    """Four times as many need at most four times as much, and a few megabytes."""
    peaks = []
    for n in (5_000, 20_000):
        times = np.linspace(0, n / 10, n)
        tracemalloc.start()
        value_and_slope(times, np.full(n, 3.5), MODEL, 0.0, n / 10)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 4.5 * peaks[0]
    assert peaks[1] < 20e6  # a square of 20,000 would be 3.2 GB


def test_a_million_earthquakes_have_a_likelihood():
    """In seconds; at a steady rate their sums are what an integral says."""
    n, days = 1_000_000, 10_000.0
    times = np.linspace(0, days, n + 1)[1:]
    model = dataclasses.replace(MODEL, alpha=0.0)
    found = etas_log_likelihood(times, np.full(n, 3.0), model, end_days=days)
    rate = 1 + model.k * 100 * model.omori.total()
    expected = n * math.log(rate) - days * rate
    # the grid of times against an integral: half a step of 0.01 days beside c = 0.05
    assert found == pytest.approx(expected, rel=0.05)


@pytest.fixture(scope="module")
def fits():
    """Return fits of 200 catalogues of some 400 earthquakes, None where refused."""
    return [fitted(*catalogue(seed)) for seed in range(200)]


def fitted(times, magnitudes):
    """Return the fit of a catalogue, or None where its likelihood has no maximum."""
    window = {"magnitude_of_completeness": 3.0, "end_days": DAYS}
    try:
        return fit_etas(times, magnitudes, taper_days=20.0, **window)
    except ValueError:
        return None


def test_few_catalogues_are_refused(fits):
    """At most 2 % of catalogues of this size leave p and c undetermined."""
    assert fits.count(None) <= 4


@pytest.mark.parametrize("name", FITTED)
def test_intervals_hold_the_truth_as_often_as_they_say(fits, name):
    """Of 200 intervals of 95 %, 91 to 98 % hold the truth: honest standard errors.

    A catalogue that is refused counts as one whose interval misses.
    """
    truth = getattr(LAWS, name)
    bounds = [fit.interval(name) for fit in fits if fit is not None]
    held = sum(low < truth < high for low, high in bounds)
    # a true 95 % of 200 has a standard error of 1.5 %
    assert 0.91 <= held / 200 <= 0.98


@pytest.mark.parametrize("name", FITTED)
def test_the_fit_recovers_the_truth(fits, name):
    """The median of 200 estimates is within a third of one error of the truth."""
    values = [getattr(fit.parameters, name) for fit in fits if fit is not None]
    spread = np.diff(np.quantile(values, [0.25, 0.75]))[0] / 1.349
    # three errors of the median of 200, 0.27, and a bias that falls as 1 / sqrt(events)
    assert np.median(values) == pytest.approx(getattr(LAWS, name), abs=spread / 3)


def test_at_the_maximum_as_many_are_expected_as_came(fits):
    """The slope by the logarithms of both rates is zero there."""
    times, magnitudes = catalogue(0)
    found = value_and_slope(times, magnitudes, fits[0].parameters, 0.0, DAYS)
    assert np.abs(found[1]).max() < 0.05  # in units of one earthquake
    assert fits[0].log_likelihood == pytest.approx(found[0])
    assert fits[0].n_events == (times >= 0).sum()


def test_standard_errors_are_in_the_units_of_the_parameters(fits):
    """An interval of p is plus and minus 1.96 of them, that of a rate is positive."""
    fit = fits[0]
    low, high = fit.interval("p")
    assert (high - low) / 2 / fit.standard_errors["p"] == pytest.approx(1.96, abs=0.001)
    low, high = fit.interval("c_days", 0.68)
    assert 0 < low < fit.parameters.c_days < high
    with pytest.raises(ValueError, match="name must be one of background_per_day"):
        fit.interval("b_value")


GOOD = [0.0, 1.0, 2.0], [3.0, 3.5, 4.0]
MANY = np.arange(30.0), np.linspace(3, 5, 30)


@pytest.mark.parametrize(
    ("times", "magnitudes", "change", "message"),
    [
        ([], [], {}, "time_days must be at least one value"),
        ([0.0, 2.0, 1.0], GOOD[1], {}, "time_days must be in ascending order, got an"),
        (GOOD[0], [3.0, math.nan, 4.0], {}, "magnitude must be finite numbers, got 1"),
        (GOOD[0], [3.0, 4.0], {}, "magnitude must be such that n_samples = 3"),
        (*GOOD, {"end_days": 1.5}, "end_days must be at least the time of the last"),
        (*GOOD, {"end_days": -1.0}, "end_days must be > start_days, 0"),
        (*GOOD, {}, "time_days must be 20 times in the window or more, got 3"),
        ([5.0], [3.0], {}, "time_days must be 20 times in the window or more, got 1"),
        (*MANY, {"magnitude_of_completeness": 9.0}, "magnitude must be numbers >= 9"),
        (MANY[0], np.full(30, 3.0), {}, "magnitude must be of more than one value"),
        (*MANY, {}, "time_days and magnitude must be such that the likelihood has a"),
        (*MANY, {"taper_days": 0.0}, "taper_days must be a finite number > 0"),
    ],
)
def test_what_cannot_be_fitted_is_refused_by_name(times, magnitudes, change, message):
    """Empty, single, unordered, incomplete catalogues, and those without clusters."""
    usual = {"magnitude_of_completeness": 3.0, "end_days": 40.0} | change
    with pytest.raises(ValueError, match=message):
        fit_etas(times, magnitudes, **usual)


def test_ties_everywhere_have_no_maximum_and_are_refused():
    """Earthquakes of one instant trigger nothing, so there is nothing to fit."""
    times = np.repeat(np.arange(10.0), 30)
    magnitudes = np.tile(np.linspace(3, 5, 30), 10)
    with pytest.raises(ValueError, match="likelihood has a maximum"):
        fit_etas(times, magnitudes, magnitude_of_completeness=3.0, end_days=10.0)
