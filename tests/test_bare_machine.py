"""A machine without Octave, git or make proves what it can, and says what it cannot."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from planted_book import build, cell, page, plant
from programs import PROGRAMS, ROOT, unproven
from tree import walked_files

NEEDY = """import pytest


@pytest.mark.needs("octave")
def test_matlab():
    raise AssertionError("it ran")


def test_plain():
    pass
"""
CALLS = {
    "octave": r"^from octave import .*run_octave",
    "git": r"\[\s*\"git\",\s*\"(-C|init)\"",
    "make": r"\[\s*\"make\"|which\(\"make\"\)",
    "bash": r"\[\s*\"bash\"|which\(\"bash\"\)",
}
OWN = ["random.py", "json.py", "types.py"]
WHOSE = "the student's own file"


def pytest_in(folder, *options, **variables):
    """What pytest says of a folder that holds our conftest.py and `NEEDY`."""
    for name in ("conftest.py", "programs.py"):
        shutil.copy(ROOT / "tests" / name, folder)
    (folder / "test_needy.py").write_text(NEEDY)
    (folder / "pytest.ini").write_text(
        "[pytest]\npythonpath = .\nmarkers = needs(program): a program\n"
    )
    kept = {k: v for k, v in os.environ.items() if k not in ("CI", "PATH")}
    command = [sys.executable, "-P", "-m", "pytest", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *options],
        cwd=folder,
        env=kept | {"PATH": str(folder)} | variables,
        capture_output=True,
        text=True,
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_a_machine_lacks_is_left_out_and_named(tmp_path, workers):
    """The test is skipped, and the last paragraph says what to install."""
    status, said = pytest_in(tmp_path, "-n", workers)
    assert status == 0
    assert "1 passed, 1 skipped" in said
    assert said.count(PROGRAMS["octave"].remedy) == 1
    assert "1 for want of octave" in said.split("left out")[-1]


def test_where_ci_is_set_a_missing_program_is_a_failure(tmp_path):
    """No run of a workflow is green because nothing was installed."""
    status, said = pytest_in(tmp_path, CI="true")
    assert status == 1
    assert "octave is missing: install GNU Octave" in said
    assert "it ran" not in said


def test_every_need_is_counted():
    """The paragraph counts each program's tests, and names no other program."""
    said = unproven(["git", "octave", "git"])
    assert "1 for want of octave" in said
    assert "2 for want of git" in said
    assert "chromium" not in said


def test_one_place_skips():
    """No test decides for itself what it leaves out: nobody would be told."""
    skip = re.compile(r"skipif|pytest\.skip|importorskip")
    for path in (ROOT / "tests").glob("test_*.py"):
        if path.name != "test_bare_machine.py":
            assert not skip.search(path.read_text("utf-8")), path.name


@pytest.mark.parametrize("need", CALLS)
def test_who_calls_a_program_says_that_it_needs_it(need):
    """A test module that calls a program, or a helper of one, is marked."""
    for path in (ROOT / "tests").glob("test_*.py"):
        text = path.read_text("utf-8")
        if path.name != "test_bare_machine.py" and re.search(CALLS[need], text, re.M):
            assert re.search(rf"needs\([^)]*\"{need}\"", text), path.name


@pytest.mark.needs("git", "clone")
def test_walking_finds_what_git_knows():
    """Without git the same files are listed: nothing made, nothing missed."""
    asked = ["--cached", "--others", "--exclude-standard", "-z"]
    said = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", *asked], capture_output=True, check=True
    )
    known = said.stdout.decode("utf-8").strip("\0").split("\0")
    found = [path.as_posix() for path in walked_files(ROOT)]
    assert found == sorted(name for name in set(known) if (ROOT / name).is_file())


@pytest.fixture
def students_root(tmp_path):
    """A planted book and an exercise, beside files named like Python's modules."""
    root = plant(tmp_path, {"index": page("Small", cell("import random, json\n1 + 1"))})
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    exercise = "exercises/linear_regression"
    shutil.copytree(ROOT / exercise, root / exercise)
    shutil.copy(ROOT / "exercises/conftest.py", root / "exercises")
    (root / "code/mine.py").write_text('"""\n>>> 1 + 1\n2\n"""\nimport random\n')
    (root / "tests").mkdir()
    for name in ("conftest.py", "programs.py"):
        shutil.copy(ROOT / "tests" / name, root / "tests")
    for name in OWN:
        (root / name).write_text(f'raise SystemExit("{WHOSE}")\n')
    return root


def run_in(root, *command):
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert WHOSE not in done.stdout + done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.mark.needs("make")
def test_own_files_do_not_harm_a_check(students_root):
    """`make check` judges the exercise beside a random.py, a json.py and a types.py."""
    python = students_root / "env/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    (students_root / "env/ready").touch()
    given = ["VENV=env", "EXERCISE=linear_regression"]
    _, said = run_in(students_root, "make", "check", *given)
    assert "not written yet" in said


def test_own_files_do_not_harm_the_tests(students_root):
    """Workers, doctests and checks of exercises import Python's own modules."""
    pytest_ = [sys.executable, "-P", "-m", "pytest"]
    status, said = run_in(students_root, *pytest_, "-n", "1")
    assert status == 0, said
    assert "1 passed" in said
    _, said = run_in(students_root, *pytest_, "exercises")
    assert "not written yet" in said


def test_own_files_do_not_harm_the_build(students_root):
    """A page executes and is built."""
    status, said = build(students_root)
    assert status == 0, said
    assert WHOSE not in said


def test_no_command_puts_this_folder_first():
    """Whoever is told to run a module is told to run it with -P."""
    texts = [ROOT / name for name in ("Makefile", "README.md", "CONTRIBUTING.md")]
    texts += [ROOT / "exercises/README.md", ROOT / "book/course/setup.md"]
    texts += [ROOT / "binder/postBuild", ROOT / ".ci/run", ROOT / "tools/authors.mk"]
    texts += (ROOT / ".github/workflows").glob("*.yml")
    for path in texts:
        told = re.findall(r"python\S*(?: -3\S*)? -m \S+", path.read_text("utf-8"))
        assert told == [], path.name
    paths = re.search(r"pythonpath = .*", (ROOT / "pyproject.toml").read_text("utf-8"))
    assert '"."' not in paths[0]
