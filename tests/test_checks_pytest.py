"""`pytest exercises/<name>` and `python -m mlearth.checks` as a student runs them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from planted_exercise import SOLUTION, contents, plant, write

ROOT = Path(__file__).parents[1]
BAD_SUM = "def mean_depth(d):\n    return d.sum()\n"


@pytest.fixture
def depths(tmp_path):
    """Plant an exercise in a tree with the book's own pytest settings."""
    exercise = plant(tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "exercises" / "conftest.py", tmp_path / "exercises")
    return exercise


def run(*arguments, cwd) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def run_pytest(*arguments, cwd) -> subprocess.CompletedProcess:
    return run("pytest", "-p", "no:cacheprovider", *arguments, cwd=cwd)


def test_a_right_answer_exits_with_zero(depths):
    """The solution passes, and the file that was checked is named."""
    done = run_pytest("exercises/depths", cwd=depths.root)
    assert done.returncode == 0, done.stdout
    assert "exercises/depths/depths.py: All 3 claims hold." in done.stdout


def test_a_wrong_answer_is_worded_without_a_traceback(depths):
    """CLAIM, FOUND and READ, and nothing of pytest's inside."""
    write(depths.student_file, BAD_SUM)
    done = run_pytest("exercises/depths", cwd=depths.root)
    assert done.returncode == 1
    assert "CLAIM   The mean of 2 km and 4 km is 3 km." in done.stdout
    assert "FOUND   The mean of 2 km and 4 km is 6 km and should be" in done.stdout
    assert 'READ    Depths of earthquakes, "How deep is deep?"' in done.stdout
    for noise in ("Traceback", "Error", "assert", "def test_", "check_depths.py:"):
        assert noise not in done.stdout.replace("check_depths.py::", "")
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", [["exercises/depths"], ["exercises"]])
def test_a_conftest_beside_an_answer_is_refused(depths, arguments):
    """It would run in pytest's own process, before any check."""
    write(depths.student_file, BAD_SUM)
    forged = (
        "import pytest\n\n@pytest.hookimpl(tryfirst=True)\n"
        "def pytest_runtest_makereport(item, call):\n    call.excinfo = None\n"
    )
    write(depths.folder / "conftest.py", forged)
    done = run_pytest(*arguments, cwd=depths.root)
    assert done.returncode == 4
    assert "exercises/depths/conftest.py belongs to no exercise" in (
        done.stdout + done.stderr
    )


def test_a_starter_is_not_written_yet_and_the_rest_waits(depths):
    """One claim is not written yet, the others wait, and the exit code is not zero."""
    unwritten = "    raise NotImplementedError('not written yet')\n"
    write(depths.student_file, f"def mean_depth(d):\n{unwritten}")
    done = run_pytest("exercises/depths", cwd=depths.root)
    assert done.returncode == 1
    assert "FOUND   not written yet" in done.stdout
    assert "1 is not written yet" in done.stdout


@pytest.mark.parametrize(
    ("folder", "arguments"),
    [
        (".", ["exercises/depths/check_depths.py::test_1_mean_of_two"]),
        ("exercises/depths", []),
        ("exercises", ["depths"]),
        ("book", ["../exercises/depths"]),
        ("/", ["{root}/exercises/depths"]),
    ],
)
def test_it_works_from_any_folder(depths, folder, arguments):
    """Whatever the working directory, the same file gets the same verdict."""
    write(depths.student_file, BAD_SUM)
    arguments = [text.format(root=depths.root) for text in arguments]
    done = run_pytest(*arguments, cwd=depths.root / folder)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "is 6 km and should be" in done.stdout


def test_pytest_never_runs_the_students_file_itself(depths):
    """Not even --doctest-modules imports it: what ends Python ends a child only."""
    write(depths.student_file, "import os\nos._exit(7)\n")
    write(depths.folder / "numpy.py", "raise SystemExit('shadowed')\n")
    before = contents(depths.folder)
    done = run_pytest(cwd=depths.folder)
    assert done.returncode == 1
    assert "ended Python itself (exit code 7)" in done.stdout
    assert contents(depths.folder) == before


def test_another_python_is_told_which_one_to_use(depths):
    """A pytest without the package says so in one sentence."""
    code = "import sys; sys.modules['mlearth'] = None; import pytest; pytest.main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=depths.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "This Python cannot import mlearth" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_the_commands_check_and_reset(depths):
    """`check` prints the report, `reset` writes a starter and keeps what was there."""
    done = run("mlearth.checks", "check", "depths", cwd=depths.folder)
    assert done.returncode == 0
    assert "All 3 claims hold." in done.stdout
    done = run("mlearth.checks", "reset", "depths", cwd=depths.folder)
    assert done.returncode == 0
    assert "is kept in depths." in done.stdout
    (kept,) = depths.folder.glob("*.backup.py")
    assert kept.read_text() == SOLUTION
    done = run("mlearth.checks", "check", "depths", cwd=depths.folder)
    assert done.returncode == 1
    assert "not written yet" in done.stdout


def test_an_unknown_exercise_exits_with_one_sentence(tmp_path):
    """A misspelt name is no traceback either."""
    done = run("mlearth.checks", "check", "nonsense", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no exercise 'nonsense'" in done.stderr
    assert "Traceback" not in done.stderr
