"""Split conformal prediction keeps its promise, on average and to the digit."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlearth.evaluation import conformal_half_width, conformal_rank

quick = settings(deadline=None, max_examples=50)


def test_ranks_by_hand():
    """19 scores and 90 %: the 18th of 20 places; 9 scores and 95 %: none is enough."""
    assert conformal_rank(19, 0.9) == 18
    assert conformal_rank(9, 0.95) == 10
    assert conformal_rank(99, 0.95) == 95


@quick
@given(st.integers(1, 3000), st.integers(1, 99))
def test_the_rank_is_exact(n, percent):
    """The smallest whole number that is not below (n + 1) level, in fractions."""
    exact = -(-(n + 1) * Fraction(percent, 100) // 1)
    assert conformal_rank(n, percent / 100) == -(-((n + 1) * percent) // 100) == exact


@pytest.mark.parametrize("n", [10, 19, 50])
def test_coverage_is_the_rank_over_n_plus_one(n):
    """20,000 calibration sets and new samples, residuals with heavy tails."""
    rng = np.random.default_rng(n)
    draws = rng.standard_t(2, size=(20_000, n + 1))
    widths = [conformal_half_width(row, 0.8) for row in draws[:, :n]]
    covered = np.mean(np.abs(draws[:, n]) <= widths)
    # standard error sqrt(0.16 / 20000) = 0.003, times three
    assert covered == pytest.approx(conformal_rank(n, 0.8) / (n + 1), abs=0.009)


@quick
@given(st.integers(0, 2**32 - 1), st.integers(9, 60))
def test_order_and_sign_do_not_count(seed, n):
    """The half width is one of the sizes, whatever their order and sign."""
    rng = np.random.default_rng(seed)
    residual = rng.normal(size=n)
    width = conformal_half_width(residual)
    assert width in np.abs(residual)
    assert conformal_half_width(-rng.permutation(residual)) == width
    assert np.sum(np.abs(residual) <= width) == conformal_rank(n)


def test_too_few_residuals_are_refused():
    """Eight are too few for 90 %, nine are enough."""
    with pytest.raises(ValueError, match="at least 9 values"):
        conformal_half_width(np.arange(8.0))
    assert conformal_half_width(np.arange(9.0)) == 8
