"""The script that proves everything on a clean machine."""

import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from book_rules import ROOT

STEPS = [
    ".venv/ready",
    "test",
    "check-data",
    "book",
    "check-again",
    "check-site",
    "check-slides",
    "check-launch",
]
PART = re.compile(r" PART=[1-8]/8\b")
"""Which pages are executed twice; another eighth of them each day."""
TOOLS = ["bash", "dirname", "env", "id", "mkdir", "rm", "sh", "touch"]
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
LOG = 'echo "{name} $*" >> "$LOG"\n'
MAKE = """echo "make $* bytecode=${PYTHONDONTWRITEBYTECODE-unset}" >> "$LOG"
if [ "$1" = book ] && [ -e _build ]; then echo "not cold" >> "$LOG"; fi
if [ "$1" = test ]; then mkdir -p _build; touch _build/old; fi
[ "$1" != "$FAIL" ]
"""
NO_PYTHONS = {"3.11": 1, "3.12": 1, "3.13": 1}


def fake(folder, name, script):
    path = folder / name
    path.write_text("#!/bin/sh\n" + script)
    path.chmod(0o755)


def machine(folder, present):
    """A search path with the plain tools, the given programs, and nothing else."""
    for name in TOOLS:
        (folder / name).symlink_to(shutil.which(name))
    (folder / "python3").symlink_to(sys.executable)
    fake(folder, "make", MAKE)
    for name in ("apt-get", "sudo"):
        fake(folder, name, LOG.format(name=name))
    for name in present:
        fake(folder, name, "")
    return str(folder)


@pytest.fixture
def ci(tmp_path):
    """Runs .ci/run on a machine of fakes, and gives its status, words and deeds."""

    def run(
        present=("git", "octave-cli", "chromium", "pdftoppm", "pdflatex", "bwrap"),
        fail="nothing",
        pythons=NO_PYTHONS,
    ):
        (tmp_path / ".ci").mkdir()
        (tmp_path / "bin").mkdir()
        shutil.copy(ROOT / ".ci/run", tmp_path / ".ci")
        for version, status in pythons.items():
            fake(tmp_path / "bin", f"python{version}", f"exit {status}")
        log = tmp_path / "log"
        log.touch()
        environment = {
            "PATH": machine(tmp_path / "bin", present),
            "HOME": str(tmp_path),
            "LOG": str(log),
            "FAIL": fail,
            "CI": "true",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        said = subprocess.run(
            [shutil.which("bash"), tmp_path / ".ci/run"],
            stdin=subprocess.DEVNULL,
            env=environment,
            capture_output=True,
            text=True,
        )
        return said.returncode, said.stdout + said.stderr, log.read_text().splitlines()

    return run


@pytest.mark.needs("bash")
def test_ci_runs_every_step_in_order(ci):
    """Environment, tests, a cold build, its pages, a launch; each with its time."""
    status, said, log = ci()
    assert status == 0, said
    made = [PART.sub("", line) for line in log]
    assert made == [f"make {step} bytecode=unset" for step in STEPS]
    assert len(PART.findall(" ".join(log))) == 1
    timed = re.findall(r"^=== make (.+): \d+ s$", said, re.MULTILINE)
    assert [PART.sub("", step) for step in timed] == STEPS


@pytest.mark.needs("bash")
@pytest.mark.parametrize("step", STEPS)
def test_ci_ends_with_the_first_failure(step, ci):
    """A step that fails fails the run, names itself, and no later step hides it."""
    status, said, log = ci(fail=step)
    assert status != 0
    assert len(log) == STEPS.index(step) + 1
    assert PART.sub("", said.splitlines()[-1]) == f"=== FAILED: make {step}"


@pytest.mark.needs("bash")
def test_ci_installs_what_the_machine_lacks(ci):
    """Missing programs are installed, once, before anything else runs."""
    status, said, log = ci(present=())
    assert status == 0, said
    updates = [line for line in log if "apt-get update" in line]
    installs = [line for line in log if "apt-get install" in line]
    assert len(updates) == len(installs) == 1
    lacked = ["git", "octave", "chromium", "poppler-utils"]
    lacked += ["bubblewrap", "texlive-latex-recommended"]
    assert installs[0].split()[-6:] == lacked
    assert log.index(updates[0]) < log.index(installs[0]) < log.index(log[-len(STEPS)])


@pytest.mark.needs("bash")
def test_ci_proves_every_other_python_that_runs(ci):
    """One after the other, each removed; one that does not answer is passed over."""
    status, said, log = ci(pythons={"3.11": 0, "3.12": 1, "3.13": 0})
    assert status == 0, said
    shorts = [line for line in log if line.startswith("make short")]
    assert re.findall(r"VENV=_build/short PYTHON=python(\S+)", " ".join(shorts)) == [
        "3.11",
        "3.13",
    ]
    assert log[-2:] == shorts


def test_ci_looks_for_the_pythons_that_the_project_serves():
    """The minor versions in .ci/run are those of the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    served = re.findall(r"\(3, (\d+)\)", makefile)
    looked = re.search(r"for minor in (.*); do", (ROOT / ".ci/run").read_text("utf-8"))
    assert looked[1].split() == served


@pytest.mark.needs("bash")
@pytest.mark.parametrize("browser", BROWSERS)
def test_ci_takes_the_browser_that_is_there(browser, ci):
    """Debian's, Ubuntu's or Google's Chromium will do."""
    others = ("git", "octave-cli", "pdftoppm", "pdflatex", "bwrap")
    _, _, log = ci(present=(*others, browser))
    assert [line for line in log if "apt-get" in line] == []


def test_ci_calls_the_commands_of_the_readme():
    """What is proven is what a reader is told to call."""
    readme = (ROOT / "README.md").read_text("utf-8")
    for step in ("test", "book"):
        assert re.search(rf"^make {step}\b", readme, re.MULTILINE)
        assert f"step make {step}\n" in (ROOT / ".ci/run").read_text("utf-8")


@pytest.mark.needs("bash", "clone")
@pytest.mark.parametrize("name", [".ci/run", "binder/postBuild", "binder/start"])
def test_scripts_can_be_run(name):
    """Each script is valid for bash, and a clone may execute it."""
    subprocess.run(["bash", "-n", ROOT / name], check=True)
    assert os.access(ROOT / name, os.X_OK)


def git(folder, *arguments):
    """Run git in a folder, as somebody."""
    who = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
    command = ["git", "-C", str(folder), *who, *arguments]
    subprocess.run(command, check=True, capture_output=True)


def site(folder, edition, pages=("index.html", "book/course/schedule.html")):
    """The built pages of one semester."""
    for page in pages:
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / page).write_text(f'<html><body class="b">{edition}</body></html>')
    (folder / "edition").write_text(edition)
    return folder


@pytest.mark.needs("bash", "git")
def test_old_editions_are_kept_under_their_own_path(tmp_path):
    """Three semesters: the pages of today at the top, the others beside, each once."""
    steps = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text("utf-8"))
    (step,) = [
        step
        for step in steps["jobs"]["publish"]["steps"]
        if step.get("name") == "Keep the editions of earlier semesters"
    ]
    target = tmp_path / "public.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(target)], check=True)
    for k, edition in enumerate(
        ["fall-2026", "spring-2027", "spring-2027", "fall-2027"]
    ):
        work = tmp_path / str(k)
        new = site(work / "site", edition)
        bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        environment = os.environ | {"TARGET": str(target)}
        done = subprocess.run(bash, cwd=work, env=environment, capture_output=True)
        assert done.returncode == 0, done.stderr
        git(new, "init", "--quiet", "--initial-branch=gh-pages")
        git(new, "add", "--all")
        git(new, "commit", "--quiet", "--message=pages")
        git(new, "push", "--quiet", "--force", str(target), "gh-pages")
    assert {f.parent.name for f in new.rglob("edition")} == {
        "site",
        "fall-2026",
        "spring-2027",
    }
    old = (new / "fall-2026/book/course/schedule.html").read_text()
    assert old.count("old-edition") == 1
    assert '<a href="../../../index.html">' in old
    assert '<a href="../index.html">' in (new / "spring-2027/index.html").read_text()
    assert "old-edition" not in (new / "index.html").read_text()
