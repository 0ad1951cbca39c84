"""A box of slow fluid, heated from below: its flow, its heat, one step in time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

import numpy as np

from .._arguments import (
    NotNegative,
    Positive,
    check_fields,
    check_room,
    count,
)
from .sine_series import amplitudes, grid_values

__all__ = [
    "ConvectionBox",
    "advection",
    "heat_flux",
    "rms_velocity",
    "step",
    "step_factors",
    "streamfunction",
    "velocity",
]

Rows = Annotated[int, count(least=8)]
KEPT = 2 / 3
"""Share of the wavenumbers that is kept: products of two of them alias nothing."""


@dataclass(frozen=True)
class ConvectionBox:
    """A box of fluid without inertia, in units of its height and its diffusion time.

    No wall drags; the sides let no heat through. The bottom has the temperature 1,
    the top 0. Places are midpoints of cells, `z` is the height above the bottom.

    Attributes
    ----------
    rayleigh : float
        Rayleigh number of the temperature difference, > 0.
    width : float
        Width over height, > 0.
    heating : float
        Heat made inside, in units of conductivity times temperature difference over
        height squared, >= 0.
    n_x, n_z : int
        Cells across and upwards, >= 8. Two thirds as many waves are computed with.
    """

    rayleigh: Positive
    width: Positive = 1.0
    heating: NotNegative = 0.0
    n_x: Rows = 64
    n_z: Rows = 64

    def __post_init__(self) -> None:
        """Refuse what is no box."""
        check_fields(self)
        check_room("n_x", self.n_x, 64 * self.n_x * self.n_z)

    @cached_property
    def x(self) -> np.ndarray:
        """Places across, shape (n_x,)."""
        return (np.arange(self.n_x) + 0.5) * self.width / self.n_x

    @cached_property
    def z(self) -> np.ndarray:
        """Heights above the bottom, shape (n_z,)."""
        return (np.arange(self.n_z) + 0.5) / self.n_z

    @cached_property
    def k(self) -> np.ndarray:
        """Wavenumbers across, shape (n_x,)."""
        return np.pi * np.arange(self.n_x) / self.width

    @cached_property
    def n(self) -> np.ndarray:
        """Wavenumbers upwards, shape (n_z, 1)."""
        return np.pi * np.arange(self.n_z)[:, None]

    @cached_property
    def squared(self) -> np.ndarray:
        """Squared wavenumbers, shape (n_z, n_x); 1 where both are 0."""
        squared = self.k**2 + self.n**2
        squared[0, 0] = 1.0
        return squared

    @cached_property
    def kept(self) -> np.ndarray:
        """1 for the waves that are computed with, else 0, shape (n_z, n_x)."""
        across = np.arange(self.n_x) < KEPT * self.n_x
        upwards = np.arange(self.n_z)[:, None] < KEPT * self.n_z
        return (across & upwards & (self.n > 0)).astype(float)

    @cached_property
    def conductive(self) -> np.ndarray:
        """Temperature of the fluid at rest, shape (n_z, 1)."""
        z = self.z[:, None]
        return 1 - z + self.heating * z * (1 - z) / 2

    def conductive_slope(self, z: np.ndarray) -> np.ndarray:
        """Return the slope of that temperature at heights `z`."""
        return -1 + self.heating * (0.5 - z)

    def temperature(self, theta: np.ndarray) -> np.ndarray:
        """Return temperatures, shape (n_z, n_x), of the waves `theta` about rest."""
        return self.conductive + grid_values(theta, "sin", "cos")

    def waves(self, temperature: np.ndarray) -> np.ndarray:
        """Return the waves `theta` of temperatures, shape (n_z, n_x)."""
        return amplitudes(temperature - self.conductive, "sin", "cos") * self.kept


def streamfunction(box: ConvectionBox, theta: np.ndarray) -> np.ndarray:
    """Return the waves of the streamfunction, each from one wave of temperature."""
    return -box.rayleigh * box.k * theta / box.squared**2


def velocity(box: ConvectionBox, theta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the velocities across and upwards on the grid, shape (n_z, n_x) each."""
    psi = streamfunction(box, theta)
    u = grid_values(box.n * psi, "cos", "sin")
    w = grid_values(-box.k * psi, "sin", "cos")
    return u, w


def advection(box: ConvectionBox, theta: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the waves of what the flow brings, and the cells it crosses in unit time.

    Parameters
    ----------
    box : ConvectionBox
        Its physics and grid.
    theta : ndarray, shape (n_z, n_x)
        Waves of the temperature about rest.

    Returns
    -------
    ndarray, shape (n_z, n_x)
        Waves of minus velocity times temperature gradient.
    float
        Courant number of a time step of 1.
    """
    u, w = velocity(box, theta)
    across = grid_values(-box.k * theta, "sin", "sin")
    upwards = grid_values(box.n * theta, "cos", "cos")
    upwards += box.conductive_slope(box.z)[:, None]
    cells = np.abs(u).max() * box.n_x / box.width + np.abs(w).max() * box.n_z
    brought = amplitudes(u * across + w * upwards, "sin", "cos")
    return -brought * box.kept, float(cells)


def step_factors(box: ConvectionBox, time_step: float) -> tuple[np.ndarray, ...]:
    """Return the three factors of a step: decay, and two means of it over the step."""
    rate = -box.squared * time_step
    first = np.expm1(rate) / rate
    second = (first - 1) / rate
    small = np.abs(rate) < 1e-3  # the next term is 1e-9 / 24
    second[small] = (0.5 + rate / 6 + rate**2 / 24)[small]
    return np.exp(rate), time_step * first, time_step * second


def step(
    box: ConvectionBox,
    theta: np.ndarray,
    factors: tuple[np.ndarray, ...],
    brought: np.ndarray,
) -> np.ndarray:
    """Return the waves one time step later.

    Diffusion is exact; advection is taken at the beginning and, corrected, over the
    step ``cox2002exponential``. A steady state stays what it is, whatever the step.

    Parameters
    ----------
    box : ConvectionBox
        Its physics and grid.
    theta : ndarray, shape (n_z, n_x)
        Waves of the temperature about rest.
    factors : tuple of three ndarrays
        As `step_factors` returns them.
    brought : ndarray, shape (n_z, n_x)
        Advection of `theta`.

    Returns
    -------
    ndarray, shape (n_z, n_x)
    """
    decay, mean, slope = factors
    guess = decay * theta + mean * brought
    return guess + slope * (advection(box, guess)[0] - brought)


def heat_flux(box: ConvectionBox, theta: np.ndarray) -> tuple[float, float]:
    """Return the mean heat flux into the bottom and out of the top.

    Both are 1 at rest without heating: the flux is the Nusselt number.
    """
    n, level = box.n[:, 0], theta[:, 0]
    signs = np.where(np.arange(box.n_z) % 2, -1, 1)
    bottom = -box.conductive_slope(0.0) - np.sum(n * level)
    top = -box.conductive_slope(1.0) - np.sum(n * signs * level)
    return float(bottom), float(top)


def rms_velocity(box: ConvectionBox, theta: np.ndarray) -> float:
    """Return the root of the mean squared velocity."""
    psi = streamfunction(box, theta)
    return float(np.sqrt(np.sum(box.squared * psi**2) / 4))
