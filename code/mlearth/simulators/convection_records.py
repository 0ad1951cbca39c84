"""What simulated convection comes with."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from .._arguments import Accepted
from .convection_box import (
    ConvectionBox,
    heat_flux,
    rms_velocity,
    streamfunction,
)
from .sine_series import grid_values

__all__ = [
    "BREAKS_DOWN",
    "STANDS_IN_FOR",
    "Box",
    "ConvectionTruth",
    "ObservedConvection",
    "recorded",
    "rows_in_layer",
]

STANDS_IN_FOR = (
    "the temperature of a vertical section through a planet's mantle while it convects"
)
BREAKS_DOWN = (
    "where viscosity changes with temperature, so that there are no plates; in three "
    "dimensions and on a sphere; where the fluid is compressed, melts or is of several "
    "kinds; and wherever the grid has fewer than two rows in a boundary layer"
)

ENOUGH_ROWS = 2
"""Rows in the thinner boundary layer for which the heat flux is right to 1 %."""


Box = Annotated[
    ConvectionBox,
    Accepted("a ConvectionBox", lambda v: isinstance(v, ConvectionBox)),
]


class ObservedConvection(NamedTuple):
    """Snapshots of the temperature.

    Attributes
    ----------
    time : ndarray, shape (n_snapshots,)
        Since the record began, in diffusion times of the box's height.
    x : ndarray, shape (n_x,)
        Places across, in heights of the box.
    z : ndarray, shape (n_z,)
        Heights above the bottom.
    temperature : ndarray of float32, shape (n_snapshots, n_z, n_x)
        0 at the top, 1 at the bottom.
    """

    time: np.ndarray
    x: np.ndarray
    z: np.ndarray
    temperature: np.ndarray


class ConvectionTruth(NamedTuple):
    """What moved the heat, and whether the grid could carry it.

    Attributes
    ----------
    box : ConvectionBox
        Rayleigh number, width, heating and grid.
    streamfunction : ndarray of float32, shape (n_snapshots, n_z, n_x)
        Its slope upwards is the velocity across, minus its slope across the velocity
        upwards.
    bottom_flux, top_flux : ndarray, shape (n_snapshots,)
        Mean heat flux into the bottom and out of the top, in units of conduction:
        without heating the Nusselt number.
    rms_velocity : ndarray, shape (n_snapshots,)
        Root of the mean squared velocity.
    rows_in_layer : float
        Rows of the grid in the thinner boundary layer, in the worst snapshot.
    is_resolved : bool
        Whether these are two or more: with fewer, fluxes err by more than 1 %.
    n_steps : int
        Time steps of the record.
    """

    box: ConvectionBox
    streamfunction: np.ndarray
    bottom_flux: np.ndarray
    top_flux: np.ndarray
    rms_velocity: np.ndarray
    rows_in_layer: float
    is_resolved: bool
    n_steps: int


def recorded(
    box: ConvectionBox, states: list[np.ndarray], interval: float, n_steps: int
) -> tuple[ObservedConvection, ConvectionTruth]:
    """Return the record of some states, each a matrix of waves."""
    psi = [grid_values(streamfunction(box, s), "sin", "sin") for s in states]
    bottom, top = np.array([heat_flux(box, state) for state in states]).T
    rows = min(rows_in_layer(box, state) for state in states)
    observed = ObservedConvection(
        interval * np.arange(len(states)),
        box.x,
        box.z,
        np.array([box.temperature(s) for s in states], dtype=np.float32),
    )
    truth = ConvectionTruth(
        box,
        np.array(psi, dtype=np.float32),
        bottom,
        top,
        np.array([rms_velocity(box, state) for state in states]),
        rows,
        rows >= ENOUGH_ROWS,
        n_steps,
    )
    return observed, truth


def rows_in_layer(box: ConvectionBox, state: np.ndarray) -> float:
    """Return how many rows lie in the thinner boundary layer.

    A layer is as thick as the flux at its wall needs to bridge the temperature
    between the wall and the middle of the box by conduction.
    """
    level = box.temperature(state).mean(axis=1)
    middle = np.interp(0.5, box.z, level)
    bottom, top = heat_flux(box, state)
    layers = ((1 - middle, bottom), (middle, top))
    thick = [drop / flux for drop, flux in layers if drop > 0 and flux > 0]
    return float(box.n_z * min(thick, default=0.5))
