"""Labels, peaks, matches and the way up in code/matlab give what Python gives."""

import re

import numpy as np
import pytest
from octave import OctaveError, run_octave, run_octave_calls

from mlearth.evaluation.picks_and_events import match_picks
from mlearth.learners import correlate_transposed, onset_labels, peaks_above

pytestmark = pytest.mark.needs("octave")


def test_all_four_in_matlab():
    """Irregular sizes, a phase that is missing, ties, level tops and lone picks."""
    rng = np.random.default_rng(0)
    curve = rng.integers(0, 9, 157) / 8
    true, found = np.sort(rng.uniform(0, 20, 13)), np.sort(rng.uniform(0, 20, 17))
    x, kernel = rng.normal(size=(11, 2)), rng.normal(size=(7, 3, 2))
    bias = rng.normal(size=3)
    cases = [
        ("onset_labels", ([4.5, 7.0], 23, 2.5), onset_labels([[4.5, 7.0]], 23, 2.5)[0]),
        (
            "onset_labels",
            ([np.nan, 3.0], 9, 1.5),
            onset_labels([[np.nan, 3.0]], 9, 1.5)[0],
        ),
        ("peaks_above", (curve, 0.3, 4), peaks_above(curve, 0.3, 4)),
        ("match_picks", (true, found, 0.5), match_picks(true, found, 0.5) + 1),
        (
            "correlate_transposed",
            (x, kernel, bias, 4),
            correlate_transposed(x[None], kernel, bias, 4, "valid")[0],
        ),
        (
            "correlate_transposed",
            (x, kernel[:3], bias, 4),
            correlate_transposed(x[None], kernel[:3], bias, 4, "valid")[0],
        ),
    ]
    asked = [(name, given, 1) for name, given, _ in cases]
    for (got,), (_, _, right) in zip(run_octave_calls(asked), cases, strict=True):
        # columns are vectors; sums of some dozen products
        np.testing.assert_allclose(np.squeeze(got), np.squeeze(right), atol=1e-12)


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("onset_labels", ([1.0], 0, 1.0), "n_samples must be a whole number >= 1"),
        ("peaks_above", ([0, 1, 0], 0.5, 0), "apart must be a whole number >= 1"),
        ("match_picks", ([1.0], [1.0], -1), "tolerance_s must be"),
        (
            "correlate_transposed",
            (np.ones((4, 2)), np.ones((3, 2, 3)), [0, 0], 2),
            "kernel must take the 2 channels of x, got 3",
        ),
    ],
)
def test_wrong_arguments_are_named_in_matlab(name, given, words):
    """An error says which argument and what is accepted."""
    with pytest.raises(OctaveError, match=re.escape(words)):
        run_octave(name, *given)
