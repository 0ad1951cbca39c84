"""The last verdict of each exercise is kept on one's own machine, and listed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from planted_exercise import GOOD_MEAN, GOOD_RANGE, SOLUTION, plant, write

import mlearth
from mlearth.checks import progress
from mlearth.checks.__main__ import main

NOT_WRITTEN = SOLUTION.replace("# BEGIN SOLUTION", "raise NotImplementedError").replace(
    "    return float", "    # return float"
)


@pytest.fixture
def depths(tmp_path, monkeypatch):
    """The exercise "depths", from whose root everything is run."""
    monkeypatch.chdir(tmp_path)
    return plant(tmp_path)


def line(start):
    """What is said of "depths", without the date."""
    said = str(progress(start)).splitlines()
    (found,) = [one for one in said if one.startswith("depths ")]
    words, _, since = found.removeprefix("depths").strip().partition(" (")
    return words + (", changed since" if "changed since" in since else "")


def functions(*sources):
    """Functions as a notebook defines them."""
    names = {}
    for source in sources:
        exec(source, names)
    return {k: v for k, v in names.items() if k in ("mean_depth", "depth_range")}


def test_what_was_never_checked_is_said(depths, tmp_path):
    """An exercise without a verdict is listed all the same."""
    assert line(tmp_path) == "not checked yet"


@pytest.mark.parametrize(
    ("student", "said"),
    [
        (SOLUTION, "all 3 claims hold"),
        (SOLUTION.replace("np.sum(depth_km) /", "np.sum(depth_km) + 0 *"), "1 of 3"),
        (NOT_WRITTEN, "not written yet"),
        ("import nothing_of_that_name\n", "0 of 3 claims hold"),
    ],
    ids=["right", "a wrong mean", "a starter", "no import"],
)
def test_the_last_verdict_is_kept(depths, tmp_path, student, said):
    """It says how many claims hold, and tells a starter from a failure."""
    write(depths.student_file, student)
    mlearth.check("depths")
    assert line(tmp_path).startswith(said)


def test_a_file_that_changed_since_is_told(depths, tmp_path):
    """A verdict is about one text of the file, and the next check forgets it."""
    mlearth.check("depths")
    write(depths.student_file, GOOD_MEAN)
    assert line(tmp_path) == "all 3 claims hold, changed since"
    mlearth.check("depths")
    assert line(tmp_path) == "2 of 3 claims hold"


def test_a_function_of_a_notebook_counts_for_its_claims_alone(depths, tmp_path):
    """Claims on other functions keep the verdict that they had."""
    mlearth.check("depths", **functions(GOOD_MEAN))
    assert line(tmp_path) == "2 of 3 claims hold"
    mlearth.check("depths", **functions(GOOD_RANGE))
    assert line(tmp_path) == "all 3 claims hold"
    mlearth.check("depths", **functions(GOOD_RANGE.replace("max", "min")))
    assert line(tmp_path) == "2 of 3 claims hold"


def test_pytest_keeps_its_verdicts_too(depths, tmp_path):
    """However one checks, the verdict is kept; one claim alone replaces itself."""
    write(
        tmp_path / "exercises/conftest.py", "from mlearth.checks.pytest_plugin import *"
    )
    command = [sys.executable, "-P", "-m", "pytest", "-q", "exercises/depths"]
    subprocess.run([*command, "-k", "test_3"], cwd=tmp_path, check=True)
    assert line(tmp_path) == "1 of 3 claims hold"
    subprocess.run(command, cwd=tmp_path, check=True)
    assert line(tmp_path) == "all 3 claims hold"


def test_the_order_is_that_of_the_book(depths, tmp_path, capsys):
    """The table of contents orders; the last line counts."""
    for name in ("arrivals", "zones"):
        folder = tmp_path / "exercises" / name
        write(folder / f"check_{name}.py", depths.check_file.read_text())
        write(folder / f"{name}.py", SOLUTION)
    write(tmp_path / "_toc.yml", "- file: book/zones\n- file: book/depths\n")
    mlearth.check("depths")
    assert main(["progress"]) == 0
    said = capsys.readouterr().out.splitlines()
    own = [one.split()[0] for one in said if one.split()[:1] != []]
    assert own[:3] == ["zones", "depths", "arrivals"]
    assert said[-1].startswith("1 of ")
    assert repr(mlearth.progress()) == "\n".join(said)


@pytest.mark.parametrize("kept", ["", "[1]", '{"claims": {}}', "not JSON"])
def test_a_spoilt_record_counts_as_none(depths, tmp_path, kept):
    """What cannot be read is no error: check again."""
    write(tmp_path / "exercises/.verdicts/depths.json", kept)
    assert line(tmp_path) == "not checked yet"
    mlearth.check("depths")
    assert line(tmp_path) == "all 3 claims hold"


def test_a_folder_that_cannot_be_written_costs_no_verdict(depths, tmp_path):
    """The verdict is given, and nothing is kept."""
    write(tmp_path / "exercises/.verdicts", "a file where the folder would be")
    assert mlearth.check("depths").passed
    assert line(tmp_path) == "not checked yet"


def test_the_record_holds_no_more_than_it_says(depths, tmp_path):
    """Claims, a date and a fingerprint of the file: nothing of what was written."""
    mlearth.check("depths")
    text = (tmp_path / "exercises/.verdicts/depths.json").read_text()
    assert set(json.loads(text)) == {"file", "on", "claims"}
    assert "mean_depth(" not in text


def test_git_ignores_the_verdicts():
    """They are one's own, and no change of the book."""
    ignored = (Path(__file__).parents[1] / ".gitignore").read_text("utf-8")
    assert "exercises/.verdicts/" in ignored.splitlines()
