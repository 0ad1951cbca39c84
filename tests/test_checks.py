"""Self-checks: what a verdict says and where an exercise is found."""

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from planted_exercise import CHECKS, GOOD_MEAN, GOOD_RANGE, SOLUTION, plant, verdicts

import mlearth
from mlearth.checks import expect, expect_close, expect_error, expect_shape
from mlearth.checks.exercise import DEADLINE_S, find_exercise
from mlearth.checks.expect import NotHeld
from mlearth.checks.reading import sections, where_to_read

ROOT = Path(__file__).parents[1]


@pytest.fixture
def depths(tmp_path, monkeypatch):
    """Plant the exercise "depths" and stand beside it."""
    monkeypatch.chdir(tmp_path)
    return plant(tmp_path)


def test_a_failing_check_shows_claim_found_and_reading(tmp_path):
    """The three lines are those of the design, with chapter, section and link."""
    exercise = plant(tmp_path, "def mean_depth(d):\n    return d.sum()\n")
    link = "(book/depths.md#sec-depths)"
    assert str(verdicts(exercise)[0]).splitlines() == [
        "CLAIM   The mean of 2 km and 4 km is 3 km.",
        "FOUND   The mean of 2 km and 4 km is 6 km and should be 3 km: is it the sum?",
        f'READ    Depths of earthquakes, "How deep is deep?" {link}',
    ]


def test_a_report_counts_and_passes_only_when_all_hold(depths):
    """`passed` needs every claim; the text names the file and counts the claims."""
    report = mlearth.check("depths")
    assert report.passed
    assert "exercises/depths/depths.py" in repr(report)
    assert "All 3 claims hold." in repr(report)
    depths.student_file.write_text(GOOD_MEAN)
    report = mlearth.check("depths")
    assert not report.passed
    assert [one.status for one in report.verdicts] == ["holds", "holds", "fails"]
    assert "2 of 3 claims hold, 1 does not." in repr(report)


def test_what_is_not_written_is_told_once_and_waited_for(depths):
    """The first unwritten function is told, later ones wait, waiting is not passing."""
    unwritten = "    raise NotImplementedError('not written yet')\n"
    depths.student_file.write_text(
        f"def mean_depth(d):\n{unwritten}def depth_range(d):\n{unwritten}"
    )
    report = mlearth.check("depths")
    assert [one.status for one in report.verdicts] == ["unwritten", "waits", "waits"]
    assert not report.passed
    assert "0 of 3 claims hold, 1 is not written yet, 2 wait." in repr(report)


def test_a_function_that_is_written_is_checked_before_the_others(depths):
    """A student may begin with the last function: its checks do not wait."""
    depths.student_file.write_text(
        "def mean_depth(d):\n    raise NotImplementedError\n" + GOOD_RANGE
    )
    statuses = [one.status for one in mlearth.check("depths").verdicts]
    assert statuses == ["unwritten", "waits", "holds"]


def test_the_same_sentence_is_told_once(depths):
    """Three checks that stop at the same line give one sentence, and two that wait."""
    depths.student_file.write_text("def mean_depth(d):\n    return x\n" + GOOD_RANGE)
    report = mlearth.check("depths")
    assert [one.status for one in report.verdicts] == ["fails", "waits", "holds"]
    assert report.verdicts[1].found == "for what stops claim 1"
    assert repr(report).count("NameError") == 1


def test_an_exercise_is_found_from_any_folder_below(depths, monkeypatch):
    """The nearest exercises/ above the working directory counts, then the book's."""
    monkeypatch.chdir(depths.folder)
    assert find_exercise("depths").folder == depths.folder
    assert find_exercise("linear_regression").folder == (
        ROOT / "exercises" / "linear_regression"
    )
    monkeypatch.chdir("/")
    assert find_exercise("linear_regression").root == ROOT


def test_an_unknown_exercise_is_refused_with_the_nearest_name():
    """A misspelt name gets a suggestion and the list."""
    with pytest.raises(ValueError, match=r"mean 'linear_regression'.*linear_classif"):
        mlearth.check("linear_regresion")


def test_the_same_verdict_comes_twice(tmp_path):
    """Unseeded random numbers in a student's code do not make a verdict a lottery."""
    source = "import numpy as np\ndef mean_depth(d):\n    return np.random.rand()\n"
    exercise = plant(tmp_path, source)
    assert verdicts(exercise)[0].found == verdicts(exercise)[0].found


def test_claims_and_deadlines_are_read_without_running(tmp_path):
    """Names, claims, labels and deadlines come from the syntax tree alone."""
    exercise = plant(tmp_path, checks="raise SystemExit\n" + CHECKS)
    assert [check.number for check in exercise.checks] == [1, 2, 3]
    assert exercise.checks[2].claim == "Depths from 2 km to 7 km span 5 km."
    assert exercise.checks[0].label == "sec-depths"
    assert exercise.checks[0].deadline_s == 1.0
    assert DEADLINE_S == 5.0
    assert exercise.functions == ("mean_depth", "depth_range")
    assert exercise.labels == ("sec-depths", "sec-range")
    hint = 'expect(False, "x", read="sec-hint")'
    exercise = plant(tmp_path / "other", checks=CHECKS + f"    {hint}\n")
    assert exercise.labels == ("sec-depths", "sec-hint", "sec-range")


def test_a_broken_check_does_not_blame_the_student(tmp_path):
    """A check that stops before it calls the student's code says so."""
    checks = CHECKS.replace("depth_km = np.array", "depth_km = np.arrray")
    verdict = verdicts(plant(tmp_path, checks=checks))[1]
    assert verdict.status == "broken"
    assert "line 25 of check_depths.py" in verdict.found
    assert "please tell your instructor." in verdict.found
    for verdict in verdicts(plant(tmp_path, checks=CHECKS + "\n1 / 0\n")):
        assert verdict.status in ("broken", "waits")


def test_labels_point_to_chapter_and_section(tmp_path):
    """Labels are found before headings, not in code, and marks like *core* go."""
    plant(tmp_path)
    found = sections(tmp_path)
    assert sorted(found) == ["ch-depths", "sec-depths", "sec-range"]
    chapter = "Depths of earthquakes"
    assert (
        where_to_read("ch-depths", tmp_path) == f"{chapter} (book/depths.md#ch-depths)"
    )
    assert '"From top to bottom"' in where_to_read("sec-range", tmp_path)
    assert "labelled sec-unknown" in where_to_read("sec-unknown", tmp_path)


def test_importing_the_package_loads_neither_the_checks_nor_numpy():
    """`import mlearth` stays light, and `mlearth.checks` free of NumPy."""
    code = (
        "import sys, mlearth; assert 'mlearth.checks' not in sys.modules; "
        "import mlearth.checks; assert 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_function_keeps_its_signature(tmp_path):
    """A check may hand a student's function to SciPy, which asks for its arguments."""
    checks = (
        CHECKS
        + """

@read("sec-range")
def test_4_fit(student):
    \"\"\"A straight line through three points is found.\"\"\"
    from scipy.optimize import curve_fit

    x = np.array([0.0, 1.0, 2.0])
    expect_close(curve_fit(student.line, x, 2 * x + 1)[0], [2, 1], "The line")
"""
    )
    line = "def line(x, a, b):\n    return a * x + b\n"
    exercise = plant(tmp_path, GOOD_MEAN + GOOD_RANGE + line, checks)
    assert all(one.passed for one in verdicts(exercise))


def test_a_file_that_cannot_be_imported_has_nothing_to_read(tmp_path):
    """No section of the book mends a syntax error; the other claims wait."""
    first, *later = verdicts(plant(tmp_path, "def mean_depth(:\n"))
    assert (first.status, first.read) == ("fails", "")
    assert {one.found for one in later} == {"until the file can be imported"}


def test_no_child_and_no_thread_is_left_behind(depths):
    """A check leaves no process, thread or file of its own."""
    before = threading.active_count()
    depths.student_file.write_text("def mean_depth(d):\n    while True: pass\n")
    mlearth.check("depths")
    assert threading.active_count() == before


def test_mistakes_are_told_only_when_they_fit():
    """A wrong value gets the question of the mistake that gives it, or the hint."""
    known = {"is it the sum?": [2.0, 4.0], "is it transposed?": np.ones((2, 1))}
    expect_close([1.0, 2.0], [1.0, 2.0], "The mean", mistakes=known)
    for value, question in {
        (2.0, 4.0): "is it the sum?",
        ((1.0,), (1.0,)): "is it transposed?",
        (3.0, 2.0): "The mean is [3, 2] and should be [1, 2]: or what?",
    }.items():
        with pytest.raises(NotHeld) as verdict:
            expect_close(value, [1.0, 2.0], "The mean", mistakes=known, hint="or what?")
        assert question in str(verdict.value)


def test_a_mistake_with_nan_is_still_told():
    """NaN that a known mistake explains is told as that mistake."""
    wrong = np.array([0.0, np.nan])
    with pytest.raises(NotHeld) as verdict:
        expect_close(wrong, [0, 0], "It", mistakes={"by a deviation of 0?": wrong})
    assert str(verdict.value) == (
        "It is [0, NaN] and should be [0, 0]: by a deviation of 0?"
    )


def test_a_large_array_is_told_by_its_first_wrong_value():
    """Where an array is too long to show, place and value of one number are told."""
    right = np.arange(20.0).reshape(4, 5)
    wrong = right.copy()
    wrong[2, 1] = 11.0001
    with pytest.raises(NotHeld, match=r"^It is 11.0001 s at \[2, 1\] and should be 11"):
        expect_close(wrong, right, "It", unit="s")
    wrong[0, :2] = np.nan
    with pytest.raises(NotHeld, match=r"^It has 2 NaN among its 20 values"):
        expect_close(wrong, right, "It", unit="s")


def test_a_hint_is_not_told_where_the_shape_says_it_all():
    """The question for wrong numbers would mislead where the shape is wrong."""
    with pytest.raises(NotHeld, match=r"shape \(2, 1\): its values are right"):
        expect_close([1.0, 2.0], [[1.0], [2.0]], "It", hint="have you added h?")


def test_expectations_read_as_sentences():
    """Shapes, refusals and plain conditions become half-sentences with a hint."""
    with pytest.raises(NotHeld, match=r"^It has shape \(3,\) and should have shape"):
        expect_shape([1, 2, 3], (3, 1), "It")
    with pytest.raises(NotHeld, match=r"^It is a single number and should have shape"):
        expect_shape(1.0, (3, 1), "It")
    with pytest.raises(NotHeld, match=r"^It is negative: squared\?$"):
        expect(np.array([True, False]), "It is negative", "squared?")
    expect(np.array([True, True]), "It is negative")
    with pytest.raises(NotHeld, match=r"does not name `h_km`\.$"):
        expect_error(lambda: int("x"), "It", says="h_km", hint="do you look?")
    expect_error(lambda: int("x"), "A negative depth", says="invalid literal")
    with pytest.raises(ZeroDivisionError):
        expect_error(lambda: 1 / 0, "A negative depth")


def test_the_solution_stands_the_planted_checks(tmp_path):
    """The exercise that these tests plant is sound itself."""
    assert all(one.passed for one in verdicts(plant(tmp_path, SOLUTION)))
