"""Filling and pooling in code/matlab give what Python gives."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learner_data import lines, ridgecrest_sample
from octave import OctaveError, assert_same_in_octave, run_octave

from mlearth.learners import fill_column, pool_estimates

pytestmark = pytest.mark.needs("octave")


def fill_cases(X, y):
    """The best line and one draw, whose random numbers MATLAB is handed over."""
    gap = np.arange(len(y)) % 3 == 1
    column = np.where(gap, np.nan, y)
    rng, same = np.random.default_rng(0), np.random.default_rng(0)
    freedom = np.sum(~gap) - X.shape[1] - 1
    draws = [same.chisquare(freedom)]
    draws += [*same.normal(size=X.shape[1] + 1), *same.normal(size=gap.sum())]
    return [
        ("fill_column", (column, X), (fill_column(column, X),)),
        ("fill_column", (column, X, np.array(draws)), (fill_column(column, X, rng),)),
    ]


def test_filling_in_matlab():
    """On the ground motions of Ridgecrest, to ten digits."""
    assert_same_in_octave(fill_cases(*ridgecrest_sample()))


@settings(deadline=None, max_examples=3)
@given(st.lists(lines(), min_size=1, max_size=6))
def test_filling_in_matlab_on_any_lines(many):
    """The same holds on generated data."""
    assert_same_in_octave([one for data in many for one in fill_cases(*data)], 1e-8)


def test_pooling_in_matlab():
    """Estimate, error and degrees of freedom, also where the copies agree."""
    rng = np.random.default_rng(1)
    given = rng.normal(size=7), rng.uniform(0.1, 1, 7)
    assert_same_in_octave([("pool_estimates", given, pool_estimates(*given))], 1e-13)
    agreeing = run_octave("pool_estimates", [2, 2], [1, 1], nargout=3)
    assert [one.item() for one in agreeing] == [2, 1, np.inf]


GAP = [1, 2, 4, np.nan]


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        ("fill_column", ([1, 2, np.nan], [1, 2, 3]), "column must hold 3 values"),
        ("fill_column", ([1, 2], [1, 2, 3]), "one number per row of others (3)"),
        (
            "fill_column",
            ([1, 2, 4, np.nan], [1, 1, 1, 2]),
            "of others is a combination",
        ),
        (
            "fill_column",
            ([1, 2, 4, np.nan], [1, 2, 3, 4], [1, 2]),
            "column of 4 numbers",
        ),
        ("pool_estimates", ([1], [1]), "estimates must be a column of two"),
        ("pool_estimates", ([1, 2], [1, -1]), "errors must not be negative"),
    ],
)
def test_wrong_arguments_are_named_in_matlab(function, args, words):
    """An error says which argument and what is accepted."""
    with pytest.raises(OctaveError, match=re.escape(words)):
        run_octave(function, *args)
