"""Aftershocks are drawn from the truth that is stated."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from mlearth.seismology import RectangularFault
from mlearth.simulators import Simulated, aftershock_cells, simulate_aftershocks

FAULT = RectangularFault(320, 90, 180, 40, 12, 6, 2, east_km=3, north_km=-5)
CELLS = aftershock_cells(FAULT, reach_km=40)
PARTS = ["coulomb", "max_shear", "distance", "uniform"]
MIXED = {"coulomb": 0.4, "distance": 0.5, "uniform": 0.1}


def test_a_seed_draws_the_same_again():
    """And another seed does not."""
    one, again, other = (
        simulate_aftershocks(CELLS, 50, MIXED, random_state=seed) for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one.data, again.data)
    assert not np.allclose(one.data, other.data)


def test_it_is_a_simulation_and_says_so():
    """Frozen, with its truth, what it stands in for and where it breaks down."""
    drawn = simulate_aftershocks(CELLS, 50, MIXED, random_state=3)
    assert isinstance(drawn, Simulated)
    assert drawn.seed == 3
    assert drawn.stands_in_for.endswith(".")
    assert "aftershocks of their own" in drawn.breaks_down
    with pytest.raises(dataclasses.FrozenInstanceError):
        drawn.seed = 4


def test_each_lies_in_the_cell_that_drew_it():
    """Within half a side of its centre, and below the surface."""
    drawn = simulate_aftershocks(CELLS, 500, MIXED)
    centre = CELLS[["east_km", "north_km", "depth_km"]].to_numpy()[drawn.truth.cell]
    assert np.abs(drawn.data.to_numpy() - centre).max() <= 2
    assert drawn.data.depth_km.min() >= 0


@pytest.mark.parametrize("part", PARTS)
def test_cells_are_drawn_as_often_as_their_chance_says(part):
    """Chi-square over eight groups of cells, each of one eighth of the chance."""
    drawn = simulate_aftershocks(CELLS, 4000, {part: 1.0}, random_state=5)
    chance = drawn.truth.chance
    order = np.argsort(chance, kind="stable")
    group = np.empty(len(chance), dtype=int)
    group[order] = np.minimum(np.cumsum(chance[order]) * 8, 7).astype(int)
    expected = 4000 * np.bincount(group, chance, minlength=8)
    found = np.bincount(group[drawn.truth.cell], minlength=8)
    statistic = np.sum((found - expected) ** 2 / expected)
    assert statistic < stats.chi2(7).ppf(0.999)  # one seed in a thousand fails


def test_the_chance_is_what_the_part_says():
    """Proportional to stress above zero and below the ceiling, and to the decay."""
    cut = CELLS.coulomb_mpa.clip(0, 3)
    found = simulate_aftershocks(CELLS, 1, {"coulomb": 1.0}).truth.chance
    np.testing.assert_allclose(found, cut / cut.sum())
    decay = (CELLS.distance_km + 1) ** -2.0
    found = simulate_aftershocks(CELLS, 1, {"distance": 1.0}, core_km=1, decay=2)
    np.testing.assert_allclose(found.truth.chance, decay / decay.sum())
    even = simulate_aftershocks(CELLS, 1, {"distance": 1.0}, decay=0).truth.chance
    np.testing.assert_allclose(even, 1 / len(CELLS))


def test_a_mixture_is_the_sum_of_its_parts():
    """Its chance by the shares, and how many each part drew to within 4 sigma."""
    drawn = simulate_aftershocks(CELLS, 5000, MIXED, random_state=7)
    alone = {p: simulate_aftershocks(CELLS, 1, {p: 1.0}).truth.chance for p in MIXED}
    expected = sum(share * alone[part] for part, share in MIXED.items())
    np.testing.assert_allclose(drawn.truth.chance, expected)
    for part, share in MIXED.items():
        sigma = np.sqrt(share * (1 - share) / 5000)
        assert abs(np.mean(drawn.truth.component == part) - share) < 4 * sigma


def test_coulomb_stress_draws_none_from_a_shadow():
    """Every one of its own lies where stress rose."""
    drawn = simulate_aftershocks(CELLS, 1000, MIXED)
    own = drawn.truth.cell[drawn.truth.component == "coulomb"]
    assert (CELLS.coulomb_mpa.to_numpy()[own] > 0).all()


def test_the_mean_distance_is_that_of_the_truth():
    """To within four standard errors of the mean of n."""
    drawn = simulate_aftershocks(CELLS, 3000, {"distance": 1.0}, random_state=9)
    distance, chance = CELLS.distance_km.to_numpy(), drawn.truth.chance
    mean = chance @ distance
    error = np.sqrt(chance @ (distance - mean) ** 2 / 3000)
    assert abs(distance[drawn.truth.cell].mean() - mean) < 4 * error


def test_the_box_is_cut_into_whole_cubes():
    """They surround the mean centre of the faults, from the surface down."""
    cells = aftershock_cells(FAULT, reach_km=9, depth_km=7, cell_km=4)
    assert len(cells) == 5 * 5 * 2
    assert sorted(cells.depth_km.unique()) == [2, 6]
    np.testing.assert_allclose(cells[["east_km", "north_km"]].mean(), [3, -5])


def test_receivers_turn_the_coulomb_stress_and_nothing_else():
    """Other planes feel another stress; distance and maximum shear stay."""
    other = aftershock_cells(FAULT, (50.0, 90.0, 0.0), reach_km=40)
    same = ["distance_km", "max_shear_mpa"]
    pd.testing.assert_frame_equal(CELLS[same], other[same])
    assert np.abs(CELLS.coulomb_mpa - other.coulomb_mpa).max() > 0.1


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("n_events", {"n_events": 0}),
        ("weights", {"weights": {}}),
        ("weights", {"weights": {"coulomb": 0.5}}),
        ("weights", {"weights": {"luck": 1.0}}),
        ("weights", {"weights": {"coulomb": 1.5, "distance": -0.5}}),
        ("weights", {"cells": CELLS.assign(coulomb_mpa=-1.0)}),
        ("cells", {"cells": CELLS.drop(columns="distance_km")}),
        ("cells", {"cells": CELLS.assign(coulomb_mpa=np.nan)}),
        ("cells", {"cells": CELLS[:0]}),
        ("core_km", {"core_km": 0}),
        ("ceiling_mpa", {"ceiling_mpa": np.inf}),
        ("random_state", {"random_state": -1}),
    ],
)
def test_what_cannot_be_drawn_is_refused(name, more):
    """Each argument is named."""
    given = {"cells": CELLS, "n_events": 5, "weights": {"coulomb": 1.0}} | more
    with pytest.raises(ValueError, match=rf"{name}\b.* must be"):
        simulate_aftershocks(**given)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("cell_km", {"cell_km": 0}),
        ("cell_km", {"cell_km": 1e-3}),
        ("receiver_deg", {"receiver_deg": (0, 100, 0)}),
        ("faults", {"faults": []}),
        ("friction", {"friction": -1}),
        ("rigidity_gpa", {"rigidity_gpa": -30}),
        (
            "cell_km",
            {"faults": RectangularFault(0, 90, 0, 16, 8, 4, 1), "reach_km": 10.0},
        ),
    ],
)
def test_what_cannot_be_cut_is_refused(name, more):
    """Each argument is named, and so is a cell that sits on an edge."""
    with pytest.raises(ValueError, match=f"{name} must be"):
        aftershock_cells(**{"faults": FAULT, "reach_km": 20.0} | more)
