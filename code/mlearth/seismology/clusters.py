"""Where clustered events end and background begins: a mixture, and a null to try it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq
from sklearn.mixture import GaussianMixture

from .._arguments import (
    Count,
    NotNegative,
    Positives,
    RandomState,
    Vector,
    check_room,
    check_seed,
    checked,
    wrong,
)
from ._events import Dimension, Slope, check_events
from .nearest_event import nearest_event

__all__ = ["MixtureSplit", "mixture_split", "shuffled_proximity"]

FEWEST = 20
"""Proximities from which on two modes are looked for."""


class MixtureSplit(NamedTuple):
    """Two normal distributions of the logarithm of proximities, and their border.

    Attributes
    ----------
    threshold : float
        log10 of the proximity at which both modes are equally likely; minus infinity if
        the nearer mode is nowhere the likelier.
    share_clustered : float
        Share of proximities below the threshold.
    bic_gain : float
        How much lower the Bayesian information criterion is with two modes than with
        one. Above 0 it prefers two, which proves no clusters: try it on a shuffled
        catalogue.
    means : ndarray, shape (2,)
        Means of the two modes, the nearer first.
    """

    threshold: float
    share_clustered: float
    bic_gain: float
    means: np.ndarray


@checked
def mixture_split(proximity: Positives) -> MixtureSplit:
    """Split proximities into a near and a far mode by a mixture of two normals.

    The threshold of ``zaliapin2013earthquakea`` for nearest-neighbour proximities.

    Parameters
    ----------
    proximity : array_like, shape (n_samples,)
        Proximities, > 0, without the infinite one of the first event. Events at one
        place have 0 and no logarithm: see `shortest_km` of `nearest_event`.

    Returns
    -------
    MixtureSplit

    Raises
    ------
    ValueError
        If a proximity is not > 0, or there are fewer than 20 different ones.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> modes = np.concatenate([rng.normal(-6, 1, 300), rng.normal(0, 1, 700)])
    >>> found = mixture_split(10**modes)
    >>> round(found.share_clustered, 1), found.bic_gain > 0
    (0.3, True)
    """
    levels = np.log10(proximity)
    n_levels = len(np.unique(levels))
    if n_levels < FEWEST:
        raise wrong("proximity", f"{FEWEST} different numbers at least", n_levels)
    one, two = (fit(levels, n_modes) for n_modes in (1, 2))
    order = two.means_.ravel().argsort()
    means = two.means_.ravel()[order]

    threshold = border(two, order, float(levels.min()), float(means[1]))
    gain = one.bic(levels[:, None]) - two.bic(levels[:, None])
    share = float(np.mean(levels < threshold))
    return MixtureSplit(float(threshold), share, float(gain), means)


def border(mixture: GaussianMixture, order: np.ndarray, low: float, high: float):
    """Return the last level below the far mode at which the near one takes over."""

    def farther(level: float | np.ndarray) -> np.ndarray:
        shares = mixture.predict_proba(np.reshape(level, (-1, 1)))
        return np.squeeze(shares[:, order[1]] - shares[:, order[0]])

    tried = np.linspace(low, high, 500)
    crossed = np.flatnonzero(np.diff(farther(tried) > 0))
    if not crossed.size or farther(high) <= 0:
        return -np.inf
    return brentq(farther, *tried[crossed[-1] : crossed[-1] + 2])


def fit(levels: np.ndarray, n_modes: int) -> GaussianMixture:
    """Fit normal distributions, begun at the middles of equal shares."""
    shares = (np.arange(n_modes) + 0.5) / n_modes
    begin = np.quantile(levels, shares)[:, None]
    mixture = GaussianMixture(
        n_modes, tol=1e-6, max_iter=1000, means_init=begin, random_state=0
    )
    return mixture.fit(levels[:, None])


@checked(also=check_events)
def shuffled_proximity(
    time_days: Vector,
    latitude_deg: Vector,
    longitude_deg: Vector,
    magnitude: Vector,
    n_shuffles: Count = 10,
    random_state: RandomState = None,
    b_value: Slope = 1.0,
    fractal_dimension: Dimension = 1.6,
    shortest_km: NotNegative = 0.0,
) -> np.ndarray:
    """Return proximities of the same events once nobody follows anybody.

    The times are dealt anew to the events. Places keep their magnitudes and their
    crowding, and the catalogue keeps its busy days; that an event follows another one
    nearby is chance. What is nearer than nearly all of these is clustered, to a rate of
    false alarms that can be stated. Where aftershocks make a place crowded or a day
    busy, chance neighbours are near too, so the null errs on the side of background.

    Parameters
    ----------
    time_days : array_like, shape (n_samples,)
        Origin times [day], in ascending order.
    latitude_deg, longitude_deg : array_like, shape (n_samples,)
        Epicentres [degree].
    magnitude : array_like, shape (n_samples,)
        Magnitudes.
    n_shuffles : int
        How often the times are dealt.
    random_state : int, numpy Generator or None
        Seed of the deals.
    b_value, fractal_dimension, shortest_km : float
        As for `nearest_event`.

    Returns
    -------
    ndarray, shape (n_shuffles, n_samples)
        Proximities in the order of time, infinite where no event is earlier.

    Raises
    ------
    ValueError
        If the times are not in ascending order, a place is none on the globe, or a
        magnitude is missing or beyond 12.

    Examples
    --------
    >>> shuffled_proximity([0, 1, 2], [0, 1, 2], [0, 0, 0], [4, 4, 4], 5, 0).shape
    (5, 3)
    """
    check_room("n_shuffles", n_shuffles, n_shuffles * len(time_days))
    rng = check_seed("random_state", random_state)
    rows = (rng.permutation(len(time_days)) for _ in range(n_shuffles))
    law = b_value, fractal_dimension, shortest_km
    return np.array(
        [
            nearest_event(
                time_days, latitude_deg[row], longitude_deg[row], magnitude[row], *law
            ).proximity
            for row in rows
        ]
    )
