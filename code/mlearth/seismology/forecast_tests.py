"""Tests of a forecast that consists of simulated catalogues: numbers and magnitudes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .._arguments import (
    Count,
    CountOrZero,
    OtherVector,
    Positive,
    Vector,
    check_room,
    checked,
    wrong,
)

__all__ = ["ForecastTest", "magnitude_test", "number_test"]


class ForecastTest(NamedTuple):
    """Where an observation lies in a forecast.

    Attributes
    ----------
    at_least : float
        Probability that the forecast gives as much as was observed, or more.
    at_most : float
        Probability that it gives as much or less.
    """

    at_least: float
    at_most: float


def place_of(observed: float, simulated: np.ndarray) -> ForecastTest:
    """Return the shares of simulations at or above, and at or below."""
    above, below = (simulated >= observed).mean(), (simulated <= observed).mean()
    return ForecastTest(float(above), float(below))


def check_counts(n_simulated: np.ndarray, **others: object) -> None:
    """Refuse what are no numbers of earthquakes."""
    if np.any((n_simulated < 0) | (n_simulated != np.round(n_simulated))):
        raise wrong("n_simulated", "whole numbers >= 0", "others")


@checked(also=check_counts)
def number_test(n_observed: CountOrZero, n_simulated: Vector) -> ForecastTest:
    """Test whether as many earthquakes came as were forecast, the N-test.

    Parameters
    ----------
    n_observed : int
        Earthquakes that came.
    n_simulated : array_like of whole numbers, shape (n_simulations,)
        Earthquakes of each simulated catalogue ``savran2022pycsep``.

    Returns
    -------
    ForecastTest
        A forecast fails at 5 % if one of the two is below 0.025.

    Raises
    ------
    ValueError
        If an argument is no such value.

    Examples
    --------
    >>> number_test(3, [0, 1, 1, 2, 4])
    ForecastTest(at_least=0.2, at_most=0.8)
    """
    if n_observed > 2**53:
        raise wrong("n_observed", "a number of earthquakes", n_observed)
    return place_of(n_observed, n_simulated)


@checked
def magnitude_test(
    magnitude: Vector,
    simulated_magnitude: OtherVector,
    *,
    bin_width: Positive = 0.1,
    n_resamples: Count = 1000,
    random_state: CountOrZero = 0,
) -> ForecastTest:
    """Test whether observed magnitudes are distributed as forecast, an M-test.

    The distance of two histograms is the sum over bins of the squared difference of
    log10(count + 1), as in the M-test of ``savran2022pycsep``. It is compared with the
    distances of catalogues as large as the observed one that are drawn from all
    simulated magnitudes, so that the number of earthquakes does not matter.

    Parameters
    ----------
    magnitude : array_like, shape (n,)
        Magnitudes that were observed.
    simulated_magnitude : array_like, shape (n_others,)
        Magnitudes of all simulated catalogues together.
    bin_width : float
        Width of the bins of magnitude, > 0.
    n_resamples : int
        Catalogues that are drawn.
    random_state : int
        Seed, >= 0.

    Returns
    -------
    ForecastTest
        A forecast fails at 5 % if `at_least` is below 0.05: only a large distance
        speaks against it.

    Raises
    ------
    ValueError
        If an argument is no such value.

    Examples
    --------
    >>> drawn = np.random.default_rng(0).exponential(0.4, 5000)
    >>> magnitude_test(drawn[:100], drawn).at_least > 0.05
    True
    >>> magnitude_test(2 * drawn[:100], drawn).at_least < 0.05
    True
    """
    least = min(magnitude.min(), simulated_magnitude.min())
    span = max(magnitude.max(), simulated_magnitude.max()) - least
    check_room("bin_width", bin_width, span / bin_width)
    n_bins = int(span / bin_width) + 1
    check_room("n_resamples", n_resamples, n_resamples * n_bins)
    counts = [
        np.bincount(((m - least) / bin_width).astype(int), minlength=n_bins)
        for m in (magnitude, simulated_magnitude)
    ]
    expected = counts[1] / counts[1].sum()

    def distance(count: np.ndarray) -> np.ndarray:
        ratio = np.log10(count + 1) - np.log10(magnitude.size * expected + 1)
        return np.sum(ratio**2, axis=-1)

    rng = np.random.default_rng(random_state)
    drawn = rng.multinomial(magnitude.size, expected, size=n_resamples)
    return place_of(distance(counts[0]), distance(drawn))
