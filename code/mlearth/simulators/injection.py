"""A well that is pumped into, and the earthquakes that come of it, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import gymnasium
import numpy as np
from gymnasium.spaces import Discrete, MultiDiscrete
from scipy.stats import poisson

from .._arguments import (
    Count,
    NotNegative,
    Number,
    Positive,
    check_fields,
    check_kinds,
    checked,
    number,
)

__all__ = ["InjectionSite", "InjectionTrafficLight", "injection_tables"]

UNIT_M3 = 1000.0
"""What one unit of action pumps in a day, and of stored volume [m^3]."""
N_ACTIONS = 4
LEVELS = 11
"""Stored volumes at the end of a day, 0 to 10 units: what four actions can reach."""
COUNTS = 6
"""Earthquakes of yesterday, 0 to 5; five stands for five or more."""
LEAK = 0.25
"""Share of the stored volume that moves on into the rock in a day."""

Branching = Annotated[float, number(least=0, below=1)]


@dataclass(frozen=True)
class InjectionSite:
    """The rock around a well, and what an earthquake costs.

    Attributes
    ----------
    seismogenic_index : float
        Earthquakes of magnitude M and more for each cubic metre that moves into the
        rock are ``10**(index - b M)``, at a low stored volume [1].
    index_rise : float
        By how much the index rises with each unit stored, 1000 m^3 [1], >= 0.
    b_value : float
        Decay of numbers with magnitude, > 0.
    branching : float
        Aftershocks of the next day for each earthquake, from 0 to below 1.
    felt_cost : float
        Cost of an earthquake of magnitude 2 or more, in the worth of a unit pumped.
    charge : {"events", "days"}
        Whether each felt earthquake is charged, or each day that has one.
    """

    seismogenic_index: Number = -3.7
    index_rise: NotNegative = 0.3
    b_value: Positive = 1.0
    branching: Branching = 0.3
    felt_cost: NotNegative = 1.5
    charge: Literal["events", "days"] = "events"

    def __post_init__(self) -> None:
        """Refuse what is no site."""
        check_fields(self)

    def expected_events(self, stored: float, count: float) -> float:
        """Return the mean number of earthquakes of magnitude 1 and more in a day.

        Parameters
        ----------
        stored : float
            Volume that is stored while the pump runs, in units.
        count : float
            Earthquakes of the day before, of which five are counted at most.

        Returns
        -------
        float
        """
        index = self.seismogenic_index + self.index_rise * stored
        fresh = LEAK * stored * UNIT_M3 * 10 ** (index - self.b_value)
        return fresh + self.branching * min(count, COUNTS - 1)

    @property
    def felt_share(self) -> float:
        """Share of these earthquakes that reach magnitude 2."""
        return 10**-self.b_value


class InjectionTrafficLight(gymnasium.Env):
    """Pump 0 to 3 units a day, and pay for the earthquakes that are felt.

    The observation is the stored volume [1000 m^3], 0 to 10, and how many earthquakes
    of magnitude 1 and more came yesterday, 0 to 5, where five stands for more. The
    reward is the number of units pumped minus the cost of the felt.

    Parameters
    ----------
    site : InjectionSite
        The rock, and the costs.
    n_days : int
        After so many days an episode is cut off; it does not end by itself.

    Notes
    -----
    *Stands in for* a geothermal stimulation with a traffic light, whose operator sees a
    gauge and a count of earthquakes each morning (``mignan2017induced``). Numbers
    follow the seismogenic index (``shapiro2010seismogenic``) and Gutenberg and
    Richter's law. *Breaks down* in what it adds: a quarter of the stored volume moves
    on each day, and the index rises with what is stored; both are choices of ours, not
    measured. No earthquake is too large, none comes late from far away, the rock does
    not change, and aftershocks are those of the day before alone.

    Examples
    --------
    >>> light = InjectionTrafficLight(n_days=2)
    >>> light.reset(seed=0)[0].tolist()
    [0, 0]
    >>> seen, reward, ended, cut, info = light.step(3)
    >>> reward, ended, cut, info["felt"]
    (3.0, False, False, 0)
    """

    metadata: dict[str, Any] = {"render_modes": []}  # noqa: RUF012

    def __init__(self, site: InjectionSite | None = None, n_days: Count = 100) -> None:
        """Hold the site and the length of an episode."""
        self.site = InjectionSite() if site is None else site
        check_kinds(site=(self.site, InjectionSite))
        self.n_days = n_days
        _check_days(n_days)
        self.observation_space = MultiDiscrete([LEVELS, COUNTS])
        self.action_space = Discrete(N_ACTIONS)
        self._stored = self._count = self._day = 0

    def reset(self, *, seed: int | None = None, options: dict | None = None) -> tuple:
        """Begin an episode with nothing stored.

        Parameters
        ----------
        seed : int or None
            Seed of all that follows; None goes on with the numbers that come.
        options : dict or None
            Not used.

        Returns
        -------
        observation : ndarray of int, shape (2,)
            Stored volume and count, both 0.
        info : dict
            Empty.
        """
        super().reset(seed=seed)
        self._stored = self._count = self._day = 0
        return self._seen(), {}

    def step(self, action: int) -> tuple:
        """Pump for a day.

        Parameters
        ----------
        action : int
            Units to pump, 0 to 3.

        Returns
        -------
        observation : ndarray of int, shape (2,)
            Stored volume and count.
        reward : float
        terminated : bool
            False.
        truncated : bool
            Whether the last day is over.
        info : dict
            ``events`` and ``felt`` of the day.
        """
        rng, site = self.np_random, self.site
        stored = self._stored + int(action)
        events = int(rng.poisson(site.expected_events(stored, self._count)))
        felt = int(rng.binomial(events, site.felt_share))
        charged = felt if site.charge == "events" else min(felt, 1)
        self._stored = int((1 - LEAK) * stored + rng.random())  # whole on average
        self._count, self._day = min(events, COUNTS - 1), self._day + 1
        reward = float(int(action) - site.felt_cost * charged)
        info = {"events": events, "felt": felt}
        return self._seen(), reward, False, self._day >= self.n_days, info

    def _seen(self) -> np.ndarray:
        return np.array([self._stored, self._count])


@checked
def _check_days(n_days: Count) -> None:
    """Raise unless an episode has a day."""


@checked
def injection_tables(site: InjectionSite) -> tuple[np.ndarray, np.ndarray]:
    """Write down the laws of `InjectionTrafficLight`, which no operator knows.

    Parameters
    ----------
    site : InjectionSite
        The rock, and the costs.

    Returns
    -------
    transitions : ndarray, shape (4, 66, 66)
        Probability of each next state, given the units pumped and the state. A state is
        numbered ``6 * stored + count``.
    rewards : ndarray, shape (66, 4)
        Expected reward of each action.

    Raises
    ------
    ValueError
        If `site` is no InjectionSite.

    Examples
    --------
    >>> transitions, rewards = injection_tables(InjectionSite(felt_cost=0.0))
    >>> transitions.shape, rewards[0].tolist()
    ((4, 66, 66), [0.0, 1.0, 2.0, 3.0])
    """
    check_kinds(site=(site, InjectionSite))
    transitions = np.zeros((N_ACTIONS, LEVELS, COUNTS, LEVELS, COUNTS))
    mean = np.empty((LEVELS, COUNTS, N_ACTIONS))
    for level, count, action in np.ndindex(mean.shape):
        mean[level, count, action] = site.expected_events(level + action, count)
    counts = poisson.pmf(np.arange(COUNTS), mean[..., None])
    counts[..., -1] = poisson.sf(COUNTS - 2, mean)
    for level, count, action in np.ndindex(mean.shape):
        low, up = divmod((1 - LEAK) * (level + action), 1)
        ahead, arrive = transitions[action, level, count], counts[level, count, action]
        ahead[int(low)] += (1 - up) * arrive
        if up:
            ahead[int(low) + 1] += up * arrive
    felt = mean * site.felt_share
    charged = felt if site.charge == "events" else -np.expm1(-felt)
    rewards = np.arange(N_ACTIONS) - site.felt_cost * charged
    n = LEVELS * COUNTS
    return transitions.reshape(N_ACTIONS, n, n), rewards.reshape(n, N_ACTIONS)
