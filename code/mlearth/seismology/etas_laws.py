"""The laws of the ETAS model: what one earthquake triggers, when, where, how large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from scipy.special import exprel

from .._arguments import Accepted, check_number, wrong
from .omori import OmoriUtsu

__all__ = ["EtasParameters", "TemporalEtas"]

LN10 = np.log(10)


@dataclass(frozen=True, kw_only=True)
class TemporalEtas:
    """What the times and magnitudes of a catalogue say: the temporal ETAS model.

    Every earthquake triggers others at the rate
    k 10^(alpha (M - min_magnitude)) (t + c)^-p exp(-t / taper), and so do these
    ``ogata1988statistical``.

    Attributes
    ----------
    background_per_day : float
        Rate of earthquakes that no other one triggered [1/day], >= 0.
    k : float
        Productivity: factor of the Omori-Utsu law of an earthquake of the smallest
        magnitude [day^(p - 1)], >= 0.
    alpha : float
        Growth of the productivity in powers of ten per magnitude [1], >= 0.
    c_days, p, taper_days : float
        Delay [day], exponent [1] and taper [day] of the decay; see `OmoriUtsu`.
    min_magnitude : float
        Smallest magnitude that triggers and is counted.

    Raises
    ------
    ValueError
        If a parameter is no such number.

    Examples
    --------
    >>> sequence = TemporalEtas(background_per_day=0.1, k=0.02, alpha=0.8,
    ...                         c_days=0.01, p=1.2, min_magnitude=3.0)
    >>> round(float(sequence.mean_aftershocks(6.0)), 1)
    63.1
    """

    background_per_day: float
    k: float
    alpha: float
    c_days: float
    p: float
    taper_days: float = np.inf
    min_magnitude: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no rate, and no decay."""
        for name in ("background_per_day", "k", "alpha"):
            check_number(name, getattr(self, name), least=0)
        check_number("min_magnitude", self.min_magnitude)
        assert self.omori  # it checks its own

    @property
    def omori(self) -> OmoriUtsu:
        """The decay in time."""
        return OmoriUtsu(c_days=self.c_days, p=self.p, taper_days=self.taper_days)

    def productivity(self, magnitude: np.ndarray) -> np.ndarray:
        """Return k 10^(alpha (M - min_magnitude)) [day^(p - 1)], any shape."""
        excess = np.asarray(magnitude) - self.min_magnitude
        return self.k * np.exp(LN10 * self.alpha * excess)

    def mean_aftershocks(self, magnitude: np.ndarray) -> np.ndarray:
        """Return how many earthquakes one of each magnitude triggers itself, ever."""
        return self.productivity(magnitude) * self.omori.total()


@dataclass(frozen=True, kw_only=True)
class EtasParameters(TemporalEtas):
    """The space-time ETAS model, with sizes and distances ``ogata1998space``.

    Magnitudes follow the Gutenberg-Richter law between the smallest and the largest.
    The surface density of aftershocks at the distance r from their parent is
    proportional to (r^2 + D^2)^-q, with D = distance_km 10^(gamma (M - min_magnitude)).

    Attributes
    ----------
    background_per_day, k, alpha, c_days, p, taper_days, min_magnitude : float
        As in `TemporalEtas`.
    max_magnitude : float
        Largest magnitude, > min_magnitude.
    b_value : float
        Slope of the Gutenberg-Richter law [1], > 0.
    distance_km : float
        Scale of distance of the smallest earthquakes [km], > 0.
    gamma : float
        Growth of that scale in powers of ten per magnitude [1], >= 0.
    q : float
        Exponent of the decay with distance [1], > 1.

    Raises
    ------
    ValueError
        If a parameter is no such number, or each earthquake triggers one or more on
        average: such a cascade has no stationary rate.

    Examples
    --------
    >>> laws = EtasParameters.with_branching_ratio(
    ...     0.6, background_per_day=1.0, alpha=0.8, c_days=0.01, p=1.2,
    ...     min_magnitude=3.0, max_magnitude=7.0)
    >>> round(laws.branching_ratio, 3), round(laws.rate_per_day, 3)
    (0.6, 2.5)
    """

    max_magnitude: float = 8.0
    b_value: float = 1.0
    distance_km: float = 1.0
    gamma: float = 0.5
    q: float = 1.5

    def __post_init__(self) -> None:
        """Refuse what is no law, and a cascade that never ends."""
        super().__post_init__()
        check_number("max_magnitude", self.max_magnitude, above=self.min_magnitude)
        check_number("b_value", self.b_value, above=0)
        check_number("distance_km", self.distance_km, above=0)
        check_number("gamma", self.gamma, least=0)
        check_number("q", self.q, above=1)
        if self.branching_ratio >= 1:
            got = f"{self.k:g}: ratio {self.branching_ratio:.3g}"
            raise wrong("k", "such that the branching ratio is < 1", got)

    @classmethod
    def with_branching_ratio(cls, branching_ratio: float, **others: Any):
        """Return parameters whose `k` gives a branching ratio, from 0 to below 1."""
        check_number("branching_ratio", branching_ratio, least=0, below=1)
        unit = cls(k=0, **others)
        each = unit.omori.total() * unit.mean_power(unit.alpha)
        return cls(k=float(branching_ratio / each), **others)

    def mean_power(self, exponent: float) -> float:
        """Return the mean of 10^(exponent (M - min_magnitude)) over magnitudes."""
        width = LN10 * (self.max_magnitude - self.min_magnitude)
        chance = -np.expm1(-self.b_value * width)
        return self.b_value * width * exprel((exponent - self.b_value) * width) / chance

    @property
    def branching_ratio(self) -> float:
        """Mean number of direct aftershocks of an earthquake of any magnitude."""
        return float(self.k * self.omori.total() * self.mean_power(self.alpha))

    @property
    def rate_per_day(self) -> float:
        """Mean rate of all earthquakes, after a long time [1/day]."""
        return self.background_per_day / (1 - self.branching_ratio)


Temporal = Annotated[
    TemporalEtas,
    Accepted("a TemporalEtas or EtasParameters", lambda v: isinstance(v, TemporalEtas)),
]
SpaceTime = Annotated[
    EtasParameters,
    Accepted("an EtasParameters", lambda v: isinstance(v, EtasParameters)),
]
