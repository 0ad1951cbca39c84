"""Aftershocks of a fault that slipped, drawn from a stated truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .._arguments import (
    Count,
    CountOrZero,
    NotNegative,
    Positive,
    Table,
    check_number,
    check_room,
    check_vector,
    checked,
    shown,
    wrong,
)
from ..seismology.coulomb import coulomb_stress, max_shear, stress_change
from ..seismology.okada import (
    RectangularFault,
    check_faults,
    distance_to_fault,
    on_edge,
)
from .simulated import Simulated

__all__ = ["AftershockTruth", "aftershock_cells", "simulate_aftershocks"]

STANDS_IN_FOR = (
    "Places of aftershocks in the first weeks after a large crustal earthquake, where "
    "it is not known whether stress or distance put them there."
)
BREAKS_DOWN = (
    "Aftershocks have no aftershocks of their own, no times and no magnitudes; slip is "
    "constant on each rectangle, the ground is one elastic half-space, every receiver "
    "has one orientation, and no network misses an event or misplaces one."
)

PARTS = ("coulomb", "max_shear", "distance", "uniform")
"""What a mixture may be made of."""

CENTRE = ["east_km", "north_km", "depth_km"]
COLUMNS = [*CENTRE, "side_km", "distance_km", "coulomb_mpa", "max_shear_mpa"]


@dataclass(frozen=True, eq=False)
class AftershockTruth:
    """What drew the aftershocks.

    Attributes
    ----------
    cells : pandas.DataFrame
        As `aftershock_cells` returns them.
    chance : ndarray, shape (n_cells,)
        Probability that an aftershock falls in each cell.
    component : ndarray of str, shape (n_events,)
        Which part of the mixture drew each aftershock.
    cell : ndarray of int, shape (n_events,)
        Row of the cell in which each lies.
    weights : dict
        Share of each part of the mixture.
    """

    cells: pd.DataFrame
    chance: np.ndarray
    component: np.ndarray
    cell: np.ndarray
    weights: dict[str, float]


@checked
def aftershock_cells(
    faults: RectangularFault | Sequence[RectangularFault],
    receiver_deg: tuple[float, float, float] | None = None,
    reach_km: Positive = 60.0,
    depth_km: Positive = 20.0,
    cell_km: Positive = 4.0,
    friction: NotNegative = 0.4,
    rigidity_gpa: Positive = 30.0,
) -> pd.DataFrame:
    """Cut the ground around faults into cubes, and say what slip did to each centre.

    Parameters
    ----------
    faults : RectangularFault or sequence of them
        What slipped.
    receiver_deg : tuple of float, optional
        Strike, dip and rake of the planes that may break; those of the first fault if
        none are given.
    reach_km : float
        Half the width of the box around the faults' mean centre, > 0.
    depth_km : float
        Depth of the box, > 0.
    cell_km : float
        Side of a cell, > 0; the box is enlarged to hold whole cells.
    friction : float
        Effective coefficient of friction, >= 0.
    rigidity_gpa : float
        Rigidity [GPa], > 0.

    Returns
    -------
    pandas.DataFrame
        ``east_km``, ``north_km`` and ``depth_km`` of the centres, ``distance_km`` to
        the nearest fault, ``coulomb_mpa`` and ``max_shear_mpa``, and the cell's
        ``side_km``: one row a cell.

    Raises
    ------
    ValueError
        If an argument is out of bounds, or a centre lies on an edge of a fault.

    Examples
    --------
    >>> fault = RectangularFault(0, 90, 0, 20, 10, depth_km=6, slip_m=1)
    >>> len(aftershock_cells(fault, reach_km=20, depth_km=12, cell_km=4))
    300
    """
    pieces = check_faults("faults", faults)
    plane = check_receiver("receiver_deg", receiver_deg, pieces[0])
    centres = cube_centres(pieces, reach_km, depth_km, cell_km)
    if any(on_edge(piece, centres).any() for piece in pieces):
        got = f"{cell_km:g}: one does"
        raise wrong("cell_km", "such that no centre lies on an edge of a fault", got)
    stress = stress_change(pieces, centres, rigidity_gpa)
    near = np.min([distance_to_fault(piece, centres) for piece in pieces], axis=0)
    return pd.DataFrame(centres, columns=CENTRE).assign(
        side_km=cell_km,
        distance_km=near,
        coulomb_mpa=coulomb_stress(stress, *plane, friction),
        max_shear_mpa=max_shear(stress),
    )


@checked
def simulate_aftershocks(
    cells: Table,
    n_events: Count,
    weights: Mapping[str, float],
    core_km: Positive = 2.0,
    decay: NotNegative = 3.0,
    ceiling_mpa: Positive = 3.0,
    random_state: CountOrZero = 0,
) -> Simulated:
    """Draw places of aftershocks from a mixture whose parts and shares are known.

    An aftershock first draws its part: ``"coulomb"``, with a chance for each cell in
    proportion to its positive Coulomb stress; ``"max_shear"``, to its largest shear
    stress; ``"distance"``, to ``(distance + core_km) ** -decay``; or ``"uniform"``.
    It then draws a cell, and lies anywhere in it.

    Parameters
    ----------
    cells : pandas.DataFrame
        As `aftershock_cells` returns them, whole or in part.
    n_events : int
        How many aftershocks to draw.
    weights : dict
        Share of each part, >= 0; together 1.
    core_km : float
        Distance within which the decay is not felt, > 0.
    decay : float
        Exponent of the decay with distance, >= 0.
    ceiling_mpa : float
        Stress above this counts as this much: near an edge it has no bound, > 0.
    random_state : int
        Seed.

    Returns
    -------
    Simulated
        ``data``: a table of ``east_km``, ``north_km`` and ``depth_km``; ``truth``: an
        `AftershockTruth`.

    Raises
    ------
    ValueError
        If an argument is out of bounds, or a part that has a share has no cell.

    Examples
    --------
    >>> fault = RectangularFault(0, 90, 0, 20, 10, depth_km=6, slip_m=1)
    >>> cells = aftershock_cells(fault)
    >>> drawn = simulate_aftershocks(cells, 5, {"coulomb": 0.5, "distance": 0.5})
    >>> drawn.data.shape, drawn.truth.component.shape
    ((5, 3), (5,))
    """
    cells, shares = check_cells("cells", cells), check_weights("weights", weights)
    check_room("n_events", n_events, 10 * n_events)
    kernel = core_km, decay, ceiling_mpa
    chances = {part: chance_of(part, cells, *kernel) for part in shares}
    rng = np.random.default_rng(random_state)
    component = rng.choice([*shares], size=n_events, p=[*shares.values()])
    cell = np.empty(n_events, dtype=int)
    for part, chance in chances.items():
        drawn = component == part
        cell[drawn] = rng.choice(len(cells), size=drawn.sum(), p=chance)
    places = cells[CENTRE].iloc[cell].reset_index(drop=True)
    places += cells.side_km.iloc[0] * rng.uniform(-0.5, 0.5, places.shape)
    chance = sum(share * chances[part] for part, share in shares.items())
    truth = AftershockTruth(cells, chance, component, cell, shares)
    return Simulated(places, truth, STANDS_IN_FOR, BREAKS_DOWN, random_state)


def chance_of(
    part: str, cells: pd.DataFrame, core_km: float, decay: float, ceiling_mpa: float
) -> np.ndarray:
    """Return the chance of each cell under one part of the mixture."""
    if part == "uniform":
        rate = np.ones(len(cells))
    elif part == "distance":
        rate = (cells.distance_km.to_numpy() + core_km) ** -decay
    else:
        rate = cells[f"{part}_mpa"].clip(0, ceiling_mpa).to_numpy()
    if not rate.sum() > 0:
        raise wrong("weights", f"without {part!r}", "no cell above 0")
    return rate / rate.sum()


def cube_centres(
    pieces: list[RectangularFault], reach_km: float, depth_km: float, cell_km: float
) -> np.ndarray:
    """Return the centres of all cubes of a box, east, north and depth."""
    n, n_deep = np.ceil(2 * reach_km / cell_km), np.ceil(depth_km / cell_km)
    check_room("cell_km", cell_km, 100 * n**2 * n_deep)
    side = cell_km * (np.arange(n) - (n - 1) / 2)
    east, north = np.mean([[p.east_km, p.north_km] for p in pieces], axis=0)
    deep = cell_km * (np.arange(n_deep) + 0.5)
    grid = np.meshgrid(side + east, side + north, deep, indexing="ij")
    return np.stack(grid, axis=-1).reshape(-1, 3)


def check_receiver(name: str, receiver_deg, fault: RectangularFault) -> list[float]:
    """Return strike, dip and rake of the planes that may break."""
    if receiver_deg is None:
        return [fault.strike_deg, fault.dip_deg, fault.rake_deg]
    if not isinstance(receiver_deg, list | tuple) or len(receiver_deg) != 3:
        raise wrong(name, "strike, dip and rake", shown(receiver_deg))
    bounds = {}, {"least": 0, "most": 90}, {}
    each = zip(receiver_deg, bounds, strict=True)
    return [check_number(name, angle, **bound) for angle, bound in each]


def check_weights(name: str, weights: Mapping[str, float]) -> dict[str, float]:
    """Return shares of known parts that add up to 1."""
    accepted = f"shares of {', '.join(PARTS)} that add up to 1"
    if not isinstance(weights, Mapping) or not set(weights) <= set(PARTS):
        raise wrong(name, accepted, shown(weights))
    found = {
        part: check_number(f"{name}[{part!r}]", share, least=0)
        for part, share in weights.items()
    }
    if not np.isclose(sum(found.values()), 1, rtol=0, atol=1e-9):
        raise wrong(name, accepted, shown(weights))
    total = sum(found.values())
    return {part: share / total for part, share in found.items() if share > 0}


def check_cells(name: str, cells: pd.DataFrame) -> pd.DataFrame:
    """Return the table of cells when it has all its columns, without a gap."""
    missing = set(COLUMNS) - set(getattr(cells, "columns", ()))
    if missing:
        what = "a table of aftershock_cells"
        raise wrong(name, what, f"one without {', '.join(sorted(missing))}")
    for column in COLUMNS:
        check_vector(f"{name}[{column!r}]", cells[column])
    return cells
