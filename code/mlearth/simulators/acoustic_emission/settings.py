"""What a simulated laboratory is asked for: plate, sensor, sources, fault, bursts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from scipy.special import boxcox, gamma, inv_boxcox

from ..._arguments import (
    NotNegative,
    Number,
    Positive,
    check_fields,
    number,
    wrong,
)

__all__ = ["BurstSources", "Foreshocks", "Plate", "ResonantSensor", "StickSlip"]

Share = Annotated[float, number(least=0, most=1)]
Overshoot = Annotated[float, number(least=0, below=1)]
Reflection = Annotated[float, number(least=-1, most=1)]
Quality = Annotated[float, number(above=0.5)]


@dataclass(frozen=True)
class Plate:
    """A plate of rock between two free surfaces, without other borders.

    Attributes
    ----------
    thickness_m : float
        Distance of the surfaces, at depths 0 and `thickness_m` [m], > 0.
    speed_m_s : float
        Speed of the waves [m/s], > 0.
    shear_m_s : float
        Speed of shear waves [m/s], > 0; it sets the size of a source, no arrival.
    density_kg_m3 : float
        Density [kg/m^3], > 0.
    reflection : float
        Amplitude of a reflected wave over that of the incident one [1], from -1 to 1:
        1 for the motion of a free surface, -1 for pressure, nearer to 0 with losses.
    """

    thickness_m: Positive = 0.05
    speed_m_s: Positive = 5500.0
    shear_m_s: Positive = 3200.0
    density_kg_m3: Positive = 2650.0
    reflection: Reflection = 0.8

    def __post_init__(self) -> None:
        """Refuse what is no plate."""
        check_fields(self)


@dataclass(frozen=True)
class ResonantSensor:
    """A sensor that rings: a damped resonator, driven by the speed of its surface.

    Attributes
    ----------
    frequency_hz : float
        Its resonance [Hz], > 0: there it gives the speed itself.
    quality : float
        Its quality factor Q [1], > 1/2: half of the power passes between the two
        frequencies that are `frequency_hz` / Q apart.
    noise_m_s : float
        Standard deviation of its noise, in each sample [m/s], >= 0.
    """

    frequency_hz: Positive = 3e5
    quality: Quality = 3.0
    noise_m_s: NotNegative = 4e-6

    def __post_init__(self) -> None:
        """Refuse what is no sensor."""
        check_fields(self)


@dataclass(frozen=True)
class BurstSources:
    """Where the sources of bursts lie, and how large they are.

    Attributes
    ----------
    extent_m : float
        Side of the square of sources, from 0 to `extent_m` in x and y [m], > 0.
    magnitude_min, magnitude_max : float
        Smallest and largest moment magnitude.
    b_value : float
        Slope of the Gutenberg-Richter law between these, > 0.
    stress_drop_mpa : float
        Stress drop of all [MPa], > 0.
    """

    extent_m: Positive = 0.1
    magnitude_min: Number = -7.7
    magnitude_max: Number = -5.7
    b_value: Positive = 1.0
    stress_drop_mpa: Positive = 1.0

    def __post_init__(self) -> None:
        """Refuse what are no sources."""
        check_fields(self)
        if not -12 <= self.magnitude_min < self.magnitude_max <= 0:
            got = f"{self.magnitude_min:g} and {self.magnitude_max:g}"
            accepted = "above magnitude_min, both from -12 to 0"
            raise wrong("magnitude_max", accepted, got)


@dataclass(frozen=True)
class StickSlip:
    """A block that a spring drives, held by a strength that is drawn for each cycle.

    Load grows at a steady rate until it reaches the strength: dynamic friction plus an
    excess whose law is Weibull's. The block slips, and load falls to dynamic friction,
    or below it by the share `overshoot` of the excess.

    Attributes
    ----------
    loading_mpa_s : float
        Rate at which the load grows [MPa/s], > 0.
    friction_mpa : float
        Stress of dynamic friction [MPa], > 0.
    excess_mpa : float
        Scale of the excess of strength [MPa], > 0.
    modulus : float
        Weibull's modulus [1], > 0: the larger, the more alike are the cycles.
    overshoot : float
        Share of the excess by which a slip goes too far, from 0 (fully damped) to
        below 1; above 0, one cycle tells of the next.
    """

    loading_mpa_s: Positive = 0.05
    friction_mpa: Positive = 3.0
    excess_mpa: Positive = 0.45
    modulus: Positive = 2.5
    overshoot: Overshoot = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no fault."""
        check_fields(self)

    @property
    def mean_recurrence_s(self) -> float:
        """What the load gains in a mean cycle over its rate [s]."""
        mean_mpa = self.excess_mpa * gamma(1 + 1 / self.modulus)
        return float((1 + self.overshoot) * mean_mpa / self.loading_mpa_s)


@dataclass(frozen=True)
class Foreshocks:
    """How often bursts come, as failure nears: Omori's law, read backwards.

    At the time u before failure foreshocks come at the rate information x
    productivity / (u + c_s)^p. The rest of as many bursts comes at random, at a steady
    rate that knows nothing of failure.

    Attributes
    ----------
    productivity : float
        Its K [s^(p - 1)], > 0.
    c_s : float
        Time before failure at which the rate stops growing [s], > 0.
    p : float
        Exponent [1], > 0.
    information : float
        Share of the bursts that follow failure, from 0 (none) to 1 (all).
    """

    productivity: Positive = 20.0
    c_s: Positive = 0.2
    p: Positive = 1.0
    information: Share = 1.0

    def __post_init__(self) -> None:
        """Refuse what is no such law."""
        check_fields(self)

    def expected(self, before_s: np.ndarray) -> np.ndarray:
        """Return the mean number of bursts in the last seconds, if all are foreshocks.

        Parameters
        ----------
        before_s : array_like
            Times before failure [s], >= 0.

        Returns
        -------
        ndarray
            Integrals of K / (u + c)^p from 0 to these times.
        """
        scale = self.productivity * self.c_s ** (1 - self.p)
        return scale * boxcox(1 + np.asarray(before_s) / self.c_s, 1 - self.p)

    def before(self, expected: np.ndarray) -> np.ndarray:
        """Return the times before failure whose mean number is `expected` [s].

        Parameters
        ----------
        expected : array_like
            Numbers as `expected` returns them.

        Returns
        -------
        ndarray
        """
        scale = self.productivity * self.c_s ** (1 - self.p)
        return self.c_s * (inv_boxcox(np.asarray(expected) / scale, 1 - self.p) - 1)

    def rate(self, before_s: np.ndarray, mean_recurrence_s: float) -> np.ndarray:
        """Return how many bursts come in a second [1/s].

        Parameters
        ----------
        before_s : array_like
            Times before failure [s], >= 0.
        mean_recurrence_s : float
            Mean length of a cycle [s], > 0; it sets the steady part.

        Returns
        -------
        ndarray
        """
        law = self.productivity * (np.asarray(before_s) + self.c_s) ** -self.p
        return self.information * law + self.steady_rate(mean_recurrence_s)

    def steady_rate(self, mean_recurrence_s: float) -> float:
        """Return the rate of bursts that know nothing of failure [1/s].

        Parameters
        ----------
        mean_recurrence_s : float
            Mean length of a cycle [s], > 0.

        Returns
        -------
        float
        """
        all_of_them = float(self.expected(mean_recurrence_s)) / mean_recurrence_s
        return (1 - self.information) * all_of_them
