"""Does an ETAS model fit? Its rate at any time, and the time in which all is steady."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import kstest

from .._arguments import Number, Vector, checked, wrong
from .._arguments.types import Array
from .etas_laws import Temporal, TemporalEtas
from .etas_likelihood import check_catalogue, check_window
from .etas_sums import past_sums

__all__ = [
    "ResidualTest",
    "conditional_intensity",
    "residual_test",
    "transformed_times",
]

MOST_PAIRS = 4e9
"""Pairs of earthquakes that are looked at one by one: minutes, and no more."""

AT_ONCE = 2**20
"""Pairs that lie in memory at a time."""

Places = Annotated[ArrayLike, Array(("n_times",))]


@checked(also=check_catalogue)
def conditional_intensity(
    at_days: Places, time_days: Vector, magnitude: Vector, parameters: Temporal
) -> np.ndarray:
    """Return the rate that the model gives at times, from all earlier earthquakes.

    Parameters
    ----------
    at_days : array_like, shape (n_times,)
        Times at which the rate is wanted [day], in any order. An earthquake at just
        this time does not count yet.
    time_days : array_like, shape (n,)
        Times of the earthquakes in ascending order [day].
    magnitude : array_like, shape (n,)
        Their magnitudes.
    parameters : TemporalEtas
        The model.

    Returns
    -------
    ndarray, shape (n_times,)
        Rates [1/day].

    Raises
    ------
    ValueError
        If an argument is no such value.

    Examples
    --------
    >>> model = TemporalEtas(background_per_day=0.5, k=1, alpha=1, c_days=1, p=2)
    >>> conditional_intensity([0.0, 1.0], [0.0], [0.0], model).round(3)
    array([0.5 , 0.75])
    """
    order = np.argsort(at_days)
    asked = at_days[order]
    place = np.searchsorted(time_days, asked) + np.arange(asked.size)
    every = np.insert(time_days, np.searchsorted(time_days, asked), asked)
    weight = np.zeros(every.size)
    weight[np.setdiff1d(np.arange(every.size), place)] = parameters.productivity(
        magnitude
    )
    sums = past_sums(every, weight, np.zeros(every.size), parameters.omori)
    rate = np.empty(asked.size)
    rate[order] = parameters.background_per_day + sums[place, 0]
    return rate


def check_pairs(time_days: np.ndarray, **others: object) -> None:
    """Refuse so many earthquakes that their pairs would take hours."""
    if time_days.size**2 > MOST_PAIRS:
        most = int(MOST_PAIRS**0.5)
        raise wrong("time_days", f"at most {most} times", time_days.size)


def row_blocks(n: int) -> Iterator[slice]:
    """Yield slices of rows whose pairs with n others fit into memory."""
    rows = max(1, AT_ONCE // n)
    return (slice(start, min(start + rows, n)) for start in range(0, n, rows))


def check_window_and_pairs(time_days: np.ndarray, **others: object) -> None:
    """Check the window, the order and the number of earthquakes."""
    check_window(time_days, **others)
    check_pairs(time_days)


@checked(also=check_window_and_pairs)
def transformed_times(
    time_days: Vector,
    magnitude: Vector,
    parameters: Temporal,
    *,
    end_days: Number,
    start_days: Number = 0.0,
) -> np.ndarray:
    """Return the number of earthquakes that the model expects before each one.

    In this time the earthquakes of a true model are a Poisson process of rate one
    ``ogata1988statistical``.

    Parameters
    ----------
    time_days : array_like, shape (n,)
        Times in ascending order [day].
    magnitude : array_like, shape (n,)
        Magnitudes.
    parameters : TemporalEtas
        The model.
    end_days, start_days : float
        The window [day]. Earlier earthquakes trigger, and are not counted.

    Returns
    -------
    ndarray, shape (n_in_window + 1,)
        Transformed times [1] of the earthquakes in the window, and of its end.

    Raises
    ------
    ValueError
        If an argument is no such value, or there are more than 63,245 earthquakes.

    Examples
    --------
    >>> steady = TemporalEtas(background_per_day=0.5, k=0, alpha=0, c_days=1, p=1.1)
    >>> transformed_times([1, 3], [4, 5], steady, end_days=4)
    array([0.5, 1.5, 2. ])
    """
    weight = parameters.productivity(magnitude)
    table = parameters.omori.table(end_days - min(time_days[0], start_days))
    before = table.integral(np.maximum(start_days - time_days, 0))
    asked = np.append(time_days[time_days >= start_days], end_days)
    expected = parameters.background_per_day * (asked - start_days)
    rows = max(1, AT_ONCE // time_days.size)
    for start in range(0, asked.size, rows):
        block = slice(start, start + rows)
        elapsed = asked[block, None] - time_days
        reach = table.integral(np.maximum(elapsed, 0)) - before
        expected[block] += np.where(elapsed > 0, reach, 0) @ weight
    return expected


@dataclass(frozen=True)
class ResidualTest:
    """How well a model's time makes a catalogue steady.

    Attributes
    ----------
    n_events : int
        Earthquakes in the window.
    n_expected : float
        What the model expects there.
    p_uniform : float
        Probability of a Kolmogorov-Smirnov distance as large as that of the
        transformed times from an even spread: small where the rate drifts off.
    p_gaps : float
        The same of the gaps between them from an exponential law: small where
        clusters are left, or too many were expected.
    """

    n_events: int
    n_expected: float
    p_uniform: float
    p_gaps: float


def residual_test(
    time_days: ArrayLike,
    magnitude: ArrayLike,
    parameters: TemporalEtas,
    *,
    end_days: float,
    start_days: float = 0.0,
) -> ResidualTest:
    """Test whether a model's transformed times are those of a Poisson process.

    Parameters
    ----------
    time_days : array_like, shape (n,)
        Times in ascending order [day].
    magnitude : array_like, shape (n,)
        Magnitudes.
    parameters : TemporalEtas
        The model.
    end_days, start_days : float
        The window [day].

    Returns
    -------
    ResidualTest
        Numbers and probabilities.

    Raises
    ------
    ValueError
        If an argument is no such value, or the window holds no earthquake.

    Notes
    -----
    Of a model that was fitted to the same catalogue both probabilities are too large:
    the fit has already seen to it that the numbers agree.

    Examples
    --------
    >>> steady = TemporalEtas(background_per_day=0.5, k=0, alpha=0, c_days=1, p=1.1)
    >>> residual_test([1, 3], [4, 5], steady, end_days=4).n_expected
    2.0
    """
    *times, total = transformed_times(
        time_days, magnitude, parameters, end_days=end_days, start_days=start_days
    ).tolist()
    if not times:
        raise wrong("time_days", "times of which one or more is in the window", "none")
    uniform = kstest(np.array(times) / total, "uniform").pvalue
    gaps = kstest(np.diff([0.0, *times]), "expon").pvalue
    return ResidualTest(len(times), total, float(uniform), float(gaps))
