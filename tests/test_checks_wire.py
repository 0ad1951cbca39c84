"""What crosses between the judge and the student arrives as it was sent."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mlearth.checks.wire import Wire


def lend(value):
    raise TypeError(f"{value!r} cannot be written out")


WIRE = Wire(lend, lend)


def sent(value):
    """A value after it has crossed."""
    return WIRE.read(json.loads(json.dumps(WIRE.write(value))))


PLAIN = [
    *(None, True, 3, -(2**70), 0.1, -0.0, 1e308, 2 - 3j, "P\xb0", b"\x00\xff"),
    *([1, [2.0, "a"]], (1, (2,)), {"a": 1, 2: (3,)}, {1, 2}, slice(1, None, 2)),
    *(range(3, 9, 2), datetime(2019, 7, 6, 3, 19), timedelta(hours=2), Path("a/b")),
]


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_plain_values_stay(value):
    """Type and value are the same."""
    assert sent(value) == value
    assert type(sent(value)) in (type(value), type(Path("a")))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_stays(value):
    """JSON knows none of these."""
    assert np.array_equal(sent(value), value, equal_nan=True)


ARRAYS = {
    "float": np.linspace(0, 1, 7).reshape(7, 1),
    "single": np.float32([1, 2.5]),
    "integer": np.arange(6).reshape(2, 3)[:, ::2],
    "Fortran": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    "nothing": np.empty((0, 3)),
    "bool": np.array([True, False]),
    "text": np.array(["a", "bcd"]),
    "dates": np.array(["2019-07-06", "NaT"], dtype="datetime64[s]"),
    "complex": np.array([1 + 2j]),
    "objects": np.array([1, "a", None], dtype=object),
    "no dimension": np.array(3.5),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_arrays_stay(name):
    """Shape, type, order in memory and values."""
    value, there = ARRAYS[name], sent(ARRAYS[name])
    assert (there.shape, there.dtype) == (value.shape, value.dtype)
    np.testing.assert_array_equal(there, value)
    if name == "Fortran":
        assert there.flags.f_contiguous


def test_what_must_not_be_changed_stays_so():
    """An array for reading only is one there too."""
    fixed = np.arange(3.0)
    fixed.flags.writeable = False
    assert not sent(fixed).flags.writeable
    assert sent(np.arange(3.0)).flags.writeable


def test_numbers_of_numpy_stay_numbers_of_numpy():
    """Their precision tells a check how exact they can be."""
    assert type(sent(np.float32(0.1))) is np.float32
    assert type(sent(np.int64(3))) is np.int64


def test_masks_stay():
    """What is masked is not seen there either."""
    there = sent(np.ma.masked_less(np.arange(4), 2))
    assert there.mask.tolist() == [True, True, False, False]


def test_chance_goes_on_where_it_was():
    """A generator draws there what it would have drawn here."""
    rng = np.random.default_rng(5)
    rng.normal(size=3)
    assert sent(rng).normal() == rng.normal()


def test_only_generators_are_made_from_the_state_of_one():
    """A name of another function is not called."""
    written = WIRE.write({"bit_generator": "seed"})
    with pytest.raises(TypeError, match="draws nothing"):
        WIRE.read({"generator": written})


TABLES = {
    "mixed": pd.DataFrame({"m": [1.5, np.nan], "n": [1, 2], "s": ["a", None]}),
    "named rows": pd.DataFrame(
        {"m": [1.0, 2.0]}, index=pd.Index(["x", "y"], name="id")
    ),
    "doubled names": pd.DataFrame([[1, 2]], columns=["a", "a"]),
    "nothing": pd.DataFrame({"a": []}),
    "times": pd.DataFrame({"t": pd.to_datetime(["2019-07-06", None])}),
    "zone": pd.DataFrame({"t": pd.to_datetime(["2019-07-06"]).tz_localize("UTC")}),
    "classes": pd.DataFrame({"c": pd.Categorical(["a", "b", "a"])}),
    "gaps": pd.DataFrame({"n": pd.array([1, None], dtype="Int64")}),
    "two levels": pd.DataFrame(
        {"m": [1.0, 2.0]}, index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)])
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_stay(name):
    """Columns, their types, and the index."""
    pd.testing.assert_frame_equal(sent(TABLES[name]), TABLES[name])


def test_series_stay():
    """With their name and index."""
    value = pd.Series([1.0, 2.0], index=[7, 9], name="depth_km")
    pd.testing.assert_series_equal(sent(value), value)


def test_what_is_no_data_is_not_written_out():
    """A function, a model and a class stay where they are."""
    for value in (len, object(), int):
        with pytest.raises(TypeError):
            WIRE.write(value)
