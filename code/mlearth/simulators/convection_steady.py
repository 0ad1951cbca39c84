"""The steady roll of a convecting fluid, by Newton's method."""

from __future__ import annotations

import numpy as np

from .._arguments import checked, wrong
from .convection_box import ConvectionBox, advection
from .convection_records import BREAKS_DOWN, STANDS_IN_FOR, Box, recorded
from .simulated import Simulated

__all__ = ["on_grid", "steady_convection", "weak_roll"]


@checked
def steady_convection(box: Box) -> Simulated:
    """Find the steady state of one roll that fills the box, or rest below the onset.

    Newton's method on smaller Rayleigh numbers and coarser grids first. Whether
    the state is stable it does not tell: give it to `simulate_convection`.

    Parameters
    ----------
    box : ConvectionBox
        Rayleigh number, width, heating and grid.

    Returns
    -------
    Simulated
        One snapshot, as :func:`simulate_convection` returns them.

    Raises
    ------
    ValueError
        If `box` is none, or no steady roll was found above the onset.

    Examples
    --------
    >>> steady = steady_convection(ConvectionBox(1e5, n_x=48, n_z=48))
    >>> steady.truth.top_flux.round(2), steady.truth.rms_velocity.round(1)
    (array([10.52]), array([193.2]))
    """
    from scipy.optimize import NoConvergence, newton_krylov

    boxes = ladder(box)
    state = weak_roll(boxes[0])
    stirred = bool(state.any())
    for lower in boxes:

        def residual(waves: np.ndarray, lower: ConvectionBox = lower) -> np.ndarray:
            return waves - advection(lower, waves)[0] / lower.squared

        state = on_grid(state, lower)
        try:
            state = newton_krylov(residual, state, f_tol=1e-9, maxiter=60)
        except (NoConvergence, ValueError):
            raise _no_roll(box) from None
        if stirred and np.abs(state[:, 1]).max() < 1e-6:
            raise _no_roll(box)
    data, truth = recorded(box, [state * box.kept], 0.0, 0)
    return Simulated(data, truth, STANDS_IN_FOR, BREAKS_DOWN, 0)


def weak_roll(box: ConvectionBox) -> np.ndarray:
    """Return the steady roll of three waves, which is right where convection begins.

    At the critical Rayleigh number times r it carries Nu = 1 + 2 (1 - 1 / r).
    """
    k2 = box.k[1] ** 2
    both = k2 + np.pi**2
    excess = 1 - both**3 / k2 / box.rayleigh
    state = np.zeros((box.n_z, box.n_x))
    if excess > 0:
        state[1, 1] = np.sqrt(8 * excess * both**2 / k2 / box.rayleigh)
        state[2, 0] = -excess / np.pi
    return state


def _no_roll(box: ConvectionBox) -> ValueError:
    accepted = "one in which Newton's method finds a steady roll"
    return wrong("box", accepted, f"{box}")


def on_grid(waves: np.ndarray, box: ConvectionBox) -> np.ndarray:
    """Return the waves of another grid: what is new is 0, what is lost is lost."""
    moved = np.zeros((box.n_z, box.n_x))
    n, k = np.minimum(moved.shape, waves.shape)
    moved[:n, :k] = waves[:n, :k]
    return moved * box.kept


def ladder(box: ConvectionBox) -> list[ConvectionBox]:
    """Return boxes of smaller Rayleigh numbers and coarser grids, and the box last."""
    n_rungs = max(0, int(np.ceil(np.log(box.rayleigh / 1e4) / np.log(3))))
    boxes = []
    for rayleigh in np.geomspace(1e4, box.rayleigh, n_rungs, endpoint=False):
        most = int(24 * (rayleigh / 1e4) ** 0.3)
        grid = min(box.n_x, int(most * max(box.width, 1))), min(box.n_z, most)
        boxes.append(ConvectionBox(rayleigh, box.width, box.heating, *grid))
    return [*boxes, box]
