"""Starters, `reset`, and the student edition without the solutions of homework."""

import re
import subprocess

import pytest
from planted_exercise import SOLUTION, WRONG, contents, plant, write

from mlearth.checks import Exercise
from mlearth.checks.edition import is_graded, leaks, telling_lines, write_edition
from mlearth.checks.prover import prove
from mlearth.checks.starters import (
    solution_lines,
    starter,
    strip_solution,
    with_solutions,
    write_starter,
)

HOMEWORK = '''"""Homework: depths weighted by moment."""

import numpy as np


def weighted_depth(depth_km, moment_newton_m):
    """Return the mean depth, weighted by moment [km]."""
    # BEGIN SOLUTION
    share = moment_newton_m / np.sum(moment_newton_m)
    return float(np.sum(share * depth_km))
    # END SOLUTION
'''

HOMEWORK_CHECKS = '''"""Claims about weighted depths."""

import numpy as np

from mlearth.checks import expect_close, read


@read("sec-depths")
def test_1_all_the_moment_in_one(student):
    """If one earthquake holds all the moment, its depth is the answer."""
    found = student.weighted_depth(np.array([3.0, 8.0]), np.array([0.0, 1e18]))
    expect_close(found, 8.0, "The weighted depth", mistakes={"no weights?": 5.5})
'''

HOMEWORK_WRONG = """graded = true

[[wrong]]
mistake  = "weights with nothing"
replace  = "moment_newton_m / np.sum(moment_newton_m)"
with     = "np.ones(len(moment_newton_m)) / len(depth_km)"
must_say = "no weights?"
"""


@pytest.fixture
def tree(tmp_path):
    """Plant a weekly exercise and a graded one, with an alternative, in a git tree."""
    root = tmp_path / "book_of_depths"
    plant(root, starter(plant(root)))
    homework = Exercise(root / "exercises" / "weighted_depths")
    solution = homework.solutions / "weighted_depths.py"
    write(solution, HOMEWORK)
    write(homework.solutions / "wrong_answers.toml", HOMEWORK_WRONG)
    write(
        homework.solutions / "alternative_average.py",
        "import numpy as np\n\n\ndef weighted_depth(depth_km, moment_newton_m):\n"
        "    return np.average(depth_km, weights=moment_newton_m)\n",
    )
    write(homework.check_file, HOMEWORK_CHECKS)
    write(homework.student_file, starter(homework))
    write(homework.folder / "README.md", "# Homework\n")
    track(root)
    return root


def track(root):
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)


def test_a_starter_keeps_all_but_the_solution():
    """Signature and docstring stay, the body says that it is not written yet."""
    text = strip_solution(SOLUTION)
    assert text.count('raise NotImplementedError("not written yet")') == 2
    assert "SOLUTION" not in text
    assert "np.sum" not in text
    assert text.count('"""Return') == 2
    compile(text, "starter", "exec")


def test_helpers_outside_of_functions_are_left_out():
    """A marked helper at the left margin leaves no trace."""
    helper = "# BEGIN SOLUTION\ndef _helper():\n    return 1\n# END SOLUTION\n"
    assert strip_solution(f"import numpy\n\n\n{helper}\n\nX = 1\n") == (
        "import numpy\n\n\nX = 1\n"
    )


@pytest.mark.parametrize(
    "source",
    [
        "# BEGIN SOLUTION\n",
        "# END SOLUTION\n",
        "# BEGIN SOLUTION\n# BEGIN SOLUTION\n# END SOLUTION\n",
    ],
)
def test_marks_without_a_partner_are_refused(source):
    """A lonely mark would let a solution slip through."""
    with pytest.raises(ValueError, match=r"SOLUTION|without its partner"):
        strip_solution(source)


def test_reset_keeps_every_version_under_a_dated_name(tmp_path):
    """Three resets of changed files keep three backups; none is ever overwritten."""
    exercise = plant(tmp_path)
    for version in ("first\n", "second\n", b"third, in Latin-1: \xe4\n"):
        write(exercise.student_file, version)
        assert "is kept in depths." in write_starter(exercise)
        assert exercise.student_file.read_text() == strip_solution(SOLUTION)
    kept = sorted(exercise.folder.glob("*.backup.py"))
    assert len(kept) == 3
    for path in kept:
        assert re.fullmatch(
            r"depths\.\d{4}-\d\d-\d\d_\d{6}(_\d)?\.backup\.py", path.name
        )
    assert {path.read_bytes() for path in kept} == {
        b"first\n",
        b"second\n",
        b"third, in Latin-1: \xe4\n",
    }


def test_reset_of_a_starter_or_of_nothing_needs_no_backup(tmp_path):
    """What is the starter already stays as it is; what is missing is written."""
    exercise = plant(tmp_path)
    exercise.student_file.unlink()
    assert write_starter(exercise) == "depths.py is a fresh starter now."
    assert write_starter(exercise) == "depths.py is the starter already."
    assert not list(exercise.folder.glob("*.backup.py"))


def test_a_new_exercise_gets_its_folder(tmp_path):
    """An author writes the solution first; `make stubs` makes the rest."""
    write(tmp_path / "tests/solutions/depths/depths.py", SOLUTION)
    (exercise,) = with_solutions(tmp_path)
    write_starter(exercise)
    assert exercise.student_file.read_text() == strip_solution(SOLUTION)


def test_reset_without_a_source_changes_nothing(tmp_path):
    """An exercise without a solution or a kept starter is left alone."""
    exercise = plant(tmp_path)
    (exercise.solutions / "depths.py").unlink()
    before = contents(tmp_path)
    with pytest.raises(ValueError, match="depths has no starter"):
        write_starter(exercise)
    assert contents(tmp_path) == before


def test_stubs_are_written_for_every_solution(tree):
    """`make stubs` finds the exercises by their solutions."""
    assert [one.name for one in with_solutions(tree)] == ["depths", "weighted_depths"]


def test_graded_is_what_says_so_or_has_a_homework_page(tree):
    """The mark in wrong_answers.toml and a page in book/homework/ both count."""
    weekly, homework = with_solutions(tree)
    assert (is_graded(weekly), is_graded(homework)) == (False, True)
    write(tree / "book" / "homework" / "depths.md", "# Depths\n")
    assert is_graded(weekly)


def test_the_edition_leaves_out_what_is_graded_and_nothing_else(tree, tmp_path):
    """No solution, alternative or wrong answer of homework; all else, byte for byte."""
    target = tmp_path / "edition"
    assert "weighted_depths" in write_edition(tree, target)
    kept = {path.relative_to(target): text for path, text in contents(target).items()}
    for path, text in contents(tree).items():
        near = path.relative_to(tree)
        if near.parts[0] != ".git" and "solutions/weighted_depths" not in str(near):
            assert kept.pop(near) == text
    assert sorted(map(str, kept)) == [
        "STUDENT_EDITION",
        "exercises/.starters/weighted_depths.py",
    ]
    everything = b"\n".join(contents(target).values()).decode()
    for line in [*solution_lines(HOMEWORK), "np.average", "len(moment_newton_m)"]:
        assert line not in everything


def test_the_edition_holds_starters_whatever_the_tree_holds(tree, tmp_path):
    """A solution typed into the instructor's exercises/ does not reach students."""
    homework = with_solutions(tree)[1]
    write(homework.student_file, HOMEWORK)
    write_edition(tree, tmp_path / "edition")
    copy = tmp_path / "edition" / homework.student_file.relative_to(tree)
    assert copy.read_text() == strip_solution(HOMEWORK)


def test_untracked_files_stay_with_the_instructor(tree, tmp_path):
    """Notes that git does not know are not copied; without git, all files are."""
    write(tree / "notes.txt", "private\n")
    write_edition(tree, tmp_path / "edition")
    assert not (tmp_path / "edition" / "notes.txt").exists()


@pytest.mark.parametrize(
    "leak",
    [
        "share = moment_newton_m / np.sum(moment_newton_m)\n",
        "Text: `share=moment_newton_m/np.sum( moment_newton_m )` is the way.\n",
        "return np.average(depth_km, weights=moment_newton_m)\n",
        "np.ones(len(moment_newton_m)) / len(depth_km)\n",
    ],
)
def test_one_leaked_line_stops_the_edition(tree, tmp_path, leak):
    """A line of the solution in any file is named, and no edition is left behind."""
    write(tree / "book" / "hints.md", leak)
    track(tree)
    with pytest.raises(ValueError, match=r"hints\.md holds a line of the solution"):
        write_edition(tree, tmp_path / "edition")
    assert not (tmp_path / "edition").exists()


def test_a_copied_solution_folder_is_a_leak_by_its_path(tree, tmp_path):
    """Even an empty file below the hidden folder is found."""
    write_edition(tree, tmp_path / "edition")
    write(tmp_path / "edition/tests/solutions/weighted_depths/note.txt", "")
    (found,) = leaks([with_solutions(tree)[1]], tmp_path / "edition")
    assert found == "tests/solutions/weighted_depths/note.txt is there"


def test_common_lines_give_nothing_away(tree):
    """Short lines, imports and what the starter shows are no leaks."""
    lines = telling_lines(with_solutions(tree)[1])
    assert "returnnp.average(depth_km,weights=moment_newton_m)" in lines
    assert not any(line.startswith("import") for line in lines)
    assert "defweighted_depth(depth_km,moment_newton_m):" not in lines


def test_only_an_edition_is_ever_replaced(tree, tmp_path):
    """A second edition replaces the first; any other folder is refused and kept."""
    write_edition(tree, tmp_path / "edition")
    write_edition(tree, tmp_path / "edition")
    write(tmp_path / "thesis" / "chapter.txt", "years of work\n")
    with pytest.raises(ValueError, match="not a student edition"):
        write_edition(tree, tmp_path / "thesis")
    assert (tmp_path / "thesis" / "chapter.txt").exists()


def test_the_edition_works_on_its_own(tree, tmp_path):
    """There homework is not proven, and reset still has its starter."""
    write_edition(tree, tmp_path / "edition")
    homework = Exercise(tmp_path / "edition" / "exercises" / "weighted_depths")
    assert prove(homework) == []
    write(homework.student_file, "half done\n")
    assert "is kept in" in write_starter(homework)
    assert homework.student_file.read_text() == strip_solution(HOMEWORK)


def test_a_solved_exercise_is_no_fault_in_the_edition(tree, tmp_path):
    """A student's work does not make the proof of the student's own tree fail."""
    write_edition(tree, tmp_path / "edition")
    weekly = Exercise(tmp_path / "edition" / "exercises" / "depths")
    write(weekly.student_file, SOLUTION)
    assert prove(weekly) == []


def test_a_lost_solution_is_a_fault_in_the_full_tree(tree):
    """Outside of an edition nobody may do without a solution."""
    homework = with_solutions(tree)[1]
    (homework.solutions / "weighted_depths.py").unlink()
    assert "there is no" in prove(homework)[0]


def test_the_planted_trees_are_sound(tree):
    """What these tests plant proves itself."""
    assert [prove(exercise) for exercise in with_solutions(tree)] == [[], []]
    assert WRONG.count("[[wrong]]") == 2
