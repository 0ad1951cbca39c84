"""A pin holds what a page claims, and says in one sentence what no longer holds."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import mlearth
from mlearth import pin
from mlearth.pins import pin as the_same


def test_the_package_exports_it():
    """`from mlearth import pin` is the function of mlearth.pins."""
    assert pin is the_same
    assert "pin" in mlearth.__all__


def test_an_unknown_name_of_the_package_is_an_attribute_error():
    """The lazy export answers for `pin` alone."""
    with pytest.raises(AttributeError, match="'mlearth' has no attribute 'pinn'"):
        mlearth.pinn  # noqa: B018


def test_importing_the_package_imports_no_numpy():
    """`import mlearth` stays quick: NumPy comes with the first pin."""
    asked = "import sys, mlearth; print('numpy' in sys.modules)"
    said = subprocess.check_output([sys.executable, "-c", asked], text=True)
    assert said.strip() == "False"


@pytest.mark.parametrize(
    ("value", "expected", "tolerance"),
    [
        (5.18, 5.2, {"abs": 0.1}),
        (5.3, 5.2, {"abs": 0.1}),  # the edge counts, in spite of rounding
        (5.1, 5.2, {"abs": 0.1}),
        (104.9, 100, {"rel": 0.05}),
        (-104.9, -100, {"rel": 0.05}),
        (52, 50, {"abs": 3}),
        (389, 389, {}),
        (np.int64(389), 389, {}),
        (np.uint8(3), 5, {"abs": 2}),
        (np.float32(0.25), 0.25, {"abs": 1e-9}),
        (True, True, {}),
        (np.bool_(False), False, {}),
        ("quarry blast", "quarry blast", {}),
        (np.str_("blast"), "blast", {}),
        ([39, 39, 379], (39, 39, 379), {}),
        (np.array([0.92, 0.54]), [0.9, 0.5], {"abs": 0.05}),
        (pd.Series([1.0, 2.0]), [1, 2], {"rel": 1e-6}),
        (["a", "b"], ["a", "b"], {}),
        (np.eye(2), [[1, 0], [0, 1]], {"abs": 1e-12}),
    ],
)
def test_a_claim_that_holds_passes_in_silence(value, expected, tolerance, capsys):
    """Numbers within their tolerance, and whole things that are the same."""
    assert pin("a claim", value, expected, **tolerance) is None
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("value", "expected", "tolerance", "sentence"),
    [
        (6.4, 5.2, {"abs": 0.1}, "found 6.4, expected 5.2 within abs=0.1"),
        (5.3001, 5.2, {"abs": 0.1}, "found 5.3001, expected 5.2 within abs=0.1"),
        (106, 100, {"rel": 0.05}, "found 106, expected 100 within rel=0.05"),
        (np.uint8(3), 5, {"abs": 1}, "found 3, expected 5 within abs=1"),
        (388, 389, {}, "found 388, expected 389"),
        (False, True, {}, "found False, expected True"),
        (1, True, {}, "found 1, expected True"),
        (True, 1, {}, "found True, expected 1"),
        ("earthquake", "blast", {}, "found 'earthquake', expected 'blast'"),
        ("3", 3, {}, "found '3', expected 3"),
        (3, "3", {}, "found 3, expected '3'"),
        (np.nan, 5.2, {"abs": 0.1}, "found nan, expected 5.2 within abs=0.1"),
        (np.inf, 5.2, {"rel": 0.1}, "found inf, expected 5.2 within rel=0.1"),
        (
            [0.9, np.nan],
            [0.9, 0.5],
            {"abs": 0.1},
            "found [0.9, nan], expected [0.9, 0.5] within abs=0.1",
        ),
        (
            [0.9, 0.7],
            [0.9, 0.5],
            {"abs": 0.1},
            "found [0.9, 0.7], expected [0.9, 0.5] within abs=0.1",
        ),
        ([39, 38], [39, 39], {}, "found [39, 38], expected [39, 39]"),
        ([1.0], 1.0, {"abs": 1}, "found [1.], expected 1 within abs=1"),
        ([1, 1, 1], [1, 1], {}, "found [1, 1, 1], expected [1, 1]"),
        ([], [1], {"abs": 1}, "found [], expected [1] within abs=1"),
        (["a", "b"], ["a", "c"], {}, "found ['a', 'b'], expected ['a', 'c']"),
    ],
)
def test_a_claim_that_fails_says_so_in_a_sentence(value, expected, tolerance, sentence):
    """Its name, what was found, what was expected, and how near it had to be."""
    with pytest.raises(AssertionError) as failure:
        pin("the honest error", value, expected, **tolerance)
    assert str(failure.value) == f"pin 'the honest error': {sentence}"


@pytest.mark.parametrize(
    ("arguments", "tolerance", "words"),
    [
        (("", 1, 1), {}, "name must be a text that is not empty, got ''"),
        ((3, 1, 1), {}, "name must be a text that is not empty, got 3"),
        (("n", 1.0, 1.0), {}, "abs or rel must be given for a number with decimals"),
        (("n", 1.0, 1), {}, "abs or rel must be given"),
        (("n", 1, 1.0), {}, "abs or rel must be given"),
        (("n", [1.5], [2]), {}, "abs or rel must be given"),
        (("n", 1.0, 1.0), {"abs": 1, "rel": 1}, "abs and rel must not both be given"),
        (("n", 1.0, 1.0), {"abs": 0}, "abs must be a finite number > 0, got 0"),
        (("n", 1.0, 1.0), {"rel": -0.1}, "rel must be a finite number > 0, got -0.1"),
        (("n", 1.0, 1.0), {"abs": np.nan}, "abs must be a finite number > 0, got nan"),
        (("n", 1.0, 1.0), {"rel": np.inf}, "rel must be a finite number > 0, got inf"),
        (("n", 1.0, 1.0), {"abs": True}, "abs must be a finite number > 0, got True"),
        (("n", 1.0, 1.0), {"abs": "1"}, "abs must be a finite number > 0, got '1'"),
        (("n", True, True), {"abs": 1}, "abs must not be given for a text or a truth"),
        (("n", "a", "a"), {"rel": 1}, "rel must not be given for a text or a truth"),
        (("n", 1.0, np.nan), {"abs": 1}, "expected must be finite and not empty"),
        (("n", 1.0, np.inf), {"abs": 1}, "expected must be finite and not empty"),
        (("n", [], []), {"abs": 1}, "expected must be finite and not empty"),
        (("n", 1, None), {}, "expected must be numbers, .*, got None"),
        (("n", None, 1), {}, "value must be numbers, .*, got None"),
        (("n", 1j, 1), {}, "value must be numbers, .*, got 1j"),
        (("n", {"a": 1}, 1), {}, "value must be numbers"),
        (("n", [[1, 2], [3]], [1]), {}, "value must be numbers, .* got .*3"),
        (("n", np.ma.masked, 1), {"abs": 1}, "value must be"),
    ],
)
def test_a_wrong_argument_is_named(arguments, tolerance, words):
    """A pin that could never fail, or never hold, is refused when it is written."""
    with pytest.raises(ValueError, match=words):
        pin(*arguments, **tolerance)
