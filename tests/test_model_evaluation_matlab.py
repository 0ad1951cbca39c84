"""Intervals, the price of peeking and nested choice in code/matlab: as in Python."""

import re

import numpy as np
import pytest
from octave import OctaveError, assert_same_in_octave, run_octave

from mlearth.evaluation import corrected_interval, expected_maximum

pytestmark = pytest.mark.needs("octave")


def test_the_corrected_interval_in_matlab():
    """Estimate and both ends agree to nine digits, for few folds and many."""
    rng = np.random.default_rng(0)
    cases = []
    for n, share in [(2, 0.25), (5, 0.25), (25, 0.25), (100, 0), (7, 1.5)]:
        a, b = rng.normal(size=(2, n))
        found = corrected_interval(a, b, share)
        ends = found.estimate, found.low, found.high
        cases.append(("corrected_interval", (a, b, share), ends))
    # the quantile is a root, found to 1e-14 of its place
    assert_same_in_octave(cases, rtol=1e-9)


def test_the_largest_of_m_in_matlab():
    """The same integral, with and without correlation."""
    cases = [
        ("expected_maximum", (m, rho), (expected_maximum(m, rho),))
        for m in (2, 3, 10, 1000)
        for rho in (0, 0.3, 0.96)
    ]
    # quadrature to 1e-8 on this side
    assert_same_in_octave(cases, rtol=1e-7)


def test_the_unit_interval_in_matlab():
    """The same draws give the same quantiles of their means."""
    rng = np.random.default_rng(1)
    gaps, drawn = rng.normal(size=12), rng.integers(12, size=(300, 12))
    ends = np.quantile(gaps[drawn].mean(axis=1), [0.025, 0.975])
    cases = [("unit_interval", (gaps, drawn + 1), tuple(ends))]
    assert_same_in_octave(cases, rtol=1e-12)


def test_nested_choice_in_matlab():
    """Polynomials whose degree each fold chooses by its other folds."""
    rng = np.random.default_rng(2)
    x, fold = rng.uniform(-1, 1, 41), rng.permutation(np.arange(41) % 4)
    y, degrees = np.sin(3 * x) + 0.3 * rng.normal(size=41), [1, 2, 3, 5]
    said, chosen = np.empty(41), []
    for k in range(4):
        hidden = fold == k
        losses = [
            sum(
                np.sum(
                    (
                        y[fold == j]
                        - np.polyval(
                            np.polyfit(
                                x[~hidden & (fold != j)], y[~hidden & (fold != j)], d
                            ),
                            x[fold == j],
                        )
                    )
                    ** 2
                )
                for j in set(range(4)) - {k}
            )
            for d in degrees
        ]
        chosen.append(degrees[int(np.argmin(losses))])
        said[hidden] = np.polyval(
            np.polyfit(x[~hidden], y[~hidden], chosen[-1]), x[hidden]
        )
    case = ("nested_predictions", ("polyfit", "polyval", degrees, x, y, fold))
    # least squares of condition numbers below 1e3
    assert_same_in_octave([(*case, (said, np.array(chosen)))], rtol=1e-9)


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        ("corrected_interval", ([1], [2], 0), "two or more folds"),
        ("corrected_interval", ([1, 2], [2, 3], -1), "test_share must be a finite"),
        ("expected_maximum", (2.5,), "m must be a whole number >= 1"),
        ("expected_maximum", (3, 2), "correlation must be a number from 0 to 1"),
        ("unit_interval", ([1, 2], [[1, 3]]), "drawn must hold whole numbers"),
        (
            "nested_predictions",
            ("polyfit", "polyval", [1], [1, 2], [1, 2], [1, 2]),
            "fold must number three or more folds",
        ),
    ],
)
def test_wrong_arguments_are_named_in_matlab(function, args, words):
    """An error says which argument and what is accepted."""
    with pytest.raises(OctaveError, match=re.escape(words)):
        run_octave(function, *args)
