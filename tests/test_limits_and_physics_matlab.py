"""Pairs by rings in code/matlab are those of Python."""

import re

import numpy as np
import pytest
from octave import OctaveError, run_octave, run_octave_calls

from mlearth.evaluation import growing_auc, pair_counts, within_auc

pytestmark = pytest.mark.needs("octave")


def test_the_same_counts_and_areas_in_matlab():
    """Ties, an empty ring, rings in no order."""
    rng = np.random.default_rng(0)
    score = rng.integers(0, 7, 47) / 2
    y = (rng.random(47) < 0.3).astype(float)
    ring = rng.choice([0.0, 1, 3], 47)
    won, pairs = pair_counts(y, score, ring)
    found = run_octave("pair_counts", y, score, ring, nargout=2)
    for ours, theirs in zip(found, (won, pairs), strict=True):
        np.testing.assert_array_equal(ours, theirs)  # halves are exact
    calls = [(name, (won, pairs), 1) for name in ("growing_auc", "within_auc")]
    grown, within = run_octave_calls(calls)
    # one division each
    np.testing.assert_allclose(grown[0].ravel(), growing_auc(won, pairs), rtol=1e-14)
    assert within[0].item() == pytest.approx(within_auc(won, pairs), rel=1e-14)


def test_wrong_arguments_are_named_in_matlab():
    """An error says which argument and what is accepted."""
    y, score = np.array([0.0, 1, 2]), np.arange(3.0)
    with pytest.raises(OctaveError, match=re.escape("y must be of 0 and 1")):
        run_octave("pair_counts", y, score, np.zeros(3), nargout=2)
