"""Where waves start and where they are heard, in a section of square cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from ..._arguments import (
    Count,
    CountOrZero,
    Positive,
    check_room,
    checked,
    count,
    wrong,
)
from ..._arguments.arrays import as_floats
from ...seismology.ray_lengths import check_fits, check_inside

__all__ = ["Survey", "make_survey"]

Side = Annotated[int, count(2)]


@dataclass(frozen=True, eq=False)
class Survey:
    """A section of square cells, sources and receivers at centres of cells.

    Each source is heard at each receiver: ray ``i * n_receivers + j`` runs from source
    ``i`` to receiver ``j``.

    Attributes
    ----------
    n_rows, n_columns : int
        Cells in depth and in distance, >= 2.
    cell_km : float
        Side of a cell [km], > 0.
    sources_km, receivers_km : ndarray, shapes (n_sources, 2) and (n_receivers, 2)
        Distance and depth [km].

    Raises
    ------
    ValueError
        If a place lies outside, or is no centre of a cell, or a source and a receiver
        are one place.

    Examples
    --------
    >>> one = Survey(4, 6, 10.0, [[5.0, 35.0]], [[55.0, 5.0], [45.0, 5.0]])
    >>> one.n_rays, one.ends()[1].tolist()
    (2, [[55.0, 5.0], [45.0, 5.0]])
    """

    n_rows: int
    n_columns: int
    cell_km: float
    sources_km: np.ndarray
    receivers_km: np.ndarray

    def __post_init__(self) -> None:
        for name, rule in (
            ("n_rows", Side),
            ("n_columns", Side),
            ("cell_km", Positive),
        ):
            rule.__metadata__[0].check(name, getattr(self, name))
        for name in ("sources_km", "receivers_km"):
            places = as_floats(name, getattr(self, name))
            if places.ndim != 2 or places.size == 0:
                shape = f"shape {places.shape}"
                raise wrong(name, "pairs of distance and depth, shape (n, 2)", shape)
            check_inside(name, places, self.n_rows, self.n_columns, self.cell_km)
            off = np.abs(places / self.cell_km % 1 - 0.5).max(axis=1) > 1e-6
            if off.any():
                x, z = places[np.argmax(off)]
                accepted = "at centres of cells, (i + 0.5) cell_km"
                raise wrong(name, accepted, f"({x:g}, {z:g})")
            places.flags.writeable = False
            object.__setattr__(self, name, places)
        gap = self.sources_km[:, None] - self.receivers_km
        if (np.abs(gap).max(axis=2) < 1e-6 * self.cell_km).any():
            raise wrong("receivers_km", "away from sources_km", "the same place")

    @property
    def n_rays(self) -> int:
        """Number of pairs of source and receiver."""
        return len(self.sources_km) * len(self.receivers_km)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of cells."""
        return self.n_rows, self.n_columns

    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """Return both ends of every ray [km], shapes (n_rays, 2)."""
        starts = np.repeat(self.sources_km, len(self.receivers_km), axis=0)
        return starts, np.tile(self.receivers_km, (len(self.sources_km), 1))


def check_survey(geometry, n_rows, n_columns, n_sources, n_receivers) -> None:
    """Insist on a cell for each source and each receiver."""
    check_fits(n_rows, n_columns, 100.0 * n_rows * n_columns)
    asked = {"n_sources": n_sources, "n_receivers": n_receivers}
    more = max(asked, key=asked.get)
    check_room(more, asked[more], 100.0 * n_sources * n_receivers)
    room = 2 * (n_rows + n_columns) - 4
    if geometry == "around" and n_sources + n_receivers > room:
        accepted = f"such that both fit into the {room} cells around"
        raise wrong(more, accepted, f"{n_sources + n_receivers} together")
    if geometry == "crosshole" and asked[more] > n_rows:
        raise wrong(more, f"at most n_rows = {n_rows}", asked[more])
    if geometry == "below" and n_receivers > n_columns:
        raise wrong("n_receivers", f"at most n_columns = {n_columns}", n_receivers)


@checked
def make_survey(
    geometry: Literal["around", "crosshole", "below"] = "around",
    n_rows: Side = 32,
    n_columns: Side = 32,
    cell_km: Positive = 1.0,
    n_sources: Count = 16,
    n_receivers: Count = 32,
    random_state: CountOrZero = 0,
) -> Survey:
    """Lay out sources and receivers.

    Parameters
    ----------
    geometry : {"around", "crosshole", "below"}
        All around, sources drawn among the receivers; down the left border and down
        the right; or earthquakes at random depths below stations along the top.
    n_rows, n_columns : int
        Cells in depth and in distance, >= 2.
    cell_km : float
        Side of a cell [km], > 0.
    n_sources, n_receivers : int
        How many.
    random_state : int
        Seed of what is drawn.

    Returns
    -------
    Survey

    Raises
    ------
    ValueError
        If an argument is out of bounds, or there are more places than cells.

    Examples
    --------
    >>> make_survey("crosshole", 8, 6, 1.0, 4, 8).n_rays
    32
    """
    check_survey(geometry, n_rows, n_columns, n_sources, n_receivers)
    rng = np.random.default_rng(random_state)
    place = {"around": around, "crosshole": crosshole, "below": below}[geometry]
    sources, receivers = place(n_rows, n_columns, n_sources, n_receivers, rng)
    sides = cell_km * (sources + 0.5), cell_km * (receivers + 0.5)
    return Survey(n_rows, n_columns, cell_km, *sides)


Places = tuple[np.ndarray, np.ndarray]


def around(n_rows, n_columns, n_sources, n_receivers, rng) -> Places:
    """Return columns and rows of cells along the border, evenly; draw the sources.

    In turn they would be no good: the chequers of straight rays would be blind to half
    of the pattern of single cells.
    """
    top = [(i, 0) for i in range(n_columns - 1)]
    right = [(n_columns - 1, i) for i in range(n_rows - 1)]
    back = [(n_columns - 1 - i, n_rows - 1) for i in range(n_columns - 1)]
    left = [(0, n_rows - 1 - i) for i in range(n_rows - 1)]
    ring = np.array(top + right + back + left, dtype=float)
    n_places = n_sources + n_receivers
    places = ring[np.arange(n_places) * len(ring) // n_places]
    is_source = rng.permutation(n_places) < n_sources
    return places[is_source], places[~is_source]


def crosshole(n_rows, n_columns, n_sources, n_receivers, rng) -> Places:
    """Return cells of the first and of the last column, evenly."""
    left = [(0, i * n_rows // n_sources) for i in range(n_sources)]
    right = [(n_columns - 1, i * n_rows // n_receivers) for i in range(n_receivers)]
    return np.array(left, dtype=float), np.array(right, dtype=float)


def below(n_rows, n_columns, n_sources, n_receivers, rng) -> Places:
    """Return random cells below the first row, and cells of the first row, evenly."""
    column = rng.integers(n_columns, size=n_sources)
    row = rng.integers(1, n_rows, size=n_sources)
    stations = np.arange(n_receivers) * n_columns // n_receivers
    top = np.column_stack([stations, np.zeros(n_receivers)])
    return np.column_stack([column, row]).astype(float), top.astype(float)
