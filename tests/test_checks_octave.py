"""A student's MATLAB function is run in GNU Octave, or the check waits."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from mlearth.checks import octave, octave_numbers
from mlearth.checks.blame import blame
from mlearth.checks.expect import NotGiven, NotHeld, Waits

needs_octave = pytest.mark.needs("octave")
TWICE = "function y = twice(x)\n{}\nend\n"


def numbers(text, folder, calls=("[1, 2; 3, 4]", "0.5")):
    """What twice.m gives, standing in a folder beside the checks."""
    (folder / "twice.m").write_text(TWICE.format(text))
    check_file = str(folder / "check_twice.py")
    return octave_numbers(SimpleNamespace(), check_file, "twice", calls)


@needs_octave
def test_numbers_come_back_column_by_column(tmp_path):
    """Of every call, in the order of the calls, however odd the folder's name."""
    folder = tmp_path / "it's here"
    folder.mkdir()
    assert numbers("y = 2 * x;", folder) == [2, 6, 4, 8, 1]


@needs_octave
def test_a_solution_under_proof_is_a_text():
    """It needs no file, and what it prints is kept."""
    student = SimpleNamespace(TWICE_M="\n" + TWICE.format("y = 2 * x;"))
    for _ in range(2):
        assert octave_numbers(student, "nowhere/check.py", "twice", ["4"]) == [8]


@needs_octave
def test_several_outputs_follow_one_another(tmp_path):
    """Of each call all that are asked for, whether rows or columns."""
    text = "function [y, z] = twice(x)\ny = 2 * x;\nz = [x, 1];\nend\n"
    (tmp_path / "twice.m").write_text(text)
    check_file = str(tmp_path / "check_twice.py")
    asked = SimpleNamespace(), check_file, "twice", ["3", "5"]
    assert octave_numbers(*asked, n_outputs=2) == [6, 3, 1, 10, 5, 1]


def test_a_remark_does_not_make_a_starter_of_an_answer(tmp_path, monkeypatch):
    """Only the line that a starter ends with says that nothing is written."""
    monkeypatch.setattr(octave.shutil, "which", lambda name: None)
    with pytest.raises(Waits):
        numbers("% not written yet: the other cases\ny = 2 * x;", tmp_path)


@needs_octave
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("y = nothing_of_that_name;", "twice.m stops: 'nothing_of_that_name' undefin"),
        ("while true; end", "twice.m is not done after 3 s: is a loop without end?"),
    ],
)
def test_what_goes_wrong_is_told(tmp_path, monkeypatch, text, words):
    """An error and an endless loop: each in one sentence."""
    monkeypatch.setattr(octave, "SECONDS", 3)
    with pytest.raises(NotHeld) as told:
        numbers(text, tmp_path)
    assert words in str(told.value)


@needs_octave
def test_a_missing_file_is_told(tmp_path):
    """Whoever deleted the starter is not told that something is undefined."""
    check_file = str(tmp_path / "check_twice.py")
    with pytest.raises(NotHeld, match=r"There is no file twice\.m in "):
        octave_numbers(SimpleNamespace(), check_file, "twice", ["1"])


def test_a_starter_is_not_written_yet(tmp_path, monkeypatch):
    """The verdict is the one that a Python function gets, with Octave or without."""
    monkeypatch.setattr(octave.shutil, "which", lambda name: None)
    with pytest.raises(NotImplementedError) as told:
        numbers("error('not written yet');", tmp_path)
    outcome = blame(told.value, None, tmp_path / "check_twice.py")
    assert outcome["status"] == "unwritten"


def test_without_octave_the_check_waits(tmp_path, monkeypatch):
    """Whoever has no Octave is told how to get it, and has not failed."""
    monkeypatch.setattr(octave.shutil, "which", lambda name: None)
    with pytest.raises(Waits) as told:
        numbers("y = 2 * x;", tmp_path)
    outcome = blame(told.value, None, Path("check_twice.py"))
    assert outcome["status"] == "waits"
    assert "apt install octave" in outcome["found"]


def test_a_notebook_is_not_asked_for_a_file(tmp_path):
    """Python functions are given there: a claim about the MATLAB file is not asked."""
    student = SimpleNamespace(_given=["mean_depth"])
    with pytest.raises(NotGiven, match=r"twice\.m, which is checked with the file"):
        octave_numbers(student, str(tmp_path / "check_twice.py"), "twice", ["1"])
