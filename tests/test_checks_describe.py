"""What a verdict says of wrong numbers that no listed mistake explains."""

import numpy as np
import pytest

from mlearth.checks import expect_close, expect_error
from mlearth.checks.compare import is_or_are
from mlearth.checks.expect import NotHeld

RIGHT = np.array([3.0, -1.0, 4.5, 1.25, 9.0, 2.0, 6.0])
TABLE = np.array([[1.0, 2.5, 4.0], [0.5, 3.0, 7.0]])


def told(value, right=RIGHT, **options):
    """What the verdict says after the numbers themselves."""
    with pytest.raises(NotHeld) as caught:
        expect_close(value, right, "It", **options)
    return str(caught.value).partition(": ")[2].rstrip(".")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (2 * RIGHT, "every value is 2 times what it should be"),
        (1.37 * RIGHT, "every value is 1.37 times what it should be"),
        (RIGHT + 0.25, "every value is too large by 0.25"),
        (-RIGHT, "with the other sign it would be right"),
        (np.degrees(RIGHT), "it is 57.3 times too large, 180/pi"),
        (RIGHT * np.log(10), "it is 2.303 times too large, ln 10"),
        (np.roll(RIGHT, 2), "the values are right, in another order"),
        (RIGHT[::-1], "read from its end, it would be right"),
        (np.r_[0, RIGHT[:-1]], "each value stands one place too late"),
        (np.r_[RIGHT[1:], 0], "each value stands one place too early"),
        (RIGHT[1:], "the rest is right, the first is missing"),
        (np.r_[RIGHT, 1.0], "the rest is right, the last is one too many"),
        (np.trunc(RIGHT), "only the whole part is there"),
        (np.where(np.arange(7) == 6, 0, RIGHT), "all but the last are right"),
        (np.where(np.arange(7) % 5 == 1, 0, RIGHT), "2 of 7 values differ, in rows"),
    ],
)
def test_a_pattern_is_named(value, said):
    """One sentence says what all wrong values have in common."""
    assert told(value).startswith(said)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (TABLE.T, "transposed, it would be right"),
        (TABLE.ravel(), "its values are right, only their shape is not"),
        (np.abs(TABLE) ** 0.5, "raised to the power 2, it would be right"),
        (1 / TABLE, "one over it would be right"),
        (np.log10(TABLE), "10 to its power would be right"),
        (1 - TABLE, "one minus it would be right"),
    ],
)
def test_a_pattern_of_a_table_is_named(value, said):
    """Shapes and functions of the right values are seen as well."""
    assert told(value, TABLE) == said


def test_places_with_a_name_are_named():
    """A mistake that shows at ties alone is told so."""
    ties = np.arange(7) % 2 == 0
    wrong = np.where(np.arange(7) == 2, 0, RIGHT)
    assert told(wrong, where={"at ties": ties}) == "only at ties do they differ"


@pytest.mark.parametrize(
    ("value", "right", "said"),
    [
        (1.00004 * RIGHT, RIGHT, "every value is 1.00004 times what it should be"),
        (np.full(3, 1e-5), np.zeros(3), ""),  # its square is nearly 0 too
        (7e-11, 1e-3, ""),  # and so is the whole part of anything small
        ([0.0, 3.0, 3.0], np.full(3, 3.0), "all but the first are right"),
    ],
)
def test_what_is_near_by_chance_is_not_named(value, right, said):
    """Numbers near 0, near 1 or all alike fit many a pattern."""
    assert told(value, right) == said


@pytest.mark.parametrize("value", [0.83, 1.37])
def test_a_single_number_without_a_pattern_is_only_shown(value):
    """Any number is some factor of any other: that is no evidence."""
    assert told(value, 1.21) == ""


def test_rounding_is_not_called_cutting():
    """Of 0.6, 0.2 and 0.8 the whole parts are zeros, rounded they are not."""
    said = told(np.array([1.0, 0.0, 1.0]), np.array([0.6, 0.2, 0.8]))
    assert said.startswith("rounded to whole numbers")


def test_zeros_are_not_called_whole_parts():
    """Where all that should be there is small, its whole part is no evidence."""
    assert told(np.zeros(3), np.array([0.2, 0.3, 0.1])) == ""


def test_zeros_are_not_called_one_minus_ones():
    """Where nothing but zeros should be there, ones are wrong in no special way."""
    assert told(np.ones((2, 2)), np.zeros((2, 2))) != "one minus it would be right"


def test_next_to_nothing_is_not_turned_into_one():
    """One minus nothing is 1, and so is 10 to its power: that is no evidence."""
    assert told(np.array(3e-12), np.array(1.0)) == ""


def test_noise_is_not_given_a_cause():
    """Where nothing is seen the count is all that is said."""
    noise = np.random.default_rng(0).normal(size=7)
    assert told(noise) == ""


def test_a_known_mistake_is_told_before_what_is_seen():
    """The author's question names the cause; the pattern only its trace."""
    assert told(2 * RIGHT, mistakes={"is it doubled?": 2 * RIGHT}) == "is it doubled?"


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_the_tolerance_follows_the_precision_that_came_in(dtype):
    """What single precision rounds is right; a real mistake of that size is not."""
    right = RIGHT / 7
    expect_close(right.astype(dtype), right, "It", rtol=1e-9, atol=0)
    with pytest.raises(NotHeld):
        expect_close(right.astype(dtype).astype(float), right, "It", rtol=1e-9, atol=0)


@pytest.mark.parametrize(
    ("what", "verb"),
    [
        ("The predictions", "are"),
        ("The half-width of the intervals", "is"),
        ("The slope and the intercept", "are"),
        ("The loss", "is"),
        ("The bias", "is"),
        ("design_matrix of 7 records", "is"),
        ("The weights", "are"),
    ],
)
def test_verbs_agree_with_what_is_named(what, verb):
    """One thing is, several are."""
    assert is_or_are(what) == verb


def test_another_kind_of_value_is_named_with_its_length():
    """A tuple where numbers were asked says how long it is."""
    with pytest.raises(NotHeld, match="are a tuple of length 2 and should be numbers"):
        expect_close(([1, 2], [3]), [0, 1], "The rows")


def test_another_error_than_the_one_asked_for_carries_what_was_asked():
    """The verdict names the line that stopped, and what it should have raised."""
    with pytest.raises(ZeroDivisionError) as caught:
        expect_error(lambda: 1 / 0, "A negative depth")
    assert caught.value.__notes__ == ["A negative depth should raise a ValueError"]


@pytest.mark.parametrize("folder", ["site-packages", "dist-packages"])
def test_a_library_is_known_wherever_it_is_installed(folder, tmp_path):
    """Of the user, of the system or of another environment: no student mends it."""
    from mlearth.checks.blame import is_library

    assert is_library(str(tmp_path / folder / "numpy" / "linalg.py"))
    assert not is_library(str(tmp_path / "work" / "clustering.py"))
