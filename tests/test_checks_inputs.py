"""Each recipe of irregular inputs breaks the symmetry that its name promises."""

import numpy as np
import pytest

from mlearth.checks import inputs

SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_end_stands_for_an_extreme(seed):
    """The first and the last number are neither the smallest nor the largest."""
    rng = inputs.draw(seed)
    for values in (inputs.numbers(rng, 7, -3, 5), inputs.whole(rng, 11, 0, 10**6)):
        assert not {values[0], values[-1]} & {values.min(), values.max()}
        assert "unsorted" in inputs.features(values)


@pytest.mark.parametrize("seed", SEEDS)
def test_ties_are_there_and_mixed(seed):
    """Every value comes at least twice, and equal ones do not stand together."""
    values = inputs.tied(inputs.draw(seed), 13, 5)
    assert (np.unique(values, return_counts=True)[1] >= 2).all()
    assert "unsorted" in inputs.features(values)


def test_a_grid_is_rounded_and_has_an_empty_bin():
    """A sum of steps misses the stored value, and one multiple does not occur."""
    each = [3, 2, 0, 4, 1]
    values = inputs.on_a_grid(inputs.draw(1), 2.1, 0.1, each)
    assert sorted(set(values)) == [2.1, 2.2, 2.4, 2.5]
    assert np.count_nonzero(values == 2.4) == 4
    assert not np.isin(2.1 + 0.1 + 0.1 + 0.1, values)


@pytest.mark.parametrize("seed", SEEDS)
def test_groups_are_unequal_mixed_and_oddly_numbered(seed):
    """Numbers skip, do not begin at 0, and members do not stand together."""
    group = inputs.groups(inputs.draw(seed), [3, 7, 1, 6])
    names, sizes = np.unique(group, return_counts=True)
    assert sorted(sizes) == [1, 3, 6, 7]
    assert names[0] > 1
    assert (np.diff(names) > 1).all()
    assert np.count_nonzero(np.diff(group)) > 3


@pytest.mark.parametrize("seed", SEEDS)
def test_a_design_has_no_column_of_ones(seed):
    """An assumed intercept changes the fit: no constant is in the columns' span."""
    A = inputs.design(inputs.draw(seed), 11, 3)
    ones = np.ones(11)
    left = ones - A @ np.linalg.lstsq(A, ones, rcond=None)[0]
    assert np.linalg.norm(left) > 0.1
    assert np.linalg.matrix_rank(A) == 3


@pytest.mark.parametrize("seed", SEEDS)
def test_classes_and_counts_are_uneven(seed):
    """The rarer class is as rare as asked; a zero, a one and a large count occur."""
    label = inputs.classes(inputs.draw(seed), 17, 0.3, (-1, 1))
    assert np.count_nonzero(label == 1) == 5
    assert {0, 1, 1000} <= set(inputs.counts(inputs.draw(seed), 9).tolist())


def test_rows_stay_together_and_kinds_hold_the_same():
    """Only the order or the type changes."""
    x, y = np.array([3, 1, 2]), np.array([30, 10, 20])
    a, b = inputs.shuffled(inputs.draw(0), x, y)
    assert (10 * a == b).all()
    kinds = {name: values.dtype.kind for name, values in inputs.both_kinds(x)}
    assert kinds == {"integers": "i", "floats": "f"}
