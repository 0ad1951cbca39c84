"""Every exercise teaches: right answers pass, and wrong ones are told their mistake."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from prove import needs_tensorflow, prove
from stubs import with_solutions

from mlearth.checks import Exercise
from mlearth.checks.child import Child
from mlearth.checks.reading import sections
from mlearth.checks.starters import starter

ROOT = Path(__file__).parents[1]
EXERCISES = [
    Exercise(path.parent)
    for path in sorted(ROOT.glob("exercises/*/check_*.py"))
    if path.stem == f"check_{path.parent.name}"
]


def cases():
    for one in EXERCISES:
        marks = [pytest.mark.tf] if needs_tensorflow(one) else []
        if "octave" in one.check_file.read_text(encoding="utf-8"):
            marks.append(pytest.mark.needs("octave"))
        yield pytest.param(one, id=one.name, marks=marks)


@pytest.fixture(scope="module")
def child():
    """Serve all right and wrong answers of all exercises with one process."""
    with Child() as child:
        yield child


@pytest.mark.parametrize("exercise", list(cases()))
def test_exercise_is_sound(exercise, child):
    """The starter is the stripped solution and fails every check; right answers pass;
    every wrong answer is told its mistake; every check catches one; the time is kept.
    """
    faults = prove(exercise, child)
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.name)
def test_every_section_to_read_exists(exercise):
    """Each label that a check points to stands before a heading of the book."""
    missing = set(exercise.labels) - set(sections(ROOT))
    assert not missing, f"no heading of book/ has the labels {sorted(missing)}"


def test_every_solution_has_its_exercise():
    """No solution is left without a task, and no folder without checks."""
    names = {one.name for one in EXERCISES}
    assert {one.name for one in with_solutions(ROOT)} == names
    folders = [path for path in (ROOT / "exercises").iterdir() if path.is_dir()]
    assert {path.name for path in folders if path.name[0] not in "._"} == names


def test_pytest_shows_a_starter_as_not_written_yet(tmp_path):
    """`pytest exercises/linear_regression` on the book's own exercise."""
    shutil.copytree(
        ROOT / "exercises" / "linear_regression",
        tmp_path / "exercises" / "linear_regression",
    )
    shutil.copy(ROOT / "exercises" / "conftest.py", tmp_path / "exercises")
    exercise = Exercise(tmp_path / "exercises" / "linear_regression")
    text = starter(Exercise(ROOT / "exercises" / "linear_regression"))
    exercise.student_file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "exercises"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 failed, 12 waiting" in done.stdout, done.stdout + done.stderr
