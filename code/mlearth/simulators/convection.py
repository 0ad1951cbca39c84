"""Convection in a slow fluid such as the mantle: snapshots, and how fast two part."""

from __future__ import annotations

import numpy as np

from .._arguments import (
    Count,
    CountOrZero,
    Grid,
    NotNegative,
    Positive,
    check_room,
    checked,
    wrong,
)
from .convection_box import ConvectionBox, advection, step, step_factors
from .convection_records import BREAKS_DOWN, STANDS_IN_FOR, Box, recorded
from .simulated import Simulated

__all__ = ["lyapunov_exponents", "march", "simulate_convection"]

PLANNED, LARGEST = 0.5, 0.6
"""Courant numbers: what a step is made for, and what it may become."""

REFUSED = 0.8
"""Courant number above which a time step that was asked for is refused: a roll at
the Rayleigh number 1e6 blows up with 1.0 and stays with 0.8."""

PATIENCE = 0.1
"""Length of a step in units of the fastest growth that buoyancy alone can give."""

APART = 1e-6
"""Distance of two trajectories, in root mean square of the waves."""


@checked
def simulate_convection(
    box: Box,
    n_snapshots: Count = 20,
    interval: Positive = 0.001,
    spin_up: NotNegative = 0.0,
    start: Grid | None = None,
    time_step: Positive | None = None,
    random_state: CountOrZero = 0,
) -> Simulated:
    r"""Simulate the temperature of a fluid without inertia, heated from below.

    .. math::
        \nabla^4 \psi = Ra \, \partial_x T, \qquad
        \partial_t T + u \, \partial_x T + w \, \partial_z T = \nabla^2 T + H,
        \qquad u = \partial_z \psi, \; w = -\partial_x \psi

    with free slip on all walls. In sines and cosines each wave of the streamfunction
    follows from one of the temperature. The advection is computed on the grid.

    Parameters
    ----------
    box : ConvectionBox
        Rayleigh number, width, heating and grid.
    n_snapshots : int
        How many are kept.
    interval : float
        Time between two of them, in diffusion times of the height.
    spin_up : float
        Time before the first, which is not kept.
    start : array_like, shape (n_z, n_x), optional
        Temperatures to begin with; by default those at rest, disturbed at random.
    time_step : float, optional
        Length of a time step at most; by default as long as the flow allows.
    random_state : int
        Seed of the disturbance.

    Returns
    -------
    Simulated
        ``data`` is an :class:`ObservedConvection`, ``truth`` a
        :class:`ConvectionTruth`.

    Raises
    ------
    ValueError
        If an argument is none of these, or the flow crosses more than 0.8 cells in
        a `time_step` (its Courant number).

    Notes
    -----
    It *stands in for* a vertical section through a planet's mantle. It *breaks down*
    where viscosity changes with temperature, on a sphere, and where a grid has fewer
    than two rows in a boundary layer, which the truth tells.

    Examples
    --------
    >>> made = simulate_convection(ConvectionBox(1e4, n_x=24, n_z=24), 5, 0.1)
    >>> made.data.temperature.shape, made.truth.is_resolved
    ((5, 24, 24), True)
    >>> made.truth.top_flux[-1].round(2).item()
    4.88
    """
    check_room("n_snapshots", n_snapshots, 2 * n_snapshots * box.n_x * box.n_z)
    state = _first_state(box, start, random_state)
    (state,), _ = march(box, [state], spin_up, time_step)
    states, n_steps = [state], 0
    for _ in range(n_snapshots - 1):
        (state,), n = march(box, [state], interval, time_step)
        states.append(state)
        n_steps += n
    data, truth = recorded(box, states, interval, n_steps)
    return Simulated(data, truth, STANDS_IN_FOR, BREAKS_DOWN, int(random_state))


@checked
def lyapunov_exponents(
    box: Box,
    n_blocks: Count = 20,
    block: Positive = 0.005,
    spin_up: NotNegative = 0.2,
    random_state: CountOrZero = 0,
) -> np.ndarray:
    """Return how fast two almost equal states part, block by block.

    Both are marched with the same steps. After each block their distance is measured
    and brought back to what it was ``benettin1980lyapunov``. The mean over long times
    is the largest Lyapunov exponent: above 0 in chaos, 0 on a cycle, below 0 at rest.

    Parameters
    ----------
    box : ConvectionBox
        Rayleigh number, width, heating and grid.
    n_blocks : int
        How many blocks of time.
    block : float
        Length of each, in diffusion times of the height.
    spin_up : float
        Time before the first, until what was at the beginning is forgotten.
    random_state : int
        Seed of the first state and of the difference.

    Returns
    -------
    ndarray, shape (n_blocks,)
        Logarithm of the growth over each block, divided by its length.

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> box = ConvectionBox(1e4, n_x=16, n_z=16)
    >>> bool(lyapunov_exponents(box, n_blocks=5, block=0.02).max() < 0)
    True
    """
    check_room("n_blocks", n_blocks, 1000 * n_blocks)
    rng = np.random.default_rng(random_state)
    state = _first_state(box, None, random_state)
    (state,), _ = march(box, [state], spin_up)
    apart = rng.normal(size=state.shape) / box.squared * box.kept
    growth = np.zeros(n_blocks)
    for i in range(n_blocks):
        apart *= APART / np.linalg.norm(apart)
        (state, other), _ = march(box, [state, state + apart], block)
        apart = other - state
        growth[i] = np.log(np.linalg.norm(apart) / APART)
    return growth / block


def march(
    box: ConvectionBox,
    states: list[np.ndarray],
    duration: float,
    time_step: float | None = None,
) -> tuple[list[np.ndarray], int]:
    """Return states a `duration` later, all by the same steps, and how many of them.

    Steps are equal until the flow has become too fast for them.
    """
    left, n_left, n_steps, size, factors = duration, int(duration > 0), 0, 0.0, ()
    least = _fewest_cells(box)
    while n_left:
        tendencies = [advection(box, state) for state in states]
        cells = max(c for _, c in tendencies)
        if not n_steps or (time_step is None and size * cells > LARGEST):
            n_left = _n_steps(left, max(cells, least), time_step)
            size = left / n_left
            factors = step_factors(box, size)
        if time_step is not None and size * cells > REFUSED:
            most = f"{REFUSED / cells:.2g}"
            accepted = f"at most {most} (Courant number {REFUSED}) in this flow"
            raise wrong("time_step", accepted, f"{time_step:g}")
        pairs = zip(states, tendencies, strict=True)
        states = [step(box, state, factors, brought) for state, (brought, _) in pairs]
        left, n_left, n_steps = left - size, n_left - 1, n_steps + 1
    return states, n_steps


def _n_steps(left: float, cells: float, time_step: float | None) -> int:
    """Return how many equal steps cover what is left of the time."""
    wanted = left / time_step if time_step else left * cells / PLANNED
    return max(1, int(np.ceil(wanted * (1 - 1e-12))))


def _fewest_cells(box: ConvectionBox) -> float:
    """Return the crossings in unit time that steps are made for where little flows."""
    growth = box.rayleigh * np.max((box.k * box.kept / box.squared) ** 2)
    return PLANNED / PATIENCE * growth


def _first_state(box: ConvectionBox, start, random_state: int) -> np.ndarray:
    """Return the waves to begin with."""
    if start is not None:
        if np.shape(start) != (box.n_z, box.n_x):
            accepted = f"of shape (n_z, n_x) = {(box.n_z, box.n_x)}"
            raise wrong("start", accepted, np.shape(start))
        return box.waves(start)
    state = np.zeros((box.n_z, box.n_x))
    state[1:4, :6] = np.random.default_rng(random_state).normal(0, 0.05, (3, 6))
    return state * box.kept
