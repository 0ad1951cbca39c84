"""Completeness and b against truth, and against the same written once more."""

import math

import numpy as np
import pytest
from catalogue_truth import sizes
from scipy.stats import norm

from mlearth.seismology import (
    b_positive,
    b_stability,
    goodness_of_fit,
    likeliest_b,
    maximum_curvature,
)

TRUE_B = 1.0


def network(seed, n=20_000, half=2.0, width=0.2, rounded=True):
    """Magnitudes of a network that sees half of the events of magnitude `half`."""
    rng = np.random.default_rng(seed)
    m = sizes(rng, n, TRUE_B, least=0.5, most=7.5)
    m = m[rng.random(n) < norm.cdf((m - half) / width)]
    return np.round(m, 1) if rounded else m


def plain_b(magnitude, completeness, width):
    """Aki's b, or that of a geometric distribution, in a loop."""
    used = [m - completeness for m in magnitude if m > completeness - width / 2 - 1e-6]
    mean = math.fsum(used) / len(used)
    if width == 0:
        return math.log10(math.e) / mean
    return math.log10((mean + width) / mean) / width


@pytest.mark.parametrize(
    ("width", "completeness"), [(0.0, 2.5), (0.1, 2.5), (0.5, 2.5)]
)
def test_b_is_that_of_a_second_implementation(width, completeness):
    """Written once more, it gives the same; only the order of sums differs."""
    m = network(0, rounded=False)
    m = np.round(m / width) * width if width else m
    assert likeliest_b(m, completeness, width).b == pytest.approx(
        plain_b(m, completeness, width), rel=1e-12
    )


SEISMOSTATS = [
    *(2.0, 2.5, 2.1, 2.2, 2.5, 2.2, 2.6, 2.3, 2.7, 2.2, 2.4, 2.0),
    *(2.7, 2.2, 2.3, 2.1, 2.4, 2.6, 2.2, 2.2, 2.7, 2.4, 2.2, 2.5),
]


def test_b_is_that_of_seismostats():
    """The library's documented examples, to the last digits that it prints."""
    exact = likeliest_b(SEISMOSTATS, 2.0, 0.1)
    half = likeliest_b(SEISMOSTATS, 2.0, 0.1, "half bin")
    steps = b_positive(SEISMOSTATS, 0.2, 0.1)
    found = [exact.b, half.b, steps.b]
    wanted = [1.114920128810535, 1.1088369750721319, 1.9188552623891313]
    assert found == pytest.approx(wanted, rel=1e-12)


def mean_b(estimate, n_sets=40):
    """Return the mean over catalogues and its Monte Carlo error."""
    found = [estimate(seed) for seed in range(n_sets)]
    return np.mean(found), np.std(found, ddof=1) / np.sqrt(n_sets)


@pytest.mark.parametrize(
    ("width", "correction", "bias"),
    [(0.0, "exact", 0.0), (0.2, "exact", 0.0), (0.2, "half bin", -0.017)],
)
def test_b_on_truth(width, correction, bias):
    """Unbiased but for half a bin, low by (b ln(10) width)^2 / 12, 1.7 % for 0.2."""

    def estimate(seed):
        m = sizes(np.random.default_rng(seed), 3000, TRUE_B, 2 - width / 2, 12)
        m = np.round(m / width) * width if width else m
        return likeliest_b(m, 2.0, width, correction).b

    b, error = mean_b(estimate)
    assert abs(b - TRUE_B - bias) < 4 * error + 1e-3  # and 1/n of a ratio's bias


def test_uncorrected_bins_inflate_b():
    """The mean excess is short by half a bin: b grows by some 12 % for 0.1."""
    m = np.round(sizes(np.random.default_rng(0), 50_000, 1.0, 1.95, 12), 1)
    assert likeliest_b(m, 2.0, 0.1, "none").b == pytest.approx(
        1.125, abs=0.02
    )  # 4 s.e.


def test_the_standard_error_is_the_scatter_over_catalogues():
    """The error that one catalogue states is what many show, to Monte Carlo."""
    rng = np.random.default_rng(0)
    found = [likeliest_b(sizes(rng, 400, 1, 2, 12), 2.0) for _ in range(400)]
    scatter = np.std([one.b for one in found], ddof=1)
    stated = np.mean([one.standard_error for one in found])
    assert stated == pytest.approx(scatter, rel=4 / np.sqrt(2 * 400))


def test_b_positive_forgives_what_is_missed_after_a_mainshock():
    """With completeness that sinks as aftershocks wane, steps up are unbiased."""

    def estimates(seed):
        rng = np.random.default_rng(seed)
        t = np.sort(10 ** rng.uniform(-3, 2, 6000))
        m = sizes(rng, 6000, 1.0, 2.0, 9.0)
        m = m[m > 2.2 - np.log10(t)]
        return b_positive(m, 0.2).b - 1, likeliest_b(m, 2.2).b - 1

    steps, plain = np.array([estimates(seed) for seed in range(30)]).T
    assert abs(steps.mean()) < 4 * steps.std() / np.sqrt(30) + 0.01
    assert plain.mean() < -0.1


def test_completeness_on_truth():
    """Where half are seen at 2.0 and 99 % at 2.47, every estimate is too low.

    The fullest bin lies where three in four are seen, the fit is content with half.
    Single catalogues scatter by 0.1, so the mean of 20 by 0.02.
    """
    found = np.array(
        [
            [
                maximum_curvature(m, correction=0),
                maximum_curvature(m),
                goodness_of_fit(m),
                b_stability(m),
            ]
            for m in map(network, range(20))
        ]
    ).mean(axis=0)
    assert found == pytest.approx([2.14, 2.34, 2.0, 2.21], abs=0.08)
    assert (found < 2.47).all()


def test_a_complete_catalogue_is_complete_from_its_first_bin():
    """All three give the smallest magnitude, the fullest bin without correction."""
    m = np.round(sizes(np.random.default_rng(1), 20_000, 1.0, 1.95, 9), 1)
    found = maximum_curvature(m, correction=0), goodness_of_fit(m), b_stability(m)
    assert found == (2.0, 2.0, 2.0)


def test_too_few_to_tell():
    """With fewer than fifty earthquakes nothing is said of fit and stability."""
    few = np.tile([2.0, 2.3], 20)
    assert math.isnan(goodness_of_fit(few))
    assert math.isnan(b_stability(few))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: likeliest_b([2.0, 3.0], 3.5), "completeness must be no larger than"),
        (lambda: likeliest_b([2.0, 2.0], 2.0), "magnitude must be .* more than one"),
        (lambda: likeliest_b([2.0, np.nan], 2.0), "magnitude must be"),
        (lambda: likeliest_b([], 2.0), "magnitude must be at least one value"),
        (lambda: likeliest_b([2, 3], 2, -0.1), "bin_width must be"),
        (lambda: likeliest_b([2, 30], 2), "magnitude must be from -12 to 12"),
        (lambda: b_positive([3.0, 2.0, 1.0]), "magnitude must be .* steps up"),
        (lambda: b_positive([3.0]), "magnitude must be .* steps up"),
        (lambda: b_stability([3.0, 4.0], 0.5, 0.1), "reach must be one bin_width"),
    ],
)
def test_bad_magnitudes_are_named(call, message):
    """What gives no b is an error that names the argument."""
    with pytest.raises(ValueError, match=message):
        call()
