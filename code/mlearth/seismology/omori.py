"""The decay of aftershocks, its integral and its inverse, with or without a taper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicHermiteSpline

from .._arguments import check_number, wrong

__all__ = ["OmoriTable", "OmoriUtsu"]

N_PANELS = 2048
"""Panels of a table; its integrals are right to about 1e-10 of themselves."""

TAPERED_OUT = 40.0
"""After so many taper times a decay has ended: exp(-40) is 4e-18."""


@dataclass(frozen=True, kw_only=True)
class OmoriUtsu:
    """The tapered Omori-Utsu law, (t + c)^-p exp(-t / taper).

    Attributes
    ----------
    c_days : float
        Delay after which the decay is a power law [day], > 0.
    p : float
        Exponent of the decay [1], > 0.
    taper_days : float
        Time after which the decay is faster than a power law [day], > 0; infinite for
        the untapered law ``utsu1961statistical``.

    Examples
    --------
    >>> round(OmoriUtsu(c_days=0.01, p=1.2).total(), 3)
    12.559
    """

    c_days: float
    p: float
    taper_days: float = np.inf

    def __post_init__(self) -> None:
        """Refuse what is no decay."""
        check_number("c_days", self.c_days, above=0)
        check_number("p", self.p, above=0)
        if self.taper_days != np.inf:
            check_number("taper_days", self.taper_days, above=0)

    def rate(self, elapsed_days: np.ndarray) -> np.ndarray:
        """Return the decay at times after the mainshock [day^-p], any shape."""
        elapsed_days = np.asarray(elapsed_days)
        taper = np.exp(-elapsed_days / self.taper_days)
        return (elapsed_days + self.c_days) ** -self.p * taper

    def total(self) -> float:
        """Return the integral over all times [day^(1 - p)].

        Raises
        ------
        ValueError
            If it has none: without a taper, p must be > 1.
        """
        if self.taper_days < np.inf:
            longest = TAPERED_OUT * self.taper_days
            return float(self.table(longest).integral(longest))
        if self.p <= 1:
            raise wrong("p", "> 1 where there is no taper, or decays never end", self.p)
        return float(self.c_days ** (1 - self.p) / (self.p - 1))

    def table(self, longest_days: float) -> OmoriTable:
        """Return integral and inverse for all times up to the longest [day]."""
        longest_days = max(min(longest_days, TAPERED_OUT * self.taper_days), 1e-12)
        return OmoriTable(self, longest_days)


class OmoriTable:
    """The integral of a decay, tabulated over u = ln(1 + t / c), and its inverse.

    Parameters
    ----------
    omori : OmoriUtsu
        The decay.
    longest_days : float
        Last time of the table [day].
    """

    def __init__(self, omori: OmoriUtsu, longest_days: float) -> None:
        self.omori = omori
        self.u = np.linspace(0, np.log1p(longest_days / omori.c_days), N_PANELS + 1)
        self.sum_, self.slope = self._cumulated(np.ones_like)
        self.spline = CubicHermiteSpline(self.u, self.sum_, self.slope)

    def _cumulated(self, factor) -> tuple[np.ndarray, np.ndarray]:
        """Integrate the decay times a factor of ln(t + c), by Simpson's rule."""
        omori, half = self.omori, np.linspace(0, self.u[-1], 2 * N_PANELS + 1)
        log = half + np.log(omori.c_days)
        taper = np.exp(-omori.c_days * np.expm1(half) / omori.taper_days)
        f = factor(log) * np.exp((1 - omori.p) * log) * taper
        panels = (f[:-1:2] + 4 * f[1::2] + f[2::2]) * self.u[1] / 6
        return np.concatenate([[0], np.cumsum(panels)]), f[::2]

    def place(self, elapsed_days: np.ndarray) -> np.ndarray:
        """Return u of times, those after the table's end at its end."""
        u = np.log1p(np.asarray(elapsed_days) / self.omori.c_days)
        return np.minimum(u, self.u[-1])

    def integral(self, elapsed_days: np.ndarray) -> np.ndarray:
        """Return the integral from 0 to each time [day^(1 - p)]."""
        return self.spline(self.place(elapsed_days))

    def slopes(self, elapsed_days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the derivatives of the integral by p and by c."""
        minus_log = CubicHermiteSpline(self.u, *self._cumulated(np.negative))
        omori = self.omori
        ends = omori.rate(elapsed_days) - omori.c_days**-omori.p
        by_c = ends + self.integral(elapsed_days) / omori.taper_days
        return minus_log(self.place(elapsed_days)), by_c

    def inverse(self, integral: np.ndarray) -> np.ndarray:
        """Return the times at which the integral has these values [day]."""
        return self.omori.c_days * np.expm1(np.interp(integral, self.sum_, self.u))
