"""One validator with one wording: the argument, what is accepted, what came."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from obspy import UTCDateTime

from mlearth import _arguments as arguments
from mlearth._arguments import check_places
from mlearth._geodesy import chord, unit_vectors

MASKED = np.ma.array([1.0, 2.0], mask=[False, True])
NAIVE = pd.to_datetime(["2020-01-01", "2020-01-02"])
ZONED = pd.Series(NAIVE.tz_localize("Europe/Rome"))


def refused(check, *values, **options):
    """Return what is said of values that a check refuses."""
    with pytest.raises(ValueError, match=r"it must be .*, got ") as caught:
        check("it", *values, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    "value",
    [True, np.True_, "3", None, math.nan, math.inf, 3j, [3], Decimal(3)],
)
def test_no_number_passes_as_one(value):
    """What only looks like a number is refused, by every check of a number."""
    for check in (arguments.check_number, arguments.check_count):
        assert refused(check, value)
    assert refused(arguments.check_number, 10**400)


def test_numbers_of_any_type_come_back_plain():
    """NumPy's and Python's numbers are accepted and come back as Python's."""
    for value in (3, 3.0, np.float32(3), np.int16(3), Fraction(3)):
        assert repr(arguments.check_number("it", value)) == "3.0"
    assert repr(arguments.check_count("it", np.int64(3))) == "3"


@pytest.mark.parametrize(
    ("bounds", "inside", "outside"),
    [
        ({"above": 0}, 1e-9, 0),
        ({"least": 0}, 0, -1e-9),
        ({"below": 1}, 0.999, 1),
        ({"most": 1}, 1, 1.001),
    ],
)
def test_a_bound_is_kept_to_its_end(bounds, inside, outside):
    """`above` and `below` exclude their end, `least` and `most` include it."""
    assert arguments.check_number("it", inside, **bounds) == inside
    assert refused(arguments.check_number, outside, **bounds)
    assert arguments.check_vector("it", [inside], **bounds) == inside
    assert refused(arguments.check_vector, [inside, outside], **bounds)


def test_counts_choices_flags_and_words():
    """Each says what it accepts."""
    assert "from 2 to 5, got 6" in refused(arguments.check_count, 6, least=2, most=5)
    assert "one of 'a', 'b', got 'c'" in refused(arguments.check_choice, "c", "ab")
    assert "one of 1, 2, got True" in refused(arguments.check_choice, True, (1, 2))
    assert "got ['a']" in refused(arguments.check_choice, ["a"], ("a", "b"))
    assert "True or False, got 1" in refused(arguments.FLAG.check, 1)
    assert "not empty, got ' '" in refused(arguments.check_word, " ")
    assert "got -1" in refused(arguments.check_seed, -1)
    assert arguments.check_seed("it", 5).random() == np.random.default_rng(5).random()


@pytest.mark.parametrize(
    ("values", "came"),
    [
        (["1", "2"], "got text"),
        ([1.0, "2"], "got text"),
        ([b"1"], "got bytes"),
        ([True, False], "got True and False"),
        (np.array([1.0, True], dtype=object), "got a bool"),
        ([1j], "got complex numbers"),
        (pd.to_datetime(["2020-01-01"]), "got times"),
        (ZONED, "got a Timestamp"),
        (pd.to_timedelta(["1 s"]), "got durations"),
        ([[1, 2], [3]], "got rows of different lengths"),
        (MASKED, "got 1 masked"),
        ([1, math.nan], "got 1 NaN of 2 values, the first in row 1"),
        ([1, None], "got 1 NaN"),
        (pd.Series([1, None], dtype="Int64"), "got 1 NaN"),
        ([math.inf], "1 infinite or larger"),
        ([1e200], "1 infinite or larger"),
        ([10**400], "1 infinite or larger"),
        ([], "got an empty sequence"),
        (3.0, "got shape ()"),
        ([[1.0]], "got shape (1, 1)"),
    ],
)
def test_what_is_no_vector_of_numbers_is_refused(values, came):
    """NumPy would turn some of these into numbers in silence."""
    assert came in refused(arguments.check_vector, values)


def test_missing_values_pass_where_they_are_accepted():
    """NaN, None, NA and masked values become NaN; infinity does not pass."""
    for values in (
        [1, None],
        MASKED,
        pd.Series([1, pd.NA], dtype="Int64"),
        [1, math.nan],
    ):
        array = arguments.check_vector("it", values, missing=True)
        np.testing.assert_equal(array, [1.0, math.nan])
    assert refused(arguments.check_vector, [math.inf], missing=True)


def test_a_checked_array_is_a_fresh_one():
    """Whoever edits the result does not edit what the caller holds."""
    given = np.array([1.0, 2.0])
    arguments.check_vector("it", given)[0] = 9
    arguments.check_matrix("it", given[:, None])[0] = 9
    assert given.tolist() == [1.0, 2.0]


def test_lengths_and_shapes_are_named():
    """A wrong length says whose length it should be."""
    said = refused(arguments.check_vector, [1, 2], length=3, of="depth_km")
    assert said == "it must be 3 values, one for each of depth_km, got 2"
    assert "shape (n, 2)" in refused(arguments.check_matrix, [[1, 2, 3]], columns=2)
    assert "got shape (2,)" in refused(arguments.check_matrix, [1, 2])
    assert "got shape (0, 2)" in refused(arguments.check_matrix, np.empty((0, 2)))
    mixed = pd.DataFrame({"a": [1.5], "b": [True]})
    assert arguments.check_matrix("it", mixed).tolist() == [[1.5, 1.0]]


def test_a_truth_is_zeros_and_ones():
    """Numbers and truth values are accepted, a third value is not."""
    assert arguments.check_truth("it", [True, False]).tolist() == [1, 0]
    assert "got 0, 2" in refused(arguments.check_truth, [0, 2])


@pytest.mark.parametrize(
    "labels",
    [
        [1, "1"],
        ["a", None],
        ["a", math.nan],
        np.array(["a", math.nan]),
        pd.Series(["a", None]),
        [1.0, math.nan],
        np.array([1.0, math.nan]),
        np.ma.array(["a", "b"], mask=[True, False]),
        [],
        [["a"]],
        "abc",
        3,
    ],
)
def test_labels_are_of_one_kind_and_complete(labels):
    """Labels of two kinds, or with a gap, are no labels."""
    assert refused(arguments.check_labels, labels)


def test_codes_number_labels_as_they_appear():
    """Codes count from 0 in the order of the labels."""
    codes, names = arguments.check_codes("it", pd.Series(["b", "a", "b"]))
    assert (codes.tolist(), names.tolist()) == ([0, 1, 0], ["b", "a"])


def test_columns_of_one_table_have_one_index():
    """Pandas columns are matched by index; NumPy's have none to match."""
    y = pd.Series([1.0, 2.0], index=[5, 9])
    arguments.check_same_rows(X=y.to_frame(), y=y, w=np.ones(2), groups=None)
    with pytest.raises(ValueError, match="y must be a column with the index of X"):
        arguments.check_same_rows(X=y.to_frame(), y=y.reset_index(drop=True))
    with pytest.raises(ValueError, match="y must be one value for each row, got 3"):
        arguments.check_same_rows(X=y.to_frame(), y=3)
    with pytest.raises(ValueError, match="y must be 2 rows, as many as X, got 1"):
        arguments.check_same_rows(X=y.to_frame(), y=[1.0])


def test_times_have_no_zone():
    """Times come in any of the usual types, in UTC and without saying so."""
    for given in (NAIVE, pd.Series(NAIVE), NAIVE.to_numpy(), list(NAIVE)):
        found = arguments.check_times("it", given)
        assert found.tolist() == NAIVE.to_numpy("datetime64[ns]").tolist()
    assert arguments.check_times("it", [UTCDateTime(2020, 1, 1)])[0] == found[0]
    assert "Europe/Rome" in refused(arguments.check_times, ZONED)


@pytest.mark.parametrize("times", [[2019, 2020], ["2020-01-01"], [pd.NaT], [None], []])
def test_what_is_no_time_is_refused(times):
    """2019 is not 2019 nanoseconds after 1970, and text has to be read first."""
    assert refused(arguments.check_times, times)


def test_what_would_exhaust_memory_is_refused():
    """The argument that asks for too much is named before it is allocated."""
    assert "got 1e-09: it needs 8e+09" in refused(arguments.check_room, 1e-9, 8e9)
    arguments.check_room("it", 0.1, 1e6)


def test_places_are_on_the_globe():
    """Degrees out of range are refused, under the name that the caller gives."""
    with pytest.raises(ValueError, match="latitude_deg must be numbers >= -90"):
        check_places([91], [0], unit="_deg")
    with pytest.raises(ValueError, match="longitude must be 1 values, one for each of"):
        check_places([1], [0, 1])


def test_chords_and_unit_vectors_agree():
    """The chord of a distance is the distance of the unit vectors that far apart."""
    points = unit_vectors(np.array([0.0, 0.0]), np.array([170.0, -100.0]))
    quarter = np.pi / 2 * 6371.0
    assert np.linalg.norm(points[0] - points[1]) == pytest.approx(chord(quarter))
    assert chord(1e9) == 2.0


@arguments.checked(also=lambda X, w=None: arguments.check_count("w", w or 1))
def weighed(X: arguments.Matrix, w: arguments.CountOrZero | None = None):
    return X


@pytest.mark.parametrize(
    ("given", "named", "words"),
    [
        ((), {}, "missing 1 required positional argument: 'X'"),
        (([[1.0]], 1, 2), {}, "takes from 1 to 2 positional arguments but 3 were"),
        (([[1.0]],), {"X": 1}, "multiple values for argument 'X'"),
        (([[1.0]],), {"v": 1}, "unexpected keyword argument 'v'"),
    ],
)
def test_a_checked_function_is_called_as_any_other(given, named, words):
    """Python's own errors stay, and the function is of its module for doctest."""
    with pytest.raises(TypeError, match=words):
        weighed(*given, **named)
    assert weighed.__globals__ is globals()


def test_a_method_that_has_checked_its_data_is_trusted():
    """In a trusting method checks are left out, and come back after an error."""

    def fit(X):
        assert weighed(X) is X
        raise KeyError

    with pytest.raises(KeyError):
        arguments.trusting(fit)("no matrix")
    with pytest.raises(ValueError, match="X must be numbers, got text"):
        weighed("no matrix")
    with pytest.raises(ValueError, match="w must be a whole number >= 0 or None"):
        weighed([[1.0]], -1)
