"""A function that changes what it was given is told so, however it was given."""

import numpy as np
import pandas as pd
import pytest

from mlearth.checks.expect import NotHeld
from mlearth.checks.student import Student


def numbers():
    return np.array([3.0, np.nan, 5.0])


def table():
    return pd.DataFrame({"depth_km": [3.0, np.nan, 5.0]})


CHANGED = {  # what is passed as x, and the line that changes it
    "float64 through asarray": (numbers, "y = np.asarray(x, dtype=float); y -= 1"),
    "one element": (numbers, "x[2] = 6.0"),
    "a row through a view": (lambda: np.zeros((2, 2)), "row = x[0]; row += 1"),
    "sorted": (lambda: np.array([2.0, 1.0]), "x.sort()"),
    "NaN filled": (numbers, "np.nan_to_num(x, copy=False)"),
    "reshaped": (lambda: np.arange(4), "x.resize((2, 2))"),
    "integers": (lambda: np.arange(3), "x *= 2"),
    "array in a list": (lambda: [numbers(), 1], "x[0] -= 1"),
    "array in a tuple": (lambda: (numbers(), 1), "y = x[0]; y -= 1"),
    "array in a dict": (lambda: {"a": numbers()}, "x['a'] -= 1"),
    "array deep inside": (lambda: [{"a": (numbers(),)}], "x[0]['a'][0][0] = 0"),
    "array replaced by another": (lambda: {"a": numbers()}, "x['a'] = x['a'] + 1"),
    "array replaced by text": (lambda: [numbers()], "x[0] = ''"),
    "table replaced by a number": (lambda: [table()], "x[0] = 1"),
    "list replaced by a number": (lambda: {"a": [1]}, "x['a'] = 1"),
    "dict replaced by a list": (lambda: [{"a": 1}], "x[0] = ['a', 1]"),
    "list longer": (lambda: [1, 2], "x.append(3)"),
    "list shorter": (lambda: [1, 2], "x.pop()"),
    "list in another order": (lambda: [2, 1], "x.sort()"),
    "list in a tuple": (lambda: ([1], 2), "x[0].append(3)"),
    "dict with a new key": (lambda: {"a": 1}, "x['b'] = 2"),
    "dict without a key": (lambda: {"a": 1}, "del x['a']"),
    "dict with another key": (lambda: {"a": 1}, "x['b'] = x.pop('a')"),
    "table with a new column": (table, "x['id'] = 1"),
    "table in a list": (lambda: [table()], "x[0].loc[0, 'depth_km'] = 0"),
    "series": (lambda: pd.Series([2.0, 1.0]), "x.iloc[0] = 0"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_changed_argument_is_told(name):
    """By place and by name, the verdict tells the argument and asks for a copy."""
    build, line = CHANGED[name]
    names = {"np": np}
    exec(f"def f(x):\n    {line}\n    return 1\n", names)
    student = Student(names, "depths.py")
    for call in (lambda: student.f(build()), lambda: student.f(x=build())):
        with pytest.raises(NotHeld) as told:
            call()
        sentence = "`f` changes its argument `x` in place: does it work on a copy?"
        assert str(told.value) == sentence


UNCHANGED = {
    "numbers": numbers,
    "table": table,
    "series with NaN": lambda: pd.Series([1.0, np.nan], name="depth_km"),
    "everything at once": lambda: [
        (numbers(), {"a": [table(), None, "text", 2.5]}, np.float64(3)),
        {("key", 1): np.array(["a", None], dtype=object), 2: {1, 2}},
        np.ma.masked_invalid(numbers()),
        np.random.default_rng(0),
    ],
}


@pytest.mark.parametrize("name", UNCHANGED)
def test_a_function_that_only_reads_is_not_accused(name):
    """Arrays, tables and all that holds them compare equal to themselves, with NaN."""
    assert Student({"f": lambda x: repr(x)}, "depths.py").f(UNCHANGED[name]())


def test_work_on_a_copy_is_not_accused():
    """What is made inside of the function is its own."""
    student = Student({"f": lambda x: np.array(x, dtype=float).sort() or x}, "a.py")
    assert student.f(np.array([3.0, 1.0])).tolist() == [3.0, 1.0]


def test_it_is_the_argument_that_changed_that_is_named():
    """Not the first one, and not the one that it was changed by."""

    def f(x, y):
        y += x
        return y

    with pytest.raises(NotHeld, match="argument `y` in place"):
        Student({"f": f}, "depths.py").f(np.ones(2), np.ones(2))
