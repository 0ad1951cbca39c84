"""Stochastic declustering: probabilities of being background, and of each parent."""

from __future__ import annotations

import numpy as np

from .._arguments import CountOrZero, Vector, checked
from .etas_laws import Temporal, TemporalEtas
from .etas_likelihood import check_catalogue
from .etas_residuals import check_pairs, row_blocks
from .etas_sums import past_sums

__all__ = ["background_probability", "draw_parents"]


@checked(also=check_catalogue)
def background_probability(
    time_days: Vector, magnitude: Vector, parameters: Temporal
) -> np.ndarray:
    """Return the probability that no other earthquake triggered each one.

    It is the share of the background in the rate at its time
    ``zhuang2002stochastic``, here without places.

    Parameters
    ----------
    time_days : array_like, shape (n,)
        Times in ascending order [day].
    magnitude : array_like, shape (n,)
        Magnitudes.
    parameters : TemporalEtas
        The model; its `background_per_day` must be > 0 for the first earthquake.

    Returns
    -------
    ndarray, shape (n,)
        Probabilities; their sum is the number of background earthquakes to be
        expected. 1 where the model gives an earthquake no rate at all.

    Raises
    ------
    ValueError
        If an argument is no such value.

    Examples
    --------
    >>> model = TemporalEtas(background_per_day=0.5, k=1, alpha=1, c_days=1, p=2)
    >>> background_probability([0.0, 1.0], [0.0, 0.0], model).round(3)
    array([1.   , 0.667])
    """
    weight = parameters.productivity(magnitude)
    past = past_sums(time_days, weight, np.zeros(weight.size), parameters.omori)
    rate = parameters.background_per_day + past[:, 0]
    share = np.ones(rate.size)
    np.divide(parameters.background_per_day, rate, out=share, where=rate > 0)
    return share


def check_catalogue_and_pairs(time_days: np.ndarray, **others: object) -> None:
    """Check the catalogue and the number of earthquakes."""
    check_catalogue(time_days, **others)
    check_pairs(time_days)


@checked(also=check_catalogue_and_pairs)
def draw_parents(
    time_days: Vector,
    magnitude: Vector,
    parameters: Temporal,
    *,
    random_state: CountOrZero = 0,
) -> np.ndarray:
    """Draw a parent for each earthquake, or none, with the model's probabilities.

    One draw is one possible family tree. What is claimed of families should hold in
    many draws.

    Parameters
    ----------
    time_days : array_like, shape (n,)
        Times in ascending order [day].
    magnitude : array_like, shape (n,)
        Magnitudes.
    parameters : TemporalEtas
        The model.
    random_state : int
        Seed, >= 0.

    Returns
    -------
    ndarray of int, shape (n,)
        Row of the parent, -1 for the background.

    Raises
    ------
    ValueError
        If an argument is no such value, or there are more than 63,245 earthquakes.

    Examples
    --------
    >>> model = TemporalEtas(background_per_day=1e-9, k=1, alpha=1, c_days=1, p=2)
    >>> draw_parents([0.0, 1.0, 1.5], [3.0, 0.0, 0.0], model)
    array([-1,  0,  0])
    """
    rng = np.random.default_rng(random_state)
    weight = parameters.productivity(magnitude)
    drawn = rng.random(time_days.size)
    parents = np.empty(time_days.size, dtype=int)
    for block in row_blocks(time_days.size):
        rate = triggered_rates(time_days[block], time_days, weight, parameters)
        shares = np.cumsum(rate, axis=1)
        place = drawn[block] * (shares[:, -1] + parameters.background_per_day)
        # the first whose cumulated rate exceeds the place; none is the background
        chosen = np.sum(shares <= place[:, None], axis=1)
        parents[block] = np.where(chosen < time_days.size, chosen, -1)
    return parents


def triggered_rates(
    at_days: np.ndarray,
    time_days: np.ndarray,
    weight: np.ndarray,
    parameters: TemporalEtas,
) -> np.ndarray:
    """Return the rate that each earthquake adds at each time, shape (n_times, n)."""
    elapsed = at_days[:, None] - time_days
    decay = parameters.omori.rate(np.maximum(elapsed, 0))
    return np.where(elapsed > 0, decay * weight, 0)
