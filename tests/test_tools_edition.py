"""The students' edition holds what one list names, and no solution of homework."""

import shutil
import subprocess

import pytest
from edition import main, write_edition
from leaks import telling_lines
from planted_exercise import SOLUTION, contents, plant, write
from stubs import main as write_stubs
from stubs import with_solutions
from tree import tracked_files, tree_files

from mlearth.checks import Exercise
from mlearth.checks.starters import starter, strip_solution

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


MARKING = "The weighted depth of both is 7.25 km, and the mark is given for why.\n"

LIST = """
"_toc.yml"                                 = "a file"
"{page}.md"                                = "the book"
"exercises/{exercise}/README.md"           = "the task"
"exercises/{exercise}/{exercise}.py"       = "the starter"
"exercises/{exercise}/check_{exercise}.py" = "the claims"
"exercises/weighted_depths/*.m"            = "the same in MATLAB"
"tests/solutions/{weekly}/{weekly}.py"     = "for `make reset`"
"hints/**/*.txt"                           = "help"
"""


needs_git = pytest.mark.needs("git")


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
    write(root / "course" / "marking" / "weighted_depths.md", MARKING)
    write(root / "course" / "student_edition.toml", LIST)
    write(root / "_toc.yml", "root: book/depths\n")
    track(root)
    return root


def track(root):
    for command in (["init", "-q"], ["add", "-A"]) if shutil.which("git") else ():
        subprocess.run(["git", "-C", str(root), *command], check=True)


def write_it(tree, target):
    """Write the edition of a planted tree, all of whose files are its own."""
    return write_edition(
        tree, target, [one.relative_to(tree) for one in contents(tree)]
    )


def test_a_new_exercise_gets_its_folder(tmp_path, capsys):
    """An author writes the solution first; `make stubs` makes the rest."""
    write(tmp_path / "tests/solutions/depths/depths.py", SOLUTION)
    assert write_stubs(tmp_path) == 0
    assert capsys.readouterr().out == "depths.py is a fresh starter now.\n"
    (exercise,) = with_solutions(tmp_path)
    assert exercise.student_file.read_text() == strip_solution(SOLUTION)


def test_stubs_are_written_for_every_solution(tree):
    """`make stubs` finds the exercises by their solutions."""
    assert [one.name for one in with_solutions(tree)] == ["depths", "weighted_depths"]


def test_graded_is_what_says_so_or_has_a_homework_page(tree):
    """The mark in wrong_answers.toml and a page in book/homework/ both count."""
    weekly, homework = with_solutions(tree)
    assert (weekly.graded, homework.graded) == (False, True)
    write(tree / "book" / "homework" / "depths.md", "# Depths\n")
    assert weekly.graded


def test_the_edition_is_what_the_list_names(tree, tmp_path):
    """Byte for byte, with a kept starter of the homework and a mark; no more."""
    target = tmp_path / "edition"
    assert "9 files, without the solutions of weighted_depths." in write_it(
        tree, target
    )
    kept = {
        path.relative_to(target).as_posix(): text
        for path, text in contents(target).items()
    }
    assert b"- weighted_depths\n" in kept.pop("STUDENT_EDITION")
    again = kept.pop("exercises/.starters/weighted_depths.py").decode()
    assert again == strip_solution(HOMEWORK)
    exercises = [
        f"exercises/{name}/{file}"
        for name in ("depths", "weighted_depths")
        for file in ("README.md", f"check_{name}.py", f"{name}.py")
    ]
    others = ["_toc.yml", "book/depths.md", "tests/solutions/depths/depths.py"]
    assert sorted(kept) == sorted(exercises + others)
    assert all((tree / name).read_bytes() == text for name, text in kept.items())


def test_the_edition_holds_starters_whatever_the_tree_holds(tree, tmp_path):
    """A solution typed into the instructor's exercises/ does not reach students."""
    homework = with_solutions(tree)[1]
    write(homework.student_file, HOMEWORK)
    write_it(tree, tmp_path / "edition")
    copy = tmp_path / "edition" / homework.student_file.relative_to(tree)
    assert copy.read_text() == strip_solution(HOMEWORK)


def folders(tree):
    return {path.parent for path in contents(tree) if ".git" not in path.parts}


@needs_git
@pytest.mark.parametrize("tracked", [True, False])
def test_a_new_file_stays_with_the_authors(tree, tmp_path, tracked):
    """In no folder does a file that the list does not name get into the edition."""
    write(tree / "hints" / "first.txt", "Draw it.\n")
    track(tree)
    planted = [folder / "new.md" for folder in folders(tree)]
    for path in planted:
        write(path, "new\n")
    if tracked:
        track(tree)
    write_edition(tree, tmp_path / "edition")
    assert (tmp_path / "edition" / "hints" / "first.txt").is_file()
    assert len(planted) > 8
    assert b"new\n" not in contents(tmp_path / "edition").values()


@needs_git
def test_a_file_that_is_named_but_not_tracked_stays_too(tree, tmp_path):
    """A name that fits is not enough: what git does not know is nobody's yet."""
    write(tree / "hints" / "mine.txt", "private\n")
    write_edition(tree, tmp_path / "edition")
    assert not (tmp_path / "edition" / "hints").exists()
    track(tree)
    write_edition(tree, tmp_path / "edition")
    assert (tmp_path / "edition" / "hints" / "mine.txt").is_file()


def test_names_with_stars(tree, tmp_path):
    """One star stays in its folder, two go down; nothing fits by its beginning."""
    for name in ("hints/a.txt", "hints/b/c/d.txt", "hints/a.txt.md", "my/hints/a.txt"):
        write(tree / name, "")
    homework = with_solutions(tree)[1].folder
    write(homework / "mean.m", "error('not written yet')\n")
    write(homework / "below" / "mean.m", "error('not written yet')\n")
    write_it(tree, tmp_path / "edition")
    given = {path.relative_to(tmp_path / "edition").as_posix()
             for path in contents(tmp_path / "edition")}  # fmt: skip
    assert {name for name in given if "hints" in name or name.endswith(".m")} == {
        "hints/a.txt",
        "hints/b/c/d.txt",
        "exercises/weighted_depths/mean.m",
    }


@pytest.mark.parametrize("missing", ["no .git", "no program"])
def test_without_git_the_edition_is_refused(tree, tmp_path, monkeypatch, missing):
    """Nobody knows then what is a note; one sentence says so, the old one stays."""
    target = tmp_path / "edition"
    write_it(tree, target)
    before = contents(target)
    if missing == "no .git":
        shutil.rmtree(tree / ".git", ignore_errors=True)
    else:
        monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ValueError, match=r"^root: git cannot say which files of"):
        write_edition(tree, target)
    assert contents(target) == before


def test_without_git_the_files_of_a_tree_are_listed_by_walking(tree):
    """What programs make is left aside, everything else is there."""
    shutil.rmtree(tree / ".git", ignore_errors=True)
    before = tree_files(tree)
    for name in ("_build/a", ".venv/b", "code/__pycache__/c", "x.egg-info/d"):
        write(tree / name, "made\n")
    assert tree_files(tree) == before
    assert {tree / path for path in before} == {
        path for path, text in contents(tree).items() if text != b"made\n"
    }


@needs_git
def test_git_lists_what_it_tracks_and_what_is_there(tree):
    """Neither an untracked file nor one that was deleted is listed."""
    before = tracked_files(tree)
    write(tree / "notes.txt", "private\n")
    (tree / "_toc.yml").unlink()
    assert tree_files(tree) == [path for path in before if path.name != "_toc.yml"]


@pytest.mark.parametrize(
    "leak",
    [
        "share = moment_newton_m / np.sum(moment_newton_m)\n",
        "Text: `share=moment_newton_m/np.sum( moment_newton_m )` is the way.\n",
        "return np.average(depth_km, weights=moment_newton_m)\n",
        "np.ones(len(moment_newton_m)) / len(depth_km)\n",
        MARKING,
    ],
)
def test_one_leaked_line_stops_the_edition(tree, tmp_path, leak):
    """A line of the solution in any file is named, and no edition is left behind."""
    write(tree / "hints" / "best.txt", leak)
    with pytest.raises(ValueError, match=r"best\.txt holds a line of the solution"):
        write_it(tree, tmp_path / "edition")
    assert not (tmp_path / "edition").exists()


@pytest.mark.parametrize(
    "name",
    [
        "tests/solutions/weighted_depths/note.txt",
        "course/marking/weighted_depths.md",
        ".github/workflows/publish.yml",
    ],
)
def test_a_private_folder_stops_the_edition_even_if_it_is_named(tree, tmp_path, name):
    """A careless line of the list gives no solution and no marking away."""
    write(tree / name, "harmless\n")
    write(tree / "course" / "student_edition.toml", f'{LIST}"{name}" = "careless"\n')
    with pytest.raises(ValueError, match=f"away: {name} is there$"):
        write_it(tree, tmp_path / "edition")


def test_an_answer_in_matlab_stops_the_edition(tree, tmp_path):
    """Its starter is no stripped solution: that it is not written yet is looked at."""
    write(with_solutions(tree)[1].folder / "mean.m", "m = sum(w .* d);\n")
    with pytest.raises(ValueError, match=r"weighted_depths/mean\.m is written already"):
        write_it(tree, tmp_path / "edition")


def test_common_lines_give_nothing_away(tree):
    """Short lines, imports and what the starter shows are no leaks."""
    lines = telling_lines(with_solutions(tree)[1])
    assert "returnnp.average(depth_km,weights=moment_newton_m)" in lines
    assert not any(line.startswith("import") for line in lines)
    assert "defweighted_depth(depth_km,moment_newton_m):" not in lines


def test_only_an_edition_is_ever_replaced(tree, tmp_path):
    """A second edition replaces the first; any other folder is refused and kept."""
    write_it(tree, tmp_path / "edition")
    write(tmp_path / "edition" / "old.txt", "old\n")
    write_it(tree, tmp_path / "edition")
    assert not (tmp_path / "edition" / "old.txt").exists()
    write(tmp_path / "thesis" / "chapter.txt", "years of work\n")
    with pytest.raises(ValueError, match="not a student edition"):
        write_it(tree, tmp_path / "thesis")
    assert (tmp_path / "thesis" / "chapter.txt").exists()


@needs_git
def test_the_command_says_what_it_did(tree, tmp_path, capsys):
    """It writes one folder and exits with 0, or with 2 and one sentence."""
    assert main([str(tmp_path / "edition")], tree) == 0
    assert "edition: 9 files" in capsys.readouterr().out
    assert main([str(tree)], tree) == 2
    assert capsys.readouterr().err.startswith("target: ")
