"""The classical science of earthquakes, against what is counted by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlearth.seismology import magnitude_counts


def test_rounded_magnitudes_are_counted_around_their_value():
    """A catalogue rounded to 0.1 gets bins centred on its values."""
    edges, count = magnitude_counts([2.0, 2.0, 2.1, 2.3])
    assert edges == pytest.approx([1.95, 2.05, 2.15, 2.25, 2.35])
    assert count.tolist() == [2, 1, 0, 1]


def test_continuous_magnitudes_are_counted_from_their_lower_edge():
    """Other magnitudes get bins that begin at the multiples, 5.80 in 5.8."""
    edges, count = magnitude_counts([5.80, 5.87, 5.93])
    assert edges == pytest.approx([5.8, 5.9, 6.0])
    assert count.tolist() == [2, 1]


@given(st.lists(st.floats(-1, 9), min_size=1), st.sampled_from([0.1, 0.2, 0.25, 0.5]))
def test_every_earthquake_is_counted_once_within_its_edges(magnitude, width):
    """No magnitude is lost, and the outer bins are not empty."""
    edges, count = magnitude_counts(magnitude, width)
    assert count.sum() == len(magnitude)
    assert count[0] > 0 < count[-1]
    np.testing.assert_allclose(np.diff(edges), width)
    # magnitudes this near to an edge are taken to be on it
    assert edges[0] - 1e-6 <= min(magnitude) <= max(magnitude) <= edges[-1]


@pytest.mark.parametrize(
    ("magnitude", "width", "message"),
    [
        ([1.0, 2.0], 0, "bin_width must be a finite number > 0, got 0"),
        ([1.0, 2.0], 1e-9, "bin_width must be such that .* it needs 1e.09"),
    ],
)
def test_what_cannot_be_counted_is_refused(magnitude, width, message):
    """The argument is named, before memory is exhausted."""
    with pytest.raises(ValueError, match=message):
        magnitude_counts(magnitude, width)
