"""The book's own students' edition: nothing leaks, and nothing is missing."""

import ast
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from book_rules import ROOT
from edition import given_files, write_edition
from leaks import leaks
from stubs import with_solutions
from tree import tree_files

from mlearth.checks import Exercise
from mlearth.checks.starters import starter

FILES = tree_files(ROOT)
GIVEN = set(given_files(ROOT, FILES))
SECRET = [one for one in with_solutions(ROOT) if one.graded]
WHOLE = {"benchmarks", "binder", "book", "code", "exercises"}
"""Folders of which students get everything."""
LINK = re.compile(
    r"\]\((?!\w+:|#)([^)\s#]+)"  # [text](file)
    r"|^\s*[`:]{3,}\{(?:literalinclude|include|figure|image)\} *(\S+)",
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """Write the edition of this tree."""
    target = tmp_path_factory.mktemp("students") / "edition"
    write_edition(ROOT, target, FILES)
    return target


def read(path):
    return (ROOT / path).read_text("utf-8")


def test_no_solution_of_homework_reaches_students(edition):
    """No line of a solution, wrong answer or marking guide, in whatever file."""
    assert SECRET
    assert list(leaks(SECRET, edition)) == []


def test_only_what_is_for_students_is_there(edition):
    """Of the course dates and papers; no workflows, and no tools of authors."""
    tops = {path.name for path in edition.iterdir()}
    assert {name for name in tops if not (edition / name).is_file()} <= WHOLE | {
        "course",
        "tests",
        "tools",
    }
    course = {path.name for path in (edition / "course").iterdir()}
    assert course == {"semester.toml", "papers.toml"}
    names = {path.name for path in edition.rglob("*")}
    private = {"student_edition.toml", "authors.mk", "marking", "transcripts"}
    tools = {f"{name}.py" for name in ("prove", "edition", "leaks", "stubs")}
    assert names & (private | tools) == set()
    assert [name for name in names if name.startswith("alternative_")] == []
    solved = {path.name for path in (edition / "tests/solutions").iterdir()}
    assert solved == {one.name for one in with_solutions(ROOT)} - {
        one.name for one in SECRET
    }
    listed = {path.parent.name for path in edition.rglob("wrong_answers.toml")}
    assert listed == solved


def test_a_new_file_has_to_be_named():
    """In no folder does the list let in what it does not name."""
    folders = {path.parent for path in FILES} | {Path("new")}
    new = [
        folder / f"new.{end}" for folder in folders for end in ("md", "txt", "ipynb")
    ]
    assert set(given_files(ROOT, new)) == set()


@pytest.mark.parametrize("folder", sorted(WHOLE))
def test_nothing_of_these_folders_is_forgotten(folder):
    """A new file here needs its line in course/student_edition.toml."""
    here = {path for path in FILES if path.parts[0] == folder}
    assert here - GIVEN == set()


def test_every_exercise_is_whole(edition):
    """Task, claims and starter are there, and `make reset` gives the starter back."""
    for one in with_solutions(ROOT):
        theirs = Exercise(edition / "exercises" / one.name)
        assert (theirs.folder / "README.md").is_file()
        assert theirs.checks == one.checks
        assert theirs.student_file.read_text("utf-8") == starter(theirs) == starter(one)


MADE = Path("book/final_project/manuscript/results")  # by a script that is given
FOLDERS = {folder for path in GIVEN for folder in path.parents}
TEXTS = [path for path in sorted(GIVEN) if path.suffix == ".md"]


@pytest.mark.parametrize("path", TEXTS, ids=str)
def test_what_a_text_points_to_is_there(path):
    """Links, inclusions and pictures of the edition's texts lead to given files."""
    text = re.sub(
        r"^```(?:python|\{code-cell\}).*?^```|`[^`\n]+`",
        "",
        read(path),
        flags=re.M | re.S,
    )
    for link, included in LINK.findall(text):
        name = link or included
        places = [path.parent / name, path.parent / f"{name}.md", Path(name)]
        near = {Path(os.path.normpath(place)) for place in places}
        if MADE in path.parent.joinpath(name).parents:
            continue
        assert near & (GIVEN | FOLDERS), f"{path} points to {name}"


def test_a_text_names_no_path_that_stays_behind():
    """What the README, the pages and the tasks call by its path is there."""
    behind = {path.as_posix() for path in FILES} - {path.as_posix() for path in GIVEN}
    for path in TEXTS:
        if path.name not in ("CONTRIBUTING.md", "CHANGELOG.md"):
            named = set(re.findall(r"[\w./-]+/[\w.-]+\w", read(path)))
            assert named & behind == set(), path


def recipes(makefile):
    """Yield the words of the recipe of each target."""
    for rule in re.split(r"^(?=\S)", makefile, flags=re.MULTILINE):
        target, _, recipe = rule.partition(":")
        yield target, set(re.findall(r"[\w./-]+", recipe))


def test_every_command_of_the_makefile_has_its_program():
    """What a recipe runs is given; the commands of authors lie elsewhere."""
    behind = {path.as_posix() for path in set(FILES) - GIVEN}
    behind |= {folder.split("/")[0] for folder in behind} - {"tests", "tools"}
    for target, words in recipes(read("Makefile")):
        assert words & behind - {path.name for path in GIVEN} == set(), target
    theirs = {target for target, _ in recipes(read("tools/authors.mk"))} - {
        "",
        ".PHONY",
    }
    assert "student-edition" in theirs
    assert theirs.isdisjoint(target for target, _ in recipes(read("Makefile")))


def test_every_command_that_students_are_told_exists():
    """What README, pages and tasks tell to call with make is in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    told = re.compile(r"(?:^ *|`)make ([a-z][a-z-]+)(?= *[`#A-Z]|$)", re.MULTILINE)
    found = set()
    for path in TEXTS:
        if path.name not in ("CONTRIBUTING.md", "CHANGELOG.md"):
            found |= set(told.findall(read(path)))
    assert {"book", "test", "check", "reset"} <= found <= targets


def imported(path):
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


def test_every_given_module_has_what_it_imports():
    """Helpers of tests and tools come along, and so does each folder's conftest.py."""
    for path in sorted(path for path in GIVEN if path.suffix == ".py"):
        beside = (path.parent, Path("tests"), Path("tools"))
        wanted = {folder / f"{name}.py" for name in imported(path) for folder in beside}
        wanted.add(path.parent / "conftest.py")
        assert wanted & set(FILES) - GIVEN == set(), path


def test_the_package_installs():
    """What the project's record names is there: README, licences, package, data."""
    project = tomllib.loads(read("pyproject.toml"))
    named = {Path(project["project"]["readme"]), Path("LICENSE"), Path("LICENSE-TEXT")}
    assert named <= GIVEN
    (data,) = project["tool"]["setuptools"]["package-data"].values()
    for pattern in data:
        here = {
            path.relative_to(ROOT) for path in (ROOT / "code/mlearth").glob(pattern)
        }
        assert here
        assert here & set(FILES) <= GIVEN


@pytest.mark.needs("git")
def test_the_edition_can_be_pushed_alone(edition, tmp_path):
    """A new repository would take every file: no rule of .gitignore leaves one out."""
    git = ["git", f"--git-dir={tmp_path}/.git", f"--work-tree={edition}"]
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    listed = subprocess.run(
        [*git, "ls-files", "-z", "--others", "--exclude-standard"],
        cwd=edition,
        capture_output=True,
        text=True,
        check=True,
    )
    here = {path for path in edition.rglob("*") if path.is_file()}
    assert {edition / name for name in listed.stdout.split("\0")[:-1]} == here
    assert (edition / "binder/postBuild").stat().st_mode & 0o111
