"""The preparation of records in code/matlab gives what Python gives."""

import re

import numpy as np
import pytest
from octave import OctaveError, assert_same_in_octave, run_octave

from mlearth.datasets import load_local_event
from mlearth.seismology import (
    butterworth_sections,
    cosine_taper,
    filter_both_ways,
    filter_forwards,
    keep_every,
    remove_line,
)

pytestmark = pytest.mark.needs("octave")


def test_every_step_in_matlab():
    """On a real record and on noise, each function gives the same to ten digits."""
    record = load_local_event().stream[2].data[:900].astype(float)
    noise = np.random.default_rng(0).normal(size=301)
    high = butterworth_sections("highpass", 1.0, 100.0)
    low = butterworth_sections("lowpass", 8.0, 100.0, 6)
    assert_same_in_octave(
        [("remove_line", (one,), (remove_line(one),)) for one in (record, noise)]
        + [("cosine_taper", (n, k), (cosine_taper(n, k),)) for n, k in [(9, 4), (8, 1)]]
        + [
            ("butterworth_sections", ("highpass", 1.0, 100.0, 4), (high,)),
            ("butterworth_sections", ("lowpass", 8.0, 100.0, 6), (low,)),
            ("filter_forwards", (high, record), (filter_forwards(high, record),)),
            ("filter_both_ways", (low, noise), (filter_both_ways(low, noise),)),
            ("keep_every", (record, 100.0, 5), keep_every(record, 100.0, 5)),
            ("keep_every", (noise, 100.0, 2), keep_every(noise, 100.0, 2)),
        ]
    )


SECTION = [[1.0, 0, 0, 1, 0, 0]]


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        ("remove_line", ([1.0],), "x must be a column of at least 2 finite numbers"),
        ("cosine_taper", (5, 3), "n_ramp must be at most half of n_samples"),
        ("butterworth_sections", ("band", 1, 100, 4), "kind must be 'lowpass'"),
        ("butterworth_sections", ("lowpass", 50, 100, 4), "corner_hz must be below"),
        ("butterworth_sections", ("lowpass", 5, 100, 3), "order / 2 must be a whole"),
        ("filter_forwards", ([[1.0, 0]], [1.0, 2.0]), "sections must be rows b0"),
        ("filter_both_ways", (SECTION, [1.0, np.nan]), "x must be a column"),
        ("keep_every", ([1.0, 2.0], 100, 1.5), "factor must be a whole number >= 1"),
    ],
)
def test_wrong_arguments_are_named_in_matlab(function, args, words):
    """An error says which argument and what is accepted."""
    with pytest.raises(OctaveError, match=re.escape(words)):
        run_octave(function, *args)
