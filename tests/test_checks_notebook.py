"""Self-checks of functions that a student defined in a notebook."""

import contextlib
import linecache
from io import StringIO

import numpy as np
import pytest
from planted_exercise import GOOD_MEAN, GOOD_RANGE, plant

import mlearth


def notebook(source: str, name: str = "ipykernel_1/42.py") -> dict:
    """Run a cell as a notebook would, and return its names."""
    names = {"__name__": "__main__", "np": np}
    linecache.cache[name] = len(source), None, source.splitlines(True), name
    exec(compile(source, name, "exec"), names)
    return names


@pytest.fixture
def depths(tmp_path, monkeypatch):
    """Plant the exercise "depths" and stand beside it."""
    monkeypatch.chdir(tmp_path)
    return plant(tmp_path)


def test_functions_of_a_notebook_travel_with_their_helpers(depths):
    """Helpers, constants, closures and classes of a notebook come along."""
    cell = (
        "HALF = 0.5\n"
        "class Total:\n    def of(self, d):\n        return sum(d)\n"
        "def share(d):\n    return HALF * 2 * Total().of(d)\n"
        "def make(n):\n    def mean_depth(d):\n        return share(d) / len(d) * n\n"
        "    return mean_depth\n"
        "mean_depth = make(1)\n"
    )
    names = notebook(cell + GOOD_RANGE)
    report = mlearth.check(
        "depths", mean_depth=names["mean_depth"], depth_range=names["depth_range"]
    )
    assert report.passed, report
    assert "`mean_depth`, `depth_range`" in repr(report)


def test_a_notebook_function_is_checked_while_the_file_is_a_starter(depths):
    """Only what is given is checked, no other claim is told; the file is not read."""
    depths.student_file.write_text("raise SystemExit\n")
    report = mlearth.check("depths", mean_depth=notebook(GOOD_MEAN)["mean_depth"])
    assert [one.status for one in report.verdicts] == ["holds", "holds"]
    assert report.passed
    assert "waits" not in repr(report)
    assert "Not asked: 1 claim about another function." in repr(report)


def test_a_function_without_its_name_gets_a_sentence(depths):
    """The sentence shows what to write."""
    mean_depth = notebook(GOOD_MEAN)["mean_depth"]
    for given in [("depths", mean_depth), (mean_depth,)]:
        with pytest.raises(ValueError, match="mean_depth=mean_depth"):
            mlearth.check(*given)


def test_a_right_answer_with_a_library_passes_in_a_notebook(depths):
    """Its import is nobody's fault, and no file is spoken of."""
    cell = (
        "from sklearn.ensemble import RandomForestRegressor\nfrom scipy import stats\n"
        "def mean_depth(d):\n    RandomForestRegressor()\n    return stats.tmean(d)\n"
    )
    report = mlearth.check("depths", mean_depth=notebook(cell)["mean_depth"])
    assert report.passed, report
    assert "file" not in repr(report)
    assert "NOTE" not in repr(report)


def test_a_notebook_error_quotes_the_cell(depths):
    """A function that stops is told the line of its cell."""
    names = notebook("x = 0\n\ndef mean_depth(d):\n    return d.mean() + missing\n")
    found = mlearth.check("depths", mean_depth=names["mean_depth"]).verdicts[0].found
    assert "at line 4 of your cell, `return d.mean() + missing`" in found
    assert "NameError" in found


def test_a_notebook_loop_ends_in_time(depths):
    """An endless loop of a notebook ends in the child, not in the kernel."""
    names = notebook("def mean_depth(d):\n    while True: pass\n")
    found = mlearth.check("depths", mean_depth=names["mean_depth"]).verdicts[0].found
    assert (
        "`mean_depth` is not done after 1 s and stood at line 2 of your cell" in found
    )


def test_a_notebook_variable_in_place_of_an_argument_is_noted(depths):
    """A function that reads the notebook's data instead of its argument is told."""
    cell = "import numpy as np\ndata = np.array([1.0])\n"
    names = notebook(cell + "def mean_depth(d):\n    return data.mean()\n")
    report = mlearth.check("depths", mean_depth=names["mean_depth"])
    assert "`mean_depth` reads the notebook's variable `data`" in report.note
    assert "NOTE" in repr(report)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("log = open('/dev/null', 'w')\ndef mean_depth(d):\n    log.write('')\n",
         "`log`"),
        ("import threading\nlock = threading.Lock()\ndef help(d):\n    return lock\n"
         "def mean_depth(d):\n    return help(d)\n", "`lock`, a lock"),
        ("def mean_depth(d):\n    return (yield)\nmean_depth = mean_depth(1)\n",
         "must be a function, got generator"),
        ("mean_depth = 3.0\n", "mean_depth=mean_depth, without parentheses"),
    ],
)  # fmt: skip
def test_what_cannot_travel_is_refused_by_name(depths, cell, message):
    """An open file, a lock or a number gets one sentence that names it."""
    names = notebook(cell)
    with contextlib.closing(names.get("log", StringIO())):
        with pytest.raises(ValueError, match="mean_depth") as refusal:
            mlearth.check("depths", mean_depth=names["mean_depth"])
        assert message in str(refusal.value)


def test_a_name_that_the_exercise_does_not_use_is_refused(depths):
    """A function under a wrong name is refused with the right names."""
    with pytest.raises(ValueError, match=r"fit: .*only for mean_depth, depth_range"):
        mlearth.check("depths", fit=len)
