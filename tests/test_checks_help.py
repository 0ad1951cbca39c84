"""Help comes in steps before a pass, and a question comes after it."""

import re

import pytest
from planted_exercise import GOOD_MEAN, GOOD_RANGE, SOLUTION, WRONG, plant, write

import mlearth
from mlearth.checks.exercise import calls, known_exercises
from mlearth.checks.lines import functions_with_lines, listed_edits, open_line
from mlearth.checks.session import check

WEEKLY = [one for one in known_exercises().values() if not one.graded]
MORE = """
[[wrong]]
mistake  = "divides by two"
replace  = "/ len(depth_km))"
with     = "/ 2)"
must_say = "is it the larger one?"
"""
ANSWER = re.compile(r"^ +([A-D])  ", re.MULTILINE)


@pytest.fixture
def exercise(tmp_path, monkeypatch):
    """An exercise below the working directory, its mean unwritten in three ways."""
    exercise = plant(tmp_path, GOOD_MEAN + GOOD_RANGE)
    write(exercise.wrong_answers, WRONG + MORE)
    monkeypatch.chdir(tmp_path)
    return exercise


def test_a_line_is_open_among_listed_mistakes(exercise):
    """The right line and the two mistakes of it, without the docstring."""
    opened = open_line(exercise, "mean_depth")
    assert opened.code == "def mean_depth(depth_km):\n    ____"
    codes = {option.code: option.right for option in opened.options}
    assert codes == {
        "return float(np.sum(depth_km) / len(depth_km))": True,
        "return float(np.sum(depth_km))": False,
        "return float(np.sum(depth_km) / 2)": False,
    }


def test_a_choice_is_explained(exercise):
    """Each letter says what its line does; another is refused by name."""
    opened = mlearth.choose("depths")
    assert len(ANSWER.findall(repr(opened))) == 3
    said = [mlearth.choose("depths", "mean_depth", letter) for letter in "abc"]
    assert sorted(said) == [
        "No. Divides by two.",
        "No. Returns the sum.",
        "Right. With it every claim holds.",
    ]
    with pytest.raises(ValueError, match="letter must be one of A, B, C, got 'D'"):
        mlearth.choose("depths", "mean_depth", "D")
    with pytest.raises(
        ValueError, match=r"no line to choose in 'depth_range', only in"
    ):
        mlearth.choose("depths", "depth_range")


def test_homework_stays_closed(exercise):
    """Neither a line nor a review of it, and hints in two steps only."""
    write(exercise.wrong_answers, "graded = true\n" + WRONG + MORE)
    for closed in (lambda: mlearth.choose("depths"), lambda: mlearth.review("depths")):
        with pytest.raises(ValueError, match="is homework"):
            closed()
    write(exercise.student_file, SOLUTION.replace("/ len(depth_km)", ""))
    assert repr(mlearth.hint("depths", step=2)).startswith("Hint 2 of 2 (where)")
    assert "float(np.sum" not in repr(mlearth.hint("depths", step=2))
    with pytest.raises(ValueError, match="step must lie between 1 and 2, got 3"):
        mlearth.hint("depths", step=3)
    assert "There are 2 hints (what, where)" in repr(check("depths"))


def test_hints_go_from_what_to_where_to_how(exercise):
    """The verdict; the function, its line and the call; the line of the mistake."""
    write(exercise.student_file, SOLUTION.replace("/ len(depth_km)", ""))
    assert "There are 3 hints (what, where, how)" in repr(check("depths"))
    what, where, how = (mlearth.hint("depths", step=step) for step in (1, 2, 3))
    assert "FOUND   The mean of 2 km and 4 km is 6 km" in repr(what)
    assert "Look at `mean_depth`, line 6 of " in where.text
    assert "    mean_depth([2, 4])\n" in where.text
    assert "return float(np.sum(depth_km))" in how.text
    with pytest.raises(ValueError, match="claim 3 is not among those that fail"):
        mlearth.hint("depths", claim=3)


def test_a_function_of_a_notebook_is_hinted_at(exercise):
    """The hint is about what was given, not about the file of the same name."""
    where = mlearth.hint("depths", step=2, mean_depth=sum)
    assert where.text.startswith("Look at `mean_depth`.\n")


def test_nothing_is_hinted_at_where_all_holds(exercise):
    """A pass offers a review in place of hints."""
    with pytest.raises(ValueError, match="all hold"):
        mlearth.hint("depths")
    assert 'mlearth.review("depths")' in repr(check("depths"))


def test_a_pass_shows_the_reference_and_asks_what_would_break(exercise):
    """Both solutions, an edit, the claims; the answer is judged, not looked up."""
    shown = mlearth.review("depths")
    for words in (
        "YOURS      mean_depth",
        "return depth_km.mean()",
        "REFERENCE  depth_",
    ):
        assert words in repr(shown)
    assert shown.edit.before in repr(shown)
    assert "1  The mean of 2 km and 4 km is 3 km." in repr(shown)
    said = [mlearth.review("depths", claim=claim) for claim in (1, 2, 3)]
    assert sum(one.startswith("Right. The answer ") for one in said) == 1
    assert all("FOUND   The " in one for one in said)
    with pytest.raises(ValueError, match="claim must lie between 1 and 3, got 9"):
        mlearth.review("depths", claim=9)


def test_a_review_waits_for_the_pass(exercise):
    """Who has not solved it is not shown the solution."""
    write(exercise.student_file, SOLUTION.replace("/ len(depth_km)", ""))
    with pytest.raises(ValueError, match="not all claims of depths hold yet"):
        mlearth.review("depths")


def test_the_function_to_look_at_first_is_named(tmp_path, monkeypatch):
    """A mistake in a function that others call is not sought in the others."""
    wrong = "def mean_depth(depth_km):\n    return sum(depth_km)\n"
    lazy = "def depth_range(depth_km):\n    return mean_depth(depth_km)\n"
    plant(tmp_path, wrong + lazy)
    monkeypatch.chdir(tmp_path)
    third = check("depths").verdicts[2]
    assert third.found.endswith(
        "Look first at `mean_depth`, which `depth_range` calls: claim 1 does not hold."
    )


def test_what_leads_where_is_read_without_running():
    """Through helpers, and nothing at all of what is no Python."""
    source = "def f(x):\n    return _h(x)\ndef _h(x):\n    return g(x)\n"
    assert {"_h", "g"} <= calls(source, "f")
    assert calls("def f(", "f") == set()


@pytest.mark.parametrize("exercise", WEEKLY, ids=lambda one: one.name)
def test_every_function_has_a_line_to_choose(exercise):
    """Whoever is stuck anywhere can choose: one right line, two wrong ones or more."""
    assert functions_with_lines(exercise) == list(exercise.functions)
    for function in exercise.functions:
        options = open_line(exercise, function).options
        assert [option.right for option in options].count(True) == 1
        assert len({option.code for option in options}) == len(options) >= 3


@pytest.mark.parametrize("exercise", WEEKLY, ids=lambda one: one.name)
def test_listed_mistakes_are_whole_lines(exercise):
    """Each edit can be shown: its lines before and after, within one function."""
    for edit in listed_edits(exercise):
        assert edit.before != edit.after
        assert edit.function in exercise.functions
        assert edit.before
